"""One part after the other: its keys to entries, entries to outcomes, outcomes to columns ready to be written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import RuleId
from adjudge.basis.mask import WORDS, pair_of_mask
from adjudge.engines.bulk.engine import by_fact
from adjudge.engines.bulk.evaluation import Evaluation, Made, Portion, Prepared
from adjudge.engines.bulk.kernel import Kernel
from adjudge.engines.bulk.outcomes import Columns, columns_for
from adjudge.engines.bulk.packing import VERDICTS
from adjudge.engines.bulk.settling import KeyLayout, settle
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.language.package import Rule
from adjudge.outcome import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from adjudge.bulk.stored import StoredValues
    from adjudge.engines.bulk.plan import Plan

PART = 1 << 17
"""Subjects in a file of outcomes. It is part of the layout's promise: the same data give the same bytes."""
AT_ONCE = 1_000_000
"""Claims that are weighed at once by a thread."""
_STEP = 1_024
NO_PAIR = 99
_TENS = 10

FailureKey = tuple[RuleId, str, int, int, str]
"""Rule, part, first and last place in the text of its condition, reason."""


def _pair_codes() -> npt.NDArray[np.uint8]:
    pairs = map(pair_of_mask, range(WORDS))
    return np.array([_TENS * for_ + against for for_, against in pairs], np.uint8)


@dataclass(slots=True)
class PartOutcomes:
    """The outcomes of the subjects of a part, in their order, and what is counted of them."""

    columns: Columns
    failed: npt.NDArray[np.bool_]
    pairs: tuple[npt.NDArray[np.uint8], ...]
    verdicts: dict[RuleId, dict[Verdict, int]] = field(default_factory=dict)
    failures: dict[FailureKey, int] = field(default_factory=dict)

    def slice(self, start: int, end: int) -> "PartOutcomes":
        """Some of the subjects; what is written and counted there is so here."""
        return PartOutcomes(
            self.columns.slice(start, end),
            self.failed[start:end],
            tuple(pairs[start:end] for pairs in self.pairs),
            self.verdicts,
            self.failures,
        )

    @property
    def named(self) -> dict[str, npt.NDArray[np.generic]]:
        """The columns by the names that they have in files."""
        return {
            **{f"verdicts_{place}": word for place, word in enumerate(self.columns.verdicts)},
            **{f"measures_{place}": word for place, word in enumerate(self.columns.measures)},
            "referred": self.columns.referred,
            "failed": self.failed,
            **{f"pair_{place}": pairs for place, pairs in enumerate(self.pairs)},
        }

    @property
    def referred(self) -> int:
        """How many are referred."""
        return int(self.columns.referred.sum())


class Evaluating:
    """Rules of both kinds of subjects over parts of the table `s`. Parts may be evaluated by several threads."""

    def __init__(
        self,
        plans: Mapping[Kind, "Plan"],
        values: "StoredValues",
        facts: Sequence[Fact],
        layout: KeyLayout,
        *,
        pairs: bool,
    ) -> None:
        """`facts` are numbered as in the keys."""
        rules = sorted((rule for plan in plans.values() for rule in plan.rules), key=lambda rule: rule.id)
        self.rules: Sequence[Rule] = rules
        places = {rule.id: number for number, rule in enumerate(rules)}
        self._numbers = {kind: [places[rule.id] for rule in plan.rules] for kind, plan in plans.items()}
        self._evaluations = {
            kind: Evaluation(plan, values, self._numbers[kind], len(rules)) for kind, plan in plans.items()
        }
        self._facts, self._layout, self._pairs = facts, layout, pairs
        self._codes = _pair_codes()

    def part(self, db: "DuckDBPyConnection", number: int, size: int) -> PartOutcomes:
        """The outcomes of the part of a number, which has so many subjects."""
        found = PartOutcomes(
            columns=columns_for(len(self.rules), size),
            failed=np.zeros(size, np.bool_),
            pairs=tuple(np.full(size, NO_PAIR, np.uint8) for _ in self.rules) if self._pairs else (),
        )
        for start, end in _portions(db, number * PART, size):
            self._portion(db, number * PART + start, found.slice(start, end))
        return found

    def _portion(self, db: "DuckDBPyConnection", first: int, found: PartOutcomes) -> None:
        """As many subjects as there is memory for, from a row on."""
        size = len(found.failed)
        loaded = _load(db, first, size, self._layout)
        entries = by_fact(settle(loaded.keys, loaded.origins, self._layout), self._facts)
        for kind, evaluation in self._evaluations.items():
            mine = np.flatnonzero(loaded.is_ad == (kind is Kind.AD))
            if len(mine):
                portion = Portion(entries, size + 1, mine, loaded.above[mine])
                self._evaluate(kind, evaluation, portion, found)

    def _evaluate(self, kind: Kind, evaluation: Evaluation, portion: Portion, found: PartOutcomes) -> None:
        prepared = evaluation.prepare(portion)
        mine, kernel = portion.own, Kernel(evaluation.plan)
        is_all = len(mine) == len(found.failed)
        columns = found.columns if is_all else columns_for(len(self.rules), len(mine))
        for start, end in evaluation.blocks(prepared):
            made = evaluation.write(prepared, (start, end), kernel, columns)
            self._keep(kind, evaluation, made, mine[start:end], found)
        if not is_all:
            scatter(columns, mine, found.columns)
        self._count_failures(evaluation, prepared, mine, found)

    def _keep(
        self,
        kind: Kind,
        evaluation: Evaluation,
        made: Made,
        mine: npt.NDArray[np.int64],
        found: PartOutcomes,
    ) -> None:
        """Count verdicts, and keep pairs where they are asked for."""
        for rule, verdicts in zip(evaluation.plan.rules, made.verdicts, strict=True):
            counted = found.verdicts.setdefault(rule.id, {})
            for number, count in enumerate(np.bincount(verdicts, minlength=len(VERDICTS)).tolist()):
                counted[VERDICTS[number]] = counted.get(VERDICTS[number], 0) + count
        if self._pairs:
            for number, (when, _) in zip(self._numbers[kind], evaluation.plan.part_numbers, strict=True):
                found.pairs[number][mine] = self._codes[made.masks[when]]

    def _count_failures(
        self, evaluation: Evaluation, prepared: Prepared, mine: npt.NDArray[np.int64], found: PartOutcomes
    ) -> None:
        plan = evaluation.plan
        for part in plan.parts if prepared.failures else ():
            for spot in part.spots:
                failures = prepared.failures.get(spot.leaf)
                if failures is None:
                    continue
                counts = np.bincount(evaluation.numbers_of(spot.leaf, prepared))
                for number, reasons in failures.items():
                    count = int(counts[number]) if number < len(counts) else 0
                    for reason in reasons if count else ():
                        place = spot.place
                        key = (plan.rules[part.rule].id, part.name, place.start, place.end, str(reason))
                        found.failures[key] = found.failures.get(key, 0) + count
        for leaf, failures in prepared.failures.items():
            numbers = evaluation.numbers_of(leaf, prepared)
            erring = np.zeros(int(numbers.max(initial=0)) + 1, np.bool_)
            erring[[number for number in failures if number < len(erring)]] = True
            found.failed[mine[erring[numbers]]] = True


