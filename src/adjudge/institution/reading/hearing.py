"""Appeals, notices and disputes as somebody may see them: everything that bears on one, gathered in one reading.

Not a way to change anything, and no entry is written. Advertisers are not told who here works on what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from adjudge.appeals.states import OPEN
from adjudge.basis.instant import Instant
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.chain import what_follows
from adjudge.institution.binding.measures import is_live
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.deciding.decisions import decision, read_decision
from adjudge.institution.deciding.running_out import in_order
from adjudge.institution.hearing.appeal import as_read
from adjudge.institution.hearing.filing import bars
from adjudge.institution.hearing.handling import assignable
from adjudge.institution.hearing.reading import documents_of, read_appeal
from adjudge.institution.hearing.settlement import read_dispute
from adjudge.institution.hearing.talking import messages_of
from adjudge.institution.house import House, time_of
from adjudge.institution.notifying.reading import read_notice
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    ClockRow,
    ClockState,
    DecisionRow,
    DecisionState,
    DeliveryRow,
    DisputeRow,
    DocumentRow,
    MeasureRow,
    MessageRow,
    MisuseRow,
    NoticeRow,
    NoticeState,
)
from adjudge.records.shelf import (
    APPEALS,
    CLOCKS,
    DECISIONS,
    DELIVERIES,
    DISPUTES,
    DOCUMENTS,
    MEASURES,
    NOTICES,
)

R = TypeVar("R", AppealRow, NoticeRow, DisputeRow, MisuseRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealOverview:
    """An appeal with the decision against which it is and its measures, what was written, and its clocks.

    `waiting` is the proposal that would decide it, for those who may know of it; `able` the people to whom it can be
    assigned, by id and name, for those who may assign it.
    """

    appeal: AppealRow
    decision: DecisionRow
    measures: Sequence[MeasureRow]
    clocks: Sequence[ClockRow]
    messages: Sequence[MessageRow]
    documents: Mapping[str, DocumentRow]
    notices: Sequence[NoticeRow]
    waiting: DecisionRow | None
    able: Mapping[str, str]


def appeal_overview(house: House, actor: Actor, appeal_id: str) -> AppealOverview:
    """An appeal for whoever may read it. Raises NotFoundError."""
    appeal = read_appeal(house, actor, appeal_id)
    at = time_of(house)
    may_assign = appeal.state in OPEN and may(actor, Act.ASSIGN_APPEAL, appeal.advertiser)
    able = assignable(house, actor, appeal_id) if may_assign else ()
    with house.records.reading() as records:
        held = decision(records, appeal.decision)
        return AppealOverview(
            appeal=appeal,
            decision=held,
            measures=measures_left(records, held.id, at),
            clocks=[told_clock(row, actor) for row in in_order(records.find(CLOCKS, of=appeal.id))],
            messages=messages_of(house, actor, appeal_id),
            documents={row.id: row for row in documents_of(house, actor, appeal_id)},
            notices=made(records.find(NOTICES, of=appeal.id)),
            waiting=_waiting(records, appeal, actor),
            able={row.id: row.name for row in able},
        )


def foreseen(house: House, row: ClockRow) -> Consequence:
    """What can follow at the end of a clock that somebody may see: no more is promised than that."""
    declared = Consequence(row.consequence)
    if declared is Consequence.ESCALATE or row.state is not ClockState.RUNNING:
        return declared
    with house.records.reading() as records:
        return what_follows(records, row, time_of(house))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionHeard:
    """What became of a decision once it was issued: what was sent about it, and what is open on it."""

    notices: Sequence[NoticeRow]
    appeals: Sequence[AppealRow]
    disputes: Sequence[DisputeRow]
    measures: Sequence[MeasureRow]

    @property
    def open_appeals(self) -> Mapping[str, str]:
        """By kind the appeal or request that is open: there is at most one of each."""
        return {row.kind.value: row.id for row in self.appeals if row.state in OPEN}

    def ended_by(self, *, is_member: bool) -> AppealRow | None:
        """The appeal that leaves no further one against this decision: what came of it can be appealed instead."""
        return next(
            (row for row in self.appeals if row.kind is AppealKind.APPEAL and bars(row, is_member=is_member)),
            None,
        )


def decision_heard(house: House, actor: Actor, decision_id: str) -> DecisionHeard:
    """For whoever may read the decision."""
    row = read_decision(house, actor, decision_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    reads = may(actor, Act.READ_APPEAL, row.advertiser)
    with house.records.reading() as records:
        appeals = records.find(APPEALS, decision=row.id) if reads else ()
        disputes = records.find(DISPUTES, decision=row.id) if reads else ()
        return DecisionHeard(
            notices=made(records.find(NOTICES, about=row.id)),
            appeals=[as_read(item, actor) for item in appeals],
            disputes=disputes,
            measures=records.find(MEASURES, decision=row.id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an advertiser stands: what is in force against it, what is open, and what it has not read yet."""

    decisions: Mapping[str, DecisionRow]
    measures: Sequence[MeasureRow]
    appeals: Sequence[AppealRow]
    disputes: Sequence[DisputeRow]
    clocks: Sequence[ClockRow]
    unread: Sequence[NoticeRow]
    restored: Sequence[MeasureRow] = ()
    """What was lifted or ended of late, where nothing else is in force against the same subject."""


