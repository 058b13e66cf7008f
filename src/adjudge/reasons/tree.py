"""A rule as a tree: every part of its conditions with its pair, and at the leaves the claims that speak there.

Not the verdict, and no words: the pairs are those of `adjudge.spec`, asked part by part, so that a reader sees where a
weight comes from and where it is lost. LANGUAGE.md 2.2, 3, 4.2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import FactName
from adjudge.basis.said import Said
from adjudge.basis.weight import Pair, outweighs
from adjudge.facts.claim import Claim, Subject
from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified, facts_of
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Rule, Unless, Written
from adjudge.reasons.explain import Reader
from adjudge.reasons.roles import Role, holder, roles_at
from adjudge.spec.evaluate import RECORD, Situation, pair_of


class Operator(StrEnum):
    """What a part does with those below it; the last five have none below."""

    AND = "and"
    OR = "or"
    NOT = "not"
    ATOM = "atom"
    EXISTS = "exists"
    ALL = "all"
    HAS = "has"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Speaking:
    """A live claim on a fact that a leaf reads. Without a role it has no effect there.

    `failed` are the parts of the leaf that a record fails, where it was looked at in vain and that can be told.
    """

    claim: Claim
    roles: frozenset[Role]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a condition, as written and on one line. `reaches` is whether it is shown to the standard asked for.

    `silent` are the facts whose complete record speaks by what it does not hold; `errors` what could not be worked out.
    """

    text: str
    operator: Operator
    pair: Pair
    reaches: bool
    below: tuple["Part", ...] = ()
    facts: tuple[FactName, ...] = ()
    speaking: tuple[Speaking, ...] = ()
    silent: tuple[FactName, ...] = ()
    errors: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionTree:
    """An exception with its condition."""

    unless: Unless
    root: Part


@dataclass(frozen=True, slots=True)
class RuleTree:
    """A rule with all its conditions."""

    rule: Rule
    when: Part
    unless: tuple[ExceptionTree, ...]


def rule_tree(rule: Rule, subject: Subject, reader: Reader) -> RuleTree:
    """The tree of a rule for a subject."""
    exceptions = (
        ExceptionTree(item, condition_tree(item.when, item.standard, subject, reader)) for item in rule.unless
    )
    return RuleTree(rule, condition_tree(rule.when, rule.standard, subject, reader), tuple(exceptions))


def condition_tree(written: Written, standard: int, subject: Subject, reader: Reader) -> Part:
    """The tree of one condition."""
    return _Walk(written, standard, subject, reader).part(written.core)


def parts_of(root: Part) -> Iterator[Part]:
    """A part and all below it, from left to right."""
    yield root
    for part in root.below:
        yield from parts_of(part)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes down a condition; recursion is bounded by the height that the parser allows."""

    written: Written
    standard: int
    subject: Subject
    reader: Reader

    def part(self, node: Condition) -> Part:
        """A part with those below it."""
        match node:
            case And():
                return self.joined(node, Operator.AND, node.operands)
            case Or():
                return self.joined(node, Operator.OR, node.operands)
            case Not() if node.place != node.operand.place:
                return self.joined(node, Operator.NOT, (node.operand,))
            case _:
                return self.leaf(node)

    def joined(self, node: Condition, operator: Operator, operands: Iterable[Condition]) -> Part:
        """A part that has others below it."""
        pair = self.pair(node, [])
        return Part(
            text=self.written.part(node.place),
            operator=operator,
            pair=pair,
            reaches=outweighs(pair, self.standard),
            below=tuple(self.part(operand) for operand in operands),
            facts=facts_of(node),
        )

    def leaf(self, node: Condition) -> Part:
        """A part with nothing below it. `a != b` is one, although it is evaluated as NOT of `a == b` (3.1)."""
        errors: list[Said] = []
        pair = self.pair(node, errors)
        return Part(
            text=self.written.part(node.place),
            operator=_operator(node),
            pair=pair,
            reaches=outweighs(pair, self.standard),
            facts=facts_of(node),
            speaking=tuple(self.speaking(node)),
            silent=tuple(name for name in facts_of(node) if self.is_silent(name)),
            errors=tuple(dict.fromkeys(errors)),
        )

    def pair(self, node: Condition, errors: list[Said]) -> Pair:
        """The pair of a part, by the spec."""

        def report(_place: Place, reason: Said) -> None:
            errors.append(reason)

        reader, subject = self.reader, self.subject
        return pair_of(node, Situation(reader.view, reader.around, subject.id, subject.advertiser, report))

    def speaking(self, node: Condition) -> Iterator[Speaking]:
        """Those for the part first, then those against it, then those without effect; each by weight, then by id."""
        roles = roles_at(node, self.subject, self.reader.claims, self.reader.around)
        found = (
            Speaking(
                claim,
                frozenset(roles.roles[claim.id]),
                tuple(self.written.part(place) for place in roles.unfitting.get(claim.id, ())),
            )
            for claim in roles.claims.values()
        )
        yield from sorted(found, key=_order)

    def is_silent(self, name: FactName) -> bool:
        """Whether the complete record of a fact speaks by what it does not hold. LANGUAGE.md 3.4, 3.6."""
        around = self.reader.around
        fact = around.vocabulary.facts[name]
        strongest = self.reader.view.of(holder(self.subject, name, around), name).strongest
        return fact.complete and (fact.many or strongest < RECORD)


def _order(speaking: Speaking) -> tuple[int, int, str]:
    against = 1 if Role.AGAINST in speaking.roles else 2
    return 0 if Role.FOR in speaking.roles else against, -speaking.claim.weight, speaking.claim.id


def _operator(node: Condition) -> Operator:
    match node:
        case Quantified():
            return Operator.ALL if node.every else Operator.EXISTS
        case Has():
            return Operator.HAS
        case Member():
            return Operator.IN
        case Not():
            return _operator(node.operand)
        case Atom() | And() | Or():
            return Operator.ATOM
