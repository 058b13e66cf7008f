"""No `!`, `!=` or comparison with a truth value inside an atom. LANGUAGE.md 3.1, 7.

Between atoms NOT exchanges for and against; inside one, silence and denials may break that. Not reported: a
bare truth value beside a literal (`f == false` is `!f`, LANGUAGE.md 3.2), anything that is merely said to be
`true`, and a range written as one atom, `(f > 3 && f < 9) == true`, which is the remedy for a split range.
"""

from collections.abc import Iterator

from adjudge.basis.problem import Problem, quoted
from adjudge.basis.said import Said, say, verbatim
from adjudge.facts.type import Simple
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.analysis.finding import in_condition, warning
from adjudge.language.analysis.occurrence import expressions, type_of
from adjudge.language.core import (
    Bound,
    Constant,
    Expr,
    FactValue,
    FieldValue,
    Operation,
    Operator,
    Quantified,
    facts_in,
    parts,
)
from adjudge.language.package import Package, Rule, Written

_ORDERINGS = {Operator.LESS, Operator.AT_MOST, Operator.GREATER, Operator.AT_LEAST}
_COMPARISONS = {Operator.EQUAL, *_ORDERINGS}


def check_negation(package: Package) -> Iterator[Problem]:
    """Report the outermost negations and comparisons with truth values inside atoms and bodies."""
    for rule in package.rules:
        for written in rule.conditions:
            for expr, around in expressions(written.core):
                if facts_in(expr) or around is not None:
                    for operation in _negations(expr, package.vocabulary, around):
                        yield _problem(rule, written, operation, around)


def _problem(rule: Rule, written: Written, operation: Operation, around: Quantified | None) -> Problem:
    shown = _shown(operation)
    if around is None:
        message = say(
            "{what} stands inside an atom, where silence and denials may break the laws of logic", what=shown
        )
        hint = say("join whole atoms with `&&`, `||` and `!` instead, so that each is weighed")
    else:
        message = say(
            "{what} stands inside the body of a quantifier, where silence and denials may break the laws of logic",
            what=shown,
        )
        hint = say("name the values that count, with `==` or `in`, or negate the body as a whole: `!(…)`")
    return warning("negation-inside-atom", message, in_condition(rule, written, operation.place), hint)


def _shown(operation: Operation) -> Said:
    mark = quoted("!" if operation.operator is Operator.NOT else operation.operator.value)
    if operation.operator in {Operator.NOT, Operator.UNEQUAL}:
        return verbatim(mark)
    return say("{operator} with a truth value", operator=mark)


def _negations(expr: Expr, vocabulary: Vocabulary, around: Quantified | None) -> Iterator[Operation]:
    if isinstance(expr, Operation) and _is_negation(expr, vocabulary, around):
        yield expr
        return
    for part in parts(expr):
        yield from _negations(part, vocabulary, around)


def _is_negation(expr: Operation, vocabulary: Vocabulary, around: Quantified | None) -> bool:
    if expr.operator in {Operator.NOT, Operator.UNEQUAL}:
        return True
    if expr.operator is Operator.IN:
        return type_of(expr.arguments[0], vocabulary, around) is Simple.BOOL
    if expr.operator not in _COMPARISONS:
        return False
    truths = [type_of(part, vocabulary, around) is Simple.BOOL for part in expr.arguments]
    return any(truths) and not (expr.operator is Operator.EQUAL and _is_harmless(*expr.arguments))


def _is_harmless(left: Expr, right: Expr) -> bool:
    if isinstance(left, Constant):
        left, right = right, left
    if not isinstance(right, Constant):
        return False
    if isinstance(left, FactValue):
        return True
    return right.value is True and (isinstance(left, FieldValue | Bound) or _is_range(left))


def _is_range(expr: Expr) -> bool:
    return (
        isinstance(expr, Operation)
        and expr.operator is Operator.AND
        and all(isinstance(part, Operation) and part.operator in _ORDERINGS for part in expr.arguments)
    )
