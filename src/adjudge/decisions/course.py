"""What measures do over time: where each applies, from when and until when, while no severer one does.

Not `combine`, which asks of one instant: a label that a suspension covers for a week applies before it and after it.
LANGUAGE.md 5.3, at every instant.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import AFTER_LAST, Instant
from adjudge.decisions.scope import Applied, Cell, boxes, cells_of, names_in
from adjudge.language.package import Measure

_Time = tuple[Instant, Instant]
"""From when, and the first instant at which it is over; the same twice for what happens once."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A rule's measure by itself. `end` is None where it lasts until it is lifted, `start` where it happens once."""

    rule: RuleId
    measure: Measure
    start: Instant
    end: Instant | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A measure where and while it takes effect. `whole` says that nothing severer cut its time."""

    applied: Applied
    start: Instant
    end: Instant | None
    whole: bool


def course(measures: Iterable[Timed]) -> tuple[Stretch, ...]:
    """Each measure in the places and times that no severer one covers; the severer first, then by rule and time."""
    given = sorted(measures, key=lambda item: (-item.measure.kind.severity, item.rule))
    named = (
        names_in(item.measure.territory for item in given),
        names_in(item.measure.surfaces for item in given),
    )
    covered = [(item, cells_of(item.measure, *named)) for item in given]
    return tuple(stretch for item, cells in covered for stretch in _stretches(item, cells, covered, named))


def _stretches(
    item: Timed,
    cells: set[Cell],
    covered: list[tuple[Timed, set[Cell]]],
    named: tuple[frozenset[str], frozenset[str]],
) -> Iterable[Stretch]:
    """The stretches of one measure: the cells in which it has the same time together."""
    severity = item.measure.kind.severity
    severer = [(other, taken) for other, taken in covered if other.measure.kind.severity > severity]
    together: dict[_Time, set[Cell]] = defaultdict(set)
    for cell in cells:
        for time in _left(_time(item), [_time(other) for other, taken in severer if cell in taken]):
            together[time].add(cell)
    for time, alike in sorted(together.items(), key=lambda pair: pair[0]):
        start, end = time
        for applied in boxes(item.rule, item.measure, alike, named):
            yield Stretch(applied, start, None if end == AFTER_LAST else end, time == _time(item))


def _time(item: Timed) -> _Time:
    return item.start, AFTER_LAST if item.end is None else item.end


def _left(time: _Time, taken: Iterable[_Time]) -> list[_Time]:
    """What is left of a time without others."""
    left = [time]
    for other in taken:
        left = [part for one in left for part in _without(one, other)]
    return left


def _without(one: _Time, other: _Time) -> Iterable[_Time]:
    """One time without another: before it, and after it. What happens once happens, or is covered."""
    (start, end), (first, last) = one, other
    if start == end:
        parts = [one] if start < first or start >= last else []
    else:
        parts = [part for part in ((start, min(end, first)), (max(start, last), end)) if part[0] < part[1]]
    return parts
