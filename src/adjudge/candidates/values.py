"""Values of a type at and beside what conditions name, so that a change of an edge is met on both sides of it.

Not all values of the type, and none at random: the same mentions give the same values in the same order.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, DecimalException
from itertools import islice
from typing import assert_never

from adjudge.basis.instant import (
    NANOS,
    Duration,
    Instant,
    day_of,
    is_duration_in_range,
    is_in_range,
    start_of_day,
)
from adjudge.candidates.patterns import samples
from adjudge.facts.codes import COUNTRIES, canonical_language
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.facts.value import EXACT, Money, Record, Value, decimal_in_range, is_int64
from adjudge.facts.vocabulary import Taxonomy
from adjudge.language.operators import Concrete

MOST_VALUES = 40
_MOST_COMBINED = 6
"""Numbers that are added, subtracted and multiplied with one another, for conditions that compute."""
_LONGEST_MADE = 200
_DAY = dt.timedelta(days=1)
_SECOND = Duration(NANOS)
_ORDINARY_COUNTRIES = ("FR", "DE", "US")
_ORDINARY_LANGUAGES = ("en", "fr", "uk")
_CURRENCIES = ("EUR", "USD")


def values_of(
    kind: Type, mentions: Sequence[Concrete], taxonomies: Mapping[str, Taxonomy], now: Instant
) -> list[Value]:
    """At most `MOST_VALUES` values, each once."""
    found: dict[tuple[str, str], Value] = {}
    for value in islice(_values(kind, mentions, taxonomies, now), 20 * MOST_VALUES):
        found.setdefault((type(value).__name__, repr(value)), value)
        if len(found) >= MOST_VALUES:
            break
    return list(found.values())


def _values(
    kind: Type, mentions: Sequence[Concrete], taxonomies: Mapping[str, Taxonomy], now: Instant
) -> Iterator[Value]:
    match kind:
        case Simple():
            yield from _SIMPLE[kind](mentions, now)
        case CodeType():
            yield from _codes(taxonomies.get(kind.taxonomy), mentions)
        case RecordType():
            yield from (item for item in mentions if isinstance(item, Record))
            yield _plainest(kind, mentions, taxonomies, now)
        case ListType():
            return  # no fact and no field is a list
        case _:
            assert_never(kind)


def _plainest(
    kind: RecordType, mentions: Sequence[Concrete], taxonomies: Mapping[str, Taxonomy], now: Instant
) -> Record:
    fields = {
        name: next(iter(values_of(inner, mentions, taxonomies, now)), "") for name, inner in kind.fields
    }
    return Record(tuple(sorted(fields.items())))


def _truths(_mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    yield from (True, False)


def _countries(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    named = [item for item in mentions if isinstance(item, str) and item in COUNTRIES]
    yield from (*named, *_ORDINARY_COUNTRIES, *sorted(COUNTRIES))


def _languages(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    tags = (canonical_language(item) for item in mentions if isinstance(item, str))
    yield from (*(tag for tag in tags if tag), *_ORDINARY_LANGUAGES)


# numbers


def _numbers(mentions: Iterable[Concrete]) -> list[int | Decimal]:
    return [item for item in mentions if isinstance(item, int | Decimal) and not isinstance(item, bool)]


def _integers(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    found = [
        int(number.to_integral_value()) if isinstance(number, Decimal) else number
        for number in _numbers(mentions)
    ]
    steps = [number + step for number in found for step in (0, -1, 1)]
    few = found[:_MOST_COMBINED]
    combined = [
        value + step
        for one in few
        for other in few
        for value in (one + other, one - other, one * other, one // (other or 1))
        for step in (0, -1, 1)
    ]
    yield from (number for number in (*steps, 0, 1, *combined) if is_int64(number))


def _decimals(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    found = [Decimal(number) for number in _numbers(mentions)]
    for number in found:
        yield from _beside(number)
    yield from (Decimal(0), Decimal(1))
    few = found[:_MOST_COMBINED]
    for one in few:
        for other in few:
            for compute in (EXACT.add, EXACT.subtract, EXACT.multiply):
                yield from _in_range(compute, one, other)


def _beside(number: Decimal) -> Iterator[Decimal]:
    """The number, one in its last place less and more, and one that has a digit more."""
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)
    yield from _in_range(EXACT.add, number, Decimal(0))
    yield from _in_range(EXACT.subtract, number, step)
    yield from _in_range(EXACT.add, number, step)
    yield from _in_range(EXACT.add, number, step.scaleb(-1))


def _in_range(
    compute: Callable[[Decimal, Decimal], Decimal], one: Decimal, other: Decimal
) -> Iterator[Decimal]:
    try:
        normal = decimal_in_range(compute(one, other))
    except DecimalException:
        return
    if normal is not None:
        yield normal


def _money(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    found = [item for item in mentions if isinstance(item, Money)]
    for item in found:
        yield from (Money(amount, item.currency) for amount in _beside(item.amount))
    currencies = list(dict.fromkeys([*(item.currency for item in found), *_CURRENCIES]))
    yield from (Money(Decimal(1), currency) for currency in currencies[: 2 + len(found)])


# moments


def _days(mentions: Iterable[Concrete]) -> Iterator[dt.date]:
    for item in mentions:
        if isinstance(item, dt.date):
            yield item
        elif isinstance(item, Instant):
            yield day_of(item)


def _dates(mentions: Sequence[Concrete], now: Instant) -> Iterator[Value]:
    lengths = [item for item in mentions if isinstance(item, Duration)]
    shifted = [
        day_of(moment) for length in lengths for moment in _shifted(now, length) if is_in_range(moment)
    ]
    for day in (*_days(mentions), day_of(now), *shifted):
        yield day
        for step in (-_DAY, _DAY):
            try:
                yield day + step
            except OverflowError:
                continue


def _shifted(moment: Instant, length: Duration) -> tuple[Instant, Instant]:
    return Instant(moment.nanos + length.nanos), Instant(moment.nanos - length.nanos)


def _timestamps(mentions: Sequence[Concrete], now: Instant) -> Iterator[Value]:
    days = [start_of_day(day) for day in _days(mentions)]
    exact = [item for item in mentions if isinstance(item, Instant)]
    lengths = [item for item in mentions if isinstance(item, Duration)]
    shifted = [moment for length in lengths for moment in _shifted(now, length)]
    for moment in (*exact, *days, now, *shifted):
        for near in (moment, *reversed(_shifted(moment, _SECOND))):
            if is_in_range(near):
                yield near


def _durations(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    found = [item for item in mentions if isinstance(item, Duration)]
    for length in (*found, Duration(0)):
        for step in (0, -NANOS, NANOS):
            near = Duration(length.nanos + step)
            if is_duration_in_range(near):
                yield near


# texts and codes


def _texts(mentions: Sequence[Concrete], _now: Instant) -> Iterator[Value]:
    found = [item for item in mentions if isinstance(item, str)]
    yield from found
    yield from ("x", "y", "")
    for text in found:
        yield from (text + "x", "x" + text, text[:-1])
        yield from samples(text)
    sizes = [
        number for number in _numbers(mentions) if isinstance(number, int) and 0 <= number < _LONGEST_MADE
    ]
    yield from ("x" * size for number in sizes for size in (number, max(0, number - 1), number + 1))


def _codes(tree: Taxonomy | None, mentions: Sequence[Concrete]) -> Iterator[str]:
    """The named nodes with those directly below and above, then the others; sorted, since a sealed tree is too."""
    if tree is None:
        return
    ordered = sorted(tree.parents.items())
    named = [item for item in mentions if isinstance(item, str) and item in tree]
    yield from named
    wanted = set(named)
    for code, parent in ordered:
        if parent in wanted or any(tree.parents[name] == code for name in named):
            yield code
    roots = [code for code, parent in ordered if parent is None]
    yield from (*roots, *(code for code, _ in ordered))


_SIMPLE: dict[Simple, Callable[[Sequence[Concrete], Instant], Iterator[Value]]] = {
    Simple.BOOL: _truths,
    Simple.INT: _integers,
    Simple.DECIMAL: _decimals,
    Simple.STRING: _texts,
    Simple.DATE: _dates,
    Simple.TIMESTAMP: _timestamps,
    Simple.DURATION: _durations,
    Simple.COUNTRY: _countries,
    Simple.LANGUAGE: _languages,
    Simple.MONEY: _money,
}
