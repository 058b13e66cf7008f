"""The states of the database that were landed, each with data that the program of its time made (`tools/landed.py`)."""

import contextlib
import json
import sqlite3
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from adjudge.basis.instant import NANOS, Instant, parse_instant
from adjudge.institution.house import House
from adjudge.institution.queue.mending import mend_queue
from adjudge.institution.register.mending import mend_register
from adjudge.institution.staff.keys import key_actor
from adjudge.ledger.signer import Signer, read_signer
from adjudge.people.actor import Actor
from adjudge.settings.web import sqlite
from adjudge.storage.blobs import FolderBlobs
from tests.databases import Postgres, database_records, known

FOLDER = Path(__file__).resolve().parent
LIST = json.loads((FOLDER / "landed.json").read_text(encoding="utf-8"))
STATES: tuple[str, ...] = tuple(sorted(LIST["states"]))
_OTHERS = ("auth_", "django_", "adjudge_account_")
"""Tables of the pages, which hold nothing of the institution."""
_MADE = ("sqlite_", "adjudge_register_words")
"""Tables that SQLite fills by itself: its own, and those of the index of words, which nothing can be read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """An institution of another time, in a database of its own; `told` is what its story tells of it."""

    state: str
    kind: str
    alias: str
    folder: Path
    told: dict[str, Any]

    @property
    def signer(self) -> Signer:
        """The key of its log."""
        found = read_signer((self.folder / "log.key").read_text(encoding="ascii").strip())
        assert found is not None
        return found

    def house(self) -> House:
        """It, by the program of today; its time goes on from where it was left."""
        at = parse_instant(self.told["at"])
        assert at is not None
        ticks = [at.nanos]

        def clock() -> Instant:
            ticks[0] += NANOS
            return Instant(ticks[0])

        house = House(
            records=database_records(self.alias),
            blobs=FolderBlobs(self.folder / "documents"),
            clock=clock,
            random=lambda count: (ticks[0] + count).to_bytes(8, "big").rjust(count, b"."),
            origin="landed.test",
        )
        mend_queue(house.records)  # as the program does when it is started
        mend_register(house.records)
        return house

    def who(self, house: House, name: str) -> Actor:
        """Somebody by the key that was handed out then."""
        return key_actor(house, self.told["keys"][name])

    def counts(self) -> dict[str, int]:
        """How many rows each table of the institution had, as it was left."""
        with sqlite3.connect(self.folder / "adjudge.sqlite3") as database:
            return {name: _count(database, name) for name in _tables(database)}


def unpacked(state: str, folder: Path) -> Path:
    """The data folder of a state."""
    with tarfile.open(FOLDER / f"{state}.tar.xz") as packed:
        packed.extractall(folder, filter="data")
    return folder


@contextlib.contextmanager
def landed(state: str, kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Landed]:
    """Give a state in SQLite, as it was left, or the same rows in PostgreSQL; not upgraded yet."""
    data = unpacked(state, folder / "data")
    told = json.loads((data / "told.json").read_text(encoding="utf-8"))
    if kind == "sqlite":
        copy = folder / "upgraded.sqlite3"
        copy.write_bytes((data / "adjudge.sqlite3").read_bytes())
        database = sqlite(str(copy))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database(server.empty())
    with known(database) as alias:
        if kind == "postgres":
            call_command("migrate", "adjudge", state, database=alias, verbosity=0)
            with sqlite3.connect(data / "adjudge.sqlite3") as left:
                _carry(left, alias)
        yield Landed(state=state, kind=kind, alias=alias, folder=data, told=told)


def _tables(database: sqlite3.Connection) -> Sequence[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if not name.startswith((*_OTHERS, *_MADE))]


def _count(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - names of tables of ours


def _carry(left: sqlite3.Connection, alias: str) -> None:
    """Take every row over. The log grows by one entry at a time, as its guards ask for."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        # In one transaction, so that what a row refers to may follow it.
        for table in _tables(left):
            if table == "adjudge_head":
                continue
            found = left.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - as above
            columns = ", ".join(f'"{item[0]}"' for item in found.description)
            marks = ", ".join("%s" for _ in found.description)
            flags = _flags(cursor, table)
            truths = [item[0] in flags for item in found.description]
            for row in found:
                told = [bool(value) if flag else value for value, flag in zip(row, truths, strict=True)]
                cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", told)  # noqa: S608 - as above
                if table == "adjudge_entry":
                    cursor.execute("UPDATE adjudge_head SET size = size + 1")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('adjudge_node', 'id'), (SELECT max(id) FROM adjudge_node))"
        )


def _flags(cursor: CursorWrapper, table: str) -> set[str]:
    """The columns of a table that are true or false, which SQLite keeps as numbers."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'boolean'",
        [table],
    )
    return {name for (name,) in cursor.fetchall()}
