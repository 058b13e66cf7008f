"""Live claims as packed integers to weights for and against each value: LANGUAGE.md 2.1 over columns.

A claim is one 64-bit key, from the high end: fact, row of the subject, value, stance, weight. Sorted, the claims of one
value of one fact of one subject lie together, and the heaviest is the last. Origins matter only where no claim weighs
more than `reported` and at least two weigh that much, so that only those are looked up again.

Value 0 of a fact stands for `none`. That denying a truth value is asserting its opposite is settled before.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from adjudge.basis.said import say
from adjudge.errors import UnavailableError
from adjudge.facts.settle import CORROBORATED, CORROBORATING

Keys = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]
Weights = npt.NDArray[np.uint8]

NO_OTHER = 0
"""The value that stands for `none`."""
_STANCE_BITS, _WEIGHT_BITS = 1, 3
_ORIGIN_BITS = 32
_ALL_BITS = 64


@dataclass(frozen=True, slots=True)
class KeyLayout:
    """How many bits of a key fact, row and value take."""

    fact: int
    row: int
    value: int

    @property
    def shifts(self) -> tuple[int, int, int]:
        """By how many bits fact, row and value are shifted; stance stands at bit 3, weight at 0."""
        value = _STANCE_BITS + _WEIGHT_BITS
        return value + self.value + self.row, value + self.value, value


def key_layout(facts: int, rows: int, values: int) -> KeyLayout:
    """The layout for so many facts, rows and values of one fact (`none` among them)."""
    layout = KeyLayout(*(max(1, (count - 1).bit_length()) for count in (facts, rows, values)))
    if sum((layout.fact, layout.row, layout.value, _STANCE_BITS, _WEIGHT_BITS)) > _ALL_BITS:
        message = say("there are too many facts, subjects and values for one evaluation")
        raise UnavailableError(message, hint=say("evaluate the subjects in several portions"))
    return layout


class Entries(NamedTuple):
    """W+ and W- of every value of every fact of every row of which anything is claimed, sorted by these three."""

    fact: Rows
    row: Rows
    value: Rows
    for_: Weights
    against: Weights


def settle(keys: Keys, origins: npt.NDArray[np.uint32], layout: KeyLayout) -> Entries:
    """Weigh claims. `keys` are sorted in place."""
    reported = (keys & np.uint64(7)) == CORROBORATING
    reported_groups, reported_origins = keys[reported] >> np.uint64(3), origins[reported]
    keys.sort()
    groups = keys >> np.uint64(_WEIGHT_BITS)
    ends = _ends(groups)
    weights = (keys[ends] & np.uint64(7)).astype(np.uint8)
    groups_at_end = groups[ends]
    raised = _corroborated(keys, groups, ends, weights, (reported_groups, reported_origins))
    weights[raised] = CORROBORATED
    return _entries(groups_at_end, weights, layout)


def _ends(sorted_keys: Keys) -> Rows:
    """Where each run of equal keys ends: the position of its last."""
    if not len(sorted_keys):
        return np.zeros(0, np.int64)
    return np.append(np.flatnonzero(sorted_keys[1:] != sorted_keys[:-1]), len(sorted_keys) - 1)


def _corroborated(
    keys: Keys, groups: Keys, ends: Rows, weights: Weights, reported: tuple[Keys, npt.NDArray[np.uint32]]
) -> Rows:
    """The groups in which the heaviest claims are `reported`, and two of those have distinct origins."""
    before = np.maximum(ends - 1, 0)
    is_open = (weights == CORROBORATING) & (keys[before] == keys[ends]) & (before < ends)
    candidates = np.flatnonzero(is_open)
    if not len(candidates):
        return candidates
    wanted = groups[ends[candidates]]
    asked, origins = reported
    places = np.searchsorted(wanted, asked)
    places[places == len(wanted)] = 0
    hits = wanted[places] == asked
    pairs = (places[hits].astype(np.uint64) << np.uint64(_ORIGIN_BITS)) | origins[hits]
    pairs.sort()
    lasts = _ends(pairs >> np.uint64(_ORIGIN_BITS))
    firsts = np.append(0, lasts[:-1] + 1)
    raised: Rows = candidates[pairs[firsts] != pairs[lasts]]
    return raised


def _entries(groups: Keys, weights: Weights, layout: KeyLayout) -> Entries:
    """One entry for each value: its asserting group, if there is one, and its denying group."""
    values = groups >> np.uint64(1)
    denies = (groups & np.uint64(1)).astype(bool)
    lasts = _ends(values)
    firsts = np.append(0, lasts[:-1] + 1) if len(lasts) else lasts
    for_ = np.where(denies[firsts], 0, weights[firsts]).astype(np.uint8)
    against = np.where(denies[lasts], weights[lasts], 0).astype(np.uint8)
    found = values[firsts].astype(np.int64)
    value = found & ((1 << layout.value) - 1)
    row = (found >> layout.value) & ((1 << layout.row) - 1)
    return Entries(found >> (layout.value + layout.row), row, value, for_, against)
