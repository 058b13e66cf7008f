"""The port of storage over Django's ORM, for SQLite and PostgreSQL alike.

One writer at a time: a transaction begins by locking the head of the log. SQLite's transactions begin IMMEDIATE (see
`adjudge.settings.web`), PostgreSQL locks the row.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connections, models, transaction
from django.db.models import Count
from django.db.models.functions import Length

from adjudge.basis.digest import Digest, canonical_bytes
from adjudge.basis.instant import parse_timestamp
from adjudge.basis.said import say
from adjudge.errors import BugError, ConflictError, UnavailableError
from adjudge.ledger.checkpoint import SignedCheckpoint
from adjudge.ledger.entry import Entry, entry_bytes, read_entry
from adjudge.ledger.part import Part, Tombstone
from adjudge.ledger.tree import added, leaf_hash
from adjudge.records.ports import ANYTHING, NO_BOUNDS, Among, Until
from adjudge.records.shelf import R, Shelf, can_be_key
from adjudge.records.sought import Sought
from adjudge.records.touched import Touched
from adjudge.storage.models import (
    SHELF_MODELS,
    CheckpointRecord,
    EntryRecord,
    Head,
    NodeRecord,
    PartRecord,
    ShelfRecord,
    TombstoneRecord,
)
from adjudge.storage.requests import forget_bodies
from adjudge.storage.seeking import number_sought, texts_sought, words_kept

CHUNK = 1_000
"""Entries read from the database at once."""
BUSY = 30
"""Seconds for which a writer waits for another one on PostgreSQL."""
PORTION = 500
"""Keys asked for at once."""
_ONE_INSTANT = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
"""What begins a transaction of which every reading shows the same."""


@contextmanager
def told(alias: str) -> Iterator[None]:
    """Failures of the database as our own: nothing of Django's crosses this door."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise _away(alias, error) from error
    except DatabaseError as error:
        # Of a spoilt file SQLite says no more than that there is an error: `DatabaseError` itself, none of its kinds.
        if type(error) is DatabaseError:
            raise _away(alias, error) from error
        raise BugError(f"the database refuses: {error}") from error


@contextmanager
def one_instant(alias: str) -> Iterator[None]:
    """Let all that is read show one instant. It holds no lock that a writer needs, unlike Django's transactions."""
    with told(alias):
        connections[alias].ensure_connection()
        line = connections[alias].connection
        with connections[alias].cursor() as cursor:
            cursor.execute(_ONE_INSTANT[connections[alias].vendor])
    try:
        yield
    finally:
        if connections[alias].connection is line:  # else it was lost, and with it what was begun
            with told(alias), connections[alias].cursor() as cursor:
                cursor.execute("ROLLBACK")


def _away(alias: str, error: Exception) -> UnavailableError:
    connections[alias].close()  # the next one to ask opens a new one: the database may be back
    return UnavailableError(
        say("the database does not answer: {reason}", reason=str(error).strip()),
        hint=say("look whether it was done, and try again; if it lasts, look at the database and its disk"),
    )


