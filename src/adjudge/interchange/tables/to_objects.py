"""Rows of an export as objects in the words of the case files, so that one institution takes in what another gave."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, read_json
from adjudge.facts.value import decimal_text
from adjudge.interchange.incoming.filling import Filled, Object
from adjudge.interchange.incoming.mapping import Brings
from adjudge.interchange.incoming.row import flaw_of
from adjudge.interchange.tables.cells import instant_of
from adjudge.interchange.tables.layout import CLAIMS, DOCUMENTS, NANOS, SPEND, SUBJECTS, Sql, Table
from adjudge.interchange.tables.parquet import read_rows, rows_with

TABLE_OF: Mapping[Brings, Table] = {
    Brings.SUBJECTS: SUBJECTS,
    Brings.CLAIMS: CLAIMS,
    Brings.SPEND: SPEND,
}
_NOT_SAID = frozenset(
    {"type", "value_bool", "value_int", "value_decimal", "value_text", "value_date", "value_time"}
)
"""Columns that say again what `value` says."""


def filled_from(folder: Path, brings: Brings) -> Iterator[Filled]:
    """The rows of a table; the first is row 1."""
    table = TABLE_OF[brings]
    for number, row in enumerate(read_rows(folder / table.file, table), start=1):
        log = ProblemLog()
        item = object_of(row, table, log)
        flaws = tuple(map(flaw_of, log.problems))
        yield Filled(number=number, objects=(item,), flaws=flaws, cells=_shown(row))


def documents_from(folder: Path, ids: Sequence[str]) -> Sequence[Object]:
    """The documents of some ids."""
    found = rows_with(folder / DOCUMENTS.file, DOCUMENTS, list(ids))
    return [object_of(row, DOCUMENTS, ProblemLog()) for row in found]


def object_of(row: Mapping[str, Any], table: Table, log: ProblemLog) -> Object:
    """A row in the words of the case files; what is absent is not said."""
    found: Object = {}
    for column in table.columns:
        cell = row[column.name]
        if cell is None or column.name in _NOT_SAID or column.name.endswith(NANOS):
            continue
        if column.sql is Sql.TIME:
            found[column.name] = str(instant_of(cell, row[column.name + NANOS]))
        elif column.is_json:
            read = read_json(cell, log, column.name)
            found[column.name] = read[0] if read is not None else None
        else:
            found[column.name] = decimal_text(cell) if isinstance(cell, Decimal) else cell
    return _plainer(found)


def _plainer(item: Object) -> Object:
    """Without what says nothing: an advertiser's own advertiser, and truth values that are false."""
    for key in ("none", "hypothetical"):
        if item.get(key) is False:
            del item[key]
    if item.get("kind") == "advertiser":
        item.pop("advertiser", None)
    return item


def _shown(row: Mapping[str, Any]) -> dict[str, Plain]:
    """The cells of a row that is refused, for the file of those."""
    return {
        key: cell.isoformat()
        if isinstance(cell, dt.date)
        else str(cell)
        if isinstance(cell, Decimal)
        else cell
        for key, cell in row.items()
        if cell is not None
    }
