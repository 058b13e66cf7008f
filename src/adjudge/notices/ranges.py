"""Ranges of values as people say them: `18 or more`, `any day after 20 July 2026`, `from 3 to 5`.

Not the ranges themselves: `adjudge.recourse.ranges` has them, with the ends that the conditions set.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from adjudge.basis.instant import Instant
from adjudge.basis.said import Either, Said, say
from adjudge.facts.value import Value
from adjudge.recourse.ranges import Cut, Range, is_point

Write = Callable[[Value], object]
"""How a single value is written."""
_DAY = dt.timedelta(days=1)


def ranges_said(ranges: Sequence[Range], write: Write) -> object:
    """All of some ranges that follow one another."""
    found = [_whole(item) for item in ranges]
    if len(found) == len("<>") and (hole := _hole(found[0], found[1])) is not None:
        return say("any other than {value}", value=write(hole))
    said = [_said(item, write) for item in found]
    return said[0] if len(said) == 1 else Either(said)


def range_said(found: Range, write: Write) -> object:
    """One range."""
    return _said(_whole(found), write)


def _whole(found: Range) -> Range:
    """A range of whole numbers or, between two ends, of days by its first and its last, both within."""
    low, high = found.low, found.high
    if low is not None and (_is_int(low) or (high is not None and isinstance(low.value, dt.date))):
        low = Cut(_moved(low.value, 1), above=False) if low.above else low
    if high is not None and (_is_int(high) or (low is not None and isinstance(high.value, dt.date))):
        high = high if high.above else Cut(_moved(high.value, -1), above=True)
    return Range(low, high)


def _is_int(cut: Cut) -> bool:
    return isinstance(cut.value, int)


def _moved(value: Value, steps: int) -> Value:
    """The next whole number or day, or the one before."""
    if isinstance(value, int):
        return value + steps
    return value + steps * _DAY if isinstance(value, dt.date) else value


def _hole(one: Range, other: Range) -> Value | None:
    """The one value that two ranges without other ends leave out."""
    if one.low is not None or other.high is not None or one.high is None or other.low is None:
        return None
    if one.high.value == other.low.value:
        return one.high.value
    left = _moved(one.high.value, 1)
    return left if isinstance(left, int) and left + 1 == other.low.value else None


def _said(found: Range, write: Write) -> object:
    low, high = found.low, found.high
    if is_point(found) and low is not None:
        return write(low.value)
    if low is None and high is None:
        return say("any value")
    is_time = any(isinstance(cut.value, dt.date | Instant) for cut in (low, high) if cut is not None)
    if low is None:
        return _below(high, write, is_time=is_time)
    if high is None:
        return _beyond(low, write, is_time=is_time)
    return _between(low, high, write)


def _below(high: Cut | None, write: Write, *, is_time: bool) -> Said:
    assert high is not None  # noqa: S101 - one of the ends is there
    value = write(high.value)
    if is_time:
        if high.above:
            return say("{value} or any time before", value=value)
        return say("any time before {value}", value=value)
    return say("at most {value}", value=value) if high.above else say("less than {value}", value=value)


def _beyond(low: Cut, write: Write, *, is_time: bool) -> Said:
    value = write(low.value)
    if isinstance(low.value, dt.date) and low.above:
        return say("any day after {value}", value=value)
    if is_time:
        if low.above:
            return say("any time after {value}", value=value)
        return say("{value} or any time after", value=value)
    return say("more than {value}", value=value) if low.above else say("{value} or more", value=value)


def _between(low: Cut, high: Cut, write: Write) -> Said:
    parts = {"low": write(low.value), "high": write(high.value)}
    if high.above:
        if low.above:
            return say("more than {low} and at most {high}", **parts)
        return say("from {low} to {high}", **parts)
    if low.above:
        return say("more than {low} and less than {high}", **parts)
    return say("{low} or more and less than {high}", **parts)
