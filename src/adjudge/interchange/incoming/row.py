"""Rows of a file as they stand there, and what is wrong with one of them.

Not yet subjects or claims: a row has cells by column, and a number by which people find it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import Plain
from adjudge.basis.said import NOTHING_SAID, Said, say

LONGEST_LINE = 200_000
"""Bytes: whatever is longer is no row of a table, and must not fill the memory."""
MOST_ROWS = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong with a row, in which columns, and what to do; the row is refused."""

    code: str
    message: Said
    hint: Said = NOTHING_SAID
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `number` is what a spreadsheet or an editor shows beside it; `flaw` is why it has no cells."""

    number: int
    cells: Mapping[str, Plain] = field(default_factory=dict)
    flaw: Flaw | None = None


def flaw_of(problem: Problem, columns: tuple[str, ...] = ()) -> Flaw:
    """A problem that a reader found in what a row was made into."""
    return Flaw(code=problem.code, message=problem.message, hint=problem.hint, columns=columns)


def place_of(file: str, number: int, columns: tuple[str, ...] = ()) -> Said:
    """Where a row stands, for people."""
    row = str(number)
    if not columns:
        return say("{file}, row {row}", file=file, row=row)
    if len(columns) == 1:
        return say("{file}, row {row}, column {column}", file=file, row=row, column=columns[0])
    return say("{file}, row {row}, columns {columns}", file=file, row=row, columns=columns)


class StopReading(Exception):
    """The rest of the file cannot be told apart; the problem is in the log."""


def lines_of(stream: BinaryIO, file: str, log: ProblemLog) -> Iterator[str]:
    """The lines of a text file with their ends; raises StopReading where one is too long or not UTF-8."""
    number = 0
    while content := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(content) > LONGEST_LINE:
            message = say("line {line} has more than {most} bytes", line=str(number), most=LONGEST_LINE)
            log.add("file-too-large", message, where=file, hint=say("look whether it is a table of rows"))
            raise StopReading
        if number > MOST_ROWS:
            message = say("the file has more than {most} lines", most=MOST_ROWS)
            log.add("file-too-large", message, where=file, hint=say("split it"))
            raise StopReading
        yield _decoded(content, number, file, log)


def _decoded(content: bytes, number: int, file: str, log: ProblemLog) -> str:
    try:
        return content.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        message = say(
            "byte {position} of line {line} is not UTF-8",
            position=str(error.start + 1),
            line=str(number),
        )
        log.add("not-utf-8", message, where=file, hint=say("save the file as UTF-8"))
        raise StopReading from error
