"""Clocks for the terminal and for programs: what is owed, until when, how much is left, what happens at zero."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import Said, say
from adjudge.cli.session import form_of
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ClockKind, Consequence, Unit
from adjudge.records.rows import ClockRow, ClockState
from adjudge.tongues.tongue import Tongue

CLOCKS: Mapping[ClockKind, Said] = {
    ClockKind.ACKNOWLEDGE: say("to acknowledge"),
    ClockKind.ANSWER: say("to answer a request for reasons"),
    ClockKind.DECIDE: say("to decide an appeal"),
    ClockKind.SETTLE: say("for the body of settlement to decide"),
    ClockKind.CARRY_OUT: say("to answer the outcome of a settlement"),
}
CONSEQUENCES: Mapping[Consequence, Said] = {
    Consequence.ESCALATE: say("it is told, and stays open"),
    Consequence.SUSPEND_MEASURE: say("the measure rests"),
    Consequence.REINSTATE: say("the measure is lifted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """By what clocks are read: the calendar of the institution, the time now, and which clocks are overdue."""

    calendar: Calendar
    now: Instant
    late: frozenset[str]

    def last_day(self, due_at: Instant) -> dt.date:
        """The last local day on which it is not too late."""
        return self.calendar.day(Instant(due_at.nanos - 1))


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
    then = tongue("then {consequence}", consequence=CONSEQUENCES[Consequence(row.consequence)])
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
        return tongue("ends today")
    return tongue.plural("{count} day left", "{count} days left", days)


def clock_form(row: ClockRow, watch: Watch) -> dict[str, Any]:
    """The same for programs."""
    return {
        **form_of(row),
        "last_day": watch.last_day(row.due_at).isoformat(),
        "overdue": row.id in watch.late,
        "seconds_left": max(0, (row.due_at.nanos - watch.now.nanos) // 1_000_000_000),
    }
