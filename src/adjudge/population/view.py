"""A population at one valid time and one known time: its subjects, what is said of them, what was decided by then.

Settled once, so that every question about the population is asked of the same view.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.settle import View, live, settle
from adjudge.facts.vocabulary import Kind, Vocabulary
from adjudge.population.model import Decided, Dimension, Population
from adjudge.population.place import Place, place_of


class Treatment(StrEnum):
    """What is known to have been decided for a subject. `UNKNOWN` is neither of the others.

    `MEASURE` says that a measure was decided; whether it still stands is in the decision.
    """

    MEASURE = "measure"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationView:
    """Subjects sorted by id, each once; `decisions` are those that had been taken by `valid_at`."""

    subjects: tuple[Subject, ...]
    evidence: View
    decisions: Mapping[SubjectId, Decided]
    vocabulary: Vocabulary
    dimensions: tuple[Dimension, ...]
    valid_at: Instant
    known_at: Instant

    def of_kind(self, kind: Kind) -> tuple[Subject, ...]:
        """The subjects of one kind."""
        return tuple(subject for subject in self.subjects if subject.kind is kind)

    def place(self, subject: Subject, name: FactName) -> Place:
        """What is known of a fact of a subject, or of its advertiser."""
        fact = self.vocabulary.facts[name]
        holder = (subject.advertiser if fact.kind is Kind.ADVERTISER else None) or subject.id
        return place_of(fact, self.evidence.of(holder, name))


def view_at(population: Population, valid_at: Instant, known_at: Instant) -> PopulationView:
    """Settle the claims and take the decisions of an instant."""
    return view_of(
        population.subjects,
        population.claims,
        population.decisions.values(),
        vocabulary=population.vocabulary,
        dimensions=population.file.dimensions,
        valid_at=valid_at,
        known_at=known_at,
    )


def view_of(
    subjects: Iterable[Subject],
    claims: Iterable[Claim],
    decisions: Iterable[Decided],
    *,
    vocabulary: Vocabulary,
    dimensions: tuple[Dimension, ...] = (),
    valid_at: Instant,
    known_at: Instant,
) -> PopulationView:
    """The same from its parts. Their order and identical duplicates change nothing."""
    each = {subject.id: subject for subject in subjects}
    return PopulationView(
        subjects=tuple(each[key] for key in sorted(each)),
        evidence=settle(live(claims, valid_at, known_at)),
        decisions={item.subject: item for item in decisions if item.holds(valid_at)},
        vocabulary=vocabulary,
        dimensions=dimensions,
        valid_at=valid_at,
        known_at=known_at,
    )


def treatment_of(decided: Decided | None) -> Treatment:
    """What a decision on record comes to; the absence of one is no decision against a measure."""
    if decided is None:
        return Treatment.UNKNOWN
    return Treatment.MEASURE if decided.measures else Treatment.NONE
