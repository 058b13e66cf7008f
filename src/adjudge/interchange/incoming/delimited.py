"""Rows of a CSV file (RFC 4180): a header, then rows of as many fields; the delimiter given, or told from the header.

Cells are texts and stay texts: nothing that looks like a formula, a number or a date is taken for one here.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from adjudge.app.files import report_unreadable
from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.interchange.incoming.row import LONGEST_LINE, Flaw, Row, StopReading, lines_of

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 500
_CLOSE_QUOTES = say("close the quote, and write a quote within a field twice")


def delimited_rows(path: Path, delimiter: str, log: ProblemLog) -> Iterator[Row]:
    """The rows behind the header. Where the rest cannot be told apart, the log says why, and no row follows."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            yield from _rows(lines_of(stream, file, log), delimiter, file, log)
    except StopReading:
        return
    except (OSError, ValueError) as error:
        report_unreadable(error, path, log)


def _rows(lines: Iterator[str], delimiter: str, file: str, log: ProblemLog) -> Iterator[Row]:
    before = list(_up_to_header(lines))
    mark = delimiter or told_by(before[-1] if before else "")
    reader = csv.reader(chain(before, lines), delimiter=mark, strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        begun = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            _report(str(error), begun, file, log)
            return
        if fields is None:
            break
        number += 1
        if not fields:  # an empty line is no row of a table
            continue
        if header is None:
            header = _header(fields, file, log)
        else:
            yield _row(number, header, fields)
    if header is None:
        hint = say("write a line with the names of the columns, and the rows below it")
        log.add("empty-file", say("there is nothing in this file"), where=file, hint=hint)


def _up_to_header(lines: Iterator[str]) -> Iterator[str]:
    """The first line that is not empty, and those before it."""
    for line in lines:
        yield line
        if line.strip():
            return


def told_by(header: str) -> str:
    """The delimiter that parts the header into most columns; a comma where none does."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def _header(fields: list[str], file: str, log: ProblemLog) -> list[str]:
    names = [name.strip() for name in fields]
    if len(names) > MOST_COLUMNS:
        message = say("there are more than {most} columns", most=MOST_COLUMNS)
        log.add("file-too-large", message, where=file, hint=say("look at the delimiter"))
        raise StopReading
    for place, name in enumerate(names, start=1):
        if not name or not name.isprintable():
            message = say("column {number} of the header has no name", number=str(place))
            log.add("missing-key", message, where=file, hint=say("name every column in the first line"))
            raise StopReading
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = say("two columns are called {name}", name=quoted(twice[0]))
        log.add("duplicate-key", message, where=file, hint=say("rename one of them"))
        raise StopReading
    return names


def _row(number: int, header: list[str], fields: list[str]) -> Row:
    if len(fields) != len(header):
        message = say(
            "the row has {count} fields, and the header {wanted}",
            count=len(fields),
            wanted=len(header),
        )
        hint = say("look for a delimiter within a field that is not in quotes")
        return Row(number=number, flaw=Flaw(code="wrong-shape", message=message, hint=hint))
    if sum(map(len, fields)) > LONGEST_LINE:
        message = say("the row has more than {most} characters", most=LONGEST_LINE)
        return Row(number=number, flaw=Flaw(code="bad-value", message=message, hint=_CLOSE_QUOTES))
    nul = tuple(name for name, text in zip(header, fields, strict=True) if "\0" in text)
    if nul:
        message = say("a field holds the character NUL")
        hint = say("remove it: no text of people has one")
        return Row(number=number, flaw=Flaw(code="bad-value", message=message, hint=hint, columns=nul))
    return Row(number=number, cells=dict(zip(header, fields, strict=True)))


def _report(words: str, line: int, file: str, log: ProblemLog) -> None:
    """What Python's reader says, in words of ours. What follows in the file cannot be told apart."""
    if "unexpected end of data" in words:
        message, hint = (
            say("a quote is opened in line {line} and never closed", line=str(line)),
            _CLOSE_QUOTES,
        )
    elif "field limit" in words:
        message = say(
            "a field that begins in line {line} is too long, or its quote is never closed", line=str(line)
        )
        hint = _CLOSE_QUOTES
    elif "expected after" in words:
        message = say("in line {line} text follows a closing quote", line=str(line))
        hint = _CLOSE_QUOTES
    else:
        message = say("line {line} holds a line break that is not in quotes", line=str(line))
        hint = say("end lines with a line feed, and put line breaks within fields into quotes")
    log.add("csv-syntax", message, where=file, hint=hint)
