"""Days in a text, as its language writes them: `3 May 2026`, `May 3, 2026`, `2026-05-03`, `03.05.2026`.

Not a calendar of expressions: “next Friday” and “in a month” name no day that everybody would count the same.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import re2
from babel import Locale, UnknownLocaleError

from adjudge.notices.plain import plain
from adjudge.tongues.tongue import ENGLISH

_FIGURES = re2.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:\D|$)")
_DOTTED = re2.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SLASHED = re2.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_IDEOGRAPHS = re2.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_ORDINAL = r"(?:st|nd|rd|th|er|re|o|a|\.)?"
_OF = r"(?:of |de |del |d')?"
_TO = r"(?:to|until|till|through|and|au|et|bis|und|al|y|-|–)"
_YEAR = r"(?:\.?,? (?:of |de |del )?(\d{4})(?:\D|$)|\.?(?:[^\pL\pN]|$))"


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names; `year` is None where it leaves the year to be understood."""

    year: int | None
    month: int
    day: int


def mentions_in(text: str, language: str) -> frozenset[Mention]:
    """Every day that a text names. `language` is a tag; of one without a calendar of CLDR, figures only are read."""
    bare = " ".join(plain(text).lower().split())
    return frozenset((*_in_figures(bare, language), *_in_words(bare, language)))


def days_in(text: str, language: str) -> list[dt.date]:
    """The days that a text names with their years, earliest first."""
    found = (_date(mention.year, mention) for mention in mentions_in(text, language) if mention.year)
    return sorted(day for day in found if day is not None)


def names_day(text: str, day: dt.date, language: str) -> bool:
    """Whether a text names a day. Where it leaves the year to be understood, the year must stand elsewhere in it."""
    whole = Mention(day.year, day.month, day.day)
    found = mentions_in(text, language)
    return whole in found or (Mention(None, day.month, day.day) in found and _holds_year(text, day.year))


def names_month(text: str, day: dt.date, language: str) -> bool:
    """Whether a text names the month of a day, with its year, and no day of that month."""
    if any((found.year, found.month) == (day.year, day.month) for found in mentions_in(text, language)):
        return False
    bare = " ".join(plain(text).lower().split())
    names = [name for name, month in _months(language).items() if month == day.month]
    listed = "|".join(re2.escape(name) for name in names)
    return (
        bool(names)
        and re2.search(rf"(?:^|[^\pL])(?:{listed})\.?,? (?:de |of )?{day.year}\b", bare) is not None
    )


def _holds_year(text: str, year: int) -> bool:
    return re2.search(rf"\b{year}\b", text) is not None


def _in_figures(bare: str, language: str) -> Iterable[Mention]:
    for year, month, day in (*_FIGURES.findall(bare), *_IDEOGRAPHS.findall(bare)):
        yield Mention(int(year), int(month), int(day))
    for day, month, year in _DOTTED.findall(bare):
        yield Mention(int(year), int(month), int(day))
    for first, second, year in _SLASHED.findall(bare):
        yield from _slashed(int(first), int(second), int(year), language)


def _slashed(first: int, second: int, year: int, language: str) -> Iterable[Mention]:
    """English is read by people who put the month first: 3/5/2026 names no day there, 23/5/2026 and 5/23/2026 do."""
    if not _is_english(language):
        yield Mention(year, second, first)
    elif first > _MONTHS or second > _MONTHS or first == second:
        yield Mention(year, min(first, second), max(first, second))


_MONTHS = 12
_BRITISH = "en-GB"
"""Has other short names of months than American English."""


def _is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == ENGLISH


def _in_words(bare: str, language: str) -> Iterable[Mention]:
    if not _months(language):
        return
    for pattern, month_first in _patterns(language):
        for found in pattern.findall(bare):
            day, month, year = (found[1], found[0], found[2]) if month_first else found
            yield Mention(int(year) if year else None, _months(language)[month], int(day))


@cache
def _patterns(language: str) -> tuple[tuple["re2._Regexp", bool], ...]:
    """Day before month, the first day of a span within one month, and month before day."""
    names = sorted(_months(language), key=len, reverse=True)
    month = f"({'|'.join(re2.escape(name) for name in names)})"
    return (
        (re2.compile(rf"\b(\d{{1,2}}){_ORDINAL} {_OF}{month}{_YEAR}"), False),
        (
            re2.compile(rf"\b(\d{{1,2}}){_ORDINAL} ?{_TO} ?(?:the )?\d{{1,2}}{_ORDINAL} {_OF}{month}{_YEAR}"),
            False,
        ),
        (re2.compile(rf"(?:^|[^\pL]){month}\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?(?:\D|$)"), True),
    )


@cache
def _months(language: str) -> dict[str, int]:
    """The names of the months, whole and short; empty where CLDR does not know the language."""
    tags = (language, _BRITISH) if _is_english(language) else (language,)
    return {name: month for tag in tags for name, month in _months_of(tag).items()}


def _months_of(tag: str) -> dict[str, int]:
    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        plain(name).lower().strip("."): month
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for month, name in locale.months[context][width].items()
        if any(sign.isalpha() for sign in name)
    }


def _date(year: int | None, mention: Mention) -> dt.date | None:
    try:
        return dt.date(year or 0, mention.month, mention.day)
    except ValueError:  # the 31st of June
        return None