def standing_of(house: House, actor: Actor) -> Standing:
    """For a member: how its own advertiser stands. Raises NotFoundError for anybody else."""
    permit(actor, Act.OPEN_NOTICE, actor.advertiser)
    at, own = time_of(house), actor.advertiser
    with house.records.reading() as records:
        issued = records.find(DECISIONS, advertiser=own, state=DecisionState.ISSUED.value)
        decisions = {row.id: row for row in issued}
        every = records.find(MEASURES, advertiser=own)
        measures = [row for row in every if is_live(row, at)]
        running = records.find(CLOCKS, advertiser=own, state=ClockState.RUNNING.value)
        notices = records.find(NOTICES, advertiser=own, state=NoticeState.MADE.value)
        open_states = [
            row for state in OPEN for row in records.find(APPEALS, advertiser=own, state=state.value)
        ]
        return Standing(
            decisions=decisions,
            measures=[row for row in measures if row.decision in decisions],
            appeals=[as_read(row, actor) for row in newest(open_states)],
            disputes=[row for row in newest(records.find(DISPUTES, advertiser=own)) if row.ended_at is None],
            clocks=[told_clock(row, actor) for row in in_order(running)],
            unread=newest(row for row in notices if row.opened_at is None),
            restored=_restored(every, measures, at),
        )


LATELY = 90 * 86_400_000_000_000
"""For so long it is shown that something runs again."""


def _restored(rows: Sequence[MeasureRow], live: Iterable[MeasureRow], at: Instant) -> Sequence[MeasureRow]:
    """By subject the last measure that was lifted or ended of late, newest first; none where one is in force."""
    held, found = {row.subject for row in live}, dict[str, MeasureRow]()
    for row in sorted(rows, key=lambda row: (_gone_at(row, at), row.id)):
        gone = _gone_at(row, at)
        if row.subject not in held and row.start <= at and gone <= at.nanos and at.nanos - gone < LATELY:
            found[row.subject] = row
    return tuple(reversed(found.values()))


def _gone_at(row: MeasureRow, at: Instant) -> int:
    """When it was lifted or ended; after all else where neither is so yet. What happens once ends as it begins."""
    ends = [item.nanos for item in (row.lifted_at, row.end) if item is not None and item != row.start]
    return min(ends, default=at.nanos + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOverview:
    """A notice with its deliveries, which advertisers are not shown, and the notices that take its place."""

    notice: NoticeRow
    deliveries: Sequence[DeliveryRow]
    later: Sequence[NoticeRow]

    @property
    def may_correct(self) -> bool:
        """What was corrected already is corrected there."""
        return not self.later


def notice_overview(house: House, actor: Actor, notice_id: str) -> NoticeOverview:
    """For whoever may read the notice."""
    row = read_notice(house, actor, notice_id)
    with house.records.reading() as records:
        about = records.find(NOTICES, advertiser=row.advertiser)
        return NoticeOverview(
            notice=row,
            deliveries=() if actor.advertiser else records.find(DELIVERIES, notice=row.id),
            later=[
                item
                for item in about
                if item.replaces == row.id and (item.state is NoticeState.MADE or not actor.advertiser)
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeOverview:
    """A dispute with the decision that it is about, its clocks, and the decisions that could carry its outcome out."""

    dispute: DisputeRow
    decision: DecisionRow
    clocks: Sequence[ClockRow]
    later: Sequence[DecisionRow]
    documents: Mapping[str, DocumentRow]


def dispute_overview(house: House, actor: Actor, dispute_id: str) -> DisputeOverview:
    """For whoever may read the dispute."""
    row = read_dispute(house, actor, dispute_id)
    with house.records.reading() as records:
        held = decision(records, row.decision)
        issued = records.find(DECISIONS, subject=held.subject, state=DecisionState.ISSUED.value)
        return DisputeOverview(
            dispute=row,
            decision=held,
            clocks=[told_clock(item, actor) for item in in_order(records.find(CLOCKS, of=row.id))],
            later=() if actor.advertiser else issued,
            documents=records.get_many(DOCUMENTS, row.documents),
        )


def calendar_now(house: House) -> tuple[Calendar, Instant]:
    """The institution's calendar and its time, by which clocks are shown."""
    at = time_of(house)
    with house.records.reading() as records:
        return calendar_of(procedure_row(records)), at


# --- parts that lists share ---


def told_clock(row: ClockRow, actor: Actor) -> ClockRow:
    """A clock as its reader may have it."""
    if not actor.advertiser:
        return row
    return replace(row, extensions=tuple(replace(item, by="") for item in row.extensions))


def made(rows: Iterable[NoticeRow]) -> list[NoticeRow]:
    """Notices that were made, the newest first: what is merely owed has no words yet."""
    return newest(row for row in rows if row.state is NoticeState.MADE)


def newest(rows: Iterable[R]) -> list[R]:
    """Rows by the number in their ids, the newest first."""
    return sorted(rows, key=lambda row: order_of(row.id), reverse=True)


def order_of(key: str) -> tuple[int, str]:
    """Ids in the order in which they were minted: a longer number is a later one."""
    return len(key), key


def measures_left(records: Reading, decision_id: str, at: Instant) -> Sequence[MeasureRow]:
    """The measures of a decision that are neither lifted nor over."""
    return [row for row in records.find(MEASURES, decision=decision_id) if is_live(row, at)]


def _waiting(records: Reading, appeal: AppealRow, actor: Actor) -> DecisionRow | None:
    """The proposal that would decide an appeal: advertisers learn nothing of what is merely proposed."""
    if actor.advertiser:
        return None
    rows = records.find(DECISIONS, matter=appeal.matter, state=DecisionState.PROPOSED.value)
    return next((row for row in rows if row.appeal == appeal.id), None)
