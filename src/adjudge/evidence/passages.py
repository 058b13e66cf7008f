"""Where in a text the passages stand that claims quote, and the text in pieces so that they can be marked.

Spaces and line breaks are those of the file, not of the sentence: a quotation need not repeat them. Each is found once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SHORTEST = 12
"""Characters of a passage that is looked for: `page 2` would be found where nobody meant it."""
LONGEST = 2_000
_MARKS = "“”„«»\"'‘’ \t\n"
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]{12,2000})[”“»\"]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage in a paragraph, both counted from 0: from a character up to, not including, another."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph, and whose passages it belongs to."""

    text: str
    of: tuple[str, ...] = ()


def flat(text: str) -> str:
    """A text with every run of white space as one space."""
    return " ".join(text.split())


def passages(paragraphs: Sequence[str], places: Mapping[str, str]) -> dict[str, Passage]:
    """By name the passage that a place quotes, where the text has it; places that are no quotation are left out."""
    flattened = [flat(item) for item in paragraphs]
    found = {name: _passage(paragraphs, flattened, place) for name, place in places.items()}
    return {name: passage for name, passage in found.items() if passage is not None}


def _passage(paragraphs: Sequence[str], flattened: Sequence[str], place: str) -> Passage | None:
    if len(place) > LONGEST:
        return None
    inner = _QUOTED.search(place)
    for quote in (flat(place.strip(_MARKS)), flat(inner[1]) if inner else ""):
        if len(quote) < SHORTEST:
            continue
        at = next((number for number, text in enumerate(flattened) if quote in text), None)
        if at is not None:
            return _span(paragraphs[at], quote, at)
    return None


def _span(paragraph: str, quote: str, at: int) -> Passage | None:
    """The characters of the paragraph itself, whose spaces may be others."""
    match = re.search(r"\s++".join(map(re.escape, quote.split(" "))), paragraph)
    return Passage(at, match.start(), match.end()) if match is not None else None


def pieces(paragraph: str, spans: Mapping[str, Passage]) -> tuple[Piece, ...]:
    """A paragraph cut wherever a passage begins or ends; passages may overlap."""
    edges = {0, len(paragraph)}
    for passage in spans.values():
        edges |= {passage.start, passage.end}
    ordered = sorted(edges)
    return tuple(
        Piece(
            paragraph[start:end],
            tuple(name for name, item in spans.items() if item.start <= start and end <= item.end),
        )
        for start, end in pairwise(ordered)
        if end > start
    )
