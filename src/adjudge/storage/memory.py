"""The port of storage in dictionaries: for tests, and for reading an exported log. Nothing outlives the process."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from adjudge.basis.digest import canonical_bytes, digest_of_bytes
from adjudge.basis.said import say
from adjudge.errors import BugError, ConflictError
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.part import Part, Tombstone
from adjudge.ledger.tree import frontier_at, leaf_hash
from adjudge.records.ports import ANYTHING, NO_BOUNDS, Among, Until
from adjudge.records.shelf import R, Shelf, can_be_key
from adjudge.records.sought import Sought
from adjudge.records.touched import Touched


@dataclass(slots=True)
class _State:
    shelves: dict[str, dict[str, bytes]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    checkpoints: dict[int, str] = field(default_factory=dict)

    def copy(self) -> "_State":
        """Another one that can be changed without changing this one."""
        return _State(
            {name: dict(rows) for name, rows in self.shelves.items()},
            list(self.entries),
            dict(self.nodes),
            dict(self.parts),
            dict(self.tombstones),
            dict(self.checkpoints),
        )


@dataclass(slots=True)
class MemoryWriting:
    """Reads and writes."""

    state: _State
    touched: Touched = field(default_factory=Touched)

    def get(self, shelf: Shelf[R], key: str) -> R | None:
        """The row of a key."""
        text = self.state.shelves.get(shelf.name, {}).get(key)
        return shelf.read(text) if text is not None else None

    def get_many(self, shelf: Shelf[R], keys: Sequence[str]) -> dict[str, R]:
        """The rows of those keys that have one."""
        found = ((key, self.get(shelf, key)) for key in keys)
        return {key: row for key, row in found if row is not None}

    def find(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[R]:
        """Rows whose indexed fields equal these, ordered by id."""
        return tuple(row for row in self._rows(shelf, equal) if row.id > after)[:most]

    def find_any(self, shelf: Shelf[R], field: str, values: Sequence[str]) -> Sequence[R]:
        """Rows of which an indexed field equals one of these."""
        wanted = frozenset(values)
        return tuple(row for row in self._rows(shelf, {}) if shelf.keys(row)[field] in wanted)

    def listed(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[dict[str, str]]:
        """The ids and indexed fields of rows."""
        return [
            {"id": row.id, **shelf.keys(row)} for row in self.find(shelf, after=after, most=most, **equal)
        ]

    def count(
        self, shelf: Shelf[R], /, *, most: int | None = None, until: Until = NO_BOUNDS, **equal: str
    ) -> int:
        """How many rows there are."""
        return len(self._bounded(shelf, until, equal)[:most])

    def ranked(
        self,
        shelf: Shelf[R],
        by: str,
        /,
        *,
        after: tuple[str, str] | None = None,
        most: int | None = None,
        descending: bool = False,
        until: Until = NO_BOUNDS,
        **equal: str,
    ) -> Sequence[R]:
        """Rows by an indexed field, those of one value by id."""
        if after is not None and not all(map(can_be_key, after)):
            return ()
        found = {(shelf.keys(row)[by], row.id): row for row in self._bounded(shelf, until, equal)}
        places = sorted(found, reverse=descending)
        behind = [
            place for place in places if after is None or (place != after and descending == (place < after))
        ]
        return tuple(found[place] for place in behind[:most])

    def newest(
        self,
        shelf: Shelf[R],
        /,
        *,
        start: int = 0,
        most: int | None = None,
        among: Among = ANYTHING,
        **equal: str,
    ) -> Sequence[str]:
        """The ids of rows, those minted last first."""
        ids = [
            row.id
            for row in self._rows(shelf, equal)
            if all(shelf.keys(row)[name] in values for name, values in among.items())
        ]
        ids.sort(key=lambda key: (len(key), key), reverse=True)
        return tuple(ids[start : start + most if most is not None else None])

    def _bounded(self, shelf: Shelf[R], until: Until, equal: dict[str, str]) -> list[R]:
        if not all(map(can_be_key, until.values())):
            return []
        rows = self._rows(shelf, equal)
        return [row for row in rows if all(shelf.keys(row)[name] <= value for name, value in until.items())]

    def counted(self, shelf: Shelf[R], field: str, /, *further: str) -> Mapping[tuple[str, ...], int]:
        """How many rows there are of each combination of indexed fields."""
        return Counter(
            tuple(shelf.keys(row)[name] for name in (field, *further)) for row in self._rows(shelf, {})
        )

    def sought(self, shelf: Shelf[R], asked: Sought, most: int) -> Sequence[R]:
        """Rows that have all of some words."""
        if not asked.can_be:
            return ()
        found = {str(getattr(row, shelf.order)): row for row in self._rows(shelf, {})}
        fit = [
            place
            for place, row in found.items()
            if asked.fits(place, frozenset(str(getattr(row, shelf.text)).split(" ")))
        ]
        return tuple(found[place] for place in sorted(fit, reverse=asked.descending)[:most])

    def count_sought(self, shelf: Shelf[R], asked: Sought, most: int) -> int:
        """How many rows have all of some words."""
        return len(self.sought(shelf, asked, most))

    def _rows(self, shelf: Shelf[R], equal: dict[str, str]) -> list[R]:
        texts = sorted(self.state.shelves.get(shelf.name, {}).items())
        rows = [shelf.read(text) for _, text in texts]
        return [row for row in rows if all(shelf.keys(row)[name] == value for name, value in equal.items())]

    def size(self) -> int:
        """How many entries the log has."""
        return len(self.state.entries)

    def entry(self, seq: int) -> Entry | None:
        """One entry."""
        return self.state.entries[seq] if 0 <= seq < self.size() else None

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Entries in order."""
        return iter(self.state.entries[first:end])

    def entries_of(self, subject: str) -> Sequence[Entry]:
        """The entries about one object."""
        return tuple(item for item in self.state.entries if item.subject == subject)

    def entries_about(
        self, subjects: Sequence[str], most: int, kinds: Sequence[str] | None = None
    ) -> Sequence[Entry]:
        """The last entries about any of some objects."""
        found = self._about(subjects, kinds)
        return found[max(0, len(found) - most) :]

    def count_entries_about(self, subjects: Sequence[str], kinds: Sequence[str] | None = None) -> int:
        """How many there are."""
        return len(self._about(subjects, kinds))

    def _about(self, subjects: Sequence[str], kinds: Sequence[str] | None) -> Sequence[Entry]:
        wanted = frozenset(subjects)
        return tuple(
            item
            for item in self.state.entries
            if item.subject in wanted and (kinds is None or item.kind in kinds)
        )

    def entries_of_kind(self, kind: str) -> Sequence[Entry]:
        """The entries of one kind."""
        return tuple(item for item in self.state.entries if item.kind == kind)

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree."""
        return self.state.nodes[level, place]

    def part(self, digest: str) -> bytes | None:
        """The bytes of a sealed part."""
        return self.state.parts.get(digest)

    def tombstone(self, digest: str) -> Tombstone | None:
        """Where a part was expunged."""
        return self.state.tombstones.get(digest)

    def checkpoints(self) -> Sequence[str]:
        """The signed checkpoints."""
        return tuple(note for _, note in sorted(self.state.checkpoints.items()))

    def newest_checkpoint(self) -> str | None:
        """The last of them."""
        return max(self.state.checkpoints.items(), default=(0, None))[1]

    def put(self, shelf: Shelf[R], row: R) -> None:
        """Keep a row."""
        self.state.shelves.setdefault(shelf.name, {})[row.id] = shelf.write(row)
        self.touched.put(shelf.name, row.id)

    def put_all(self, shelf: Shelf[R], rows: Sequence[R]) -> None:
        """Keep many rows."""
        for row in rows:
            self.put(shelf, row)

    def append(self, entry: Entry, parts: Sequence[Part] = ()) -> None:
        """Append the next entry."""
        if entry.seq != self.size():
            raise ConflictError(say("entry {seq} is not the next of the log", seq=entry.seq))
        _, nodes = frontier_at(self.size(), self).grown(leaf_hash(entry_bytes(entry)))
        self.state.entries.append(entry)
        self.touched.entries.add((entry.kind, entry.subject))
        self.state.nodes.update({(node.level, node.place): node.hash for node in nodes})
        self.state.parts.update({part.digest: canonical_bytes(part.form) for part in parts})

    def expunge(self, tombstone: Tombstone) -> None:
        """Delete a sealed part and leave its tombstone."""
        if tombstone.digest in self.state.tombstones:
            raise BugError("a sealed part is expunged once")
        self.state.parts.pop(tombstone.digest, None)
        self.state.tombstones[tombstone.digest] = tombstone

    def keep_checkpoint(self, signed: SignedCheckpoint) -> None:
        """Keep a signed checkpoint; the first of a size stays."""
        self.state.checkpoints.setdefault(signed.checkpoint.size, signed.note)


@dataclass(slots=True)
class MemoryRecords:
    """An institution in memory; threads take turns."""

    state: _State = field(default_factory=_State)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def reading(self) -> Iterator[MemoryWriting]:
        """Read what is committed; what is written to it is lost."""
        with self.lock:
            state = replace(self.state)
        yield MemoryWriting(state)

    looking = reading

    @contextmanager
    def writing(self) -> Iterator[MemoryWriting]:
        """Read and write; kept only if no error ends it."""
        with self.lock:
            state = self.state.copy()
            yield MemoryWriting(state)
            self.state = state

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something at once: what calls this is done with writing."""
        do()


@dataclass(slots=True)
class MemoryBlobs:
    """Bytes by digest in memory."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def put(self, content: bytes) -> str:
        """Keep bytes."""
        digest = digest_of_bytes(content)
        self.kept[digest] = content
        return digest

    def get(self, digest: str) -> bytes | None:
        """Bytes by digest."""
        return self.kept.get(digest)

    def has(self, digest: str) -> bool:
        """Whether there are bytes of that digest."""
        return digest in self.kept

    def delete(self, digest: str) -> None:
        """Forget bytes."""
        self.kept.pop(digest, None)
