"""The database in which claims wait to be weighed: in a file of the folder of work, in bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.said import say
from adjudge.errors import UnavailableError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE = "work.duckdb"


@contextmanager
def work_database(folder: Path, file: str, *, memory: int, threads: int) -> "Iterator[DuckDBPyConnection]":
    """The database of a folder of work. What fails for want of space or memory is said as such."""
    import duckdb  # noqa: PLC0415 - loaded where tables are read or written, and nowhere else

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": f"{memory // 1_000_000}MB",
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    connection = None
    try:
        connection = duckdb.connect(str(folder / file), config=settings)
        be_quiet(connection)
        yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException) as error:
        reason = str(error).splitlines()[0]
        raise UnavailableError(
            say("the evaluation cannot go on: {reason}", reason=reason),
            hint=say("check the space on the disk, or allow more memory, and continue with `--resume`"),
        ) from error
    finally:
        if connection is not None:
            connection.close()


def be_quiet(connection: "DuckDBPyConnection") -> None:
    """DuckDB would draw a bar of its own into what is written. Each cursor is told apart."""
    connection.execute("SET enable_progress_bar = false")
