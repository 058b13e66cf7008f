"""The log of a database as the lines of its file, and its tables built again from them.

Lines go as they are: nothing here asks whether they are what was written. Whoever verifies the file asks that of a copy
that was made, and of one before it is built from (`adjudge.ledger.verify_log`).
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from django.db import connections

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.said import say
from adjudge.errors import BugError, RefusedError
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import FORMAT as ENTRY_FORMAT
from adjudge.ledger.log_file import CHECKPOINT_FORMAT, line_bytes
from adjudge.ledger.part import PART_FORMAT, TOMBSTONE_FORMAT, Tombstone, tombstone_of
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.storage.models import CheckpointRecord, EntryRecord, PartRecord
from adjudge.storage.records import CHUNK, DatabaseReading, tombstone_row

AT_ONCE = 500
_TABLES = {
    "adjudge_entry": ("seq", "subject", "kind", "content"),
    "adjudge_node": ("level", "place", "hash"),
    "adjudge_part": ("digest", "entry", "content"),
    "adjudge_tombstone": ("digest", "at", "why", "entry"),
    "adjudge_checkpoint": ("size", "note"),
}
"""The tables of the log with their columns, the same since the first migration."""


class _Line(msgspec.Struct):
    """What is asked of a line: the rest goes by unread."""

    format: str = ""
    seq: str = ""
    subject: str = ""
    kind: str = ""
    private: tuple[str, ...] = ()
    note: str = ""


_DECODER = msgspec.json.Decoder(_Line)


def log_lines(alias: str, size: int) -> Iterator[bytes]:
    """Entries with their sealed parts or tombstones, and checkpoints, in the order of the file, without its header.

    Read in portions. Raises RefusedError where an entry cannot be read at all.
    """
    records = DatabaseReading(alias)
    checkpoints = _checkpoints(alias)
    waiting = next(checkpoints, None)
    for start in range(0, size, CHUNK):
        end = min(start + CHUNK, size)
        parts = _parts(alias, start, end)
        for seq, content in _entries(alias, start, end):
            yield content + b"\n"
            for digest in _private(content, seq):
                yield from _beside(records, parts, digest)
            while waiting is not None and waiting.checkpoint.size == seq + 1:
                yield line_bytes(waiting)
                waiting = next(checkpoints, None)


def _entries(alias: str, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    rows = EntryRecord.objects.using(alias).filter(seq__gte=start, seq__lt=end).order_by("seq")
    for seq, content in rows.values_list("seq", "content"):
        yield seq, bytes(content)


def _private(content: bytes, seq: int) -> tuple[str, ...]:
    try:
        return _DECODER.decode(content).private
    except msgspec.MsgspecError as error:
        message = say("entry {entry} of the log cannot be read", entry=str(seq))
        hint = say("ask `adjudge log check` for all that does not fit, and go back to a copy")
        raise RefusedError(message, hint=hint) from error


def _parts(alias: str, start: int, end: int) -> dict[str, bytes]:
    rows = PartRecord.objects.using(alias).filter(entry__gte=start, entry__lt=end)
    return {digest: bytes(content) for digest, content in rows.values_list("digest", "content")}


def _beside(records: DatabaseReading, parts: dict[str, bytes], digest: str) -> Iterator[bytes]:
    """A part, or the tombstone in its place; where neither is there, whoever verifies the file will say so."""
    content = parts.get(digest) or records.part(digest)
    tombstone = records.tombstone(digest) if content is None else None
    if content is not None:
        yield content + b"\n"
    elif tombstone is not None:
        yield line_bytes(tombstone)


def _checkpoints(alias: str) -> Iterator[SignedCheckpoint]:
    notes = CheckpointRecord.objects.using(alias).order_by("size").values_list("note", flat=True)
    for note in notes.iterator(chunk_size=AT_ONCE):
        found = read_checkpoint(note)
        if not isinstance(found, SignedCheckpoint):
            raise BugError(f"a checkpoint that was kept cannot be read: {found.message}")
        yield found


class LogBuilder:
    """The tables of the log of a fresh database while they are filled, line by line, from a file that was verified."""

    def __init__(self, alias: str, *, with_checkpoints: bool = True) -> None:
        """Begin with nothing."""
        self._alias = alias
        self._with_checkpoints = with_checkpoints
        self._waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TABLES}
        self._frontier = Frontier()

    def take(self, content: bytes) -> None:
        """Keep one line of the file, which is without its line end."""
        line = _DECODER.decode(content)
        match line.format:
            case name if name == ENTRY_FORMAT:
                self._take_entry(line, content)
            case name if name == PART_FORMAT:
                self._add("adjudge_part", digest_of_bytes(content), self._frontier.size - 1, content)
            case name if name == TOMBSTONE_FORMAT:
                tombstone = tombstone_of(msgspec.json.decode(content))
                if isinstance(tombstone, Tombstone):
                    self._add("adjudge_tombstone", *tombstone_row(tombstone).values())
            case name if name == CHECKPOINT_FORMAT and self._with_checkpoints:
                self._add("adjudge_checkpoint", self._frontier.size, line.note)

    def finish(self) -> int:
        """Keep what still waits; how many entries there are."""
        for name in self._waiting:
            self._keep(name)
        return self._frontier.size

    def _take_entry(self, line: _Line, content: bytes) -> None:
        self._frontier, nodes = self._frontier.grown(leaf_hash(content))
        self._add("adjudge_entry", int(line.seq), line.subject, line.kind, content)
        for node in nodes:
            self._add("adjudge_node", *node)

    def _add(self, name: str, *values: Any) -> None:  # noqa: ANN401 - of any column
        self._waiting[name].append(values)
        if len(self._waiting[name]) == AT_ONCE:
            self._keep(name)

    def _keep(self, name: str) -> None:
        columns = _TABLES[name]
        places = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our own words
        with connections[self._alias].cursor() as cursor:
            cursor.executemany(statement, self._waiting[name])
        self._waiting[name] = []


def all_of(alias: str, lines: Iterable[bytes], *, with_checkpoints: bool = True) -> int:
    """Fill the tables of the log of a fresh database from all lines; how many entries there are."""
    builder = LogBuilder(alias, with_checkpoints=with_checkpoints)
    for line in lines:
        builder.take(line)
    return builder.finish()
