"""What the evidence of one fact says in all lanes: for each form that evidence can take, one function or row.

The generated code asks the quick ways itself and comes here for the rest: several values, denials, weak claims beside
a complete record. What is joined here is what LANGUAGE.md 3.2 and 3.4 join: the greatest weight for, and the greatest
against.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.basis.mask import mask_of
from adjudge.basis.said import Said
from adjudge.engines.point.bands import Bands
from adjudge.engines.point.lanes import Row, Spot, row_of
from adjudge.engines.point.weigh import RECORD, Weigh, speaks
from adjudge.facts.settle import SILENCE, Evidence
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.expression.syntax import Place
from adjudge.language.failure import MOST_COMBINATIONS, Report

Failures = list[tuple[int, str, Place, Said]]
NO_VARIABLES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A leaf of one fact, its general way and its spots."""

    weigh: Weigh
    spots: tuple[Spot, ...]
    row: Row

    def stored(self, name: FactName, evidence: Evidence, now: Instant, failures: Failures) -> int:
        """The general way's mask, in all lanes."""
        mask = self.weigh({name: evidence}, NO_VARIABLES, now, report_at(failures, self.spots))  # type: ignore[arg-type]  # no variables
        return self.row.stored(mask)


def weighed(weigh: Weigh, spots: Sequence[Spot]) -> Weighed:
    """A leaf with its row."""
    return Weighed(weigh, tuple(spots), row_of(spots))


def report_at(failures: Failures, spots: Sequence[Spot]) -> Report:
    """Errors of a leaf that is weighed once, reported wherever it stands."""

    def report(_place: Place, reason: Said) -> None:
        failures.extend((spot.rule, spot.part, spot.leaf.place, reason) for spot in spots)

    return report


Reading = Callable[[Evidence, Instant, Failures], int]


def several(
    fact: Fact, bands: Bands, leaves: Sequence[Weighed], compared: Sequence[Sequence[Value]]
) -> Reading:
    """A single-valued fact with any evidence, leaf by leaf: leaves that share a lane are joined only when weighed.

    `compared` are for each leaf the constants of `f == c` or `f in [..]`; denials of them count where no value fits
    (LANGUAGE.md 3.2).
    """
    general = by_leaf(fact, leaves)

    def read(evidence: Evidence, now: Instant, failures: Failures) -> int:
        denied = evidence.denied
        if len(evidence.asserted) > MOST_COMBINATIONS:
            return general(evidence, now, failures)
        truths = [
            (bands.truths(value), weight, denied.get(value, 0)) for value, weight in evidence.asserted.items()
        ]
        floor = 0
        if speaks(fact, evidence):
            # 3.4: of a truth value the record asserts `false`; of any other fact it opposes whatever is asked.
            if fact.type is Simple.BOOL:
                truths.append((bands.truths(False), RECORD, 0))  # noqa: FBT003 - a value
            else:
                floor = RECORD
        row = 0
        for number, leaf in enumerate(leaves):
            for_, opposed, denials = 0, floor, []
            for truth, weight, denial in truths:
                if truth[number]:
                    for_ = max(for_, weight)
                    denials.append(denial)
                else:
                    opposed = max(opposed, weight)
            if denied:
                denials = denials or [denied.get(constant, 0) for constant in compared[number]]
                opposed = max(opposed, min(denials, default=0))
            row |= leaf.row.stored(mask_of(for_, opposed))
        return row

    return read


def by_leaf(fact: Fact, leaves: Sequence[Weighed]) -> Reading:
    """A many-valued fact with denials or a `none`: leaf by leaf."""
    name = fact.full_name

    def read(evidence: Evidence, now: Instant, failures: Failures) -> int:
        return reduce(lambda row, leaf: row | leaf.stored(name, evidence, now, failures), leaves, 0)

    return read


def masks_by_weight(leaf: Weighed, value: object, name: FactName) -> list[int]:
    """The mask of `value in fact` where nobody asserts the value, then where it is asserted with each weight.

    So long as nobody denies and nobody says that there is no other, other values change nothing (LANGUAGE.md 3.6).
    """
    evidences = [SILENCE, *(Evidence(asserted={value: w}, strongest=w) for w in range(1, 6))]  # type: ignore[dict-item]  # a value of the fact
    return [leaf.weigh({name: evidence}, {}, Instant(0), lambda *_: None) for evidence in evidences]
