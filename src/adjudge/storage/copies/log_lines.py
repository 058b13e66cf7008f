"""The log of a database as the lines of its file, and its tables built again from them."""

from collections.abc import Iterable, Iterator

from django.apps.registry import Apps
from django.db.models import Model

from adjudge.basis.digest import Digest, canonical_bytes
from adjudge.basis.reading.canonical import read_canonical
from adjudge.basis.said import say
from adjudge.errors import BugError, RefusedError
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.log_file import Header, Line
from adjudge.ledger.part import Part, Tombstone, part_of
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.storage.models import CheckpointRecord, PartRecord
from adjudge.storage.records import CHUNK, DatabaseReading, tombstone_row

AT_ONCE = 500


def log_lines(alias: str, size: int) -> Iterator[Line]:
    """Entries with their sealed parts or tombstones, and checkpoints, in the order of the file, without its header.

    Read in portions. Raises RefusedError for what is not as it was written.
    """
    records = DatabaseReading(alias)
    checkpoints = _checkpoints(alias)
    waiting = next(checkpoints, None)
    for start in range(0, size, CHUNK):
        end = min(start + CHUNK, size)
        parts = _parts(alias, start, end)
        for entry in records.entries(start, end):
            yield entry
            for digest in entry.private:
                yield from _beside(records, parts, digest)
            while waiting is not None and waiting.checkpoint.size == entry.seq + 1:
                yield waiting
                waiting = next(checkpoints, None)


def _parts(alias: str, start: int, end: int) -> dict[str, bytes]:
    rows = PartRecord.objects.using(alias).filter(entry__gte=start, entry__lt=end)
    return {digest: bytes(content) for digest, content in rows.values_list("digest", "content")}


def _beside(records: DatabaseReading, parts: dict[str, bytes], digest: Digest) -> Iterator[Line]:
    """A part, or the tombstone in its place; where neither is there, whoever verifies the file will say so."""
    content = parts.get(digest) or records.part(digest)
    if content is None:
        tombstone = records.tombstone(digest)
        yield from () if tombstone is None else (tombstone,)
        return
    tree = read_canonical(content)
    part = part_of(tree) if tree is not None else None
    if not isinstance(part, Part):
        raise RefusedError(
            say("the sealed part {digest} cannot be read", digest=digest),
            hint=say("ask `adjudge log check` for all that does not fit, and go back to a copy"),
        )
    yield part


def _checkpoints(alias: str) -> Iterator[SignedCheckpoint]:
    notes = CheckpointRecord.objects.using(alias).order_by("size").values_list("note", flat=True)
    for note in notes.iterator(chunk_size=AT_ONCE):
        found = read_checkpoint(note)
        if not isinstance(found, SignedCheckpoint):
            raise BugError(f"a checkpoint that was kept cannot be read: {found.message}")
        yield found


class LogBuilder:
    """The tables of the log of a fresh database while they are filled, line by line."""

    def __init__(self, alias: str, known: Apps) -> None:
        """`known` has the models of the migration state that the database has."""
        names = ("EntryRecord", "NodeRecord", "PartRecord", "TombstoneRecord", "CheckpointRecord")
        self._models = {name: known.get_model("adjudge", name) for name in names}
        self._alias = alias
        self._waiting: dict[str, list[Model]] = {name: [] for name in names}
        self._frontier = Frontier()

    def take(self, line: Line) -> None:
        """Keep one line of the file."""
        match line:
            case Entry():
                self._take_entry(line)
            case Part():
                content = canonical_bytes(line.form)
                self._add("PartRecord", digest=line.digest, entry=self._frontier.size - 1, content=content)
            case Tombstone():
                self._add("TombstoneRecord", **tombstone_row(line))
            case SignedCheckpoint():
                self._add("CheckpointRecord", size=line.checkpoint.size, note=line.note)
            case Header():
                pass

    def finish(self) -> int:
        """Keep what still waits; how many entries there are."""
        for name in self._waiting:
            self._keep(name)
        return self._frontier.size

    def _take_entry(self, entry: Entry) -> None:
        content = entry_bytes(entry)
        self._frontier, nodes = self._frontier.grown(leaf_hash(content))
        self._add("EntryRecord", seq=entry.seq, subject=entry.subject, kind=entry.kind, content=content)
        for node in nodes:
            self._add("NodeRecord", level=node.level, place=node.place, hash=node.hash)

    def _add(self, name: str, **fields: object) -> None:
        self._waiting[name].append(self._models[name](**fields))
        if len(self._waiting[name]) == AT_ONCE:
            self._keep(name)

    def _keep(self, name: str) -> None:
        self._models[name]._base_manager.using(self._alias).bulk_create(self._waiting[name])  # noqa: SLF001
        self._waiting[name] = []


def all_of(alias: str, lines: Iterable[Line], known: Apps) -> int:
    """Fill the tables of the log of a fresh database from all lines; how many entries there are."""
    builder = LogBuilder(alias, known)
    for line in lines:
        builder.take(line)
    return builder.finish()
