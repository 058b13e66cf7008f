"""Which way each live claim speaks in a rule: for it, against it, both, or read without effect.

Not weighing: a claim's role says in which direction it can move the rule's pair, not how far. LANGUAGE.md 6.1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from math import prod
from typing import assert_never

from adjudge.basis.ids import ClaimId, FactName, SubjectId
from adjudge.facts.claim import Claim, NoOther, Stance, Subject
from adjudge.facts.value import Value, value_key
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import (
    And,
    Atom,
    Condition,
    Expr,
    Has,
    Member,
    Not,
    Operation,
    Operator,
    Or,
    Quantified,
    compared_with,
    facts_in,
    facts_of,
)
from adjudge.language.expression.syntax import Place
from adjudge.language.failure import MOST_COMBINATIONS, EvaluationError
from adjudge.language.operators import Concrete, equal
from adjudge.language.package import Rule, Written
from adjudge.spec.concrete import Binding, Surroundings, value_of


class Role(StrEnum):
    """The direction in which a claim can move the rule."""

    FOR = "for"
    AGAINST = "against"

    @property
    def opposite(self) -> "Role":
        """The other one."""
        return Role.AGAINST if self is Role.FOR else Role.FOR


Marks = dict[ClaimId, frozenset[Role]]


@dataclass(slots=True)
class Roles:
    """The roles of the claims that a rule reads. `parts` says where: `when`, or the id of an `unless`.

    `helping` are those that support some part of the rule, even where on the whole they count against it.
    `unfitting` are records of many-valued facts that `when` looked at in vain, with the conjuncts that each fails.
    """

    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    roles: dict[ClaimId, set[Role]] = field(default_factory=lambda: defaultdict(set))
    parts: dict[ClaimId, set[str]] = field(default_factory=lambda: defaultdict(set))
    helping: set[ClaimId] = field(default_factory=set)
    unfitting: dict[ClaimId, tuple[Place, ...]] = field(default_factory=dict)

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
    walk = _Walk(by_fact, around, found.helping, found.unfitting)
    _note(found, walk.condition(rule.when.core, Role.FOR), "when")
    for unless in rule.unless:
        _note(found, walk.condition(unless.when.core, Role.AGAINST), unless.id)
    return found


def roles_at(part: Condition, subject: Subject, claims: Iterable[Claim], around: Surroundings) -> Roles:
    """The roles of the live claims in a part of a condition: for the part or against it, whatever that does above."""
    found = Roles()
    by_fact = _claims_of(facts_of(part), subject, claims, around)
    for claim in (claim for group in by_fact.values() for claim in group):
        found.claims[claim.id] = claim
    _note(found, _Walk(by_fact, around, found.helping, found.unfitting).condition(part, Role.FOR), "")
    return found


def _note(found: Roles, marks: Marks, part: str) -> None:
    for claim_id, roles in marks.items():
        found.roles[claim_id].update(roles)
        found.parts[claim_id].add(part)


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
    return _claims_of(read_facts(rule.conditions), subject, claims, around)


def _claims_of(
    names: Iterable[FactName], subject: Subject, claims: Iterable[Claim], around: Surroundings
) -> dict[FactName, list[Claim]]:
    wanted = {name: holder(subject, name, around) for name in names}
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


def _joined(marks: Iterable[Marks], leading: Role) -> Marks:
    """The marks of several parts of which one suffices for `leading`: so it leads, and the other role needs all.

    A product of one kind supports `a || b` where it fits a, although it does not fit b; in `a && b` it is the other
    way round.
    """
    gathered: dict[ClaimId, list[frozenset[Role]]] = defaultdict(list)
    for one in marks:
        for claim_id, roles in one.items():
            gathered[claim_id].append(roles)
    found: Marks = {}
    for claim_id, sets in gathered.items():
        leads = {leading} if any(leading in roles for roles in sets) else set()
        other = leading.opposite
        follows = {other} if all(other in roles for roles in sets) else set()
        found[claim_id] = frozenset(leads | follows)
    return found


@dataclass(slots=True)
class _Walk:
    """Goes down one condition; `direction` is the role of what supports the node at hand."""

    by_fact: dict[FactName, list[Claim]]
    around: Surroundings
    helping: set[ClaimId]
    unfitting: dict[ClaimId, tuple[Place, ...]]

    def condition(self, node: Condition, direction: Role) -> Marks:
        """What every claim that the node reads does to the rule."""
        match node:
            case And():
                return _joined([self.condition(o, direction) for o in node.operands], direction.opposite)
            case Or():
                return _joined([self.condition(o, direction) for o in node.operands], direction)
            case Not():
                return self.condition(node.operand, direction.opposite)
            case Atom():
                return self.atom(node, direction, {})
            case Has():
                return self.has(node, direction)
            case Quantified():
                return self.quantified(node, direction)
            case Member():
                return self.member(node, direction)
        assert_never(node)

    def marked(self, pairs: Iterable[tuple[Claim, Role]]) -> Marks:
        """Gather the roles of each claim, and remember who helps."""
        found: dict[ClaimId, set[Role]] = defaultdict(set)
        for claim, role in pairs:
            found[claim.id].add(role)
            if role is Role.FOR:
                self.helping.add(claim.id)
        return {claim_id: frozenset(roles) for claim_id, roles in found.items()}

    def values(self, name: FactName) -> list[Value]:
        """The asserted values of a fact."""
        values = {value for claim in self.by_fact[name] if (value := asserted(claim)) is not None}
        return sorted(values, key=value_key)

    def atom(self, atom: Atom, direction: Role, variables: Mapping[str, Concrete]) -> Marks:
        """Assertions by what their value does, denials by what the value that they deny would do."""
        options = [self.values(name) for name in atom.facts]
        if prod(len(choices) for choices in options) > MOST_COMBINATIONS:
            return {}
        roles: dict[tuple[FactName, Value], set[Role]] = defaultdict(set)
        for combination in product(*options):
            pairs = tuple(zip(atom.facts, combination, strict=True))
            truth = self.truth(atom.expr, Binding(dict(pairs), variables))
            for pair in pairs if truth is not None else ():
                roles[pair].add(direction if truth else direction.opposite)
        satisfying = {pair for pair, found in roles.items() if direction in found}
        return self.marked([*self.asserting(roles), *self.denying(atom, satisfying, direction, variables)])

    def truth(self, expr: Expr, binding: Binding) -> bool | None:
        """Whether an expression holds; None where it errs."""
        try:
            return value_of(expr, binding, self.around) is True
        except EvaluationError:
            return None

    def asserting(self, roles: Mapping[tuple[FactName, Value], set[Role]]) -> Iterable[tuple[Claim, Role]]:
        """The claims that assert these values, with the roles of the values."""
        for (name, value), found in roles.items():
            for claim in self.by_fact[name]:
                if asserted(claim) == value:
                    yield from ((claim, role) for role in found)

    def denying(
        self,
        atom: Atom,
        satisfying: set[tuple[FactName, Value]],
        direction: Role,
        variables: Mapping[str, Concrete],
    ) -> Iterable[tuple[Claim, Role]]:
        """Denials count of satisfying values; where none satisfies, of the constants compared with (3.2)."""
        constants = () if satisfying else self.constants(atom, variables)
        for name in atom.facts:
            for claim in self.by_fact[name]:
                value = denied(claim)
                if value is not None and ((name, value) in satisfying or _is_among(value, constants)):
                    yield claim, direction.opposite

    def constants(self, atom: Atom, variables: Mapping[str, Concrete]) -> tuple[Concrete, ...]:
        """What an equality or membership compares its one fact with."""
        compared = compared_with(atom)
        if compared is None:
            return ()
        try:
            value = value_of(compared, Binding({}, variables), self.around)
        except EvaluationError:
            return ()
        return value if isinstance(value, tuple) else (value,)

    def has(self, node: Has, direction: Role) -> Marks:
        """Any assertion supports `has`; a denial of an asserted value, or `none`, opposes it."""
        values = self.values(node.fact)
        return self.marked(
            (claim, direction if asserted(claim) is not None else direction.opposite)
            for claim in self.by_fact[node.fact]
            if asserted(claim) is not None
            or denied(claim) in values
            or (isinstance(claim.value, NoOther) and not values)
        )

    def quantified(self, node: Quantified, direction: Role) -> Marks:
        """`all` is NOT of `exists` with NOT body, so both its directions turn round; one row suffices for `exists`."""
        toward = direction.opposite if node.every else direction
        fitting, rows = set(), []
        for value in self.values(node.fact):
            variables = {node.variable: value}
            truths, marks = self.body(node.body, variables, toward.opposite if node.every else toward)
            rows.append(marks)
            if not truths or (not node.every) in truths:
                fitting.add(value)
        own = self.marked(self.ranging(node.fact, fitting, toward))
        self.note_unfitting(node, fitting)
        return {**_joined(rows, toward), **own}

    def note_unfitting(self, node: Quantified, fitting: set[Value]) -> None:
        """Remember which records were looked at in vain, and why."""
        for claim in self.by_fact[node.fact]:
            value = asserted(claim)
            if value is not None and value not in fitting:
                self.unfitting[claim.id] = self.failing(node, value)

    def failing(self, node: Quantified, value: Value) -> tuple[Place, ...]:
        """The conjuncts of the body that a record fails; none are named where the body is negated."""
        if not isinstance(node.body, Atom) or node.every:
            return ()
        expr = node.body.expr
        conjuncts = (
            expr.arguments if isinstance(expr, Operation) and expr.operator is Operator.AND else (expr,)
        )
        return tuple(c.place for c in conjuncts if self.truths(c, {node.variable: value}) == {False})

    def ranging(self, name: FactName, fitting: set[Value], toward: Role) -> Iterable[tuple[Claim, Role]]:
        """What claims on the many-valued fact itself do."""
        for claim in self.by_fact[name]:
            if asserted(claim) in fitting:
                yield claim, toward
            elif denied(claim) in fitting or isinstance(claim.value, NoOther):
                yield claim, toward.opposite

    def body(
        self, body: Condition, variables: Mapping[str, Concrete], direction: Role
    ) -> tuple[set[bool], Marks]:
        """What a body comes to over the asserted values (nothing where it errs), and what its claims do."""
        if isinstance(body, Not):
            truths, marks = self.body(body.operand, variables, direction.opposite)
            return {not truth for truth in truths}, marks
        if not isinstance(body, Atom):
            return set(), {}
        return self.truths(body.expr, variables), self.atom(body, direction, variables) if body.facts else {}

    def truths(self, expr: Expr, variables: Mapping[str, Concrete]) -> set[bool]:
        """What an expression comes to over the asserted values of its facts; of silent ones, what is sure."""
        if isinstance(expr, Operation) and expr.operator is Operator.AND:
            each = [self.truths(conjunct, variables) for conjunct in expr.arguments]
            if {False} in each:
                return {False}
        names = facts_in(expr)
        options = [self.values(name) for name in names]
        if prod(len(choices) for choices in options) > MOST_COMBINATIONS:
            return set()
        bindings = (Binding(dict(zip(names, values, strict=True)), variables) for values in product(*options))
        found = {self.truth(expr, binding) for binding in bindings}
        return {truth for truth in found if truth is not None}

    def member(self, node: Member, direction: Role) -> Marks:
        """Assertions of the value support, its denials and `none` oppose."""
        try:
            value = value_of(node.value, Binding(), self.around)
        except EvaluationError:
            return {}
        return self.marked(
            (claim, direction if _is_among(asserted(claim), (value,)) else direction.opposite)
            for claim in self.by_fact[node.fact]
            if _is_among(asserted(claim), (value,))
            or _is_among(denied(claim), (value,))
            or isinstance(claim.value, NoOther)
        )


def _is_among(value: Value | None, constants: tuple[Concrete, ...]) -> bool:
    return value is not None and any(_equal(value, constant) for constant in constants)


def _equal(value: Value, constant: Concrete) -> bool:
    try:
        return equal(value, constant)
    except EvaluationError:
        return False
