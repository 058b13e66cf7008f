"""What is decided of a subject, in lines that stand before anything that is found of it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.answers.decision.measures import territory_text
from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.institution.reading.overview import InForce
from adjudge.language.package import MeasureKind
from adjudge.records.rows import MeasureRow
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in force, one line for each of its measures; `departs` where what is found is not that.

    `is_changed` where the ad is not as it was approved.
    """

    decision: str
    lines: tuple[str, ...]
    departs: bool
    is_changed: bool


def decided(item: InForce, tongue: Tongue) -> Decided:
    """What to show of a decision in force."""
    return Decided(item.decision.id, tuple(_lines(item, tongue)), item.departs, item.is_changed)


def _lines(item: InForce, tongue: Tongue) -> Iterator[str]:
    if not item.measures and item.decision.issued_at is not None:
        yield tongue("Decided: no measure, on {day}", day=_day(item.decision.issued_at))
    for row in item.measures:
        yield _line(row, tongue)


def _line(row: MeasureRow, tongue: Tongue) -> str:
    """A measure with its place and its time."""
    where = territory_text(Extent(frozenset(row.territories), row.all_but), tongue)
    kind, start = MEASURES[MeasureKind(row.kind)], _day(row.start)
    if row.end is None:
        return tongue("Decided: {measure} ({where}), since {day}", measure=kind, where=where, day=start)
    if row.end == row.start:  # it happens once
        return tongue("Decided: {measure} ({where}), on {day}", measure=kind, where=where, day=start)
    return tongue(
        "Decided: {measure} ({where}), from {start} until {end}",
        measure=kind,
        where=where,
        start=start,
        end=_day(row.end),
    )


def _day(at: Instant) -> Instant:
    """The day alone: the minute stands with the decision."""
    return start_of_day(day_of(at))
