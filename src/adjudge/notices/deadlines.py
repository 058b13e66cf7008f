"""Days that laws and rules count on: so many days, so many months."""

import datetime as dt

from adjudge.basis.instant import Instant, day_of, start_of_day

_LONGEST = dt.date.max.toordinal()
_MONTHS_OPEN = 6
_LAST_YEAR = 9999


def six_months_after(informed_at: Instant) -> Instant:
    """The first day on which a complaint may be refused as late, at the earliest. DSA Art. 20(1) and (2).

    Six calendar months on; where that month has no such day, the first of the next, so that nobody loses a day. Where
    the sum lies beyond the calendar, its last day.
    """
    day = day_of(informed_at)
    months = day.month - 1 + _MONTHS_OPEN
    year, month = day.year + months // 12, months % 12 + 1
    if year > _LAST_YEAR:
        return start_of_day(dt.date.max)
    try:
        return start_of_day(dt.date(year, month, day.day))
    except ValueError:  # the month is shorter
        return start_of_day(dt.date(year, month + 1, 1))


def days_after(start: Instant, days: int) -> Instant:
    """So many days on; the calendar's last day where the sum lies beyond it."""
    return start_of_day(dt.date.fromordinal(min(day_of(start).toordinal() + days, _LONGEST)))


def after_cure(first: Instant, days: int) -> Instant:
    """When so many whole days have passed; a day that has begun is not a whole one."""
    begun = 0 if start_of_day(day_of(first)) == first else 1
    return days_after(first, days + begun)
