"""When, where and of whom to ask: one instant for each stretch in which nothing dated changes, and telling countries.

Not a calendar of a policy: only the instants and countries at which one rule may differ between two packages.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adjudge.basis.instant import AFTER_LAST, FIRST, NANOS, Instant, day_of, is_in_range, start_of_day
from adjudge.candidates.mentions import Sided
from adjudge.facts.codes import COUNTRIES
from adjudge.facts.vocabulary import Kind
from adjudge.language.analysis.fold import Folder
from adjudge.language.analysis.moments import Calendar, compared_with_now
from adjudge.language.analysis.occurrence import all_parts, expressions
from adjudge.language.package import Territory

MOST_SCENES = 12
_DAY = 86_400 * NANOS


@dataclass(frozen=True, slots=True)
class Scene:
    """The question's valid time and territory, and the kind of its subject."""

    valid_at: Instant
    territory: str | None
    kind: Kind


def scenes(sides: Sequence[Sided], known_at: Instant) -> list[Scene]:
    """At most `MOST_SCENES`, the likeliest first: those at which more of the sides apply before the others.

    `sides` holds the rule as it stands in each package that has it.
    """
    kinds = list(dict.fromkeys(rule.subject for _, rule in sides))
    found = [
        Scene(moment, territory, kind)
        for kind in kinds
        for territory in _territories([rule.territory for _, rule in sides])
        for moment in _moments(sides, known_at)
    ]
    return sorted(found, key=lambda scene: -_applying(sides, scene))[:MOST_SCENES]


def _applying(sides: Sequence[Sided], scene: Scene) -> int:
    return sum(rule.applies(scene.valid_at, scene.territory) for _, rule in sides)


def _territories(territories: Sequence[Territory]) -> Iterator[str | None]:
    """No country, where every rule applies; and where the sides differ, one country in each and one in neither."""
    yield None
    first, *others = territories
    if all(other == first for other in others):
        return
    named = [territory for territory in territories if territory is not None]
    for one in named:
        for other in territories:
            alone = one - (other or frozenset()) if other is not one else frozenset[str]()
            yield from sorted(alone)[:1]
    outside = sorted(COUNTRIES.difference(*named))
    yield from outside[:1] if len(named) < len(territories) else ()


def _moments(sides: Sequence[Sided], known_at: Instant) -> list[Instant]:
    """The known time first, then later instants, then earlier ones, the nearest first."""
    cuts = sorted({cut for side in sides for cut in _cuts(side) if is_in_range(cut)})
    bounds = [None, *cuts, None]
    found = {_within(start, end, known_at) for start, end in pairwise(bounds)}
    later = sorted(moment for moment in found if moment >= known_at)
    return [*later, *sorted((moment for moment in found if moment < known_at), reverse=True)]


def _within(start: Instant | None, end: Instant | None, preferred: Instant) -> Instant:
    """The preferred instant where it lies inside; else the first midnight inside, or else the first instant."""
    if (start is None or start <= preferred) and (end is None or preferred < end):
        return preferred
    if start is None:
        day_before = Instant((end or AFTER_LAST).nanos - _DAY)
        return start_of_day(day_of(day_before)) if is_in_range(day_before) else FIRST
    midnight = start_of_day(day_of(start))
    next_midnight = midnight if midnight == start else Instant(midnight.nanos + _DAY)
    return next_midnight if next_midnight < (end or AFTER_LAST) else start


def _cuts(side: Sided) -> Iterator[Instant]:
    """Where the rule or an entry that it reads begins or ends, and where `now` passes what it is compared with."""
    package, rule = side
    calendar = Calendar(package, rule)
    yield from (bound for bound in (rule.in_force.start, rule.in_force.end) if bound is not None)
    changes = calendar.changes()
    yield from (change for change in changes if change > FIRST)
    for change in changes:
        for moment in _passed(side, Folder(calendar.at(change, knows_time=False))):
            yield moment
            yield Instant(moment.nanos + 1)


def _passed(side: Sided, folder: Folder) -> Iterable[Instant]:
    for written in side[1].conditions:
        for expr, _ in expressions(written.core):
            for part in all_parts(expr):
                other = compared_with_now(part)
                value = folder.value(other) if other is not None else None
                if isinstance(value, Instant):
                    yield value
                elif isinstance(value, dt.date):
                    yield start_of_day(value)
