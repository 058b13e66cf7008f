"""The text of a document on its page: paragraphs by number, a page of them at a time, passages of claims marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adjudge.desk.evidence.pdf import words_of
from adjudge.evidence.passages import Passage, Piece, passages, pieces
from adjudge.evidence.text import LONGEST, is_markup, paragraphs, without_markup
from adjudge.institution.material.documents import TEXT
from adjudge.institution.reading.document import DocumentReading

PAGE = 40_000
"""Characters of text on one page."""
PDF = "application/pdf"
_MARKUP_NAMES = (".htm.txt", ".html.txt", ".xhtml.txt")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its number in the whole text, from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown of the text. `missing` names why there is none, empty where there is some.

    `at` says by claim on which page and in which paragraph its passage stands; marked are those of claims that count.
    """

    missing: str = ""
    paragraphs: Sequence[Paragraph] = ()
    number: int = 1
    pages: int = 1
    total: int = 0
    whole: bool = True
    at: Mapping[str, tuple[int, int]]


def shown(reading: DocumentReading, page: str) -> Shown:
    """The page asked for; the first where what is asked for is no number."""
    text, whole, missing = _words(reading)
    if missing:
        return Shown(missing=missing, at={})
    whole_text = paragraphs(text)
    starts = _starts(whole_text)
    number = min(max(int(page[:6]), 1), len(starts)) if page.isascii() and page.isdigit() else 1
    found = passages(whole_text, {row.id: str(row.content.get("place") or "") for row in reading.claims})
    live = {row.id for row in reading.claims if row.withdrawn_at is None}
    marked = {name: item for name, item in found.items() if name in live}
    first = starts[number - 1]
    end = starts[number] if number < len(starts) else len(whole_text)
    return Shown(
        paragraphs=[
            Paragraph(place + 1, pieces(whole_text[place], _in(marked, place))) for place in range(first, end)
        ],
        number=number,
        pages=len(starts),
        total=len(whole_text),
        whole=whole,
        at={name: (_page_of(starts, item.paragraph), item.paragraph + 1) for name, item in found.items()},
    )


def _words(reading: DocumentReading) -> tuple[str, bool, str]:
    """The text, whether it is whole, and why there is none."""
    row, content = reading.row, reading.content
    if row.expunged_at is not None:
        return "", True, "expunged"
    if not row.blob:
        return "", True, "described"
    if content is None:
        return "", True, "missing"
    if row.media_type == PDF:
        read = words_of(content)
        return (read.text, read.whole, "") if read is not None else ("", True, "unreadable")
    if row.media_type != TEXT:
        return "", True, "picture"
    text = content.decode(errors="replace")
    whole = len(text) <= LONGEST
    is_page = row.file_name.lower().endswith(_MARKUP_NAMES) or is_markup(text)
    words = without_markup(text) if is_page else text
    return (words, whole, "") if words.strip() else ("", True, "unreadable")


def _starts(text: Sequence[str]) -> Sequence[int]:
    """The first paragraph of each page."""
    found, size = [0], 0
    for place, paragraph in enumerate(text):
        if size and size + len(paragraph) > PAGE:
            found.append(place)
            size = 0
        size += len(paragraph)
    return found


def _page_of(starts: Sequence[int], paragraph: int) -> int:
    return sum(1 for start in starts if start <= paragraph)


def _in(found: Mapping[str, Passage], paragraph: int) -> dict[str, Passage]:
    return {name: item for name, item in found.items() if item.paragraph == paragraph}
