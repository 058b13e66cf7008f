"""Letters read back from their forms, as a reader of each has their words; and letters to make."""

import io
import re
from html.parser import HTMLParser

import pypdf
import pypdfium2

from adjudge.basis.instant import Instant, parse_timestamp
from adjudge.letters.letter import (
    PART,
    SECTION,
    Block,
    Clauses,
    Heading,
    Letter,
    Paragraph,
    Points,
    Quote,
)

ID = "N-000001-1"
BLOCKS: tuple[Block, ...] = (
    Heading("What happened", SECTION),
    Paragraph("We decided about `ad-1`; the office offers https://example.org/a/b#c. Thirty first affairs."),
    Quote(("We do not agree.", "Not `at` all: https://example.org/")),
    Points(("one thing", "another thing with `code`")),
    Heading("Statement of reasons", SECTION),
    Paragraph("From us to you."),
    Heading("What is decided", PART),
    Clauses(1, ("The ad is excluded.", "This applies worldwide.")),
    Heading("Why", PART),
    Clauses(3, ("Because of clause 7.1 of our terms, which can be read at https://example.org/terms#7.",)),
)


def day(text: str = "2026-11-22T00:00:00Z") -> Instant:
    found = parse_timestamp(text)
    assert found is not None
    return found


def letter(
    blocks: tuple[Block, ...] = BLOCKS, *, language: str = "en", title: str = "Our decision"
) -> Letter:
    return Letter(
        id=ID,
        language=language,
        sender="Platform",
        addressee=("Brewer", "brewer-1"),
        references=("Date: 22 November 2026", f"Notice: {ID}"),
        day=day(),
        title=title,
        blocks=blocks,
    )


def everything_said(name: str) -> tuple[Block, ...]:
    """Blocks of each kind that hold a text."""
    return (
        Heading(name, SECTION),
        Paragraph(name),
        Quote((name, name)),
        Points((name,)),
        Heading(name, PART),
        Clauses(9, (name, name)),
    )


def words_of_html(page: str) -> str:
    """What the body says, with the numbers of its lists, without spaces."""
    read = _Body()
    read.feed(page)
    return _bare("".join(read.words))


def words_of_text(text: str) -> str:
    """What a text says, without what marks headings, quotations and lists."""
    lines = [line for line in text.split("\n") if not re.fullmatch(r"=+|-+", line)]
    marked = re.compile(r"> ?|- ")
    return _bare("".join(marked.sub("", line, count=1) if marked.match(line) else line for line in lines))


def words_of_pdf(content: bytes, letter_id: str = ID) -> str:
    """What the pages say, without their footers."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return _of_pages([page.extract_text() for page in pages], letter_id)


def words_as_drawn(content: bytes) -> str:
    """As `words_of_pdf`, by another reader."""
    document = pypdfium2.PdfDocument(content)
    return _of_pages([page.get_textpage().get_text_range() for page in document], ID)


def _of_pages(pages: list[str], letter_id: str) -> str:
    """Each page without its footer, which an extractor gives where it stands or where it was drawn."""
    count = len(pages)
    bare = (_bare(text) for text in pages)
    return "".join(page.replace(f"{letter_id}{number}/{count}", "", 1) for number, page in enumerate(bare, 1))


def _bare(text: str) -> str:
    return re.sub(r"[\s`\u2022\u200b\ufeff\ufffe\x02]", "", text)


class _Body(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside |= tag == "body"
        number = dict(attrs).get("value") if tag == "li" else None
        self.words += [f"{number}."] if number else []

    def handle_data(self, data: str) -> None:
        self.words += [data] if self._inside else []
