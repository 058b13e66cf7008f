"""More time for a clock: recorded, with reasons, told, and within bounds. Nobody gives time to themselves."""

from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.clocks.term import ClockKind, Term, Unit
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.ticking.reading import clock
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, ClockState, Extension, Purpose
from adjudge.records.shelf import APPEALS, CLOCKS, DISPUTES

LONGEST_REASON = 5_000
LONGEST_SETTLEMENT = 180
"""Days from the referral in which a body of settlement decides at the latest: DSA Art. 21(4)."""


def extend(house: House, actor: Actor, clock_id: str, due_at: Instant, reason: str) -> ClockRow:
    """Give a running clock more time, for reasons that are told. Raises NotFoundError, RefusedError."""
    with house.records.reading() as records:
        advertiser = clock(records, clock_id).advertiser
    with doing(house, actor, Act.EXTEND, advertiser) as act:
        row, told = clock(act.records, clock_id), need(reason, say("the reason"), most=LONGEST_REASON)
        _refuse(act, row, due_at)
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
                "reason": told,
                "follows": following.form,
            },
        )
    return extended


def latest_for(records: Reading, row: ClockRow) -> Instant:
    """Until when a clock can be extended: to twice its term in all; before a body of settlement to 180 days."""
    term = Term(2 * row.count, Unit(row.unit))
    if row.kind == ClockKind.SETTLE:
        term = Term(LONGEST_SETTLEMENT, Unit.DAYS)
    return calendar_of(procedure_row(records)).after(row.started_at, term)


def _refuse(act: Doing, row: ClockRow, due_at: Instant) -> None:
    """Raise RefusedError for a clock that does not run, for less time, for too much, and for one's own clock."""
    if row.state is not ClockState.RUNNING or row.due_at <= act.at:
        raise refused("clock-over", say("the clock {clock} does not run any more", clock=row.id))
    if act.actor.person == _bound(act.records, row):
        message = say("nobody gives time to themselves")
        raise refused("own-clock", message, say("ask somebody to whom the appeal is not assigned"))
    if due_at <= row.due_at:
        message = say("the clock {clock} is due at {instant}", clock=row.id, instant=str(row.due_at))
        raise refused("no-later", message, say("write a later instant"))
    latest = latest_for(act.records, row)
    if due_at > latest:
        message = say("the clock {clock} can be extended until {instant}", clock=row.id, instant=str(latest))
        raise refused("too-late", message, say("write an earlier instant"))


def _bound(records: Reading, row: ClockRow) -> str:
    """Whom a clock binds: the assignee of the appeal for which it runs, or that came before the dispute."""
    dispute = records.get(DISPUTES, row.of)
    appeal = records.get(APPEALS, dispute.appeal if dispute is not None else row.of)
    return appeal.assignee if appeal is not None else ""
