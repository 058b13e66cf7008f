"""Tables written to Parquet and read from it, by DuckDB: the same rows give the same bytes, in bounded memory.

One thread, rows in the order of their ids, and nothing of the time or the machine in the file.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from adjudge.basis.said import say
from adjudge.errors import UnavailableError
from adjudge.interchange.tables.cells import Cells
from adjudge.interchange.tables.layout import Sql, Table, TableColumn

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "512MB"
AT_ONCE = 1_000
_GROUP = 100_000
SLICE = 20_000
"""Rows of a table that is written slice by slice, and of a row group in it: what memory it takes is bounded by them."""
_LONGEST_ROW = 16_000_000


@contextmanager
def connected(spill: Path | None = None) -> "Iterator[DuckDBPyConnection]":
    """A database in memory that loads nothing from elsewhere; what does not fit goes to the folder `spill`."""
    import duckdb  # noqa: PLC0415 - loaded where tables are written or read, and nowhere else

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        **({"temp_directory": str(spill)} if spill is not None else {}),
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        reason = str(error).splitlines()[0]
        raise UnavailableError(
            say("the tables cannot be written or read: {reason}", reason=reason),
            hint=say("check the folder, its permissions and the space on the disk"),
        ) from error
    finally:
        connection.close()


class TableWriter:
    """Writes a table: `add` rows in any order, then leave the `with`, and the file is there."""

    def __init__(self, folder: Path, table: Table, *, in_order: bool = False) -> None:
        """`folder` is nobody else's yet: rows lie there as text until they are sorted, unless they come in order."""
        self.table = table
        self._order = "" if in_order else " ORDER BY id"
        self.rows = 0
        self._path = folder / table.file
        self._lines = folder / f".{table.name}.jsonl"
        self._stream = self._lines.open("w", encoding="utf-8")
        self._names = tuple(column.name for column in table.columns)

    def add(self, cells: Cells) -> None:
        """Add a row. Raises KeyError where a column is missing, since a row must say even that it says nothing."""
        row = {name: cells[name] for name in self._names}
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        if kind is None:
            self._sort()
        self._lines.unlink()

    def _sort(self) -> None:
        """From text to columns, each with its type: a cell that does not fit would be a bug, and ends it."""
        columns = ", ".join(f"{_quoted(name)}: 'VARCHAR'" for name in self._names)
        chosen = ", ".join(_cast(column) for column in self.table.columns)
        rows = (
            f"read_json({_text(self._lines)}, format='newline_delimited', columns={{{columns}}}, "
            f"maximum_object_size={_LONGEST_ROW})"
        )
        query = f"SELECT {chosen} FROM {rows}{self._order}"  # noqa: S608 - names of our own layout
        with connected(self._path.parent) as connection:
            connection.execute(
                f"COPY ({query}) TO {_text(self._path)} "
                f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
            )


def write_slices(folder: Path, table: Table, rows: Iterable[Cells]) -> Path:
    """Write rows in the order in which they come, in as much memory and text on the disk as one slice takes.

    `folder` is nobody else's. Parts of a slice each are written and then put together; a part is gone when it was.
    """
    parts = []
    for number, cells in enumerate(_sliced(rows)):
        part = folder / f"part-{number:06d}"
        part.mkdir()
        with TableWriter(part, table, in_order=True) as writer:
            for row in cells:
                writer.add(row)
        parts.append(part / table.file)
    path = folder / table.file
    listed = ", ".join(_text(exactly(part)) for part in parts)
    with connected(folder) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet([{listed}])) TO {_text(path)} "  # noqa: S608 - paths of our own
            f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {SLICE})"
        )
    for part in parts:
        part.unlink()
        part.parent.rmdir()
    return path


def _sliced(rows: Iterable[Cells]) -> Iterator[Iterator[Cells]]:
    """Slices, of which at least one, that of no rows."""
    left = iter(rows)
    yield islice(left, SLICE)
    for first in left:
        yield chain((first,), islice(left, SLICE - 1))


def _cast(column: TableColumn) -> str:
    name = _quoted(column.name)
    if column.sql is Sql.TIME:
        return f"make_timestamptz(CAST({name} AS BIGINT)) AS {name}"
    return f"CAST({name} AS {column.sql.value}) AS {name}"


def exactly(path: Path) -> str:
    """A path as DuckDB reads it when this very file is meant: it takes `*`, `?` and `[` for patterns."""
    return re.sub(r"([\[*?])", r"[\1]", str(path))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _text(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def read_rows(path: Path, table: Table, spill: Path | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a table as they stand there; times as whole microseconds, decimals as decimals."""
    chosen = ", ".join(_read(column) for column in table.columns)
    with connected(spill) as connection:
        query = f"SELECT {chosen} FROM read_parquet(?)"  # noqa: S608 - names of our own layout
        cursor = connection.execute(query, [exactly(path)])
        names = [column.name for column in table.columns]
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield dict(zip(names, row, strict=True))


def rows_with(path: Path, table: Table, ids: list[str]) -> list[dict[str, Any]]:
    """The rows of some ids."""
    return list(rows_where(path, table, "list_contains($ids, id)", {"ids": ids})) if ids else []


def rows_where(path: Path, table: Table, where: str, parts: Mapping[str, object]) -> Iterator[dict[str, Any]]:
    """The rows for which a condition of ours holds, in the order of their ids; `parts` are its parameters."""
    chosen = ", ".join(_read(column) for column in table.columns)
    with connected() as connection:
        query = f"SELECT {chosen} FROM read_parquet($path) WHERE {where} ORDER BY id"  # noqa: S608 - ours
        cursor = connection.execute(query, {"path": exactly(path), **parts})
        names = [column.name for column in table.columns]
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield dict(zip(names, row, strict=True))


def _read(column: TableColumn) -> str:
    name = _quoted(column.name)
    return f"epoch_us({name}) AS {name}" if column.sql is Sql.TIME else name
