"""The port of storage: what procedures need of a database, and no more. There is no way to change or delete an entry.

`adjudge.storage` has it over Django's ORM (SQLite, PostgreSQL) and in memory; both keep the same contract, which
tests/rooms/storage/contract.py holds them to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import Protocol

from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Part, Tombstone
from adjudge.records.shelf import R, Shelf
from adjudge.records.sought import Sought
from adjudge.records.touched import Touched

Until = Mapping[str, str]
"""By indexed field the greatest value that it may have."""
NO_BOUNDS: Until = MappingProxyType({})
Among = Mapping[str, Sequence[str]]
"""By indexed field the values of which it must have one."""
ANYTHING: Among = MappingProxyType({})


class Reading(Protocol):
    """What was kept."""

    def get(self, shelf: Shelf[R], key: str) -> R | None:
        """The row of a key."""

    def get_many(self, shelf: Shelf[R], keys: Sequence[str]) -> dict[str, R]:
        """The rows of those keys that have one."""

    def find(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[R]:
        """Rows whose indexed fields equal these, ordered by id; those after an id, at most so many."""

    def find_any(self, shelf: Shelf[R], field: str, values: Sequence[str]) -> Sequence[R]:
        """Rows of which an indexed field equals one of these, ordered by id."""

    def listed(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[dict[str, str]]:
        """The ids and indexed fields of what `find` would give: rows that are long need not be read to be counted."""

    def count(
        self, shelf: Shelf[R], /, *, most: int | None = None, until: Until = NO_BOUNDS, **equal: str
    ) -> int:
        """How many rows `find` would give whose fields are at most `until`; no more than `most` are counted."""

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
        """Rows by an indexed field, those of one value by id; after a value and an id, at most so many.

        `until` are fields that are at most this; a field by which rows are ranked holds what sorts the same everywhere:
        letters and digits of ASCII.
        """

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
        """The ids of rows, those minted last first (a longer id is a later one): from a place on, at most so many."""

    def counted(self, shelf: Shelf[R], field: str, /, *further: str) -> Mapping[tuple[str, ...], int]:
        """How many rows there are of each combination of indexed fields that there is: counted where they are kept."""

    def sought(self, shelf: Shelf[R], asked: Sought, most: int) -> Sequence[R]:
        """Rows that have all of some words, in the order of the shelf, at most so many: found by an index of words."""

    def count_sought(self, shelf: Shelf[R], asked: Sought, most: int) -> int:
        """How many rows `sought` would give; no more than `most` are counted."""

    def size(self) -> int:
        """How many entries the log has."""

    def entry(self, seq: int) -> Entry | None:
        """One entry."""

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Entries in order, from `first` up to, not including, `end`."""

    def entries_of(self, subject: str) -> Sequence[Entry]:
        """The entries about one matter, decision, version or person, in order."""

    def entries_about(
        self, subjects: Sequence[str], most: int, kinds: Sequence[str] | None = None
    ) -> Sequence[Entry]:
        """The last entries about any of some objects, in order, at most so many; of some kinds alone, where any are."""

    def count_entries_about(self, subjects: Sequence[str], kinds: Sequence[str] | None = None) -> int:
        """How many entries there are about any of some objects."""

    def entries_of_kind(self, kind: str) -> Sequence[Entry]:
        """The entries of one kind, in order: of kinds of which there are few."""

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree of the log: of the leaves `place * 2**level` and on. Raises KeyError."""

    def part(self, digest: str) -> bytes | None:
        """The bytes of a sealed part; None where it was expunged or never kept."""

    def tombstone(self, digest: str) -> Tombstone | None:
        """When and why a sealed part was expunged."""

    def checkpoints(self) -> Sequence[str]:
        """The signed checkpoints, oldest first."""

    def newest_checkpoint(self) -> str | None:
        """The last of them, read alone."""


class Writing(Reading, Protocol):
    """A transaction that holds the write lock: nobody else writes until it ends, and it is kept whole or not at all."""

    @property
    def touched(self) -> Touched:
        """What was written in it so far."""

    def put(self, shelf: Shelf[R], row: R) -> None:
        """Keep a row in place of what its id had."""

    def put_all(self, shelf: Shelf[R], rows: Sequence[R]) -> None:
        """Keep many rows at once."""

    def append(self, entry: Entry, parts: Sequence[Part] = ()) -> None:
        """Append the next entry, with its sealed parts. Raises ConflictError where its number is not the next."""

    def expunge(self, tombstone: Tombstone) -> None:
        """Delete a sealed part and leave a tombstone."""

    def keep_checkpoint(self, signed: SignedCheckpoint) -> None:
        """Keep a signed checkpoint; the first of a size stays."""


class Records(Protocol):
    """A place where an institution is kept."""

    def reading(self) -> AbstractContextManager[Reading]:
        """Read what is committed."""

    def looking(self) -> AbstractContextManager[Reading]:
        """Read all as it stood at one instant, however long it takes and whatever is written meanwhile."""

    def writing(self) -> AbstractContextManager[Writing]:
        """Read and write in one transaction. Raises UnavailableError where the database or the disk does not answer."""

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something when all that is being written is kept, and not if it is not; at once where nothing is."""


class Blobs(Protocol):
    """Bytes by their digest, outside the database."""

    def put(self, content: bytes) -> str:
        """Keep bytes; their digest. Kept whole or not at all."""

    def get(self, digest: str) -> bytes | None:
        """Bytes by digest."""

    def has(self, digest: str) -> bool:
        """Whether there are bytes of that digest, told without reading them."""

    def delete(self, digest: str) -> None:
        """Forget bytes; nothing where there are none."""
