"""A table of the layout from a query: each column by its expression, the others absent; times from microseconds."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.interchange.tables.layout import NANOS, Sql, Table, TableColumn

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_GROUP = 100_000

Columns = Mapping[str, str]
"""SQL expressions by the names of columns; of a time that of its microseconds, its nanoseconds are 0 if not named."""


def write_rows(db: "DuckDBPyConnection", folder: Path, table: Table, columns: Columns, source: str) -> None:
    """Write a table, a row for each of the source and in its order, with nothing held but a group of rows."""
    chosen = ", ".join(_column(column, columns) for column in table.columns)
    path = "'" + str(folder / table.file).replace("'", "''") + "'"
    db.execute(
        f"COPY (SELECT {chosen} FROM {source}) TO {path} "  # noqa: S608 - expressions of our own
        f"(FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE {_GROUP})"
    )


def _column(column: TableColumn, columns: Columns) -> str:
    name, time = column.name, column.name.removesuffix(NANOS)
    found = columns.get(name)
    if found is None and name != time and time in columns:
        found = f"CASE WHEN ({columns[time]}) IS NOT NULL THEN 0 END"
    found = found if found is not None else "NULL"
    if column.sql is Sql.TIME:
        return f'make_timestamptz(({found})::BIGINT) AS "{name}"'
    return f'({found})::{column.sql.value} AS "{name}"'


def numbered(count: int, name: str = "n") -> str:
    """A row for each number below a count."""
    return f"(SELECT i::UBIGINT AS {name} FROM range({count}) t(i))"  # noqa: S608 - a number


def beside(source: str, columns: Columns) -> str:
    """A source with columns more, worked out from those that it has."""
    more = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    return f"(SELECT *, {more} FROM {source})"  # noqa: S608 - expressions of our own


def where(source: str, condition: str) -> str:
    """The rows of a source for which a condition holds."""
    return f"(SELECT * FROM {source} WHERE {condition})"  # noqa: S608 - ours


def one_after_another(*sources: str) -> str:
    """The rows of sources with equally named columns."""
    return "(" + " UNION ALL BY NAME ".join(f"SELECT * FROM {source}" for source in sources) + ")"  # noqa: S608


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
