"""Evidence numbered: equal evidence of a fact has one number, and is weighed once, for whomever it speaks.

Two views of the same entries are numbered apart. By class: values that no leaf over the fact alone can tell apart
count as one, so that there are few numbers, however many values. Whole: by the values themselves, for leaves over
several facts. Number 0 is silence.

What a number stands for is kept as the evidence of the first subject that has it: a true evidence and no composed one.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from adjudge.engines.bulk.direct import Runs
from adjudge.engines.bulk.settling import NO_OTHER, Rows, Weights
from adjudge.facts.settle import SILENCE, Evidence
from adjudge.facts.value import Value

_CODE_BITS = 36
_WIDEST_TABLE = 1 << 22
Codes = npt.NDArray[np.int64]


class Chain:
    """Numbers for sequences of codes: a sequence is the number of what comes before its last code, and that code.

    The same sequence has the same number in every portion of the subjects.
    """

    def __init__(self) -> None:
        """The empty sequence is number 0."""
        self._numbers: dict[int, int] = {}

    def __len__(self) -> int:
        """How many numbers there are."""
        return len(self._numbers) + 1

    def after(self, before: Codes, codes: Codes) -> Codes:
        """The numbers of sequences with one more code each."""
        distinct, places = distinct_of((before << _CODE_BITS) | codes)
        numbers = self._numbers
        found = [numbers.setdefault(item, len(numbers) + 1) for item in distinct.tolist()]
        return np.array(found, np.int64)[places]


def distinct_of(items: Codes) -> tuple[Codes, Codes]:
    """The distinct items, sorted, and for each item which of them it is."""
    greatest = int(items.max(initial=0))
    if greatest >= min(_WIDEST_TABLE, 16 * len(items) + 1024):
        distinct, places = np.unique(items, return_inverse=True)
        return distinct, places
    # Few possible items: a table is quicker than sorting.
    seen = np.zeros(greatest + 1, bool)
    seen[items] = True
    distinct = np.flatnonzero(seen)
    table = np.zeros(greatest + 1, np.int64)
    table[distinct] = np.arange(len(distinct))
    return distinct, table[items]


class FactEntries:
    """What is claimed of one fact: entries sorted by row, and the runs of them that belong to one row."""

    def __init__(self, row: Rows, value: Rows, for_: Weights, against: Weights) -> None:
        """`row` is sorted."""
        self.row, self.value, self.for_, self.against = row, value, for_, against
        starts = np.flatnonzero(np.append(True, row[1:] != row[:-1])) if len(row) else np.zeros(0, np.int64)
        self.starts = starts
        self.ends = np.append(starts[1:], len(row)) if len(starts) else starts
        self.rows = row[starts]

    def codes(self, classes: Codes) -> Codes:
        """Each entry as one integer, of the class of its value and its weights; sorted within each run."""
        codes = (classes[self.value] << 6) | (self.for_.astype(np.int64) << 3) | self.against
        if len(self.starts) == len(codes):
            return codes
        lengths = self.ends - self.starts
        several = np.repeat(lengths > 1, lengths)
        # By run, then by code: the order of the values says nothing.
        run = np.repeat(np.arange(len(lengths)), lengths)[several]
        mixed = codes[several]
        codes[several] = mixed[np.lexsort((mixed, run))]
        return codes

    def runs(self, codes: Codes, single: Codes, several: Codes) -> Runs:
        """Single codes, each a run, and then the entries of some runs of ours, one run after the other."""
        lengths = self.ends[several] - self.starts[several]
        ends = np.cumsum(lengths)
        starts = ends - lengths
        count = int(ends[-1]) if len(ends) else 0
        places = np.arange(count) + np.repeat(self.starts[several] - starts, lengths)
        firsts = np.concatenate((np.arange(len(single)), len(single) + starts))
        return Runs(np.concatenate((single, codes[places])), firsts)

    def evidence(self, run: int, value_of: Callable[[int], Value]) -> Evidence:
        """The evidence of one run."""
        asserted: dict[Value, int] = {}
        denied: dict[Value, int] = {}
        none = 0
        for place in range(int(self.starts[run]), int(self.ends[run])):
            number, for_, against = int(self.value[place]), int(self.for_[place]), int(self.against[place])
            if number == NO_OTHER:
                none = for_
                continue
            value = value_of(number)
            if for_:
                asserted[value] = for_
            if against:
                denied[value] = against
        # Corroboration raises a weight to 3 at most, so that whether one claim weighs 4 shows in W+ as well.
        return Evidence(asserted, denied, none, max(asserted.values(), default=0))


class Signatures:
    """The numbers of one fact's evidence in one view."""

    def __init__(self) -> None:
        """Nothing but silence is known."""
        self._chain = Chain()
        self.evidence: dict[int, Evidence] = {0: SILENCE}

    def __len__(self) -> int:
        """Above the greatest number."""
        return len(self._chain)

    def of_runs(self, entries: FactEntries, codes: Codes, value_of: Callable[[int], Value]) -> Codes:
        """The numbers of the evidence of all runs, of which an example of each is kept."""
        numbers = np.zeros(len(entries.starts), np.int64)
        longer = np.arange(len(numbers))
        step = 0
        while len(longer):
            numbers[longer] = self._chain.after(numbers[longer], codes[entries.starts[longer] + step])
            step += 1
            longer = longer[entries.ends[longer] - entries.starts[longer] > step]
        self._keep(entries, numbers, value_of)
        return numbers

    def _keep(self, entries: FactEntries, numbers: Codes, value_of: Callable[[int], Value]) -> None:
        distinct, places = distinct_of(numbers)
        first = np.zeros(len(distinct), np.int64)
        first[places[::-1]] = np.arange(len(places))[::-1]
        for number, run in zip(distinct.tolist(), first.tolist(), strict=True):
            if number not in self.evidence:
                self.evidence[number] = entries.evidence(run, value_of)
