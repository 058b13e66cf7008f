"""A plan evaluated over portions of subjects: entries to numbers, numbers to masks, masks to outcomes.

What was weighed for one portion is looked up in the next. Not reading and not writing: entries come in, columns go out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from adjudge.basis.ids import FactName
from adjudge.basis.mask import NEGATED
from adjudge.basis.said import Said
from adjudge.engines.bulk.classes import Classes
from adjudge.engines.bulk.direct import Direct, Runs, direct_leaves
from adjudge.engines.bulk.kernel import BLOCK, Kernel, Masks, Provide
from adjudge.engines.bulk.outcomes import Columns, Consequences
from adjudge.engines.bulk.packing import Bytes
from adjudge.engines.bulk.plan import Plan, PlannedLeaf, Reading
from adjudge.engines.bulk.program import Load
from adjudge.engines.bulk.settling import Rows
from adjudge.engines.bulk.signatures import Chain, FactEntries, Signatures, distinct_of
from adjudge.engines.bulk.weighed import NOT, LeafTable
from adjudge.facts.settle import SILENCE, Evidence
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Kind

Numbers = npt.NDArray[np.int32]
Failures = Mapping[int, tuple[Said, ...]]


class Values(Protocol):
    """The distinct values that are claimed of each fact, numbered from 1; 0 stands for `none`."""

    def value(self, fact: FactName, number: int) -> Value:
        """The value of a number."""
        ...

    def count(self, fact: FactName) -> int:
        """Above the greatest number."""
        ...

    def classes(self, fact: FactName, classes: Classes) -> npt.NDArray[np.int64]:
        """The class of each number; 0 of `none`."""
        ...


class Portion(NamedTuple):
    """Some subjects, and what is claimed of them and of their advertisers, by rows of its own numbering."""

    entries: Mapping[FactName, FactEntries]
    rows: int
    own: Rows
    """For each subject its row."""
    above: Rows
    """For each subject the row of its advertiser; of an advertiser its own."""


class Made(NamedTuple):
    """What was made of a block beside its columns. The next block overwrites `masks`, those of all parts."""

    masks: Sequence[Masks]
    verdicts: Sequence[Bytes]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A portion whose evidence is numbered: for each leaf the numbers of its subjects' evidence, and its masks."""

    subjects: int
    numbers: Mapping[tuple[FactName, ...], Numbers]
    masks: Mapping[Load, Masks]
    """By number, for the leaves that read facts, plain or negated as they are needed."""
    failures: Mapping[int, Failures]
    """Of leaves that err: by number the reasons."""


