"""Why: an outcome with the claims, the place and the answer at each rule.

Joins back what an engine leaves out: verdict to claims to documents. LANGUAGE.md 5.4, 6.1, 6.2.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.basis.ids import FactName
from adjudge.basis.weight import Pair
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import View, settle
from adjudge.language.core import Condition, leaves
from adjudge.language.expression.syntax import Place
from adjudge.language.package import Rule
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.reasons.grounds import Grounds, grounds_of
from adjudge.reasons.missing import MissingProof, missing_proof
from adjudge.reasons.roles import Role, Roles, holder, read_facts, roles_in
from adjudge.spec.concrete import Surroundings
from adjudge.spec.evaluate import RECORD, Situation, pair_of
from adjudge.spec.resolve import rule_outcome

NO_MISSING_PROOF = MissingProof(())


@dataclass(frozen=True, slots=True)
class Contrary:
    """A live claim that counts against the rule. `parts` are `when` or the exceptions that it supports."""

    claim: Claim
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfitting:
    """A record that the rule looked at and that does not fit, with the parts of the condition that it fails."""

    claim: Claim
    failed: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything behind one rule's verdict for one subject."""

    rule: Rule
    outcome: RuleOutcome
    grounds: Grounds | None
    supporting: tuple[Claim, ...]
    contrary: tuple[Contrary, ...]
    unfitting: tuple[Unfitting, ...]
    silent: tuple[FactName, ...]
    missing: MissingProof


@dataclass(frozen=True, slots=True)
class Reader:
    """What explaining needs: the live claims, settled, and what is in force."""

    claims: Sequence[Claim]
    view: View
    around: Surroundings


def explain(rule: Rule, outcome: RuleOutcome, subject: Subject, reader: Reader) -> Explanation:
    """Explain one rule's outcome."""
    roles = roles_in(rule, subject, reader.claims, reader.around)
    return Explanation(
        rule=rule,
        outcome=outcome,
        grounds=_grounds(rule, subject, roles, reader) if outcome.verdict is Verdict.MET else None,
        supporting=tuple(roles.having(Role.FOR)),
        contrary=tuple(Contrary(c, tuple(sorted(roles.parts[c.id]))) for c in roles.having(Role.AGAINST)),
        unfitting=tuple(_unfitting(roles)),
        silent=_silent(rule, subject, reader),
        missing=_missing(rule, outcome, subject, reader),
    )


def _grounds(rule: Rule, subject: Subject, roles: Roles, reader: Reader) -> Grounds:
    # A claim without effect can still end the silence of a record (3.4), so that those are always kept.
    rest = roles.without_effect()

    def still_met(claims: Sequence[Claim]) -> bool:
        return rule_outcome(rule, subject, settle([*claims, *rest]), reader.around).verdict is Verdict.MET

    return grounds_of(roles, still_met)


def _silent(rule: Rule, subject: Subject, reader: Reader) -> tuple[FactName, ...]:
    """Facts of the rule whose complete record speaks by what it does not hold. LANGUAGE.md 3.4, 3.6."""

    def speaks(name: FactName) -> bool:
        fact = reader.around.vocabulary.facts[name]
        strongest = reader.view.of(holder(subject, name, reader.around), name).strongest
        return fact.complete and (fact.many or strongest < RECORD)

    return tuple(name for name in read_facts(rule.conditions) if speaks(name))


def _missing(rule: Rule, outcome: RuleOutcome, subject: Subject, reader: Reader) -> MissingProof:
    """Only of what is unproven or unknown; what is refuted or contested lacks no proof. LANGUAGE.md 6.2."""
    if outcome.verdict not in {Verdict.UNPROVEN, Verdict.UNKNOWN}:
        return NO_MISSING_PROOF

    def pair(leaf: Condition) -> Pair:
        situation = Situation(reader.view, reader.around, subject.id, subject.advertiser, lambda *_: None)
        return pair_of(leaf, situation)

    return missing_proof(rule.when.core, map(pair, leaves(rule.when.core)), rule.standard)


def _unfitting(roles: Roles) -> Iterable[Unfitting]:
    """Records that were looked at in vain, and that speak neither for nor against."""
    for claim in roles.without_effect():
        if claim.id in roles.unfitting:
            yield Unfitting(claim, roles.unfitting[claim.id])
