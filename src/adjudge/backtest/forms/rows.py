"""A list behind a number for the terminal: who, what before, what after, what was spent."""

from collections.abc import Iterator
from itertools import islice

from adjudge.answers.forms.harmless import harmless
from adjudge.backtest.cells import GROUP
from adjudge.backtest.forms.words import measure_text, spend_text
from adjudge.backtest.lists import Lists, Row
from adjudge.backtest.model import Cell
from adjudge.tongues.tongue import Tongue

MOST = 200
"""Rows that a terminal is shown; the other forms have all."""


def rows_text(lists: Lists, cell: Cell, tongue: Tongue) -> Iterator[str]:
    """A line for each subject, as they come."""
    total = lists.count(cell)
    yield tongue.plural("{count} subject", "{count} subjects", total) + "\n"
    for row in islice(lists.rows(cell), MOST):
        yield harmless(row_text(row, tongue)) + "\n"
    if total > MOST:
        more = tongue.plural(
            "and {count} more, whom `--format csv` lists",
            "and {count} more, whom `--format csv` lists",
            total - MOST,
        )
        yield more + "\n"


def row_text(row: Row, tongue: Tongue) -> str:
    """One row in words."""
    if GROUP in row:
        return tongue("{label}: {text}", label=str(row["subject"]), text=member_text(row, tongue))
    return tongue(
        "{label}: {text}",
        label=str(row["subject"]),
        text=tongue.parted((*becomes(row, tongue), spend_of(row, tongue))),
    )


def becomes(row: Row, tongue: Tongue) -> Iterator[str]:
    """What becomes of a subject."""
    if row["old"] == row["new"] and row["old_rules"] == row["new_rules"]:
        yield measure_text(str(row["new"]), tongue)
    else:
        yield tongue(
            "{old} → {new}",
            old=_measure(str(row["old"]), row["old_rules"], tongue),
            new=_measure(str(row["new"]), row["new_rules"], tongue),
        )
    if row["new_referred"] and not row["old_referred"]:
        yield tongue("newly for a person")
    elif row["old_referred"] and not row["new_referred"]:
        yield tongue("no longer for a person")


def _measure(kind: str, rules: list[str], tongue: Tongue) -> str:
    word = measure_text(kind, tongue)
    return f"{word} ({', '.join(rules)})" if rules else word


def spend_of(row: Row, tongue: Tongue) -> str:
    """What a subject spent."""
    amounts = spend_text(tuple((item["currency"], item["amount"]) for item in row["spend"]), tongue)
    return tongue("spend: {amounts}", amounts=amounts)


def member_text(row: Row, tongue: Tongue) -> str:
    """How a member of a group is treated."""
    parts = [
        tongue("under the measure before") if row["old"] else tongue("free before"),
        tongue("under the measure after") if row["new"] else tongue("free after"),
    ]
    if row["recorded"]:
        parts.append(tongue("measure on record"))
    elif row["decided"]:
        parts.append(tongue("decided without it"))
    return tongue.parted(parts)
