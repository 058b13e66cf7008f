"""What the tests of notices are made of: days, answers of case folders, and of every case of the example terms."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import decide
from adjudge.app.notices import statement_of
from adjudge.app.on_files import LoadedCase, Policy, load_case, load_policy
from adjudge.app.recourse import told_recourse
from adjudge.app.trials import read_test_file, tests_in
from adjudge.basis.ids import ClaimId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.case import Case, CaseFile, Party
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Source
from adjudge.language.package import Package
from adjudge.notices.statement import Statement
from adjudge.recourse.way import Recourse
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of
from adjudge.trials.model import Trial
from adjudge.trials.reader import Versions

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "notices"
FOUNDING = ROOT / "examples" / "cases" / "kaspersky-2018"
PHARMACY = GOLDEN / "cases" / "pharmacy-2026"
SEVERAL = GOLDEN / "several" / "case"
TERMS = ROOT / "policies" / "ads-standard"
TONGUES: tuple[Tongue, ...] = tuple(tongue_of(code) for code in LANGUAGES)
OWN = Handling(
    platform={"en": "The platform", "fr": "La plateforme"},
    source=Source.OWN_INITIATIVE,
    detection=Automation.NOT,
    complaint="https://example.org/complaints",
    settlement="https://example.org/settlement",
)


def day(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None, text
    return found


@cache
def loaded(folder: Path) -> LoadedCase:
    log = ProblemLog()
    own = folder.parent / "policies"
    found = load_case(folder, log, own if own.is_dir() else ROOT / "policies")
    assert found is not None, [problem.message for problem in log.problems]
    return found


@cache
def answer(folder: Path, as_of: str, territory: str | None = None) -> Answer:
    return answered(loaded(folder), as_of, territory)


def answered(case: LoadedCase, as_of: str, territory: str | None = None) -> Answer:
    at = day(as_of)
    found = decide(case, Asked(valid_at=at, known_at=at, territory=territory), ProblemLog())
    assert found is not None
    return with_known_recourse(found)


_RECOURSE: dict[tuple[object, ...], Recourse | None] = {}


def with_known_recourse(found: Answer) -> Answer:
    """The answer with what would change it, searched once for each case: titles and handling change nothing in it."""
    asked, case = found.asked, found.case.file.id
    subjects = []
    for item in found.subjects:
        key = (case, found.package.version, asked.valid_at, asked.territory, item.outcome)
        if key not in _RECOURSE:
            _RECOURSE[key] = told_recourse(found, item.outcome.subject)
        subjects.append(replace(item, recourse=_RECOURSE[key]))
    return replace(found, subjects=tuple(subjects))


def handled(folder: Path, handling: Handling) -> LoadedCase:
    """A case folder as if it had been handled otherwise."""
    found = loaded(folder)
    return replace(found, case=replace(found.case, file=replace(found.case.file, handling=handling)))


def statement(found: Answer, subject: str, informed_at: Instant | None = None) -> Statement:
    log = ProblemLog()
    written = statement_of(found, subject, informed_at or found.asked.valid_at, TONGUES, log)
    assert written is not None, [problem.message for problem in log.problems]
    return written


# --- the cases of the example terms ---


@dataclass(frozen=True, slots=True)
class Tried:
    """One subject of a case of the terms' tests, on which a measure follows."""

    name: str
    trial: Trial
    subject: str

    def answer(self, handling: Handling = OWN, package: Package | None = None) -> Answer:
        if package is not None:
            return _answer(self.trial, handling, package)
        return with_known_recourse(_answer(self.trial, handling, self.trial.package))


@cache
def terms() -> Policy:
    found = load_policy(TERMS, ProblemLog())
    assert found is not None
    return found


def trials() -> Iterator[Trial]:
    policy = terms()
    versions = Versions(policy.vocabulary, policy.packages)
    for path in tests_in(TERMS / "tests", ProblemLog()):
        file = read_test_file(path, versions, ProblemLog())
        assert file is not None, path
        yield from file.trials


def _answer(trial: Trial, handling: Handling, package: Package) -> Answer:
    file = CaseFile(
        id=trial.id,
        title=trial.title,
        summary={},
        policy=package.id,
        parties=tuple(Party(subject=subject, title={}) for subject in trial.subjects),
        documents="documents.yaml",
        claims="claims.yaml",
        notice=None,
        questions=(),
        handling=handling,
    )
    case = Case(file=file, documents={}, claims=trial.claims, notice=None)
    asked = Asked(valid_at=trial.valid_at, known_at=trial.known_at, territory=trial.territory)
    found = decide(LoadedCase(case, Policy(terms().vocabulary, (package,))), asked, ProblemLog())
    assert found is not None
    return found


@cache
def measured() -> tuple[Tried, ...]:
    """Every subject of every case of the terms' tests on which a measure follows."""
    return tuple(
        Tried(f"{trial.id}: {item.outcome.subject}", trial, str(item.outcome.subject))
        for trial in trials()
        for item in _answer(trial, OWN, trial.package).subjects
        if item.decision.measures
    )


def notified(handling: Handling, claim: ClaimId) -> Handling:
    """The same, but led to by a trusted flagger's notice in which a claim was read."""
    return replace(handling, source=Source.TRUSTED_FLAGGER, notified=(claim,))
