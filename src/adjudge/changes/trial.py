"""Cases put to both packages at once, by the point engine for speed and by the spec for certainty.

Not a search: it evaluates what it is given. Every claim is one that the vocabulary of its side can hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.ids import ClaimId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.changes.cases import Weighed
from adjudge.changes.sayings import ADVERTISER, Speaker, asked, claim_of, subject_of
from adjudge.changes.scenes import Scene
from adjudge.engines.point.engine import PointEngine
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from adjudge.outcome import Outcome, agree
from adjudge.spec.resolve import outcomes as by_spec

Both = tuple[Outcome, Outcome]
"""The outcome of the old package and that of the new one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One package with what reads claims for it and what evaluates it."""

    package: Package
    speaker: Speaker
    engine: PointEngine


def side(package: Package, speaker: Speaker | None = None) -> Side:
    """Compiling is put off until the first question."""
    return Side(package, speaker or Speaker(package.vocabulary), PointEngine(package))


@dataclass(frozen=True, slots=True)
class Trial:
    """Two packages, and the known time at which both are published."""

    old: Side
    new: Side
    known_at: Instant

    def many(self, found: Sequence[Weighed], scene: Scene) -> list[Both]:
        """The outcomes of many cases by the point engine, in their order."""
        one, other = (self._by_point(item, found, scene) for item in (self.old, self.new))
        return list(zip(one, other, strict=True))

    def _by_point(self, item: Side, found: Sequence[Weighed], scene: Scene) -> list[Outcome]:
        subjects = [_numbered(asked(scene.kind), index) for index in range(len(found))]
        claims = [claim for index, case in enumerate(found) for claim in self._batch(item, case, index)]
        answered = item.engine.outcomes(
            claims, subjects, valid_at=scene.valid_at, known_at=self.known_at, territory=scene.territory
        )
        by_id = {outcome.subject: outcome for outcome in answered}
        return [by_id[subject.id] for subject in subjects]

    def _batch(self, item: Side, case: Weighed, index: int) -> Iterator[Claim]:
        """A case's claims with the case's number in their names, so that many fit into one question."""
        for number, (saying, weight) in enumerate(case, start=1):
            subject = _name(subject_of(saying), index)
            claim = item.speaker.claim(f"claim-{number}-{index}", saying, weight, subject, self.known_at)
            if claim is not None:
                yield claim

    def one(self, case: Weighed, scene: Scene) -> Both:
        """The outcomes of one case by the spec."""
        return self._by_spec(self.old, case, scene), self._by_spec(self.new, case, scene)

    def _by_spec(self, item: Side, case: Weighed, scene: Scene) -> Outcome:
        (found,) = by_spec(
            item.package,
            claims_of(case, item.speaker, self.known_at),
            [asked(scene.kind)],
            valid_at=scene.valid_at,
            known_at=self.known_at,
            territory=scene.territory,
        )
        return found

    def is_confirmed(self, case: Weighed, scene: Scene) -> bool:
        """Whether the engine and the spec find the same on both sides."""
        (engine,) = self.many([case], scene)
        spec = self.one(case, scene)
        return all(
            agree(replace(found, subject=other.subject), other)
            for found, other in zip(engine, spec, strict=True)
        )


def claims_of(case: Weighed, speaker: Speaker, known_at: Instant) -> list[Claim]:
    """The claims of a case that a vocabulary can hold, numbered from 1."""
    said = (
        speaker.claim(f"claim-{number}", saying, weight, subject_of(saying), known_at)
        for number, (saying, weight) in enumerate(case, start=1)
    )
    return [claim for claim in said if claim is not None]


def claims_as_said(case: Weighed, known_at: Instant) -> list[Claim]:
    """The claims of a case as the exchange form has them, whoever can hold them; numbered as in `claims_of`."""
    return [
        claim_of(f"claim-{number}", saying, weight, subject_of(saying), known_at, value=saying.value)
        for number, (saying, weight) in enumerate(case, start=1)
    ]


def unsayable(case: Weighed, speaker: Speaker) -> tuple[ClaimId, ...]:
    """The claims of a case that a vocabulary cannot hold, by name."""
    return tuple(
        ClaimId(f"claim-{number}")
        for number, (saying, _) in enumerate(case, start=1)
        if speaker.value(saying) is None
    )


def _numbered(subject: Subject, index: int) -> Subject:
    owner = _name(ADVERTISER, index) if subject.kind is Kind.AD else None
    return Subject(id=_name(subject.id, index), kind=subject.kind, advertiser=owner)


def _name(subject: SubjectId, index: int) -> SubjectId:
    return SubjectId(f"{subject}-{index}")
