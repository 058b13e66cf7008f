"""One call, many outcomes: how a population is put to an engine.

The protocol is narrow on purpose, so that an engine made for columns can stand in for the point engine.
"""

from typing import Protocol

from adjudge.engines.point.engine import PointEngine
from adjudge.language.package import Package
from adjudge.outcome import Outcome
from adjudge.population.view import PopulationView


class Batch(Protocol):
    """The outcomes of a package for every subject of a view, sorted by subject."""

    def __call__(self, package: Package, view: PopulationView, territory: str | None) -> list[Outcome]:
        """Evaluate. LANGUAGE.md 8."""
        ...


def by_point(package: Package, view: PopulationView, territory: str | None) -> list[Outcome]:
    """By the point engine: the package is compiled once."""
    engine = PointEngine(package)
    kinds = {subject.kind for subject in view.subjects}
    units = {kind: engine.unit(kind, view.valid_at, view.known_at, territory) for kind in kinds}
    return [
        engine.outcome(subject, view.evidence, units[subject.kind], view.valid_at)
        for subject in view.subjects
    ]