@dataclass(frozen=True, slots=True)
class DatabaseReading:
    """Reads; also inside a writing transaction, where it sees what was written so far."""

    alias: str

    def get(self, shelf: Shelf[R], key: str) -> R | None:
        """The row of a key."""
        if not can_be_key(key):
            return None
        with told(self.alias):
            found = SHELF_MODELS[shelf.name].objects.using(self.alias).filter(pk=key).first()
        return shelf.read(found.data) if found is not None else None

    def get_many(self, shelf: Shelf[R], keys: Sequence[str]) -> dict[str, R]:
        """The rows of those keys that have one, asked for in portions: a statement takes so many parameters."""
        model = SHELF_MODELS[shelf.name]
        wanted = list(filter(can_be_key, dict.fromkeys(keys)))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), PORTION):
            rows = model.objects.using(self.alias).filter(pk__in=wanted[start : start + PORTION])
            with told(self.alias):
                found.update(rows.values_list("pk", "data"))
        return {key: shelf.read(text) for key, text in found.items()}

    def find(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[R]:
        """Rows whose indexed fields equal these, ordered by id."""
        if not all(map(can_be_key, (after, *equal.values()))):
            return ()
        rows = SHELF_MODELS[shelf.name].objects.using(self.alias).filter(**equal).order_by("pk")
        if after:
            rows = rows.filter(pk__gt=after)
        with told(self.alias):
            texts = list(rows.values_list("data", flat=True)[:most])
        return tuple(shelf.read(text) for text in texts)

    def find_any(self, shelf: Shelf[R], field: str, values: Sequence[str]) -> Sequence[R]:
        """Rows of which an indexed field equals one of these, asked for in portions."""
        wanted = list(filter(can_be_key, dict.fromkeys(values)))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), PORTION):
            named = {f"{field}__in": wanted[start : start + PORTION]}
            rows = SHELF_MODELS[shelf.name].objects.using(self.alias).filter(**named)
            with told(self.alias):
                found.update(rows.values_list("pk", "data"))
        return tuple(shelf.read(found[key]) for key in sorted(found))

    def listed(
        self, shelf: Shelf[R], /, *, after: str = "", most: int | None = None, **equal: str
    ) -> Sequence[dict[str, str]]:
        """The ids and indexed fields of rows."""
        if not all(map(can_be_key, (after, *equal.values()))):
            return []
        rows = SHELF_MODELS[shelf.name].objects.using(self.alias).filter(**equal).order_by("pk")
        if after:
            rows = rows.filter(pk__gt=after)
        with told(self.alias):
            return list(rows.values("id", *shelf.index)[:most])

    def count(
        self, shelf: Shelf[R], /, *, most: int | None = None, until: Until = NO_BOUNDS, **equal: str
    ) -> int:
        """How many rows there are."""
        rows = self._bounded(shelf, until, equal)
        with told(self.alias):
            return rows.count() if most is None else rows.order_by()[:most].count()

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
        rows = self._bounded(shelf, until, equal)
        if after is not None:
            rows = _behind(rows, by, after, descending=descending)
        sign = "-" if descending else ""
        with told(self.alias):
            texts = list(rows.order_by(f"{sign}{by}", f"{sign}pk").values_list("data", flat=True)[:most])
        return tuple(shelf.read(text) for text in texts)

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
        if not all(map(can_be_key, equal.values())):
            return ()
        some = {f"{name}__in": list(filter(can_be_key, values)) for name, values in among.items()}
        rows = SHELF_MODELS[shelf.name].objects.using(self.alias).filter(**equal, **some)
        end = start + most if most is not None else None
        with told(self.alias):
            return tuple(rows.order_by(Length("pk").desc(), "-pk").values_list("pk", flat=True)[start:end])

    def _bounded(
        self, shelf: Shelf[R], until: Until, equal: Mapping[str, str]
    ) -> "models.QuerySet[ShelfRecord]":
        rows = SHELF_MODELS[shelf.name].objects.using(self.alias)
        if not all(map(can_be_key, (*equal.values(), *until.values()))):
            return rows.none()
        return rows.filter(**equal, **{f"{name}__lte": value for name, value in until.items()})

    def counted(self, shelf: Shelf[R], field: str, /, *further: str) -> Mapping[tuple[str, ...], int]:
        """How many rows there are of each combination of indexed fields."""
        rows = SHELF_MODELS[shelf.name].objects.using(self.alias).order_by().values_list(field, *further)
        with told(self.alias):
            # Rows and not ids, none of which is missing: so an index answers alone.
            return {tuple(key): count for *key, count in rows.annotate(count=Count("*"))}

    def sought(self, shelf: Shelf[R], asked: Sought, most: int) -> Sequence[R]:
        """Rows that have all of some words."""
        with told(self.alias):
            texts = texts_sought(self.alias, shelf, asked, most)
        return tuple(shelf.read(text) for text in texts)

    def count_sought(self, shelf: Shelf[R], asked: Sought, most: int) -> int:
        """How many rows have all of some words."""
        with told(self.alias):
            return number_sought(self.alias, shelf, asked, most)

    def size(self) -> int:
        """How many entries the log has."""
        with told(self.alias):
            return Head.objects.using(self.alias).values_list("size", flat=True).first() or 0

    def entry(self, seq: int) -> Entry | None:
        """One entry."""
        return next(self.entries(seq, seq + 1), None)

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Entries in order, read in chunks, so that the whole log never lies in memory."""
        last = self.size() if end is None else end
        for start in range(first, last, CHUNK):
            rows = EntryRecord.objects.using(self.alias).filter(
                seq__gte=start, seq__lt=min(start + CHUNK, last)
            )
            with told(self.alias):
                contents = list(rows.order_by("seq").values_list("content", flat=True))
            yield from map(_entry, contents)

    def entries_of(self, subject: str) -> Sequence[Entry]:
        """The entries about one object, in order."""
        if not can_be_key(subject):
            return ()
        rows = EntryRecord.objects.using(self.alias).filter(subject=subject).order_by("seq")
        with told(self.alias):
            return tuple(_entry(content) for content in rows.values_list("content", flat=True))

    def entries_about(
        self, subjects: Sequence[str], most: int, kinds: Sequence[str] | None = None
    ) -> Sequence[Entry]:
        """The last entries about any of some objects, asked for in portions."""
        found: list[tuple[int, bytes | memoryview]] = []
        for rows in self._about(subjects, kinds):
            with told(self.alias):
                found += rows.order_by("-seq").values_list("seq", "content")[:most]
        last = sorted(found, key=lambda item: item[0])[max(0, len(found) - most) :]
        return tuple(_entry(content) for _, content in last)

    def count_entries_about(self, subjects: Sequence[str], kinds: Sequence[str] | None = None) -> int:
        """How many there are."""
        with told(self.alias):
            return sum(rows.count() for rows in self._about(subjects, kinds))

    def _about(
        self, subjects: Sequence[str], kinds: Sequence[str] | None
    ) -> "Iterator[models.QuerySet[EntryRecord]]":
        wanted = list(filter(can_be_key, dict.fromkeys(subjects)))
        some = {} if kinds is None else {"kind__in": list(kinds)}
        for start in range(0, len(wanted), PORTION):
            portion = wanted[start : start + PORTION]
            yield EntryRecord.objects.using(self.alias).filter(subject__in=portion, **some)

    def entries_of_kind(self, kind: str) -> Sequence[Entry]:
        """The entries of one kind, in order."""
        rows = EntryRecord.objects.using(self.alias).filter(kind=kind).order_by("seq")
        with told(self.alias):
            return tuple(_entry(content) for content in rows.values_list("content", flat=True))

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree."""
        rows = NodeRecord.objects.using(self.alias).filter(level=level, place=place)
        with told(self.alias):
            found = rows.values_list("hash", flat=True).first()
        if found is None:
            raise KeyError(level, place)
        return bytes(found)

    def part(self, digest: str) -> bytes | None:
        """The bytes of a sealed part."""
        if not can_be_key(digest):
            return None
        rows = PartRecord.objects.using(self.alias).filter(pk=digest)
        with told(self.alias):
            found = rows.values_list("content", flat=True).first()
        return bytes(found) if found is not None else None

    def tombstone(self, digest: str) -> Tombstone | None:
        """Where a part was expunged."""
        if not can_be_key(digest):
            return None
        with told(self.alias):
            found = TombstoneRecord.objects.using(self.alias).filter(pk=digest).first()
        at = parse_timestamp(found.at) if found is not None else None
        if found is None or at is None:
            return None
        return Tombstone(digest=Digest(digest), at=at, why=_why(found.why), entry=found.entry)

    def checkpoints(self) -> Sequence[str]:
        """The signed checkpoints, oldest first."""
        rows = CheckpointRecord.objects.using(self.alias).order_by("size")
        with told(self.alias):
            return tuple(rows.values_list("note", flat=True))

    def newest_checkpoint(self) -> str | None:
        """The last of them."""
        rows = CheckpointRecord.objects.using(self.alias).order_by("-size")
        with told(self.alias):
            return rows.values_list("note", flat=True).first()


