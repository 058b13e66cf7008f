"""Views and packages for tests of populations, from the folder and from generated cases."""

from pathlib import Path

from adjudge.app.changes import load_named
from adjudge.app.population_files import load_population
from adjudge.basis.ids import DocumentId, SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.language.package import MeasureKind, Package, Rule
from adjudge.population.model import Decided, DecisionStatus, Population
from adjudge.population.view import PopulationView, view_at


def asked(folder: Path) -> tuple[Package, Population, PopulationView]:
    """The package, the population and its view, of a folder that `write` has made."""
    log = ProblemLog()
    package = load_named(f"{folder.parent / 'policies' / 'market'}@1", log)
    population = load_population(folder, log)
    assert package is not None, log.problems
    assert population is not None, log.problems
    day = population.file.as_of
    return package, population, view_at(population, day, day)


def rule_of(package: Package, name: str) -> Rule:
    return next(rule for rule in package.rules if rule.id == name)


def decided(subject: str, *measures: MeasureKind) -> Decided:
    return Decided(
        subject=SubjectId(subject),
        measures=measures,
        status=DecisionStatus.VERIFIED,
        document=DocumentId("d"),
    )
