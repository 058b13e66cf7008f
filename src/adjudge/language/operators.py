"""What each operator and function means on concrete values: CEL's meaning, and ours where CEL has no such type.

Not weighed: here everything is known. An operation that has no result raises `EvaluationError`, which evaluators turn
into LANGUAGE.md 3.7 and never into a verdict. Types are checked again here, since plain CEL comes unchecked.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from functools import lru_cache

import re2

from adjudge.basis.instant import (
    Duration,
    Instant,
    is_duration_in_range,
    is_in_range,
    parse_date,
    parse_duration,
    parse_timestamp,
    start_of_day,
)
from adjudge.basis.said import Said, say
from adjudge.facts.codes import CURRENCIES
from adjudge.facts.value import (
    EXACT,
    INT_LEAST,
    Money,
    Record,
    Value,
    decimal_in_range,
    is_int64,
    parse_decimal,
)
from adjudge.language.core import Operator
from adjudge.language.failure import EvaluationError, fail

Concrete = Value | tuple["Concrete", ...] | dict[str, "Concrete"]
"""A value of a fact, a list, or (in plain CEL only) a map."""

LARGEST_PATTERN_MEMORY = 1 << 20
LONGEST_PATTERN = 1_000
LONGEST_JOINED = 1_000_000
"""Characters of a text, or items of a list, that `+` may make: a sum of sums would grow without end."""


@dataclass(slots=True)
class Steps:
    """How much work the macros of one plain expression may still do; packages have no such macros (3.1.1)."""

    left: int

    def spend(self, count: int) -> None:
        """Raise EvaluationError where nothing is left."""
        self.left -= count
        if self.left < 0:
            fail(say("the macros take too many steps"))


def equal(left: Concrete, right: Concrete) -> bool:
    """`left == right`. Numbers compare by value across int and decimal, never with a truth value."""
    if isinstance(left, bool) or isinstance(right, bool):
        return isinstance(left, bool) and isinstance(right, bool) and left == right
    if isinstance(left, Money) and isinstance(right, Money):
        return _same_currency(left, right) and left.amount == right.amount
    if isinstance(left, Record) and isinstance(right, Record):
        return _all_equal(dict(left.fields), dict(right.fields))
    if isinstance(left, dict) and isinstance(right, dict):
        return _all_equal(left, right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and _conjoin(zip(left, right, strict=True))
    if _are_moments(left, right):
        return _instant(left) == _instant(right)
    return _same_class(left, right) and left == right


def _same_class(left: Concrete, right: Concrete) -> bool:
    numbers = (int, Decimal)
    return type(left) is type(right) or (isinstance(left, numbers) and isinstance(right, numbers))


def _all_equal(left: Mapping[str, Concrete], right: Mapping[str, Concrete]) -> bool:
    return left.keys() == right.keys() and _conjoin((left[key], right[key]) for key in left)


def _conjoin(pairs: Iterable[tuple[Concrete, Concrete]]) -> bool:
    """Whether all pairs are equal; a difference decides even where another pair errs, as `&&` does."""
    error = None
    for one, other in pairs:
        try:
            if not equal(one, other):
                return False
        except EvaluationError as failure:
            error = failure
    if error:
        raise error
    return True


def member(value: Concrete, items: Concrete) -> bool:
    """`value in items`: an equal item decides even where another comparison errs."""
    if isinstance(items, dict):
        return isinstance(value, str) and value in items
    if not isinstance(items, tuple):
        fail(say("`in` needs a list"))
    if isinstance(value, str):
        return value in items  # a text equals texts only, and comparing one never errs
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return any(item == value for item in items if not isinstance(item, bool))  # numbers, by value
    error = None
    for item in items:
        try:
            if equal(value, item):
                return True
        except EvaluationError as failure:
            error = failure
    if error:
        raise error
    return False


def compare(left: Concrete, right: Concrete) -> int:
    """Negative, zero or positive; an error where the two have no order."""
    if isinstance(left, bool) != isinstance(right, bool):
        fail(say("a truth value has no order beside another type"))
    if isinstance(left, Money) and isinstance(right, Money):
        _same_currency(left, right)
        return _order(left.amount, right.amount)
    if _are_moments(left, right):
        return _order(_instant(left), _instant(right))
    if isinstance(left, int | Decimal | str | Duration) and _same_class(left, right):
        return _order(left, right)
    return fail(say("these values have no order"))


def _order(left: object, right: object) -> int:
    return -1 if left < right else 1 if left > right else 0  # type: ignore[operator]  # callers give one ordered type


def _same_currency(left: Money, right: Money) -> bool:
    if left.currency != right.currency:
        fail(say("{one} and {other} cannot be compared", one=left.currency, other=right.currency))
    return True


def _are_moments(left: Concrete, right: Concrete) -> bool:
    moments = (dt.date, Instant)
    return isinstance(left, moments) and isinstance(right, moments)


def _instant(value: Concrete) -> Instant:
    """A date is its 00:00 UTC. LANGUAGE.md 3.8."""
    if isinstance(value, dt.date):
        return start_of_day(value)
    return value if isinstance(value, Instant) else fail(say("a moment is needed here"))


def _whole(value: int) -> int:
    return value if is_int64(value) else fail(say("the result does not fit in 64 bits"))


def _exact(value: Decimal) -> Decimal:
    normal = decimal_in_range(value)
    return normal if normal is not None else fail(say("the result has more digits than a decimal holds"))


def _moment(nanos: int) -> Instant:
    instant = Instant(nanos)
    return instant if is_in_range(instant) else fail(say("the result lies outside the years 1 to 9999"))


def _length(nanos: int) -> Duration:
    duration = Duration(nanos)
    return duration if is_duration_in_range(duration) else fail(say("the duration is out of range"))


def _is_int(value: Concrete) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def add(left: Concrete, right: Concrete) -> Concrete:
    """Sum, concatenation, or a moment moved by a duration."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return (
            left + right if len(left) + len(right) <= LONGEST_JOINED else fail(say("the list grows too long"))
        )
    if isinstance(left, str) and isinstance(right, str):
        return (
            left + right if len(left) + len(right) <= LONGEST_JOINED else fail(say("the text grows too long"))
        )
    if isinstance(left, Duration) and isinstance(right, dt.date | Instant):
        return _moment(_instant(right).nanos + left.nanos)
    if isinstance(left, dt.date | Instant) and isinstance(right, Duration):
        return _moment(_instant(left).nanos + right.nanos)
    return _arithmetic(left, right, lambda a, b: a + b, EXACT.add, say("these values cannot be added"))


