"""Files in the form that their name or the mapping says, as rows that the mapping has filled."""

from collections.abc import Iterator
from pathlib import Path

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.interchange.incoming.delimited import delimited_rows
from adjudge.interchange.incoming.filling import Facts, Filled, fill
from adjudge.interchange.incoming.json_lines import json_rows
from adjudge.interchange.incoming.mapping import FileFormat, RowMapping
from adjudge.interchange.incoming.row import Row

ENDINGS = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".jsonl": FileFormat.JSON_LINES,
    ".ndjson": FileFormat.JSON_LINES,
}


def filled_rows(path: Path, mapping: RowMapping, facts: Facts, log: ProblemLog) -> Iterator[Filled]:
    """The rows of a file, filled. What is wrong with the file as a whole stands in the log, and no row follows."""
    for row in _rows(path, mapping, log):
        yield fill(row, mapping, facts)


def _rows(path: Path, mapping: RowMapping, log: ProblemLog) -> Iterator[Row]:
    match mapping.file_format or ENDINGS.get(path.suffix.lower()):
        case FileFormat.CSV:
            yield from _with_columns(delimited_rows(path, mapping.delimiter, log), path, mapping, log)
        case FileFormat.JSON_LINES:
            yield from json_rows(path, log)
        case None:
            hint = say("name a file that ends in `.csv` or `.jsonl`, or write `format:` in the mapping")
            message = say("the name of the file does not say how its rows are written")
            log.add("bad-value", message, where=str(path), hint=hint)


def _with_columns(rows: Iterator[Row], path: Path, mapping: RowMapping, log: ProblemLog) -> Iterator[Row]:
    """The rows of a table whose header has the columns that the mapping reads: asked of the first row alone."""
    is_first = True
    for row in rows:
        if is_first and row.flaw is None:
            is_first = False
            missing = sorted(mapping.columns - row.cells.keys())
            if missing:
                message = say("the header lacks what the mapping reads: {columns}", columns=tuple(missing))
                hint = say("correct the mapping, or look whether the delimiter is right")
                log.add("missing-key", message, where=str(path), hint=hint)
                return
            unmapped = sorted(row.cells.keys() - mapping.columns - mapping.ignore)
            if unmapped:
                message = say("the mapping says nothing of the columns {columns}", columns=tuple(unmapped))
                hint = say("map each to a field, or list it under `ignore:`")
                log.add("unknown-key", message, where=str(path), hint=hint)
                return
        yield row
