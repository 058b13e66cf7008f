"""Days in a text: as each language writes them, and none where a text can be read in two ways."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.instant import start_of_day
from adjudge.notices.days import days_in, mentions_in, names_day, names_month
from adjudge.tongues.tongue import LANGUAGES, tongue_of

FIRST_OF_OCTOBER = dt.date(2024, 10, 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("from 1 October 2024", "en"),
        ("from October 1, 2024, on", "en"),
        ("from the 1st of October 2024", "en"),
        ("from 1 Oct. 2024", "en"),
        ("from 2024-10-01T00:00:00Z", "en"),
        ("between 1 October and 3 November 2024", "en"),
        ("between 1 and 3 October 2024", "en"),
        ("à partir du 1er octobre 2024", "fr"),
        ("du 1er au 3 octobre 2024", "fr"),
        ("le 01/10/2024", "fr"),
        ("le 1er octobre 2024", "fr-CA"),
        ("ab dem 1. Oktober 2024", "de"),
        ("ab dem 01.10.2024", "de"),
        ("desde el 1 de octubre de 2024", "es"),
        ("с 1 октября 2024 г.", "ru"),
        ("2024年10月1日から", "ja"),
        ("2024-10-01", "tlh"),
    ],
)
def test_a_day_is_found_as_its_language_writes_it(text: str, language: str) -> None:
    assert names_day(text, FIRST_OF_OCTOBER, language)
    assert not names_day(text, dt.date(2024, 10, 2), language)
    assert not names_day(text, dt.date(2023, 10, 1), language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("on 10/1/2024", "en"),
        ("on 1/10/2024", "en"),
        ("on 1 October", "en"),
        ("on 11 October 2024", "en"),
        ("in October 2024", "en"),
        ("on 1 October 2024", "fr"),
        ("1 Octobertag 2024", "de"),
        ("no. 2024-10-011", "en"),
        ("31 June 2024", "en"),
        ("next Tuesday", "en"),
        ("", "en"),
    ],
)
def test_what_can_be_read_otherwise_names_no_day(text: str, language: str) -> None:
    assert not names_day(text, FIRST_OF_OCTOBER, language)


def test_a_day_without_its_year_is_no_whole_day() -> None:
    text = "Between 1 January and 30 September 2026."
    assert days_in(text, "en") == [dt.date(2026, 9, 30)]
    assert names_day(text, dt.date(2026, 1, 1), "en")
    assert not names_day(text, dt.date(2025, 1, 1), "en")


def test_an_english_date_in_figures_names_a_day_where_only_one_is_possible() -> None:
    assert days_in("5/23/2026 or 23/5/2026 or 4/4/2026", "en") == [dt.date(2026, 4, 4), dt.date(2026, 5, 23)]


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("A directive of September 2017", "en", True),
        ("Sept. 2017", "en", True),
        ("une directive de septembre 2017", "fr", True),
        ("september 2016", "en", False),
        ("2017-09", "en", False),
        ("September 2017", "tlh", False),
    ],
)
def test_a_month_is_named_with_its_year(text: str, language: str, *, named: bool) -> None:
    assert names_month(text, dt.date(2017, 9, 13), language) is named


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.sampled_from(LANGUAGES))
def test_every_day_that_we_write_is_found(day: dt.date, language: str) -> None:
    written = tongue_of(language).day(start_of_day(day))
    assert days_in(f"x {written}, y", language) == [day]
    assert names_day(written, day, language)


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "de", "zh", "ar", "", "x-y", "123"]))
def test_no_text_and_no_tag_makes_it_fail(text: str, language: str) -> None:
    assert all(1 <= day.month <= 12 for day in days_in(text, language))


@pytest.mark.parametrize("unit", ["1 ", "3 May ", "1/", "May ", "1-", "2026-"])
def test_a_long_text_takes_no_longer_than_its_length_asks_for(unit: str) -> None:
    begun = time.process_time()
    mentions_in(unit * (200_000 // len(unit)), "en")
    assert time.process_time() - begun < 5
