"""Two texts of one condition as one text in which the words that went and the words that came are marked.

Not a comparison of meaning: it only helps the eye. Words are those of the language, with texts in quotes kept whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

MOST_WORDS = 1_500
"""Beyond these the whole text is marked: comparing takes time that grows with the square of the words."""

_WORD = re.compile(r"'(?:[^'\\]|\\.)*'|\s+|\w+|[^\w\s]")


class Mark(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words with their mark."""

    mark: Mark
    text: str


def marked(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in order: those kept and out give the old text, those kept and in the new one."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return tuple(piece for piece in (Piece(Mark.OUT, old), Piece(Mark.IN, new)) if piece.text)
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        went, came = "".join(before[start:end]), "".join(after[other_start:other_end])
        if tag == "equal":
            yield Piece(Mark.KEPT, went)
            continue
        if went:
            yield Piece(Mark.OUT, went)
        if came:
            yield Piece(Mark.IN, came)
