"""One snapshot as columns of NumPy: handles from hashes of keys, and what each handle means at a place and an instant.

Explicitly not the face for whoever asks (`adjudge.serve.batch`), which puts a base and its delta together. Means what
`adjudge.serve.check` and `adjudge.serve.pattern` mean, down to measures that cannot be read.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from adjudge.enforcement.key import filter_of, hash_of, written
from adjudge.enforcement.layout import EMPTY, FOR_EVER, LISTED
from adjudge.serve.check import Snapshot
from adjudge.serve.pattern import Pattern

Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Handles = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint8]
FREE = 0
_AT_ONCE, _TOLD_AT_ONCE = 1 << 18, 1 << 15
"""So many keys are looked up together, and so many rows told: what they need stays in the cache."""
_FREE_AT, _FIRST = 1, 2
"""Before the patterns in a table of codes stand one that is never read, and what is empty: marks and 2, which begin
anew behind EMPTY, lead there."""


class Hashes(NamedTuple):
    """The hashes of keys: both halves, and that of the filter."""

    firsts: Words
    seconds: Words
    filters: Halves

    def part(self, start: int, end: int) -> "Hashes":
        """Some of them."""
        return Hashes(self.firsts[start:end], self.seconds[start:end], self.filters[start:end])


def hashes_of(keys: Iterable[str | bytes]) -> Hashes:
    """The hashes of keys (`a:ID`, `c:ID`, `d:HOST`). Kept by whoever asks for the same ones again.

    Keys in bytes are taken as they are: in UTF-8 and NFC.
    """
    told = [key if isinstance(key, bytes) else written(key) for key in keys]
    halves = np.array([hash_of(key) for key in told], np.uint64).reshape(-1, 2)
    filters = np.fromiter(map(filter_of, told), np.uint32, len(told))
    return Hashes(np.ascontiguousarray(halves[:, 0]), np.ascontiguousarray(halves[:, 1]), filters)


def column(values: Any, kind: npt.DTypeLike) -> npt.NDArray[Any]:  # noqa: ANN401 - whatever holds numbers
    """Numbers without a copy: an array of NumPy, or an Arrow array that has no nulls. Raises ValueError."""
    if not isinstance(values, np.ndarray) and hasattr(values, "to_numpy"):
        values = values.to_numpy(zero_copy_only=True)
    found = np.asarray(values)
    if found.dtype != np.dtype(kind) or found.ndim != 1:
        raise ValueError(f"the column holds {found.dtype}, and not {np.dtype(kind)}")
    return found


class Columns:
    """The sections of an open snapshot; nothing of them is copied."""

    __slots__ = (
        "_bits",
        "_found",
        "_lists",
        "_prints",
        "_shift",
        "_spread",
        "_tails",
        "decisions",
        "marks",
        "snapshot",
    )

    def __init__(self, snapshot: Snapshot) -> None:
        """Look at its sections."""
        self.snapshot = snapshot
        sections, spread = snapshot.table()
        self._spread = np.uint64(spread)
        self._bits = np.frombuffer(sections["filter"], np.uint8)
        self._prints = np.frombuffer(sections["prints"], np.uint64)
        self._tails = np.frombuffer(sections["tails"], np.uint32)
        self.marks = np.frombuffer(sections["marks"], np.uint32)
        self.decisions = np.frombuffer(sections["decisions"], np.uint32)
        self._shift = np.uint32(33 - (8 * len(self._bits)).bit_length())
        self._lists = np.frombuffer(sections["lists"], np.uint32)
        self._found: _Lists | None = None

    @property
    def lists(self) -> "_Lists":
        """The slots that have lists of measures; found once."""
        if self._found is None:
            self._found = _Lists(self.marks, self._lists)
        return self._found

    def handles(self, hashes: Hashes) -> Handles:
        """The handle of each key; -1 where it is not in the table."""
        found = np.full(len(hashes.firsts), -1, np.int64)
        for start in range(0, len(found), _AT_ONCE):
            self._handles(hashes.part(start, start + _AT_ONCE), found[start : start + _AT_ONCE])
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
            taken = self.marks.take(slots) != EMPTY
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


class Moment:
    """What the handles of one snapshot mean at a place and an instant, and until when they do."""

    __slots__ = ("_codes", "_columns", "_listed", "severity", "until")

    def __init__(
        self,
        columns: Columns,
        place: tuple[str, str],
        at: int,
        lifted: frozenset[str],
        numbers: dict[str, int],
    ) -> None:
        """Work it out; reasons that have no number yet are given one."""
        self._columns, snapshot = columns, columns.snapshot
        effects = [
            _effect(snapshot.pattern(number), place, at, lifted) for number in range(snapshot.patterns)
        ]
        # Behind the last pattern: what is none, and cannot be read.
        effects.append(_effect(snapshot.pattern(EMPTY), place, at, lifted))
        self.until = min(bound for _, _, bound in effects)
        codes = np.array([FREE] * _FIRST + [severity for severity, _, _ in effects], np.uint8)
        self._codes = np.array(
            [0] * _FIRST + [numbers.setdefault(reason, len(numbers)) for _, reason, _ in effects], np.uint32
        )
        self.severity = np.empty(len(columns.marks), np.uint8)
        for start in range(0, len(self.severity), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            codes.take(_places(columns.marks[part], len(codes)), out=self.severity[part])
        self._listed = columns.lists.answering(codes)
        self.severity[columns.lists.slots] = codes.take(self._listed[0]).take(columns.lists.of)

    def told(self, handles: Handles) -> tuple[Halves, Halves]:
        """Of each handle the number of the reason and the decision, as the table has it."""
        reasons, decisions = (np.empty(len(handles), np.uint32) for _ in range(2))
        for start in range(0, len(handles), _TOLD_AT_ONCE):
            part = slice(start, start + _TOLD_AT_ONCE)
            self._told(handles[part], reasons[part], decisions[part])
        return reasons, decisions

    def _told(self, handles: Handles, reasons: Halves, decisions: Halves) -> None:
        marks, lists = self._columns.marks.take(handles), self._columns.lists
        places = _places(marks, len(self._codes))
        self._columns.decisions.take(handles, out=decisions)
        if len(lists.slots):
            rows = np.flatnonzero((marks & np.uint32(LISTED) != 0) & (marks != EMPTY))
            which = lists.of.take(np.searchsorted(lists.slots, handles.take(rows)))
            places[rows], decisions[rows] = (part.take(which) for part in self._listed)
        self._codes.take(places, out=reasons)


class _Lists:
    """The slots that have lists, and the lists, each once."""

    __slots__ = ("_lengths", "_lists", "_places", "of", "slots")

    def __init__(self, marks: Halves, lists: Halves) -> None:
        """Find them. A list that goes beyond the end cannot be read: it has the length -1."""
        self._lists = lists
        self.slots = np.flatnonzero((marks & np.uint32(LISTED) != 0) & (marks != EMPTY))
        places = (marks.take(self.slots) & np.uint32(LISTED - 1)).astype(np.int64)
        self._places, self.of = np.unique(places, return_inverse=True)
        inside = self._places < len(lists)
        lengths = np.full(len(self._places), -1, np.int64)
        lengths[inside] = lists.take(self._places[inside])
        lengths[self._places + 2 * lengths >= len(lists)] = -1
        self._lengths = lengths

    def answering(self, codes: Codes) -> tuple[Handles, Halves]:
        """Of each list the place of the severest measure in a table of codes, and its decision."""
        last = len(codes) - 1
        found = np.full(len(self._places), _FREE_AT, np.int64)
        decisions = np.zeros(len(self._places), np.uint32)
        found[self._lengths < 0], decisions[self._lengths < 0] = last, EMPTY
        rows = np.flatnonzero(self._lengths > 0)
        step = 1
        while len(rows):
            at = self._places.take(rows) + step
            places = np.minimum(self._lists.take(at).astype(np.int64) + _FIRST, last)
            worse = codes.take(places) > codes.take(found.take(rows))
            found[rows[worse]] = places[worse]
            decisions[rows[worse]] = self._lists.take(at[worse] + 1)
            step += 2
            rows = rows[2 * self._lengths.take(rows) > step]
        return found, decisions


def _places(marks: Halves, length: int) -> Handles:
    """Where marks stand in a table of codes; those of lists and of no pattern at its end."""
    places: Halves = np.minimum(marks + np.uint32(_FIRST), np.uint32(length - 1))
    return places.astype(np.int64)


def _effect(
    pattern: Pattern, place: tuple[str, str], at: int, lifted: frozenset[str]
) -> tuple[int, str, int]:
    """How severe a pattern is at a place and an instant, its reason, and until when it is so."""
    scope = pattern.scope
    if scope.kind in lifted or not scope.covers(*place):
        return FREE, "", FOR_EVER
    until, takes_effect = pattern.now(at)
    return (1 + scope.severity, scope.reason, until) if takes_effect else (FREE, "", until)
