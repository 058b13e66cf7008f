"""The measures that a notice states, each with its place and its time, against those that follow.

A measure, a territory and a time belong together: any of the three may be right by itself and the whole be untrue.
Every measure that follows must be stated, and none besides. DSA Art. 17(3)(a).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adjudge.basis.instant import Instant
from adjudge.basis.problem import quoted
from adjudge.basis.said import Country, Said, say, say_plural
from adjudge.decisions.course import Stretch
from adjudge.decisions.scope import ELSEWHERE, Extent
from adjudge.decisions.words import MEASURES
from adjudge.evidence.notice import Element, Passage, Pointer
from adjudge.language.package import MeasureKind
from adjudge.notices.background import Background
from adjudge.notices.deadlines import days_after
from adjudge.notices.pointers import NO_MEASURE

Doubts = dict[Element, tuple[Passage, Said]]
"""Of each element the first passage that does not hold, and why."""
_OF_MEASURES = (Element.RESTRICTION, Element.TERRITORY, Element.DURATION)

NO_PLACE = say("it is not said of each measure where it applies")
NO_TIME = say("it is not said of each measure from when and until when it applies")


@dataclass(frozen=True, slots=True)
class Stated:
    """One measure as stated: the passage that names it, None where none does, and those that say where and when."""

    measure: Passage | None
    places: tuple[Passage, ...]
    times: tuple[Passage, ...]

    def is_of(self, stretch: Stretch) -> bool:
        """Whether it is the kind of measure that follows."""
        return self.measure is None or self.measure.pointer.measure == stretch.applied.measure.kind

    @property
    def pairs(self) -> Iterable[tuple[Passage, Passage]]:
        """Each place with its time: in their order where there are as many of both, else each with each."""
        if len(self.places) == len(self.times):
            return zip(self.places, self.times, strict=True)
        return ((place, time) for place in self.places for time in self.times)


def measures_stated(passages: Sequence[Passage]) -> list[Stated]:
    """The measures in their order. A place or a time belongs to the measure named last; one alone belongs to all."""
    named = [(index, p) for index, p in enumerate(passages) if p.element is Element.RESTRICTION]
    starts = [index for index, _ in named] or [0]
    bounds = [0, *starts[1:], len(passages)]
    parts = [passages[first:end] for first, end in pairwise(bounds)]
    return [
        Stated(
            named[number][1] if named else None,
            _of(Element.TERRITORY, part, passages),
            _of(Element.DURATION, part, passages),
        )
        for number, part in enumerate(parts)
    ]


def _of(element: Element, part: Sequence[Passage], passages: Sequence[Passage]) -> tuple[Passage, ...]:
    own = tuple(p for p in part if p.element is element)
    every = tuple(p for p in passages if p.element is element)
    return own or (every if len(every) == 1 else ())


def doubts_of_measures(passages: Sequence[Passage], known: Background) -> Doubts:
    """What of the measures stated does not hold, by element."""
    found: Doubts = {}
    for passage, doubt in _doubts([p for p in passages if p.element in _OF_MEASURES], known):
        found.setdefault(passage.element, (passage, doubt))
    return found


def _doubts(passages: Sequence[Passage], known: Background) -> Iterable[tuple[Passage, Said]]:
    if not known.course:
        yield from ((passage, NO_MEASURE) for passage in passages)
        return
    stated = measures_stated(passages)
    yield from _kinds(stated, known)
    yield from _parts_left_out(stated, passages)
    yield from _places(stated, known)
    yield from _times(stated, known)


# --- what ---


def _kinds(stated: Iterable[Stated], known: Background) -> Iterable[tuple[Passage, Said]]:
    follow = list(dict.fromkeys(stretch.applied.measure.kind for stretch in known.course))
    named = [item.measure for item in stated if item.measure is not None]
    for passage in named:
        if passage.pointer.measure not in follow:
            words = tuple(MEASURES[kind] for kind in sorted(follow))
            shown = quoted(passage.pointer.measure)
            yield passage, say("what follows is {measures}, not {stated}", measures=words, stated=shown)
    left = [kind for kind in follow if kind not in {passage.pointer.measure for passage in named}]
    if named and left:
        words = tuple(MEASURES[kind] for kind in left)
        yield named[0], say("it leaves out what also follows: {measures}", measures=words)


def _parts_left_out(stated: Iterable[Stated], passages: Sequence[Passage]) -> Iterable[tuple[Passage, Said]]:
    """A measure without a place, or without a time, where others have theirs."""
    for element, doubt in ((Element.TERRITORY, NO_PLACE), (Element.DURATION, NO_TIME)):
        first = next((p for p in passages if p.element is element), None)
        lone = any(not (item.places if element is Element.TERRITORY else item.times) for item in stated)
        if first is not None and lone:
            yield first, doubt


# --- where ---


def _places(stated: Sequence[Stated], known: Background) -> Iterable[tuple[Passage, Said]]:
    """Each kind must reach as far as it follows, and no farther."""
    every = _named(stated, known)
    for item in stated:
        meant = [stretch for stretch in known.course if item.is_of(stretch)]
        follows = {cell for stretch in meant for cell in _cells(stretch.applied.territory, every)}
        alike = [
            other for other in stated if other.measure is None or other.measure.pointer.measure == _kind(item)
        ]
        told = {cell for other in alike for place in other.places for cell in _told(place.pointer, every)}
        for place in item.places:
            if meant and not (_told(place.pointer, every) <= follows and told >= follows):
                yield place, _extent_of(follows, every)


def _kind(item: Stated) -> str:
    return item.measure.pointer.measure if item.measure is not None else ""


def _named(stated: Iterable[Stated], known: Background) -> frozenset[str]:
    """Every country that the notice or the outcome names, and all others as one."""
    pointers = [place.pointer for item in stated for place in item.places]
    told = (at.territory | at.excepted for at in pointers)
    return frozenset({ELSEWHERE}).union(*told, *(stretch.applied.territory.names for stretch in known.course))


def _told(at: Pointer, every: frozenset[str]) -> frozenset[str]:
    return every - at.excepted if at.worldwide else at.territory


def _cells(extent: Extent, every: frozenset[str]) -> frozenset[str]:
    return every - extent.names if extent.all_but else extent.names


def _extent_of(cells: set[str], every: frozenset[str]) -> Said:
    if ELSEWHERE not in cells:
        names = tuple(Country(name) for name in sorted(cells))
        return say("what follows is limited to: {countries}", countries=names)
    left = tuple(Country(name) for name in sorted(every - cells))
    if left:
        return say("what follows is worldwide, except in: {countries}", countries=left)
    return say("what follows is not limited to these countries")


# --- when ---


def _times(stated: Sequence[Stated], known: Background) -> Iterable[tuple[Passage, Said]]:
    """Each time stated must fit a measure that follows there, and each that follows must have its time stated."""
    every = _named(stated, known)
    met: list[Stretch] = []
    for item in stated:
        meant = [stretch for stretch in known.course if item.is_of(stretch)]
        for place, time in item.pairs:
            there = [s for s in meant if _cells(s.applied.territory, every) & _told(place.pointer, every)]
            fitting = [stretch for stretch in there if _fits(time.pointer, stretch, known)]
            met += fitting
            if there and not fitting:
                yield time, _why(time.pointer, there, known)
    yield from _times_left_out(stated, [s for s in known.course if s not in met])


def _times_left_out(stated: Iterable[Stated], left: Iterable[Stretch]) -> Iterable[tuple[Passage, Said]]:
    for stretch in left:
        told = next((item.times[0] for item in stated if item.times and item.is_of(stretch)), None)
        if told is not None:
            kind = MEASURES[stretch.applied.measure.kind]
            yield (
                told,
                say(
                    "it leaves out the measure {measure} as it applies from {day}",
                    measure=kind,
                    day=stretch.start,
                ),
            )


def _fits(at: Pointer, stretch: Stretch, known: Background) -> bool:
    """A measure may begin later than it could, but not earlier, and not when its rule is over."""
    end_of_rule = known.rules[stretch.applied.rule].in_force.end
    if at.start is None or at.start < stretch.start or (end_of_rule is not None and at.start >= end_of_rule):
        return False
    return _ends(at, at.start, stretch)


def _ends(at: Pointer, start: Instant, stretch: Stretch) -> bool:
    """Whether the end is that of the measure: as many days on, the day on which a severer one begins, or none."""
    if stretch.end is None:
        return at.until_lifted and at.end is None and at.days is None
    if at.until_lifted:
        return False
    days = stretch.applied.measure.details.get("days")
    if stretch.applied.measure.kind is MeasureKind.NOTIFY:
        ends = [start]
    elif stretch.whole and isinstance(days, int) and stretch.since is None:
        ends = [days_after(start, days)]
    else:
        ends = [stretch.end]
    told = [end for end in (at.end, days_after(start, at.days) if at.days else None) if end is not None]
    return bool(told) and all(end in ends for end in told)


def _why(at: Pointer, there: Sequence[Stretch], known: Background) -> Said:
    """Why no measure that follows there has such a time."""
    first = min(stretch.start for stretch in there)
    if at.start is not None and at.start < first:
        return say("the measure cannot begin before {day}", day=first)
    if at.start is not None and not any(_begins_in_time(at.start, stretch, known) for stretch in there):
        return say("the measure cannot begin when its rule is over")
    going_on = next((stretch.end for stretch in there if stretch.since is not None and stretch.end), None)
    if going_on is not None:
        return say("the measure began by the decision before this one, and ends on {day}", day=going_on)
    lengths = [stretch.applied.measure.details.get("days") for stretch in there if stretch.whole]
    limited = next((days for days in lengths if isinstance(days, int)), None)
    if limited is None or at.until_lifted:
        return say("the rule's measure does not last so long or so short")
    return say_plural(
        "the rule's measure lasts {count} day", "the rule's measure lasts {count} days", limited
    )


def _begins_in_time(start: Instant, stretch: Stretch, known: Background) -> bool:
    end = known.rules[stretch.applied.rule].in_force.end
    return end is None or start < end
