"""The databases on which an institution is raced and cut off: SQLite, and a PostgreSQL server of the test run."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.journeys.institution.places import Place
from tests.journeys.institution.servers import Server, server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server; one for each worker of a run."""
    with ExitStack() as stack:
        try:
            found = stack.enter_context(server())
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start: {error}")
        yield found


@pytest.fixture
def sqlite() -> Iterator[Place]:
    """A place for an institution on SQLite."""
    yield from _place("")


@pytest.fixture
def postgresql(postgres: Server) -> Iterator[Place]:
    """A place for an institution on PostgreSQL, with a database of its own."""
    yield from _place(postgres.database())


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Place:
    """A place for an institution, on each database in turn."""
    found: Place = request.getfixturevalue(request.param)
    return found


def _place(url: str) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        found = Place(Path(folder), url)
        yield found
        found.close()
