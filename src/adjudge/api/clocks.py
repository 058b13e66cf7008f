"""Clocks over HTTP: those that bind the platform, what is overdue, more time, and the calendar that counts them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.choosing import Asked
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.clocks import CalendarShape, ClockNowShape, ClockShape, MoreTime
from adjudge.api.shapes.shape import Page
from adjudge.basis.instant import Instant
from adjudge.clocks.term import ClockKind
from adjudge.institution.binding.procedure import CLOSED_YEARS
from adjudge.institution.house import now
from adjudge.institution.reading.hearing import calendar_now, foreseen
from adjudge.institution.ticking import extending
from adjudge.institution.ticking.reading import clock, overdue_of
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import ClockRow, ClockState
from adjudge.records.shelf import CLOCKS

router = Router(tags=["clocks"])
SATURDAY = 6
"""By the number of the day in the week, from Monday on (ISO 8601)."""
Year = Annotated[int, Path(ge=CLOSED_YEARS.start, lt=CLOSED_YEARS.stop)]


@reads(router, "/clocks", act=Act.READ_CLOCKS, gives=Page[ClockNowShape])
def list_clocks(
    request: HttpRequest,
    *,
    state: ClockState | None = None,
    overdue: bool | None = None,
    advertiser: Asked = "",
    of: Asked = "",
    decision: Asked = "",
    kind: ClockKind | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[ClockNowShape]:
    """List the clocks that bind the platform."""
    caller = caller_of(request)
    late, shown = _told_now(caller)
    wanted = {
        "state": state.value if state else "",
        "advertiser": advertiser,
        "of": of,
        "decision": decision,
        "kind": kind.value if kind else "",
    }
    where = {name: value for name, value in wanted.items() if value}

    def found(after: str, most: int) -> Sequence[ClockRow]:
        with caller.house.records.reading() as records:
            return records.find(CLOCKS, after=after, most=most, **where)

    return page_of(
        request,
        Page[ClockNowShape],
        found,
        shown,
        cursor=cursor,
        limit=limit,
        keeps=lambda row: overdue is None or (row.id in late) is overdue,
    )


def _told_now(caller: Caller) -> tuple[frozenset[str], Callable[[ClockRow], ClockNowShape]]:
    """The clocks that are overdue, and how a clock is shown beside them, for whoever may see the clocks."""
    permit(caller.actor, Act.READ_CLOCKS)
    with caller.house.records.reading() as records:
        late = frozenset(row.id for row in overdue_of(records, now(caller.house, records)))

    def shown(row: ClockRow) -> ClockNowShape:
        told = ClockShape.model_validate(row).model_dump()
        return ClockNowShape(**told, overdue=row.id in late, foreseen=foreseen(caller.house, row))

    return late, shown


@reads(router, "/clocks/{clock_id}", act=Act.READ_CLOCKS, gives=ClockNowShape)
def read_clock(request: HttpRequest, clock_id: str) -> ClockNowShape:
    """Read a clock."""
    caller = caller_of(request)
    _, shown = _told_now(caller)
    with caller.house.records.reading() as records:
        row = clock(records, clock_id)
    return shown(row)


@acts(
    router,
    "/clocks/{clock_id}/extend",
    act=Act.EXTEND,
    gives=ClockShape,
    of=read_clock,
    must_match=True,
)
def extend_clock(request: HttpRequest, clock_id: str, body: MoreTime) -> ClockShape:
    """Give a clock more time, to the end of a day. Whom it binds gives it none."""
    caller = caller_of(request)
    row = extending.extend(caller.house, caller.actor, clock_id, after_day(caller, body.until), body.reason)
    return ClockShape.model_validate(row)


def after_day(caller: Caller, day: dt.date) -> Instant:
    """The first instant after a day of the institution's calendar."""
    calendar, _ = calendar_now(caller.house)
    return calendar.begins(day + dt.timedelta(days=1))


@reads(router, "/calendar/{year}", act=Act.READ_CLOCKS, gives=CalendarShape)
def read_calendar(request: HttpRequest, year: Year) -> CalendarShape:
    """Read the days of a year on which no business is done, weekends left out."""
    caller = caller_of(request)
    permit(caller.actor, Act.READ_CLOCKS)
    calendar, _ = calendar_now(caller.house)
    first = dt.date(year, 1, 1).toordinal()
    days = (dt.date.fromordinal(first + number) for number in range(366))
    closed = [
        day
        for day in days
        if day.year == year and day.isoweekday() < SATURDAY and not calendar.is_business_day(day)
    ]
    return CalendarShape(id=f"{year:04d}", country=calendar.country, zone=calendar.zone, closed=closed)