class Evaluation:
    """One plan over any number of portions, prepared and evaluated by any number of threads."""

    def __init__(
        self, plan: Plan, values: Values, numbers: Sequence[int] | None = None, total: int | None = None
    ) -> None:
        """Nothing is weighed yet but what needs no evidence. `numbers` and `total` are those of `Consequences`."""
        self.plan = plan
        self.tables = [LeafTable(leaf) for leaf in plan.leaves]
        self.consequences = Consequences(plan, numbers, total)
        self._loads = [step for step in plan.program.steps if isinstance(step, Load)]
        self._values = values
        self._fixed: dict[int, int] = {}
        for leaf, table in zip(plan.leaves, self.tables, strict=True):
            if leaf.reading is Reading.FIXED:
                table.fill(plan, (0,), 1, {0: {}})
                self._fixed[leaf.number] = int(table.masks[0])
        self._alone = _by_facts(plan.leaves, Reading.ALONE)
        self._joint = _by_facts(plan.leaves, Reading.JOINT)
        self._by_class = {facts[0]: Signatures() for facts in self._alone}
        self._classes: dict[FactName, npt.NDArray[np.int64]] = {}
        self._direct: dict[FactName, Mapping[int, Direct] | None] = {}
        for (name,), leaves in self._alone.items():
            classes = Classes(plan, name)
            self._classes[name] = values.classes(name, classes)
            self._direct[name] = direct_leaves(leaves, plan.context.facts[name], plan, classes)
        self._silence = {
            leaf.number: leaf.weigh({}, {}, plan.now, lambda *_: None)
            for leaf in plan.leaves
            if leaf.reading is Reading.ALONE
        }
        self._lock = Lock()
        self._whole = {name: Signatures() for facts in self._joint for name in facts}
        self._chains = {facts: Chain() for facts in self._joint}
        self._exemplars: dict[tuple[FactName, ...], dict[int, Mapping[FactName, Evidence]]] = {
            facts: {} for facts in self._joint
        }

    # --- numbering ---

    def prepare(self, portion: Portion) -> Prepared:
        """Number the evidence of a portion, and weigh what was not met before. By several threads, if they like."""
        numbers: dict[tuple[FactName, ...], Numbers] = {}
        made = _Made()
        for facts in self._alone:
            direct = self._direct[facts[0]]
            if direct is not None:
                numbers[facts] = self._number_direct(facts[0], direct, portion, made)
        with self._lock:
            for facts, leaves in self._alone.items():
                if self._direct[facts[0]] is None:
                    numbers[facts] = self._number_alone(facts[0], leaves, portion)
            whole = {name: self._number_whole(name, portion) for name in self._whole}
            for facts, leaves in self._joint.items():
                numbers[facts] = self._number_joint(facts, leaves, whole)
            for number, table in enumerate(self.tables):
                made.take(number, table)
        masks = {load: made.masks(load) for load in self._loads if load.leaf not in self._fixed}
        return Prepared(len(portion.own), numbers, masks, made.failures)

    def _number_direct(
        self, name: FactName, direct: Mapping[int, Direct], portion: Portion, made: "_Made"
    ) -> Numbers:
        """Numbers of this portion alone: silence, then single values, then each subject of whom several are claimed."""
        entries, places = portion.entries.get(name), self._places(name, portion)
        if entries is None:
            for leaf in direct:
                made.weigh(leaf, self._silence[leaf], None, None)
            return np.zeros(len(places), np.int32)
        codes = entries.codes(self._classes[name])
        lengths = entries.ends - entries.starts
        each, several = np.flatnonzero(lengths == 1), np.flatnonzero(lengths > 1)
        single, numbers = distinct_of(codes[entries.starts[each]])
        by_row = np.zeros(portion.rows, np.int32)
        by_row[entries.rows[each]] = 1 + numbers
        by_row[entries.rows[several]] = 1 + len(single) + np.arange(len(several))
        runs = entries.runs(codes, single, several)
        for leaf, item in direct.items():
            made.weigh(leaf, self._silence[leaf], item, runs)
        return by_row[places]

    def _number_alone(self, name: FactName, leaves: Sequence[PlannedLeaf], portion: Portion) -> Numbers:
        signatures, entries = self._by_class[name], portion.entries.get(name)
        places = self._places(name, portion)
        found = np.zeros(len(places), np.int32)
        if entries is not None:
            by_row = np.zeros(portion.rows, np.int64)
            codes = entries.codes(self._classes[name])
            by_row[entries.rows] = signatures.of_runs(entries, codes, self._value_of(name))
            found = by_row[places].astype(np.int32)
        # Silence is weighed too: it is what most say of most facts.
        evidence = {number: {name: item} for number, item in signatures.evidence.items()}
        for leaf in leaves:
            self.tables[leaf.number].fill(self.plan, evidence, len(signatures), evidence)
        return found

    def _places(self, name: FactName, portion: Portion) -> Rows:
        return portion.above if self.plan.context.facts[name].kind is Kind.ADVERTISER else portion.own

    def _value_of(self, name: FactName) -> Callable[[int], Value]:
        return lambda number: self._values.value(name, number)

    def _number_whole(self, name: FactName, portion: Portion) -> Numbers:
        entries = portion.entries.get(name)
        places = self._places(name, portion)
        if entries is None:
            return np.zeros(len(places), np.int32)
        codes = entries.codes(np.arange(self._values.count(name)))
        by_row = np.zeros(portion.rows, np.int64)
        by_row[entries.rows] = self._whole[name].of_runs(entries, codes, self._value_of(name))
        return by_row[places].astype(np.int32)

    def _number_joint(
        self,
        facts: tuple[FactName, ...],
        leaves: Sequence[PlannedLeaf],
        whole: Mapping[FactName, Numbers],
    ) -> Numbers:
        """The numbers of combinations: a chain of the numbers of each fact's evidence."""
        numbers = np.zeros(len(whole[facts[0]]), np.int64)
        for name in facts:
            numbers = self._chains[facts].after(numbers, whole[name].astype(np.int64))
        exemplars = self._exemplars[facts]
        distinct, places = distinct_of(numbers)
        first = np.zeros(len(distinct), np.int64)
        first[places[::-1]] = np.arange(len(places))[::-1]
        for number, subject in zip(distinct.tolist(), first.tolist(), strict=True):
            if number not in exemplars:
                exemplars[number] = {
                    name: self._whole[name].evidence.get(int(whole[name][subject]), SILENCE) for name in facts
                }
        for leaf in leaves:
            self.tables[leaf.number].fill(self.plan, exemplars, len(self._chains[facts]), exemplars)
        return numbers.astype(np.int32)

    # --- evaluating ---

    def blocks(self, prepared: Prepared) -> Iterator[tuple[int, int]]:
        """The blocks of a portion, as first subject and the one after the last."""
        for start in range(0, prepared.subjects, BLOCK):
            yield start, min(start + BLOCK, prepared.subjects)

    def provide(self, prepared: Prepared, start: int, end: int) -> Provide:
        """What gives the masks of leaves for a block."""
        indices: dict[tuple[FactName, ...], npt.NDArray[np.intp]] = {}

        def of(leaf: int, negated: bool, out: Masks) -> Masks:  # noqa: FBT001 - as `Provide` has it
            if leaf in self._fixed:
                out.fill(NEGATED[self._fixed[leaf]] if negated else self._fixed[leaf])
                return out
            facts = self.plan.leaves[leaf].facts
            found = indices.get(facts)
            if found is None:
                found = indices[facts] = prepared.numbers[facts][start:end].astype(np.intp)
            np.take(prepared.masks[Load(leaf, negated)], found, out=out, mode="clip")
            return out

        return of

    def write(self, prepared: Prepared, block: tuple[int, int], kernel: Kernel, out: Columns) -> Made:
        """The outcomes of one block into the columns of its portion."""
        start, end = block
        masks = kernel.masks(end - start, self.provide(prepared, start, end))
        return Made(masks, self.consequences.write(masks, out.slice(start, end)))

    # --- errors ---

    def numbers_of(self, leaf: int, prepared: Prepared) -> Numbers:
        """The numbers of the evidence that a leaf reads."""
        facts = self.plan.leaves[leaf].facts
        return prepared.numbers[facts] if facts else np.zeros(prepared.subjects, np.int32)


