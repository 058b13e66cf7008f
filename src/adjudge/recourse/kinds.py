"""Values with the same effect, told together: codes outside some branches of a tree, codes within some, or one by one.

Not a sentence: `adjudge.answers.recourse.view` says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Taxonomy

MOST_BRANCHES = 40
_MOST_EXCEPTED = 6


class Extent(StrEnum):
    """How a set of values is told."""

    ONE = "one"
    LISTED = "listed"
    WITHIN = "within"
    """All codes of some branches."""
    OUTSIDE = "outside"
    """All codes that lie in none of some branches, and those of `excepted`, which lie in one of them."""


@dataclass(frozen=True, slots=True)
class Values:
    """Some values: `branches` for codes, else the values themselves."""

    extent: Extent
    values: tuple[Value, ...]
    branches: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()


def told(values: tuple[Value, ...], tree: Taxonomy | None) -> Values:
    """The shortest way to tell some values. `tree` is that of their codes, where they are codes."""
    if len(values) == 1:
        return Values(Extent.ONE, values)
    if tree is None:
        return Values(Extent.LISTED, values)
    members = {str(value) for value in values}
    within = _branches(members, tree)
    outside = _branches_without(members, tree)
    options = [Values(Extent.WITHIN, values, within)] if within is not None else []
    if outside is not None:
        options.append(Values(Extent.OUTSIDE, values, *outside))
    shortest = min(options, key=_length, default=None)
    return shortest if shortest and _length(shortest) < len(values) else Values(Extent.LISTED, values)


def _length(found: Values) -> int:
    return len(found.branches) + len(found.excepted)


def _branches(members: set[str], tree: Taxonomy) -> tuple[str, ...] | None:
    """The branches that hold exactly these codes."""
    for code, parent in tree.parents.items():
        if parent in members and code not in members:
            return None
    tops = _tops(members, tree)
    return tops if len(tops) <= MOST_BRANCHES else None


def _branches_without(members: set[str], tree: Taxonomy) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The branches that hold none of these codes but a few, and the branches of those few."""
    others = set(tree.parents) - members
    tops = _tops(others, tree)
    inside = {code for code in members if any(tree.is_under(code, top) for top in tops)}
    excepted = _branches(inside, tree)
    if excepted is None or len(tops) > MOST_BRANCHES or len(excepted) > _MOST_EXCEPTED:
        return None
    return tops, excepted


def _tops(codes: Iterable[str], tree: Taxonomy) -> tuple[str, ...]:
    """The codes above which none of the others lies, sorted: a sealed tree has no other order."""
    found = set(codes)
    return tuple(code for code in sorted(found) if not _is_below(code, found, tree))


def _is_below(code: str, found: set[str], tree: Taxonomy) -> bool:
    above = tree.parents[code]
    while above is not None:
        if above in found:
            return True
        above = tree.parents[above]
    return False
