"""Which way each live claim speaks in a rule: for it, against it, both, or read without effect.

Not weighing: a claim's role says in which direction it can move the rule's pair, not how far. LANGUAGE.md 6.1.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from math import prod

from adjudge.basis.ids import ClaimId, FactName, SubjectId
from adjudge.facts.claim import Claim, NoOther, Stance, Subject
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import (
    And,
    Atom,
    Condition,
    FactValue,
    Has,
    Member,
    Not,
    Operation,
    Operator,
    Or,
    Quantified,
    facts_in,
    facts_of,
)
from adjudge.language.operators import Concrete, EvaluationError, equal
from adjudge.language.package import Rule, Written
from adjudge.spec.concrete import Binding, Surroundings, value_of

MOST_COMBINATIONS = 65_536


class Role(StrEnum):
    """The direction in which a claim can move the rule."""

    FOR = "for"
    AGAINST = "against"

    @property
    def opposite(self) -> "Role":
        """The other one."""
        return Role.AGAINST if self is Role.FOR else Role.FOR


@dataclass(slots=True)
class Roles:
    """The roles of the claims that a rule reads. `parts` says where: `when`, or the id of an `unless`."""

    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    roles: dict[ClaimId, set[Role]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[ClaimId, set[str]] = field(default_factory=lambda: defaultdict(set))

    def having(self, role: Role) -> list[Claim]:
        """The claims that have a role, by id."""
        return [self.claims[claim_id] for claim_id in sorted(self.claims) if role in self.roles[claim_id]]

    def without_effect(self) -> list[Claim]:
        """The claims that the rule reads and that cannot move it, by id."""
        return [self.claims[claim_id] for claim_id in sorted(self.claims) if not self.roles[claim_id]]


def roles_in(rule: Rule, subject: Subject, claims: Iterable[Claim], around: Surroundings) -> Roles:
    """The roles of the live claims in a rule. What supports an exception counts against the rule."""
    found = Roles()
    by_fact = _claims_read(rule, subject, claims, around)
    for claim in (claim for group in by_fact.values() for claim in group):
        found.claims[claim.id] = claim
    _Walk(found, by_fact, around, "when").condition(rule.when.core, Role.FOR)
    for unless in rule.unless:
        _Walk(found, by_fact, around, unless.id).condition(unless.when.core, Role.AGAINST)
    return found


def read_facts(conditions: Iterable[Written]) -> tuple[FactName, ...]:
    """All facts that some conditions read, sorted."""
    return tuple(sorted({name for condition in conditions for name in facts_of(condition.core)}))


def holder(subject: Subject, name: FactName, around: Surroundings) -> SubjectId:
    """Of whom a fact is asked: the subject, or the advertiser of an ad. LANGUAGE.md 1.1."""
    of_advertiser = around.vocabulary.facts[name].kind is Kind.ADVERTISER
    return subject.advertiser if of_advertiser and subject.advertiser else subject.id


def _claims_read(
    rule: Rule, subject: Subject, claims: Iterable[Claim], around: Surroundings
) -> dict[FactName, list[Claim]]:
    wanted = {name: holder(subject, name, around) for name in read_facts(rule.conditions)}
    found: dict[FactName, list[Claim]] = {name: [] for name in wanted}
    for claim in claims:
        if wanted.get(claim.fact) == claim.subject:
            found[claim.fact].append(claim)
    return found


def asserted(claim: Claim) -> Value | None:
    """The value that a claim asserts, None where it asserts none; denying a truth value asserts its opposite."""
    if isinstance(claim.value, NoOther):
        return None
    if claim.stance is Stance.ASSERTS:
        return claim.value
    return (not claim.value) if isinstance(claim.value, bool) else None


def denied(claim: Claim) -> Value | None:
    """The value that a claim denies, None where it denies none."""
    is_denial = claim.stance is Stance.DENIES and not isinstance(claim.value, bool | NoOther)
    return claim.value if is_denial and not isinstance(claim.value, NoOther) else None


@dataclass(slots=True)
class _Walk:
    """Goes down one condition; `direction` is the role of what supports the node at hand."""

    found: Roles
    by_fact: dict[FactName, list[Claim]]
    around: Surroundings
    part: str

    def condition(self, node: Condition, direction: Role) -> None:
        match node:
            case And() | Or():
                for operand in node.operands:
                    self.condition(operand, direction)
            case Not():
                self.condition(node.operand, direction.opposite)
            case Atom():
                self.atom(node, direction, {})
            case Has():
                self.has(node, direction)
            case Quantified():
                self.quantified(node, direction)
            case Member():
                self.member(node, direction)

    def mark(self, claim: Claim, role: Role) -> None:
        self.found.roles[claim.id].add(role)
        self.found.parts[claim.id].add(self.part)

    def values(self, name: FactName) -> list[Value]:
        values = {value for claim in self.by_fact[name] if (value := asserted(claim)) is not None}
        return sorted(values, key=repr)

    def atom(self, atom: Atom, direction: Role, variables: dict[str, Concrete]) -> None:
        options = [self.values(name) for name in atom.facts]
        if prod(len(choices) for choices in options) > MOST_COMBINATIONS:
            return
        satisfying: set[tuple[FactName, Value]] = set()
        for combination in product(*options):
            pairs = tuple(zip(atom.facts, combination, strict=True))
            truth = self.truth(atom, Binding(dict(pairs), variables))
            if truth is not None:
                self.mark_asserting(pairs, direction if truth else direction.opposite)
            if truth:
                satisfying.update(pairs)
        self.mark_denying(atom, satisfying, direction, variables)

    def truth(self, atom: Atom, binding: Binding) -> bool | None:
        try:
            return value_of(atom.expr, binding, self.around) is True
        except EvaluationError:
            return None

    def mark_asserting(self, pairs: tuple[tuple[FactName, Value], ...], role: Role) -> None:
        for name, value in pairs:
            for claim in self.by_fact[name]:
                if asserted(claim) == value:
                    self.mark(claim, role)

    def mark_denying(
        self,
        atom: Atom,
        satisfying: set[tuple[FactName, Value]],
        direction: Role,
        variables: dict[str, Concrete],
    ) -> None:
        """Denials count of satisfying values; where none satisfies, of the constants compared with (3.2)."""
        constants = () if satisfying else self.constants(atom, variables)
        for name in atom.facts:
            for claim in self.by_fact[name]:
                value = denied(claim)
                if value is not None and ((name, value) in satisfying or _is_among(value, constants)):
                    self.mark(claim, direction.opposite)

    def constants(self, atom: Atom, variables: dict[str, Concrete]) -> tuple[Concrete, ...]:
        expr = atom.expr
        if len(atom.facts) != 1 or not isinstance(expr, Operation) or len(expr.arguments) != 2:  # noqa: PLR2004 - two sides
            return ()
        left, right = expr.arguments
        if expr.operator is Operator.EQUAL and isinstance(right, FactValue):
            left, right = right, left
        if (
            expr.operator not in {Operator.EQUAL, Operator.IN}
            or not isinstance(left, FactValue)
            or facts_in(right)
        ):
            return ()
        try:
            value = value_of(right, Binding({}, variables), self.around)
        except EvaluationError:
            return ()
        return value if expr.operator is Operator.IN and isinstance(value, tuple) else (value,)

    def has(self, node: Has, direction: Role) -> None:
        values = self.values(node.fact)
        for claim in self.by_fact[node.fact]:
            if asserted(claim) is not None:
                self.mark(claim, direction)
            elif denied(claim) in values or (isinstance(claim.value, NoOther) and not values):
                self.mark(claim, direction.opposite)

    def quantified(self, node: Quantified, direction: Role) -> None:
        """`all` is NOT of `exists` with NOT body, so both its directions turn round."""
        toward = direction.opposite if node.every else direction
        fitting = set()
        for value in self.values(node.fact):
            truth = self.body(node.body, {node.variable: value}, toward.opposite if node.every else toward)
            if truth is None or truth is not node.every:
                fitting.add(value)
        for claim in self.by_fact[node.fact]:
            if asserted(claim) in fitting:
                self.mark(claim, toward)
            elif denied(claim) in fitting or isinstance(claim.value, NoOther):
                self.mark(claim, toward.opposite)

    def body(self, body: Condition, variables: dict[str, Concrete], direction: Role) -> bool | None:
        """Mark what the body reads; its truth where it reads no fact, else None."""
        if isinstance(body, Not):
            truth = self.body(body.operand, variables, direction.opposite)
            return None if truth is None else not truth
        if not isinstance(body, Atom):
            return None
        if body.facts:
            self.atom(body, direction, variables)
            return None
        return self.truth(body, Binding({}, variables))

    def member(self, node: Member, direction: Role) -> None:
        try:
            value = value_of(node.value, Binding(), self.around)
        except EvaluationError:
            return
        for claim in self.by_fact[node.fact]:
            if _is_among(asserted(claim), (value,)):
                self.mark(claim, direction)
            elif _is_among(denied(claim), (value,)) or isinstance(claim.value, NoOther):
                self.mark(claim, direction.opposite)


def _is_among(value: Value | None, constants: tuple[Concrete, ...]) -> bool:
    return value is not None and any(_equal(value, constant) for constant in constants)


def _equal(value: Value, constant: Concrete) -> bool:
    try:
        return equal(value, constant)
    except EvaluationError:
        return False
