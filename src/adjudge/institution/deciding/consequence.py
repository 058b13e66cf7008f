"""What happens by itself when a clock has run out: as it was declared when the clock began, as far as it still can.

Where another decision has taken the place of the one that it is about, it reaches the measures of the same rule and
kind in that one. Where no such measure is left to suspend or to lift, it is told, and stays open.
"""

from dataclasses import replace

from adjudge.appeals.outcome import outcome_of
from adjudge.appeals.states import APPEALS as TABLE
from adjudge.appeals.states import OPEN, ByRule, stepped
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.chain import reached
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import CURED, is_live, is_paused
from adjudge.records.rows import AppealRow, ClockRow, DecisionState, MeasureRow
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, MEASURES


def followed(following: Following, row: ClockRow) -> tuple[Consequence, AppealRow | None]:
    """Do what a clock's end entails. What came of it, and the appeal that was granted by it."""
    declared = Consequence(row.consequence)
    if declared is Consequence.REINSTATE:
        granted = _granted(following, row)
        return (declared if granted is not None else Consequence.ESCALATE), granted
    if declared is Consequence.SUSPEND_MEASURE and _suspended(following, row):
        return declared, None
    return Consequence.ESCALATE, None


def _suspended(following: Following, row: ClockRow) -> bool:
    """Let the measures rest by the clock; those that rest by an appeal go on resting by the clock.

    Relief for an appeal can be taken back; what follows from our silence cannot.
    """
    decision, rows = reached(following.records, row.decision)
    measures = [item for item in rows if is_live(item, following.at)]
    if decision is None or not measures:
        return False
    by_appeal = {item.id for item in measures if is_paused(item) and not _rests_by_clock(following, item)}
    following.resume(decision.id, only=by_appeal)
    following.pause(decision.id, row.id, only={item.id for item in measures})
    return True


def _rests_by_clock(following: Following, row: MeasureRow) -> bool:
    """By a clock, or since it was cured before it began: neither is taken back."""
    return any(
        pause.end is None and (pause.by == CURED or following.records.get(CLOCKS, pause.by) is not None)
        for pause in row.pauses
    )


def _granted(following: Following, row: ClockRow) -> AppealRow | None:
    """Lift the measures and let the appeal succeed; None where that cannot be any more."""
    records, at, appeal = following.records, following.at, following.records.get(APPEALS, row.of)
    decision, before = reached(records, row.decision)
    if appeal is None or decision is None or appeal.state not in OPEN or not before:
        return None
    following.drop(appeal.id)
    following.lift(decision.id, only={item.id for item in before})
    if not any(is_live(item, at) for item in records.find(MEASURES, decision=decision.id)):
        records.put(DECISIONS, replace(decision, state=DecisionState.LAPSED))
    granted = replace(
        appeal,
        state=stepped(TABLE, ByRule.GRANTED, appeal.state),
        ended_at=at,
        outcome=str(outcome_of(before, ())),
        rests=(),
        seen=appeal.seen + 1,
    )
    records.put(APPEALS, granted)
    return granted
