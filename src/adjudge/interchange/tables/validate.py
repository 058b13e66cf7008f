"""What is wrong with an export, by table and row: its files, columns, ids, words and references.

Not the meaning of its claims: whether a vocabulary can read them shows when they are brought in.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.digest import digest_of_stream
from adjudge.basis.problem import LIMIT, ProblemLog, quoted
from adjudge.basis.said import Said, say
from adjudge.facts.codes import CURRENCIES
from adjudge.interchange.tables.layout import CLAIMS, NANOS, SPEND, TABLES, Sql, Table, TableColumn
from adjudge.interchange.tables.manifest import Manifest, read_manifest
from adjudge.interchange.tables.parquet import connected, exactly

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EXPORT_AGAIN = say("export the data anew")
_CORRECT = say("correct the row where the data come from, and write the table anew")
_LONGEST_JSON = 1_000_000


def validate(folder: Path, log: ProblemLog) -> Manifest | None:
    """Look at an export; the manifest, None where there is none. Everything that is wrong stands in the log."""
    manifest = read_manifest(folder, log)
    if manifest is None:
        return None
    with connected() as connection:
        readable = [table for table in TABLES if _is_readable(connection, folder, table, log)]
        for table in readable:
            rows = _Rows(connection, folder, table, log)
            if _is_as_listed(rows, manifest):
                _check_rows(rows, is_whole=len(readable) == len(TABLES))
    return manifest


def look_at_files(folder: Path, tables: Sequence[Table], log: ProblemLog) -> Manifest | None:
    """Look at some tables without their rows: whether they have their columns, and are those of the manifest."""
    manifest = read_manifest(folder, log)
    if manifest is None:
        return None
    with connected() as connection:
        for table in tables:
            if _is_readable(connection, folder, table, log):
                _is_as_listed(_Rows(connection, folder, table, log), manifest)
    return manifest


# --- files and columns ---


def _is_readable(connection: "DuckDBPyConnection", folder: Path, table: Table, log: ProblemLog) -> bool:
    """Whether the file can be read and has the columns of the layout, each of its type."""
    import duckdb  # noqa: PLC0415 - as in `parquet`

    path = folder / table.file
    try:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [exactly(path)]).fetchall()
    except duckdb.Error:
        message = say("the table cannot be read: it is missing, cut off, or no Parquet")
        log.add("altered-data", message, where=str(path), hint=_EXPORT_AGAIN)
        return False
    types = {str(row[0]): str(row[1]) for row in found}
    wanted = {column.name: column.sql.value for column in table.columns}
    for name, sql in wanted.items():
        if types.get(name) != sql:
            _report_column(path, name, types.get(name), sql, log)
    for name in types.keys() - wanted.keys():
        message = say("the layout has no column {column}", column=quoted(name))
        log.add("wrong-column", message, where=str(path), hint=say("leave it out"))
    return types == wanted


def _report_column(path: Path, name: str, found: str | None, wanted: str, log: ProblemLog) -> None:
    if found is None:
        message = say("the column {column} is missing", column=quoted(name))
    else:
        message = say(
            "the column {column} is {found}, and not {wanted}",
            column=quoted(name),
            found=found,
            wanted=wanted,
        )
    hint = say("write it as {wanted}", wanted=f"`{wanted}`")
    if wanted == Sql.TIME.value:
        hint = say("write times in UTC and say so: as {wanted}", wanted=f"`{wanted}`")
    log.add("wrong-column", message, where=str(path), hint=hint)


def _is_as_listed(rows: "_Rows", manifest: Manifest) -> bool:
    """Whether the file is that of which the manifest speaks: otherwise its rows are nobody's."""
    folder, table, log = rows.folder, rows.table, rows.log
    path, listed = folder / table.file, manifest.tables[table.name]
    with path.open("rb") as stream:
        digest = digest_of_stream(stream)
    if digest != listed.digest:
        message = say("the table has another digest than the manifest says")
        log.add("altered-data", message, where=str(path), hint=_EXPORT_AGAIN)
        return False
    count = rows.connection.execute("SELECT count(*) FROM read_parquet(?)", [exactly(path)]).fetchall()[0][0]
    if count != listed.rows:
        message = say(
            "the table has {count} rows, and the manifest says {listed}", count=count, listed=listed.rows
        )
        log.add("altered-data", message, where=str(path), hint=_EXPORT_AGAIN)
    return bool(count == listed.rows)


# --- rows ---


