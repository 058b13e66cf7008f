"""What acts write, noted row by row, and the same bytes inserted with nothing around them: the database's own bound."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import psycopg

from adjudge.basis.digest import canonical_bytes
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.part import Part
from adjudge.ledger.tree import frontier_at, leaf_hash
from adjudge.records.ports import Reading, Writing
from adjudge.records.shelf import R, Shelf
from adjudge.settings.web import sqlite
from adjudge.storage.memory import MemoryRecords, MemoryWriting

HEAD = bytes(8)
"""The head of the log, which every entry moves on by one."""
Rows = Sequence[bytes]
"""What one act writes: the bytes of each row."""


@dataclass(slots=True)
class Noting:
    """Records in memory that note what every act writes."""

    records: MemoryRecords = field(default_factory=MemoryRecords)
    acts: list[Rows] = field(default_factory=list)

    def reading(self) -> AbstractContextManager[Reading]:
        """As the records."""
        return self.records.reading()

    def looking(self) -> AbstractContextManager[Reading]:
        """As the records."""
        return self.records.looking()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """As the records, and the rows are noted."""
        with self.records.writing() as writing:
            noting = _NotingWriting(writing.state)
            yield noting
            self.acts.append(noting.rows)

    def afterwards(self, do: Callable[[], None]) -> None:
        """As the records."""
        self.records.afterwards(do)


@dataclass(slots=True)
class _NotingWriting(MemoryWriting):
    rows: list[bytes] = field(default_factory=list)

    def put(self, shelf: Shelf[R], row: R) -> None:
        """Keep a row; beside its JSON there are its id and the fields by which it is found."""
        self.rows.append("".join((row.id, *shelf.keys(row).values())).encode() + shelf.write(row))
        MemoryWriting.put(self, shelf, row)

    def append(self, entry: Entry, parts: Sequence[Part] = ()) -> None:
        """Append an entry: its own row, its nodes, its parts, the head."""
        content = entry_bytes(entry)
        _, nodes = frontier_at(self.size(), self).grown(leaf_hash(content))
        self.rows.append(entry.subject.encode() + entry.kind.encode() + content)
        self.rows += [node.hash + bytes(10) for node in nodes]
        self.rows += [part.digest.encode() + canonical_bytes(part.form) for part in parts]
        self.rows.append(HEAD)
        MemoryWriting.append(self, entry, parts)


def into_sqlite(path: str) -> Callable[[Rows], None]:
    """Insert the rows of an act into SQLite, in one transaction, with the same settings as our own."""
    options = sqlite(path)["OPTIONS"]
    connection = sqlite3.connect(path, isolation_level=None, timeout=options["timeout"])
    connection.executescript(options["init_command"])
    connection.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")

    def insert(rows: Rows) -> None:
        connection.execute(f"BEGIN {options['transaction_mode']}")
        for row in rows:
            connection.execute("INSERT INTO raw (content) VALUES (?)", (row,))
        connection.execute("COMMIT")

    return insert


def into_postgres(address: str) -> Callable[[Rows], None]:
    """Insert the rows of an act into PostgreSQL, in one transaction."""
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE raw (id BIGSERIAL PRIMARY KEY, content BYTEA NOT NULL)")

    def insert(rows: Rows) -> None:
        with connection.transaction():
            for row in rows:
                connection.execute("INSERT INTO raw (content) VALUES (%s)", (row,))

    return insert
