"""Decisions that took each other's place on one subject, and which measures a clock of an earlier one still reaches.

What was owed about a decision is still owed when the same measure is imposed anew by the next one.
"""

from adjudge.basis.instant import Instant
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.measures import is_live
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, DecisionRow, DecisionState, MeasureRow
from adjudge.records.shelf import DECISIONS, MEASURES


def following_on(records: Reading, decision_id: str) -> tuple[str, ...]:
    """A decision, and those that took its place one after the other."""
    row = records.get(DECISIONS, decision_id)
    if row is None:
        return (decision_id,)
    issued = (item for item in records.find(DECISIONS, subject=row.subject) if item.issued_at is not None)
    after = {item.supersedes: item.id for item in issued if item.supersedes}
    found = [decision_id]
    while (later := after.get(found[-1])) is not None and later not in found:
        found.append(later)
    return tuple(found)


def goes_on_from(records: Reading, measure: MeasureRow) -> tuple[str, ...]:
    """The decision of a measure, and those before it that had one of the same rule and kind; up to one that lapsed."""
    found, row = [measure.decision], records.get(DECISIONS, measure.decision)
    while row is not None and row.supersedes and row.supersedes not in found:
        row = records.get(DECISIONS, row.supersedes)
        if row is None or row.state is DecisionState.LAPSED:
            break
        if any(_same(measure, item) for item in records.find(MEASURES, decision=row.id)):
            found.append(row.id)
    return tuple(found)


def measures_after(records: Reading, decision_id: str) -> tuple[MeasureRow, ...]:
    """The measures of a decision and of those that took its place."""
    return tuple(
        row for item in following_on(records, decision_id) for row in records.find(MEASURES, decision=item)
    )


def reached(records: Reading, decision_id: str) -> tuple[DecisionRow | None, tuple[MeasureRow, ...]]:
    """The decision that holds in the place of another one, and its measures of the same rule and kind as the other's.

    Of one that holds itself all; None where none holds any more.
    """
    asked, now = (
        records.get(DECISIONS, item) for item in (decision_id, following_on(records, decision_id)[-1])
    )
    if asked is None or now is None or now.state not in {DecisionState.ISSUED, DecisionState.LAPSED}:
        return None, ()
    rows = tuple(records.find(MEASURES, decision=now.id))
    if asked.id == now.id:
        return now, rows
    before = records.find(MEASURES, decision=asked.id)
    meant = (row for row in rows if any(_same(row, item) for item in before))
    return now, tuple(row for row in meant if row.lifted_at is None)


def what_follows(records: Reading, clock: ClockRow, at: Instant) -> Consequence:
    """What can follow at a clock's end: as declared, if there is a measure for it; else it is told, and stays open."""
    declared, (_, rows) = Consequence(clock.consequence), reached(records, clock.decision)
    if declared is Consequence.SUSPEND_MEASURE:
        rows = tuple(row for row in rows if is_live(row, at))
    return declared if rows else Consequence.ESCALATE


def _same(one: MeasureRow, other: MeasureRow) -> bool:
    return (one.rule, one.kind) == (other.rule, other.kind)
