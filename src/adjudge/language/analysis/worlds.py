"""Every combination of (0,0), (5,0), (0,5) and (5,5) for the leaves of a condition, all evaluated at once.

Not the engines' packing of pairs: here one whole number holds one weight in all combinations, a bit for each,
since for these four pairs a weight is 5 or 0. AND, OR and NOT are then single operations for all combinations
(LANGUAGE.md 2.2).

Why the extremes suffice. Take any combination of pairs and a threshold t, and put 5 for every weight that is
at least t and 0 for the others. That map commutes with min and max, hence with AND, OR and NOT. Let (f, a) be
the pair of `when` and f' the support of an exception, s and s' their standards.
- Some combination meets the rule (f >= s, f > a, every f' < s'): with t = f it becomes an extreme one with
  (5,0) for `when`, and with 0 for every exception whose s' <= s, since f' < s' <= s <= f. Exceptions of a
  higher standard are left out of the question whether the rule can be met, unless they have no free leaf:
  leaving one out can only make more combinations meet the rule, so that `never` stays true.
- Some combination fails the rule: with t = s (f < s), t = f (a >= f) or t = s' (f' >= s') it becomes an
  extreme one that fails it too.

Identical leaves are one variable. Leaves that depend on one another are taken as free, which again only adds
combinations: what holds of all of them holds of those that can occur.
"""

from collections.abc import Collection, Mapping
from typing import assert_never

from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified

MOST_LEAVES = 8
"""Beyond these nothing is decided; 8 leaves are 65,536 combinations."""

Leaf = Atom | Has | Quantified | Member
Bits = tuple[int, int]
"""For and against in every combination."""


class Worlds:
    """All combinations for some free leaves, at most `MOST_LEAVES`."""

    def __init__(self, free: Collection[Leaf]) -> None:
        """Two weights for each leaf, two values for each weight."""
        ordered = list(dict.fromkeys(free))
        self.every = (1 << (1 << 2 * len(ordered))) - 1
        self.free: dict[Leaf, Bits] = {
            leaf: (self._column(2 * i), self._column(2 * i + 1)) for i, leaf in enumerate(ordered)
        }

    def _column(self, index: int) -> int:
        """Where the weight of that index is 5: blocks of 2**index zeros and ones in turn."""
        block = 1 << index
        return (self.every // ((1 << block) + 1)) << block

    def bits(self, condition: Condition, fixed: Mapping[Leaf, Bits]) -> Bits:
        """The pair of a condition in every combination; `fixed` leaves have the pair that it names."""
        match condition:
            case Not():
                for_, against = self.bits(condition.operand, fixed)
                return against, for_
            case And() | Or():
                return self._joined(condition, fixed)
            case Atom() | Has() | Quantified() | Member():
                return fixed[condition] if condition in fixed else self.free[condition]
        assert_never(condition)

    def _joined(self, condition: And | Or, fixed: Mapping[Leaf, Bits]) -> Bits:
        """AND takes the least for and the greatest against, OR the other way round."""
        least, greatest = self.every, 0
        for operand in condition.operands:
            for_, against = self.bits(operand, fixed)
            if isinstance(condition, Or):
                for_, against = against, for_
            least, greatest = least & for_, greatest | against
        return (greatest, least) if isinstance(condition, Or) else (least, greatest)
