"""What a notice is compared with, and what a statement is written from: one subject's answer and the case behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adjudge.basis.ids import ClaimId, DocumentId, RuleId
from adjudge.basis.instant import Instant
from adjudge.decisions.adjudicate import Because, Decision
from adjudge.decisions.course import Stretch, course
from adjudge.decisions.scope import Applied
from adjudge.evidence.document import Document
from adjudge.evidence.handling import Handling
from adjudge.facts.claim import Claim
from adjudge.language.package import DecidedBy, Package, Rule
from adjudge.notices.beginning import ANEW, Timing, begins, timed
from adjudge.outcome import Outcome, Verdict
from adjudge.population.others import Others
from adjudge.reasons.explain import Explanation
from adjudge.recourse.way import Recourse

_REFERRED = frozenset({Because.CONTESTED, Because.UNPROVEN, Because.CONTESTED_EXEMPTION})
"""Why a person must decide on the whole, and not on one measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The policy, what was found of the one whom a notice is about, and what was known.

    `rules` are those in force, `claims` those that count on the day, `valid_at` that day, `informed_at` when the
    addressee learned of it. `handling` is None where the case does not say how it was handled. `documents` are those
    in which claims were read. `recourse` is what would change it, None where no measure follows. `others` is whom the
    rules reach besides, None where nobody was compared. `timing` is what bears on when the measures begin.
    """

    package: Package
    rules: Mapping[RuleId, Rule]
    outcome: Outcome
    decision: Decision
    explanations: Mapping[RuleId, Explanation]
    claims: Mapping[ClaimId, Claim]
    valid_at: Instant
    informed_at: Instant | None
    handling: Handling | None = None
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)
    recourse: Recourse | None = None
    others: Others | None = None
    timing: Timing = ANEW

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The measures that follow, each place and time of one by itself: see `course` for from when and until when."""
        return tuple(stretch.applied for stretch in self.course)

    @property
    def course(self) -> tuple[Stretch, ...]:
        """The measures that follow, each where and while no severer one covers it: what a statement states."""
        return course(
            timed(self.rules[name], measure, self._first, self.timing)
            for name, _ in self.outcome.measures
            if (measure := self.rules[name].measure) is not None
        )

    def starts(self, rule: Rule) -> Instant:
        """The first instant at which a rule's measure begins, anew or as an earlier decision has it."""
        anew = begins(rule, self._first, self.timing)
        if rule.measure is None:
            return anew
        held = timed(rule, rule.measure, self._first, self.timing).held
        return min([anew, *(item.start for item in held)])

    @property
    def _first(self) -> Instant:
        """Before it is told nothing begins. DSA Art. 17(2), P2B Art. 4(1)."""
        return max(self.valid_at, self.informed_at or self.valid_at)

    @property
    def grounds(self) -> tuple[Rule, ...]:
        """The rules whose measures apply at some time, each once."""
        return tuple(self.rules[name] for name in dict.fromkeys(item.rule for item in self.applied))

    @property
    def met(self) -> frozenset[RuleId]:
        """The rules that are met, those included whose measure a severer one covers."""
        return frozenset(item.rule for item in self.outcome.rules if item.verdict is Verdict.MET)

    @property
    def by_person(self) -> tuple[Rule, ...]:
        """The grounds on which a person must decide: every one where the whole is referred to a person."""
        reasons = self.decision.by_person
        if any(reason.because in _REFERRED for reason in reasons):
            return self.grounds
        asking = {reason.rule for reason in reasons}
        return tuple(
            rule for rule in self.grounds if rule.id in asking or rule.decided_by is DecidedBy.PERSON
        )

    def counting(self, rule: RuleId) -> tuple[ClaimId, ...]:
        """The claims that count for a rule: its grounds first, then what else supports it."""
        found = self.explanations[rule]
        grounds = found.grounds.claims if found.grounds else ()
        return tuple(dict.fromkeys(claim.id for claim in (*grounds, *found.supporting)))
