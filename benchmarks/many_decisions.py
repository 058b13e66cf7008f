"""An institution with many decisions, each as true to its log as if three people had made it, and made in a moment.

Run as `python -m benchmarks.many_decisions --decisions 100000 --data DIR` (and ADJUDGE_DATABASE_URL for PostgreSQL). A
few decisions are really made; the last of them is written out again under other ids, with other salts, so that every
part has its digest, every entry its place in the tree, and every row what its entries say: `adjudge log check` finds
nothing in it. Only for benchmarks: the institution itself has no way to write like this.
"""

import argparse
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from adjudge.basis.digest import Digest, canonical_bytes, digest_of, digest_of_bytes
from adjudge.institution.deciding import matters
from adjudge.institution.house import House
from adjudge.institution.material import claims, subjects
from adjudge.institution.on_database import open_institution
from adjudge.institution.record.log import sign_now
from adjudge.institution.register.mending import mend_register
from adjudge.ledger.entry import Entry
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.records.shelf import REGISTER, SHELVES
from adjudge.settings.schema import Settings
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.generators import institutions
from tests.generators.institutions import Staff, decide, found, ticking

MADE = 12
"""Decisions that are really made: by then the last one has as many like cases beside it as are told of."""
FIRST = 100_000
"""The number of the first that is written out: all of theirs have six digits."""
AT_ONCE = 200
_NAME = re.compile(r"(\b[A-Z]-\d{6}(?=\D)|\b(?:brewer|ad)-\d{5}(?=\D)|sha256:[0-9a-f]{64})")
Parts = list[tuple[Digest, bytes]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the decision that is written out again, parted where something else stands each time."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Part it at ids and digests."""
        return cls(tuple(_NAME.split(text)))

    def written(self, names: Mapping[str, str]) -> str:
        """The text with other names in it."""
        return "".join(names.get(item, item) if place & 1 else item for place, item in enumerate(self.pieces))


@dataclass(slots=True)
class Template:
    """A decision with all that led to it: its entries with their sealed parts, and its rows."""

    start: int
    founded: int
    number: int
    entries: list[Entry]
    parts: dict[str, Text] = field(default_factory=dict)
    bodies: list[Text] = field(default_factory=list)
    rows: list[tuple[str, Text]] = field(default_factory=list)
    statement: dict[str, Text] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    """The digest of each statement, by its language."""
    proposal: str = ""
    ids: frozenset[str] = frozenset()

    def names(self, number: int, seq: int) -> dict[str, str]:
        """What stands in place of each id, for the decision of a number that begins at an entry."""
        found: dict[str, str] = {}
        for name in self.ids:
            head, _, tail = name.rpartition("-")
            if head in {"brewer", "ad"}:
                found[name] = f"{head}-{FIRST + number + int(tail) - self.number}"
            elif int(tail) > self.founded:
                found[name] = f"{head}-{int(tail) - self.start + seq:06d}"
        return found


def template(house: House, records: MemoryRecords, staff: Staff) -> Template:
    """Really make some decisions; the last one, parted."""
    founded = len(records.state.entries)
    for number in range(MADE):
        start, before = len(records.state.entries), {k: set(v) for k, v in records.state.shelves.items()}
        row = _made(house, staff, number)
    entries = records.state.entries[start:]
    made = Template(start=start, founded=founded, number=MADE - 1, entries=entries)
    for entry in entries:
        for digest in entry.private:
            made.parts[digest] = Text.of(records.state.parts[digest].decode())
        made.bodies.append(Text.of(canonical_bytes(entry.body).decode()))
    for shelf, rows in records.state.shelves.items():
        for key in sorted(rows.keys() - before.get(shelf, set())):
            made.rows.append((shelf, Text.of(rows[key].decode())))
    made.statement = {language: Text.of(words) for language, words in row.statement.items()}
    made.said = {digest_of(words): language for language, words in row.statement.items()}
    made.proposal = row.digest
    texts = [
        *made.parts.values(),
        *made.bodies,
        *(text for _, text in made.rows),
        *made.statement.values(),
    ]
    found = {item for text in texts for item in text.pieces[1::2]}
    made.ids = frozenset(item for item in found if not item.startswith("sha256:"))
    return made


def _made(house: House, staff: Staff, number: int) -> Any:  # noqa: ANN401 - a decision
    author = staff.author
    for content in institutions.subjects_of(number):
        subjects.record_subject(house, author, content)
    claims.record_claim(house, author, institutions.POLICY, institutions.another_claim(number))
    matters.open_matter(
        house, author, institutions.brewer(number), institutions.POLICY, reason="seen on a round"
    )
    return decide(house, staff, number)


@dataclass(slots=True)
class Filling:
    """The tables while they are filled, in portions."""

    alias: str
    waiting: dict[Any, list[Any]] = field(default_factory=dict)

    def add(self, model: Any, **fields: object) -> None:  # noqa: ANN401 - of any table
        """One row."""
        rows = self.waiting.setdefault(model, [])
        rows.append(model(**fields))
        if len(rows) == AT_ONCE:
            model.objects.using(self.alias).bulk_create(rows)
            rows.clear()

    def finish(self) -> None:
        """What still waits."""
        for model, rows in self.waiting.items():
            model.objects.using(self.alias).bulk_create(rows)


def fill(alias: str, records: MemoryRecords, made: Template, count: int) -> int:
    """Write what was really made, and the decision again so many times; how many entries there are."""
    from django.db import transaction  # noqa: PLC0415 - only once it is configured

    from adjudge.storage.copies.building import set_head  # noqa: PLC0415

    filling, frontier = Filling(alias), Frontier()
    with transaction.atomic(using=alias):
        for content, entry, parts in _as_made(records):
            frontier = _keep(filling, frontier, content, entry, parts)
        for shelf, rows in records.state.shelves.items():
            for row in rows.values():
                _keep_row(filling, shelf, row.decode())
        for number in range(count):
            frontier = _again(filling, frontier, made, number)
        filling.finish()
        set_head(alias, frontier.size)
    return frontier.size


def _again(filling: Filling, frontier: Frontier, made: Template, number: int) -> Frontier:
    """The decision once more, behind all that is there."""
    seq = frontier.size
    names = made.names(number, seq)
    for digest, language in made.said.items():
        names[digest] = digest_of(made.statement[language].written(names))
    names[made.proposal] = digest_of_bytes(f"{made.proposal} {number}".encode())
    parts = _parts(made, names, number)
    for place, entry in enumerate(made.entries):
        own = [parts[digest] for digest in entry.private]
        again = replace(
            entry,
            seq=seq + place,
            subject=names.get(entry.subject, entry.subject),
            body=json.loads(made.bodies[place].written(names)),
            private=tuple(digest for digest, _ in own),
        )
        frontier = _keep(filling, frontier, canonical_bytes(again.form), again, own)
    for shelf, text in made.rows:
        _keep_row(filling, shelf, _numbered(text.written(names), made, seq))
    return frontier


def _as_made(records: MemoryRecords) -> Iterator[tuple[bytes, Entry, Parts]]:
    for entry in records.state.entries:
        parts: Parts = [(digest, records.state.parts[digest]) for digest in entry.private]
        yield canonical_bytes(entry.form), entry, parts


def _parts(made: Template, names: dict[str, str], number: int) -> dict[str, tuple[Digest, bytes]]:
    """The parts with salts of their own; their digests are noted among the names."""
    found = {}
    for place, (old, text) in enumerate(made.parts.items()):
        salt = hashlib.sha256(f"{number} {place}".encode()).hexdigest()[:32]
        words = re.sub(r'"salt":"[0-9a-f]{32}"', f'"salt":"{salt}"', text.written(names))
        content = words.encode()
        found[old] = (digest_of_bytes(content), content)
        names[old] = found[old][0]
    return found


def _numbered(text: str, made: Template, seq: int) -> str:
    """The number of an entry that a row names."""
    return re.sub(r'"entry":(\d+)', lambda match: f'"entry":{int(match[1]) - made.start + seq}', text)


def _keep(filling: Filling, frontier: Frontier, content: bytes, entry: Entry, parts: Parts) -> Frontier:
    from adjudge.storage.models import EntryRecord, NodeRecord, PartRecord  # noqa: PLC0415

    frontier, nodes = frontier.grown(leaf_hash(content))
    filling.add(EntryRecord, seq=entry.seq, subject=entry.subject, kind=entry.kind, content=content)
    for node in nodes:
        filling.add(NodeRecord, level=node.level, place=node.place, hash=node.hash)
    for digest, part in parts:
        filling.add(PartRecord, digest=digest, entry=entry.seq, content=part)
    return frontier


def _keep_row(filling: Filling, name: str, text: str) -> None:
    from adjudge.storage.models import SHELF_MODELS  # noqa: PLC0415

    if name == REGISTER.name:  # its lines follow from the other rows, and are made of them at the end
        return
    shelf = _SHELVES[name]
    row = shelf.read(text)
    filling.add(SHELF_MODELS[name], id=row.id, data=text, **shelf.keys(row))


_SHELVES = {shelf.name: shelf for shelf in SHELVES}


def institution_of(settings: Settings, count: int) -> int:
    """Make an institution of so many decisions in an empty place; how many entries its log has."""
    opened = open_institution(settings, migrated=True)
    records = MemoryRecords()
    at = ticking()()
    house = House(records=records, blobs=MemoryBlobs(), clock=lambda: at, random=os.urandom)
    staff = found(house, 0)
    size = fill("default", records, template(house, records, staff), max(count - MADE, 0))
    mend_register(opened.house.records)
    sign_now(opened.house, opened.signer)
    return size


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    settings = Settings(data=given.data, database_url=os.environ.get("ADJUDGE_DATABASE_URL", ""))
    print(institution_of(settings, given.decisions))


if __name__ == "__main__":
    main()
