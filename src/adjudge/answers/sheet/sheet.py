"""The decision sheet of one subject: what is called for, the reason in clauses, the evidence beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.answers.decision.view import SubjectView, view_of
from adjudge.answers.sheet.clauses import ReasonView, Writer
from adjudge.answers.sheet.evidence import Card, Dealer
from adjudge.basis.ids import ClaimId
from adjudge.facts.settle import live
from adjudge.outcome import Verdict
from adjudge.reasons.tree import RuleTree
from adjudge.tongues.tongue import Tongue

SHOWN = (Verdict.MET, Verdict.CONTESTED, Verdict.EXCEPTED, Verdict.UNPROVEN)
"""Verdicts of rules that are taken apart by themselves, in this order; of others whoever asks names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A rule that is not taken apart: its name, its title and how it came out."""

    id: str
    title: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet. `cards` have what speaks at the clauses that are shown, `beside` what else is on record."""

    subject: SubjectView
    reasons: tuple[ReasonView, ...]
    folded: tuple[Folded, ...]
    cards: tuple[Card, ...]
    beside: tuple[Card, ...]

    @property
    def anchors(self) -> Mapping[str, str]:
        """By claim where its card stands."""
        return {item.claim.id: item.anchor for card in (*self.cards, *self.beside) for item in card.claims}


def sheet_view(
    answer: Answer,
    trees: Sequence[RuleTree] | None,
    tongue: Tongue,
    *,
    asked: str = "",
    contrary: frozenset[ClaimId] = frozenset(),
    replies: Mapping[ClaimId, str] | None = None,
) -> SheetView:
    """The sheet of the one subject of an answer. `asked` names a rule to take apart besides those that matter.

    Without trees it is what all its parts stand under alone: nothing is taken apart, and no evidence is laid beside.
    """
    (found,) = answer.subjects
    (subject,) = view_of(answer, tongue).subjects
    if trees is None:
        return SheetView(subject=subject, reasons=(), folded=(), cards=(), beside=())
    views = {rule.id: rule for rule in subject.rules}
    chosen = [tree for tree in trees if _is_shown(views[tree.rule.id].verdict, tree.rule.id, asked)]
    chosen.sort(key=lambda tree: _order(views[tree.rule.id].verdict))
    writer = Writer(tongue, answer.case.documents)
    reasons = []
    for number, tree in enumerate(chosen, start=1):
        outcome = found.outcome.of(tree.rule.id)
        if outcome is not None:
            reasons.append(writer.reason(number, views[tree.rule.id], outcome, tree))
    claims = live(answer.case.claims, answer.asked.valid_at, answer.asked.known_at)
    about = {found.party.subject.id, found.party.subject.advertiser}
    dealer = Dealer(answer, tongue, reasons, contrary, replies or {})
    cards = dealer.cards(claim for claim in claims if claim.subject in about)
    taken = {tree.rule.id for tree in chosen}
    return SheetView(
        subject=subject,
        reasons=tuple(reasons),
        folded=tuple(
            Folded(id=rule.id, title=rule.title, verdict=rule.verdict)
            for rule in subject.rules
            if rule.id not in taken
        ),
        cards=tuple(card for card in cards if not card.is_idle),
        beside=tuple(card for card in cards if card.is_idle),
    )


def _is_shown(verdict: Verdict, rule: str, asked: str) -> bool:
    return verdict in SHOWN or rule == asked


def _order(verdict: Verdict) -> int:
    return SHOWN.index(verdict) if verdict in SHOWN else len(SHOWN)