def scatter(columns: Columns, mine: npt.NDArray[np.int64], into: Columns) -> None:
    """Put the outcomes of some subjects where they belong among those of others."""
    for own, whole in zip(
        (*columns.verdicts, *columns.measures), (*into.verdicts, *into.measures), strict=True
    ):
        whole[mine] = own
    into.referred[mine] = columns.referred


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A part's claims, and for each of its subjects where its advertiser stands. Rows count from the part's first."""

    keys: npt.NDArray[np.uint64]
    origins: npt.NDArray[np.uint32]
    is_ad: npt.NDArray[np.bool_]
    above: npt.NDArray[np.int64]


def _portions(db: "DuckDBPyConnection", first: int, size: int) -> Iterator[tuple[int, int]]:
    """Where to cut a part, so that no portion has many more claims than are weighed at once."""
    counts = db.execute(
        "SELECT (row - $first) // $step, count(*) FROM keys WHERE row >= $first AND row < $end GROUP BY 1 ORDER BY 1",
        {"first": first, "end": first + size, "step": _STEP},
    ).fetchall()
    start = claims = 0
    for step, count in counts:
        if claims and claims + count > AT_ONCE:
            yield start, int(step) * _STEP
            start, claims = int(step) * _STEP, 0
        claims += count
    yield start, size


def _load(db: "DuckDBPyConnection", first: int, size: int, layout: KeyLayout) -> _Loaded:
    row = layout.shifts[1]
    subjects = db.execute(
        "SELECT is_ad, owner FROM s WHERE row >= ? AND row < ? ORDER BY row", [first, first + size]
    ).fetchnumpy()
    is_ad, owner = subjects["is_ad"].astype(np.bool_), subjects["owner"]
    begins = np.append(True, owner[1:] != owner[:-1])
    above = np.maximum.accumulate(np.where(begins, np.arange(size), 0))
    query = (
        "SELECT ((row - $first)::UBIGINT << $shift::UBIGINT) | said AS key, origin FROM keys "
        "WHERE row >= $first AND row < $end"
    )
    parts = {"first": first, "end": first + size, "shift": row}
    keys = db.execute(query, parts).fetchnumpy()
    found, origins = keys["key"], keys["origin"]
    if size and is_ad[0]:
        # Its advertiser stands before, and is put behind the last.
        above[owner == owner[0]] = size
        others = db.execute(
            "SELECT ($place::UBIGINT << $shift::UBIGINT) | said AS key, origin FROM keys "
            "WHERE row = (SELECT row FROM s WHERE owner = $owner AND NOT is_ad)",
            {"place": size, "shift": row, "owner": int(owner[0])},
        ).fetchnumpy()
        found, origins = np.append(found, others["key"]), np.append(origins, others["origin"])
    # No cell is absent: without the mask that says so.
    return _Loaded(np.ma.getdata(found), np.ma.getdata(origins), is_ad, above)
