"""Days and instants as a notice tells them: by the institution's calendar, with its time zone where a day must end."""

import datetime as dt

from adjudge.basis.instant import Instant, parse_timestamp, start_of_day
from adjudge.clocks.calendar import Calendar
from adjudge.institution.notifying.wording.telling import Telling
from adjudge.tongues.tongue import Tongue

UTC = "UTC"
"""The zone in which statements of reasons count their days, wherever the institution is."""


def day_of(telling: Telling, at: Instant) -> str:
    """The local day on which something happened."""
    return telling.tongue.day(start_of_day(telling.calendar.day(at)))


def moment(telling: Telling, at: Instant) -> str:
    """An instant by the local day and hour."""
    return moment_in(telling.tongue, telling.calendar, at)


def moment_in(tongue: Tongue, calendar: Calendar, at: Instant) -> str:
    """As `moment`, where there is no notice. By UTC as statements of reasons write it; else its zone is named."""
    if calendar.zone == UTC:
        return tongue.day(at)
    time, day = calendar.time(at), start_of_day(calendar.day(at))
    exact = time.isoformat("seconds" if time.second else "minutes")
    return tongue("{day} ({time}, time of {zone})", day=day, time=exact, zone=calendar.zone)


def until(telling: Telling, due_at: Instant) -> str:
    """The last moment before something is too late: the end of a local day, or the instant itself."""
    return until_in(telling.tongue, telling.calendar, due_at)


def until_in(tongue: Tongue, calendar: Calendar, due_at: Instant) -> str:
    """As `until`, where there is no notice."""
    last = calendar.day(Instant(due_at.nanos - 1))
    if calendar.begins(last + dt.timedelta(days=1)) != due_at:
        return moment_in(tongue, calendar, due_at)
    if calendar.zone == UTC:
        return tongue("the end of {day}, time of UTC", day=start_of_day(last))
    return tongue("the end of {day}, time of {zone}", day=start_of_day(last), zone=calendar.zone)


def noted(telling: Telling, name: str) -> Instant | None:
    """An instant among the facts of a notice."""
    found = telling.notice.facts.get(name)
    return parse_timestamp(found) if isinstance(found, str) else None
