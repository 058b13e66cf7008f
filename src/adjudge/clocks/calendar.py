"""The institution's calendar: its days, its business days, and when a term that begins now is over.

Holidays come from the `holidays` library, local days from the time-zone database; neither is asked for the time.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from adjudge.basis.instant import NANOS, Instant, day_of, start_of_day
from adjudge.clocks.term import Term, Unit

SATURDAY = 5
_LAST_YEAR = 9_998
"""The last year in which a term may end: beyond it there are no local days to count."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A country's holidays and a time zone. `closed` are further days on which nobody works, which must be declared.

    An empty country has no holidays but weekends.
    """

    country: str = ""
    zone: str = "UTC"
    closed: frozenset[dt.date] = field(default_factory=frozenset)

    def day(self, instant: Instant) -> dt.date:
        """The local day on which an instant falls."""
        at = _EPOCH + dt.timedelta(microseconds=instant.nanos // 1_000)
        try:
            return at.astimezone(_zone(self.zone)).date()
        except OverflowError:
            return day_of(instant)

    def time(self, instant: Instant) -> dt.time:
        """The local time of day at an instant, to the second."""
        at = _EPOCH + dt.timedelta(seconds=instant.nanos // NANOS)
        try:
            return at.astimezone(_zone(self.zone)).time()
        except OverflowError:
            return at.time()

    def begins(self, day: dt.date) -> Instant:
        """The first instant of a local day. Where clocks are set on at midnight, the first that there is."""
        try:
            # With fold 0 the earlier of two midnights; a midnight that is skipped is read as the hour after it.
            local = dt.datetime.combine(day, dt.time(), _zone(self.zone))
            seconds = (local - _EPOCH) // dt.timedelta(seconds=1)
        except OverflowError:
            return start_of_day(day)
        return Instant(seconds * NANOS)

    def is_business_day(self, day: dt.date) -> bool:
        """Whether business is done on a day."""
        return day.weekday() < SATURDAY and day not in self.closed and not _is_holiday(self.country, day)

    def after(self, start: Instant, term: Term) -> Instant:
        """When a term that starts now is over: the first instant after its last day, which counts whole."""
        last = self._last_day(self.day(start), term)
        return start_of_day(dt.date.max) if last is None else self.begins(last + dt.timedelta(days=1))

    def _last_day(self, day: dt.date, term: Term) -> dt.date | None:
        """The last day of a term; None where it lies beyond the calendar."""
        if term.unit is Unit.MONTHS:
            return _months_on(day, term.count)
        if day.year + term.count // 200 + 1 > _LAST_YEAR:
            return None
        if term.unit is Unit.DAYS:
            return day + dt.timedelta(days=term.count)
        left = term.count
        while left:
            day += dt.timedelta(days=1)
            if day.year > _LAST_YEAR:
                return None
            left -= self.is_business_day(day)
        return day


def _months_on(day: dt.date, months: int) -> dt.date | None:
    """The same day so many months on; the last of that month where it is shorter. Regulation 1182/71, Art. 3(2)(c)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > _LAST_YEAR:
        return None
    first_of_next = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (first_of_next - dt.timedelta(days=1)).day))


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=4_096)
def _holidays(country: str, year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays(country, years=year).keys())


def _is_holiday(country: str, day: dt.date) -> bool:
    return bool(country) and day in _holidays(country, day.year)


def is_zone(name: str) -> bool:
    """Whether the time-zone database has a zone of this name."""
    try:
        _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def is_country(code: str) -> bool:
    """Whether holidays of a country (ISO 3166-1 alpha-2) are known; the empty text is no country, and allowed."""
    return not code or code in holidays.list_supported_countries(include_aliases=False)


def countries() -> Iterable[str]:
    """The countries whose holidays are known."""
    return sorted(holidays.list_supported_countries(include_aliases=False))
