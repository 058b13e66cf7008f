"""What measures do over time: where each applies, from when and until when, while no severer one does.

Not `combine`, which asks of one instant: a label that a suspension covers for a week applies before it and after it.
LANGUAGE.md 5.3, at every instant.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import AFTER_LAST, Instant
from adjudge.decisions.scope import Applied, Cell, Extent, boxes, cells_of, names_in
from adjudge.language.package import Measure

_Time = tuple[Instant, Instant]
"""From when, and the first instant at which it is over; the same twice for what happens once."""


@dataclass(frozen=True, slots=True)
class Held:
    """The time that a measure keeps in some places, since an earlier decision imposed it there already.

    `since` is when it began by that decision; None where it had not begun, and keeps the start that was told.
    """

    territory: Extent
    surfaces: Extent
    start: Instant
    end: Instant | None
    since: Instant | None


@dataclass(frozen=True, slots=True)
class Timed:
    """A rule's measure by itself. `end` is None where it lasts until it is lifted, `start` where it happens once.

    `held` are other times that count where an earlier decision stood: in each place the first that reaches it.
    """

    rule: RuleId
    measure: Measure
    start: Instant
    end: Instant | None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A measure where and while it takes effect. `whole` says that nothing severer cut its time.

    `held` is the time of an earlier decision that it keeps, None where it begins anew.
    """

    applied: Applied
    start: Instant
    end: Instant | None
    whole: bool
    held: Held | None = None

    @property
    def since(self) -> Instant | None:
        """When it began by an earlier decision; None where it did not."""
        return self.held.since if self.held is not None else None


def course(measures: Iterable[Timed]) -> tuple[Stretch, ...]:
    """Each measure in the places and times that no severer one covers; the severer first, then by rule and time."""
    given = sorted(measures, key=lambda item: (-item.measure.kind.severity, item.rule))
    kept = [held for item in given for held in item.held]
    named = (
        names_in(item.measure.territory for item in given) | names_in(held.territory.names for held in kept),
        names_in(item.measure.surfaces for item in given) | names_in(held.surfaces.names for held in kept),
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
    together: dict[tuple[_Time, int], set[Cell]] = defaultdict(set)
    for cell in cells:
        place = _place_of_held(item, cell)
        times = [_time(other, _place_of_held(other, cell)) for other, taken in severer if cell in taken]
        for time in _left(_time(item, place), times):
            together[time, place].add(cell)
    for (time, place), alike in sorted(together.items(), key=lambda pair: pair[0]):
        start, end = time
        whole, held = time == _time(item, place), item.held[place] if place >= 0 else None
        for applied in boxes(item.rule, item.measure, alike, named):
            yield Stretch(applied, start, None if end == AFTER_LAST else end, whole, held)


_ANEW = -1
"""In the place of a held time: that there is none."""


def _place_of_held(item: Timed, cell: Cell) -> int:
    """Which of the held times counts in a cell, the first of those alike; `_ANEW` where none reaches it."""
    found = next((_times(held) for held in item.held if _reaches(held, cell)), None)
    return _ANEW if found is None else [_times(held) for held in item.held].index(found)


def _times(held: Held) -> tuple[Instant, Instant | None, Instant | None]:
    return held.start, held.end, held.since


def _reaches(held: Held, cell: Cell) -> bool:
    return all(
        (name in extent.names) != extent.all_but
        for name, extent in zip(cell, (held.territory, held.surfaces), strict=True)
    )


def _time(item: Timed, place: int = _ANEW) -> _Time:
    start, end = (item.held[place].start, item.held[place].end) if place >= 0 else (item.start, item.end)
    return start, AFTER_LAST if end is None else end


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
