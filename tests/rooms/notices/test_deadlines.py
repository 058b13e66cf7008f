"""Days that are counted: six months on, and so many days on, to the end of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.instant import day_of, start_of_day
from adjudge.notices.deadlines import days_after, six_months_after
from tests.rooms.notices.parts import day


@pytest.mark.parametrize(
    ("informed", "last"),
    [
        ("2024-10-01", "2025-04-01"),
        ("2024-08-31", "2025-03-01"),
        ("2023-08-29", "2024-02-29"),
        ("2023-08-30", "2024-03-01"),
        ("2024-08-29", "2025-03-01"),
        ("2025-08-28", "2026-02-28"),
        ("2024-02-29", "2024-08-29"),
        ("2026-03-31", "2026-10-01"),
        ("2026-05-31", "2026-12-01"),
        ("2026-10-31", "2027-05-01"),
        ("2026-07-01T23:59:59Z", "2027-01-01"),
        ("9999-06-30", "9999-12-30"),
        ("9999-07-01", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
        ("0001-01-01", "0001-07-01"),
    ],
)
def test_six_months_end_on_the_same_day_or_the_first_of_the_next_month(informed: str, last: str) -> None:
    assert six_months_after(day(informed)) == day(last)


@given(st.dates(max_value=dt.date(9999, 6, 30)), st.dates(max_value=dt.date(9999, 6, 30)))
def test_six_months_are_never_short_and_keep_the_order(one: dt.date, other: dt.date) -> None:
    first, second = sorted((one, other))
    ends = [day_of(six_months_after(start_of_day(start))) for start in (first, second)]
    assert ends == sorted(ends)
    assert 181 <= (ends[0] - first).days <= 184


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2024-02-28", 1, "2024-02-29"),
        ("2023-02-28", 1, "2023-03-01"),
        ("2026-07-01", 14, "2026-07-15"),
        ("2026-07-01T12:00:00Z", 14, "2026-07-15"),
        ("9999-12-30", 30, "9999-12-31"),
        ("2026-07-01", 36_500, "2126-06-07"),
    ],
)
def test_days_are_counted_from_the_day_on(start: str, days: int, end: str) -> None:
    assert days_after(day(start), days) == day(end)
