"""Measures that rest while an appeal is open: by what is declared for their kind, or by a person's word with reasons.

A measure that rests for another reason too goes on resting: no end of relief takes back what follows from our silence.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from adjudge.appeals.whose import is_own
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.institution.binding.chain import measures_after
from adjudge.institution.binding.following import Following
from adjudge.institution.binding.measures import is_live
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.deciding.appealed import refuse_hand
from adjudge.institution.deciding.resting import another_reason, binding
from adjudge.institution.hearing.appeal import appeal_row, decided, on_appeal, refuse_changed, refuse_over
from adjudge.institution.house import House, need, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    MeasureRow,
    Purpose,
)
from adjudge.records.shelf import APPEALS, CLOCKS, MEASURES

LONGEST_REASON = 5_000


def pause(house: House, actor: Actor, appeal_id: str, reason: str, *, seen: int | None = None) -> AppealRow:
    """Let the measures of the decision rest while an appeal or a request is open. Its advertiser is told why."""
    with on_appeal(house, actor, Act.PAUSE, appeal_id) as act:
        row, told = appeal_row(act.records, appeal_id), need(reason, say("the reason"), most=LONGEST_REASON)
        refuse_changed(row, seen)
        refuse_over(row)
        refuse_hand(act, decided(act.records, row.decision))
        following = Following(act.records, act.at)
        paused = following.pause(row.decision, row.id)
        live = _live(act.records, row.decision, act.at)
        if not paused:
            message = say("no measure of the decision {decision} has effect", decision=row.decision)
            raise refused("nothing-to-rest", message, say("nothing is to be done"))
        kept = replace(row, rests=_kinds(live), seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        _tell(following, row.id, paused, {"what": "paused", "reason": told})
        act.write(row.id, _body(kept, following), {"reason": told})
    return kept


def resume(house: House, actor: Actor, appeal_id: str, reason: str, *, seen: int | None = None) -> AppealRow:
    """Let measures that rest by an appeal have effect again. Those that rest by a clock that ran out go on resting."""
    with on_appeal(house, actor, Act.RESUME, appeal_id) as act:
        row, told = appeal_row(act.records, appeal_id), need(reason, say("the reason"), most=LONGEST_REASON)
        refuse_changed(row, seen)
        refuse_over(row)
        refuse_hand(act, decided(act.records, row.decision))
        if not row.rests:
            message = say("nothing rests by the appeal {appeal}", appeal=row.id)
            raise refused("nothing-rests", message, say("nothing is to be done"))
        kept = replace(row, rests=(), seen=row.seen + 1)
        act.records.put(APPEALS, kept)
        following = Following(act.records, act.at)
        let_go(following, row.id, row.decision, reason=told)
        act.write(row.id, _body(kept, following), {"reason": told})
    return kept


def begin_relief(following: Following, row: AppealRow) -> tuple[str, ...]:
    """Let measures of the declared kinds rest from the filing of an appeal; those kinds.

    Once for a decision, however often its advertiser withdraws and files anew; and not while handling is suspended.
    """
    if row.kind is not AppealKind.APPEAL or row.held_until is not None or _was_given(following.records, row):
        return ()
    relief = set(procedure_row(following.records).relief)
    reached = [item for item in _live(following.records, row.decision, following.at) if item.kind in relief]
    paused = following.pause(row.decision, row.id, only={item.id for item in reached})
    if paused:
        _tell(following, row.id, paused, {"what": "paused", "declared": True})
    return _kinds(reached)


def _was_given(records: Reading, row: AppealRow) -> bool:
    """Whether measures of the decision rested before by an appeal that its advertiser filed itself."""
    filed = records.find(APPEALS, decision=row.decision)
    own = {item.id for item in filed if item.kind is AppealKind.APPEAL and is_own(item) and item.id != row.id}
    measures = records.find(MEASURES, decision=row.decision)
    return any(pause.by in own for item in measures for pause in item.pauses)


def let_go(following: Following, of: str, decision: str, *, reason: str = "") -> tuple[MeasureRow, ...]:
    """Let measures that rested by an appeal or a dispute, or by its clocks if it is over, have effect again; told.

    Those of the decisions that took its place too. Where something else is a reason for a rest, the measure rests by
    that from here on.
    """
    records = following.records
    lasting = {clock.id for clock in binding(records, decision)}
    own = {of} | ({clock.id for clock in records.find(CLOCKS, of=of)} - lasting)
    resting = [item for item in measures_after(records, decision) if _rests_by(item, own)]
    reasons = {item.id: another_reason(records, item) for item in resting}
    decisions = dict.fromkeys(item.decision for item in resting)
    back = [row for item in decisions for row in following.resume(item, only=reasons.keys())]
    for item in resting:
        if reasons[item.id]:
            following.pause(item.decision, reasons[item.id], only={item.id})
    again = tuple(item for item in back if not reasons[item.id] and is_live(item, following.at))
    if again:
        _tell(following, of, again, {"what": "resumed", **({"reason": reason} if reason else {})})
    return again


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


def _body(row: AppealRow, following: Following) -> dict[str, Json]:
    return {
        "advertiser": row.advertiser,
        "decision": row.decision,
        "rests": [*row.rests],
        "follows": following.form,
    }