def subtract(left: Concrete, right: Concrete) -> Concrete:
    """Difference, of numbers, durations or moments."""
    if _are_moments(left, right):
        return _length(_instant(left).nanos - _instant(right).nanos)
    if isinstance(left, dt.date | Instant) and isinstance(right, Duration):
        return _moment(_instant(left).nanos - right.nanos)
    return _arithmetic(
        left, right, lambda a, b: a - b, EXACT.subtract, say("these values cannot be subtracted")
    )


def multiply(left: Concrete, right: Concrete) -> Concrete:
    """Product of two integers or two decimals."""
    if isinstance(left, Duration):
        fail(say("durations cannot be multiplied"))
    return _arithmetic(
        left, right, lambda a, b: a * b, EXACT.multiply, say("these values cannot be multiplied")
    )


def _arithmetic(
    left: Concrete,
    right: Concrete,
    whole: Callable[[int, int], int],
    exact: Callable[[Decimal, Decimal], Decimal],
    reason: Said,
) -> Concrete:
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _length(whole(left.nanos, right.nanos))
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _exact(exact(left, right))
        except DecimalException:
            fail(say("the result has more digits than a decimal holds"))
    if isinstance(left, int) and isinstance(right, int) and _is_int(left) and _is_int(right):
        return _whole(whole(left, right))
    return fail(reason)


def divide(left: Concrete, right: Concrete) -> Concrete:
    """Quotient of two integers, truncated toward zero as in CEL; decimals are not divided."""
    dividend, divisor = _two_integers(left, right)
    if divisor == 0:
        fail(say("division by zero"))
    quotient = abs(dividend) // abs(divisor)
    return _whole(quotient if (dividend < 0) == (divisor < 0) else -quotient)


def remainder(left: Concrete, right: Concrete) -> Concrete:
    """Remainder of two integers; it has the sign of the dividend, as in CEL."""
    dividend, divisor = _two_integers(left, right)
    if divisor == 0:
        fail(say("remainder by zero"))
    if dividend == INT_LEAST and divisor == -1:
        fail(say("the result does not fit in 64 bits"))  # nor does the quotient; CEL's implementations agree
    rest = abs(dividend) % abs(divisor)
    return -rest if dividend < 0 else rest


