"""The small institution in every place: founded once in a session, and copied for each test."""

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from adjudge.settings.web import sqlite
from adjudge.storage.blobs import FolderBlobs
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.databases import (
    DATABASES,
    KINDS,
    Place,
    Postgres,
    database,
    database_records,
    in_memory,
    known,
    migrated_sqlite,
    place,
    postgres,
)
from tests.receivers import certificate
from tests.rooms.institution.world import World, world_in

FreshWorld = Callable[[str], AbstractContextManager[World]]
__all__ = ["certificate", "database", "in_memory", "migrated_sqlite", "place", "postgres"]


@pytest.fixture(scope="session")
def founded_in_memory(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Give an institution of which others are copies."""
    folder = tmp_path_factory.mktemp("memory")
    return world_in(Place(kind="memory", records=MemoryRecords(), blobs=MemoryBlobs(), folder=folder))


@pytest.fixture(scope="session")
def founded_in_sqlite(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> tuple[Path, World]:
    """Give a file with an institution of which others are copies."""
    folder = tmp_path_factory.mktemp("sqlite")
    path = folder / "founded.sqlite3"
    shutil.copyfile(migrated_sqlite, path)
    with known(sqlite(str(path))) as alias:
        blobs = FolderBlobs(folder / "documents")
        world = world_in(
            Place(kind="sqlite", records=database_records(alias), blobs=blobs, folder=folder, alias=alias)
        )
    return path, world


@pytest.fixture(scope="session")
def founded_in_postgres(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> tuple[str, World]:
    """Give a database with an institution of which others are copies."""
    folder = tmp_path_factory.mktemp("postgres")
    name = postgres.made()
    with known(postgres.database(name)) as alias:
        blobs = FolderBlobs(folder / "documents")
        world = world_in(
            Place(kind="postgres", records=database_records(alias), blobs=blobs, folder=folder, alias=alias)
        )
    return name, world


def _copied(kind: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[World]:
    if kind == "memory":
        founded: World = request.getfixturevalue("founded_in_memory")
        records = founded.place.records
        assert isinstance(records, MemoryRecords)
        yield _moved(
            founded, replace(founded.place, records=MemoryRecords(records.state), blobs=MemoryBlobs())
        )
        return
    if kind == "sqlite":
        template, founded = request.getfixturevalue("founded_in_sqlite")
        path = folder / "adjudge.sqlite3"
        shutil.copyfile(template, path)
        database = sqlite(str(path))
    else:
        template, founded = request.getfixturevalue("founded_in_postgres")
        server: Postgres = request.getfixturevalue("postgres")
        database = server.database(server.copied(template))
    with known(database) as alias:
        blobs = FolderBlobs(folder / "documents")
        records = database_records(alias)
        yield _moved(founded, Place(kind=kind, records=records, blobs=blobs, folder=folder, alias=alias))


def _moved(founded: World, place: Place) -> World:
    clock = copy.copy(founded.clock)
    return World(place, clock, place.house(clock), dict(founded.people))


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a small institution, in every place in turn."""
    yield from _copied(request.param, request, tmp_path)


@pytest.fixture(params=DATABASES)
def kept_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a small institution in a database, in both in turn."""
    yield from _copied(request.param, request, tmp_path)


@pytest.fixture
def quick_world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a small institution in memory, for what does not turn on where it is kept."""
    yield from _copied("memory", request, tmp_path)


@pytest.fixture
def fresh_world(request: pytest.FixtureRequest, tmp_path: Path) -> FreshWorld:
    """Give what gives a small institution in a place of a kind, as often as one is asked for."""
    numbers = count()

    def fresh(kind: str) -> AbstractContextManager[World]:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return contextmanager(_copied)(kind, request, folder)

    return fresh
