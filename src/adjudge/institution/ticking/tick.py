"""Clocks that have run out: what was declared happens by itself, once for each, in the order in which they were due.

Each in a transaction of its own, under the write lock: what was cut off in the middle goes on at the next tick, and of
two that tick at once one finds nothing left to do. After an outage everything that was due happens then, and is told.
"""

from adjudge.institution.deciding.running_out import due_by, run_out
from adjudge.institution.house import House, now
from adjudge.records.rows import ClockRow


def tick(house: House) -> tuple[ClockRow, ...]:
    """Let every clock whose time is over run out; those that did."""
    with house.records.reading() as records:
        due = due_by(records, now(house, records))
    found = [run_out(house, row.id) for row in due]
    return tuple(row for row in found if row is not None)
