"""Instants, half-open intervals, and the Clock every procedure is handed.

Not a calendar: there are no local times and no leap seconds here. Instants are exact integers of nanoseconds,
since CEL counts nanoseconds and Python's datetime stops at microseconds.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

NANOS = 1_000_000_000
_EPOCH = dt.date(1970, 1, 1).toordinal()
_DAY = 86_400 * NANOS
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DURATION_PART = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(h|ms|us|µs|μs|ns|m|s)", re.ASCII)
_UNITS = {
    "h": 3600 * NANOS,
    "m": 60 * NANOS,
    "s": NANOS,
    "ms": 1_000_000,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ns": 1,
}
_LONGEST_DURATION_TEXT = 100
_DURATIONS = range(-(2**63), 2**63)  # CEL's range (cel-spec, "Overflow"): nanoseconds that fit in 64 bits


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A point in time, in whole nanoseconds since 1970-01-01T00:00:00Z; years 1 to 9999."""

    nanos: int

    def __str__(self) -> str:
        """RFC 3339 in UTC, with as many fractional digits as are needed."""
        days, rest = divmod(self.nanos, _DAY)
        day = dt.date.fromordinal(_EPOCH + days)
        seconds, fraction = divmod(rest, NANOS)
        hours, seconds = divmod(seconds, 3600)
        minutes, seconds = divmod(seconds, 60)
        tail = f".{fraction:09d}".rstrip("0") if fraction else ""
        return f"{day.isoformat()}T{hours:02d}:{minutes:02d}:{seconds:02d}{tail}Z"


FIRST = Instant((1 - _EPOCH) * _DAY)
AFTER_LAST = Instant((dt.date.max.toordinal() + 1 - _EPOCH) * _DAY)

Clock = Callable[[], Instant]
"""What a procedure is handed to learn the time; nothing inside the core reads a clock."""


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A signed length of time in whole nanoseconds."""

    nanos: int

    def __str__(self) -> str:
        """Seconds, as in the JSON form of CEL's durations: `2592000s`, `0.5s`."""
        sign = "-" if self.nanos < 0 else ""
        seconds, fraction = divmod(abs(self.nanos), NANOS)
        tail = f".{fraction:09d}".rstrip("0") if fraction else ""
        return f"{sign}{seconds}{tail}s"


def is_in_range(instant: Instant) -> bool:
    """Whether an instant lies in the years 1 to 9999, CEL's range."""
    return FIRST <= instant < AFTER_LAST


def is_duration_in_range(duration: Duration) -> bool:
    """Whether a duration lies in CEL's range, about 292 years either way."""
    return duration.nanos in _DURATIONS


def start_of_day(day: dt.date) -> Instant:
    """00:00 UTC of a day: what a bare date means as an instant. LANGUAGE.md 1.6."""
    return Instant((day.toordinal() - _EPOCH) * _DAY)


def day_of(instant: Instant) -> dt.date:
    """The UTC day on which an instant falls."""
    return dt.date.fromordinal(_EPOCH + instant.nanos // _DAY)


def parse_date(text: str) -> dt.date | None:
    """Read `YYYY-MM-DD`; None where it is no date of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def parse_timestamp(text: str) -> Instant | None:
    """Read RFC 3339 (`2019-08-19T00:00:00Z`); None where it is none, or outside the years 1 to 9999."""
    match = _TIMESTAMP.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, sign, off_hour, off_minute = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:  # noqa: PLR2004 - hours, minutes, seconds
        return None
    try:
        midnight = start_of_day(dt.date(int(year), int(month), int(day)))
    except ValueError:
        return None
    offset = 0
    if sign:
        if int(off_hour) > 23 or int(off_minute) > 59:  # noqa: PLR2004 - hours, minutes
            return None
        offset = (int(off_hour) * 3600 + int(off_minute) * 60) * (1 if sign == "+" else -1)
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second) - offset
    instant = Instant(midnight.nanos + seconds * NANOS + int((fraction or "").ljust(9, "0")))
    return instant if is_in_range(instant) else None


def parse_instant(text: str) -> Instant | None:
    """Read a bare date (00:00 UTC) or an RFC 3339 timestamp; None where it is neither."""
    day = parse_date(text)
    return start_of_day(day) if day else parse_timestamp(text)


def parse_duration(text: str) -> Duration | None:
    """Read CEL's duration text (`720h`, `1h30m`, `-1.5s`); None where it is none or out of range."""
    body = text[1:] if text[:1] in {"-", "+"} else text
    if not body or len(text) > _LONGEST_DURATION_TEXT:
        return None
    if body == "0":
        return Duration(0)
    nanos = 0
    position = 0
    while position < len(body):
        part = _DURATION_PART.match(body, position)
        if not part:
            return None
        whole, _, fraction = part.group(1).partition(".")
        unit = _UNITS[part.group(2)]
        nanos += int(whole or "0") * unit + int(fraction or "0") * unit // 10 ** len(fraction)
        position = part.end()
    duration = Duration(-nanos if text[0] == "-" else nanos)
    return duration if is_duration_in_range(duration) else None


@dataclass(frozen=True, slots=True)
class Interval:
    """From start, included, to end, excluded; a missing bound is unbounded. LANGUAGE.md 1.6."""

    start: Instant | None = None
    end: Instant | None = None

    def holds(self, at: Instant) -> bool:
        """Whether an instant lies inside."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share an instant."""
        return _begins_before_end(self, other) and _begins_before_end(other, self)

    @property
    def is_reversed(self) -> bool:
        """Whether it ends before it starts, which nobody can have meant."""
        return self.start is not None and self.end is not None and self.end < self.start


def _begins_before_end(one: Interval, other: Interval) -> bool:
    return one.start is None or other.end is None or one.start < other.end


ALWAYS = Interval()
