"""A matter as the engine sees it at any valid and known time, and what it answers; and the institution as a population.

Pure but for reading the records: every earlier view can be had again, since claims keep their known times.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from adjudge.answers.answer import Answer, Asked, SubjectAnswer
from adjudge.app.decide import decide, outcomes_of, with_recourse
from adjudge.app.on_files import LoadedCase, Policy
from adjudge.app.others import with_others
from adjudge.basis.digest import Json
from adjudge.basis.ids import ClaimId, DocumentId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.said import say
from adjudge.errors import BugError
from adjudge.evidence.case import Case, CaseFile, Party
from adjudge.evidence.case_reader import read_documents
from adjudge.evidence.document import Document
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Source
from adjudge.facts.claim import Claim
from adjudge.institution.house import refused
from adjudge.institution.material.claims import claims_of
from adjudge.institution.material.compiled import by_kept_engine
from adjudge.institution.material.subjects import party_of
from adjudge.institution.plain import textual
from adjudge.institution.staff.settling import institution_row
from adjudge.institution.versions import package_of, version_at
from adjudge.institution.watched import EVALUATION, watched
from adjudge.language.package import MeasureKind, Package
from adjudge.language.seal import digest_of_package
from adjudge.outcome import Outcome, exchange_form
from adjudge.people.permission import not_found
from adjudge.population.model import Decided, DecisionStatus, Population, PopulationFile
from adjudge.population.others import kinds_by_severity
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    ClaimRow,
    DecisionState,
    DocumentRow,
    InstitutionRow,
    MatterRow,
    MeasureRow,
    SubjectRow,
)
from adjudge.records.shelf import CLAIMS, DECISIONS, DOCUMENTS, MEASURES, SUBJECTS

MOST_OTHERS = 5_000
"""Subjects of the institution with which one is compared while somebody waits; beyond, the bulk engine is asked."""


def evaluate(
    records: Reading,
    matter: MatterRow,
    valid_at: Instant,
    known_at: Instant,
    package: Package | None = None,
    *,
    about: Collection[str] | None = None,
) -> Answer:
    """What is found of the subjects of a matter, by engine and spec, by the version that applied or the one given.

    `about` are those of which it is asked, and the advertiser is told of with them; all of the matter where it is None.
    Of others nothing is read: no rule looks from one ad at another.
    """
    chosen = package if package is not None else _applying(records, matter.policy, known_at)
    asked = Asked(valid_at=valid_at, known_at=known_at, territory=matter.territory or None)
    return answer_of(_case(records, matter, chosen, about), chosen, asked)


def answer_of(case: Case, package: Package, asked: Asked) -> Answer:
    """What is found of the subjects of a case by a version of its policy, by engine and spec."""
    package = _as_published(package, asked)
    loaded = LoadedCase(case, Policy(package.vocabulary, (package,)))
    log = ProblemLog()
    with watched(EVALUATION):
        answer = decide(loaded, asked, log, by_kept_engine)
    if answer is None:
        raise BugError(f"a matter cannot be evaluated: {log.problems[0].message}")
    return answer


def outcomes_on_record(
    records: Reading, matter: MatterRow, at: Instant, package: Package | None = None
) -> tuple[str, list[Outcome]]:
    """What is found of all subjects of a matter, without reasons, with the digest of the version that was asked."""
    chosen = package if package is not None else _applying(records, matter.policy, at)
    asked = Asked(valid_at=at, known_at=at, territory=matter.territory or None)
    loaded = LoadedCase(_case(records, matter, chosen, None), Policy(chosen.vocabulary, (chosen,)))
    with watched(EVALUATION):
        found = outcomes_of(loaded, _as_published(chosen, asked), asked, by_kept_engine)
    return digest_of_package(chosen), found


def _as_published(package: Package, asked: Asked) -> Package:
    """In the shadow a version is asked as if it were published."""
    return replace(package, published_at=asked.known_at) if package.published_at > asked.known_at else package


def with_reasons(records: Reading, answer: Answer) -> Answer:
    """The answer with what would change it, whom else it reaches, and how like cases were treated."""
    return with_others(with_recourse(answer), population(records, answer))


def outcomes_form(found: Iterable[Outcome]) -> list[Json]:
    """The outcomes as LANGUAGE.md 8 writes them, numbers as texts: what is recorded, and what a replay must find."""
    return [textual(exchange_form(item)) for item in found]


def found_of(answer: Answer, subject: str) -> SubjectAnswer:
    """What was found of a subject. Raises NotFoundError where the matter has none of this id."""
    found = next((item for item in answer.subjects if item.outcome.subject == subject), None)
    if found is None:
        raise not_found()
    return found


def outcome_form(answer: Answer, subject: str) -> Json:
    """The outcome of one subject. Raises NotFoundError where the matter has none of this id."""
    return textual(exchange_form(found_of(answer, subject).outcome))


def _applying(records: Reading, policy: str, known_at: Instant) -> Package:
    row = version_at(records, policy, known_at)
    if row is None:
        message = say("no version of {policy} applied on {day}", policy=policy, day=known_at)
        raise refused("unknown-package", message, say("ask a later day"))
    return package_of(row.text)


def _case(records: Reading, matter: MatterRow, package: Package, about: Collection[str] | None) -> Case:
    log = ProblemLog()
    if about is None:
        rows = records.find(SUBJECTS, advertiser=matter.advertiser)
        claim_rows = records.find(CLAIMS, advertiser=matter.advertiser)
        document_rows = _rows_of_documents(records, matter.advertiser, claim_rows)
    else:
        rows = _asked_about(records, matter, about)
        claim_rows = _claims_about(records, matter, [row.id for row in rows])
        named = records.get_many(DOCUMENTS, sorted({claim.document for claim in claim_rows}))
        document_rows = [named[key] for key in sorted(named)]
    claims = claims_of(claim_rows, package.vocabulary, log)
    documents = _documents(document_rows, log)
    parties = tuple(party_of(row.content) for row in rows)
    case = case_of(matter.id, matter.policy, parties, claims, handling_of(matter, institution_row(records)))
    file = replace(case.file, title=matter.title or case.file.title)
    return replace(case, file=file, documents=documents)


def _asked_about(records: Reading, matter: MatterRow, about: Collection[str]) -> Sequence[SubjectRow]:
    """Subjects of a matter by their ids, with its advertiser."""
    found = records.get_many(SUBJECTS, sorted({*about, matter.advertiser}))
    return [found[key] for key in sorted(found) if found[key].advertiser == matter.advertiser]


def _claims_about(records: Reading, matter: MatterRow, subjects: Sequence[str]) -> Sequence[ClaimRow]:
    """The claims about subjects; and those that came in a notice, of which it must be known whom they are about."""
    found = {row.id: row for row in records.find_any(CLAIMS, "subject", subjects)}
    if matter.notified:
        found |= records.get_many(CLAIMS, sorted(set(matter.notified) - found.keys()))
    return [found[key] for key in sorted(found) if found[key].advertiser == matter.advertiser]


def case_of(
    name: str,
    policy: str,
    parties: tuple[Party, ...],
    claims: tuple[Claim, ...],
    handling: Handling | None = None,
) -> Case:
    """Subjects and claims as a case, without documents and without a notice."""
    file = CaseFile(
        id=name,
        title={"en": name},
        summary={},
        policy=policy,
        parties=parties,
        documents="",
        claims="",
        notice=None,
        questions=(),
        handling=handling,
    )
    return Case(file=file, documents={}, claims=claims, notice=None)


def _rows_of_documents(
    records: Reading, advertiser: str, claims: Sequence[ClaimRow]
) -> Sequence[DocumentRow]:
    """The documents about an advertiser, and those about several on which a claim of it rests."""
    own = {row.id: row for row in records.find(DOCUMENTS, advertiser=advertiser)}
    others = records.get_many(DOCUMENTS, sorted({claim.document for claim in claims} - own.keys()))
    return [*own.values(), *others.values()]


def handling_of(matter: MatterRow, settled: InstitutionRow) -> Handling | None:
    """How the matter was come to and where one can complain; None while the institution has not settled the latter."""
    if not (settled.platform and settled.complaint and settled.settlement):
        return None
    return Handling(
        platform=settled.platform,
        source=Source(matter.source),
        detection=Automation(matter.detection),
        complaint=settled.complaint,
        settlement=settled.settlement,
        notified=tuple(map(ClaimId, matter.notified)),
        review=settled.review,
    )


def _documents(rows: Sequence[DocumentRow], log: ProblemLog) -> dict[DocumentId, Document]:
    return read_documents(node_of({"documents": [row.content for row in rows]}, "documents"), log)


# --- the institution as a population ---


def population(records: Reading, answer: Answer) -> Population | None:
    """All subjects of the institution with what was decided for each; None where they are too many to ask meanwhile."""
    if records.count(SUBJECTS) > MOST_OTHERS:
        return None
    package, asked = answer.package, answer.asked
    subjects = records.find(SUBJECTS)
    file = PopulationFile(
        id="institution",
        title={"en": "All subjects on record", "fr": "Tous les sujets enregistrés"},
        summary={},
        policy=package.id,
        as_of=asked.valid_at,
        parties=tuple(party_of(row.content) for row in subjects),
        dimensions=(),
        documents="",
        claims="",
        decisions="",
    )
    return Population(
        file=file,
        vocabulary=package.vocabulary,
        documents={},
        claims=claims_of(records.find(CLAIMS), package.vocabulary, ProblemLog()),
        decisions=_decided(records),
    )


def _decided(records: Reading) -> dict[SubjectId, Decided]:
    """What is in force for each subject, under all policies; a decision without measures is one too.

    The rows of decisions hold their whole statements, and are read for those only whose measures do not say enough; of
    what was superseded the measures are not read either.
    """
    kinds: dict[str, list[MeasureKind]] = {}
    since: dict[str, Instant | None] = {}
    issued = records.listed(DECISIONS, state=DecisionState.ISSUED.value)
    measures: dict[str, list[MeasureRow]] = {}
    for measure in records.find_any(MEASURES, "decision", [row["id"] for row in issued]):
        measures.setdefault(measure.decision, []).append(measure)
    at = {key: rows[0].issued_at for key, rows in measures.items() if rows[0].issued_at is not None}
    others = records.get_many(DECISIONS, [row["id"] for row in issued if row["id"] not in at])
    at |= {key: row.issued_at for key, row in others.items() if row.issued_at is not None}
    for row in issued:
        key, subject = row["id"], row["subject"]
        kinds.setdefault(subject, []).extend(MeasureKind(item.kind) for item in measures.get(key, ()))
        since[subject] = at.get(key)
    return {
        SubjectId(subject): Decided(
            subject=SubjectId(subject),
            measures=kinds_by_severity(found),
            status=DecisionStatus.VERIFIED,
            since=since[subject],
        )
        for subject, found in kinds.items()
    }
