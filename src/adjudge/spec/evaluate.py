"""The meaning of a condition: from claims to a pair, one case per node; written to be read aloud.

Each function cites its paragraph of LANGUAGE.md. No cache, no early exit, no cleverness.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import assert_never

from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.said import Said
from adjudge.basis.weight import CERTAIN, IMPOSSIBLE, NOTHING_KNOWN, Pair, conjunction, disjunction, negation
from adjudge.facts.settle import Evidence, View
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.core import (
    And,
    Atom,
    Condition,
    Constant,
    Expr,
    FactValue,
    Has,
    ListEntry,
    Member,
    Not,
    Operation,
    Operator,
    Or,
    ParamEntry,
    Quantified,
    facts_in,
    parts,
)
from adjudge.language.expression.syntax import Place
from adjudge.language.failure import MOST_COMBINATIONS, TOO_MANY_COMBINATIONS, EvaluationError, Report
from adjudge.language.operators import Concrete, equal
from adjudge.spec.concrete import Binding, Surroundings, value_of

RECORD = 4
"""The weight with which a complete record speaks by its silence. LANGUAGE.md 3.4."""

_HARMLESS: Mapping[Operator, int | str] = {
    Operator.DIVIDE: 1,
    Operator.REMAINDER: 1,
    Operator.MATCHES: "",
    Operator.UNDER: "",
}
"""Operations that their right side alone can doom, with a left side that never does. LANGUAGE.md 3.7.1."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A subject seen through a view, with what is in force round it. `report` receives every error (3.7)."""

    view: View
    around: Surroundings
    subject: SubjectId
    advertiser: SubjectId | None
    report: Report

    def fact(self, name: FactName) -> Fact:
        """The declaration of a fact; names were checked when the package was read."""
        return self.around.vocabulary.facts[name]

    def evidence(self, name: FactName) -> Evidence:
        """What is claimed of the subject, or of its advertiser (1.1)."""
        asked_of_advertiser = self.fact(name).kind is Kind.ADVERTISER
        return self.view.of((self.advertiser if asked_of_advertiser else None) or self.subject, name)


@dataclass(frozen=True, slots=True)
class _Option:
    """One asserted value of one fact, with W+ and W-."""

    fact: FactName
    value: Value
    for_: int
    against: int


def pair_of(condition: Condition, situation: Situation) -> Pair:
    """The pair of a condition. LANGUAGE.md 2.2, 3.1."""
    match condition:
        case Atom():
            return _atom(condition, situation, {})
        case Not():
            return negation(pair_of(condition.operand, situation))
        case And():
            return conjunction([pair_of(operand, situation) for operand in condition.operands])
        case Or():
            return disjunction([pair_of(operand, situation) for operand in condition.operands])
        case Has():
            return _has(condition, situation)
        case Quantified():
            return _quantified(condition, situation)
        case Member():
            return _member(condition, situation)
    assert_never(condition)


# --- atoms ---


def _atom(atom: Atom, situation: Situation, variables: Mapping[str, Concrete]) -> Pair:
    """3.1-3.4. An atom that errs whatever its facts are is (0,0) (3.7.1)."""
    if reason := _failure_without_facts(atom.expr, situation, variables):
        situation.report(atom.place, reason)
        return NOTHING_KNOWN
    if not atom.facts:
        return CERTAIN if value_of(atom.expr, Binding({}, variables), situation.around) else IMPOSSIBLE
    return _weighed(atom, situation, variables)


def _weighed(atom: Atom, situation: Situation, variables: Mapping[str, Concrete]) -> Pair:
    """3.2 and 3.3 over the combinations of asserted values, then what silence adds (3.4)."""
    constants = _constants(atom.expr, situation, variables)
    if constants == ():
        return IMPOSSIBLE  # 3.2: over an empty list
    options = [_options(name, situation) for name in atom.facts]
    if prod(len(choices) for choices in options) > MOST_COMBINATIONS:
        situation.report(atom.place, TOO_MANY_COMBINATIONS)
        return NOTHING_KNOWN
    for_, opposed, denials = 0, 0, []
    for combination in product(*options):
        binding = Binding({option.fact: option.value for option in combination}, variables)
        truth = _truth(atom, binding, situation)
        weight = min(option.for_ for option in combination)
        if truth is True:
            for_ = max(for_, weight)
            denials.append(max(option.against for option in combination))
        elif truth is False:
            opposed = max(opposed, weight)
    if not denials and constants is not None:
        denials = [_denial(situation.evidence(atom.facts[0]), constant) for constant in constants]
    return Pair(for_, max(opposed, min(denials, default=0), _floor(atom, situation)))


