"""One call, many outcomes: how a population is put to an engine.

The protocol is narrow on purpose, so that an engine made for columns can stand in for the point engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from adjudge.basis.ids import FactName
from adjudge.engines.point.engine import PointEngine
from adjudge.facts.claim import Subject
from adjudge.facts.settle import NOTHING_SAID, Evidence
from adjudge.language.core import facts_of
from adjudge.language.package import Package
from adjudge.outcome import Outcome
from adjudge.population.view import PopulationView


class Batch(Protocol):
    """The outcomes of a package for every subject of a view, sorted by subject."""

    def __call__(self, package: Package, view: PopulationView, territory: str | None) -> list[Outcome]:
        """Evaluate. LANGUAGE.md 8."""
        ...


def by_point(package: Package, view: PopulationView, territory: str | None) -> list[Outcome]:
    """By the point engine: the package is compiled once, and those of whom the same is said are asked about once.

    An outcome depends on nothing but what is said of the facts that the rules read. LANGUAGE.md 5.4.
    """
    engine, said = PointEngine(package), _Said(package, view)
    kinds = {subject.kind for subject in view.subjects}
    units = {kind: engine.unit(kind, view.valid_at, view.known_at, territory) for kind in kinds}
    known: dict[object, Outcome] = {}
    found: list[Outcome] = []
    for subject in view.subjects:
        key = subject.kind, said.of(subject)
        same = known.get(key)
        if same is not None:
            found.append(replace(same, subject=subject.id))
            continue
        outcome = engine.outcome(subject, view.evidence, units[subject.kind], view.valid_at)
        if not any(item.failures for item in outcome.rules):  # these tell values as they were written
            known[key] = outcome
        found.append(outcome)
    return found


class _Said:
    """What is said of the facts that the rules of a package read, in a form that is equal where the same is said."""

    def __init__(self, package: Package, view: PopulationView) -> None:
        """Nobody was asked about yet."""
        conditions = (written.core for rule in package.rules for written in rule.conditions)
        self._facts = sorted({name for condition in conditions for name in facts_of(condition)})
        self._view = view
        self._above: dict[str, object] = {}

    def of(self, subject: Subject) -> object:
        """Of a subject and of its advertiser, of which there are fewer."""
        owner = subject.advertiser
        if owner is None:
            return _form(self._view.evidence.subjects.get(subject.id, NOTHING_SAID), self._facts)
        if owner not in self._above:
            said = self._view.evidence.subjects.get(owner, NOTHING_SAID)
            self._above[owner] = _form(said, self._facts)
        own = self._view.evidence.subjects.get(subject.id, NOTHING_SAID)
        return _form(own, self._facts), self._above[owner]


def _form(said: Mapping[FactName, Evidence], facts: Sequence[FactName]) -> object:
    return tuple((name, _evidence(said[name])) for name in facts if name in said)


def _evidence(item: Evidence) -> object:
    asserted, denied = tuple(item.asserted.items()), tuple(item.denied.items())
    return asserted, denied, item.none, item.strongest
