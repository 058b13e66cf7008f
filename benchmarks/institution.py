"""The institution: decisions and acts beside raw inserts of the same bytes, a matter of many claims, a long log.

Run as `python -m benchmarks.institution`. Every figure and what it is compared with come from one run. Nothing is
asserted about time, but what is timed is checked: the log has an entry for each act, its file verifies, and every proof
proves.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import dj_database_url

from adjudge.institution.deciding import decisions, matters
from adjudge.institution.house import House
from adjudge.institution.material.view import evaluate
from adjudge.ledger.tree import Node
from adjudge.records.ports import Records
from adjudge.records.shelf import CLAIMS, DOCUMENTS, SUBJECTS
from adjudge.settings.schema import Settings
from adjudge.settings.web import configure, sqlite
from adjudge.storage.memory import MemoryBlobs
from benchmarks import long_log
from benchmarks.raw_inserts import Noting, Rows, into_postgres, into_sqlite
from benchmarks.timing import Times, heading, in_turn, line
from tests.generators.institutions import Staff, decide, found, matter_of, ticking
from tests.journeys.institution.servers import Server, server

NOTED = 20
"""Decisions and acts whose bytes are noted; they are inserted raw as often as there are acts."""


@dataclass(slots=True)
class Sqlite:
    """SQLite, in files of a folder."""

    folder: Path
    name: str = "SQLite"
    made: int = 0

    def empty(self) -> str:
        """A file for a new database."""
        self.made += 1
        return str(self.folder / f"{self.made}.sqlite3")

    def told(self, where: str) -> dict[str, Any]:
        """The database as Django is told of it: with the settings of the institution."""
        return sqlite(where)

    def raw(self) -> Callable[[Rows], None]:
        """Inserting raw into a new database."""
        return into_sqlite(self.empty())

    def keep_nodes(self, where: str, nodes: list[Node]) -> None:
        """Keep nodes in bulk."""
        long_log.keep_in_sqlite(where, nodes)


@dataclass(slots=True)
class Postgres:
    """PostgreSQL, by its socket, as its own settings have it: a commit waits for the disk."""

    server: Server
    name: str = "PostgreSQL"

    def empty(self) -> str:
        """A new database."""
        return self.server.database()

    def told(self, where: str) -> dict[str, Any]:
        """The database as Django is told of it."""
        return dict(dj_database_url.parse(where, conn_max_age=60))

    def raw(self) -> Callable[[Rows], None]:
        """Inserting raw into a new database."""
        return into_postgres(self.empty())

    def keep_nodes(self, where: str, nodes: list[Node]) -> None:
        """Keep nodes in bulk."""
        long_log.keep_in_postgres(where, nodes)


Database = Sqlite | Postgres


@dataclass(slots=True)
class Founded:
    """An institution with its people."""

    house: House
    staff: Staff
    acts: int = field(default=0)

    def assign(self) -> None:
        """The smallest act on a matter: one row is written anew, and one entry added."""
        author, matter = self.staff.author, matter_of(self.house, 0)
        matters.assign(self.house, author, matter.id, author.person, reason="turn by turn", seen=matter.seen)
        self.acts += 1

    def decide(self, number: int) -> None:
        """A whole decision: proposed, confirmed and issued."""
        decide(self.house, self.staff, number)
        self.acts += 3


def institution(records: Records, count: int, *, claims: int = 0) -> Founded:
    """Found an institution with so many matters."""
    house = House(records=records, blobs=MemoryBlobs(), clock=ticking(), random=os.urandom)
    return Founded(house, found(house, count, claims=claims))


def kept(database: Database) -> tuple[str, Records]:
    """A new database with the institution's tables, and what is kept there."""
    from django.db import connections  # noqa: PLC0415 - only once it is configured

    from adjudge.storage.migrating import migrate  # noqa: PLC0415
    from adjudge.storage.records import DatabaseRecords  # noqa: PLC0415

    where = database.empty()
    alias = f"{database.name} {where}"
    told = connections.configure_settings({"default": {}, alias: database.told(where)})
    connections.settings[alias] = told[alias]
    migrate(alias)
    return where, DatabaseRecords(alias)


def note(count: int) -> tuple[list[Rows], list[Rows]]:
    """What decisions write, each in three acts, and what assignments do."""
    noting = Noting()
    noted = institution(noting, count)
    before = len(noting.acts)
    for number in range(count):
        noted.decide(number)
    decided = noting.acts[before:]
    for _ in range(count):
        noted.assign()
    return decided, noting.acts[before + len(decided) :]


