"""Outcomes by an engine that takes a view of objects: exact, and for as many subjects as memory holds as objects.

The reference for quicker ones.
"""

from adjudge.backtest.outcomes import OutcomeClass
from adjudge.backtest.tables import Tables
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import facts_of
from adjudge.language.package import Package
from adjudge.outcome import Outcome
from adjudge.population.batch import Batch, by_point
from adjudge.population.view import view_of


class ByBatch:
    """A `Batch` behind the port."""

    def __init__(self, batch: Batch = by_point) -> None:
        """By default the point engine."""
        self._batch = batch

    def __call__(
        self, package: Package, tables: Tables, into: str, *, territory: str | None, pairs: bool = False
    ) -> tuple[OutcomeClass, ...]:
        """Evaluate and number the classes as they are met."""
        facts = {
            str(fact)
            for rule in package.rules
            for written in rule.conditions
            for fact in facts_of(written.core)
        }
        subjects = tables.all_subjects()
        view = view_of(
            (subject for _, subject in subjects),
            tables.claims(package.vocabulary, facts),
            (),
            vocabulary=package.vocabulary,
            valid_at=tables.valid_at,
            known_at=tables.known_at,
        )
        kinds = {subject.id: subject.kind for _, subject in subjects}
        numbers: dict[OutcomeClass, int] = {}
        found = {
            outcome.subject: numbers.setdefault(
                _class(outcome, kinds[outcome.subject], pairs=pairs), len(numbers)
            )
            for outcome in self._batch(package, view, territory)
        }
        tables.keep_classes(into, [row for row, _ in subjects], [found[item.id] for _, item in subjects])
        return tuple(numbers)


def _class(outcome: Outcome, kind: Kind, *, pairs: bool) -> OutcomeClass:
    return OutcomeClass(
        kind,
        tuple((item.rule, item.verdict) for item in outcome.rules),
        outcome.measures,
        outcome.referred,
        tuple(item.pair for item in outcome.rules) if pairs else (),
    )
