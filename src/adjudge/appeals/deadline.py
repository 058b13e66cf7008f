"""Until when a decision can be appealed: at least six months from the day on which its advertiser was informed.

DSA Art. 20(1) and (2). Of an advertiser of whom nothing shows that it was informed, the time has not begun to run out.
"""

import datetime as dt
from collections.abc import Iterable

from adjudge.appeals.whose import is_own
from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.clocks.calendar import Calendar
from adjudge.clocks.term import Term, Unit
from adjudge.notices.deadlines import six_months_after
from adjudge.records.ports import Reading
from adjudge.records.rows import Channel, DecisionRow, DeliveryState, NoticeRow
from adjudge.records.shelf import APPEALS, DELIVERIES, NOTICES

_TERM = Term(6, Unit.MONTHS)


def appealable_until(records: Reading, decision: DecisionRow, calendar: Calendar) -> Instant | None:
    """The first instant at which an appeal is too late; None while nothing shows that the advertiser was informed."""
    informed = informed_at(records, decision)
    return until(decision.issued_at, informed, calendar) if informed is not None else None


def until(issued_at: Instant | None, informed: Instant, calendar: Calendar) -> Instant:
    """The end of the last local day, counted from the later of the two: nobody loses an hour to a time zone.

    The day that statements of reasons name, by UTC, counts whole where it is the later one.
    """
    began = informed if issued_at is None else max(issued_at, informed)
    named, end = six_months_after(began), calendar.after(began, _TERM)
    last = max(calendar.day(Instant(end.nanos - 1)), day_of(named))
    return start_of_day(last) if last == dt.date.max else calendar.begins(last + dt.timedelta(days=1))


def informed_at(records: Reading, decision: DecisionRow) -> Instant | None:
    """When it is first proven that an advertiser knew: a notice was handed over or opened, or it appealed itself."""
    notices = records.find(NOTICES, about=decision.id)
    handed = (at for notice in notices for at in _known_by(records, notice))
    filed = (row.filed_at for row in records.find(APPEALS, decision=decision.id) if is_own(row))
    return min((*handed, *filed), default=None)


def _known_by(records: Reading, notice: NoticeRow) -> Iterable[Instant]:
    """A notice on the page alone proves nothing until somebody of the advertiser opened it."""
    if notice.opened_at is not None:
        yield notice.opened_at
    for row in records.find(DELIVERIES, notice=notice.id, state=DeliveryState.DELIVERED.value):
        if row.channel is not Channel.PAGE and row.delivered_at is not None:
            yield row.delivered_at