def time_acts(databases: Sequence[Database], count: int, acts: int) -> None:
    """Whole decisions and single acts, each in turn with raw inserts of the bytes that they write."""
    decided, assigned = note(min(count, NOTED))
    heading("acts with their entries in the log", "/s", "p50 ms", "p99 ms", "raw /s", "raw / ours")
    for database in databases:
        _, records = kept(database)
        house = institution(records, count)
        with records.reading() as reading:
            before = reading.size()
        insert = database.raw()
        raw = [partial(_insert_all, insert, _of(decided, number)) for number in range(count)]
        ours: list[Callable[[], None]] = [partial(house.decide, number) for number in range(count)]
        _tell(f"{database.name}, a whole decision in three acts", in_turn({"ours": ours, "raw": raw}))
        singles = [partial(insert, assigned[number % len(assigned)]) for number in range(acts)]
        found = in_turn({"ours": [house.assign] * acts, "raw": singles})
        _tell(f"{database.name}, one act: a matter assigned", found)
        with records.reading() as reading:
            if reading.size() != before + house.acts:
                message = f"{house.acts} acts made {reading.size() - before} entries"
                raise AssertionError(message)
    bytes_of = sum(map(len, (row for act in decided for row in act))) // len(decided) * 3
    print(
        f"a decision writes {sum(map(len, decided)) * 3 // len(decided)} rows, {bytes_of:,} bytes;", end=" "
    )
    print(f"an assignment {len(assigned[0])} rows, {sum(map(len, assigned[0])):,} bytes")


def _of(decided: list[Rows], number: int) -> list[Rows]:
    """The three acts of a decision."""
    start = number * 3 % len(decided)
    return decided[start : start + 3]


def _insert_all(insert: Callable[[Rows], None], acts: Sequence[Rows]) -> None:
    for rows in acts:
        insert(rows)


def _tell(name: str, found: dict[str, Times]) -> None:
    ours, raw = found["ours"], found["raw"]
    line(name, ours.rate, ours.at(0.5), ours.at(0.99), raw.rate, raw.rate / ours.rate)


def time_reading(databases: Sequence[Database], claims: int, reads: int) -> None:
    """A matter with many claims: its rows alone, and evaluated as of now, as its page is."""
    heading(f"reading a matter with {claims:,} claims", "p50 ms", "p99 ms")
    for database in databases:
        _, records = kept(database)
        founded = institution(records, 1, claims=claims)
        matter = matter_of(founded.house, 0)
        ways = {
            "its rows": partial(_rows, records, matter.advertiser),
            "its rows, evaluated by engine and spec, with its decisions": partial(_whole, founded, matter.id),
        }
        for way in ways.values():
            way()
        for name, times in in_turn({name: [way] * reads for name, way in ways.items()}).items():
            line(f"{database.name}, {name}", times.at(0.5), times.at(0.99))


def _rows(records: Records, advertiser: str) -> None:
    with records.reading() as reading:
        reading.find(CLAIMS, advertiser=advertiser)
        reading.find(SUBJECTS, advertiser=advertiser)
        reading.find(DOCUMENTS, advertiser=advertiser)


def _whole(founded: Founded, matter_id: str) -> None:
    house, auditor = founded.house, founded.staff.auditor
    matter = matters.read_matter(house, auditor, matter_id)
    now = house.clock()
    with house.records.reading() as reading:
        evaluate(reading, matter, now, now)
    decisions.decisions_of(house, auditor, matter_id)


def time_log(databases: Sequence[Database], folder: Path, size: int, proofs: int) -> None:
    """A long log: proofs from the nodes in each database, and its file verified."""
    file = folder / "log.jsonl"
    nodes = list(long_log.write_log(file, size))
    heading(f"a log of {size:,} entries", "p50 ms", "p99 ms")
    for database in databases:
        where, records = kept(database)
        database.keep_nodes(where, nodes)
        long_log.time_proofs(database.name, records, file, size, proofs)
    long_log.time_verification(file, size)


def main() -> None:
    """Found, decide, read, prove, verify; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--acts", type=int, default=1_000)
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--reads", type=int, default=200)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--proofs", type=int, default=2_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, server() as running:
        folder = Path(name)
        configure(Settings(data=folder))
        databases: list[Database] = [Sqlite(folder), Postgres(running)]
        print(f"Python {platform.python_version()}; {given.decisions} decisions, each compared with", end=" ")
        print(f"{2 * given.decisions} subjects on record; every commit waits for the disk")
        time_acts(databases, given.decisions, given.acts)
        time_reading(databases, given.claims, given.reads)
        time_log(databases, folder, given.entries, given.proofs)


if __name__ == "__main__":
    main()
