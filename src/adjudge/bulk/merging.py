"""Columns of an earlier run with what was evaluated anew in their place: the outcomes of a part.

Where the rules are the same ones with the same meaning, whole words are taken over. Else verdicts are taken apart, rule
by rule, and what follows from them (measures, referral) is worked out again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import RuleId
from adjudge.bulk.evaluating import NO_PAIR, PART, PartOutcomes, scatter
from adjudge.bulk.previous import Previous, outcome_columns
from adjudge.bulk.question import Question
from adjudge.engines.bulk.outcomes import FLAGS, Columns, Consequences, columns_for
from adjudge.engines.bulk.packing import NOT_ASKED, VERDICTS, Bytes, Words, unpacked, words_for
from adjudge.facts.vocabulary import Kind
from adjudge.interchange.tables.parquet import exactly
from adjudge.outcome import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Columns as they lie in a table, and the places in the part that they speak of."""

    places: Places
    columns: Columns
    failed: npt.NDArray[np.bool_]
    pairs: tuple[Bytes, ...]

    def between(self, block: "_Block") -> "_Kept":
        """Those in a block, by their places in it. Without pairs."""
        first, last = (int(at) for at in np.searchsorted(self.places, block))
        places = self.places[first:last] - block.start
        return _Kept(places, self.columns.slice(first, last), self.failed[first:last], ())


class _Block(NamedTuple):
    """Some places of a part."""

    start: int
    end: int


_BLOCK = 1 << 14
_WHO = ("subject", "kind", "advertiser")


class Merging:
    """Parts of outcomes put together. Several threads may ask, each with its own cursor."""

    def __init__(
        self, question: Question, previous: Previous, changed: frozenset[str], *, is_same_subjects: bool
    ) -> None:
        """`changed` are the rules that are evaluated anew for everybody."""
        self._previous, self._rules, self._pairs = previous, question.rules, question.asked.pairs
        self._places = {rule.id: place for place, rule in enumerate(question.rules)}
        anew = [rule.id for rule in question.rules if rule.id in changed]
        self._changed = {rule: place for place, rule in enumerate(anew)}
        self._is_same_subjects = is_same_subjects
        rules = len(previous.written.rules)
        self._read = ", ".join(
            name for name, _ in outcome_columns(rules, pairs=question.asked.pairs) if name not in _WHO
        )
        self._has_same_rules = not changed and list(previous.places) == [rule.id for rule in question.rules]
        self._numbers = {
            kind: [self._places[rule.id] for rule in plan.rules] for kind, plan in question.plans.items()
        }
        self._consequences = {
            kind: Consequences(plan, self._numbers[kind], len(question.rules))
            for kind, plan in question.plans.items()
        }

    def kept(self, db: "DuckDBPyConnection", number: int) -> Path | None:
        """The file of the earlier run, where not a byte of it would be another."""
        written = self._previous.written
        if not (self._is_same_subjects and self._has_same_rules and written.pairs == self._pairs):
            return None
        query = "SELECT count(*) FROM since.touched WHERE row >= ? AND row < ?"
        touched = db.execute(query, [number * PART, (number + 1) * PART]).fetchall()[0][0]
        return None if touched else self._previous.file(written.parts[number])

    def part(
        self, db: "DuckDBPyConnection", number: int, size: int, changed: PartOutcomes | None
    ) -> PartOutcomes:
        """The outcomes of a part; `changed` are those of the changed rules."""
        first = number * PART
        is_ad = _column(
            db.execute(
                "SELECT is_ad FROM s WHERE row >= ? AND row < ? ORDER BY row", [first, first + size]
            ).fetchnumpy(),
            "is_ad",
        ).astype(np.bool_)
        old, redone = self._old(db, number, first, size), self._redone(db, first, size)
        found = PartOutcomes(
            columns_for(len(self._rules), size),
            np.zeros(size, np.bool_),
            self._merged_pairs(old, redone, changed, size),
        )
        if self._has_same_rules:
            for kept in (old, redone):
                scatter(kept.columns, kept.places, found.columns)
        else:
            # In blocks, since the verdicts of each rule stand apart meanwhile, and there may be many rules.
            for start in range(0, size, _BLOCK):
                block = _Block(start, min(start + _BLOCK, size))
                mine = [kept.between(block) for kept in (old, redone)]
                words = tuple(w[start : block.end] for w in changed.columns.verdicts) if changed else ()
                verdicts = [self._verdicts(rule.id, mine, words, block) for rule in self._rules]
                columns = found.columns.slice(start, block.end)
                self._conclude(verdicts, is_ad[start : block.end], columns)
        if changed is not None:
            found.failed[:] = changed.failed
            found.failures.update(changed.failures)
        found.failed[redone.places] = redone.failed
        self._count(found, is_ad)
        return found

    # --- what there was ---

    def _old(self, db: "DuckDBPyConnection", number: int, first: int, size: int) -> _Kept:
        written = self._previous.written
        if self._is_same_subjects:
            path = self._previous.file(written.parts[number])
            rows = db.execute(
                f"SELECT file_row_number::UINTEGER AS row, {self._read} "  # noqa: S608 - ours
                "FROM read_parquet(?, file_row_number = true) ORDER BY row",
                [exactly(path)],
            ).fetchnumpy()
            first = 0
        else:
            query = f"SELECT row, {self._read} FROM old WHERE row >= ? AND row < ? ORDER BY row"  # noqa: S608 - ours
            rows = db.execute(query, [first, first + size]).fetchnumpy()
        return _kept(rows, first, len(written.rules), len(written.rules) if self._pairs else 0)

    def _redone(self, db: "DuckDBPyConnection", first: int, size: int) -> _Kept:
        """Those who were evaluated anew, by all rules."""
        query = (
            "SELECT t.row, r.* EXCLUDE (place) FROM redone r JOIN touched t USING (place) "
            "WHERE t.row >= ? AND t.row < ? ORDER BY t.row"
        )
        rows = db.execute(query, [first, first + size]).fetchnumpy()
        return _kept(rows, first, len(self._rules), len(self._rules) if self._pairs else 0)

    # --- what there is ---

    def _verdicts(
        self, rule: RuleId, kept: "Sequence[_Kept]", changed: tuple[Words, ...], block: "_Block"
    ) -> Bytes:
        old, redone = kept
        found = np.full(block.end - block.start, NOT_ASKED, np.uint8)
        if rule in self._changed:
            found[:] = unpacked(changed, self._changed[rule])
        else:
            found[old.places] = unpacked(old.columns.verdicts, self._previous.places[str(rule)])
        found[redone.places] = unpacked(redone.columns.verdicts, self._places[rule])
        return found

    def _conclude(self, verdicts: Sequence[Bytes], is_ad: npt.NDArray[np.bool_], out: Columns) -> None:
        for kind, consequences in self._consequences.items():
            mine = np.flatnonzero(is_ad == (kind is Kind.AD))
            own = columns_for(len(self._rules), len(mine))
            consequences.conclude([verdicts[number][mine] for number in self._numbers[kind]], own)
            scatter(own, mine, out)

    def _merged_pairs(
        self, old: _Kept, redone: _Kept, changed: PartOutcomes | None, size: int
    ) -> tuple[Bytes, ...]:
        if not self._pairs:
            return ()
        made = []
        for place, rule in enumerate(self._rules):
            found = np.full(size, NO_PAIR, np.uint8)
            if rule.id in self._changed:
                assert changed is not None  # noqa: S101 - they are evaluated for everybody
                found[:] = changed.pairs[self._changed[rule.id]]
            else:
                found[old.places] = old.pairs[self._previous.places[str(rule.id)]]
            found[redone.places] = redone.pairs[place]
            made.append(found)
        return tuple(made)

    def _count(self, found: PartOutcomes, is_ad: npt.NDArray[np.bool_]) -> None:
        for place, rule in enumerate(self._rules):
            mine = is_ad == (rule.subject is Kind.AD)
            counts = np.bincount(unpacked(found.columns.verdicts, place)[mine], minlength=len(VERDICTS))
            found.verdicts[rule.id] = _by_verdict(counts.tolist())


