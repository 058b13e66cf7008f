"""The weighed pair (for, against) and its operations, as SEMANTICS.md defines them.

Not a probability and not a truth value: two weights from 0 to 5 that stay apart to the end, so that
contradiction (both high) and ignorance (both 0) remain visible.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from adjudge.basis.said import say, verbatim

GREATEST = 5


class Standard(IntEnum):
    """A standard of proof, and equally the name of a weight (LANGUAGE.md 1.4, 4.1)."""

    ALLEGED = 1
    REPORTED = 2
    CORROBORATED = 3
    OFFICIAL = 4
    FINAL = 5

    @property
    def word(self) -> str:
        """The word that policies and answers write for it."""
        return self.name.lower()


STANDARDS = {standard.word: standard for standard in Standard}
WEIGHTS_HINT = say(
    "write {weights}",
    weights=verbatim(", ".join(f"{standard} ({standard.word})" for standard in Standard)),
)


class Pair(NamedTuple):
    """How heavily a condition is supported and opposed; each weight is an integer 0 to 5."""

    for_: int
    against: int


NOTHING_KNOWN = Pair(0, 0)
CERTAIN = Pair(GREATEST, 0)
IMPOSSIBLE = Pair(0, GREATEST)


def negation(pair: Pair) -> Pair:
    """NOT (f, a) = (a, f). LANGUAGE.md 2.2."""
    return Pair(pair.against, pair.for_)


def conjunction(pairs: Iterable[Pair]) -> Pair:
    """AND: the least for, the greatest against; (5, 0) of nothing. LANGUAGE.md 2.2."""
    result = CERTAIN
    for pair in pairs:
        result = Pair(min(result.for_, pair.for_), max(result.against, pair.against))
    return result


def disjunction(pairs: Iterable[Pair]) -> Pair:
    """OR: the greatest for, the least against; (0, 5) of nothing. LANGUAGE.md 2.2."""
    result = IMPOSSIBLE
    for pair in pairs:
        result = Pair(max(result.for_, pair.for_), min(result.against, pair.against))
    return result


def outweighs(pair: Pair, standard: int) -> bool:
    """Whether a pair is shown to a standard: for >= standard and for > against. LANGUAGE.md 4.2."""
    return pair.for_ >= standard and pair.for_ > pair.against