def _behind(
    rows: "models.QuerySet[ShelfRecord]", by: str, after: tuple[str, str], *, descending: bool
) -> "models.QuerySet[ShelfRecord]":
    """Those behind a value and an id. The value bounds them by itself too, which is what an index can begin with."""
    value, key = after
    if not (can_be_key(value) and can_be_key(key)):
        return rows.none()
    way = "lt" if descending else "gt"
    beyond = models.Q(**{f"{by}__{way}": value}) | models.Q(**{by: value, f"pk__{way}": key})
    return rows.filter(**{f"{by}__{way}e": value}).filter(beyond)


def tombstone_row(tombstone: Tombstone) -> dict[str, Any]:
    """A tombstone as the fields of its row."""
    return {
        "digest": tombstone.digest,
        "at": str(tombstone.at),
        "why": json.dumps(tombstone.why),  # a text may hold NUL, which PostgreSQL does not keep
        "entry": tombstone.entry,
    }


def _why(kept: str) -> str:
    """The reason of a tombstone: as JSON, since a reason may hold what PostgreSQL does not; at first as it was."""
    try:
        found = json.loads(kept)
    except ValueError:
        return kept
    return found if isinstance(found, str) else kept


def _entry(content: bytes | memoryview) -> Entry:
    found = read_entry(bytes(content))
    if not isinstance(found, Entry):
        raise BugError(f"an entry of the log cannot be read: {found.message}")
    return found


