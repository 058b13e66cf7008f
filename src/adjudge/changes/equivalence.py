"""Whether two conditions are proven to weigh alike whatever the claims; never a guess.

Not a search: where nothing is proven the answer is no, and a case that tells the two apart is looked for elsewhere.
"""

from dataclasses import replace

from adjudge.language.analysis.worlds import MOST_LEAVES, Worlds
from adjudge.language.core import (
    And,
    Atom,
    Bound,
    Condition,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    Has,
    ListMacro,
    ListOf,
    Member,
    Not,
    Now,
    Operation,
    Operator,
    Or,
    Quantified,
    leaves,
)

_VARIABLE = "x"
_MIRRORED = {Operator.GREATER: Operator.LESS, Operator.AT_LEAST: Operator.AT_MOST}
_EITHER_WAY = {Operator.EQUAL, Operator.UNEQUAL}


def are_equivalent(one: Condition, other: Condition) -> bool:
    """Equal in one form of writing, or equal in every combination of what their leaves can weigh.

    The form has one name for every variable, `exists` in the place of `all` and comparisons in one direction. The
    combinations are those of (0,0), (5,0), (0,5) and (5,5) for each leaf. They suffice, since AND, OR and NOT commute
    with putting 5 for every weight that reaches a threshold and 0 for the others: two conditions that differ
    somewhere differ at some threshold, hence in such a combination.
    """
    left, right = _in_one_form(one), _in_one_form(other)
    if left == right:
        return True
    found = {*leaves(left), *leaves(right)}
    if len(found) > MOST_LEAVES:
        return False
    worlds = Worlds(list(dict.fromkeys([*leaves(left), *leaves(right)])))
    return worlds.bits(left, {}) == worlds.bits(right, {})


def _in_one_form(condition: Condition) -> Condition:
    """With one name for every variable: macros do not nest, so that none is hidden."""
    match condition:
        case And() | Or():
            return replace(condition, operands=tuple(_in_one_form(item) for item in condition.operands))
        case Not():
            return _negated(_in_one_form(condition.operand))
        case Quantified(every=True):
            # LANGUAGE.md 3.6: `all` is NOT of `exists` with NOT body.
            body = _negated(_in_one_form(condition.body))
            return Not(replace(condition, every=False, variable=_VARIABLE, body=body))
        case Quantified():
            return replace(condition, variable=_VARIABLE, body=_in_one_form(condition.body))
        case Atom():
            return replace(condition, expr=_one_way(condition.expr))
        case Has() | Member():
            return condition


def _negated(condition: Condition) -> Condition:
    """NOT exchanges the two weights, so that twice is not at all."""
    return condition.operand if isinstance(condition, Not) else Not(condition)


def _one_way(expr: Expr) -> Expr:
    match expr:
        case Bound():
            return Bound(_VARIABLE)
        case FieldValue():
            return replace(expr, record=_one_way(expr.record))
        case ListOf():
            return replace(expr, items=tuple(_one_way(item) for item in expr.items))
        case Operation():
            return _mirrored(replace(expr, arguments=tuple(_one_way(item) for item in expr.arguments)))
        case ListMacro():
            return expr  # never in a package
        case _:
            return expr


def _mirrored(operation: Operation) -> Operation:
    """`a > b` as `b < a`, and the two sides of `==` in one order.

    Only where a side cannot fail: of two sides that fail, which of them is reported depends on their order.
    """
    if operation.operator not in {*_MIRRORED, *_EITHER_WAY}:
        return operation
    left, right = operation.arguments
    if operation.operator in _MIRRORED and (_rank(left) or _rank(right)):
        return replace(operation, operator=_MIRRORED[operation.operator], arguments=(right, left))
    ranks = _rank(left), _rank(right)
    if operation.operator in _EITHER_WAY and (not ranks[0] < ranks[1]) and any(ranks):
        return replace(operation, arguments=(right, left))
    return operation


def _rank(expr: Expr) -> tuple[str, ...]:
    """By what parts that cannot fail are ordered; empty for the others."""
    match expr:
        case FactValue():
            return ("fact", expr.fact)
        case Bound():
            return ("variable", expr.name)
        case FieldValue(record=FactValue() | Bound() as record):
            return (*_rank(record), expr.name)
        case Constant():
            return ("constant", repr(expr.value), repr(expr.type))
        case Now():
            return ("now",)
        case _:
            return ()
