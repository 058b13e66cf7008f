"""What all quick atoms of one fact say of a value, as one row of masks, looked up instead of tested atom by atom.

The constants that the atoms compare with part the values into bands: each constant by itself, and what lies between two
of them. Within a band no atom changes its truth, so one row answers for all of its values. Rows are made when first
asked for: at most two for each constant, for each weight, whatever subjects assert.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from adjudge.basis.mask import mask_of
from adjudge.engines.point.lanes import Row
from adjudge.engines.point.quick import Call, OneOf, Range, Test
from adjudge.facts.value import Value

MOST_BYTES = 1_000_000
"""Bytes of the rows that are kept for one fact and weight; what is beyond is made each time, which costs a test and an
operation for every atom of the fact."""
WEIGHTS = range(6)


class Bands:
    """The rows of one fact. `index` and `cuts` find the band of a value: the generated code looks in both itself."""

    def __init__(self, atoms: Sequence[tuple[Test, Row]]) -> None:
        """Part the values by the constants of the atoms."""
        self.all = [test for test, _ in atoms]
        self.called = [(test, row) for test, row in atoms if isinstance(test, Call)]
        self.tests = [(test, row) for test, row in atoms if not isinstance(test, Call)]
        bounds = {b for test, _ in self.tests if isinstance(test, Range) for b in (test.low, test.high)}
        # One type of values is compared with one fact, so that they have an order.
        self.cuts: list[Value] = sorted(b for b in bounds if b is not None)  # type: ignore[type-var]
        singled = {v for test, _ in self.tests if isinstance(test, OneOf) for v in test.values} | set(
            self.cuts
        )
        self.values = list(singled)
        between = len(self.cuts) + 1
        self.index: Mapping[Value, int] = {value: between + n for n, value in enumerate(self.values)}
        self.rows: list[dict[int, int]] = [{} for _ in WEIGHTS]
        self.called_rows = [
            tuple((row.stored(mask_of(0, w)), row.stored(mask_of(w, 0))) for _, row in self.called)
            for w in WEIGHTS
        ]

    def band(self, value: Value) -> int:
        """The number of a value's band: 0 to the number of cuts for what lies between, then the single values."""
        found = self.index.get(value)
        return bisect_left(self.cuts, value) if found is None else found  # type: ignore[type-var]  # as above

    def fill(self, weight: int, band: int) -> int:
        """Make the row of a band and a weight, and keep it. Two threads may both make it: it is the same."""
        row = 0
        for test, spots in self.tests:
            holds = self._holds(test, band)
            row |= spots.stored(mask_of(weight, 0) if holds else mask_of(0, weight))
        rows = self.rows[weight]
        if (len(rows) + 1) * row.bit_length() < MOST_BYTES * 8:
            rows[band] = row
        return row

    def _holds(self, test: Test, band: int) -> bool:
        between = len(self.cuts) + 1
        if band >= between:
            return _holds_of(test, self.values[band - between])
        if isinstance(test, OneOf):
            return test.negated
        if isinstance(test, Range):
            # The cut before the band is the greatest below it: bounds lie at cuts, never inside a band.
            above_low = test.low is None or self.band_of_cut(test.low) < band
            below_high = test.high is None or band <= self.band_of_cut(test.high)
            return above_low and below_high
        raise NotImplementedError

    def band_of_cut(self, bound: Value) -> int:
        """The number of cuts below a bound."""
        return bisect_left(self.cuts, bound)  # type: ignore[type-var]  # as above

    def truths(self, value: Value) -> list[bool]:
        """What each atom is for a value, in the order in which the atoms were given."""
        return [_holds_of(test, value) for test in self.all]


def _holds_of(test: Test, value: Value) -> bool:
    match test:
        case OneOf():
            return (value in test.values) is not test.negated
        case Call():
            return test.holds(value)
        case Range():
            return _is_within(test, value)


def _is_within(test: Range, value: Value) -> bool:
    low, high = test.low, test.high
    if low is not None and not (value > low or (test.with_low and value == low)):  # type: ignore[operator]  # as above
        return False
    return high is None or value < high or (test.with_high and value == high)  # type: ignore[operator]  # as above
