"""Rows of a JSON Lines file: one JSON object on each line, its keys as the columns."""

from collections.abc import Iterator
from pathlib import Path

from adjudge.app.files import report_unreadable
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import read_json
from adjudge.basis.said import say
from adjudge.interchange.incoming.row import Flaw, Row, StopReading, flaw_of, lines_of


def json_rows(path: Path, log: ProblemLog) -> Iterator[Row]:
    """The rows. Where the rest cannot be told apart, the log says why, and no row follows."""
    file = str(path)
    is_empty = True
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(lines_of(stream, file, log), start=1):
                if line.strip():
                    is_empty = False
                    yield _row(number, line)
    except StopReading:
        return
    except (OSError, ValueError) as error:
        report_unreadable(error, path, log)
        return
    if is_empty:
        hint = say("write one JSON object on each line")
        log.add("empty-file", say("there is nothing in this file"), where=file, hint=hint)


def _row(number: int, line: str) -> Row:
    log = ProblemLog()
    read = read_json(line, log, "")
    if read is None:
        return Row(number=number, flaw=flaw_of(log.problems[0]))
    if not isinstance(read[0], dict):
        message = say("the line holds no JSON object")
        hint = say("write one object on each line, such as {example}", example='`{"id": "a1"}`')
        return Row(number=number, flaw=Flaw(code="wrong-shape", message=message, hint=hint))
    return Row(number=number, cells=read[0])