class _Made:
    """The masks of leaves by the numbers of one portion, and of which of them they err."""

    def __init__(self) -> None:
        self._masks: dict[int, Masks] = {}
        self.failures: dict[int, Failures] = {}

    def weigh(self, leaf: int, silence: int, direct: Direct | None, runs: Runs | None) -> None:
        """Weigh a leaf of silence, which is number 0, and of runs, which follow."""
        first = np.array([silence], np.uint16)
        if direct is None or runs is None:
            self._masks[leaf] = first
            return
        self._masks[leaf] = np.concatenate((first, direct.masks(runs)))
        failures: dict[int, tuple[Said, ...]] = {}
        for run, reason in direct.failures(runs):
            failures[1 + run] = (*failures.get(1 + run, ()), reason)
        if failures:
            self.failures[leaf] = failures

    def take(self, leaf: int, table: LeafTable) -> None:
        """What was weighed by number of evidence, where the leaf was not weighed directly."""
        if leaf not in self._masks:
            self._masks[leaf] = table.masks
            if table.failures:
                self.failures[leaf] = dict(table.failures)

    def masks(self, load: Load) -> Masks:
        """The masks of a leaf, or of its NOT."""
        masks = self._masks[load.leaf]
        return NOT[masks] if load.negated else masks


def _by_facts(
    leaves: Sequence[PlannedLeaf], reading: Reading
) -> dict[tuple[FactName, ...], list[PlannedLeaf]]:
    found: dict[tuple[FactName, ...], list[PlannedLeaf]] = {}
    for leaf in leaves:
        if leaf.reading is reading:
            found.setdefault(leaf.facts, []).append(leaf)
    return found
