"""The name of a list, as it stands beside a number and is typed on a command line, read back into a filter."""

from urllib.parse import unquote

from adjudge.backtest.model import Cell
from adjudge.basis.problem import ProblemLog, did_you_mean, quoted
from adjudge.basis.said import say

GROUP = "group"
TEXTS = (
    "kind",
    "old",
    "new",
    "change",
    "old_referred",
    "new_referred",
    "country",
    "size",
    "alone",
    "recourse",
    "newly_without",
    "notice",
)
LISTS = ("category", "old_rules", "new_rules")
"""Columns of which a cell names one of the items."""
COLUMNS = (*TEXTS, *LISTS)


def read_cell(text: str, log: ProblemLog) -> Cell | None:
    """The cell of a name such as `kind=ad,change=released`; None with problems."""
    where = [_read(part, log) for part in text.split(",")]
    found = [item for item in where if item is not None]
    if len(found) < len(where):
        return None
    if any(column == GROUP for column, _ in found) and (len(found) > 1 or not found[0][1].isdecimal()):
        message = say("a group of like cases is named by its number alone")
        log.add("bad-value", message, where="--cell", hint=say("write {example}", example="`group=1`"))
        return None
    return Cell(tuple(found))


def _read(part: str, log: ProblemLog) -> tuple[str, str] | None:
    column, equals, value = part.partition("=")
    if not equals:
        message = say("{part} is no column with its value", part=quoted(part))
        hint = say("copy a cell from the report, as {example}", example="`kind=ad,change=released`")
        log.add("bad-value", message, where="--cell", hint=hint)
        return None
    if column not in {*COLUMNS, GROUP}:
        message = say("the lists have no column {column}", column=quoted(column))
        hint = did_you_mean(column, [*COLUMNS, GROUP]) or say("name one of these: {names}", names=COLUMNS)
        log.add("bad-value", message, where="--cell", hint=hint)
        return None
    return column, unquote(value)


def filter_of(cell: Cell) -> tuple[str, dict[str, str]]:
    """The condition over the rows, and its parameters."""
    parts, clauses = {}, ["true"]
    for number, (column, value) in enumerate(cell.where):
        name = f"cell{number}"
        parts[name] = value
        if column in LISTS:
            clauses.append(f"list_contains({column}, ${name})")
        elif column == GROUP:
            clauses.append(f'CAST("{GROUP}" AS VARCHAR) = ${name}')
        else:
            clauses.append(f"CAST({column} AS VARCHAR) = ${name}")
    return " AND ".join(clauses), parts


def spelled(cell: Cell) -> str:
    """The same as a condition of SQL over the Parquet files, for those who ask them otherwise."""
    clauses = []
    for column, value in cell.where:
        text = "'" + value.replace("'", "''") + "'"
        is_plain = column in {GROUP, "old_referred", "new_referred", "newly_without"}
        clauses.append(
            f"list_contains({column}, {text})"
            if column in LISTS
            else f'"{column}" = {value if is_plain else text}'
        )
    return " AND ".join(clauses)
