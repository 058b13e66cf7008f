"""How a decision goes on, step by step with its days: what was done, who must act next, and what follows if not.

What was done follows from rows; what is owed from the clocks that run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adjudge.appeals.states import OPEN
from adjudge.basis.instant import Instant
from adjudge.desk.hearing.clock_lines import Reckoning
from adjudge.institution.reading.own.decided import OwnDecision
from adjudge.records.rows import AppealKind, AppealRow, AppealState, ClockState, NoticeRow, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """A step. `said` is a name among the words of the pages.

    `at` is when it was done; of what is to come `until` says by when, `then` what follows if it is not, and `whose` it
    is: `ours` or `yours`.
    """

    said: str
    at: Instant | None = None
    until: str = ""
    left: str = ""
    then: str = ""
    whose: str = ""
    is_late: bool = False
    appeal: str = ""
    notice: str = ""


def course(found: OwnDecision, reckoning: Reckoning, *, may_file: bool) -> Sequence[CourseStep]:
    """The steps, those that were done in their order, then those to come."""
    done = sorted(_done(found), key=lambda step: (step.at is None, step.at or found.at))
    return (*done, *_owed(found, reckoning), *_yours(found, reckoning, may_file=may_file))


def _done(found: OwnDecision) -> Iterator[CourseStep]:
    yield CourseStep(said="we_decided", at=found.decision.issued_at)
    first = _first_notice(found.heard.notices)
    if first is not None:
        yield CourseStep(said="we_told_you", at=first.made_at, notice=first.id)
        if first.opened_at is not None:
            yield CourseStep(said="you_read_it", at=first.opened_at)
    for row in found.heard.appeals:
        yield from _heard(row)
    lifted = [row.lifted_at for row in found.heard.measures if row.lifted_at is not None]
    if lifted:
        yield CourseStep(said="it_was_lifted", at=max(lifted))


def _first_notice(notices: Sequence[NoticeRow]) -> NoticeRow | None:
    told = [row for row in notices if row.purpose in {Purpose.DECISION, Purpose.OUTCOME}]
    return min(told, key=lambda row: (row.made_at or row.owed_at, row.id), default=None)


def _heard(row: AppealRow) -> Iterator[CourseStep]:
    filed = "you_asked" if row.kind is AppealKind.REASONS else "you_appealed"
    yield CourseStep(said=filed, at=row.filed_at, appeal=row.id)
    if row.acknowledged_at is not None:
        yield CourseStep(said="we_confirmed", at=row.acknowledged_at)
    if row.ended_at is not None:
        yield CourseStep(said=_ended(row), at=row.ended_at, appeal=row.id)


def _ended(row: AppealRow) -> str:
    match row.state:
        case AppealState.WITHDRAWN:
            return "you_withdrew"
        case AppealState.GRANTED:
            return "appeal_granted"
        case AppealState.ANSWERED:
            return "we_answered"
        case _:
            return f"appeal_{row.outcome}" if row.outcome else "we_answered"


def _owed(found: OwnDecision, reckoning: Reckoning) -> Iterator[CourseStep]:
    """What we owe next: the clocks that run, the one that is due first before the others."""
    for line in reckoning.lines(row for row in found.clocks if row.state is ClockState.RUNNING):
        yield CourseStep(
            said=f"owed_{line.row.kind}",
            until=line.until,
            left=line.left,
            then=line.then,
            whose="ours",
            is_late=line.is_overdue,
        )


def _yours(found: OwnDecision, reckoning: Reckoning, *, may_file: bool) -> Iterator[CourseStep]:
    """What its advertiser can do next: to appeal, while there is time and nothing is open."""
    has_open = any(row.kind is AppealKind.APPEAL and row.state in OPEN for row in found.heard.appeals)
    is_over = found.until is not None and found.until <= found.at
    if not may_file or has_open or is_over or found.heard.ended_by(is_member=True) is not None:
        return
    until = reckoning.until(found.until) if found.until is not None else ""
    yield CourseStep(said="you_can_appeal", until=until, whose="yours")
