"""Claims held in memory as tables of integers, and what distinct values are to the leaves.

Every text is a number: nothing that anybody wrote stands in a statement.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.instant import Instant
from adjudge.basis.said import Said
from adjudge.engines.bulk.classes import Classes
from adjudge.engines.bulk.plan import Plan, PlannedLeaf
from adjudge.engines.sql.leaves import ERRS, NOT_SATISFIED, SATISFIED
from adjudge.engines.sql.weights import CLAIM, FACT, FALSE, TRUE, parted
from adjudge.facts.claim import Claim, NoOther, Stance, Subject
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Fact

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[int | None, ...]


class Numbered:
    """Subjects, facts, values and origins as numbers."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        """Facts are numbered by their names."""
        self.facts = {fact.full_name: number for number, fact in enumerate(facts)}
        self.subjects: dict[SubjectId, int] = {}
        self._origins: dict[str, int] = {}
        self._values: dict[int, dict[Value, int]] = {number: {} for number in self.facts.values()}
        self._known = {fact.full_name: fact for fact in facts}

    def subject(self, name: SubjectId) -> int:
        """The number of a subject."""
        return self.subjects.setdefault(name, len(self.subjects))

    def value(self, fact: int, number: int) -> Value:
        """The value of a number."""
        return next(value for value, found in self._values[fact].items() if found == number)

    def claim(self, claim: Claim) -> Row | None:
        """A row of `claim`; None of a fact that no leaf reads."""
        fact = self.facts.get(claim.fact)
        if fact is None:
            return None
        return (
            self.subject(claim.subject),
            fact,
            self._value(fact, claim),
            int(claim.stance is Stance.DENIES),
            claim.weight,
            self._origins.setdefault(claim.origin, len(self._origins)),
            *_cells(claim.holds.start),
            *_cells(claim.holds.end),
            *_cells(claim.recorded_at),
            *_cells(claim.withdrawn_at),
        )

    def _value(self, fact: int, claim: Claim) -> int:
        value = claim.value
        if isinstance(value, NoOther):
            return 0
        numbers = self._values[fact]
        if self._known[claim.fact].type is Simple.BOOL and not numbers:
            numbers.update({False: FALSE, True: TRUE})
        return numbers.setdefault(value, len(numbers) + 1)


def _cells(at: Instant | None) -> Row:
    return parted(at) if at is not None else (None, None)


def fill(
    connection: "DuckDBPyConnection", numbered: Numbered, facts: Sequence[Fact], claims: Iterable[Claim]
) -> None:
    """The tables `claim` and `fact`."""
    connection.execute(CLAIM)
    insert(connection, "claim", [row for claim in claims if (row := numbered.claim(claim)) is not None], 14)
    connection.execute(FACT)
    bools = [(numbered.facts[fact.full_name], int(fact.type is Simple.BOOL)) for fact in facts]
    insert(connection, "fact", bools, 2)


def insert(connection: "DuckDBPyConnection", table: str, rows: Sequence[Row], width: int) -> None:
    """Rows of numbers into a table of ours, all at once."""
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        places = ", ".join("unnest(?::BIGINT[])" for _ in range(width))
        connection.execute(f"INSERT INTO {table} SELECT {places}", columns)


def people(connection: "DuckDBPyConnection", numbered: Numbered, subjects: Iterable[Subject]) -> None:
    """The table `asked`: each subject, with the one whose facts of advertisers are its own."""
    connection.execute("CREATE OR REPLACE TEMP TABLE asked (subject INTEGER, advertiser INTEGER)")
    rows = [(numbered.subject(item.id), numbered.subject(item.advertiser or item.id)) for item in subjects]
    insert(connection, "asked", rows, 2)


class Looked:
    """What the leaves of one plan make of the distinct values that are claimed."""

    def __init__(self, plan: Plan, numbered: Numbered, alone: Sequence[PlannedLeaf]) -> None:
        """`alone` are the leaves over one fact that are weighed in SQL."""
        self._numbered, self._alone = numbered, alone
        self._classes: Mapping[FactName, Classes] = {
            name: Classes(plan, name) for name in sorted({leaf.facts[0] for leaf in alone})
        }

    def fill(self, connection: "DuckDBPyConnection") -> None:
        """The tables `class_of`, `seen` and `constant`."""
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE class_of (fact INTEGER, value INTEGER, class INTEGER)"
        )
        connection.execute("CREATE OR REPLACE TEMP TABLE seen (leaf INTEGER, class INTEGER, truth INTEGER)")
        connection.execute("CREATE OR REPLACE TEMP TABLE constant (leaf INTEGER, class INTEGER)")
        claimed: dict[int, list[int]] = {}
        for fact, value in connection.execute(
            "SELECT DISTINCT fact, value FROM entry ORDER BY ALL"
        ).fetchall():
            claimed.setdefault(fact, []).append(value)
        rows: list[Row] = []
        for name, classes in self._classes.items():
            fact = self._numbered.facts[name]
            rows += [
                (fact, value, classes.of(self._numbered.value(fact, value)))
                for value in claimed.get(fact, ())
            ]
        insert(connection, "class_of", rows, 3)
        insert(connection, "seen", [row for leaf in self._alone for row in self._seen(leaf)], 3)
        insert(connection, "constant", [row for leaf in self._alone for row in self._constant(leaf)], 2)

    def _seen(self, leaf: PlannedLeaf) -> list[Row]:
        seen = self._classes[leaf.facts[0]].seen_by(leaf.number)
        return [
            (leaf.number, number, ERRS if isinstance(item, Said) else SATISFIED if item else NOT_SATISFIED)
            for number, item in enumerate(seen, start=1)
        ]

    def _constant(self, leaf: PlannedLeaf) -> list[Row]:
        found = self._classes[leaf.facts[0]].constants_of(leaf.number)
        return [(leaf.number, number) for number in sorted({item for item in found if item is not None})]

    def constants(self, leaf: PlannedLeaf) -> int:
        """How many constants a leaf compares with; 0 too where nobody claims one of them, so that none denies it."""
        found = self._classes[leaf.facts[0]].constants_of(leaf.number)
        return 0 if None in found else len(set(found))

    def reason(self, leaf: PlannedLeaf, number: int) -> Said:
        """Why a leaf errs of a class of values."""
        found = self._classes[leaf.facts[0]].seen_by(leaf.number)[number - 1]
        assert isinstance(found, Said)  # noqa: S101 - asked for where `seen` says so
        return found