def _by_verdict(counts: Sequence[int]) -> dict[Verdict, int]:
    return {verdict: counts[number] for number, verdict in enumerate(VERDICTS)}


def keep_redone(db: "DuckDBPyConnection", outcomes: PartOutcomes, start: int, table: str) -> None:
    """Put the outcomes of some of those who are touched into a table; `start` is the place of the first."""
    columns: dict[str, npt.NDArray[np.generic]] = {
        "place": np.arange(start, start + len(outcomes.failed), dtype=np.uint32),
        **outcomes.named,
    }
    db.register("these", columns)
    into = f"INSERT INTO {table}" if start else f"CREATE TABLE {table} AS"
    try:
        db.execute(f"{into} SELECT * FROM these")  # noqa: S608 - ours
    finally:
        db.unregister("these")


def _kept(rows: Mapping[str, npt.NDArray[np.generic]], first: int, rules: int, pairs: int) -> _Kept:
    words = [_column(rows, f"verdicts_{place}").astype(np.uint64) for place in range(words_for(rules))]
    flags = [_column(rows, f"measures_{place}").astype(np.uint64) for place in range(-(-rules // FLAGS))]
    return _Kept(
        _column(rows, "row").astype(np.int64) - first,
        Columns(tuple(words), tuple(flags), _column(rows, "referred").astype(np.bool_)),
        _column(rows, "failed").astype(np.bool_),
        tuple(_column(rows, f"pair_{place}").astype(np.uint8) for place in range(pairs)),
    )


def _column(rows: Mapping[str, npt.NDArray[np.generic]], name: str) -> npt.NDArray[np.generic]:
    """No cell is absent: without the mask that says so."""
    found: npt.NDArray[np.generic] = np.ma.getdata(rows[name])
    return found
