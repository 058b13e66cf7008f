"""No range test on one fact is split over two atoms of one AND. LANGUAGE.md 6.5.

`f > 3 && f < 9` is weighed atom by atom, so that the contradictory claims 2 and 10 satisfy it by halves. Only
the direct form is looked for: one fact, or one field of it, on one side of each comparison.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adjudge.basis.problem import Problem
from adjudge.basis.said import say
from adjudge.language.analysis.finding import in_condition, source_of, warning
from adjudge.language.analysis.occurrence import nodes
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
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Package, Rule, Written

_UPWARDS = {Operator.GREATER: True, Operator.AT_LEAST: True, Operator.LESS: False, Operator.AT_MOST: False}


@dataclass(frozen=True, slots=True)
class _Bound:
    """What is bounded, whether from below, where, and whether `!` stands before the comparison."""

    term: Expr
    upwards: bool
    place: Place
    turned: bool


def check_ranges(package: Package) -> Iterator[Problem]:
    """Report the second half of each split range."""
    for rule in package.rules:
        for written in rule.conditions:
            for node in nodes(written.core):
                if isinstance(node, And):
                    yield from _of_conjunction(rule, written, node)


def _of_conjunction(rule: Rule, written: Written, node: And) -> Iterator[Problem]:
    first: dict[Expr, _Bound] = {}
    done: set[Expr] = set()
    for bound in filter(None, map(_bound, node.operands)):
        earlier = first.setdefault(bound.term, bound)
        if earlier.upwards is not bound.upwards and bound.term not in done:
            done.add(bound.term)
            yield _problem(rule, written, earlier, bound)


def _problem(rule: Rule, written: Written, earlier: _Bound, later: _Bound) -> Problem:
    one, other = source_of(written, earlier.place), source_of(written, later.place)
    whole = "(… && …)" if earlier.turned or later.turned else f"({one[1:-1]} && {other[1:-1]})"
    message = say(
        "{one} and {other} are two atoms about one fact, which contradictory values satisfy by halves",
        one=one,
        other=other,
    )
    hint = say("make them one atom: {code}", code=f"`{whole} == true`")
    return warning("split-range", message, in_condition(rule, written, later.place), hint)


def _bound(operand: Condition) -> _Bound | None:
    """The operand as a bound on one fact, or None. `!` turns the direction round."""
    place, turned = operand.place, False
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
    return _Bound(left, upwards is not turned, place, turned)


def _is_term(expr: Expr) -> bool:
    while isinstance(expr, FieldValue):
        expr = expr.record
    return isinstance(expr, FactValue)
