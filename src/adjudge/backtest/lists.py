"""The lists behind the numbers: everybody with what becomes of them, in the database, as Parquet, and read back.

Whoever changes is in one file and whoever does not in another, with the same columns: the second is seldom asked for.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adjudge.answers.forms.harmless import harmless
from adjudge.backtest.cells import GROUP, filter_of
from adjudge.backtest.model import Cell
from adjudge.backtest.tables import Tables, database
from adjudge.facts.value import decimal_text
from adjudge.interchange.tables.parquet import exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CHANGED, UNCHANGED, ALIKE = "changes.parquet", "unchanged.parquet", "alike.parquet"
COLUMNS = (
    "subject",
    "kind",
    "advertiser",
    "old",
    "new",
    "change",
    "old_rules",
    "new_rules",
    "old_referred",
    "new_referred",
    "category",
    "country",
    "size",
    "spend",
    "alone",
    "recourse",
    "newly_without",
    "notice",
)
ALIKE_COLUMNS = (GROUP, "rule", "subject", "old", "new", "recorded", "decided")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = dict[str, Any]


def make_lists(tables: Tables) -> None:
    """The tables `told` and `told_alike`, which have the columns of the files."""
    tables.run(
        "CREATE TABLE told AS SELECT e.id AS subject, e.kind, e.advertiser, e.old, e.new, e.change, p.old_rules, "
        "p.new_rules, e.old_referred, e.new_referred, p.categories AS category, e.country, e.size, "
        "coalesce(m.spend, []) AS spend, p.alone, coalesce(w.way, '') AS recourse, "
        "coalesce(w.newly, false) AS newly_without, p.notice, e.differs, e.row, m.most "
        "FROM everyone e JOIN pairs p USING (pair) LEFT JOIN ways w USING (row) LEFT JOIN ("
        "  SELECT row, list({'currency': currency, 'amount': amount} ORDER BY currency) AS spend, max(amount) AS most "
        "  FROM spent GROUP BY row) m USING (row)"
    )
    tables.run(
        f'CREATE TABLE told_alike AS SELECT m.grp AS "{GROUP}", m.rule, s.id AS subject, m.old, m.new, m.recorded, '  # noqa: S608 - ours
        "m.decided, m.row FROM like_member m JOIN s USING (row)"
    )


def write_lists(tables: Tables, folder: Path) -> None:
    """The files, each in the order of the subjects' ids."""
    chosen = ", ".join(COLUMNS)
    for name, which in ((CHANGED, "differs"), (UNCHANGED, "NOT differs")):
        query = f"SELECT {chosen} FROM told WHERE {which} ORDER BY row"  # noqa: S608 - ours
        _copy(tables.connection, query, folder / name)
    members = ", ".join(f'"{name}"' for name in ALIKE_COLUMNS)
    query = f'SELECT {members} FROM told_alike ORDER BY "{GROUP}", row'  # noqa: S608 - ours
    _copy(tables.connection, query, folder / ALIKE)


def _copy(connection: "DuckDBPyConnection", query: str, path: Path) -> None:
    text = "'" + str(path).replace("'", "''") + "'"
    connection.execute(f"COPY ({query}) TO {text} (FORMAT PARQUET, COMPRESSION ZSTD)")


def some_of(tables: Tables, cell: Cell, most: int) -> list[Row]:
    """The first rows behind a cell, those who spent most first."""
    where, parts = filter_of(cell)
    if _is_group(cell):
        query = f'SELECT * EXCLUDE (row) FROM told_alike WHERE {where} ORDER BY "{GROUP}", row LIMIT {most}'  # noqa: S608 - ours
    else:
        chosen = ", ".join(COLUMNS)
        order = "ORDER BY most DESC NULLS LAST, row"
        query = f"SELECT {chosen} FROM told WHERE {where} {order} LIMIT {most}"  # noqa: S608 - ours
    return _rows(tables.connection, query, parts)


