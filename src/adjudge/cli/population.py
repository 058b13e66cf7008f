"""The options with which a command asks about a population: the package, the folder, the instants, the territory."""

import argparse
from typing import TYPE_CHECKING

from adjudge.cli import arguments

if TYPE_CHECKING:
    from adjudge.answers.answer import Asked
    from adjudge.basis.problem import ProblemLog
    from adjudge.language.package import Package
    from adjudge.population.model import Population


def add_population(command: argparse.ArgumentParser) -> None:
    """Declare the package, the folder and the options."""
    command.add_argument(
        "package",
        metavar="PACKAGE",
        type=_name,
        help="a package file, a sealed file, or a version of a policy folder, written DIR@VERSION",
    )
    command.add_argument(
        "--population",
        metavar="DIR",
        type=arguments.path,
        required=True,
        help="a folder with a population.yaml, or tables as `adjudge data export` writes them",
    )
    command.add_argument(
        "--as-of",
        metavar="DATE",
        type=arguments.instant,
        help="the valid time (default: that of the population)",
    )
    command.add_argument(
        "--known-at", metavar="DATE", type=arguments.instant, help="what was known by then (default: --as-of)"
    )
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country, as US (default: every rule applies)",
    )
    command.add_argument(
        "--policies", metavar="DIR", type=arguments.path, help="where policies lie (default: found)"
    )


def _name(text: str) -> str:
    return str(arguments.path(text))


def loaded(asked: argparse.Namespace, log: "ProblemLog") -> "tuple[Population, Package, Asked] | None":
    """The population, the package and the question; None with problems in the log."""
    from adjudge.app.changes import load_named
    from adjudge.app.population_files import load_population
    from adjudge.app.populations import asked_of
    from adjudge.interchange.tables.to_population import is_data, population_of_tables

    package = load_named(asked.package, log)
    vocabulary = package.vocabulary if package is not None else None
    if vocabulary is not None and is_data(asked.population):
        population = population_of_tables(asked.population, vocabulary, log)
    else:
        population = load_population(asked.population, log, asked.policies, vocabulary)
    if package is None or population is None:
        return None
    return population, package, asked_of(population, asked.as_of, asked.known_at, asked.territory)
