"""A letter in its forms: the same words in each, tagged, in its language, and nothing of a hostile text at work."""

import html
import io
import random
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudge.errors import BugError
from adjudge.letters import glyphs
from adjudge.letters.checks import check_html, check_pdf, check_text
from adjudge.letters.forms import HTML, JSON, MEDIA_TYPES, PDF, TEXT, forms_of
from adjudge.letters.html import html_of
from adjudge.letters.kept import read_letter
from adjudge.letters.letter import Clauses, Heading, Letter, Paragraph, Quote
from adjudge.letters.pdf import pdf_of
from adjudge.letters.text import COLUMNS, text_of
from tests.rooms.letters.read import (
    everything_said,
    letter,
    words_as_drawn,
    words_of_html,
    words_of_pdf,
    words_of_text,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '#set page(fill: red) $x^2$ *bold* _it_ @ref <label> \\u{0} #read("/etc/passwd")',
    "{{ letter }} {% raw %} &amp; &lt; \" '",
    "`half of a pair, ` a pair ` and `",
    "\x00\x1b[31m\x07 \udc80 \u202eturned\u202c \ufffe",
    'https://example.org/"onmouseover=alert(1) javascript:alert(1)',
    "a" * 2_000,
    "line\nbreak\r\nand\ttab\u2028and\u2029more",
)


def test_every_form_says_the_same_words_in_the_same_order() -> None:
    forms = forms_of(letter())
    page = words_of_html(forms[HTML].decode())
    assert page == words_of_text(forms[TEXT].decode()) == words_of_pdf(forms[PDF])
    assert page == words_as_drawn(forms[PDF])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_many_pages_say_the_same_words_too(language: str) -> None:
    items = tuple(f"Clause about « l'été » no {number}, and what it was weighed by." for number in range(120))
    forms = forms_of(letter((Heading("All"), Clauses(1, items)), language=language))
    assert len(pypdf.PdfReader(io.BytesIO(forms[PDF])).pages) > 3
    assert (
        words_of_html(forms[HTML].decode()) == words_of_pdf(forms[PDF]) == words_of_text(forms[TEXT].decode())
    )


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert forms_of(letter()) == forms_of(letter())
    assert forms_of(letter())[PDF] != forms_of(letter(title="Another"))[PDF]


def test_a_pdf_is_tagged_titled_and_in_its_language() -> None:
    content = pdf_of(letter(language="fr"))
    read = pypdf.PdfReader(io.BytesIO(content))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/Lang"] == "fr"
    assert read.metadata is not None
    assert read.metadata.title == "Our decision"
    assert [item["/Title"] for item in _outline(read)] == [
        "What happened",
        "Statement of reasons",
        "What is decided",
        "Why",
    ]


def _outline(read: pypdf.PdfReader) -> list[dict[str, object]]:
    flat: list[dict[str, object]] = []

    def walk(items: list[object]) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                assert isinstance(item, dict)
                flat.append(item)

    walk(list(read.outline))
    return flat


def test_tags_follow_the_structure() -> None:
    content = pdf_of(letter())
    tags = re.findall(rb"/S/(H1|H2|H3|LI|BlockQuote|Link|Code)\b", content)
    found = {tag: tags.count(tag) for tag in set(tags)}
    assert found == {b"H1": 1, b"H2": 2, b"H3": 2, b"LI": 5, b"BlockQuote": 1, b"Link": 2, b"Code": 2}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_only_a_text(text: str) -> None:
    made = replace(
        letter(everything_said(text), title=f"About {text}"),
        sender=text,
        addressee=(text,),
        references=(text,),
    )
    forms = forms_of(made)
    page = forms[HTML].decode()
    assert not re.search(r"<(script|img)|<[^>]* on\w+=|href=\"javascript", page)
    assert page.count("<a ") == page.count('<a href="https://example.org/"')
    for sign in "\x00\x1b\u202e\u202c":
        assert sign not in page
        assert sign not in forms[TEXT].decode()
    if text.isascii() and text.isprintable():
        assert words_of_pdf(forms[PDF]) == words_of_html(page) == words_of_text(forms[TEXT].decode())


def test_words_of_others_become_neither_code_nor_links() -> None:
    page = html_of(letter((Quote(("see `this` at https://example.org/",)),)))
    body = page[page.index("<main>") :]
    assert "<code>" not in body
    assert "<a " not in body
    assert "`this`" in body


def test_a_link_leads_where_it_says_and_ends_with_the_sentence() -> None:
    page = html_of(
        letter((Paragraph("Read it (https://example.org/a?b=c&d#e), please: https://example.org."),))
    )
    assert '<a href="https://example.org/a?b=c&amp;d#e">https://example.org/a?b=c&amp;d#e</a>)' in page
    assert '<a href="https://example.org">https://example.org</a>.' in page


def test_numbers_of_clauses_are_kept() -> None:
    made = letter((Heading("Why"), Clauses(12, ("The twelfth.", "The thirteenth."))))
    assert '<li value="13" id="clause-13">The thirteenth.</li>' in html_of(made)
    assert "\n13. The thirteenth.\n" in text_of(made)
    assert "13.Thethirteenth." in words_of_pdf(pdf_of(made))


