"""The databases on which an institution is raced and cut off: SQLite, and a PostgreSQL server of the test run."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.institution.places import Place
from tests.journeys.institution.servers import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server; one for each worker of a run."""
    try:
        running = server()
        found = running.__enter__()
    except (ImportError, OSError) as error:
        pytest.skip(f"PostgreSQL does not start: {error}")
    yield found
    running.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """A place for an institution, on each database in turn."""
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        is_sqlite = request.param == "sqlite"
        url = "" if is_sqlite else request.getfixturevalue("postgres").database()
        found = Place(Path(folder), url)
        yield found
        found.close()
