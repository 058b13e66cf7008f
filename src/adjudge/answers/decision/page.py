"""What a page adds to a view: a name for every fragment, and links both ways between claims and documents.

Not the markup: that is in `templates/`. Names are made of ids that people know, so that one can cite a fragment.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from adjudge.answers.claims import ClaimView, DocumentView
from adjudge.answers.decision.view import AnswerView, RuleView, SubjectView
from adjudge.outcome import Verdict

OPENED = frozenset({Verdict.MET, Verdict.CONTESTED, Verdict.UNPROVEN})
"""Verdicts whose rules are shown unfolded: those that something follows from, or might."""

_UNFIT = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class PageClaim:
    """A claim at one place of the page; `document` is empty where the page shows no document of it."""

    anchor: str
    document: str
    claim: ClaimView


@dataclass(frozen=True, slots=True)
class PageContrary:
    """A claim against, with the answer; `grounds` says that the rule rests on it too."""

    at: PageClaim
    answer: str
    grounds: bool


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of the condition that a record fails, and what the record says in the fields that it reads."""

    text: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageUnfitting:
    """A record that does not fit, and why."""

    at: PageClaim
    failed: tuple[PagePart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """A rule at its place."""

    anchor: str
    rule: RuleView
    opened: bool
    grounds: tuple[PageClaim, ...]
    supporting: tuple[PageClaim, ...]
    contrary: tuple[PageContrary, ...]
    unfitting: tuple[PageUnfitting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSubject:
    """A subject at its place; `tally` counts the verdicts of its rules, the most decided first."""

    anchor: str
    subject: SubjectView
    tally: tuple[tuple[Verdict, int], ...]
    rules: tuple[PageRule, ...]

    @property
    def is_met(self) -> bool:
        """Whether some rule is met."""
        return any(verdict is Verdict.MET for verdict, _ in self.tally)

    def at(self, rule: str) -> str:
        """Where a rule stands; empty where it is not shown here."""
        return next((placed.anchor for placed in self.rules if placed.rule.id == rule), "")


@dataclass(frozen=True, slots=True)
class Citation:
    """A rule of a subject, and the places there where a document is read: claim ids with their anchors."""

    anchor: str
    rule: str
    subject: str
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PageDocument:
    """A document at its place, with everywhere it is relied on or weighed."""

    anchor: str
    document: DocumentView
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A view with its places."""

    view: AnswerView
    subjects: tuple[PageSubject, ...]
    documents: tuple[PageDocument, ...]


@dataclass(slots=True)
class _Places:
    """Hands out names, each once, and notes where each document is read."""

    documents: dict[str, str] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    readings: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def name(self, *parts: str) -> str:
        """A name fit for a fragment; a second one of the same parts gets a number."""
        plain = "-".join(_UNFIT.sub("-", part.lower())[:_LONGEST].strip("-") or "x" for part in parts)
        self.given[plain] += 1
        number = self.given[plain]
        if number == 1:
            return plain
        return self.name(plain, str(number))

    def claim(self, claim: ClaimView, subject: str, rule: str) -> PageClaim:
        """Give a claim its place."""
        anchor = self.name("claim", subject, rule, claim.id)
        self.readings[claim.document].append((claim.id, anchor))
        return PageClaim(anchor, self.documents.get(claim.document, ""), claim)


def page_of(view: AnswerView) -> Page:
    """Give everything that a view shows its place."""
    places = _Places()
    for document in view.documents:
        places.documents[document.id] = places.name("document", document.id)
    cited: defaultdict[str, list[Citation]] = defaultdict(list)
    subjects = tuple(_subject(subject, places, cited) for subject in view.subjects)
    documents = tuple(
        PageDocument(places.documents[document.id], document, tuple(cited[document.id]))
        for document in view.documents
    )
    return Page(view, subjects, documents)


def _subject(subject: SubjectView, places: _Places, cited: defaultdict[str, list[Citation]]) -> PageSubject:
    counts = Counter(rule.verdict for rule in subject.rules)
    anchor = places.name("subject", subject.id)
    rules = []
    for rule in subject.rules:
        places.readings.clear()
        placed = _rule(rule, subject.id, places)
        for document, claims in places.readings.items():
            cited[document].append(Citation(placed.anchor, rule.title, subject.title, tuple(claims)))
        rules.append(placed)
    tally = tuple((verdict, counts[verdict]) for verdict in reversed(Verdict) if counts[verdict])
    return PageSubject(anchor=anchor, subject=subject, tally=tally, rules=tuple(rules))


def _rule(rule: RuleView, subject: str, places: _Places) -> PageRule:
    def placed(claim: ClaimView) -> PageClaim:
        return places.claim(claim, subject, rule.id)

    grounds = {claim.id for claim in rule.grounds}
    return PageRule(
        anchor=places.name("rule", subject, rule.id),
        rule=rule,
        opened=rule.verdict in OPENED,
        grounds=tuple(placed(claim) for claim in rule.grounds),
        supporting=tuple(placed(claim) for claim in rule.supporting),
        contrary=tuple(
            PageContrary(placed(item.claim), item.answer, item.claim.id in grounds) for item in rule.contrary
        ),
        unfitting=tuple(
            PageUnfitting(placed(item.claim), tuple(_part(part, item.claim) for part in item.failed))
            for item in rule.unfitting
        ),
    )


def _part(part: str, claim: ClaimView) -> PagePart:
    said = tuple(pair for pair in claim.fields if re.search(rf"\.{re.escape(pair[0])}\b", part))
    return PagePart(part, said)