def _options(name: FactName, situation: Situation) -> list[_Option]:
    """The asserted values; a complete record that is silent asserts `false` of a truth value (3.4)."""
    evidence = situation.evidence(name)
    asserted = dict(evidence.asserted)
    if _is_bool(name, situation) and _record_speaks(name, situation):
        asserted[False] = max(asserted.get(False, 0), RECORD)
    return [
        _Option(name, value, weight, evidence.weight_against(value)) for value, weight in asserted.items()
    ]


def _is_bool(name: FactName, situation: Situation) -> bool:
    return situation.fact(name).type is Simple.BOOL


def _record_speaks(name: FactName, situation: Situation) -> bool:
    """3.4: the record is complete, and no claim of weight >= 4 asserts a value."""
    return situation.fact(name).complete and situation.evidence(name).strongest < RECORD


def _floor(atom: Atom, situation: Situation) -> int:
    """3.4: what the silence of complete records has against an atom, truth values apart (3.4.1)."""
    if not any(_record_speaks(name, situation) and not _is_bool(name, situation) for name in atom.facts):
        return 0
    return min(
        RECORD
        if _record_speaks(name, situation)
        else max(situation.evidence(name).asserted.values(), default=0)
        for name in atom.facts
    )


def _truth(atom: Atom, binding: Binding, situation: Situation) -> bool | None:
    """Whether a combination satisfies the atom; None where it errs and is left out (3.7)."""
    try:
        return value_of(atom.expr, binding, situation.around) is True
    except EvaluationError as error:
        situation.report(atom.place, error.reason)
        return None


def _constants(
    expr: Expr, situation: Situation, variables: Mapping[str, Concrete]
) -> tuple[Concrete, ...] | None:
    """What `f == c` and `f in [..]` compare f with; None for any other atom. LANGUAGE.md 3.2."""
    if not isinstance(expr, Operation) or expr.operator not in {Operator.EQUAL, Operator.IN}:
        return None
    left, right = expr.arguments
    if expr.operator is Operator.EQUAL and isinstance(right, FactValue):
        left, right = right, left
    if not isinstance(left, FactValue) or facts_in(right):
        return None
    value = value_of(right, Binding({}, variables), situation.around)
    if expr.operator is Operator.IN:
        return value if isinstance(value, tuple) else None
    return (value,)


def _denial(evidence: Evidence, constant: Concrete) -> int:
    """W- of a constant: denials of an equal value (which of texts and numbers are found without a search)."""
    if isinstance(constant, str | int | Decimal):
        return evidence.denied.get(constant, 0)
    return max((weight for value, weight in evidence.denied.items() if _same(value, constant)), default=0)


def _same(value: Concrete, other: Concrete) -> bool:
    try:
        return equal(value, other)
    except EvaluationError:
        return False


def _failure_without_facts(
    expr: Expr, situation: Situation, variables: Mapping[str, Concrete]
) -> Said | None:
    """3.7.1, 3.8: why an atom errs whatever its facts are, or None."""
    strict = (*_entries(expr), *_strict_parts(expr, situation))
    return next(filter(None, (_failure(part, situation, variables) for part in strict)), None)


def _failure(part: Expr, situation: Situation, variables: Mapping[str, Concrete]) -> Said | None:
    try:
        value_of(part, Binding({}, variables), situation.around)
    except EvaluationError as error:
        return error.reason
    return None


def _entries(expr: Expr) -> Iterator[ListEntry | ParamEntry]:
    if isinstance(expr, ListEntry | ParamEntry):
        yield expr
    for below in parts(expr):
        yield from _entries(below)


