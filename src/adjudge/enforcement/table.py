"""A snapshot read for people and for whoever builds on it: the measures of a key, counts, what differs between two.

Not for servers of ads (`adjudge.serve`), who never see a measure whole. Texts of keys are not in a snapshot. What many
keys share is read once, and keys stay as they lie in the file: some 50 bytes each while they are counted.
"""

import json
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from adjudge.enforcement.key import hash_of, written
from adjudge.enforcement.layout import EMPTY, LISTED, NAMED, PATTERN, BadSnapshotError, Header
from adjudge.enforcement.measure import SEVERITY, STANDING, Scope, Served
from adjudge.enforcement.terms import number

_PATTERN = struct.Struct(PATTERN)
_PAUSE = struct.Struct("<qq")
_MOST_DIGITS = 18
Words = npt.NDArray[np.uint64]
Halves = npt.NDArray[np.uint32]
Slots = npt.NDArray[np.int64]
Measures = tuple[Served, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A snapshot with all of its keys: their hashes, and of each its mark and its decision, as the layout has them."""

    spread: int
    prints: Words
    tails: Halves
    marks: Halves
    decisions: Halves
    lists: Halves
    patterns: memoryview
    pauses: memoryview
    scopes: tuple[Scope, ...]
    names: tuple[str, ...]
    prefix: str
    digits: int

    def slot(self, key: str) -> int:
        """Where a key lies; -1 where it is not in the table."""
        first, second = hash_of(written(key))
        slot, tail = (first >> 32) * self.spread >> 32, first & 0xFFFF_FFFF
        while int(self.marks[slot]) != EMPTY:  # the last slot is
            if int(self.prints[slot]) == second and int(self.tails[slot]) == tail:
                return slot
            slot += 1
        return -1

    def measures(self, key: str) -> Measures:
        """The measures of a key, the severest first; none where it is not there, or is there as free."""
        slot = self.slot(key)
        return self.meant(int(self.marks[slot]), int(self.decisions[slot])) if slot >= 0 else ()

    def meant(self, mark: int, decision: int) -> Measures:
        """What a mark and a decision say. Raises BadSnapshotError."""
        try:
            return tuple(self._served(*pair) for pair in self._pairs(mark, decision))
        except (struct.error, IndexError, ValueError) as error:
            raise BadSnapshotError("a measure cannot be read") from error

    def _pairs(self, mark: int, decision: int) -> list[tuple[int, int]]:
        if not mark & LISTED:
            return [(mark, decision)]
        place = mark & ~LISTED
        count = int(self.lists[place])
        listed = self.lists[place + 1 : place + 1 + 2 * count].tolist()
        return [(listed[at], listed[at + 1]) for at in range(0, 2 * count, 2)]

    def _served(self, pattern: int, decision: int) -> Served:
        scope, _, start, end, first, count = _PATTERN.unpack_from(self.patterns, pattern * _PATTERN.size)
        pauses = tuple(
            _PAUSE.unpack_from(self.pauses, (first + place) * _PAUSE.size) for place in range(count)
        )
        return Served(
            scope=self.scopes[scope], decision=self._name(decision), start=start, end=end, pauses=pauses
        )

    def _name(self, decision: int) -> str:
        if decision & NAMED:
            return self.names[decision & ~NAMED]
        return f"{self.prefix}{decision:0{self.digits}d}"


def table_of(whole: memoryview, header: Header) -> Table:
    """The table of a file that is in memory, and was verified. Raises BadSnapshotError."""

    def part(name: str) -> memoryview:
        section = header.sections[name]
        return whole[section.offset : section.offset + section.length]

    try:
        prints = np.frombuffer(part("prints"), np.uint64)
        tails, marks, decisions, lists = (
            np.frombuffer(part(name), np.uint32) for name in ("tails", "marks", "decisions", "lists")
        )
        scopes, names = (json.loads(bytes(part(name))) for name in ("scopes", "names"))
    except (ValueError, RecursionError) as error:
        raise BadSnapshotError("the table cannot be read") from error
    slots, spread = number(header.told, "slots"), number(header.told, "spread")
    prefix, digits = header.told.get("prefix"), number(header.told, "digits")
    if not (
        {len(prints), len(tails), len(marks), len(decisions)} == {slots}
        and 0 < spread < slots
        and int(marks[-1]) == EMPTY
        and isinstance(prefix, str)
        and digits <= _MOST_DIGITS
        and isinstance(scopes, list)
        and isinstance(names, list)
    ):
        raise BadSnapshotError("the table is not as its header says")
    return Table(
        spread=spread,
        prints=prints,
        tails=tails,
        marks=marks,
        decisions=decisions,
        lists=lists,
        patterns=part("patterns"),
        pauses=part("pauses"),
        scopes=tuple(map(_scope, scopes)),
        names=tuple(map(str, names)),
        prefix=prefix,
        digits=digits,
    )


def _scope(told: Any) -> Scope:  # noqa: ANN401 - JSON
    is_one = (
        isinstance(told, list)
        and [type(item) for item in told] == [str, str, list, bool, list, bool]
        and told[0] in SEVERITY
        and all(isinstance(name, str) for name in (*told[2], *told[4]))
    )
    if not is_one:
        raise BadSnapshotError("a scope cannot be read")
    return Scope(
        kind=told[0],
        reason=told[1],
        territories=tuple(told[2]),
        all_but=told[3],
        surfaces=tuple(told[4]),
        surfaces_all_but=told[5],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many keys have measures, and approvals; how many by the severest of either; how many by each decision."""

    measured: int
    approvals: int
    kinds: Counter[str]
    decisions: Counter[str]


@dataclass(frozen=True, slots=True)
class Held:
    """What a base says of keys, and a delta of those that it has."""

    base: Table
    delta: Table | None = None

    def of(self, key: str) -> Measures:
        """The measures of a key."""
        if self.delta is not None and self.delta.slot(key) >= 0:
            return self.delta.measures(key)
        return self.base.measures(key)

    def counts(self) -> Counts:
        """How much it says."""
        measured = approvals = 0
        kinds, decisions = Counter[str](), Counter[str]()
        for table, slots in self._parts():
            said, _, count = _shared(table, slots)
            for measures, keys in zip(said, count.tolist(), strict=True):
                standing = [item.scope.kind in STANDING for item in measures]
                measured += keys * (not all(standing))
                approvals += keys * any(standing)
                kinds.update({measures[0].scope.kind: keys} if measures else {})
                decisions.update(dict.fromkeys({item.decision for item in measures}, keys))
        return Counts(measured=measured, approvals=approvals, kinds=kinds, decisions=decisions)

    def rows(self, numbers: dict[Measures, int]) -> tuple[Words, Halves, Slots]:
        """The hashes of all keys that have measures, each with the number of what is said of it."""
        found = []
        for table, slots in self._parts():
            said, places, _ = _shared(table, slots)
            told = [numbers.setdefault(item, len(numbers)) if item else -1 for item in said]
            each = np.array(told, np.int64)[places]
            has = each >= 0
            found.append((table.prints[slots[has]], table.tails[slots[has]], each[has]))
        prints, tails, numbered = zip(*found, strict=True)
        return np.concatenate(prints), np.concatenate(tails), np.concatenate(numbered)

    def _parts(self) -> Iterator[tuple[Table, Slots]]:
        """The slots that count: of the base those that the delta does not have."""
        of_base: Slots = np.flatnonzero(self.base.marks != EMPTY)
        if self.delta is not None:
            of_delta = np.flatnonzero(self.delta.marks != EMPTY)
            told = np.isin(self.base.prints[of_base], self.delta.prints[of_delta])
            told &= np.isin(self.base.tails[of_base], self.delta.tails[of_delta])
            yield self.delta, of_delta
            of_base = of_base[~told]
        yield self.base, of_base


def _shared(table: Table, slots: Slots) -> tuple[list[Measures], Slots, Slots]:
    """What is said at some slots, each once; which of it is said where, and how often."""
    pairs = table.marks[slots].astype(np.uint64) << np.uint64(32) | table.decisions[slots]
    each, places, count = np.unique(pairs, return_inverse=True, return_counts=True)
    said = [table.meant(pair >> 32, pair & 0xFFFF_FFFF) for pair in each.tolist()]
    return said, places, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """How many keys have measures in the later one alone, in the earlier one alone, and other ones in both.

    `begun` are decisions of which the later one alone has measures, `ended` those of which the earlier one has.
    """

    added: int
    removed: int
    changed: int
    begun: tuple[str, ...]
    ended: tuple[str, ...]


def difference(before: Held, after: Held) -> Differing:
    """What differs between two."""
    numbers: dict[Measures, int] = {}
    had, has = before.rows(numbers), after.rows(numbers)
    prints, tails = np.concatenate((had[0], has[0])), np.concatenate((had[1], has[1]))
    order = np.lexsort((tails, prints))
    prints, tails, said = prints[order], tails[order], np.concatenate((had[2], has[2]))[order]
    both = (prints[1:] == prints[:-1]) & (tails[1:] == tails[:-1])
    decisions_before, decisions_after = before.counts().decisions.keys(), after.counts().decisions.keys()
    return Differing(
        added=len(has[0]) - int(both.sum()),
        removed=len(had[0]) - int(both.sum()),
        changed=int((both & (said[1:] != said[:-1])).sum()),
        begun=tuple(sorted(decisions_after - decisions_before)),
        ended=tuple(sorted(decisions_before - decisions_after)),
    )
