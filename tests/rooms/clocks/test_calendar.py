"""Days as people count them: golden days of four countries, edges of the calendar, and an independent reckoning."""

import datetime as dt

import holidays
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.clocks.calendar import Calendar, countries, is_country, is_zone
from adjudge.clocks.term import ALLOWED, DECLARED, LONGEST, ClockKind, Consequence, Term, Unit

PLACES = {
    "FR": Calendar("FR", "Europe/Paris"),
    "DE": Calendar("DE", "Europe/Berlin"),
    "US": Calendar("US", "America/New_York"),
    "JP": Calendar("JP", "Asia/Tokyo"),
}
ODD_ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "America/Havana",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)


def at(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def over(calendar: Calendar, start: str, count: int, unit: Unit = Unit.BUSINESS_DAYS) -> str:
    return str(calendar.after(at(start), Term(count, unit)))


@pytest.mark.parametrize(
    ("place", "start", "count", "end"),
    [
        ("FR", "2026-04-30T09:00:00Z", 2, "2026-05-05T22:00:00Z"),  # 1 May, a weekend
        ("FR", "2026-05-13T09:00:00Z", 1, "2026-05-15T22:00:00Z"),  # Ascension
        ("FR", "2026-04-03T09:00:00Z", 1, "2026-04-07T22:00:00Z"),  # Easter Monday; Good Friday is none
        ("DE", "2026-04-02T09:00:00Z", 1, "2026-04-07T22:00:00Z"),  # Good Friday and Easter Monday
        ("FR", "2025-12-24T09:00:00Z", 2, "2025-12-29T23:00:00Z"),  # Christmas, a weekend
        ("DE", "2025-12-24T09:00:00Z", 2, "2025-12-30T23:00:00Z"),  # two days of Christmas
        ("FR", "2026-12-30T09:00:00Z", 2, "2027-01-04T23:00:00Z"),  # over the end of a year: Thursday, Monday
        (
            "DE",
            "2026-10-02T09:00:00Z",
            1,
            "2026-10-05T22:00:00Z",
        ),  # a holiday on a Saturday takes no other day
        (
            "US",
            "2026-07-02T09:00:00Z",
            1,
            "2026-07-07T04:00:00Z",
        ),  # the fourth on a Saturday, kept on the Friday
        ("US", "2026-11-25T09:00:00Z", 1, "2026-11-28T05:00:00Z"),  # Thanksgiving, and not the day after it
        ("JP", "2026-05-01T00:00:00Z", 2, "2026-05-08T15:00:00Z"),  # three days in May, one for a Sunday
        ("JP", "2026-09-18T00:00:00Z", 1, "2026-09-24T15:00:00Z"),  # a day between two holidays is one
    ],
)
def test_business_days_are_those_of_the_country(place: str, start: str, count: int, end: str) -> None:
    assert over(PLACES[place], start, count) == end


@pytest.mark.parametrize(
    ("zone", "start", "count", "end"),
    [
        ("Europe/Paris", "2026-03-20T12:00:00Z", 14, "2026-04-03T22:00:00Z"),  # clocks set on meanwhile
        ("Europe/Paris", "2026-10-20T12:00:00Z", 7, "2026-10-27T23:00:00Z"),  # clocks set back meanwhile
        ("Europe/Paris", "2026-03-28T12:00:00Z", 1, "2026-03-29T22:00:00Z"),  # the last day has 23 hours
        ("Europe/Paris", "2026-10-24T12:00:00Z", 1, "2026-10-25T23:00:00Z"),  # the last day has 25 hours
        ("America/Sao_Paulo", "2018-11-02T12:00:00Z", 1, "2018-11-04T03:00:00Z"),  # the day begins at one
        ("Asia/Beirut", "2026-03-27T12:00:00Z", 1, "2026-03-28T22:00:00Z"),  # and here
        ("America/Havana", "2026-10-30T12:00:00Z", 1, "2026-11-01T04:00:00Z"),  # two midnights: the first
        ("Pacific/Apia", "2011-12-29T12:00:00Z", 1, "2011-12-30T10:00:00Z"),  # the 30th was left out
        ("UTC", "2028-02-28T12:00:00Z", 1, "2028-03-01T00:00:00Z"),  # a leap day counts
        ("UTC", "2027-02-28T12:00:00Z", 1, "2027-03-02T00:00:00Z"),
        ("UTC", "2026-12-31T23:59:59.999999999Z", 1, "2027-01-02T00:00:00Z"),
        ("Europe/Paris", "2026-12-31T23:00:00Z", 1, "2027-01-02T23:00:00Z"),  # it is the first there already
        ("UTC", "2026-12-23T12:00:00Z", 2, "2026-12-26T00:00:00Z"),  # a holiday at the end prolongs nothing
    ],
)
def test_days_are_local_days_and_the_last_counts_whole(zone: str, start: str, count: int, end: str) -> None:
    assert over(Calendar("FR", zone), start, count, Unit.DAYS) == end


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-22T10:00:00Z", 6, "2027-05-23T00:00:00Z"),
        ("2027-08-31T10:00:00Z", 6, "2028-03-01T00:00:00Z"),  # the 29th of February
        ("2028-08-31T10:00:00Z", 6, "2029-03-01T00:00:00Z"),  # the 28th
        ("2026-10-31T10:00:00Z", 1, "2026-12-01T00:00:00Z"),  # the 30th of November
        ("2026-11-30T10:00:00Z", 1, "2026-12-31T00:00:00Z"),  # the 30th, and not the last
        ("2026-12-31T10:00:00Z", 2, "2027-03-01T00:00:00Z"),
        ("2026-12-01T10:00:00Z", 12, "2027-12-02T00:00:00Z"),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last(start: str, months: int, end: str) -> None:
    assert over(Calendar(), start, months, Unit.MONTHS) == end


def test_days_that_were_declared_closed_are_no_business_days() -> None:
    closed = frozenset({dt.date(2026, 12, 24), dt.date(2026, 12, 31)})
    calendar = Calendar("FR", "Europe/Paris", closed)
    assert over(calendar, "2026-12-23T09:00:00Z", 4) == "2027-01-04T23:00:00Z"
    assert not calendar.is_business_day(dt.date(2026, 12, 24))
    assert over(calendar, "2026-12-23T09:00:00Z", 1, Unit.DAYS) == "2026-12-24T23:00:00Z"


def test_no_country_has_weekends_only() -> None:
    assert over(Calendar(), "2026-12-24T09:00:00Z", 1) == "2026-12-26T00:00:00Z"
    assert over(Calendar(), "2026-12-25T09:00:00Z", 1) == "2026-12-29T00:00:00Z"


@pytest.mark.parametrize("unit", Unit)
def test_a_term_beyond_the_calendar_ends_with_it(unit: Unit) -> None:
    assert over(PLACES["FR"], "9990-01-01T00:00:00Z", 3_660, unit) == "9999-12-31T00:00:00Z"


def test_countries_and_zones_are_those_that_are_known() -> None:
    assert {"FR", "DE", "US", "JP"} <= set(countries())
    assert is_country("FR")
    assert is_country("")
    assert not is_country("fr")
    assert not is_country("FRA")
    assert is_zone("Europe/Paris")
    assert [zone for zone in ("", "Europe/Nowhere", "../etc/passwd", "\x00") if is_zone(zone)] == []


# --- properties ---

instants = st.integers(at("1990-01-01").nanos // 1_000, at("2090-01-01").nanos // 1_000).map(
    lambda micros: Instant(micros * 1_000)
)
terms = st.builds(Term, st.integers(1, 60), st.sampled_from(Unit))
calendars = st.builds(Calendar, st.sampled_from(("", *PLACES)), st.sampled_from(ODD_ZONES))


@given(calendars, instants, terms)
@example(PLACES["FR"], at("2026-10-25T00:30:00Z"), Term(1))
@example(Calendar("", "Pacific/Apia"), at("2011-12-28T12:00:00Z"), Term(1))
def test_a_term_ends_where_a_local_day_begins(calendar: Calendar, start: Instant, term: Term) -> None:
    end = calendar.after(start, term)
    assert end > start
    assert calendar.day(Instant(end.nanos - 1)) < calendar.day(end)
    assert calendar.begins(calendar.day(end)) == end


@given(calendars, instants, instants, terms)
def test_who_begins_later_ends_no_earlier(
    calendar: Calendar, one: Instant, other: Instant, term: Term
) -> None:
    first, second = sorted((one, other))
    assert calendar.after(first, term) <= calendar.after(second, term)


@given(calendars, instants, terms)
def test_a_longer_term_ends_later(calendar: Calendar, start: Instant, term: Term) -> None:
    longer = calendar.after(start, Term(term.count + 1, term.unit))
    assert longer > calendar.after(start, term)


@given(calendars, instants, st.integers(1, 60))
def test_a_term_in_business_days_ends_with_one_and_is_no_shorter(
    calendar: Calendar, start: Instant, count: int
) -> None:
    end = calendar.after(start, Term(count, Unit.BUSINESS_DAYS))
    last = calendar.day(Instant(end.nanos - 1))
    assert calendar.is_business_day(last)
    assert end >= calendar.after(start, Term(count))


@given(
    st.sampled_from(sorted(PLACES)), st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(1, 250)
)
def test_business_days_agree_with_another_reckoning(place: str, day: dt.date, count: int) -> None:
    known = holidays.country_holidays(place, years=range(day.year, day.year + 3))
    offset = np.busday_offset(
        np.datetime64(day), count, roll="preceding", holidays=[np.datetime64(item) for item in known]
    )
    calendar = PLACES[place]
    start = Instant(calendar.begins(day).nanos + 12 * 3_600 * NANOS)
    last = offset.astype(dt.date)
    assert calendar.after(start, Term(count, Unit.BUSINESS_DAYS)) == calendar.begins(
        last + dt.timedelta(days=1)
    )


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)), st.integers(1, 60))
def test_months_agree_with_another_reckoning(day: dt.date, months: int) -> None:
    calendar = Calendar()
    month = np.datetime64(day, "M") + np.timedelta64(months, "M")
    longest = (month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    last = min(longest, month.astype("datetime64[D]") + np.timedelta64(day.day - 1, "D")).astype(dt.date)
    assert calendar.after(calendar.begins(day), Term(months, Unit.MONTHS)) == calendar.begins(
        last + dt.timedelta(days=1)
    )


# --- what is declared ---


def test_every_clock_is_declared_with_a_consequence_that_it_may_have() -> None:
    assert [item.kind for item in DECLARED] == list(ClockKind)
    assert set(ALLOWED) == set(ClockKind)
    assert [item.kind for item in DECLARED if item.consequence not in ALLOWED[item.kind]] == []
    assert [item.kind for item in DECLARED if not 1 <= item.term.count <= LONGEST[item.term.unit]] == []


def test_that_another_body_is_late_lifts_nothing() -> None:
    assert ALLOWED[ClockKind.SETTLE] == {Consequence.ESCALATE}
