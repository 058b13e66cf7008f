"""The distinct values that live claims state of each fact, numbered in a table, and read by the vocabulary.

Values of ordered types of which the rules ask nothing but comparisons are not read one by one: DuckDB says between
which of the constants each lies, and one of each interval is read for all (`adjudge.bulk.ordered`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import FactName
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of, read_json
from adjudge.basis.reading.shape import Shape
from adjudge.basis.said import say
from adjudge.bulk.ordered import NOT_ORDERED, Ordered
from adjudge.engines.bulk.classes import Classes
from adjudge.facts.type import Simple
from adjudge.facts.value import Value
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Fact, Vocabulary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from adjudge.bulk.scan import Scan


class StoredValues:
    """The values of the table `v (fact, value, number, claims, bucket, plain)`.

    Satisfies `adjudge.engines.bulk.evaluation.Values`; single values may be asked for by several threads.
    """

    def __init__(
        self,
        db: "DuckDBPyConnection",
        facts: Sequence[Fact],
        vocabulary: Vocabulary,
        called: Path | None = None,
    ) -> None:
        """What a folder of work holds already may be read anew by another process. `called` is as of `Scan`."""
        self._db, self._vocabulary, self._called = db, vocabulary, called
        self._facts = {fact.full_name: (number, fact) for number, fact in enumerate(facts)}
        self._read: dict[FactName, dict[int, Value]] = {}
        self._counts: Mapping[int, int] = {}
        self._ordered: set[int] = set()
        self._scan: Scan | None = None
        self._lock = Lock()
        self.claims = 0
        """Live claims about the facts, found when the values are numbered."""

    def number(self, scan: "Scan", ordered: Mapping[FactName, Ordered], log: ProblemLog) -> None:
        """Make the table; values that the vocabulary cannot read are problems."""
        self._scan = scan
        by_number = {self._facts[name][0]: item for name, item in ordered.items()}
        bucket, plain = _cases(by_number, "bucket"), _cases(by_number, "plain")
        distinct = (
            "SELECT f.number AS fact, c.value AS value, count(*)::UBIGINT AS claims "
            f"{scan.source} GROUP BY 1, 2"
        )
        numbered = "fact, value, (row_number() OVER (PARTITION BY fact))::UINTEGER AS number, claims"
        told = f"{bucket} AS bucket, coalesce({plain}, false) AS plain"
        query = f"CREATE TABLE v AS SELECT {numbered}, {told} FROM ({distinct})"  # noqa: S608 - ours
        self._db.execute(query, dict(scan.parts))
        self.claims = int(self._db.execute("SELECT coalesce(sum(claims), 0) FROM v").fetchall()[0][0])
        self._db.execute("DELETE FROM v WHERE value IS NULL")
        for number, fact in self._facts.values():
            if fact.type is Simple.BOOL:
                self._add_truths(number)
        self.load()
        for name, (number, fact) in self._facts.items():
            if number not in self._ordered:
                self._merge_equal(number, self._all(name, fact, scan.path, log))

    def load(self) -> None:
        """Count what the table holds."""
        rows = self._db.execute("SELECT fact, max(number), bool_and(plain) FROM v GROUP BY 1").fetchall()
        self._counts = {int(fact): int(most) + 1 for fact, most, _ in rows}
        self._ordered = {int(fact) for fact, _, plain in rows if plain}

    @property
    def most(self) -> int:
        """Above the greatest number of any fact."""
        return max(self._counts.values(), default=1)

    # --- as evaluations ask ---

    def value(self, fact: FactName, number: int) -> Value:
        """The value of a number."""
        with self._lock:
            read = self._read.setdefault(fact, {})
            if number not in read:
                fact_number, item = self._facts[fact]
                query = "SELECT min(value) FROM v WHERE fact = ? AND number = ?"
                text = self._db.execute(query, [fact_number, number]).fetchall()[0][0]
                found = self._of(text, item, ProblemLog())
                assert found is not None  # noqa: S101 - it was read before, or is one of an interval that was
                read[number] = found
            return read[number]

    def count(self, fact: FactName) -> int:
        """Above the greatest number."""
        return self._counts.get(self._facts[fact][0], 1)

    def classes(self, fact: FactName, classes: Classes) -> npt.NDArray[np.int64]:
        """The class of each number."""
        number, item = self._facts[fact]
        found = np.zeros(self.count(fact), np.int64)
        if number in self._ordered:
            self._classes_by_bucket(number, item, classes, found)
        else:
            if fact not in self._read:
                self._all(fact, item, Path(), ProblemLog())
            for place, value in self._read[fact].items():
                found[place] = classes.of(value)
        return found

    def _classes_by_bucket(
        self, number: int, fact: Fact, classes: Classes, found: npt.NDArray[np.int64]
    ) -> None:
        rows = self._db.execute("SELECT bucket, min(value) FROM v WHERE fact = ? GROUP BY 1", [number])
        by_bucket = {}
        for bucket, text in rows.fetchall():
            value = self._of(text, fact, ProblemLog())
            assert value is not None  # noqa: S101 - one of each interval was read before anything was weighed
            by_bucket[bucket] = classes.of(value)
        parts = {"fact": number, "buckets": list(by_bucket), "classes": list(by_bucket.values())}
        columns = self._db.execute(
            "SELECT v.number, b.class FROM v JOIN (SELECT unnest($buckets) AS bucket, unnest($classes) AS class) b "
            "USING (bucket) WHERE v.fact = $fact",
            parts,
        ).fetchnumpy()
        found[columns["number"]] = columns["class"]

    # --- reading ---

    def check_ordered(self, path: Path, log: ProblemLog) -> None:
        """Read one value of each interval, so that what none of them could be read as is said before."""
        for number, fact in self._facts.values():
            if number in self._ordered:
                rows = self._db.execute("SELECT min(value) FROM v WHERE fact = ? GROUP BY bucket", [number])
                for (text,) in rows.fetchall():
                    if self._of(text, fact, ProblemLog()) is None:
                        self._report(text, fact, path, log)

    def _all(self, name: FactName, fact: Fact, path: Path, log: ProblemLog) -> dict[int, Value]:
        number = self._facts[name][0]
        read = self._read.setdefault(name, {})
        rows = self._db.execute("SELECT number, value FROM v WHERE fact = ? ORDER BY value", [number])
        for place, text in rows.fetchall():
            value = self._of(text, fact, ProblemLog())
            if value is None:
                self._report(text, fact, path, log)
            else:
                read.setdefault(int(place), value)
        return read

    def _of(self, text: str, fact: Fact, log: ProblemLog) -> Value | None:
        read = read_json(text, log, "value")
        if read is None:
            return None
        return read_value(Shape(log), node_of(read[0], "value"), fact.type, self._vocabulary.taxonomies)

    def _report(self, text: str, fact: Fact, path: Path, log: ProblemLog) -> None:
        """Say what is wrong with a value, and of which claim."""
        found = ProblemLog()
        self._of(text, fact, found)
        assert self._scan is not None  # noqa: S101 - nothing is reported but while values are numbered
        query = f"SELECT min(c.id) {self._scan.source} AND c.fact = $fact AND c.value = $value"
        parts = {**self._scan.parts, "fact": str(fact.full_name), "value": text}
        claim = self._db.execute(query, parts).fetchall()[0][0]
        where = say("{file}, claim {claim}", file=str(self._called or path), claim=str(claim))
        for problem in found.problems:
            log.add(problem.code, problem.message, where=where, hint=problem.hint)

    # --- numbers ---

    def _add_truths(self, fact: int) -> None:
        """Both truth values, since a denial of one asserts the other."""
        for text in ("true", "false"):
            self._db.execute(
                "INSERT INTO v SELECT $fact, $text, (SELECT coalesce(max(number), 0) + 1 FROM v WHERE fact = $fact), "
                "0, NULL, false WHERE NOT EXISTS (SELECT 1 FROM v WHERE fact = $fact AND value = $text)",
                {"fact": fact, "text": text},
            )

    def _merge_equal(self, fact: int, read: dict[int, Value]) -> None:
        """One number for values that are equal and written unlike."""
        firsts: dict[Value, int] = {}
        for number, value in list(read.items()):
            first = firsts.setdefault(value, number)
            if first != number:
                query = "UPDATE v SET number = ? WHERE fact = ? AND number = ?"
                self._db.execute(query, [first, fact, number])
                del read[number]


def _cases(ordered: Mapping[int, Ordered], what: str) -> str:
    """SQL by fact."""
    if not ordered:
        return NOT_ORDERED[what]
    cases = " ".join(f"WHEN {number} THEN {getattr(item, what)}" for number, item in ordered.items())
    return f"CASE fact {cases} ELSE {NOT_ORDERED[what]} END"
