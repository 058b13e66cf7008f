"""Measures that rest while an appeal is open: by what is declared for their kind, or by a person's word with reasons.

A measure that rests for another reason too goes on resting: no end of relief takes back what follows from our silence.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from adjudge.appeals.states import OPEN
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import is_live
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.hearing.appeal import appeal_row, on_appeal, refuse_over
from adjudge.institution.house import House, need, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    ClockRow,
    ClockState,
    DisputeState,
    MeasureRow,
    Purpose,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DISPUTES, MEASURES

LONGEST_REASON = 5_000


def pause(house: House, actor: Actor, appeal_id: str, reason: str) -> AppealRow:
    """Let the measures of the decision rest while an appeal or a request is open. Its advertiser is told why."""
    with on_appeal(house, actor, Act.PAUSE, appeal_id) as act:
        row, told = appeal_row(act.records, appeal_id), need(reason, say("the reason"), most=LONGEST_REASON)
        refuse_over(row)
        following = Following(act.records, act.at)
        paused = following.pause(row.decision, row.id)
        live = _live(act.records, row.decision, act.at)
        if not paused:
            message = say("no measure of the decision {decision} has effect", decision=row.decision)
            raise refused("nothing-to-rest", message, say("nothing is to be done"))
        kept = replace(row, rests=_kinds(live), seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        _tell(following, row.id, paused, {"what": "paused", "reason": told})
        act.write(row.id, _body(kept, following, told))
    return kept


def resume(house: House, actor: Actor, appeal_id: str, reason: str) -> AppealRow:
    """Let measures that rest by an appeal have effect again. Those that rest by a clock that ran out go on resting."""
    with on_appeal(house, actor, Act.RESUME, appeal_id) as act:
        row, told = appeal_row(act.records, appeal_id), need(reason, say("the reason"), most=LONGEST_REASON)
        refuse_over(row)
        if not row.rests:
            message = say("nothing rests by the appeal {appeal}", appeal=row.id)
            raise refused("nothing-rests", message, say("nothing is to be done"))
        kept = replace(row, rests=(), seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        following = Following(act.records, act.at)
        let_go(following, row.id, row.decision, reason=told)
        act.write(row.id, _body(kept, following, told))
    return kept


def begin_relief(following: Following, row: AppealRow) -> tuple[str, ...]:
    """Let measures of the declared kinds rest from the filing of an appeal; those kinds."""
    if row.kind is not AppealKind.APPEAL:
        return ()
    relief = set(procedure_row(following.records).relief)
    reached = [item for item in _live(following.records, row.decision, following.at) if item.kind in relief]
    paused = following.pause(row.decision, row.id, only={item.id for item in reached})
    if paused:
        _tell(following, row.id, paused, {"what": "paused", "declared": True})
    return _kinds(reached)


def let_go(following: Following, of: str, decision: str, *, reason: str = "") -> tuple[MeasureRow, ...]:
    """Let measures that rested by an appeal or a dispute, or by its clocks if it is over, have effect again; told.

    Where something else is a reason for a rest, the measure rests by that from here on.
    """
    records = following.records
    lasting = {clock.id for clock in _binding(records, decision)}
    own = {of} | ({clock.id for clock in records.find(CLOCKS, of=of)} - lasting)
    resting = [item for item in records.find(MEASURES, decision=decision) if _rests_by(item, own)]
    reasons = {item.id: _another_reason(records, item) for item in resting}
    back = following.resume(decision, only=reasons.keys())
    for measure_id, by in reasons.items():
        if by:
            following.pause(decision, by, only={measure_id})
    again = tuple(item for item in back if not reasons[item.id] and is_live(item, following.at))
    if again:
        _tell(following, of, again, {"what": "resumed", **({"reason": reason} if reason else {})})
    return again


def _another_reason(records: Reading, measure: MeasureRow) -> str:
    """A clock that ran out, or an open appeal, by which a measure is to rest; empty where there is none."""
    for clock in _binding(records, measure.decision):
        return clock.id
    for row in records.find(APPEALS, decision=measure.decision):
        if row.state in OPEN and measure.kind in row.rests:
            return row.id
    return ""


def _binding(records: Reading, decision: str) -> tuple[ClockRow, ...]:
    """Clocks of a decision that ran out, let its measures rest, and wait still for what they are for."""
    rows = records.find(CLOCKS, decision=decision, state=ClockState.RAN_OUT.value)
    return tuple(
        row for row in rows if row.consequence == Consequence.SUSPEND_MEASURE and _waits(records, row.of)
    )


def _waits(records: Reading, of: str) -> bool:
    appeal, dispute = records.get(APPEALS, of), records.get(DISPUTES, of)
    if appeal is not None:
        return appeal.state in OPEN
    return dispute is not None and dispute.state is DisputeState.DECIDED


def _rests_by(row: MeasureRow, by: Collection[str]) -> bool:
    return any(pause.end is None and pause.by in by for pause in row.pauses)


def _live(records: Reading, decision: str, at: Instant) -> list[MeasureRow]:
    return [row for row in records.find(MEASURES, decision=decision) if is_live(row, at)]


def _kinds(rows: Collection[MeasureRow]) -> tuple[str, ...]:
    return tuple(sorted({row.kind for row in rows}))


def _tell(following: Following, of: str, measures: Sequence[MeasureRow], facts: dict[str, object]) -> None:
    told = {**facts, "measures": [item.id for item in measures]}
    first = measures[0]
    following.owe(Purpose.PAUSED, first.advertiser, first.decision, of=of, facts=told)


def _body(row: AppealRow, following: Following, reason: str) -> dict[str, Json]:
    return {
        "advertiser": row.advertiser,
        "decision": row.decision,
        "rests": [*row.rests],
        "reason": reason,
        "follows": following.form,
    }
