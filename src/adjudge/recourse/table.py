"""What each leaf weighs under every combination of options of the facts that it reads, exactly.

Not by the spec, which verifies each way afterwards, but by the functions of the point engine: two readings of the
language meet here. A leaf over a many-valued fact is kept value by value, since its values join by OR (3.6).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from adjudge.basis.ids import FactName
from adjudge.basis.mask import CERTAIN, IMPOSSIBLE, NEGATED, NOTHING_KNOWN, mask_of
from adjudge.basis.said import Said
from adjudge.engines.point.weigh import RECORD, Context, weigher
from adjudge.facts.settle import Evidence
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Has, Member, Quantified
from adjudge.language.expression.syntax import Place
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import equal
from adjudge.recourse.concern import Leaf
from adjudge.recourse.question import Question
from adjudge.recourse.reader import atom_of
from adjudge.recourse.spot import SingleSpot, Standing, ValueSpot
from adjudge.recourse.values import Values

Combination = tuple[int, ...]
"""The number of an option for each single-valued fact of a leaf."""
Rows = tuple[tuple[int, ...], ...]
"""For each value of a many-valued fact, and each of its options, what it contributes."""


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A leaf over single-valued facts: its mask under every combination."""

    leaf: Atom | Has
    facts: tuple[FactName, ...]
    masks: Mapping[Combination, int]


@dataclass(frozen=True, slots=True)
class RangedTable:
    """`exists`, `all` or `in`: under every combination what each value contributes to the `exists` that it is.

    `asked` says, of `v in f`, which values are v.
    """

    leaf: Quantified | Member
    facts: tuple[FactName, ...]
    ranged: FactName
    rows: Mapping[Combination, Rows]
    asked: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class HasTable:
    """`has` of a many-valued fact: how each value stands is all that counts."""

    leaf: Has
    ranged: FactName


@dataclass(frozen=True, slots=True)
class FailedTable:
    """A leaf that weighs nothing whatever is done."""

    leaf: Member


Table = PlainTable | RangedTable | HasTable | FailedTable


class Tables:
    """Makes the tables of leaves."""

    def __init__(
        self,
        question: Question,
        values: Values,
        singles: Mapping[FactName, SingleSpot],
        ranged: Mapping[FactName, Sequence[ValueSpot]],
    ) -> None:
        """The spots with all their options."""
        self.question = question
        self.values = values
        self.singles = singles
        self.ranged = ranged
        self.context = Context(question.facts, values.entries)

    def of(self, leaf: Leaf) -> Table:
        """The table of a leaf."""
        match leaf:
            case Atom():
                return self._plain(leaf, leaf.facts)
            case Has() if self.question.facts[leaf.fact].many:
                return HasTable(leaf, leaf.fact)
            case Has():
                return self._plain(leaf, (leaf.fact,))
            case Quantified():
                return self._quantified(leaf)
            case Member():
                return self._member(leaf)

    def _combinations(self, facts: Sequence[FactName]) -> list[Combination]:
        return list(product(*(range(len(self.singles[name].options)) for name in facts)))

    def _chosen(self, facts: Sequence[FactName], chosen: Combination) -> dict[FactName, Evidence]:
        return {
            name: self.singles[name].options[number].state for name, number in zip(facts, chosen, strict=True)
        }

    def _plain(self, leaf: Atom | Has, facts: tuple[FactName, ...]) -> PlainTable:
        weigh, now = weigher(leaf, self.context), self.question.valid_at
        masks = {
            chosen: weigh(self._chosen(facts, chosen), {}, now, _ignore)
            for chosen in self._combinations(facts)
        }
        return PlainTable(leaf, facts, masks)

    def _quantified(self, leaf: Quantified) -> RangedTable:
        atom = atom_of(leaf)
        facts = atom.facts if atom is not None else ()
        weigh, now, fact = (
            weigher(leaf.body, self.context),
            self.question.valid_at,
            self.question.facts[leaf.fact],
        )
        rows = {}
        for chosen in self._combinations(facts):
            evidence = self._chosen(facts, chosen)
            found = []
            for spot in self.ranged[leaf.fact]:
                assert spot.value is not None  # noqa: S101 - the spot of a value has one
                body = weigh(evidence, {leaf.variable: spot.value}, now, _ignore)
                body = NEGATED[body] if leaf.every else body
                found.append(tuple(_row(fact, option.state, body) for option in spot.options))
            rows[chosen] = tuple(found)
        return RangedTable(leaf, facts, leaf.fact, rows)

    def _member(self, leaf: Member) -> RangedTable | FailedTable:
        constant, fact = self.values.constant(leaf), self.question.facts[leaf.fact]
        if constant is None:
            return FailedTable(leaf)
        found, asked = [], []
        for spot in self.ranged[leaf.fact]:
            assert spot.value is not None  # noqa: S101 - as above
            body = _equality(spot.value, constant)
            found.append(tuple(_row(fact, option.state, body) for option in spot.options))
            asked.append(body == CERTAIN)
        return RangedTable(leaf, (), leaf.fact, {(): tuple(found)}, tuple(asked))


def _ignore(_place: Place, _reason: Said) -> None:
    """Errors are told by the outcome itself."""


def _row(fact: Fact, state: Standing, body: int) -> int:
    """What one value contributes: that it is among the values, AND the body. LANGUAGE.md 3.6."""
    if not state.for_:
        return IMPOSSIBLE
    record = RECORD if fact.complete and state.for_ < RECORD else 0
    return mask_of(state.for_, max(state.against, record)) & body


def _equality(value: Value, constant: object) -> int:
    try:
        return CERTAIN if equal(value, constant) else IMPOSSIBLE  # type: ignore[arg-type]  # a concrete value
    except EvaluationError:
        return NOTHING_KNOWN


def combinations(singles: Mapping[FactName, SingleSpot], facts: Sequence[FactName]) -> int:
    """How many combinations a leaf over some facts has."""
    return prod(len(singles[name].options) for name in facts)
