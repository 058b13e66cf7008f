"""Ranges of values with a natural order: what lies between two cuts, and what of a value or a record it stands for.

Not the conditions: `cuts` reads from these where one effect ends and the next begins.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Duration, Instant, day_of, start_of_day
from adjudge.facts.type import Simple, Type
from adjudge.facts.value import Money, Record, Value, is_int64
from adjudge.language.operators import Concrete

ORDERED = frozenset(
    {Simple.INT, Simple.DECIMAL, Simple.MONEY, Simple.DATE, Simple.TIMESTAMP, Simple.DURATION}
)
"""The types whose values are told as ranges."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place between values: just below one of them, or just above it."""

    value: Value
    above: bool


@dataclass(frozen=True, slots=True)
class Range:
    """The values between two cuts; None where it has no end."""

    low: Cut | None
    high: Cut | None


class FieldRange(NamedTuple):
    """A field of a record, and the values that may stand there."""

    name: str
    range: Range


class RecordRanges(NamedTuple):
    """A record, and those of its fields in which other values do the same, each by itself."""

    record: Record
    fields: tuple[FieldRange, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """For what some values stand. `beside` are facts on whose values the ends depend.

    Without `ranges` nothing is known of the values between those that are named.
    """

    ranges: tuple[Range, ...] = ()
    records: tuple[RecordRanges, ...] = ()
    beside: tuple[FactName, ...] = ()


ALONE = Spread()
"""Values that stand for themselves only."""


def point(value: Value) -> Range:
    """One value."""
    return Range(Cut(value, above=False), Cut(value, above=True))


def is_point(found: Range) -> bool:
    """Whether a range holds one value only."""
    low, high = found.low, found.high
    return low is not None and high is not None and low.value == high.value and high.above > low.above


def cut_of(kind: Type, at: Concrete, *, above: bool, like: Value) -> Cut | None:
    """The cut among the values of a type where a condition names another value; None where it cuts nothing.

    Amounts of money are cut in the currency of `like` only.
    """
    match at:
        case bool():
            return None
        case int() | Decimal():
            return _number_cut(kind, at, above=above)
        case Money() if kind is Simple.MONEY and isinstance(like, Money) and like.currency == at.currency:
            return Cut(at, above)
        case Duration() if kind is Simple.DURATION:
            return Cut(at, above)
        case Instant() | dt.date():
            return _moment_cut(kind, at, above=above)
        case _:
            return None


def _number_cut(kind: Type, at: int | Decimal, *, above: bool) -> Cut | None:
    if kind is Simple.DECIMAL:
        return Cut(Decimal(at), above)
    whole = math.floor(at)  # `//` of decimals cuts towards zero
    if kind is not Simple.INT or not is_int64(whole):
        return None
    return Cut(whole, above or whole != at)


def _moment_cut(kind: Type, at: Instant | dt.date, *, above: bool) -> Cut | None:
    """A day is its first instant."""
    instant = at if isinstance(at, Instant) else start_of_day(at)
    if kind is Simple.TIMESTAMP:
        return Cut(instant, above)
    if kind is not Simple.DATE:
        return None
    day = day_of(instant)
    return Cut(day, above or start_of_day(day) != instant)


def place_of(cut: Cut) -> tuple[str, Decimal, int]:
    """Where a cut lies: those of one currency beside one another, and between whole values only one place."""
    currency, number, is_whole = _number(cut.value)
    if is_whole:
        return currency, number + cut.above, 0
    return currency, number, 2 * cut.above


def _number(value: Value) -> tuple[str, Decimal, bool]:
    """A value as a number, and whether the next value is one more."""
    match value:
        case int():
            return "", Decimal(value), True
        case Decimal():
            return "", value, False
        case Money():
            return value.currency, value.amount, False
        case dt.date():
            return "", Decimal(value.toordinal()), True
        case Instant() | Duration():
            return "", Decimal(value.nanos), False
        case _:
            raise TypeError(value)


def cell(value: Value, cuts: Iterable[Cut]) -> Range:
    """The range between the cuts beside a value."""
    currency, number, _ = _number(value)
    here = currency, number, 1
    ordered = sorted(cuts, key=place_of)
    low = [cut for cut in ordered if place_of(cut) < here]
    high = [cut for cut in ordered if place_of(cut) > here]
    return Range(low[-1] if low else None, high[0] if high else None)


def united(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Ranges in their order, those that touch as one."""
    found: list[Range] = []
    for item in sorted(ranges, key=_order):
        last = found[-1] if found else None
        if last is not None and _touch(last, item):
            found[-1] = Range(last.low, _higher(last.high, item.high))
        else:
            found.append(item)
    return tuple(found)


def _currency(found: Range) -> str:
    """Of ranges of amounts the currency, else nothing."""
    ends = [cut.value.currency for cut in (found.low, found.high) if cut and isinstance(cut.value, Money)]
    return ends[0] if ends else ""


def _order(found: Range) -> tuple[str, int, tuple[str, Decimal, int]]:
    """By currency; what has no lower end first."""
    start = place_of(found.low) if found.low is not None else ("", Decimal(0), 0)
    return _currency(found), found.low is not None, start


def _touch(one: Range, other: Range) -> bool:
    """Whether a range that begins no earlier leaves no value out."""
    if _currency(one) != _currency(other):
        return False
    return one.high is None or other.low is None or place_of(other.low) <= place_of(one.high)


def _higher(one: Cut | None, other: Cut | None) -> Cut | None:
    if one is None or other is None:
        return None
    return max(one, other, key=place_of)


def joined_spread(spreads: Iterable[Spread]) -> Spread:
    """For what several values stand together; ranges only where each has some."""
    found = list(spreads)
    ranges = [item for spread in found for item in spread.ranges]
    return Spread(
        united(ranges) if all(spread.ranges for spread in found) else (),
        tuple(item for spread in found for item in spread.records),
        tuple(sorted({name for spread in found for name in spread.beside})),
    )
