"""The reason as numbered clauses: each part of a rule's conditions, with both weights and the claims that speak there.

Not the evidence: that is in `evidence`, which points back to these clauses.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adjudge.answers.decision.view import RuleView
from adjudge.answers.rules.explained import row_text
from adjudge.answers.rules.figures import state_text
from adjudge.answers.rules.trees import Documents, direction_text, part_view
from adjudge.basis.ids import ClaimId, FactName
from adjudge.basis.weight import Standard
from adjudge.outcome import RuleOutcome
from adjudge.reasons.roles import Role
from adjudge.reasons.tree import Part, RuleTree, Speaking
from adjudge.tongues.tongue import Tongue

MOST_VOICES = 50
"""Claims named at one clause; of a case from outside there may be thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A claim that speaks at a clause: in which direction there, by name and by word, and why not where it has none."""

    claim: str
    direction: str
    word: str
    failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """A part of a condition at its place. `number` is cited, as `1.2`; `standard` is the one that it must reach.

    `unnamed` speak there beyond those of `voices`, and are on their cards alone; `facts` are those that it reads, where
    it has no parts below it.
    """

    anchor: str
    number: str
    text: str
    is_code: bool
    for_: int
    against: int
    standard: Standard
    reaches: bool
    facts: tuple[FactName, ...]
    notes: tuple[str, ...]
    voices: tuple[Voice, ...]
    unnamed: tuple[Voice, ...]
    below: tuple["ClauseView", ...]

    @property
    def more(self) -> int:
        """How many claims speak there that are not named."""
        return len(self.unnamed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionView:
    """An exception of a rule: its title, what it came to, and its clauses."""

    title: str
    state: str
    root: ClauseView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """A rule as the reason, or as what was no reason: the row of the table that gave the verdict, and its clauses."""

    anchor: str
    number: int
    rule: RuleView
    row: str
    root: ClauseView
    exceptions: tuple[ExceptionView, ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """What clauses are written with."""

    tongue: Tongue
    documents: Documents

    def reason(self, number: int, rule: RuleView, outcome: RuleOutcome, tree: RuleTree) -> ReasonView:
        """A rule, the so-manieth of the sheet. Its own condition is clause `1.1`, its exceptions `1.2` and on."""
        tongue = self.tongue
        exceptions = []
        for place, item in enumerate(tree.unless, start=2):
            exceptions.append(
                ExceptionView(
                    title=tongue.text(item.unless.title) or item.unless.id,
                    state=state_text(item.root.pair, item.unless.standard, tongue),
                    root=self.clause(item.root, item.unless.standard, f"{number}.{place}"),
                )
            )
        return ReasonView(
            anchor=f"reason-{number}",
            number=number,
            rule=rule,
            row=row_text(tree.rule, outcome, tongue),
            root=self.clause(tree.when, tree.rule.standard, f"{number}.1"),
            exceptions=tuple(exceptions),
        )

    def clause(self, part: Part, standard: Standard, number: str) -> ClauseView:
        """A part with those below it. Recursion is bounded by the height of a condition, which the reader bounds."""
        view = part_view(part, self.tongue, self.documents)
        return ClauseView(
            anchor=f"clause-{number.replace('.', '-')}",
            number=number,
            text=view.text,
            is_code=view.is_code,
            for_=part.pair.for_,
            against=part.pair.against,
            standard=standard,
            reaches=part.reaches,
            facts=() if part.below else part.facts,
            notes=view.notes,
            voices=tuple(self._voice(item) for item in part.speaking[:MOST_VOICES]),
            unnamed=tuple(self._voice(item) for item in part.speaking[MOST_VOICES:]),
            below=tuple(
                self.clause(item, standard, f"{number}.{place}")
                for place, item in enumerate(part.below, start=1)
            ),
        )

    def _voice(self, item: Speaking) -> Voice:
        tongue = self.tongue
        return Voice(
            claim=item.claim.id,
            direction=direction_name(item.roles),
            word=direction_text(item.roles, tongue),
            failed=tongue("it fails {parts}", parts=tongue.listed(item.failed)) if item.failed else "",
        )


def direction_name(roles: frozenset[Role]) -> str:
    """The direction of a claim as a name for its sign: `for`, `against`, `both` or `idle`."""
    if len(roles) > 1:
        return "both"
    return next(iter(roles)).value if roles else "idle"


def clauses_of(root: ClauseView) -> Iterator[ClauseView]:
    """A clause and all below it, in the order of their numbers."""
    yield root
    for item in root.below:
        yield from clauses_of(item)


def spoken(reasons: Sequence[ReasonView]) -> Mapping[ClaimId, tuple[tuple[ClauseView, Voice], ...]]:
    """By claim the clauses at which it speaks, with how."""
    found: dict[ClaimId, list[tuple[ClauseView, Voice]]] = {}
    for reason in reasons:
        for root in (reason.root, *(item.root for item in reason.exceptions)):
            for clause in clauses_of(root):
                for voice in (*clause.voices, *clause.unnamed):
                    found.setdefault(ClaimId(voice.claim), []).append((clause, voice))
    return {claim: tuple(places) for claim, places in found.items()}
