"""A snapshot read whole, for people: its keys by their hashes, with all measures, and what differs between two.

Not for servers of ads (`adjudge.serve`): texts of keys are not in a snapshot, and here every key is gone through. Files
are to be verified before they are handed in.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np

from adjudge.enforcement.key import hash_of
from adjudge.enforcement.layout import (
    EMPTY,
    FIXED,
    LISTED,
    LONGEST_HEADER,
    NAMED,
    PATTERN,
    BadSnapshotError,
    Header,
    read_header,
)
from adjudge.enforcement.measure import Scope, Served

_PATTERN = Struct(PATTERN)
_PAUSE = Struct("<qq")
Key = tuple[int, int]
"""What the table keeps of the hash of a key: its second half, and the lower half of the first one."""


@dataclass(frozen=True, slots=True)
class Table:
    """A snapshot with all of its keys."""

    header: Header
    marks: Mapping[Key, tuple[int, int]]
    """Of each key its mark and its decision, as the layout has them."""
    parts: Mapping[str, Any]

    @property
    def told(self) -> Mapping[str, Any]:
        """The header."""
        return self.header.told

    def measures(self, key: Key) -> tuple[Served, ...]:
        """The measures of a key, the severest first; none where it is not there, or is there as free."""
        found = self.marks.get(key)
        return tuple(self._served(*pair) for pair in self._pairs(*found)) if found is not None else ()

    def _pairs(self, mark: int, decision: int) -> list[tuple[int, int]]:
        if not mark & LISTED:
            return [(mark, decision)]
        place, lists = mark & ~LISTED, self.parts["lists"]
        listed = [int(item) for item in lists[place + 1 : place + 1 + 2 * int(lists[place])]]
        return list(zip(listed[::2], listed[1::2], strict=True))

    def _served(self, number: int, decision: int) -> Served:
        scope, _, start, end, first, count = _PATTERN.unpack_from(
            self.parts["patterns"], number * _PATTERN.size
        )
        pauses = tuple(
            _PAUSE.unpack_from(self.parts["pauses"], (first + place) * _PAUSE.size) for place in range(count)
        )
        told = self.parts["scopes"][scope]
        return Served(
            scope=Scope(
                kind=told[0],
                reason=told[1],
                territories=tuple(told[2]),
                all_but=told[3],
                surfaces=tuple(told[4]),
                surfaces_all_but=told[5],
            ),
            decision=self._name(decision),
            start=start,
            end=end,
            pauses=pauses,
        )

    def _name(self, decision: int) -> str:
        if decision & NAMED:
            return str(self.parts["names"][decision & ~NAMED])
        return f"{self.told['prefix']}{decision:0{self.told['digits']}d}"


def read_table(path: Path) -> Table:
    """All of a snapshot that was verified. Raises BadSnapshotError, OSError."""
    with path.open("rb") as file:
        head = file.read(FIXED + 2 * LONGEST_HEADER)
        header = read_header(head, path.stat().st_size)
        read = {name: _read(file, header, name) for name in header.sections}
    try:
        marks = np.frombuffer(read["marks"], np.uint32)
        taken = np.flatnonzero(marks != EMPTY)
        prints, tails, decisions = (
            np.frombuffer(read[name], kind)[taken].tolist()
            for name, kind in (("prints", np.uint64), ("tails", np.uint32), ("decisions", np.uint32))
        )
        held = zip(prints, tails, marks[taken].tolist(), decisions, strict=True)
        return Table(
            header,
            {(first, tail): (mark, decision) for first, tail, mark, decision in held},
            {
                "lists": np.frombuffer(read["lists"], np.uint32),
                "patterns": read["patterns"],
                "pauses": read["pauses"],
                "scopes": json.loads(read["scopes"]),
                "names": json.loads(read["names"]),
            },
        )
    except (ValueError, IndexError) as error:
        raise BadSnapshotError("the table cannot be read") from error


def key_of(text: str) -> Key:
    """What the table keeps of a key."""
    first, second = hash_of(text.encode())
    return second, first & 0xFFFF_FFFF


Held = Mapping[Key, tuple[Served, ...]]


def held(base: Table, delta: Table | None = None) -> Held:
    """What is said of each key that has measures: by the delta where it has the key, by the base where not."""
    found = {key: base.measures(key) for key in base.marks}
    if delta is not None:
        found |= {key: delta.measures(key) for key in delta.marks}
    return {key: measures for key, measures in found.items() if measures}


def decisions(found: Held) -> Counter[str]:
    """For how many keys each decision has measures."""
    return Counter(name for measures in found.values() for name in {item.decision for item in measures})


def kinds(found: Held) -> Counter[str]:
    """For how many keys the severest measure is of a kind."""
    return Counter(measures[0].scope.kind for measures in found.values())


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
    had, has = decisions(before).keys(), decisions(after).keys()
    return Differing(
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        changed=sum(before[key] != measures for key, measures in after.items() if key in before),
        begun=tuple(sorted(has - had)),
        ended=tuple(sorted(had - has)),
    )


def _read(file: Any, header: Header, name: str) -> bytes:  # noqa: ANN401 - a file that is open
    section = header.sections[name]
    file.seek(section.offset)
    found: bytes = file.read(section.length)
    return found
