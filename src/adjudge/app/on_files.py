"""The rooms joined over plain files: policies and cases as folders, no database.

A policy folder holds `vocabulary.yaml` and one file for each version of its package. A case folder holds `case.yaml`
and names its policy, which is looked for in the nearest `policies` folder going up, or where the caller says.
"""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from adjudge.app.files import read_source, read_yaml_file, report_unreadable
from adjudge.app.folders import VOCABULARY, find_policy, find_population, read_claims, read_within
from adjudge.app.population_files import load_population
from adjudge.app.reasons import check_reason
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.evidence.case import Case, CaseFile
from adjudge.evidence.case_reader import read_case_file, read_documents
from adjudge.evidence.notice import Notice
from adjudge.evidence.notice_reader import read_notice
from adjudge.facts.claim_reader import check_kinds
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.language.seal import read_sealed
from adjudge.population.model import Population

CASE = "case.yaml"
MOST_FILES = 1_000


@dataclass(frozen=True, slots=True)
class Policy:
    """The versions of a package, with the vocabulary that they speak."""

    vocabulary: Vocabulary
    packages: tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class LoadedCase:
    """A case with its policy, and with the population that it names, if it names one."""

    case: Case
    policy: Policy
    population: Population | None = None


def load_policy(folder: Path, log: ProblemLog) -> Policy | None:
    """A policy folder; None with problems."""
    before = len(log.problems)
    node = read_yaml_file(folder / VOCABULARY, log)
    vocabulary = read_vocabulary(node, log) if node is not None else None
    if vocabulary is None:
        return None
    packages = [
        package for path in _package_files(folder, log) if (package := _package(path, vocabulary, log))
    ]
    _check_versions(folder, packages, log)
    return Policy(vocabulary, tuple(packages)) if len(log.problems) == before else None


def _package_files(folder: Path, log: ProblemLog) -> list[Path]:
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml", ".json"})
    if len(paths) > MOST_FILES:
        message = say("the folder holds more than {count} files", count=MOST_FILES)
        log.add("file-too-large", message, where=str(folder))
    return [path for path in paths[:MOST_FILES] if path.name != VOCABULARY]


def _package(path: Path, vocabulary: Vocabulary, log: ProblemLog) -> Package | None:
    if path.suffix == ".json":
        return load_sealed(path, log)
    node = read_yaml_file(path, log)
    return read_package(node, vocabulary, log) if node is not None else None


def load_sealed(path: Path, log: ProblemLog) -> Package | None:
    """A sealed package, its digest verified; None with problems."""
    source = read_source(path, log)
    return None if source is None else read_sealed(source.text, log, str(path))


def _check_versions(folder: Path, packages: list[Package], log: ProblemLog) -> None:
    if not packages and not log.refuses:
        hint = say("add a file that begins with {key}", key="`package:`")
        log.add("unknown-package", say("the folder holds no package"), where=str(folder), hint=hint)
    where = str(folder)
    for one, other in combinations(packages, 2):
        if one.id != other.id:
            message = say(
                "the folder holds two packages, {one} and {other}", one=quoted(one.id), other=quoted(other.id)
            )
            hint = say("give each package a folder of its own")
            log.add("duplicate-id", message, where=where, hint=hint)
        elif one.version == other.version:
            message = say(
                "version {version} of {package} stands twice",
                version=quoted(one.version),
                package=quoted(one.id),
            )
            log.add("duplicate-id", message, where=where, hint=say("give each version its own name"))
        elif one.published_at == other.published_at:
            message = say(
                "versions {one} and {other} were published at one instant",
                one=quoted(one.version),
                other=quoted(other.version),
            )
            hint = say("the latest published is used: correct one of them")
            log.add("duplicate-id", message, where=where, hint=hint)


def load_case(
    folder: Path,
    log: ProblemLog,
    policies: Path | None = None,
    population: Path | None = None,
    *,
    alone: bool = False,
) -> LoadedCase | None:
    """A case folder with its policy and a population: that of a folder, or the one it names; None with problems.

    `alone` leaves out the population, for questions that compare nobody: they do not fail where it is missing.
    """
    try:
        return _load_case(folder, log, policies, population, alone=alone)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, folder, log)
        return None


def _load_case(
    folder: Path, log: ProblemLog, policies: Path | None, others: Path | None, *, alone: bool
) -> LoadedCase | None:
    if not (folder / CASE).is_file():
        message = (
            say("the folder holds no {file}", file=f"`{CASE}`")
            if folder.is_dir()
            else say("there is no folder of this name")
        )
        hint = say(
            "name a folder with a {file}, as {command}", file=f"`{CASE}`", command="`adjudge decide DIR`"
        )
        log.add("not-a-case", message, where=str(folder), hint=hint)
        return None
    node = read_within(folder, CASE, log)
    file = read_case_file(node, log) if node is not None else None
    if file is None or node is None:
        return None
    policy = _policy_of(folder, file, policies, node, log)
    if policy is None:
        return None
    case = _case(folder, file, policy, log)
    named = None if alone else others or _population_of(folder, file, node, log)
    population = load_population(named, log, policies, policy.vocabulary) if named is not None else None
    return None if log.refuses else LoadedCase(case, policy, population)


def _policy_of(
    folder: Path, file: CaseFile, policies: Path | None, node: Node, log: ProblemLog
) -> Policy | None:
    found = find_policy(folder, file.policy, policies)
    if found is not None:
        return load_policy(found, log)
    place = node.items.get("policy") if isinstance(node, Mapping) else None
    hint = say(
        "put it in {folder} beside or above the case, or name the folder with `--policies`",
        folder=f"`policies/{file.policy}`",
    )
    message = say("no policy {policy} was found", policy=quoted(file.policy))
    Shape(log).problem("unknown-package", message, place, hint)
    return None


def _population_of(folder: Path, file: CaseFile, node: Node, log: ProblemLog) -> Path | None:
    """The folder of the population that the case names."""
    found = find_population(folder, file.population) if file.population is not None else None
    if found is None and file.population is not None:
        place = node.items.get("population") if isinstance(node, Mapping) else None
        hint = say(
            "put it in {folder} beside or above the case; `decide` and `draft` take another by `--population`",
            folder=f"`populations/{file.population}`",
        )
        message = say("no population {population} was found", population=quoted(file.population))
        Shape(log).problem("unknown-population", message, place, hint)
    return found


def _case(folder: Path, file: CaseFile, policy: Policy, log: ProblemLog) -> Case:
    documents = read_documents(read_within(folder, file.documents, log), log)
    claims = read_claims(read_within(folder, file.claims, log), policy.vocabulary, documents, log)
    case = Case(file=file, documents=documents, claims=claims, notice=_notice(folder, file, log))
    check_kinds(case.subjects, claims, log)
    if case.notice is not None and case.notice.to not in {subject.id for subject in case.subjects}:
        message = say(
            "the notice is addressed to {subject}, which the case does not name",
            subject=quoted(case.notice.to),
        )
        where = str(folder / (file.notice or ""))
        log.add("unknown-subject", message, where=where, hint=say("name a subject of the case"))
    if case.notice is not None:
        check_reason(case.notice, case.subjects, policy.packages, log)
    return case


def _notice(folder: Path, file: CaseFile, log: ProblemLog) -> Notice | None:
    if file.notice is None:
        return None
    node = read_within(folder, file.notice, log)
    return read_notice(node, log) if node is not None else None
