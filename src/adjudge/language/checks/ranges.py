"""No range test on one fact is split over two atoms of one AND. LANGUAGE.md 6.5.

`f > 3 && f < 9` is weighed atom by atom, so that the contradictory claims 2 and 10 satisfy it by halves. Only
the direct form is looked for: one fact, or one field of it, on one side of each comparison.
"""

from collections.abc import Iterator

from adjudge.basis.problem import Problem
from adjudge.language.checks.finding import in_condition, source_of, warning
from adjudge.language.checks.occurrence import nodes
from adjudge.language.core import (
    And,
    Atom,
    Condition,
    Expr,
    FactValue,
    FieldValue,
    Not,
    Operation,
    Operator,
    facts_in,
)
from adjudge.language.package import Package, Rule, Written
from adjudge.language.syntax import Place

_UPWARDS = {Operator.GREATER: True, Operator.AT_LEAST: True, Operator.LESS: False, Operator.AT_MOST: False}
Bound = tuple[Expr, bool, Place]
"""What is bounded, whether from below, and where."""


def check_ranges(package: Package) -> Iterator[Problem]:
    """Report the second half of each split range."""
    for rule in package.rules:
        for written in rule.conditions:
            for node in nodes(written.core):
                if isinstance(node, And):
                    yield from _of_conjunction(rule, written, node)


def _of_conjunction(rule: Rule, written: Written, node: And) -> Iterator[Problem]:
    first: dict[Expr, Bound] = {}
    done: set[Expr] = set()
    for term, upwards, place in filter(None, map(_bound, node.operands)):
        earlier = first.setdefault(term, (term, upwards, place))
        if earlier[1] is upwards or term in done:
            continue
        done.add(term)
        message = (
            f"{source_of(written, place)} and {source_of(written, earlier[2])} are two atoms about one fact"
        )
        hint = (
            "contradictory values can satisfy them by halves; one atom is "
            f"`({_text(written, earlier[2])} && {_text(written, place)}) == true`"
        )
        yield warning("split-range", message, in_condition(rule, written, place), hint)


def _text(written: Written, place: Place) -> str:
    return source_of(written, place).strip("`")


def _bound(operand: Condition) -> Bound | None:
    """The operand as a bound on one fact, or None. `!` turns the direction round."""
    turned = False
    while isinstance(operand, Not):
        turned, operand = not turned, operand.operand
    if not isinstance(operand, Atom) or not isinstance(operand.expr, Operation):
        return None
    upwards = _UPWARDS.get(operand.expr.operator)
    if upwards is None:
        return None
    left, right = operand.expr.arguments
    if _is_term(right) and not facts_in(left):
        left, right, upwards = right, left, not upwards
    if not _is_term(left) or facts_in(right):
        return None
    return left, upwards is not turned, operand.place


def _is_term(expr: Expr) -> bool:
    while isinstance(expr, FieldValue):
        expr = expr.record
    return isinstance(expr, FactValue)