def _two_integers(left: Concrete, right: Concrete) -> tuple[int, int]:
    if isinstance(left, int) and isinstance(right, int) and _is_int(left) and _is_int(right):
        return left, right
    return fail(say("only whole numbers can be divided"))


def negate(value: Concrete) -> Concrete:
    """Unary minus."""
    if isinstance(value, int) and _is_int(value):
        return _whole(-value)
    return EXACT.minus(value) if isinstance(value, Decimal) else fail(say("only numbers can be negated"))


def size(value: Concrete) -> int:
    """Code points of a text, items of a list."""
    return (
        len(value) if isinstance(value, str | tuple | dict) else fail(say("only texts and lists have a size"))
    )


def _two_texts(left: Concrete, right: Concrete) -> tuple[str, str]:
    if isinstance(left, str) and isinstance(right, str):
        return left, right
    return fail(say("a text is needed here"))


@lru_cache(maxsize=256)
def compiled_pattern(text: str) -> "re2._Regexp[str]":
    """An RE2 pattern, ready to search; raises EvaluationError where the text is none, or too large a one."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = LARGEST_PATTERN_MEMORY
    if len(text) > LONGEST_PATTERN:
        fail(say("the pattern is too long"))
    try:
        return re2.compile(text, options)
    except re2.error as error:
        raise EvaluationError(say("the pattern is not RE2 syntax, or too large")) from error


def matches(text: Concrete, pattern: Concrete) -> bool:
    """Whether an RE2 pattern matches some part of a text, in time linear in the text."""
    subject, expression = _two_texts(text, pattern)
    return compiled_pattern(expression).search(subject) is not None


def to_date(value: Concrete) -> Concrete:
    """`date('2020-01-31')`."""
    if isinstance(value, dt.date):
        return value
    found = parse_date(value) if isinstance(value, str) else None
    return found if found is not None else fail(say("this is not a date"))


def to_timestamp(value: Concrete) -> Concrete:
    """`timestamp('2020-01-31T00:00:00Z')`."""
    if isinstance(value, dt.date | Instant):
        return _instant(value)
    found = parse_timestamp(value) if isinstance(value, str) else None
    return found if found is not None else fail(say("this is not a timestamp"))


def to_duration(value: Concrete) -> Concrete:
    """`duration('720h')`."""
    if isinstance(value, Duration):
        return value
    found = parse_duration(value) if isinstance(value, str) else None
    return found if found is not None else fail(say("this is not a duration"))


def to_money(amount: Concrete, currency: Concrete) -> Concrete:
    """`money('5.00', 'EUR')`."""
    text, code = _two_texts(amount, currency)
    found = parse_decimal(text)
    if found is None:
        fail(say("this is not an amount"))
    return Money(found, code) if code in CURRENCIES else fail(say("this is not a currency"))


APPLIED: dict[Operator, Callable[..., Concrete]] = {
    Operator.EQUAL: equal,
    Operator.UNEQUAL: lambda a, b: not equal(a, b),
    Operator.LESS: lambda a, b: compare(a, b) < 0,
    Operator.AT_MOST: lambda a, b: compare(a, b) <= 0,
    Operator.GREATER: lambda a, b: compare(a, b) > 0,
    Operator.AT_LEAST: lambda a, b: compare(a, b) >= 0,
    Operator.IN: member,
    Operator.ADD: add,
    Operator.SUBTRACT: subtract,
    Operator.MULTIPLY: multiply,
    Operator.DIVIDE: divide,
    Operator.REMAINDER: remainder,
    Operator.NEGATE: negate,
    Operator.SIZE: size,
    Operator.STARTS_WITH: lambda a, b: str.startswith(*_two_texts(a, b)),
    Operator.ENDS_WITH: lambda a, b: str.endswith(*_two_texts(a, b)),
    Operator.CONTAINS: lambda a, b: _two_texts(a, b)[1] in _two_texts(a, b)[0],
    Operator.MATCHES: matches,
    Operator.DATE: to_date,
    Operator.TIMESTAMP: to_timestamp,
    Operator.DURATION: to_duration,
    Operator.MONEY: to_money,
}
"""The strict operators and functions. Evaluators have `&&`, `||` and `!`, and `under`, which needs a tree."""
