"""Replacements in a text, applied all at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """From start, included, to end, excluded, another text."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every replacement made; they may not overlap."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def lines_replaced(lines: list[str], edits: Iterable[tuple[int, int, list[str]]]) -> list[str]:
    """Lines with ranges of them (from, to, excluded) replaced; they may not overlap."""
    found: list[str] = []
    position = 0
    for start, end, put in sorted(edits):
        found += [*lines[position:start], *put]
        position = end
    return found + lines[position:]
