"""A database that is away, locked, unreadable or full: said so, nothing half-written, and afterwards all goes on."""

import contextlib
import resource
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from adjudge.errors import UnavailableError
from adjudge.ledger.proof import root_at
from adjudge.records.shelf import CLAIMS
from adjudge.storage import records as storage
from adjudge.storage.blobs import FolderBlobs
from adjudge.storage.memory import MemoryBlobs
from tests.databases import Place, Postgres, database_records, known, place_of
from tests.rooms.storage.logs import entry_at, grow
from tests.rooms.storage.rows import row_of


@pytest.fixture
def in_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with place_of("sqlite", tmp_path, request) as found:
        yield found


@pytest.fixture
def in_postgres(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with place_of("postgres", tmp_path, request) as found:
        yield found


@pytest.fixture(scope="module")
def stoppable(postgres: Postgres) -> Iterator[Postgres]:
    """Give a server that may be stopped; the session's is used by others. `postgres` skips where none starts."""
    del postgres
    with Postgres() as server:
        yield server


@pytest.fixture
def a_server_of_its_own(stoppable: Postgres, tmp_path: Path) -> Iterator[tuple[Postgres, Place]]:
    """Give a place on a server that may be stopped."""
    with known(stoppable.database(stoppable.made())) as alias:
        records = database_records(alias)
        yield (
            stoppable,
            Place(kind="postgres", records=records, blobs=MemoryBlobs(), folder=tmp_path, alias=alias),
        )


def asked_all_over(place: Place) -> None:
    """Each way of asking says that the database is away, and how it would be put right."""
    with pytest.raises(UnavailableError) as raised:
        grow(place.records, 1)
    assert raised.value.hint
    with place.records.reading() as reading:
        for ask in (
            reading.size,
            lambda: reading.get(CLAIMS, "C"),
            lambda: reading.find(CLAIMS),
            lambda: reading.count(CLAIMS),
            lambda: list(reading.entries()),
            lambda: reading.entries_of("x"),
            lambda: reading.part("x"),
            lambda: reading.tombstone("x"),
            lambda: reading.node(0, 0),
            reading.checkpoints,
        ):
            with pytest.raises(UnavailableError):
                ask()


def test_postgres_is_away_and_comes_back(a_server_of_its_own: tuple[Postgres, Place]) -> None:
    server, place = a_server_of_its_own
    grow(place.records, 2)
    server.stop()
    asked_all_over(place)
    server.start()
    grow(place.records, 1)
    with place.records.reading() as reading:
        assert [item.seq for item in reading.entries()] == [0, 1, 2]


def test_postgres_goes_away_in_the_middle_of_an_act(a_server_of_its_own: tuple[Postgres, Place]) -> None:
    server, place = a_server_of_its_own
    grow(place.records, 2)

    def act() -> None:
        with place.records.writing() as writing:
            writing.put(CLAIMS, row_of(CLAIMS, "C", "text"))
            writing.append(entry_at(2))
            server.stop()
            writing.put(CLAIMS, row_of(CLAIMS, "D", "text"))

    with pytest.raises(UnavailableError):
        act()
    server.start()
    with place.records.reading() as reading:
        assert (reading.size(), reading.count(CLAIMS)) == (2, 0)
    grow(place.records, 1)


def test_whoever_waits_for_its_turn_on_postgres_does_not_wait_without_end(
    in_postgres: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by review: one long act, and all threads of the server waited until it was done."""
    monkeypatch.setattr(storage, "BUSY", 1)
    found: list[str] = []

    def other() -> None:
        try:
            grow(in_postgres.records, 1)
        except UnavailableError as error:
            found.append(str(error))
        finally:
            connections[in_postgres.alias].close()

    with in_postgres.records.writing() as writing:
        writing.append(entry_at(0))
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(found) == 1
    grow(in_postgres.records, 1)


def test_postgres_goes_away_before_an_act_is_kept(a_server_of_its_own: tuple[Postgres, Place]) -> None:
    server, place = a_server_of_its_own

    def act() -> None:
        with place.records.writing() as writing:
            writing.append(entry_at(0))
            server.stop()

    with pytest.raises(UnavailableError):
        act()
    server.start()
    with place.records.reading() as reading:
        assert reading.size() == 0
    grow(place.records, 1)


def test_a_connection_that_the_server_ended_is_replaced(in_postgres: Place, postgres: Postgres) -> None:
    grow(in_postgres.records, 1)
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
    )
    with pytest.raises(UnavailableError):
        grow(in_postgres.records, 1)
    grow(in_postgres.records, 1)
    with in_postgres.records.reading() as reading:
        assert reading.size() == 2


def test_a_file_that_is_no_database_is_said_to_be_away(in_sqlite: Place) -> None:
    grow(in_sqlite.records, 2)
    path = Path(str(connections[in_sqlite.alias].settings_dict["NAME"]))
    place = in_sqlite.reopened()
    kept = path.read_bytes()
    path.write_bytes(b"this is no database" * 1_000)
    asked_all_over(place)
    path.unlink()
    path.mkdir()
    asked_all_over(place)
    path.rmdir()
    path.write_bytes(kept)
    grow(place.records, 1)
    with place.records.reading() as reading:
        assert reading.size() == 3


def test_a_database_that_somebody_else_holds_is_said_to_be_away(in_sqlite: Place) -> None:
    database = connections[in_sqlite.alias].settings_dict
    database["OPTIONS"] = {**database["OPTIONS"], "timeout": 0.05}
    with contextlib.closing(sqlite3.connect(database["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnavailableError):
            grow(in_sqlite.records, 1)
        other.execute("ROLLBACK")
    grow(in_sqlite.records, 1)
    with in_sqlite.records.reading() as reading:
        assert reading.size() == 1


def test_a_writer_waits_for_another_one(in_sqlite: Place) -> None:
    database = connections[in_sqlite.alias].settings_dict
    other = sqlite3.connect(database["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    timer.start()
    grow(in_sqlite.records, 1)
    timer.join()
    other.close()
    with in_sqlite.records.reading() as reading:
        assert reading.size() == 1


def write_much(place: Place) -> None:
    """An entry, and then more than there is room for."""
    with place.records.writing() as writing:
        writing.append(entry_at(2))
        for number in range(1_000):
            writing.put(CLAIMS, row_of(CLAIMS, f"C-{number}", "text" * 500, key="key"))


def test_a_full_database_refuses_whole_acts_and_goes_on_when_there_is_room(in_sqlite: Place) -> None:
    grow(in_sqlite.records, 2)
    with connections[in_sqlite.alias].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(UnavailableError) as raised:
        write_much(in_sqlite)
    assert raised.value.hint
    with in_sqlite.records.reading() as reading:  # a new connection, on which there is room again
        assert (reading.size(), reading.count(CLAIMS)) == (2, 0)
        root_at(2, reading)
    grow(in_sqlite.records, 1)


@contextlib.contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """Have the system refuse to let any file grow further, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_refuses_whole_acts(in_sqlite: Place) -> None:
    grow(in_sqlite.records, 2)
    with files_no_longer_than(200_000), pytest.raises(UnavailableError):
        write_much(in_sqlite)
    with in_sqlite.reopened().records.reading() as reading:
        assert (reading.size(), reading.count(CLAIMS)) == (2, 0)
    grow(in_sqlite.records, 1)


def test_a_document_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "documents")
    content = b"0123456789" * 20_000
    with files_no_longer_than(100_000), pytest.raises(UnavailableError) as raised:
        blobs.put(content)
    assert raised.value.hint
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    digest = blobs.put(content)
    assert blobs.get(digest) == content
    assert blobs.has(digest)
    blobs.delete(digest)
    blobs.delete(digest)
    assert blobs.get(digest) is None
    assert not blobs.has(digest)


def test_a_document_that_the_disk_does_not_let_go_of_is_told(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "documents")
    digest = blobs.put(b"0123456789")
    (place,) = (path for path in tmp_path.rglob("*") if path.is_file())
    place.unlink()
    place.mkdir()  # as good as one without rights, whoever runs this
    with pytest.raises(UnavailableError) as raised:
        blobs.delete(digest)
    assert raised.value.hint
