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
    Expr,
    FieldValue,
    Has,
    ListMacro,
    ListOf,
    Member,
    Not,
    Operation,
    Or,
    Quantified,
    leaves,
)

_VARIABLE = "x"


def are_equivalent(one: Condition, other: Condition) -> bool:
    """Equal but for the names of variables, or equal in every combination of what their leaves can weigh.

    The combinations are those of (0,0), (5,0), (0,5) and (5,5) for each leaf. They suffice, since AND, OR and NOT
    commute with putting 5 for every weight that reaches a threshold and 0 for the others: two conditions that differ
    somewhere differ at some threshold, hence in such a combination.
    """
    left, right = _renamed(one), _renamed(other)
    if left == right:
        return True
    found = {*leaves(left), *leaves(right)}
    if len(found) > MOST_LEAVES:
        return False
    worlds = Worlds(list(dict.fromkeys([*leaves(left), *leaves(right)])))
    return worlds.bits(left, {}) == worlds.bits(right, {})


def _renamed(condition: Condition) -> Condition:
    """The condition with one name for every variable: macros do not nest, so that none is hidden."""
    match condition:
        case And() | Or():
            return replace(condition, operands=tuple(_renamed(item) for item in condition.operands))
        case Not():
            return Not(_renamed(condition.operand))
        case Quantified():
            return replace(condition, variable=_VARIABLE, body=_renamed(condition.body))
        case Atom():
            return replace(condition, expr=_with_variable(condition.expr))
        case Has() | Member():
            return condition


def _with_variable(expr: Expr) -> Expr:
    match expr:
        case Bound():
            return Bound(_VARIABLE)
        case FieldValue():
            return replace(expr, record=_with_variable(expr.record))
        case ListOf():
            return replace(expr, items=tuple(_with_variable(item) for item in expr.items))
        case Operation():
            return replace(expr, arguments=tuple(_with_variable(item) for item in expr.arguments))
        case ListMacro():
            return expr  # never in a package
        case _:
            return expr
