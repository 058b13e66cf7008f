"""The meaning of an expression inside an atom: CEL's, on concrete values, one case per node.

Not weighed. Nothing here is cached and nothing is clever: this is the page that the engines are compared with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import NO_VOCABULARY, Vocabulary
from adjudge.language import failure
from adjudge.language.core import (
    Bound,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    ListEntry,
    ListMacro,
    ListOf,
    Now,
    Operation,
    Operator,
    ParamEntry,
    size_of,
)
from adjudge.language.failure import EvaluationError, fail
from adjudge.language.operators import APPLIED, Concrete, Steps


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an expression may read besides its facts: the valid time, and what is in force then."""

    now: Instant
    lists: Mapping[str, Concrete] = field(default_factory=dict)
    params: Mapping[str, Concrete] = field(default_factory=dict)
    vocabulary: Vocabulary = NO_VOCABULARY
    steps: Steps | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """One value for every fact and variable in question."""

    facts: Mapping[FactName, Value] = field(default_factory=dict)
    variables: Mapping[str, Concrete] = field(default_factory=dict)


def value_of(expr: Expr, binding: Binding, around: Surroundings) -> Concrete:
    """The value of an expression; raises EvaluationError where it has none."""
    match expr:
        case Constant():
            return expr.value
        case ListOf():
            return tuple(value_of(item, binding, around) for item in expr.items)
        case FactValue():
            return binding.facts[expr.fact]
        case Bound():
            return _variable(expr.name, binding)
        case Now():
            return around.now
        case ListEntry() | ParamEntry():
            return _entry(expr, around)
        case FieldValue():
            return _field(value_of(expr.record, binding, around), expr.name)
        case Operation():
            return _operation(expr, binding, around)
        case ListMacro():
            return _macro(expr, binding, around)
    assert_never(expr)


def _variable(name: str, binding: Binding) -> Concrete:
    return binding.variables[name] if name in binding.variables else fail(failure.no_variable(name))


def _entry(expr: ListEntry | ParamEntry, around: Surroundings) -> Concrete:
    """LANGUAGE.md 3.8: what is not in force has no value."""
    table = around.lists if isinstance(expr, ListEntry) else around.params
    return table[expr.name] if expr.name in table else fail(failure.no_entry(expr))


def _field(record: Concrete, name: str) -> Concrete:
    found = record.get(name) if isinstance(record, Record | dict) else None
    return found if found is not None else fail(failure.no_field(name))


def _operation(expr: Operation, binding: Binding, around: Surroundings) -> Concrete:
    if expr.operator in {Operator.AND, Operator.OR}:
        return _logic(expr, binding, around)
    arguments = [value_of(argument, binding, around) for argument in expr.arguments]
    if expr.operator is Operator.NOT:
        return not _truth(arguments[0])
    if expr.operator is Operator.UNDER:
        return _under(arguments[0], arguments[1], expr.taxonomy, around)
    return APPLIED[expr.operator](*arguments)


def _logic(expr: Operation, binding: Binding, around: Surroundings) -> bool:
    """CEL's `&&` and `||`: commutative, and an operand that decides absorbs the errors of the others."""
    deciding = expr.operator is Operator.OR
    error = None
    for operand in expr.arguments:
        try:
            if _truth(value_of(operand, binding, around)) is deciding:
                return deciding
        except EvaluationError as raised:
            error = error or raised
    if error:
        raise error
    return not deciding


def _truth(value: Concrete) -> bool:
    return value if isinstance(value, bool) else fail(failure.TRUTH_NEEDED)


def _under(code: Concrete, above: Concrete, taxonomy: str, around: Surroundings) -> bool:
    tree = around.vocabulary.taxonomies[taxonomy]
    if not isinstance(above, str) or above not in tree:
        fail(failure.no_code(above, taxonomy))
    return tree.is_under(str(code), above)


def _macro(expr: ListMacro, binding: Binding, around: Surroundings) -> bool:
    """`exists`, `all` and `has` of plain CEL; errors are absorbed as by `||` and `&&`."""
    source = value_of(expr.source, binding, around)
    if expr.macro == "has":
        name = expr.body.value if isinstance(expr.body, Constant) else ""
        return name in source if isinstance(source, dict) else fail(failure.MAP_NEEDED)
    deciding = expr.macro == "exists"
    error = None
    items = source if isinstance(source, tuple | dict) else fail(failure.LIST_NEEDED)
    if around.steps is not None:
        around.steps.spend(len(items) * size_of(expr.body))
    for item in items:
        inner = Binding(binding.facts, {**binding.variables, expr.variable: item})
        try:
            if _truth(value_of(expr.body, inner, around)) is deciding:
                return deciding
        except EvaluationError as raised:
            error = error or raised
    if error:
        raise error
    return not deciding
