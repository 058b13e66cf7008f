"""Atoms that one Python expression can test, given the one value of their one fact.

Only operations that cannot fail and that Python decides as LANGUAGE.md does: comparisons within one simple type with
constants, membership in a constant list, `under` a constant, text functions. Everything else takes the general way.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

import re2

from adjudge.basis.instant import Duration, Instant
from adjudge.engines.point.closures import Entries, Known, function_of
from adjudge.facts.type import CodeType, Simple, Type
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import Atom, Bound, Expr, FactValue, Now, Operation, Operator, facts_in, parts
from adjudge.language.operators import Concrete, EvaluationError, compiled_pattern

_TEXTS = (Simple.STRING, Simple.COUNTRY, Simple.LANGUAGE)
_COMPARISONS = {
    Operator.EQUAL: "==",
    Operator.UNEQUAL: "!=",
    Operator.LESS: "<",
    Operator.AT_MOST: "<=",
    Operator.GREATER: ">",
    Operator.AT_LEAST: ">=",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_TEXT_TESTS = {
    Operator.STARTS_WITH: "v.startswith({0})",
    Operator.ENDS_WITH: "v.endswith({0})",
    Operator.CONTAINS: "{0} in v",
}


@dataclass(slots=True)
class Constants:
    """Values that generated code reads by name; the only way in which a policy's content reaches it."""

    namespace: dict[str, object] = field(default_factory=dict)

    def name(self, value: object) -> str:
        """A new name for a value."""
        name = f"K{len(self.namespace)}"
        self.namespace[name] = value
        return name


def quick_test(atom: Atom, fact: Fact, entries: Entries, constants: Constants) -> str | None:
    """A Python expression over `v`, the fact's value, for the truth of an atom; None where there is no quick one."""
    if len(atom.facts) != 1:
        return None
    return _test(atom.expr, fact, entries, constants)


def _test(expr: Expr, fact: Fact, entries: Entries, constants: Constants) -> str | None:
    if isinstance(expr, FactValue):
        return "v" if fact.type is Simple.BOOL else None
    if not isinstance(expr, Operation):
        return None
    if expr.operator in _COMPARISONS:
        return _comparison(expr, fact, entries, constants)
    if expr.operator is Operator.IN:
        return _membership(expr, fact, entries, constants)
    return _function(expr, fact, entries, constants)


def _comparison(expr: Operation, fact: Fact, entries: Entries, constants: Constants) -> str | None:
    sign = _COMPARISONS[expr.operator]
    left, right = expr.arguments
    if isinstance(right, FactValue):
        left, right, sign = right, left, _MIRRORED.get(sign, sign)
    if not isinstance(left, FactValue):
        return None
    value = constant_value(right, entries)
    if value is None or not _is_of(value, fact.type):
        return None
    return f"v {sign} {constants.name(value)}"


def _membership(expr: Operation, fact: Fact, entries: Entries, constants: Constants) -> str | None:
    left, right = expr.arguments
    items = constant_value(right, entries) if isinstance(left, FactValue) else None
    if not isinstance(items, tuple) or not items or not all(_is_of(item, fact.type) for item in items):
        return None
    return f"v in {constants.name(frozenset(items))}"


def _function(expr: Operation, fact: Fact, entries: Entries, constants: Constants) -> str | None:
    if not expr.arguments or not isinstance(expr.arguments[0], FactValue):
        return None
    value = constant_value(expr.arguments[1], entries) if len(expr.arguments) > 1 else None
    if not isinstance(value, str):
        return None
    if expr.operator is Operator.UNDER:
        taxonomy = entries.taxonomies[expr.taxonomy]
        below = frozenset(
            code for code in taxonomy.parents if value in taxonomy and taxonomy.is_under(code, value)
        )
        return f"v in {constants.name(below)}" if below else None
    if fact.type in _TEXTS and expr.operator in _TEXT_TESTS:
        return _TEXT_TESTS[expr.operator].format(constants.name(value))
    if fact.type in _TEXTS and expr.operator is Operator.MATCHES:
        return _pattern_test(value, constants)
    return None


def _pattern_test(text: str, constants: Constants) -> str | None:
    try:
        pattern = compiled_pattern(text)
    except (EvaluationError, re2.error):
        return None
    return f"{constants.name(pattern.search)}(v) is not None"


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
