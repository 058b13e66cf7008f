"""What a notice is compared with, and what a statement is written from: one subject's answer and the case behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from adjudge.basis.ids import ClaimId, RuleId
from adjudge.basis.instant import Instant
from adjudge.decisions.adjudicate import Decision
from adjudge.decisions.scope import Applied
from adjudge.facts.claim import Claim
from adjudge.language.package import Package, Rule
from adjudge.outcome import Outcome, Verdict
from adjudge.reasons.explain import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The policy, what was found of the one whom a notice is about, and what was known.

    `rules` are those in force, `claims` those that count on the day, `informed_at` when the addressee learned of it.
    """

    package: Package
    rules: Mapping[RuleId, Rule]
    outcome: Outcome
    decision: Decision
    explanations: Mapping[RuleId, Explanation]
    claims: Mapping[ClaimId, Claim]
    informed_at: Instant | None

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The measures that follow."""
        return self.decision.measures

    @property
    def grounds(self) -> tuple[Rule, ...]:
        """The rules whose measures apply, each once."""
        return tuple(self.rules[name] for name in dict.fromkeys(item.rule for item in self.applied))

    @property
    def met(self) -> frozenset[RuleId]:
        """The rules that are met, those included whose measure a severer one covers."""
        return frozenset(item.rule for item in self.outcome.rules if item.verdict is Verdict.MET)

    def counting(self, rule: RuleId) -> tuple[ClaimId, ...]:
        """The claims that count for a rule: its grounds first, then what else supports it."""
        found = self.explanations[rule]
        grounds = found.grounds.claims if found.grounds else ()
        return tuple(dict.fromkeys(claim.id for claim in (*grounds, *found.supporting)))
