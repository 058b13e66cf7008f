"""Which leaves of a condition to show, and which to show not to be, so that the condition is shown.

Not a solver: a bounded number of ways, the first ones of a condition; whether one works is asked of the evaluator.
"""

from collections.abc import Iterable, Mapping

from adjudge.changes.options import Leaf
from adjudge.language.core import And, Condition, Not, Or

MOST_WAYS = 48

Demands = Mapping[Leaf, bool]
"""What is to be shown of leaves: that they hold, or that they do not."""


def ways(condition: Condition, *, want: bool) -> list[Demands]:
    """At most `MOST_WAYS` ways, those with fewer demands first."""
    match condition:
        case Not():
            return ways(condition.operand, want=not want)
        case And() | Or():
            each = [ways(operand, want=want) for operand in condition.operands]
            if isinstance(condition, And) is want:
                return jointly(each)
            return _fewest(way for found in each for way in found)
        case _:
            return [{condition: want}]


def jointly(each: Iterable[list[Demands]]) -> list[Demands]:
    """One way of each, together; those that contradict themselves are left out."""
    found: list[Demands] = [{}]
    for added in each:
        found = _fewest(
            {**one, **other}
            for one in found
            for other in added
            if all(one.get(leaf, want) is want for leaf, want in other.items())
        )
    return found


def _fewest(found: Iterable[Demands]) -> list[Demands]:
    return sorted(found, key=len)[:MOST_WAYS]
