"""Until when one may appeal: at least six months, whole days, in every zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.appeals.deadline import until
from adjudge.basis.instant import NANOS, Instant, day_of, parse_instant
from adjudge.clocks.calendar import Calendar
from adjudge.notices.deadlines import six_months_after

ZONES = (
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "America/Sao_Paulo",
)


def instant(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("zone", "informed", "end"),
    [
        ("UTC", "2026-01-01T12:00:00Z", "2026-07-02T00:00:00Z"),
        ("UTC", "2026-08-31T12:00:00Z", "2027-03-02T00:00:00Z"),
        ("UTC", "2027-08-29T12:00:00Z", "2028-03-01T00:00:00Z"),
        ("America/New_York", "2026-01-01T23:00:00Z", "2026-07-02T04:00:00Z"),
        ("Europe/Paris", "2026-04-30T23:30:00Z", "2026-11-01T23:00:00Z"),
    ],
)
def test_the_last_day_counts_whole_where_the_institution_is(zone: str, informed: str, end: str) -> None:
    assert until(None, instant(informed), Calendar(zone=zone)) == instant(end)


@given(st.integers(0, 60_000_000), st.sampled_from(("Pacific/Auckland", "America/Los_Angeles", *ZONES)))
def test_the_day_that_a_statement_names_counts_whole_wherever_the_institution_is(
    minutes: int, zone: str
) -> None:
    informed, calendar = Instant(minutes * 60 * NANOS), Calendar(zone=zone)
    assert calendar.day(Instant(until(None, informed, calendar).nanos - 1)) >= day_of(
        six_months_after(informed)
    )


def test_it_counts_from_the_later_of_issue_and_being_informed() -> None:
    early, late, calendar = instant("2026-01-01"), instant("2026-03-01"), Calendar()
    assert until(early, late, calendar) == until(late, early, calendar) == until(None, late, calendar)


@given(st.integers(0, 60_000_000), st.sampled_from(ZONES))
def test_nobody_loses_an_hour_and_nobody_gains_more_than_two_days(minutes: int, zone: str) -> None:
    informed = Instant(minutes * 60 * NANOS)
    end = until(None, informed, Calendar(zone=zone))
    day = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    assert end >= six_months_after(informed)
    local = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=end.nanos // NANOS)).astimezone(
        ZoneInfo(zone)
    )
    months = (local.year - day.year) * 12 + local.month - day.month
    assert (months, local.day) >= (6, day.day + 1) or (months == 7 and local.day == 1)
    assert (local - day) <= dt.timedelta(days=187)