class _Rows:
    """The rows of a table, of which those are reported for which a condition holds."""

    def __init__(self, connection: "DuckDBPyConnection", folder: Path, table: Table, log: ProblemLog) -> None:
        self.connection, self.folder, self.table, self.log = connection, folder, table, log

    def report(self, code: str, what: Said, where: str, *, shown: str = "", joined: str = "") -> None:
        """Note each row, with what is in its cell `shown`; at most as many as a log holds."""
        path = str(self.folder / self.table.file)
        value = f"CAST({shown} AS VARCHAR)" if shown else "NULL"
        query = (
            f"SELECT t.file_row_number + 1, {value} "  # noqa: S608 - names of our own layout
            f"FROM read_parquet($path, file_row_number = true) t {joined} WHERE {where} "
            f"ORDER BY 1 LIMIT {LIMIT + 1}"
        )
        others = {
            table.name: exactly(self.folder / table.file) for table in TABLES if f"${table.name}" in joined
        }
        for number, cell in self.connection.execute(
            query, {"path": exactly(Path(path)), **others}
        ).fetchall():
            place = say("{file}, row {row}", file=path, row=str(number))
            message = what if cell is None else say("{what}: {value}", what=what, value=quoted(cell))
            self.log.add(code, message, where=place, hint=_CORRECT)


def _check_rows(rows: _Rows, *, is_whole: bool) -> None:
    """Everything that is asked of rows; what refers to other tables only where all can be read."""
    import duckdb  # noqa: PLC0415 - as in `parquet`

    path = str(rows.folder / rows.table.file)
    try:
        # Every cell is read once, also of columns of which nothing is asked below.
        rows.connection.execute(
            "SELECT max(hash(COLUMNS(*))) FROM read_parquet(?)", [exactly(Path(path))]
        ).fetchall()
        for column in rows.table.columns:
            _check_column(rows, column)
        _check_ids(rows)
        if is_whole:
            _check_names(rows)
        if rows.table == CLAIMS:
            _check_claims(rows)
        elif rows.table == SPEND:
            _check_spend(rows)
    except duckdb.Error:  # its end can be read, by which it looked whole, and what is before it cannot
        message = say("the table cannot be read: it is missing, cut off, or no Parquet")
        rows.log.add("altered-data", message, where=path, hint=_EXPORT_AGAIN)


def _check_column(rows: _Rows, column: TableColumn) -> None:
    name, called = f't."{column.name}"', quoted(column.name)
    if column.needed and not column.name.endswith(NANOS):
        rows.report("missing-key", say("{column} is absent", column=called), f"{name} IS NULL")
    if column.words:
        words = ", ".join(f"'{word}'" for word in column.words)
        what = say("{column} has a word that it does not know", column=called)
        rows.report("bad-word", what, f"{name} NOT IN ({words})", shown=name)
    if column.is_json:
        where = f"{name} IS NOT NULL AND (NOT json_valid({name}) OR strlen({name}) > {_LONGEST_JSON})"
        rows.report("json-syntax", say("{column} is not JSON", column=called), where)
    if column.name.endswith(NANOS):
        time = f't."{column.name.removesuffix(NANOS)}"'
        where = f"({time} IS NULL) <> ({name} IS NULL) OR {name} NOT BETWEEN 0 AND 999"
        what = say("{column} is not from 0 to 999, or stands alone", column=called)
        rows.report("bad-value", what, where)


def _check_ids(rows: _Rows) -> None:
    """Each once, and in order: of two that are equal one stands right behind the other."""
    behind = (
        "JOIN (SELECT file_row_number + 1 AS place, id AS before FROM read_parquet($path, file_row_number = true)) b "
        "ON b.place = t.file_row_number"
    )
    rows.report("duplicate-id", say("an id stands twice"), "t.id = b.before", shown="t.id", joined=behind)
    rows.report("bad-value", say("an id is out of order"), "t.id < b.before", shown="t.id", joined=behind)


def _check_names(rows: _Rows) -> None:
    """That every id of another table is one of that table."""
    for column in rows.table.columns:
        if not column.names:
            continue
        name = f't."{column.name}"'
        code = "unknown-document" if column.names == "documents" else "unknown-subject"
        what = say(
            "{column} is not in the table {table}", column=quoted(column.name), table=quoted(column.names)
        )
        others = f"LEFT JOIN (SELECT id AS known FROM read_parquet(${column.names})) o ON o.known = {name}"  # noqa: S608
        rows.report(code, what, f"o.known IS NULL AND {name} IS NOT NULL", shown=name, joined=others)


def _check_claims(rows: _Rows) -> None:
    what = say("a weight is not from 1 to 5")
    rows.report("bad-value", what, "t.weight NOT BETWEEN 1 AND 5", shown="t.weight")
    what = say("a claim has either a `value` or `none`")
    rows.report("bad-value", what, 't."none" = (t."value" IS NOT NULL)')
    for start, end in (("holds_from", "holds_to"), ("recorded_at", "withdrawn_at")):
        what = say("{end} comes before {start}", end=quoted(end), start=quoted(start))
        rows.report("reversed-interval", what, f"t.{end} < t.{start}")


def _check_spend(rows: _Rows) -> None:
    what = say("the time has no length, or ends before it starts")
    rows.report("reversed-interval", what, 't."to" < t."from"')
    known = ", ".join(f"'{code}'" for code in sorted(CURRENCIES))
    what = say("a currency is none of ISO 4217")
    rows.report("unknown-code", what, f"t.currency NOT IN ({known})", shown="t.currency")
