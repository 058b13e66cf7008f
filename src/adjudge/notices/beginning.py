"""When measures begin: not before they are told, nor within a cure or the time of an advance notice; or as they began.

Not which measures follow. A measure that an earlier decision imposed goes on: no cure and no advance notice is owed
anew for it, and what had not begun keeps the start that was told. DSA Art. 17(2), P2B Art. 4(1), (2) and (4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.instant import Instant
from adjudge.decisions.course import Held, Timed
from adjudge.decisions.scope import Extent
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Measure, MeasureKind, Rule
from adjudge.notices.deadlines import after_cure, days_after


class NoAdvance(StrEnum):
    """Why a service may end without advance notice. P2B Art. 4(4)."""

    LEGAL_DUTY = "legal_duty"
    """(a) A law or an authority obliges the platform to end it so."""
    IMPERATIVE_REASON = "imperative_reason"
    """(b) An imperative reason under national law that is in accordance with the law of the Union."""
    REPEATED_INFRINGEMENT = "repeated_infringement"
    """(c) The advertiser has infringed the terms before, and it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A measure of the decision that is superseded, as it stands. `since` is when it first began, if before `start`."""

    rule: str
    kind: str
    territory: Extent
    surfaces: Extent
    start: Instant
    end: Instant | None
    since: Instant | None = None

    @property
    def began(self) -> Instant:
        """When it first begins."""
        return self.since or self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What bears on when measures begin, beside the rules.

    `advance_days` is how long before it ends an advertiser is told that its whole service ends. `excepted` says that
    an exception to that is declared, so that not even a start that was told holds. `served` says that a suspension is
    not served twice, since the same thing is decided anew (an appeal).
    """

    advance_days: int = 0
    earlier: tuple[Earlier, ...] = ()
    excepted: bool = False
    served: bool = False


ANEW = Timing()


def is_termination(rule: Rule) -> bool:
    """Whether a rule's measure ends the whole service for an advertiser. P2B Art. 4(2)."""
    measure = rule.measure
    return rule.subject is Kind.ADVERTISER and measure is not None and measure.kind is MeasureKind.EXCLUDE


def begins(rule: Rule, first: Instant, timing: Timing) -> Instant:
    """When a rule's measure begins anew: after its cure, and after the advance notice of an end of the service."""
    advance = timing.advance_days if is_termination(rule) and not timing.excepted else 0
    days = max(rule.cure_days or 0, advance)
    return after_cure(first, days) if days else first


def timed(rule: Rule, measure: Measure, first: Instant, timing: Timing) -> Timed:
    """A rule's measure with its times. `first` is the first instant at which it could begin at all."""
    start = begins(rule, first, timing)
    alike = [item for item in timing.earlier if (item.rule, item.kind) == (rule.id, measure.kind.value)]
    lasting = [item for item in alike if _lasts(item, first) or (timing.served and item.began <= first)]
    held = [_held(item, measure, first, start if timing.excepted else None) for item in _first(lasting)]
    return Timed(rule.id, measure, start, _end(measure, start), tuple(held))


def _first(alike: Iterable[Earlier]) -> list[Earlier]:
    """Those that began first stand first: what a severer measure cut in two began with its first part."""
    return sorted(alike, key=lambda item: (item.began, item.start))


def _lasts(item: Earlier, at: Instant) -> bool:
    """Whether a measure is not over by itself. Only a suspension is: others end where a severer one covers them."""
    return item.kind != MeasureKind.SUSPEND.value or item.end is None or at < item.end


def _held(item: Earlier, measure: Measure, first: Instant, soonest: Instant | None) -> Held:
    """The time that is kept where an earlier measure stood. What was served of a suspension is not served again."""
    if item.began > first:
        start = item.start if soonest is None else min(item.start, soonest)
        return Held(item.territory, item.surfaces, start, _end(measure, start), None)
    end = _end(measure, item.began) if measure.kind is MeasureKind.SUSPEND else _end(measure, first)
    start = first if end is None or first < end or measure.kind is MeasureKind.NOTIFY else item.began
    return Held(item.territory, item.surfaces, start, end, item.began)


def _end(measure: Measure, start: Instant) -> Instant | None:
    """When a measure is over by itself; at once where it only tells something."""
    days = measure.details.get("days")
    if measure.kind is MeasureKind.SUSPEND and isinstance(days, int):
        return days_after(start, days)
    return start if measure.kind is MeasureKind.NOTIFY else None
