"""What happens by itself when a clock has run out: as it was declared when the clock began, as far as it still can.

A decision that another one has superseded has no measure left to suspend or lift: then it is told, and stays open.
"""

from dataclasses import replace

from adjudge.appeals.outcome import outcome_of
from adjudge.appeals.states import APPEALS as TABLE
from adjudge.appeals.states import OPEN, ByRule, stepped
from adjudge.clocks.term import Consequence
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
    rows = following.records.find(MEASURES, decision=row.decision)
    measures = [item for item in rows if is_live(item, following.at)]
    by_appeal = {item.id for item in measures if is_paused(item) and not _rests_by_clock(following, item)}
    following.resume(row.decision, only=by_appeal)
    following.pause(row.decision, row.id)
    return bool(measures)


def _rests_by_clock(following: Following, row: MeasureRow) -> bool:
    """By a clock, or since it was cured before it began: neither is taken back."""
    return any(
        pause.end is None and (pause.by == CURED or following.records.get(CLOCKS, pause.by) is not None)
        for pause in row.pauses
    )


def _granted(following: Following, row: ClockRow) -> AppealRow | None:
    """Lift the measures and let the appeal succeed; None where that cannot be any more."""
    records, at = following.records, following.at
    appeal, decision = records.get(APPEALS, row.of), records.get(DECISIONS, row.decision)
    in_place = {DecisionState.ISSUED, DecisionState.LAPSED}
    if appeal is None or decision is None or appeal.state not in OPEN or decision.state not in in_place:
        return None
    before = records.find(MEASURES, decision=decision.id)
    following.stop(appeal.id)
    following.lift(decision.id)
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
