"""Whom a rule or a stated reason reaches in a population, with what was decided for each. LANGUAGE.md 6.4.

Pure: the view is handed in, and an engine answers all subjects in one call. Nobody is counted as not reached only
because too little is known: every verdict has its own count.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from adjudge.facts.claim import Subject
from adjudge.facts.type import Simple
from adjudge.facts.value import EXACT, Money
from adjudge.language.package import Package, Rule
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.population.batch import Batch, by_point
from adjudge.population.model import Decided, Dimension, Standing
from adjudge.population.place import Cell, Place, cell_key, cell_of
from adjudge.population.reason import with_only
from adjudge.population.view import PopulationView, Treatment, treatment_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRow:
    """One subject: the verdict with its pairs, what was decided, and its place in each dimension."""

    subject: Subject
    outcome: RuleOutcome
    decided: Decided | None
    places: tuple[Place, ...]

    @property
    def reached(self) -> bool:
        """Whether the rule is met."""
        return self.outcome.verdict is Verdict.MET

    @property
    def treatment(self) -> Treatment:
        """What is known to have been decided."""
        return treatment_of(self.decided)

    @property
    def standing_unknown(self) -> bool:
        """Whether a measure was decided of which it is not known whether it still stands."""
        decided = self.decided
        return decided is not None and bool(decided.measures) and decided.standing is Standing.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One class of a dimension: how many it has, how many are reached, and what was decided for those."""

    cell: Cell
    subjects: int
    reached: int
    treated: Mapping[Treatment, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """The amounts of those reached, by currency and exact; `unknown` are those of whom no one amount is known."""

    dimension: Dimension
    amounts: Mapping[str, Decimal]
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The whole answer. `rows` has every subject of the rule's kind, sorted by subject."""

    rule: Rule
    view: PopulationView
    rows: tuple[ReachRow, ...]
    tallies: tuple[tuple[Dimension, tuple[Tally, ...]], ...]
    spend: tuple[Spend, ...]

    @property
    def reached(self) -> tuple[ReachRow, ...]:
        """Those reached: first who is known to be treated otherwise, then of whom no decision is known."""
        found = [row for row in self.rows if row.reached]
        return tuple(sorted(found, key=lambda row: (_ORDER[row.treatment], _severity(row), row.subject.id)))

    @property
    def treated_otherwise(self) -> tuple[ReachRow, ...]:
        """Those reached for whom no measure was decided, though for others who are reached one was."""
        if not self.treated(Treatment.MEASURE):
            return ()
        return tuple(row for row in self.reached if row.treatment is Treatment.NONE)

    @property
    def unreached_under_measure(self) -> tuple[ReachRow, ...]:
        """Those for whom a measure was decided and whom the rule does not reach."""
        return tuple(row for row in self.rows if not row.reached and row.treatment is Treatment.MEASURE)

    def treated(self, treatment: Treatment) -> int:
        """How many of those reached were treated so."""
        return sum(row.reached and row.treatment is treatment for row in self.rows)

    @property
    def standing_unknown(self) -> int:
        """For how many of those reached a measure was decided of which it is not known whether it still stands."""
        return sum(row.reached and row.standing_unknown for row in self.rows)

    def count(self, verdict: Verdict) -> int:
        """How many subjects have a verdict."""
        return sum(row.outcome.verdict is verdict for row in self.rows)


_ORDER = {Treatment.NONE: 0, Treatment.UNKNOWN: 1, Treatment.MEASURE: 2}


def _severity(row: ReachRow) -> int:
    """Of the severest measure; the milder come first, since they are the more favoured."""
    return max((kind.severity for kind in row.decided.measures), default=-1) if row.decided else -1


def reach(package: Package, rule: Rule, view: PopulationView, *, evaluate: Batch = by_point) -> Reach:
    """Ask one rule, in force or only stated, about every subject of its kind."""
    outcomes = evaluate(with_only(package, rule), view, None)
    known = {subject.id: subject for subject in view.subjects}
    rows = tuple(
        _row(known[outcome.subject], outcome.rules[0], view)
        for outcome in outcomes
        if known[outcome.subject].kind is rule.subject
    )
    grouped = tuple(
        (dimension, _tallies(rows, number, dimension))
        for number, dimension in enumerate(view.dimensions)
        if dimension.bands or not _is_money(dimension, view)
    )
    return Reach(rule=rule, view=view, rows=rows, tallies=grouped, spend=tuple(_spend(rows, view)))


def _row(subject: Subject, outcome: RuleOutcome, view: PopulationView) -> ReachRow:
    return ReachRow(
        subject=subject,
        outcome=outcome,
        decided=view.decisions.get(subject.id),
        places=tuple(view.place(subject, dimension.fact) for dimension in view.dimensions),
    )


def _is_money(dimension: Dimension, view: PopulationView) -> bool:
    return view.vocabulary.facts[dimension.fact].type is Simple.MONEY


def _tallies(rows: Iterable[ReachRow], number: int, dimension: Dimension) -> tuple[Tally, ...]:
    """The classes that occur, the most reached first."""
    groups: dict[Cell, list[ReachRow]] = {}
    for row in rows:
        groups.setdefault(cell_of(row.places[number], dimension), []).append(row)
    found = [
        _tally(cell, group) for cell, group in sorted(groups.items(), key=lambda item: cell_key(item[0]))
    ]
    return tuple(sorted(found, key=lambda tally: -tally.reached))


def _tally(cell: Cell, rows: list[ReachRow]) -> Tally:
    treated = Counter(row.treatment for row in rows if row.reached)
    return Tally(cell=cell, subjects=len(rows), reached=treated.total(), treated=treated)


def _spend(rows: Iterable[ReachRow], view: PopulationView) -> Iterator[Spend]:
    reached = [row for row in rows if row.reached]
    for number, dimension in enumerate(view.dimensions):
        if _is_money(dimension, view):
            amounts: dict[str, Decimal] = {}
            values = [row.places[number].value for row in reached]
            known = [value for value in values if isinstance(value, Money)]
            for value in known:
                amounts[value.currency] = EXACT.add(amounts.get(value.currency, Decimal(0)), value.amount)
            ordered = {currency: amounts[currency] for currency in sorted(amounts)}
            yield Spend(dimension=dimension, amounts=ordered, unknown=len(values) - len(known))
