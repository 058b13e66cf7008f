"""The figures of a glance as one table: a row for each number, so that any program can read all of it.

Not for people: what is counted is named by its id, in no language.
"""

import csv
import io
from collections.abc import Iterator

from adjudge.basis.instant import Instant
from adjudge.institution.counting.glance import Glance

COLUMNS = ("part", "of", "what", "number")
Line = tuple[str, str, str, int | str]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a table program may take for a formula; ids of policies come from outside."""


def csv_text(found: Glance) -> str:
    """The table as CSV (RFC 4180)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for line in lines(found):
        writer.writerow([_plain(cell) for cell in line])
    return text.getvalue()


def _plain(cell: int | str) -> int | str:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def lines(found: Glance) -> Iterator[Line]:
    """The rows."""
    yield "at", "", "", str(found.at)
    yield "counted_to", "", "", _time(found.counted_to)
    yield from _work(found)
    for row in found.appealed:
        for outcome, count in sorted(row.outcomes.items()):
            yield "appeals", f"{row.policy}/{row.version}/{row.rule}", str(outcome), count
    for item in found.contested:
        yield "contested", item.fact, "subjects", item.subjects
        yield "contested", item.fact, "claims", item.claims
    for fact, count in found.discounted:
        yield "discounted", fact, "claims", count
    for idle in found.idle:
        yield "idle", f"{idle.policy}/{idle.version}/{idle.rule}", "days", idle.days
    yield from _health(found)


def _work(found: Glance) -> Iterator[Line]:
    load = found.load
    for state, count in sorted(load.states.items()):
        yield "matters", "state", state, count
    parts = {"mine": load.mine, "others": load.others, "unassigned": load.unassigned}
    for name, count in parts.items():
        yield "matters", "to_do", name, count
    for age, count in load.ages.items():
        yield "matters", "age", str(age), count
    for week in found.comings:
        for name, count in week.counts.items():
            yield "week", week.start.isoformat(), name, count
    for risk in found.clocks:
        for name in ("overdue", "soon", "later"):
            yield "clocks", str(risk.kind), name, getattr(risk, name)


def _health(found: Glance) -> Iterator[Line]:
    health = found.health
    for name in ("entries", "signed", "findings", "failed", "owed"):
        yield "health", "", name, getattr(health, name)
    for name in ("swept_at", "audited_at"):
        yield "health", "", name, _time(getattr(health, name))


def _time(at: Instant | None) -> str:
    return str(at) if at is not None else ""
