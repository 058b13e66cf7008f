"""Conditions laid out as lanes of one long integer, so that one operation joins a leaf's mask to every rule.

Python pays for each operation and next to nothing for the length of an integer. A lane of 16 bits holds one mask.
`NOT` is pushed down to the leaves first; then nearly every condition is AND of (leaf | OR of leaves):

    lanes 0 .. P-1         AND of the leaves that stand directly under the AND at the top of a part, one lane a part
    K times P lanes        OR of leaves: the first OR of every part, then the second of every part ...
    further lanes          AND and OR nodes of deeper conditions, which code joins one by one

A lane of an AND holds the complement of its mask until the end, because `x & y == ~(~x | ~y)`: so the leaves of all
lanes are joined by `|` alone. Where a part has no K-th OR, its lane is filled with CERTAIN.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from adjudge.basis.mask import CERTAIN, NEGATED, WORDS
from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified

Leaf = Atom | Has | Member | Quantified
BITS = 16
MOST_ORS = 6
"""ORs of a part that have a lane in a row of their own; beyond, they are joined by code. A row costs one operation for
all rules."""

AS_IS = tuple(range(WORDS))
COMPLEMENT = tuple(word ^ (WORDS - 1) for word in range(WORDS))
NEGATED_COMPLEMENT = tuple(NEGATED[word] ^ (WORDS - 1) for word in range(WORDS))

Form = tuple[int, ...]
"""What a lane stores of a leaf's mask: one of the four tables above."""
_FORMS: dict[tuple[bool, bool], Form] = {
    (False, False): AS_IS,
    (False, True): NEGATED,
    (True, False): COMPLEMENT,
    (True, True): NEGATED_COMPLEMENT,
}


class Spot(NamedTuple):
    """Where a leaf stands: a lane (as the bit at which it starts), what it stores, and where errors belong."""

    leaf: Leaf
    bit: int
    form: Form
    rule: int
    part: str


class Row(NamedTuple):
    """The spots of one leaf, as a factor for each form: a mask times the factor stands in all its lanes."""

    factors: tuple[tuple[Form, int], ...]

    def stored(self, mask: int) -> int:
        """The mask in all lanes of the leaf."""
        result = 0
        for form, factor in self.factors:
            result |= form[mask] * factor
        return result

    def parted(self) -> tuple["Row", "Row"]:
        """The forms whose bits rise with the weight for, and those whose bits fall."""
        rising = tuple(item for item in self.factors if item[0] in {AS_IS, NEGATED_COMPLEMENT})
        return Row(rising), Row(tuple(item for item in self.factors if item not in rising))


def row_of(spots: Iterable[Spot]) -> Row:
    """The row of a leaf that stands in some spots."""
    factors: dict[Form, int] = {}
    for spot in spots:
        # `|`, since a leaf that stands twice in one lane counts once.
        factors[spot.form] = factors.get(spot.form, 0) | 1 << spot.bit
    return Row(tuple(factors.items()))


class Join(NamedTuple):
    """A node that code joins: what it starts from (a lane above, or None), by which sign, and the nodes below."""

    lane: int
    is_and: bool
    below: tuple[int, ...]


@dataclass(slots=True)
class Layout:
    """The lanes of some conditions. `joins` come in order: each names only earlier ones; `ends` says what is left."""

    parts: int
    spots: list[Spot] = field(default_factory=list)
    rows: int = 0
    extra: int = 0
    joins: list[Join] = field(default_factory=list)
    ends: list[tuple[int, int]] = field(default_factory=list)
    """Nodes that are joined to a part by AND at the very end: (part, number of the join)."""
    and_lanes: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """The bits of one row of parts."""
        return self.parts * BITS

    @property
    def first_extra(self) -> int:
        """The bit at which the further lanes start."""
        return self.width * (1 + MOST_ORS)

    @property
    def start(self) -> int:
        """What the integer holds before any leaf: CERTAIN where a part has no such OR."""
        bits = (
            BITS * (row * self.parts + part) for row in range(1, self.rows + 1) for part in range(self.parts)
        )
        return sum(CERTAIN << bit for bit in bits if bit not in self.used)

    @property
    def complemented(self) -> int:
        """All bits of the lanes of ANDs."""
        return sum((WORDS - 1) << bit for bit in {*self.and_lanes, *range(0, self.width, BITS)})


class _Node(NamedTuple):
    """AND or OR of leaves and nodes, without NOT."""

    is_and: bool
    leaves: tuple[tuple[Leaf, bool], ...]
    nodes: tuple["_Node", ...]


def lay_out(parts: Sequence[tuple[int, str, Condition]]) -> Layout:
    """Lanes for parts, each given as the number of its rule, its name and its condition."""
    layout = Layout(len(parts))
    for number, (rule, name, condition) in enumerate(parts):
        _lay_part(layout, number, rule, name, _as_and(condition))
    return layout


def _lay_part(layout: Layout, number: int, rule: int, name: str, top: _Node) -> None:
    def put(leaves: Iterable[tuple[Leaf, bool]], bit: int, *, is_and: bool) -> None:
        layout.spots += [Spot(leaf, bit, _FORMS[is_and, negated], rule, name) for leaf, negated in leaves]

    def further(node: _Node) -> int:
        below = tuple(further(other) for other in node.nodes)
        bit = layout.first_extra + BITS * layout.extra
        put(node.leaves, bit, is_and=node.is_and)
        if node.is_and:
            layout.and_lanes.append(bit)
        layout.joins.append(Join(layout.extra, node.is_and, below))
        layout.extra += 1
        return len(layout.joins) - 1

    put(top.leaves, number * BITS, is_and=True)
    row = 0
    for node in top.nodes:
        if node.nodes or row == MOST_ORS:
            layout.ends.append((number, further(node)))
            continue
        row += 1
        bit = row * layout.width + number * BITS
        put(node.leaves, bit, is_and=False)
        layout.used.add(bit)
    layout.rows = max(layout.rows, row)


def _as_and(condition: Condition) -> _Node:
    found = _without_not(condition, negated=False)
    if isinstance(found, _Node):
        return found if found.is_and else _Node(is_and=True, leaves=(), nodes=(found,))
    return _Node(is_and=True, leaves=(found,), nodes=())


def _without_not(condition: Condition, *, negated: bool) -> "_Node | tuple[Leaf, bool]":
    """NOT pushed down to the leaves (AND and OR trade places), and nodes of one kind within each other made one."""
    if isinstance(condition, Not):
        return _without_not(condition.operand, negated=not negated)
    if not isinstance(condition, And | Or):
        return condition, negated
    is_and = isinstance(condition, And) is not negated
    leaves: list[tuple[Leaf, bool]] = []
    nodes: list[_Node] = []
    for operand in condition.operands:
        found = _without_not(operand, negated=negated)
        if not isinstance(found, _Node):
            leaves.append(found)
        elif found.is_and is is_and:
            leaves += found.leaves
            nodes += found.nodes
        else:
            nodes.append(found)
    return _Node(is_and=is_and, leaves=tuple(leaves), nodes=tuple(nodes))
