"""A letter as a structure: who writes to whom, when, about what, and the blocks of what is said.

Not what a notice has to say, and nothing of how it looks: each form shows the same blocks in the same order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.basis.instant import Instant

SECTION, PART = 2, 3
"""Levels of headings below the title: a section, and a part of one."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks after it are about."""

    text: str
    level: int = SECTION


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. What stands in backticks is code; an address of the web becomes a link."""

    text: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """Clauses with numbers to be cited by, from `first` on."""

    first: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list in which nothing is cited by its number."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, in paragraphs. Nothing in them becomes code or a link: they are shown as written."""

    paragraphs: tuple[str, ...]


Block = Heading | Paragraph | Clauses | Points | Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter. `references` are whole phrases, one to a line, such as its number and its date.

    `day` is the day on which it is dated; the forms tell no other time.
    """

    id: str
    language: str
    sender: str
    addressee: tuple[str, ...]
    references: tuple[str, ...]
    day: Instant
    title: str
    blocks: tuple[Block, ...]


def texts_of(block: Block) -> tuple[str, ...]:
    """The texts of a block in their order."""
    match block:
        case Heading(text) | Paragraph(text):
            return (text,)
        case Clauses(_, items) | Points(items):
            return items
        case Quote(paragraphs):
            return paragraphs


def number_of(block: Block) -> int:
    """The level of a heading, or the number of the first clause; 0 for what has neither."""
    match block:
        case Heading(level=level):
            return level
        case Clauses(first=first):
            return first
        case _:
            return 0


def all_texts(letter: Letter) -> Iterator[str]:
    """Every text of a letter in the order in which it is read; numbers of clauses are not among them."""
    yield letter.sender
    yield from letter.addressee
    yield from letter.references
    yield letter.title
    for block in letter.blocks:
        yield from texts_of(block)