def test_a_text_fits_an_e_mail_and_breaks_no_address() -> None:
    address = "https://example.org/" + "a-long-way/" * 12
    text = text_of(letter((Heading("Where"), Paragraph(f"It is told at {address} and " + "elsewhere " * 30))))
    assert address in text
    assert all(len(line) <= COLUMNS for line in text.split("\n") if address not in line)


def test_a_sign_that_no_font_has_is_spelled_and_said_so() -> None:
    sign = next(sign for sign in map(chr, range(0xE000, 0xF8FF)) if not glyphs.is_shown(sign))
    made = letter((Heading(f"About {sign}"), Paragraph(f"The name is {sign}1.")), title=f"About {sign}")
    forms = forms_of(made)
    said = words_of_pdf(forms[PDF])
    assert f"Thenameis[U+{ord(sign):04X}]1." in said
    assert "Somesignsofthisletter" in said
    assert sign in forms[HTML].decode()
    assert sign in forms[TEXT].decode()
    assert "Some signs" not in forms[HTML].decode()


def test_only_the_signs_that_are_lacking_are_spelled() -> None:
    lacking = glyphs.lacking(["é ß Ж Ω “quoted” – … €"])
    assert not lacking


@pytest.mark.parametrize(
    "name",
    [
        "你好有限公司",
        "شركة الاختبار",
        "חברת ניסיון",
        "บริษัท ทดสอบ",
        "क्षत्रिय लिमिटेड",
        "주식회사 시험",
        "👨‍👩‍👧 & Söhne",
        "Z̷̛a̶l̸g̴o̵",
    ],
)
def test_a_letter_is_made_whatever_somebody_is_called(name: str) -> None:
    made = replace(letter(everything_said(name), title=name), sender=name, addressee=(name,))
    forms = forms_of(made)
    assert set(forms) == set(MEDIA_TYPES)
    assert html.escape(name) in forms[HTML].decode()


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_a_letter_is_made_of_any_text(text: str) -> None:
    made = letter(
        (Heading("All"), Paragraph(text), Quote((text,)), Clauses(3, (text,))), title=f"About {text}"
    )
    assert set(forms_of(made)) == set(MEDIA_TYPES)


def test_an_endless_word_stays_on_the_sheet() -> None:
    word = "w" * 400
    document = pypdf.PdfReader(
        io.BytesIO(pdf_of(letter((Heading("A word"), Paragraph(word), Quote((word,))))))
    )
    lines = [
        line for page in document.pages for line in page.extract_text().split("\n") if line.startswith("ww")
    ]
    assert len(lines) > 8
    assert max(map(len, lines)) < 100


def test_a_thousand_letters_do_not_share_anything() -> None:
    rng = random.Random(7)  # noqa: S311 - seeded texts
    for _ in range(20):
        title = f"Title {rng.randrange(10**9)}"
        assert title.replace(" ", "") in words_of_pdf(pdf_of(letter(title=title)))


def test_the_structure_that_is_kept_gives_the_same_forms() -> None:
    kept = forms_of(letter())[JSON]
    assert read_letter(kept) == letter()
    assert forms_of(read_letter(kept)) == forms_of(letter())
    for spoilt in (
        b"",
        b"{}",
        b"[]",
        kept.replace(b"Paragraph", b"Anything"),
        kept.replace(b"2026-11", b"x"),
    ):
        with pytest.raises(BugError):
            read_letter(spoilt)


# --- our own checks ---


def _spoilt(made: Letter, what: bytes, by: bytes) -> bytes:
    content = pdf_of(made)
    assert what in content
    return content.replace(what, by)


@pytest.mark.parametrize(
    ("what", "by"),
    [
        (b"%PDF-", b"%XDF-"),
        (b"/Marked true", b"/Marked null"),
        (b"/Lang(en)", b"/Lang(xx)"),
        (b"/StructTreeRoot", b"/StructTreeRoof"),
        (b"<pdfuaid:part>1", b"<pdfuaid:part>0"),
        (b"Our decision</rdf:li></rdf:Alt></dc:title>", b"</rdf:li></rdf:Alt></dc:title>"),
        (b"/S/LI", b"/S/PP"),
        (b"/S/H2", b"/S/PP"),
    ],
)
def test_a_pdf_that_lacks_something_is_not_kept(what: bytes, by: bytes) -> None:
    check_pdf(letter(), pdf_of(letter()))
    with pytest.raises(BugError):
        check_pdf(letter(), _spoilt(letter(), what, by))


def test_a_page_or_a_text_that_lacks_a_word_is_not_kept() -> None:
    page, text = html_of(letter()), text_of(letter())
    check_html(letter(), page)
    check_text(letter(), text)
    for spoilt in (
        page.replace("worldwide", "somewhere"),
        page.replace('lang="en"', 'lang="fr"'),
        page.replace("<h1>", "<h1></h1><h1>"),
        page.replace("Brewer", "", 1),
    ):
        with pytest.raises(BugError):
            check_html(letter(), spoilt)
    with pytest.raises(BugError):
        check_text(letter(), text.replace("worldwide", "somewhere"))
