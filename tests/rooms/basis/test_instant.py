"""Instants are whole nanoseconds, days are UTC, intervals are half-open. LANGUAGE.md 1.6, 3.9."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.instant import (
    AFTER_LAST,
    FIRST,
    NANOS,
    Duration,
    Instant,
    Interval,
    day_of,
    is_in_range,
    parse_date,
    parse_duration,
    parse_instant,
    parse_timestamp,
    start_of_day,
)

instants = st.integers(FIRST.nanos, AFTER_LAST.nanos - 1).map(Instant)


@given(instants)
def test_an_instant_is_read_back_from_its_text(instant: Instant) -> None:
    assert parse_timestamp(str(instant)) == instant


@given(st.integers(-(2**63), 2**63 - 1).map(Duration))
def test_a_duration_is_read_back_from_its_text(duration: Duration) -> None:
    assert parse_duration(str(duration)) == duration


@given(st.dates())
def test_a_day_begins_at_midnight_and_holds_until_the_next(day: dt.date) -> None:
    start = start_of_day(day)
    assert parse_date(day.isoformat()) == day
    assert day_of(start) == day == day_of(Instant(start.nanos + 24 * 3600 * NANOS - 1))
    assert parse_instant(day.isoformat()) == start == parse_timestamp(f"{day.isoformat()}T00:00:00Z")


@pytest.mark.parametrize(
    "text",
    [
        "2019-06-01T02:00:00+02:00",
        "2019-05-31T19:00:00-05:00",
        "2019-06-01t00:00:00z",
        "2019-06-01T00:00:00.000Z",
    ],
)
def test_offsets_and_fractions_do_not_change_the_instant(text: str) -> None:
    assert parse_timestamp(text) == start_of_day(dt.date(2019, 6, 1))


def test_nanoseconds_are_kept() -> None:
    found = parse_timestamp("1970-01-01T00:00:00.000000001Z")
    assert found == Instant(1)
    assert str(found) == "1970-01-01T00:00:00.000000001Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "2019-06-01",
        "2019-06-01T00:00:00",
        "2019-06-01 00:00:00Z",
        "2019-06-01T24:00:00Z",
        "2019-06-01T23:60:00Z",
        "2019-06-01T23:59:60Z",
        "2019-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2019-06-01T00:00:00.1234567890Z",
        "2019-06-01T00:00:00+24:00",
        "2019-06-01T00:00:00+01:60",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "२०१९-06-01T00:00:00Z",
        "2019-06-01T00:00:00Z\n",
    ],
)
def test_what_is_no_timestamp_is_refused(text: str) -> None:
    assert parse_timestamp(text) is None


@pytest.mark.parametrize(
    "text", ["", "2019-6-1", "2019-02-30", "20190601", "2019-W01-1", "0000-01-01", "2019-06-01 "]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "nanos"),
    [
        ("0", 0),
        ("-0", 0),
        ("720h", 720 * 3600 * NANOS),
        ("1h30m", 5400 * NANOS),
        ("-1.5s", -3 * NANOS // 2),
        ("+1s", NANOS),
        (".5s", NANOS // 2),
        ("1.s", NANOS),
        ("1ms", 1_000_000),
        ("1us", 1_000),
        ("1µs", 1_000),
        ("1μs", 1_000),
        ("1ns", 1),
        ("1m1ms", 60 * NANOS + 1_000_000),
    ],
)
def test_durations_are_those_of_cel(text: str, nanos: int) -> None:
    assert parse_duration(text) == Duration(nanos)


@pytest.mark.parametrize(
    "text", ["", "-", "1", "h", "1d", "1h ", "1 h", "--1s", "1e3s", "9999999999h", "1s" * 60]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    assert parse_duration(text) is None


def test_the_range_is_the_years_one_to_9999() -> None:
    assert is_in_range(FIRST)
    assert not is_in_range(Instant(FIRST.nanos - 1))
    assert is_in_range(Instant(AFTER_LAST.nanos - 1))
    assert not is_in_range(AFTER_LAST)


bounds = st.none() | st.integers(-3, 3).map(Instant)


@given(bounds, bounds, st.integers(-4, 4).map(Instant))
def test_an_interval_holds_its_start_and_not_its_end(
    start: Instant | None, end: Instant | None, at: Instant
) -> None:
    expected = (start is None or start.nanos <= at.nanos) and (end is None or at.nanos < end.nanos)
    assert Interval(start, end).holds(at) is expected


@given(bounds, bounds, bounds, bounds)
def test_proper_intervals_overlap_if_they_share_an_instant(
    a: Instant | None, b: Instant | None, c: Instant | None, d: Instant | None
) -> None:
    one, other = Interval(a, b), Interval(c, d)
    instants_of = [Instant(n) for n in range(-6, 7)]
    if a != b and c != d and not one.is_reversed and not other.is_reversed:
        assert one.overlaps(other) is any(one.holds(at) and other.holds(at) for at in instants_of)


def test_an_interval_that_ends_before_it_starts_is_reversed_and_an_empty_one_is_not() -> None:
    assert Interval(Instant(2), Instant(1)).is_reversed
    assert not Interval(Instant(1), Instant(1)).is_reversed
    assert not Interval(None, Instant(1)).is_reversed
