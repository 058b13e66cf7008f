"""A concrete expression as a Python function; the general way, where generated code has no quick one.

Not the meaning, which is `spec`; the same operators on concrete values are used (`adjudge.language.operators`), with
everything else written again, so that the two can be compared.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, assert_never

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.facts.value import Record, Value
from adjudge.facts.vocabulary import Taxonomy
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
)
from adjudge.language.failure import EvaluationError, fail, no_code, no_entry, no_field
from adjudge.language.operators import APPLIED, Concrete


class Known(NamedTuple):
    """One value for each fact and variable in question, and the valid time."""

    facts: Mapping[FactName, Value]
    variables: Mapping[str, Concrete]
    now: Instant


Function = Callable[[Known], Concrete]


class Entries(NamedTuple):
    """The lists and parameters in force, and the taxonomies: what is fixed while a function lives."""

    lists: Mapping[str, Concrete]
    params: Mapping[str, Concrete]
    taxonomies: Mapping[str, Taxonomy]


def function_of(expr: Expr, entries: Entries) -> Function:
    """The function of an expression. Its call raises EvaluationError where there is no value."""
    match expr:
        case Constant():
            return _constant(expr.value)
        case ListOf():
            items = [function_of(item, entries) for item in expr.items]
            return lambda known: tuple([item(known) for item in items])
        case FactValue():
            fact = expr.fact
            return lambda known: known.facts[fact]
        case Bound():
            name = expr.name
            return lambda known: known.variables[name]
        case Now():
            return lambda known: known.now
        case ListEntry() | ParamEntry():
            return _entry(expr, entries)
        case FieldValue():
            return _field(expr, entries)
        case Operation():
            return _operation(expr, entries)
        case ListMacro():
            raise NotImplementedError  # only plain CEL has it, and no package is plain CEL
    assert_never(expr)


def _constant(value: Concrete) -> Function:
    return lambda _known: value


def _entry(expr: ListEntry | ParamEntry, entries: Entries) -> Function:
    table = entries.lists if isinstance(expr, ListEntry) else entries.params
    if expr.name in table:
        return _constant(table[expr.name])
    reason = no_entry(expr)
    return lambda _known: fail(reason)


def _field(expr: FieldValue, entries: Entries) -> Function:
    record, name = function_of(expr.record, entries), expr.name

    def read(known: Known) -> Concrete:
        value = record(known)
        found = value.get(name) if isinstance(value, Record) else None
        return found if found is not None else fail(no_field(name))

    return read


def _operation(expr: Operation, entries: Entries) -> Function:
    arguments = [function_of(argument, entries) for argument in expr.arguments]
    match expr.operator:
        case Operator.AND:
            return _absorbing(arguments, deciding=False)
        case Operator.OR:
            return _absorbing(arguments, deciding=True)
        case Operator.NOT:
            return _not(arguments[0])
        case Operator.UNDER:
            return _under(arguments[0], arguments[1], entries.taxonomies[expr.taxonomy])
        case _:
            return _applied(expr.operator, arguments)


def _applied(operator: Operator, arguments: list[Function]) -> Function:
    apply = APPLIED[operator]
    if len(arguments) == 1:
        only = arguments[0]
        return lambda known: apply(only(known))
    left, right = arguments
    return lambda known: apply(left(known), right(known))


def _absorbing(arguments: list[Function], *, deciding: bool) -> Function:
    def decide(known: Known) -> bool:
        error = None
        for argument in arguments:
            try:
                value = argument(known)
            except EvaluationError as failure:
                error = error or failure
                continue
            if value is deciding:
                return deciding
        if error is not None:
            raise error
        return not deciding

    return decide


def _not(operand: Function) -> Function:
    return lambda known: operand(known) is not True


def _under(code: Function, above: Function, taxonomy: Taxonomy) -> Function:
    def decide(known: Known) -> bool:
        node, top = code(known), above(known)
        if not isinstance(top, str) or top not in taxonomy:
            fail(no_code(top, taxonomy.name))
        return taxonomy.is_under(str(node), top)

    return decide
