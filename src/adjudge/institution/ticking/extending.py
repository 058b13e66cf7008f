"""More time for a clock: whole days, recorded, with reasons, told, and within bounds. Nobody gives it to themselves."""

import datetime as dt
from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.clocks.term import ClockKind, Term, Unit, longest
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.deciding.appealed import refuse_hand
from adjudge.institution.deciding.decisions import decision
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.hearing.appeal import refuse_changed
from adjudge.institution.house import Doing, House, need, refused
from adjudge.institution.ticking.reading import clock
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, ClockState, Extension, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS, DISPUTES

LONGEST_REASON = 5_000


def extend(
    house: House, actor: Actor, clock_id: str, due_at: Instant, reason: str, *, seen: int | None = None
) -> ClockRow:
    """Give a running clock more time, to the end of the day before `due_at`, for reasons that are told.

    Raises NotFoundError, RefusedError.
    """
    with house.records.reading() as records:
        advertiser = clock(records, clock_id).advertiser
    with doing_in_time(house, actor, Act.EXTEND, advertiser) as act:
        row, told = clock(act.records, clock_id), need(reason, say("the reason"), most=LONGEST_REASON)
        appeal = act.records.get(APPEALS, row.of)
        if appeal is not None:
            refuse_changed(appeal, seen)
        _refuse(act, row)
        due_at = _whole_day(act.records, row, due_at)
        more = Extension(due_at=due_at, at=act.at, by=actor.person, reason=told)
        extended = replace(row, due_at=due_at, extensions=(*row.extensions, more))
        act.records.put(CLOCKS, extended)
        dispute = act.records.get(DISPUTES, row.of)
        if dispute is not None and row.kind == ClockKind.SETTLE:
            act.records.put(DISPUTES, replace(dispute, due_at=due_at))
        following = Following(act.records, act.at)
        facts = {"before": str(row.due_at), "due_at": str(due_at), "reason": told}
        following.owe(Purpose.EXTENDED, row.advertiser, row.decision, of=row.id, facts=facts)
        act.write(
            row.id,
            {
                "advertiser": row.advertiser,
                "decision": row.decision,
                "of": row.of,
                "clock": row.kind,
                "before": str(row.due_at),
                "due_at": str(due_at),
                "follows": following.form,
            },
            {"reason": told},
        )
    return extended


def latest_for(records: Reading, row: ClockRow) -> Instant:
    """Until when a clock can be extended: as it was reckoned when it began; anew only where that was not kept yet."""
    if row.latest_at is not None:
        return row.latest_at
    term = longest(ClockKind(row.kind), Term(row.count, Unit(row.unit)))
    return calendar_of(procedure_row(records)).after(row.started_at, term)


def _refuse(act: Doing, row: ClockRow) -> None:
    """Raise RefusedError for a clock that does not run, for one's own, and for one of an appeal that nobody has."""
    if row.state is not ClockState.RUNNING:
        raise refused("clock-over", say("the clock {clock} does not run any more", clock=row.id))
    appeal = act.records.get(APPEALS, row.of)
    if appeal is not None and not appeal.assignee:
        message = say("nobody has the appeal {appeal} yet", appeal=appeal.id)
        raise refused(
            "not-assigned", message, say("assign it first, to somebody else than who gives it time")
        )
    if act.actor.person == _bound(act.records, row):
        message = say("nobody gives time to themselves")
        raise refused("own-clock", message, say("ask somebody to whom the appeal is not assigned"))
    if row.kind != ClockKind.SETTLE:  # that one binds the body, and is extended by it
        refuse_hand(act, decision(act.records, row.decision))


def _whole_day(records: Reading, row: ClockRow, due_at: Instant) -> Instant:
    """The first instant after the last day that is given, which counts whole. Raises RefusedError."""
    if due_at <= row.due_at:
        message = say("the clock {clock} is due at {instant}", clock=row.id, instant=str(row.due_at))
        raise refused("no-later", message, say("write a later instant"))
    latest = latest_for(records, row)
    # What is far beyond all days is refused before a day is sought for it.
    if due_at <= latest:
        calendar = calendar_of(procedure_row(records))
        day = calendar.day(Instant(due_at.nanos - 1))
        if day == calendar.day(
            Instant(row.due_at.nanos - 1)
        ):  # of a clock that ends within a day, by another zone
            day += dt.timedelta(days=1)
        due_at = calendar.begins(day + dt.timedelta(days=1))
    if due_at > latest:
        message = say("the clock {clock} can be extended until {instant}", clock=row.id, instant=str(latest))
        raise refused("too-late", message, say("write an earlier instant"))
    return due_at


def _bound(records: Reading, row: ClockRow) -> str:
    """Whom a clock binds: the assignee of the appeal for which it runs, or that came before the dispute."""
    dispute = records.get(DISPUTES, row.of)
    appeal = records.get(APPEALS, dispute.appeal if dispute is not None else row.of)
    return appeal.assignee if appeal is not None else ""
