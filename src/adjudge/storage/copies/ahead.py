"""Records for whoever goes through the whole log in order: what belongs to an entry is read with it, many at once.

Says the same as `adjudge.storage.records`, which asks a question for each node and each part.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from adjudge.ledger.entry import Entry
from adjudge.ledger.part import Tombstone
from adjudge.records.ports import Writing
from adjudge.storage.models import NodeRecord, PartRecord, TombstoneRecord
from adjudge.storage.records import CHUNK, PORTION, DatabaseReading, DatabaseRecords, one_instant, told


@dataclass(slots=True)
class _Portion:
    """What was read with some entries."""

    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    """Parts that have no tombstone."""


@dataclass(frozen=True, slots=True)
class ReadingAhead(DatabaseReading):
    """Reads; of the entries that go by it knows the nodes and parts already."""

    portion: _Portion = field(default_factory=_Portion)

    def entries(self, first: int = 0, end: int | None = None) -> Iterator[Entry]:
        """Entries in order."""
        last = self.size() if end is None else end
        for start in range(first, last, CHUNK):
            until = min(start + CHUNK, last)
            found = list(DatabaseReading.entries(self, start, until))
            self._read(found, start, until)
            yield from found

    def _read(self, entries: list[Entry], start: int, end: int) -> None:
        portion = self.portion
        with told(self.alias):
            portion.nodes = dict(self._nodes(start, end))
            parts = PartRecord.objects.using(self.alias).filter(entry__gte=start, entry__lt=end)
            portion.parts = {
                digest: bytes(content) for digest, content in parts.values_list("digest", "content")
            }
            digests = [str(digest) for entry in entries for digest in entry.private]
            portion.whole = set(digests)
            for place in range(0, len(digests), PORTION):
                rows = TombstoneRecord.objects.using(self.alias)
                rows = rows.filter(pk__in=digests[place : place + PORTION])
                portion.whole -= set(rows.values_list("pk", flat=True))

    def _nodes(self, start: int, end: int) -> Iterator[tuple[tuple[int, int], bytes]]:
        """The nodes that these entries complete: of each level those that end among them."""
        for level in range(end.bit_length()):
            rows = NodeRecord.objects.using(self.alias).filter(
                level=level, place__gte=start >> level, place__lt=end >> level
            )
            for place, found in rows.values_list("place", "hash"):
                yield (level, place), bytes(found)

    def node(self, level: int, place: int) -> bytes:
        """The hash of a complete subtree."""
        found = self.portion.nodes.get((level, place))
        return found if found is not None else DatabaseReading.node(self, level, place)

    def part(self, digest: str) -> bytes | None:
        """The bytes of a sealed part."""
        found = self.portion.parts.get(digest)
        return found if found is not None else DatabaseReading.part(self, digest)

    def tombstone(self, digest: str) -> Tombstone | None:
        """Where a part was expunged."""
        return None if digest in self.portion.whole else DatabaseReading.tombstone(self, digest)


@dataclass(frozen=True, slots=True)
class AheadRecords:
    """An institution whose log is gone through from its beginning to its end."""

    alias: str = "default"

    @contextmanager
    def reading(self) -> Iterator[ReadingAhead]:
        """Read what is committed."""
        yield ReadingAhead(self.alias)

    @contextmanager
    def looking(self) -> Iterator[ReadingAhead]:
        """Read all as it stood at one instant."""
        with one_instant(self.alias):
            yield ReadingAhead(self.alias)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """As ever."""
        with DatabaseRecords(self.alias).writing() as records:
            yield records

    def afterwards(self, do: Callable[[], None]) -> None:
        """As ever."""
        DatabaseRecords(self.alias).afterwards(do)
