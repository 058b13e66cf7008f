"""Many questions at once with NumPy: handles from hashes of keys, and codes of answers from handles.

The answers are those of single checks (`adjudge.serve.check`) of measures, as numbers. Explicitly not over a base and
its delta as one, nor what holds for unknown landing pages or stale snapshots: whoever asks in batches sees to that.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from adjudge.enforcement.key import filter_of, hash_of
from adjudge.enforcement.layout import EMPTY, LISTED
from adjudge.enforcement.measure import SEVERITY, STOPPING
from adjudge.serve.check import Snapshot

Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Handles = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
FREE = 0
STOPS_FROM = 1 + min(map(SEVERITY.index, STOPPING))
"""Codes of severity: none, then the kinds of measure in rising severity; from this one on nothing runs."""
_UNREADABLE = EMPTY - 1
"""A number that no pattern has."""
_AT_ONCE = 1 << 18
"""So many keys are looked up together: what they need stays in the cache."""


class Hashes(NamedTuple):
    """The hashes of keys: both halves, and that of the filter."""

    firsts: Words
    seconds: Words
    filters: Halves

    def part(self, start: int, end: int) -> "Hashes":
        """Some of them."""
        return Hashes(self.firsts[start:end], self.seconds[start:end], self.filters[start:end])


class Answers(NamedTuple):
    """Codes, one for each question: may it run, how severe, which reason (in `reasons`), which decision.

    Where nothing takes effect, the reason is 0 (the empty one), and the decision tells nothing. `name_of` of the
    snapshot names a decision.
    """

    allow: npt.NDArray[np.bool_]
    severity: Codes
    reason: npt.NDArray[np.uint32]
    decision: Halves
    reasons: tuple[str, ...]


def hashes_of(keys: Iterable[str | bytes]) -> Hashes:
    """The hashes of keys (`a:ID`, `c:ID`, `d:HOST`). Kept by whoever asks for the same ones again."""
    written = [key if isinstance(key, bytes) else key.encode("utf-8", "replace") for key in keys]
    halves = np.array([hash_of(key) for key in written], np.uint64).reshape(-1, 2)
    filters = np.fromiter(map(filter_of, written), np.uint32, len(written))
    return Hashes(np.ascontiguousarray(halves[:, 0]), np.ascontiguousarray(halves[:, 1]), filters)


def column(values: Any, kind: npt.DTypeLike) -> npt.NDArray[Any]:  # noqa: ANN401 - whatever holds numbers
    """Numbers without a copy: an array of NumPy, or an Arrow array that has no nulls. Raises ValueError."""
    if not isinstance(values, np.ndarray) and hasattr(values, "to_numpy"):
        values = values.to_numpy(zero_copy_only=True)
    found = np.asarray(values)
    if found.dtype != np.dtype(kind) or found.ndim != 1:
        raise ValueError(f"the column holds {found.dtype}, and not {np.dtype(kind)}")
    return found


class Table:
    """A snapshot for batches."""

    __slots__ = ("_bits", "_decisions", "_marks", "_prints", "_shift", "_spread", "_tails", "snapshot")

    def __init__(self, snapshot: Snapshot) -> None:
        """Look at the sections of an open snapshot; nothing is copied."""
        self.snapshot = snapshot
        sections, spread = snapshot.table()
        self._spread = np.uint64(spread)
        self._bits = np.frombuffer(sections["filter"], np.uint8)
        self._prints = np.frombuffer(sections["prints"], np.uint64)
        self._tails = np.frombuffer(sections["tails"], np.uint32)
        self._marks = np.frombuffer(sections["marks"], np.uint32)
        self._decisions = np.frombuffer(sections["decisions"], np.uint32)
        self._shift = np.uint32(33 - (8 * len(self._bits)).bit_length())

    def handles(self, hashes: Hashes) -> Handles:
        """The handle of each key; -1 where it is not in the table."""
        firsts = column(hashes.firsts, np.uint64)
        seconds = column(hashes.seconds, np.uint64)
        filters = column(hashes.filters, np.uint32)
        if not len(firsts) == len(seconds) == len(filters):
            raise ValueError("the columns have different lengths")
        found = np.full(len(firsts), -1, np.int64)
        whole = Hashes(firsts, seconds, filters)
        for start in range(0, len(firsts), _AT_ONCE):
            self._handles(whole.part(start, start + _AT_ONCE), found[start : start + _AT_ONCE])
        return found

    def _handles(self, hashes: Hashes, found: Handles) -> None:
        places = hashes.filters >> self._shift
        bits = self._bits.take(places >> np.uint32(3)) >> (places & np.uint32(7)).astype(np.uint8)
        asked = np.flatnonzero(bits & np.uint8(1))
        firsts, seconds = hashes.firsts.take(asked), hashes.seconds.take(asked)
        tails = (firsts & np.uint64(0xFFFF_FFFF)).astype(np.uint32)
        slots = ((firsts >> np.uint64(32)) * self._spread >> np.uint64(32)).astype(np.int64)
        while len(asked):
            same = (self._prints.take(slots) == seconds) & (self._tails.take(slots) == tails)
            taken = self._marks.take(slots) != EMPTY
            hit = same & taken
            found[asked[hit]] = slots[hit]
            # The last slot is empty, so that every search ends before the table does.
            on = np.flatnonzero(taken & ~same)
            asked, seconds, tails, slots = (
                asked.take(on),
                seconds.take(on),
                tails.take(on),
                slots.take(on) + 1,
            )

    def at(self, territory: str, surface: str, at: int) -> "Place":
        """What holds at a place and an instant. Made once, and asked often until the next measure begins or ends."""
        marks, decisions = self._marks, self._decisions
        listed = np.flatnonzero((marks & np.uint32(LISTED) != 0) & (marks != EMPTY))
        if len(listed):
            marks, decisions = marks.copy(), decisions.copy()
        known: dict[int, tuple[int, int]] = {}
        for slot in listed.tolist():
            mark = int(marks[slot])
            if mark not in known:
                known[mark] = self._severest(slot, territory, surface, at)
            marks[slot], decisions[slot] = known[mark]
        # Behind the patterns stand what is empty, and what is no pattern and cannot be read.
        count = self.snapshot.patterns
        index = np.minimum(marks, np.uint32(count + 1))
        index[marks == EMPTY] = count
        effects = [self._effect(number, territory, surface, at) for number in range(count)]
        effects += [(FREE, ""), self._effect(_UNREADABLE, territory, surface, at)]
        numbers = {
            reason: place for place, reason in enumerate(dict.fromkeys(["", *(told for _, told in effects)]))
        }
        severities = np.array([severity for severity, _ in effects], np.uint8)
        reasons = np.array([numbers[reason] for _, reason in effects], np.uint32)
        return Place(severities[index], index, reasons, decisions, tuple(numbers))

    def _severest(self, slot: int, territory: str, surface: str, at: int) -> tuple[int, int]:
        """The pattern and the decision of a list that answer; EMPTY where nothing takes effect."""
        best, found = FREE, (EMPTY, 0)
        for number, decision in self.snapshot.measures(slot):
            severity, _ = self._effect(number, territory, surface, at)
            if severity > best:
                best, found = severity, (min(number, _UNREADABLE), decision)
        return found

    def _effect(self, number: int, territory: str, surface: str, at: int) -> tuple[int, str]:
        """How severe a pattern is at a place and an instant, and its reason."""
        pattern = self.snapshot.pattern(number)
        if not (pattern.scope.covers(territory, surface) and pattern.now(at)[1]):
            return FREE, ""
        return 1 + pattern.scope.severity, pattern.scope.reason


class Place:
    """What every handle means at one place and instant. The handle -1 means that nothing is known."""

    __slots__ = ("_codes", "_decisions", "_patterns", "_reasons", "_severity")

    def __init__(
        self, severity: Codes, patterns: Halves, codes: Halves, decisions: Halves, reasons: Sequence[str]
    ) -> None:
        """Of every slot its severity, pattern and decision; of every pattern the number of its reason."""
        self._severity, self._patterns, self._codes = severity, patterns, codes
        self._decisions, self._reasons = decisions, tuple(reasons)

    def severities(self, *handles: Any) -> Codes:  # noqa: ANN401 - columns
        """The severest code of each row of columns of handles; at least one column."""
        first, *more = (column(each, np.int64) for each in handles)
        # The last slot is empty: -1 leads there by itself.
        found: Codes = self._severity[first]
        for each in more:
            np.maximum(found, self._severity[each], out=found)
        return found

    def allows(self, *handles: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401 - columns
        """Whether each row may run."""
        return self.severities(*handles) < STOPS_FROM

    def answers(self, *handles: Any) -> Answers:  # noqa: ANN401 - columns
        """Codes of whole answers; of columns that are alike severe, the first one answers."""
        first, *more = (column(each, np.int64) for each in handles)
        answering, severity = first, self._severity[first]
        for each in more:
            other = self._severity[each]
            worse = other > severity
            answering, severity = np.where(worse, each, answering), np.where(worse, other, severity)
        reason = self._codes.take(self._patterns.take(answering))
        return Answers(
            severity < STOPS_FROM, severity, reason, self._decisions.take(answering), self._reasons
        )
