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
from adjudge.evidence.document import Document
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Vocabulary
from adjudge.language.package import MeasureKind


class DecisionStatus(StrEnum):
    """Whether a decision on record was checked."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided for a subject: the kinds of measures in force, by rising severity; none is a decision too."""

    subject: SubjectId
    measures: tuple[MeasureKind, ...]
    status: DecisionStatus
    since: Instant | None = None
    document: DocumentId | None = None
    note: Mapping[str, str] = field(default_factory=dict)

    def holds(self, at: Instant) -> bool:
        """Whether the decision had been taken by an instant; one without a date holds always."""
        return self.since is None or self.since <= at


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
