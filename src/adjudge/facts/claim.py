"""One reading of one document: value, stance, weight, origin, valid time, known time, place.

Not a fact and not a verdict: a claim says what one source says. LANGUAGE.md 1.3.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from adjudge.basis.ids import ClaimId, DocumentId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant, Interval
from adjudge.basis.span import Span
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Kind


class Stance(StrEnum):
    """Whether a claim says that the value holds, or that it does not."""

    ASSERTS = "asserts"
    DENIES = "denies"


@dataclass(frozen=True, slots=True)
class NoOther:
    """The value `none`: there is no other value than those asserted. Only of many-valued facts."""


NO_OTHER = NoOther()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim. `holds` is its valid time; `recorded_at` and `withdrawn_at` bound its known time.

    `weight` is 1 to 5. Two claims are equal when all that decides is equal; the texts and the place are not compared.
    """

    id: ClaimId
    subject: SubjectId
    fact: FactName
    value: Value | NoOther
    stance: Stance
    weight: int
    origin: OriginId
    recorded_at: Instant
    holds: Interval = field(default_factory=Interval)
    withdrawn_at: Instant | None = None
    document: DocumentId | None = None
    place: str = field(default="", compare=False)
    note: dict[str, str] = field(default_factory=dict, compare=False, hash=False)
    weight_reason: dict[str, str] = field(default_factory=dict, compare=False, hash=False)
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom or what is asked about: a kind and an id; an ad belongs to one advertiser. LANGUAGE.md 1.1."""

    id: SubjectId
    kind: Kind
    advertiser: SubjectId | None = None


def is_live(claim: Claim, valid_at: Instant, known_at: Instant) -> bool:
    """Whether a claim counts at a valid time and a known time. LANGUAGE.md 1.6."""
    if claim.recorded_at > known_at:
        return False
    if claim.withdrawn_at is not None and claim.withdrawn_at <= known_at:
        return False
    return claim.holds.holds(valid_at)
