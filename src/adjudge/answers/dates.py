"""Dates and instants for people: a day where it is one, the instant where it matters, no false precision."""

from adjudge.basis.instant import Instant, Interval, day_of, start_of_day
from adjudge.evidence.document import Document, Precision
from adjudge.tongues.tongue import Tongue


def instant_text(instant: Instant, tongue: Tongue) -> str:
    """The day with the instant that is meant: `31 January 2018, 00:00 UTC`."""
    day = tongue.day(instant)
    return tongue("{day}, 00:00 UTC", day=day) if start_of_day(day_of(instant)) == instant else day


def published_text(document: Document, tongue: Tongue) -> str:
    """When a document was published, no more exactly than is known."""
    if document.published is None:
        return tongue("undated")
    match document.precision:
        case Precision.DAY:
            return tongue.day(start_of_day(day_of(document.published)))
        case Precision.MONTH:
            return tongue.month(document.published)
        case Precision.YEAR:
            return str(day_of(document.published).year)
        case Precision.UNKNOWN:
            return tongue("undated")


def holds_text(interval: Interval, tongue: Tongue) -> str:
    """When something holds: from a day on, until one, or both; empty where it always does."""
    start = tongue.day(interval.start) if interval.start else ""
    end = tongue.day(interval.end) if interval.end else ""
    if start and end:
        return tongue("holds from {start} until {end}", start=start, end=end)
    if start:
        return tongue("holds from {start}", start=start)
    return tongue("holds until {end}", end=end) if end else ""


def bounds_text(earliest: Instant | None, latest: Instant | None, tongue: Tongue) -> str:
    """A day that is known within bounds, both included."""
    first = tongue.day(earliest) if earliest else ""
    last = tongue.day(latest) if latest else ""
    if first and last:
        return first if first == last else tongue("{first} to {last}", first=first, last=last)
    if first:
        return tongue("{first} or later", first=first)
    return tongue("{last} or earlier", last=last) if last else tongue("undated")
