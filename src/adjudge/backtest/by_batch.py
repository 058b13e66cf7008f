"""Outcomes by an engine that takes a view of objects: exact, and for as many subjects as memory holds as objects.

The reference for quicker ones.
"""

from collections.abc import Sequence

from adjudge.backtest.outcomes import TENS, OutcomeClass
from adjudge.backtest.tables import Tables
from adjudge.basis.ids import RuleId
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.language.core import facts_of
from adjudge.language.package import Package
from adjudge.outcome import Outcome, RuleOutcome
from adjudge.population.batch import Batch, by_point
from adjudge.population.view import view_of


class ByBatch:
    """A `Batch` behind the port."""

    def __init__(self, batch: Batch = by_point) -> None:
        """By default the point engine."""
        self._batch = batch

    def __call__(
        self, package: Package, tables: Tables, into: str, *, territory: str | None
    ) -> tuple[OutcomeClass, ...]:
        """Evaluate and number the classes as they are met."""
        subjects = tables.all_subjects()
        kinds = {subject.id: subject.kind for _, subject in subjects}
        numbers: dict[OutcomeClass, int] = {}
        found = {
            outcome.subject: numbers.setdefault(_class(outcome, kinds[outcome.subject]), len(numbers))
            for outcome in self._outcomes(package, tables, subjects, territory)
        }
        tables.keep_classes(into, [row for row, _ in subjects], [found[item.id] for _, item in subjects])
        return tuple(numbers)

    def pairs(self, package: Package, tables: Tables, into: str) -> tuple[RuleId, ...]:
        """Evaluate, and put the pairs side by side."""
        subjects, rules = tables.all_subjects(), tuple(sorted(rule.id for rule in package.rules))
        found = {item.subject: item for item in self._outcomes(package, tables, subjects, None)}
        columns = ", ".join(f"p{number} UTINYINT" for number in range(len(rules)))
        tables.run(f"CREATE TABLE {into} (row INTEGER, {columns})")
        said = [[_pair(found[item.id].of(rule)) for _, item in subjects] for rule in rules]
        tables.fill(into, [row for row, _ in subjects], *said)
        return rules

    def _outcomes(
        self,
        package: Package,
        tables: Tables,
        subjects: Sequence[tuple[int, Subject]],
        territory: str | None,
    ) -> list[Outcome]:
        facts = {
            str(fact)
            for rule in package.rules
            for written in rule.conditions
            for fact in facts_of(written.core)
        }
        view = view_of(
            (subject for _, subject in subjects),
            tables.claims(package.vocabulary, facts),
            (),
            vocabulary=package.vocabulary,
            valid_at=tables.valid_at,
            known_at=tables.known_at,
        )
        return self._batch(package, view, territory)


def _class(outcome: Outcome, kind: Kind) -> OutcomeClass:
    return OutcomeClass(
        kind,
        tuple((item.rule, item.verdict) for item in outcome.rules),
        outcome.measures,
        outcome.referred,
    )


def _pair(found: RuleOutcome | None) -> int:
    return TENS * found.pair.for_ + found.pair.against if found is not None else 0
