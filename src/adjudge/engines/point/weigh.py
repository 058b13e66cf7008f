"""The general way from evidence to a mask: several values, denials, several facts, quantifiers. LANGUAGE.md 3.2-3.7.

Not quick. Generated code takes it only where a fact has more than one value or is denied, and for what ranges over
many values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod

from adjudge.basis.ids import FactName
from adjudge.basis.instant import Instant
from adjudge.basis.mask import CERTAIN, IMPOSSIBLE, NEGATED, NOTHING_KNOWN, mask_of, pair_of_mask
from adjudge.basis.said import Said
from adjudge.engines.point.closures import Entries, Function, Known, function_of
from adjudge.facts.settle import SILENCE, Evidence
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact
from adjudge.language.core import (
    Atom,
    Condition,
    Constant,
    Expr,
    Has,
    ListEntry,
    Member,
    Not,
    Operation,
    Operator,
    ParamEntry,
    Quantified,
    compared_with,
    facts_in,
    parts,
)
from adjudge.language.expression.syntax import Place
from adjudge.language.failure import (
    MOST_COMBINATIONS,
    TOO_MANY_COMBINATIONS,
    EvaluationError,
    Report,
    no_entry,
)
from adjudge.language.operators import Concrete, equal

RECORD = 4

Facts = Mapping[FactName, Evidence]
Weigh = Callable[[Facts, Mapping[str, Concrete], Instant, Report], int]


@dataclass(frozen=True, slots=True)
class Context:
    """What is fixed while compiled code lives."""

    facts: Mapping[FactName, Fact]
    entries: Entries


def weigher(leaf: Condition, context: Context) -> Weigh:
    """The function that weighs one leaf; a NOT round an atom (a quantifier's body) too."""
    match leaf:
        case Atom():
            return _atom(leaf, context)
        case Not():
            operand = weigher(leaf.operand, context)
            return lambda facts, variables, now, report: NEGATED[operand(facts, variables, now, report)]
        case Has():
            return _has(leaf, context.facts[leaf.fact])
        case Member():
            return _member(leaf, context)
        case Quantified():
            return _quantified(leaf, context)
        case _:
            raise NotImplementedError  # `&&` and `||` are joined by the generated code


# --- atoms ---


def _atom(atom: Atom, context: Context) -> Weigh:
    missing = next(
        (entry for entry in entries_in(atom.expr) if not _is_in_force(entry, context.entries)), None
    )
    if missing is not None:
        return _failed(atom.place, no_entry(missing))
    strict = [function_of(part, context.entries) for part in strict_parts(atom.expr, context.entries)]
    truth = function_of(atom.expr, context.entries)
    if not atom.facts:
        return _constant_atom(atom.place, truth)
    return _AtomWeigher(atom, context, strict, truth)


def _failed(place: Place, reason: Said) -> Weigh:
    """3.8: an atom that reads what is not in force."""

    def weigh(_facts: Facts, _variables: Mapping[str, Concrete], _now: Instant, report: Report) -> int:
        report(place, reason)
        return NOTHING_KNOWN

    return weigh


def _constant_atom(place: Place, truth: Function) -> Weigh:
    """3.1: an expression without facts."""

    def weigh(_facts: Facts, variables: Mapping[str, Concrete], now: Instant, report: Report) -> int:
        try:
            return CERTAIN if truth(Known({}, variables, now)) else IMPOSSIBLE
        except EvaluationError as error:
            report(place, error.reason)
            return NOTHING_KNOWN

    return weigh


def entries_in(expr: Expr) -> list[ListEntry | ParamEntry]:
    """The lists and parameters that an expression reads."""
    found = [entry for part in parts(expr) for entry in entries_in(part)]
    return [expr, *found] if isinstance(expr, ListEntry | ParamEntry) else found


def _is_in_force(entry: ListEntry | ParamEntry, entries: Entries) -> bool:
    return entry.name in (entries.lists if isinstance(entry, ListEntry) else entries.params)


_LEFT: Mapping[Operator, int | str] = {Operator.DIVIDE: 1, Operator.REMAINDER: 1, Operator.MATCHES: ""}


def strict_parts(expr: Expr, entries: Entries) -> list[Expr]:
    """What fails for every value if it fails at all, where no `&&` or `||` absorbs it. LANGUAGE.md 3.7.1."""
    if not facts_in(expr):
        return [expr]
    if not isinstance(expr, Operation):
        return [found for part in parts(expr) for found in strict_parts(part, entries)]
    if expr.operator in {Operator.AND, Operator.OR}:
        return []
    found = [strict for part in expr.arguments for strict in strict_parts(part, entries)]
    doomed = _with_harmless_left(expr, entries)
    return found if doomed is None else [*found, doomed]


def _with_harmless_left(expr: Operation, entries: Entries) -> Operation | None:
    """An operation that its right side alone can doom, so that it can be tried without the left one."""
    if expr.operator is Operator.UNDER:
        left: int | str = next(iter(entries.taxonomies[expr.taxonomy].parents), "")
    elif expr.operator in _LEFT:
        left = _LEFT[expr.operator]
    else:
        return None
    right = expr.arguments[1]
    return None if facts_in(right) else replace(expr, arguments=(Constant(left, Simple.STRING), right))


def speaks(fact: Fact, evidence: Evidence) -> bool:
    """3.4: whether a complete record speaks by its silence."""
    return fact.complete and evidence.strongest < RECORD


class _AtomWeigher:
    """3.2-3.4 for one atom over the combinations of asserted values."""

    def __init__(self, atom: Atom, context: Context, strict: list[Function], truth: Function) -> None:
        self.place = atom.place
        self.facts = [context.facts[name] for name in atom.facts]
        self.names = atom.facts
        self.strict = strict
        self.truth = truth
        compared = compared_with(atom)
        self.constants = function_of(compared, context.entries) if compared is not None else None
        expr = atom.expr
        self.is_membership = isinstance(expr, Operation) and expr.operator is Operator.IN

    def __call__(self, facts: Facts, variables: Mapping[str, Concrete], now: Instant, report: Report) -> int:
        without_facts = Known({}, variables, now)
        try:
            for part in self.strict:
                part(without_facts)
            constants = self._constants(without_facts)
        except EvaluationError as error:
            report(self.place, error.reason)
            return NOTHING_KNOWN
        if self.is_membership and constants == ():
            return IMPOSSIBLE
        evidences = [facts.get(name, SILENCE) for name in self.names]
        return self._weighed(evidences, constants, without_facts, report)

    def _constants(self, known: Known) -> tuple[Concrete, ...] | None:
        if self.constants is None:
            return None
        value = self.constants(known)
        return value if self.is_membership and isinstance(value, tuple) else (value,)

    def _weighed(
        self, evidences: list[Evidence], constants: tuple[Concrete, ...] | None, known: Known, report: Report
    ) -> int:
        asserted = [_asserted(fact, evidence) for fact, evidence in zip(self.facts, evidences, strict=True)]
        if prod(map(len, asserted)) > MOST_COMBINATIONS:
            report(self.place, TOO_MANY_COMBINATIONS)
            return NOTHING_KNOWN
        for_ = opposed = 0
        denial: int | None = None
        for values in product(*asserted):
            weight = min(table[value] for table, value in zip(asserted, values, strict=True))
            try:
                truth = self.truth(known._replace(facts=dict(zip(self.names, values, strict=True))))
            except EvaluationError as error:
                report(self.place, error.reason)
                continue
            if truth:
                for_ = max(for_, weight)
                denied = max(e.denied.get(v, 0) for e, v in zip(evidences, values, strict=True))
                denial = denied if denial is None else min(denial, denied)
            else:
                opposed = max(opposed, weight)
        if denial is None and constants:
            denial = min(_denial(evidences[0], constant) for constant in constants)
        return mask_of(for_, max(opposed, denial or 0, self._floor(evidences)))

    def _floor(self, evidences: list[Evidence]) -> int:
        pairs = list(zip(self.facts, evidences, strict=True))
        if not any(speaks(fact, evidence) and fact.type is not Simple.BOOL for fact, evidence in pairs):
            return 0
        return min(
            RECORD if speaks(fact, evidence) else max(evidence.asserted.values(), default=0)
            for fact, evidence in pairs
        )


def _asserted(fact: Fact, evidence: Evidence) -> Mapping[Value, int]:
    if fact.type is Simple.BOOL and speaks(fact, evidence):
        return {**evidence.asserted, False: max(evidence.asserted.get(False, 0), RECORD)}
    return evidence.asserted


def _denial(evidence: Evidence, constant: Concrete) -> int:
    if isinstance(constant, str | int | Decimal):
        return evidence.denied.get(constant, 0)
    return max((weight for value, weight in evidence.denied.items() if _same(value, constant)), default=0)


def _same(value: Concrete, other: Concrete) -> bool:
    try:
        return equal(value, other)
    except EvaluationError:
        return False


# --- has, members, quantifiers ---


def _closure(fact: Fact, evidence: Evidence) -> int:
    return max(RECORD if fact.complete else 0, evidence.none)


def _has(leaf: Has, fact: Fact) -> Weigh:
    def weigh(facts: Facts, _variables: Mapping[str, Concrete], _now: Instant, _report: Report) -> int:
        evidence = facts.get(leaf.fact, SILENCE)
        if not evidence.asserted:
            return mask_of(0, _closure(fact, evidence))
        for_ = max(evidence.asserted.values())
        record = RECORD if fact.complete and for_ < RECORD else 0
        return mask_of(for_, max(record, min(evidence.denied.get(value, 0) for value in evidence.asserted)))

    return weigh


def _row(fact: Fact, evidence: Evidence, value: Value) -> int:
    """The mask of `value is among the values`. LANGUAGE.md 3.6."""
    for_ = evidence.asserted[value]
    record = RECORD if fact.complete and for_ < RECORD else 0
    return mask_of(for_, max(record, evidence.denied.get(value, 0)))


def _closed(mask: int, closure: int) -> int:
    for_, against = pair_of_mask(mask)
    return mask_of(for_, min(against, max(closure, for_)))


def _quantified(leaf: Quantified, context: Context) -> Weigh:
    body = weigher(leaf.body, context)
    fact = context.facts[leaf.fact]
    place, missing = _missing_in(leaf.body, context)

    def weigh(facts: Facts, _variables: Mapping[str, Concrete], now: Instant, report: Report) -> int:
        evidence = facts.get(leaf.fact, SILENCE)
        found = IMPOSSIBLE
        for value in evidence.asserted:
            mask = body(facts, {leaf.variable: value}, now, report)
            found |= _row(fact, evidence, value) & (NEGATED[mask] if leaf.every else mask)
        if not evidence.asserted:
            for reason in missing:
                report(place, reason)
        found = _closed(found, _closure(fact, evidence))
        return NEGATED[found] if leaf.every else found

    return weigh


def _missing_in(body: Condition, context: Context) -> tuple[Place, list[Said]]:
    """3.8: what is reported even where no value asks for it."""
    while isinstance(body, Not):
        body = body.operand
    expr = body.expr if isinstance(body, Atom) else None
    entries = entries_in(expr) if expr is not None else []
    return body.place, [no_entry(entry) for entry in entries if not _is_in_force(entry, context.entries)]


def _member(leaf: Member, context: Context) -> Weigh:
    missing = next(
        (entry for entry in entries_in(leaf.value) if not _is_in_force(entry, context.entries)), None
    )
    if missing is not None:
        return _failed(leaf.place, no_entry(missing))
    function = function_of(leaf.value, context.entries)
    fact = context.facts[leaf.fact]

    def weigh(facts: Facts, variables: Mapping[str, Concrete], now: Instant, report: Report) -> int:
        try:
            value = function(Known({}, variables, now))
        except EvaluationError as error:
            report(leaf.place, error.reason)
            return NOTHING_KNOWN
        evidence = facts.get(leaf.fact, SILENCE)
        closure = _closure(fact, evidence)
        if not any(_same(other, value) for other in evidence.asserted):
            return mask_of(0, max(closure, _denial(evidence, value)))
        found = IMPOSSIBLE
        for other in evidence.asserted:
            found |= _row(fact, evidence, other) & _equality(other, value, leaf.place, report)
        return _closed(found, closure)

    return weigh


def _equality(value: Value, other: Concrete, place: Place, report: Report) -> int:
    try:
        return CERTAIN if equal(value, other) else IMPOSSIBLE
    except EvaluationError as error:
        report(place, error.reason)
        return NOTHING_KNOWN