@dataclass(slots=True)
class _LockedHead:
    """The size of the log, which nobody else changes while one holds the lock; and whether something was expunged."""

    size: int
    expunged: bool = False


@dataclass(frozen=True, slots=True)
class DatabaseWriting(DatabaseReading):
    """Reads and writes, under the lock."""

    head: _LockedHead
    touched: Touched = field(default_factory=Touched)

    def size(self) -> int:
        """How many entries the log has, by the head that is locked."""
        return self.head.size

    def put(self, shelf: Shelf[R], row: R) -> None:
        """Keep a row in place of what its id had."""
        self.put_all(shelf, (row,))

    def put_all(self, shelf: Shelf[R], rows: Sequence[R]) -> None:
        """Keep many rows at once."""
        model = SHELF_MODELS[shelf.name]
        records = [
            model(id=row.id, data=shelf.write(row).decode(), **shelf.keys(row), **words_kept(shelf, row))
            for row in rows
        ]
        with told(self.alias):
            model.objects.using(self.alias).bulk_create(
                records,
                batch_size=CHUNK,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=["data", *shelf.index, *([shelf.text] if shelf.text else ())],
            )
        for row in rows:
            self.touched.put(shelf.name, row.id)

    def append(self, entry: Entry, parts: Sequence[Part] = ()) -> None:
        """Append the next entry with its sealed parts."""
        size = self.size()
        if entry.seq != size:
            raise ConflictError(say("entry {seq} is not the next of the log", seq=entry.seq))
        content = entry_bytes(entry)
        nodes = added(size, leaf_hash(content), self)
        with told(self.alias):
            EntryRecord.objects.using(self.alias).create(
                seq=entry.seq, subject=entry.subject, kind=entry.kind, content=content
            )
            NodeRecord.objects.using(self.alias).bulk_create(
                [NodeRecord(level=node.level, place=node.place, hash=node.hash) for node in nodes]
            )
            PartRecord.objects.using(self.alias).bulk_create(
                [
                    PartRecord(digest=part.digest, entry=entry.seq, content=canonical_bytes(part.form))
                    for part in parts
                ]
            )
            Head.objects.using(self.alias).filter(pk=1).update(size=size + 1)
        self.head.size = size + 1
        self.touched.entries.add((entry.kind, entry.subject))

    def expunge(self, tombstone: Tombstone) -> None:
        """Delete a sealed part and leave its tombstone."""
        with told(self.alias):
            TombstoneRecord.objects.using(self.alias).create(**tombstone_row(tombstone))
            PartRecord.objects.using(self.alias).filter(pk=tombstone.digest).delete()
        self.head.expunged = True

    def keep_checkpoint(self, signed: SignedCheckpoint) -> None:
        """Keep a signed checkpoint; the first of a size stays."""
        with told(self.alias):
            CheckpointRecord.objects.using(self.alias).get_or_create(
                size=signed.checkpoint.size, defaults={"note": signed.note}
            )


@dataclass(frozen=True, slots=True)
class DatabaseRecords:
    """An institution in a database, by Django's name for the connection."""

    alias: str = "default"

    @contextmanager
    def reading(self) -> Iterator[DatabaseReading]:
        """Read what is committed."""
        yield DatabaseReading(self.alias)

    @contextmanager
    def looking(self) -> Iterator[DatabaseReading]:
        """Read all as it stood at one instant."""
        with one_instant(self.alias):
            yield DatabaseReading(self.alias)

    @contextmanager
    def writing(self) -> Iterator[DatabaseWriting]:
        """Read and write in one transaction that holds the write lock."""
        with told(self.alias), transaction.atomic(using=self.alias):
            # The lock. SQLite has it from the beginning of the transaction; it knows no row locks.
            head = Head.objects.using(self.alias)
            if connections[self.alias].features.has_select_for_update:
                with connections[self.alias].cursor() as cursor:
                    # As long as on SQLite: who waits without end holds a thread that others need.
                    cursor.execute(f"SET LOCAL lock_timeout = '{BUSY}s'")
                head = head.select_for_update()
            found = head.filter(pk=1).first()
            if found is None:
                raise BugError("the log has no head: the database was not migrated")
            locked = _LockedHead(found.size)
            yield DatabaseWriting(self.alias, locked)
            if locked.expunged:
                forget_bodies(self.alias)

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something when the outermost transaction is kept; at once outside of one."""
        transaction.on_commit(do, using=self.alias)
