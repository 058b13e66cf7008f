"""Dates and instants for people: a day where it is one, the instant where it matters, no false precision."""

from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.evidence.document import Document, Precision

_LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def day_text(instant: Instant) -> str:
    """The day, and the time only where it is not 00:00 UTC."""
    day = day_of(instant)
    return day.isoformat() if start_of_day(day) == instant else str(instant)


def instant_text(instant: Instant) -> str:
    """The day with the instant that is meant: `2018-01-31 00:00 UTC`."""
    day = day_of(instant)
    return f"{day.isoformat()} 00:00 UTC" if start_of_day(day) == instant else str(instant)


def published_text(document: Document) -> str:
    """When a document was published, no more exactly than is known."""
    if document.published is None or document.precision is Precision.UNKNOWN:
        return "undated"
    return day_of(document.published).isoformat()[: _LENGTHS[document.precision]]
