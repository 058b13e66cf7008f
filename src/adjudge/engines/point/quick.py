"""Atoms over one fact whose truth for a value can be looked up or told by one quick call.

Only operations that cannot fail and that Python decides as LANGUAGE.md does: comparisons within one simple type with
constants, membership in a constant list, `under` a constant, text functions. Everything else takes the general way.
"""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import re2

from adjudge.basis.instant import Duration, Instant
from adjudge.engines.point.closures import Entries, Known, function_of
from adjudge.facts.type import CodeType, Simple, Type
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Bound, Expr, FactValue, Now, Operation, Operator, facts_in, parts
from adjudge.language.failure import EvaluationError
from adjudge.language.operators import Concrete, compiled_pattern

_TEXTS = (Simple.STRING, Simple.COUNTRY, Simple.LANGUAGE)
_ORDERS = {Operator.LESS: "<", Operator.AT_MOST: "<=", Operator.GREATER: ">", Operator.AT_LEAST: ">="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True)
class OneOf:
    """True of these values; where `negated`, of all others."""

    values: frozenset[Value]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """True from `low` on and before `high`; a bound belongs to it or not."""

    low: Value | None = None
    high: Value | None = None
    with_low: bool = True
    with_high: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """True where a function of the value is: what neither values nor bounds tell."""

    holds: Callable[[Value], bool]


Test = OneOf | Range | Call


def quick_test(atom: Atom, fact: Fact, entries: Entries) -> Test | None:
    """The test of an atom on the value of its one fact; None where there is no quick one."""
    if len(atom.facts) != 1:
        return None
    expr = atom.expr
    if isinstance(expr, FactValue):
        return OneOf(frozenset({True})) if fact.type is Simple.BOOL else None
    if not isinstance(expr, Operation):
        return None
    if expr.operator in {Operator.EQUAL, Operator.UNEQUAL}:
        return _equality(expr, fact, entries)
    if expr.operator in _ORDERS:
        return _order(expr, fact, entries)
    if expr.operator is Operator.IN:
        return _membership(expr, fact, entries)
    return _function(expr, fact, entries)


def _equality(expr: Operation, fact: Fact, entries: Entries) -> Test | None:
    left, right = expr.arguments
    if isinstance(right, FactValue):
        left, right = right, left
    value = simple_constant(right, fact, entries) if isinstance(left, FactValue) else None
    return None if value is None else OneOf(frozenset({value}), expr.operator is Operator.UNEQUAL)


def _order(expr: Operation, fact: Fact, entries: Entries) -> Test | None:
    sign = _ORDERS[expr.operator]
    left, right = expr.arguments
    if isinstance(right, FactValue):
        left, right, sign = right, left, _MIRRORED[sign]
    value = simple_constant(right, fact, entries) if isinstance(left, FactValue) else None
    if value is None:
        return None
    if sign.startswith("<"):
        return Range(high=value, with_high=sign == "<=")
    return Range(low=value, with_low=sign == ">=")


def _membership(expr: Operation, fact: Fact, entries: Entries) -> Test | None:
    left, right = expr.arguments
    items = constant_value(right, entries) if isinstance(left, FactValue) else None
    if not isinstance(items, tuple) or not items or not all(_is_of(item, fact.type) for item in items):
        return None
    return OneOf(frozenset(items))  # type: ignore[arg-type]  # `_is_of` lets only simple values through


def _function(expr: Operation, fact: Fact, entries: Entries) -> Test | None:
    if len(expr.arguments) < 2 or not isinstance(expr.arguments[0], FactValue):  # noqa: PLR2004 - the fact and a text
        return None
    value = constant_value(expr.arguments[1], entries)
    if not isinstance(value, str):
        return None
    if expr.operator is Operator.UNDER:
        taxonomy = entries.taxonomies[expr.taxonomy]
        below = [code for code in taxonomy.parents if value in taxonomy and taxonomy.is_under(code, value)]
        return OneOf(frozenset(below)) if below else None
    return _text_test(expr.operator, value) if fact.type in _TEXTS else None


def _text_test(operator: Operator, text: str) -> Test | None:
    match operator:
        case Operator.STARTS_WITH:
            return _prefix(text)
        case Operator.ENDS_WITH:
            return Call(lambda value: str(value).endswith(text))
        case Operator.CONTAINS:
            return Call(lambda value: text in str(value))
        case Operator.MATCHES:
            return _pattern(text)
        case _:
            return None


def _prefix(text: str) -> Test:
    """Texts that start alike lie together in the order of texts: up to the prefix with its last character raised."""
    if not text or ord(text[-1]) == sys.maxunicode:
        return Call(lambda value: str(value).startswith(text))
    return Range(low=text, high=text[:-1] + chr(ord(text[-1]) + 1))


def _pattern(text: str) -> Test | None:
    try:
        search = compiled_pattern(text).search
    except (EvaluationError, re2.error):
        return None
    return Call(lambda value: search(value) is not None)


def simple_constant(expr: Expr, fact: Fact, entries: Entries) -> Value | None:
    """The constant that a fact is compared with, if Python compares the two as LANGUAGE.md does."""
    value = constant_value(expr, entries)
    return value if value is not None and _is_of(value, fact.type) else None  # type: ignore[return-value]  # as above


def constant_value(expr: Expr, entries: Entries) -> Concrete | None:
    """The value of a part that reads neither facts, variables nor the time; None where it has none."""
    if facts_in(expr) or _is_open(expr):
        return None
    try:
        return function_of(expr, entries)(Known({}, {}, Instant(0)))
    except EvaluationError:
        return None


def _is_open(expr: Expr) -> bool:
    return isinstance(expr, Bound | Now) or any(_is_open(part) for part in parts(expr))


def _is_of(value: Concrete, kind: Type) -> bool:
    """Whether Python compares this value with those of a type as LANGUAGE.md does."""
    match kind:
        case Simple.BOOL:
            return isinstance(value, bool)
        case Simple.INT | Simple.DECIMAL:
            return isinstance(value, int | Decimal) and not isinstance(value, bool)
        case Simple.STRING | Simple.COUNTRY | Simple.LANGUAGE | CodeType():
            return isinstance(value, str)
        case Simple.DATE:
            return isinstance(value, dt.date)
        case Simple.TIMESTAMP:
            return isinstance(value, Instant)
        case Simple.DURATION:
            return isinstance(value, Duration)
        case _:
            return False
