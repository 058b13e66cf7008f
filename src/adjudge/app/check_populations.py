"""A policy checked with a population: what its rules would do to those who are there.

Not a gate: whom a population holds is chance, so that everything found here only warns.
"""

from pathlib import Path

from adjudge.app.check import load_package
from adjudge.app.files import report_unreadable
from adjudge.app.folders import VOCABULARY
from adjudge.app.on_files import load_policy, load_sealed
from adjudge.app.population_files import load_population
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from adjudge.population.lint import check_with_population, untried
from adjudge.population.model import Population
from adjudge.population.view import view_at


def check_with(path: Path, folder: Path, log: ProblemLog, policies: Path | None = None) -> Said | None:
    """Check the package at a path, of a policy folder the latest, with a population; what it was, in words.

    None with problems. The day is that of the population; every rule is asked as if it were in force on it.
    """
    try:
        package = _package(path, log)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        report_unreadable(error, path, log)
        return None
    vocabulary = package.vocabulary if package is not None else None
    population = load_population(folder, log, policies, vocabulary)
    if package is None or population is None:
        return None
    day = population.file.as_of
    view = view_at(population, day, day)
    for problem in check_with_population(package, population.claims, view):
        log.add(
            problem.code,
            problem.message,
            problem.span,
            where=problem.where,
            hint=problem.hint,
            severity=problem.severity,
        )
    return _checked(package, population, untried(package, view))


def _checked(package: Package, population: Population, lacking: tuple[Kind, ...]) -> Said:
    """What was checked with what, and which rules could not be: a sentence for each kind of subject."""
    parts = {"version": package.version, "name": population.file.id}
    if lacking == (Kind.AD,):
        return say(
            "version {version} with population {name}, but for the rules on ads, of which it holds none",
            **parts,
        )
    if lacking == (Kind.ADVERTISER,):
        return say(
            "version {version} with population {name}, but for the rules on advertisers, of which it holds none",
            **parts,
        )
    return say("version {version} with population {name}", **parts)


def _package(path: Path, log: ProblemLog) -> Package | None:
    if path.is_dir():
        return _latest(path, log)
    return load_sealed(path, log) if path.suffix == ".json" else load_package(path, log)


def _latest(folder: Path, log: ProblemLog) -> Package | None:
    if not (folder / VOCABULARY).is_file():
        message = say(
            "only a policy can be checked with a population, and {path} is none", path=quoted(str(folder))
        )
        hint = say("name a policy folder or a package file")
        log.add("unknown-package", message, where=str(folder), hint=hint)
        return None
    policy = load_policy(folder, log)
    if policy is None:
        return None
    return max(policy.packages, key=lambda package: package.published_at)