def _strict_parts(expr: Expr, situation: Situation) -> Iterator[Expr]:
    """3.7.1: what errs for every value if it errs: parts without facts, and operations doomed by their right side."""
    if not facts_in(expr):
        yield expr
    elif not (isinstance(expr, Operation) and expr.operator in {Operator.AND, Operator.OR}):
        for part in parts(expr):
            yield from _strict_parts(part, situation)
        if isinstance(expr, Operation) and expr.operator in _HARMLESS and not facts_in(expr.arguments[1]):
            taxonomy = situation.around.vocabulary.taxonomies.get(expr.taxonomy)
            harmless = _HARMLESS[expr.operator] if taxonomy is None else next(iter(taxonomy.parents), "")
            yield replace(expr, arguments=(Constant(harmless, Simple.STRING), expr.arguments[1]))


# --- has, many-valued facts ---


def _has(condition: Has, situation: Situation) -> Pair:
    """3.5. The record of 3.4 is no claim."""
    evidence = situation.evidence(condition.fact)
    if not evidence.asserted:
        return Pair(0, _closure(condition.fact, situation))
    for_ = max(evidence.asserted.values())
    against = min(evidence.weight_against(value) for value in evidence.asserted)
    record = RECORD if situation.fact(condition.fact).complete and for_ < RECORD else 0
    return Pair(for_, max(against, record))


def _closure(name: FactName, situation: Situation) -> int:
    """3.6: c, how heavily it is claimed, or follows from a complete record, that there is no other value."""
    record = RECORD if situation.fact(name).complete else 0
    return max(record, situation.evidence(name).none)


def _membership_pair(name: FactName, value: Value, situation: Situation) -> Pair:
    """3.6: the pair of `value is among the values`; a complete record opposes what it does not itself hold."""
    evidence = situation.evidence(name)
    for_ = evidence.asserted[value]
    record = RECORD if situation.fact(name).complete and for_ < RECORD else 0
    return Pair(for_, max(evidence.weight_against(value), record))


def _closed(found: Pair, closure: int) -> Pair:
    """3.6: against an open set nothing weighs more than what closes it or what supports it."""
    return Pair(found.for_, min(found.against, max(closure, found.for_)))


def _quantified(condition: Quantified, situation: Situation) -> Pair:
    """3.6: `exists`; `all` is NOT of the same with NOT body."""
    rows = []
    for value in situation.evidence(condition.fact).asserted:
        body = _body(condition.body, situation, {condition.variable: value})
        body = negation(body) if condition.every else body
        rows.append(conjunction([_membership_pair(condition.fact, value, situation), body]))
    if not rows:
        _report_missing_entries(condition.body, situation)
    found = _closed(disjunction(rows), _closure(condition.fact, situation))
    return negation(found) if condition.every else found


def _body(body: Condition, situation: Situation, variables: Mapping[str, Concrete]) -> Pair:
    """3.6: a body is an atom or its NOT (3.1)."""
    if isinstance(body, Not):
        return negation(_body(body.operand, situation, variables))
    return _atom(body, situation, variables) if isinstance(body, Atom) else NOTHING_KNOWN


def _report_missing_entries(body: Condition, situation: Situation) -> None:
    """3.8: a list or parameter that is not in force is reported even where no value asked for it."""
    while isinstance(body, Not):
        body = body.operand
    for entry in _entries(body.expr) if isinstance(body, Atom) else ():
        if reason := _failure(entry, situation, {}):
            situation.report(body.place, reason)


def _member(condition: Member, situation: Situation) -> Pair:
    """3.6: `v in f` is `f.exists(x, x == v)`, but for a value that nobody asserts."""
    if reason := _failure_without_facts(condition.value, situation, {}):
        situation.report(condition.place, reason)
        return NOTHING_KNOWN
    value = value_of(condition.value, Binding(), situation.around)
    evidence = situation.evidence(condition.fact)
    closure = _closure(condition.fact, situation)
    if not any(_same(asserted, value) for asserted in evidence.asserted):
        return Pair(0, max(closure, _denial(evidence, value)))
    rows = [
        conjunction(
            [
                _membership_pair(condition.fact, asserted, situation),
                _equality(asserted, value, condition.place, situation),
            ]
        )
        for asserted in evidence.asserted
    ]
    return _closed(disjunction(rows), closure)


def _equality(value: Concrete, member: Concrete, place: Place, situation: Situation) -> Pair:
    """3.6: the body `x == v` for one value; an error for it makes the body (0,0)."""
    try:
        return CERTAIN if equal(value, member) else IMPOSSIBLE
    except EvaluationError as error:
        situation.report(place, error.reason)
        return NOTHING_KNOWN
