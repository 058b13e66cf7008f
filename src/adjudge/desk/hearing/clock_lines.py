"""Clocks as lines: what is owed, until the end of which day, how long that is, and what happens then.

Days are those of the institution's calendar, so that a line says what is counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import Said
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.desk.words.hearing import CLOCK_KINDS, CONSEQUENCES, RESTS_TO_THE_END
from adjudge.records.rows import ClockRow, ClockState, Extension
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """A clock to show. `left` says how long is left, or since when it is overdue; empty where it is over.

    `then` says what `follows` at its end.
    """

    row: ClockRow
    what: str
    until: str
    left: str
    then: str
    follows: Consequence
    more: tuple[str, ...]
    is_running: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """By what lines are written: the calendar, the time, the language, and which clocks are overdue.

    `foreseen` says what can follow at a clock's end.
    """

    calendar: Calendar
    at: Instant
    tongue: Tongue
    foreseen: Callable[[ClockRow], Consequence]
    overdue: frozenset[str] = frozenset()

    def lines(self, rows: Iterable[ClockRow]) -> list[ClockLine]:
        """Lines of clocks: those that are overdue first, then those that run as they are due, then the others."""
        found = [self.line(row) for row in rows]
        return sorted(
            found, key=lambda item: (not item.is_overdue, not item.is_running, item.row.due_at, item.row.id)
        )

    def line(self, row: ClockRow) -> ClockLine:
        """One line."""
        runs = row.state is ClockState.RUNNING
        follows = self.foreseen(row)
        late = row.id in self.overdue or (runs and row.due_at <= self.at)
        return ClockLine(
            row=row,
            what=self.tongue.of(CLOCK_KINDS[ClockKind(row.kind)]),
            until=self.until(row.due_at),
            left=self._late(row) if late else self._left(row) if runs else "",
            then=self.tongue.of(_then(row, follows)),
            follows=follows,
            more=tuple(self._more(item) for item in row.extensions),
            is_running=runs,
            is_overdue=late,
        )

    def until(self, due_at: Instant) -> str:
        """Until an instant, by the last whole day before it in the institution's zone."""
        day = self.calendar.day(Instant(due_at.nanos - 1))
        return self.tongue(
            "until the end of {day} ({zone})",
            day=start_of_day(day),
            zone=self.calendar.zone.replace("_", " "),
        )

    def _left(self, row: ClockRow) -> str:
        days = self._days(self.at, Instant(row.due_at.nanos - 1))
        if not days:
            return self.tongue("today is the last day")
        return self.tongue.plural("{count} day is left", "{count} days are left", days)

    def _late(self, row: ClockRow) -> str:
        days = self._days(Instant(row.due_at.nanos - 1), self.at)
        return self.tongue.plural("overdue by {count} day", "overdue by {count} days", max(1, days))

    def _days(self, start: Instant, end: Instant) -> int:
        return (self.calendar.day(end) - self.calendar.day(start)).days

    def _more(self, item: Extension) -> str:
        return self.tongue("{until}: {reason}", until=self.until(item.due_at), reason=item.reason)


def _then(row: ClockRow, follows: Consequence) -> Said:
    if follows is Consequence.SUSPEND_MEASURE and row.kind == ClockKind.ACKNOWLEDGE:
        return RESTS_TO_THE_END
    return CONSEQUENCES[follows]
