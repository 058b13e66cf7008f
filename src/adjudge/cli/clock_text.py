"""Clocks for the terminal and for programs: what is owed, until when, how much is left, what happens at zero."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import Said, say
from adjudge.cli.session import Session, form_of
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.records.rows import ClockRow, ClockState
from adjudge.tongues.tongue import Tongue

CLOCKS: Mapping[ClockKind, Said] = {
    ClockKind.ACKNOWLEDGE: say("Acknowledge"),
    ClockKind.ANSWER: say("Answer"),
    ClockKind.DECIDE: say("Decide"),
    ClockKind.SETTLE: say("Settle out of court"),
    ClockKind.CARRY_OUT: say("Carry out"),
}
"""What is to be done before a clock runs out."""
CONSEQUENCES: Mapping[Consequence, Said] = {
    Consequence.ESCALATE: say("it is told to those who answer for it, and stays open"),
    Consequence.SUSPEND_MEASURE: say("the measure rests until it is done"),
    Consequence.REINSTATE: say("the measure is lifted, and the appeal has succeeded"),
}
"""What happens by itself then."""
RESTS_TO_THE_END = say("the measure rests until the appeal or the request is over")
"""The same where a first answer was late, which does not end the rest."""


def consequence_said(kind: ClockKind, consequence: Consequence) -> Said:
    """What happens at the end of a clock of a kind."""
    if consequence is Consequence.SUSPEND_MEASURE and kind is ClockKind.ACKNOWLEDGE:
        return RESTS_TO_THE_END
    return CONSEQUENCES[consequence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """By what clocks are read: the calendar of the institution, the time now, and which clocks are overdue.

    `foreseen` says what can follow at a clock's end.
    """

    calendar: Calendar
    now: Instant
    late: frozenset[str]
    foreseen: Callable[[ClockRow], Consequence]

    def last_day(self, due_at: Instant) -> dt.date:
        """The last local day on which it is not too late."""
        return self.calendar.day(Instant(due_at.nanos - 1))


def watch_over(session: Session, rows: Sequence[ClockRow], state: str) -> Watch:
    """By what the clocks of an appeal or a dispute in a state are read, by whoever may read that."""
    from adjudge.appeals.owed import is_owed
    from adjudge.institution.reading.hearing import calendar_now, foreseen

    calendar, now = calendar_now(session.house)
    over = [row for row in rows if row.due_at <= now and row.state is not ClockState.STOPPED]
    late = frozenset(row.id for row in over if is_owed(row, state))
    return Watch(calendar=calendar, now=now, late=late, foreseen=partial(foreseen, session.house))


def term_text(count: int, unit: Unit, tongue: Tongue) -> str:
    """How long a clock runs."""
    match unit:
        case Unit.DAYS:
            return tongue.plural("{count} day", "{count} days", count)
        case Unit.BUSINESS_DAYS:
            return tongue.plural("{count} business day", "{count} business days", count)
        case Unit.MONTHS:
            return tongue.plural("{count} month", "{count} months", count)


def clock_cells(row: ClockRow, watch: Watch, tongue: Tongue) -> tuple[str, ...]:
    """A clock as a line of a table."""
    day = tongue.day(start_of_day(watch.last_day(row.due_at)))
    said = consequence_said(ClockKind(row.kind), watch.foreseen(row))
    then = tongue("then {consequence}", consequence=said)
    what = tongue.of(CLOCKS[ClockKind(row.kind)])
    return row.id, row.advertiser, what, day, left_text(row, watch, tongue), then


def left_text(row: ClockRow, watch: Watch, tongue: Tongue) -> str:
    """How much is left, or since when it is overdue, or that it is over."""
    days = (watch.last_day(row.due_at) - watch.calendar.day(watch.now)).days
    if row.id in watch.late:
        return tongue.plural("overdue by {count} day", "overdue by {count} days", -days)
    if row.state is ClockState.STOPPED:
        return tongue("done")
    if row.state is ClockState.RAN_OUT:
        return tongue("done too late")
    if not days:
        return tongue("today is the last day")
    return tongue.plural("{count} day is left", "{count} days are left", days)


def clock_form(row: ClockRow, watch: Watch) -> dict[str, Any]:
    """The same for programs."""
    return {
        **form_of(row),
        "last_day": watch.last_day(row.due_at).isoformat(),
        "overdue": row.id in watch.late,
        "seconds_left": max(0, (row.due_at.nanos - watch.now.nanos) // 1_000_000_000),
    }
