"""Texts of documents: markup goes, paragraphs come, and hostile texts take no longer than others of their length."""

import time

import pytest

from adjudge.evidence.text import LONGEST, LONGEST_PARAGRAPH, is_markup, paragraphs, without_markup

SECONDS = 4


def test_paragraphs_are_parted_by_empty_lines_whatever_ends_the_lines() -> None:
    assert paragraphs("one\r\nline\r\n\r\n \t\r\ntwo\rthree\fnew page\n") == (
        "one\nline",
        "two\nthree",
        "new page",
    )
    assert paragraphs(" \n\n") == ()


def test_an_endless_paragraph_is_cut_between_words_and_loses_nothing() -> None:
    text = "word " * 5_000
    found = paragraphs(text)
    assert all(0 < len(item) <= LONGEST_PARAGRAPH for item in found)
    assert " ".join(found).split() == text.split()
    assert "".join(paragraphs("x" * 10_000)) == "x" * 10_000


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", " \n<html lang=en>", '<?xml version="1.0"?><html>'])
def test_pages_of_the_web_are_known_by_how_they_begin(text: str) -> None:
    assert is_markup(text)


def test_other_texts_are_no_markup() -> None:
    assert not is_markup("a < b, and <html> is a tag")
    assert not is_markup("# A title")


def test_the_words_of_a_page_are_kept_and_nothing_else() -> None:
    page = (
        "<!doctype html><html><head><title>not shown</title></head><body><!-- nor <b>this</b> -->"
        "<p>One <b>bold</b> word &amp; an&nbsp;entity,<br>a line.</p><style>p{}</style>"
        "<SCRIPT>alert('<p>')</SCRIPT ><div>Two</div><ul><li>three<li>four</ul></body></html>"
    )
    assert paragraphs(without_markup(page)) == (
        "One bold word & an entity,\na line.",
        "Two",
        "three\nfour",
    )


def test_entities_make_no_markup_again() -> None:
    assert (
        without_markup("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>").strip() == "<script>alert(1)</script>"
    )


@pytest.mark.parametrize(
    "unit", ["<", "<!--", "<script", "<a ", "<a", "</", "&", "&#", " ", "\n", "<!", "<p>", "<a b='", "<?xml "]
)
def test_hostile_markup_takes_no_time_beyond_its_length(unit: str) -> None:
    text = (unit * (LONGEST // len(unit)))[: LONGEST // 4]
    start = time.monotonic()
    is_markup(text)
    paragraphs(without_markup(text))
    paragraphs(without_markup("<html>" + text))
    assert time.monotonic() - start < SECONDS
