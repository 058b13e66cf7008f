"""Why one subject changes: every rule of both versions, its verdict before and after, and the tree where they differ.

The verdicts are those of the point engine, and the trees' pairs those of `adjudge.spec`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adjudge.backtest.question import Question, Version, in_effect, read_by
from adjudge.backtest.tables import Source
from adjudge.basis.ids import DocumentId, RuleId
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import live, settle
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import Rule
from adjudge.outcome import Outcome, Verdict
from adjudge.population.batch import by_point
from adjudge.population.view import view_of
from adjudge.reasons.explain import Reader
from adjudge.reasons.tree import RuleTree, rule_tree
from adjudge.spec.resolve import surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sided:
    """A rule under one version: what it says there of the subject. Without a verdict it does not apply."""

    rule: Rule
    verdict: Verdict | None
    applies: bool
    tree: RuleTree


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBothWays:
    """A rule before and after; None where that version does not have it."""

    id: RuleId
    old: Sided | None
    new: Sided | None

    @property
    def is_same(self) -> bool:
        """Whether the rule and what it says are the same in both."""
        if self.old is None or self.new is None:
            return False
        said = (self.old.verdict, self.old.applies) == (self.new.verdict, self.new.applies)
        return said and self.old.rule == self.new.rule

    @property
    def matters(self) -> bool:
        """Whether it explains what becomes of the subject: it differs, or its measure applies."""
        sides = [side for side in (self.old, self.new) if side is not None]
        return any(side.applies for side in sides) or {
            side.verdict for side in (self.old, self.new) if side is not None and side.verdict is not None
        } not in ({Verdict.UNKNOWN}, {Verdict.REFUTED}, set())


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One subject. `rules` are sorted by id; `documents` are those behind the claims."""

    subject: Subject
    old: Outcome
    new: Outcome
    rules: tuple[RuleBothWays, ...]
    documents: Mapping[DocumentId, Document]


def explained(question: Question, source: Source, subjects: Sequence[Subject]) -> list[Explained]:
    """Explanations of some subjects, in their order."""
    names = {str(name) for item in subjects for name in (item.id, item.advertiser) if name}
    old, new = _claims(question, source, names)
    ids = {str(claim.document) for claim in (*old, *new) if claim.document is not None}
    documents = source.documents(ids) if ids else {}
    return [_explained(question, subject, old, new, documents) for subject in subjects]


def _claims(question: Question, source: Source, names: set[str]) -> tuple[Sequence[Claim], Sequence[Claim]]:
    """For each version by its own vocabulary; where it is the same, all claims are gone through once."""
    versions = (question.old, question.new)
    facts = {fact for version in versions for rule in question.rules(version) for fact in read_by(rule)}
    old, new = (version.package.vocabulary for version in versions)
    found = source.claims(new, facts, names)
    return (found if old == new else source.claims(old, facts, names)), found


def _explained(
    question: Question,
    subject: Subject,
    old: Sequence[Claim],
    new: Sequence[Claim],
    documents: Mapping[DocumentId, Document],
) -> Explained:
    whose = {subject.id, subject.advertiser}
    before = _Side(question, question.old, subject, [claim for claim in old if claim.subject in whose])
    after = _Side(question, question.new, subject, [claim for claim in new if claim.subject in whose])
    rules = sorted({*before.rules, *after.rules})
    both = (RuleBothWays(id=name, old=before.of(name), new=after.of(name)) for name in rules)
    cited = {claim.document for claim in (*before.claims, *after.claims)}
    return Explained(
        subject=subject,
        old=before.outcome,
        new=after.outcome,
        rules=tuple(both),
        documents={name: item for name, item in documents.items() if name in cited},
    )


class _Side:
    """One version and one subject."""

    def __init__(
        self, question: Question, version: Version, subject: Subject, claims: Sequence[Claim]
    ) -> None:
        package = in_effect(version.package, question.known_at)
        at = question.valid_at, question.known_at
        self.subject, self.claims = subject, live(claims, *at)
        self.rules = {rule.id: rule for rule in question.rules(version) if rule.subject is subject.kind}
        vocabulary: Vocabulary = package.vocabulary
        view = view_of(
            [subject],
            claims,
            (),
            vocabulary=vocabulary,
            valid_at=question.valid_at,
            known_at=question.known_at,
        )
        (self.outcome,) = by_point(package, view, question.territory)
        self._reader = Reader(self.claims, settle(self.claims), surroundings(package, question.valid_at))

    def of(self, name: RuleId) -> Sided | None:
        """What a rule says here."""
        rule = self.rules.get(name)
        if rule is None:
            return None
        found = self.outcome.of(name)
        return Sided(
            rule=rule,
            verdict=found.verdict if found is not None else None,
            applies=any(item == name for item, _ in self.outcome.measures),
            tree=rule_tree(rule, self.subject, self._reader),
        )
