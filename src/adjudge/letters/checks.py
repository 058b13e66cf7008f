"""Our own checks of what was made, before it is kept: nothing is sent that lacks a word, a language or a tag.

Not a validator of PDF/UA, which typst is; these are what we would least like to find out from an addressee. A failure
is a bug of ours.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from adjudge.errors import BugError
from adjudge.letters.letter import Clauses, Heading, Letter, Points, all_texts, texts_of
from adjudge.letters.spans import bare, fit_letter

_TAGGED = re.compile(rb"/MarkInfo ?<<[^>]*/Marked true")
_TREE = re.compile(rb"/StructTreeRoot \d+ 0 R")
_UA = re.compile(rb"<pdfuaid:part>1</pdfuaid:part>")
_TITLE = re.compile(rb"<dc:title><rdf:Alt><rdf:li[^>]*>[^<]")


def check_html(letter: Letter, page: str) -> None:
    """A page has its language, one title, and every word. Raises BugError."""
    read = _Page()
    read.feed(page)
    read.close()
    _need(read.language == letter.language, letter, "the page has another language")
    _need(read.titles == 1, letter, "the page has no single title")
    _all_words(letter, "".join(read.words), "the page")


def check_text(letter: Letter, text: str) -> None:
    """A text has every word. Raises BugError."""
    lines = (line.removeprefix(">") for line in text.split("\n"))
    _all_words(letter, "".join(lines), "the text")


def check_pdf(letter: Letter, content: bytes) -> None:
    """A PDF has its tags, one for each heading and each item, its language and its title. Raises BugError."""
    _need(content.startswith(b"%PDF-"), letter, "this is no PDF")
    for found, what in (
        (_TAGGED.search(content) and _TREE.search(content), "the PDF is not tagged"),
        (_UA.search(content), "the PDF does not say that it is PDF/UA"),
        (f"/Lang({letter.language})".encode() in content, "the PDF has another language"),
        (_TITLE.search(content), "the PDF has no title"),
    ):
        _need(bool(found), letter, what)
    headings = sum(isinstance(block, Heading) for block in letter.blocks)
    tagged = sum(len(re.findall(tag, content)) for tag in (rb"/S/H1\b", rb"/S/H2\b", rb"/S/H3\b"))
    _need(tagged == headings + 1, letter, "the PDF lacks a heading")
    items = sum(len(texts_of(block)) for block in letter.blocks if isinstance(block, Clauses | Points))
    _need(len(re.findall(rb"/S/LI\b", content)) == items, letter, "the PDF lacks a clause")


def _all_words(letter: Letter, shown: str, where: str) -> None:
    words = _run_together([shown])
    for text in all_texts(fit_letter(letter)):
        _need(_run_together([bare(text)]) in words, letter, f"{where} lacks: {text[:100]!a}")


def _run_together(texts: Iterable[str]) -> str:
    """Texts without what forms part and mark differently: spaces, and the signs around code."""
    return "".join("".join(text.split()).replace("`", "").replace(">", "") for text in texts)


def _need(held: bool, letter: Letter, what: str) -> None:  # noqa: FBT001 - a check and what it is about
    if not held:
        raise BugError(f"the letter {letter.id} was not made well: {what}")


class _Page(HTMLParser):
    """The language, the titles and the words of a page."""

    _SILENT: Final = frozenset({"style", "title", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.language, self.titles, self._silent = "", 0, 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that begins."""
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        self.titles += tag == "h1"
        self._silent += tag in self._SILENT

    def handle_endtag(self, tag: str) -> None:
        """A tag that ends."""
        self._silent -= tag in self._SILENT

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self._silent:
            self.words.append(data)
