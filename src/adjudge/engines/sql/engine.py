"""The SQL engine for claims held in memory: what every other evaluator answers, by statements of SQL.

For whoever compares engines (`adjudge conform --engine sql`), and as the pattern for engines that have SQL alone. Not
quick here: a question of a few claims pays for every statement. Data on disk are evaluated by `adjudge bulk`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.mask import pair_of_mask
from adjudge.basis.said import Said
from adjudge.engines.bulk.direct import is_direct
from adjudge.engines.bulk.engine import facts_of_plans
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.plan import Plan, PlannedLeaf, Reading, plan_of
from adjudge.engines.bulk.program import Load
from adjudge.engines.sql.general import SIGNATURE, General, whose
from adjudge.engines.sql.leaves import errors_of, literal, masks_of_leaf, pairs_of, silence_of
from adjudge.engines.sql.rules import load_column, outcomes_query, steps_query, verdicts_query
from adjudge.engines.sql.tables import Looked, Numbered, fill, people
from adjudge.engines.sql.weights import weighing
from adjudge.facts.claim import Claim, Subject
from adjudge.facts.vocabulary import Fact
from adjudge.language.package import Package
from adjudge.outcome import Failure, Outcome, RuleOutcome

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Reasons = Mapping[int, Sequence[Said]]
"""By number of a subject why a leaf errs."""


def outcomes(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """The outcome for every subject, sorted by subject. LANGUAGE.md 5.4, 8."""
    import duckdb  # noqa: PLC0415 - loaded where tables are asked, and nowhere else

    asked = sorted(subjects, key=lambda s: s.id)
    plans = {
        kind: plan_of(package, kind, valid_at, known_at, territory)
        for kind in sorted({subject.kind for subject in asked})
    }
    facts = facts_of_plans(plans.values())
    numbered = Numbered(facts)
    found: dict[SubjectId, Outcome] = {}
    with closing(duckdb.connect(config={"threads": 1})) as connection:
        fill(connection, numbered, facts, claims)
        for statement in (*weighing(valid_at, known_at), SIGNATURE):
            connection.execute(statement)
        for kind, plan in plans.items():
            mine = [subject for subject in asked if subject.kind is kind]
            people(connection, numbered, mine)
            found.update(_Run(connection, plan, numbered).outcomes(mine))
    return [found[subject.id] for subject in asked]


class _Run:
    """One plan over the subjects that are asked about."""

    def __init__(self, connection: "DuckDBPyConnection", plan: Plan, numbered: Numbered) -> None:
        self._connection, self._plan, self._numbered = connection, plan, numbered
        self._fixed: dict[int, int] = {}
        self._failing: dict[int, Reasons] = {}

    def outcomes(self, subjects: Sequence[Subject]) -> dict[SubjectId, Outcome]:
        """All of them."""
        self._weigh()
        self._connection.execute(self._cells())
        query = outcomes_query(self._plan, verdicts_query(self._plan, steps_query(self._plan)))
        cursor = self._connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
        return {item.id: self._outcome(item.id, rows[self._numbered.subject(item.id)]) for item in subjects}

    # --- leaves ---

    def _weigh(self) -> None:
        """A table of masks for each leaf that reads evidence."""
        alone = [leaf for leaf in self._plan.leaves if self._is_alone(leaf)]
        looked = Looked(self._plan, self._numbered, alone)
        looked.fill(self._connection)
        general = General(self._connection, self._plan, self._numbered)
        for leaf in self._plan.leaves:
            if leaf.reading is Reading.FIXED:
                self._fix(leaf)
            elif leaf in alone:
                self._weigh_alone(leaf, looked)
            else:
                self._failing[leaf.number] = general.weigh(leaf, f"leaf{leaf.number}")

    def _is_alone(self, leaf: PlannedLeaf) -> bool:
        return leaf.reading is Reading.ALONE and is_direct(leaf, self._fact(leaf), self._plan)

    def _fact(self, leaf: PlannedLeaf) -> Fact:
        return self._plan.context.facts[leaf.facts[0]]

    def _fix(self, leaf: PlannedLeaf) -> None:
        reasons: list[Said] = []
        self._fixed[leaf.number] = leaf.weigh(
            {}, {}, self._plan.now, lambda _, reason: reasons.append(reason)
        )
        if reasons:
            self._failing[leaf.number] = dict.fromkeys(range(len(self._numbered.subjects)), reasons)

    def _weigh_alone(self, leaf: PlannedLeaf, looked: Looked) -> None:
        fact = self._fact(leaf)
        number = self._numbered.facts[fact.full_name]
        query = pairs_of(leaf, fact, number, looked.constants(leaf))
        self._connection.execute(masks_of_leaf(f"leaf{leaf.number}", query))
        erring = self._connection.execute(errors_of(leaf.number, leaf.condition, number)).fetchall()
        if erring:
            rows: dict[int, list[Said]] = {}
            for row, class_ in erring:
                rows.setdefault(row, []).append(looked.reason(leaf, class_))
            owners = self._connection.execute(f"SELECT subject, {whose(fact)} FROM asked").fetchall()
            self._failing[leaf.number] = {mine: rows[row] for mine, row in owners if row in rows}

    def _cells(self) -> str:
        """The table `cell`: for each subject the mask of each leaf, plain or negated as it is needed."""
        columns, joins, joined = ["a.subject"], list[str](), set[int]()
        for step in self._plan.program.steps:
            if not isinstance(step, Load):
                continue
            leaf = self._plan.leaves[step.leaf]
            columns.append(f"{self._cell(leaf, negated=step.negated)} AS {load_column(step)}")
            if leaf.number not in self._fixed and leaf.number not in joined:
                joined.add(leaf.number)
                row = whose(self._fact(leaf)) if self._is_alone(leaf) else "subject"
                joins.append(
                    f"LEFT JOIN leaf{leaf.number} l{leaf.number} ON l{leaf.number}.subject = a.{row}"
                )
        return (
            f"CREATE OR REPLACE TEMP TABLE cell AS SELECT {', '.join(columns)} FROM asked a {' '.join(joins)}"
        )

    def _cell(self, leaf: PlannedLeaf, *, negated: bool) -> str:
        if leaf.number in self._fixed:
            for_, against = pair_of_mask(self._fixed[leaf.number])
            return str(literal((for_, against), negated=negated))
        column = f"l{leaf.number}.{'turned' if negated else 'plain'}"
        if not self._is_alone(leaf):
            return column
        return f"COALESCE({column}, {literal(silence_of(leaf, self._fact(leaf)), negated=negated)})"

    # --- outcomes ---

    def _outcome(self, subject: SubjectId, row: Mapping[str, Any]) -> Outcome:
        rules = self._plan.rules
        return Outcome(
            subject=subject,
            rules=tuple(self._rule(number, row) for number in range(len(rules))),
            measures=tuple(
                (rule.id, rule.measure.kind)
                for number, rule in enumerate(rules)
                if rule.measure is not None and row[f"a{number}"]
            ),
            referred=bool(row["referred"]),
        )

    def _rule(self, number: int, row: Mapping[str, Any]) -> RuleOutcome:
        rule = self._plan.rules[number]
        when, unless = self._plan.part_numbers[number]
        return RuleOutcome(
            rule=rule.id,
            verdict=VERDICTS[row[f"v{number}"]],
            pair=pair_of_mask(row[f"m{when}"]),
            unless=tuple(
                (item.id, pair_of_mask(row[f"m{part}"]))
                for item, part in zip(rule.unless, unless, strict=True)
            ),
            failures=tuple(self._failures((when, *unless), row["subject"])),
        )

    def _failures(self, parts: Iterable[int], subject: int) -> dict[Failure, None]:
        found: dict[Failure, None] = {}
        for number in parts:
            part = self._plan.parts[number]
            for spot in part.spots:
                for reason in self._failing.get(spot.leaf, {}).get(subject, ()):
                    found[Failure(part.name, spot.place, reason)] = None
        return found
