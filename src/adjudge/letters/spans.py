"""A text in spans: plain, code or an address. Every form marks the same ones.

Texts come from anywhere: what no page may hold, or what would turn the direction of the rest, is made harmless here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from adjudge.letters.letter import Block, Clauses, Heading, Letter, Paragraph, Points, Quote
from adjudge.notices.statement import steadied

_ADDRESS = re.compile(r"https?://[A-Za-z0-9][^\s<>\"`\u2018\u2019\u201c\u201d]*")
_AFTER_ADDRESS = ".,;:!?)]}'\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}"
"""Signs that belong to the sentence where an address ends in them."""
_UNFIT = frozenset({"Cc", "Cs", "Cn"})


class SpanKind(StrEnum):
    """What a span is."""

    TEXT = "text"
    CODE = "code"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text."""

    kind: SpanKind
    text: str


def fit(text: str) -> str:
    """A text on one line, without controls, halves of characters, and what turns its direction."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in _UNFIT else sign
        for sign in steadied(text)
    )


def fit_letter(letter: Letter) -> Letter:
    """A letter all of whose texts any form can show."""
    return replace(
        letter,
        sender=fit(letter.sender),
        addressee=_all_fit(letter.addressee),
        references=_all_fit(letter.references),
        title=fit(letter.title),
        blocks=tuple(_fit_block(block) for block in letter.blocks),
    )


def _all_fit(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fit(text) for text in texts)


def _fit_block(block: Block) -> Block:
    match block:
        case Heading(text, level):
            return Heading(fit(text), level)
        case Paragraph(text):
            return Paragraph(fit(text))
        case Clauses(first, items):
            return Clauses(first, _all_fit(items))
        case Points(items):
            return Points(_all_fit(items))
        case Quote(paragraphs):
            return Quote(_all_fit(paragraphs))


def spans(text: str) -> Iterator[Span]:
    """The spans of a text; a backtick without its pair is a backtick."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        pieces[-2:] = ["`".join(pieces[-2:])]
    for at, piece in enumerate(pieces):
        if at % 2 and piece:
            yield Span(SpanKind.CODE, piece)
        else:
            yield from _linked(piece)


def _linked(text: str) -> Iterator[Span]:
    done = 0
    for found in _ADDRESS.finditer(text):
        end = found.start() + len(found.group().rstrip(_AFTER_ADDRESS))
        yield from _plain(text[done : found.start()])
        yield Span(SpanKind.LINK, text[found.start() : end])
        done = end
    yield from _plain(text[done:])


def _plain(text: str) -> Iterator[Span]:
    if text:
        yield Span(SpanKind.TEXT, text)


def bare(text: str) -> str:
    """The words of a text, without the marks of code, as a reader of any form has them."""
    return "".join(span.text for span in spans(text))
