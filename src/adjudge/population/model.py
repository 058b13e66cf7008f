"""A population: many subjects, what is claimed of them, and what was decided for each, as far as that is known.

Not an answer. A subject without a decision on record is one of whom nothing is known, not one without a measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from adjudge.basis.ids import DocumentId, FactName, SubjectId
from adjudge.basis.instant import Instant
from adjudge.evidence.case import Party
from adjudge.evidence.document import Document, Precision
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import MeasureKind


class DecisionStatus(StrEnum):
    """Whether a decision on record was checked."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Standing(StrEnum):
    """Whether what was decided is known to be still in force. That it was decided is known either way."""

    IN_FORCE = "in_force"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided for a subject: the kinds of measures, by rising severity; none is a decision too.

    `precision` is how exactly `since` is known; beyond it that day is a placeholder. From `until` on nothing of the
    decision is in force, and no decision is known any more.
    """

    subject: SubjectId
    measures: tuple[MeasureKind, ...]
    status: DecisionStatus
    since: Instant | None = None
    precision: Precision = Precision.DAY
    standing: Standing = Standing.IN_FORCE
    until: Instant | None = None
    document: DocumentId | None = None
    note: Mapping[str, str] = field(default_factory=dict)

    def holds(self, at: Instant) -> bool:
        """Whether the decision had been taken by an instant, and was not over; one without a date holds always."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A fact by whose values results are told apart; `bands` are the lower bounds of classes of numbers or amounts."""

    name: str
    fact: FactName
    bands: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationFile:
    """What `population.yaml` itself says. The names of facts in `dimensions` are checked apart."""

    id: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    policy: str
    as_of: Instant
    parties: tuple[Party, ...]
    dimensions: tuple[Dimension, ...]
    documents: str
    claims: str
    decisions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """A population folder, read whole against a vocabulary."""

    file: PopulationFile
    vocabulary: Vocabulary
    documents: Mapping[DocumentId, Document]
    claims: tuple[Claim, ...]
    decisions: Mapping[SubjectId, Decided]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Whom the population holds."""
        return tuple(party.subject for party in self.file.parties)
