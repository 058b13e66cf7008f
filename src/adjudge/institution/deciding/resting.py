"""By what measures rest, and that they go on resting when another decision imposes them anew.

Not how a rest ends, which `hearing/relief.py` says: whoever decides anew takes back neither relief nor our silence.
"""

from collections.abc import Collection

from adjudge.appeals.states import OPEN
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.chain import goes_on_from
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import CURED
from adjudge.records.ports import Reading
from adjudge.records.rows import ClockRow, ClockState, DisputeState, MeasureRow
from adjudge.records.shelf import APPEALS, CLOCKS, DISPUTES


def go_on_resting(
    following: Following, earlier: Collection[MeasureRow], measures: Collection[MeasureRow], *, besides: str
) -> None:
    """Let the measures of a decision begin at rest that go on from ones at rest, by the same cause.

    `besides` is the appeal that is decided by it: that rest ends. What was put right in time begins anew.
    """
    for measure in measures:
        before = [row for row in earlier if (row.rule, row.kind) == (measure.rule, measure.kind)]
        causes = (pause.by for row in before for pause in row.pauses if pause.end is None)
        by = next((cause for cause in causes if cause != CURED), "")
        if by and _of(following.records, by) == besides:
            by = another_reason(following.records, measure, besides=besides)
        if by:
            following.pause(measure.decision, by, only={measure.id})


def another_reason(records: Reading, measure: MeasureRow, *, besides: str = "") -> str:
    """A clock that ran out, or an open appeal, by which a measure is to rest; empty where there is none."""
    decisions = goes_on_from(records, measure)
    clocks = (clock for item in decisions for clock in binding(records, item))
    filed = (row for item in decisions for row in records.find(APPEALS, decision=item))
    found = (
        *(clock.id for clock in clocks if clock.of != besides),
        *(row.id for row in filed if row.state in OPEN and measure.kind in row.rests and row.id != besides),
    )
    return next(iter(found), "")


def binding(records: Reading, decision: str) -> tuple[ClockRow, ...]:
    """Clocks of a decision that ran out, let its measures rest, and wait still for what they are for."""
    rows = records.find(CLOCKS, decision=decision, state=ClockState.RAN_OUT.value)
    return tuple(
        row for row in rows if row.consequence == Consequence.SUSPEND_MEASURE and _waits(records, row.of)
    )


def _of(records: Reading, by: str) -> str:
    """The appeal or the dispute behind a rest: of a clock that for which it ran."""
    clock = records.get(CLOCKS, by)
    return clock.of if clock is not None else by


def _waits(records: Reading, of: str) -> bool:
    appeal, dispute = records.get(APPEALS, of), records.get(DISPUTES, of)
    if appeal is not None:
        return appeal.state in OPEN
    return dispute is not None and dispute.state is DisputeState.DECIDED
