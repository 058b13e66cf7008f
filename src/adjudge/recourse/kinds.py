"""Values with the same effect, told together: codes outside some branches of a tree, codes within some, or one by one.

Not a sentence: `adjudge.notices.steps` says it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
    """All codes that lie in none of some branches, and those of `excepted`, which lie in one of them.

    What contains one of the branches is not outside of it either.
    """
    OTHER_THAN = "other_than"
    """All codes of a closed list but those of `excepted`."""


@dataclass(frozen=True, slots=True)
class Values:
    """Some values: `branches` for codes, else the values themselves."""

    extent: Extent
    values: tuple[Value, ...]
    branches: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()


def told(values: tuple[Value, ...], tree: Taxonomy | None, closed: Collection[str] = ()) -> Values:
    """The shortest way to tell some values. `tree` is that of their codes; `closed` are all values of a plain list."""
    if len(values) == 1:
        return Values(Extent.ONE, values)
    if tree is None:
        left = tuple(sorted(set(closed) - {str(value) for value in values}))
        few = 0 < len(left) <= min(_MOST_EXCEPTED, len(values) - 1)
        return Values(Extent.OTHER_THAN, values, excepted=left) if few else Values(Extent.LISTED, values)
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


Sides = tuple[tuple[str, ...], tuple[str, ...]]
"""Branches that hold none of some codes, and the branches within them that do."""


def _branches_without(members: set[str], tree: Taxonomy) -> Sides | None:
    """The branches that hold none of these codes but a few, and the branches of those few."""
    below: dict[str | None, list[str]] = {}
    for code, parent in sorted(tree.parents.items()):
        below.setdefault(parent, []).append(code)
    tops, excepted = _beneath(below.get(None, []), below, members, tree)
    if not tops or len(tops) > MOST_BRANCHES or len(excepted) > _MOST_EXCEPTED:
        return None
    return tuple(sorted(tops)), tuple(sorted(excepted))


def _beneath(
    codes: Iterable[str], below: Mapping[str | None, Sequence[str]], members: set[str], tree: Taxonomy
) -> Sides:
    found = [_without(code, below, members, tree) for code in codes]
    return tuple(top for tops, _ in found for top in tops), tuple(code for _, few in found for code in few)


def _without(
    code: str, below: Mapping[str | None, Sequence[str]], members: set[str], tree: Taxonomy
) -> Sides:
    """The branches of one code: itself with what is to be excepted of it, or those below it that it contains."""
    parted = _beneath(below.get(code, []), below, members, tree)
    if code in members:
        return parted
    inside = _branches({name for name in members if tree.is_under(name, code)}, tree)
    if inside is None or (parted[0] and len(parted[0]) + len(parted[1]) < 1 + len(inside)):
        return parted
    return (code,), inside


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
