"""The evidence as cards: each document with the claims that were read in it, and the clauses at which these speak.

What speaks against stands in the same column as what speaks for it, with the answer given to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adjudge.answers.answer import Answer
from adjudge.answers.claims import ClaimView, DocumentView, claim_view, document_view
from adjudge.answers.sheet.clauses import ClauseView, ReasonView, Voice, spoken
from adjudge.basis.ids import ClaimId, DocumentId
from adjudge.facts.claim import Claim
from adjudge.tongues.tongue import Tongue

FOR, AGAINST, BOTH, IDLE = "for", "against", "both", "idle"
_ORDER = (FOR, BOTH, AGAINST, IDLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A clause at which a claim speaks."""

    anchor: str
    number: str
    direction: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimCard:
    """A claim on a card. `direction` is that of all its clauses; `answer` what the reason says to one that is contrary.

    `is_contrary` says that it counts against a rule that applies, so that whoever decides has to answer it.
    """

    anchor: str
    claim: ClaimView
    direction: str
    cited: tuple[Cited, ...]
    failed: tuple[str, ...]
    answer: str
    is_contrary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A document, or an origin of which there is none; `others` are the further documents of the same origin."""

    anchor: str
    document: DocumentView | None
    origin: str
    language: str
    claims: tuple[ClaimCard, ...]
    others: tuple[str, ...]

    @property
    def is_idle(self) -> bool:
        """Whether nothing in it speaks at any clause that is shown."""
        return not self.speaking

    @property
    def speaking(self) -> tuple[ClaimCard, ...]:
        """What speaks at some clause that is shown."""
        return tuple(item for item in self.claims if item.direction != IDLE)

    @property
    def idle(self) -> tuple[ClaimCard, ...]:
        """What was read in it besides."""
        return tuple(item for item in self.claims if item.direction == IDLE)


Places = Mapping[ClaimId, Sequence[tuple[ClauseView, Voice]]]
"""By claim the clauses at which it speaks, with how."""


@dataclass(frozen=True, slots=True)
class Dealer:
    """What cards are made with. `contrary` are the claims that have to be answered; `replies` what was answered."""

    answer: Answer
    tongue: Tongue
    reasons: Sequence[ReasonView]
    contrary: frozenset[ClaimId]
    replies: Mapping[ClaimId, str]

    def cards(self, claims: Iterable[Claim]) -> tuple[Card, ...]:
        """The cards: what speaks first, in the order of its first clause; then what is on record beside it."""
        table = _Table(spoken(self.reasons), _given(self.reasons), _by_origin(self.answer.case.claims))
        found: dict[str, list[Claim]] = {}
        for claim in claims:
            found.setdefault(claim.document or f"origin:{claim.origin}", []).append(claim)
        groups = sorted(found.items(), key=lambda item: min(map(table.rank, item[1])))
        return tuple(
            self._card(f"evidence-{number}", key, group, table)
            for number, (key, group) in enumerate(groups, start=1)
        )

    def _card(self, anchor: str, key: str, claims: Sequence[Claim], table: "_Table") -> Card:
        document = self.answer.case.documents.get(DocumentId(key))
        same = {other for claim in claims for other in table.by_origin.get(claim.origin, ())} - {key}
        return Card(
            anchor=anchor,
            document=document_view(document, self.tongue) if document is not None else None,
            origin=claims[0].origin,
            language=document.language if document is not None else "",
            claims=tuple(
                self._claim(f"{anchor}-{place}", claim, table)
                for place, claim in enumerate(sorted(claims, key=table.rank), start=1)
            ),
            others=tuple(sorted(same)),
        )

    def _claim(self, anchor: str, claim: Claim, table: "_Table") -> ClaimCard:
        places = table.at(claim)
        return ClaimCard(
            anchor=anchor,
            claim=claim_view(claim, self.answer.case, self.tongue),
            direction=_direction(voice.direction for _, voice in places),
            cited=tuple(
                Cited(anchor=at.anchor, number=at.number, direction=voice.direction, word=voice.word)
                for at, voice in places
                if voice.direction != IDLE
            ),
            failed=tuple(dict.fromkeys(voice.failed for _, voice in places if voice.failed)),
            answer=self.replies.get(claim.id, "") or table.given.get(claim.id, ""),
            is_contrary=claim.id in self.contrary,
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """What is looked up of each claim. `given` is what the rules themselves answer to contrary ones."""

    places: Places
    given: Mapping[str, str]
    by_origin: Mapping[str, frozenset[str]]

    def at(self, claim: Claim) -> Sequence[tuple[ClauseView, Voice]]:
        """Where it speaks."""
        return self.places.get(claim.id, ())

    def rank(self, claim: Claim) -> tuple[object, ...]:
        """What speaks stands before what does not, by the clause at which it speaks first, then the heavier."""
        places = self.at(claim)
        numbers = sorted(_number(clause.number) for clause, voice in places if voice.direction != IDLE)
        direction = _direction(voice.direction for _, voice in places)
        first = numbers[0] if numbers else ()
        return (not numbers, first, _ORDER.index(direction), -claim.weight, claim.id)


def _by_origin(claims: Iterable[Claim]) -> Mapping[str, frozenset[str]]:
    """By origin the documents in which something of it was read."""
    found: dict[str, set[str]] = {}
    for claim in claims:
        if claim.document:
            found.setdefault(claim.origin, set()).add(claim.document)
    return {origin: frozenset(documents) for origin, documents in found.items()}


def _given(reasons: Iterable[ReasonView]) -> Mapping[str, str]:
    """By contrary claim what the rules themselves answer to it."""
    return {item.claim.id: item.answer for reason in reasons for item in reason.rule.contrary}


def _direction(directions: Iterable[str]) -> str:
    """One direction of several: those without effect change none."""
    spoken_in = set(directions) - {IDLE}
    if not spoken_in:
        return IDLE
    return spoken_in.pop() if len(spoken_in) == 1 else BOTH


def _number(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))