def _is_group(cell: Cell) -> bool:
    return any(column == GROUP for column, _ in cell.where)


def _rows(connection: "DuckDBPyConnection", query: str, parts: dict[str, str]) -> list[Row]:
    cursor = connection.execute(query, parts or None)
    names = [str(column[0]) for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


# --- read back from a folder ---


class Lists:
    """The lists of a folder that a backtest has written."""

    def __init__(self, connection: "DuckDBPyConnection", folder: Path) -> None:
        """Use `lists_of`."""
        self._connection, self._folder = connection, folder

    def columns(self, cell: Cell) -> Sequence[str]:
        """The columns of the list."""
        return ALIKE_COLUMNS if _is_group(cell) else COLUMNS

    def count(self, cell: Cell) -> int:
        """How many rows are in a list."""
        query, parts = self._query(cell, "count(*)", ordered=False)
        return int(self._connection.execute(query, parts).fetchall()[0][0])

    def rows(self, cell: Cell) -> Iterator[Row]:
        """The rows of a list, in the order of the subjects' ids."""
        query, parts = self._query(cell, "*")
        cursor = self._connection.execute(query, parts)
        names = [str(column[0]) for column in cursor.description or ()]
        while found := cursor.fetchmany(1_000):
            yield from (dict(zip(names, row, strict=True)) for row in found)

    def write(self, cell: Cell, path: Path) -> None:
        """A list as a Parquet file."""
        query, parts = self._query(cell, "*")
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS {query}", parts)
        _copy(self._connection, "SELECT * FROM chosen", path)

    def row_of(self, subject: str) -> Row | None:
        """What becomes of a subject; None of one whom nobody knows."""
        found = self._connection.execute(
            "SELECT * FROM read_parquet($files) WHERE subject = $subject",
            {"files": self._files(Cell(())), "subject": subject},
        )
        names = [str(column[0]) for column in found.description or ()]
        row = found.fetchone()
        return dict(zip(names, row, strict=True)) if row is not None else None

    def _files(self, cell: Cell) -> list[str]:
        names = (ALIKE,) if _is_group(cell) else (CHANGED, UNCHANGED)
        return [exactly(self._folder / name) for name in names]

    def _query(self, cell: Cell, what: str, *, ordered: bool = True) -> tuple[str, dict[str, object]]:
        where, parts = filter_of(cell)
        order = " ORDER BY subject" if ordered else ""
        query = f"SELECT {what} FROM read_parquet($files) WHERE {where}{order}"  # noqa: S608 - ours
        return query, {"files": self._files(cell), **parts}


@contextmanager
def lists_of(folder: Path) -> Iterator[Lists]:
    """The lists of a folder."""
    with database(None) as connection:
        yield Lists(connection, folder)


# --- forms of rows ---


def plain(row: Row) -> Row:
    """A row for programs: amounts as texts, so that no reader takes them for binary fractions."""
    if "spend" not in row:
        return row
    spend = [{"currency": item["currency"], "amount": decimal_text(item["amount"])} for item in row["spend"]]
    return {**row, "spend": spend}


def csv_of(columns: Sequence[str], rows: Iterator[Row]) -> Iterator[str]:
    """Rows as CSV, a line at a time; what a spreadsheet would take for a formula is preceded by an apostrophe."""
    yield _line(columns)
    for row in rows:
        yield _line([_cell(plain(row)[name]) for name in columns])


def _line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _cell(value: object) -> str:
    match value:
        case bool():
            text = "true" if value else "false"
        case list():
            text = " ".join(
                f"{item['amount']} {item['currency']}" if isinstance(item, dict) else str(item)
                for item in value
            )
        case _:
            text = str(value)
    flat = harmless(text)
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def json_of(rows: Iterator[Row]) -> Iterator[str]:
    """Rows as a JSON list, a line for each."""
    yield "["
    before = "\n"
    for row in rows:
        yield before + json.dumps(plain(row), ensure_ascii=False)
        before = ",\n"
    yield "\n]\n"
