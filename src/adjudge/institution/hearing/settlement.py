"""Disputes before a body of out-of-court settlement: brought, decided there, answered here by a decision or reasons.

DSA Art. 21: any certified body, within 90 days; its outcome does not bind, and does not stay without an answer.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from enum import StrEnum

from adjudge.appeals.outcome import is_milder
from adjudge.appeals.states import DISPUTES as TABLE
from adjudge.appeals.states import WAITING, stepped
from adjudge.appeals.whose import ADVERTISER
from adjudge.basis.digest import Json
from adjudge.basis.said import say
from adjudge.clocks.term import ClockKind
from adjudge.errors import ConflictError
from adjudge.institution.binding.following import Following
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.hearing.appeal import PLATFORM, decided, is_member
from adjudge.institution.hearing.attached import own_documents
from adjudge.institution.hearing.relief import LONGEST_REASON, let_go
from adjudge.institution.house import Doing, House, fitting, need, refused
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    DecisionRow,
    DecisionState,
    DisputeRow,
    DisputeState,
    Purpose,
)
from adjudge.records.shelf import APPEALS, DECISIONS, DISPUTES, MEASURES

LONGEST_NAME = 200
LONGEST_OUTCOME = 20_000


class Found(StrEnum):
    """For whom a body of settlement found. What it recommends stands beside it, in its own words."""

    FOR_ADVERTISER = "for_advertiser"
    PARTLY = "partly"
    FOR_PLATFORM = "for_platform"


def refer(  # noqa: PLR0917 - in the order of the form that one fills in
    house: House, actor: Actor, decision_id: str, body: str, reference: str, reason: str
) -> DisputeRow:
    """Record that a dispute about a decision was brought before a body. An appeal before it is not needed."""
    with house.records.reading() as records:
        advertiser = decided(records, decision_id).advertiser
    with doing_in_time(house, actor, Act.REFER, advertiser) as act:
        decision = decided(act.records, decision_id)
        for other in act.records.find(DISPUTES, decision=decision.id):
            if other.state in WAITING:
                message = say("the dispute {dispute} about this decision is not over", dispute=other.id)
                raise ConflictError(message, hint=say("go on there"))
        following = Following(act.records, act.at)
        dispute_id = act.mint("S")
        clock = following.start(ClockKind.SETTLE, dispute_id, decision.id, decision.advertiser)
        row = DisputeRow(
            id=dispute_id,
            state=stepped(TABLE, Act.REFER, None),
            decision=decision.id,
            appeal=_appeal_before(act.records, decision),
            advertiser=decision.advertiser,
            body=need(body, say("the name of the body"), most=LONGEST_NAME),
            reference=fitting(reference.strip(), say("the reference"), most=LONGEST_NAME),
            referred_at=act.at,
            due_at=clock.due_at,
            reason=fitting(reason.strip(), say("the reason"), most=LONGEST_REASON),
        )
        act.records.put(DISPUTES, row)
        told: dict[str, Json] = {"decision": row.decision, "appeal": row.appeal}
        private: dict[str, Json] = {"body": row.body, "reference": row.reference, "reason": row.reason}
        _write(act, row, told, following, private)
    return row


def record_outcome(
    house: House,
    actor: Actor,
    dispute_id: str,
    outcome: str,
    text: str,
    *,
    documents: Sequence[str] = (),
) -> DisputeRow:
    """Record what the body found, in its words. From now on the platform has so long to answer it.

    Either side may, so that the clock does not wait for the one whom it binds; an advertiser names the body's document.
    """
    with _on(house, actor, Act.RECORD_OUTCOME, dispute_id) as act:
        row = dispute_row(act.records, dispute_id)
        state, told = _outcome(row, outcome, text)
        shown = own_documents(act.records, row.advertiser, documents)
        if not shown and is_member(actor):
            message = say("no document of the body is there that shows the outcome")
            raise refused("missing-document", message, say("attach what the body sent"))
        following = Following(act.records, act.at)
        following.stop(row.id, (ClockKind.SETTLE,))
        following.start(ClockKind.CARRY_OUT, row.id, row.decision, row.advertiser)
        kept = replace(
            row,
            state=state,
            outcome=outcome,
            recommended=told,
            decided_at=act.at,
            recorded_by=ADVERTISER if is_member(actor) else PLATFORM,
            documents=shown,
        )
        act.records.put(DISPUTES, kept)
        body: dict[str, Json] = {"outcome": outcome, "by": kept.recorded_by, "documents": [*shown]}
        _write(act, kept, body, following, {"recommended": told})
    return kept


def refuse_outcome(house: House, actor: Actor, dispute_id: str, outcome: str, text: str) -> None:
    """Raise what `record_outcome` would, but for documents: asked before any is received for it."""
    row = read_dispute(house, actor, dispute_id)
    permit(actor, Act.RECORD_OUTCOME, row.advertiser)
    _outcome(row, outcome, text)


def carry_out(house: House, actor: Actor, dispute_id: str, decision_id: str, reason: str) -> DisputeRow:
    """Record by which decision an outcome was carried out: a milder one on the same subject, issued since.

    Where the body found for the platform, any decision in force on the subject carries it out.
    """
    with _on(house, actor, Act.CARRY_OUT, dispute_id) as act:
        row = dispute_row(act.records, dispute_id)
        state = stepped(TABLE, Act.CARRY_OUT, row.state)
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        result = _carrying_out(act.records, row, decision_id)
        return _end(act, replace(row, state=state, result=result.id, reason=told), tell=True)


def not_follow(house: House, actor: Actor, dispute_id: str, reason: str) -> DisputeRow:
    """Record that an outcome is not followed, with reasons, which are sent."""
    with _on(house, actor, Act.NOT_FOLLOW, dispute_id) as act:
        row = dispute_row(act.records, dispute_id)
        state = stepped(TABLE, Act.NOT_FOLLOW, row.state)
        if row.outcome == Found.FOR_PLATFORM:
            message = say("the body found for the platform")
            raise refused("nothing-to-refuse", message, say("record that it was carried out"))
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        return _end(act, replace(row, state=state, reason=told), tell=True)


def end_dispute(house: House, actor: Actor, dispute_id: str, reason: str) -> DisputeRow:
    """Record that a dispute ended without an outcome: withdrawn, or not taken by the body. The reason is told.

    One with an outcome does not end so: that is answered.
    """
    with _on(house, actor, Act.END_DISPUTE, dispute_id) as act:
        row = dispute_row(act.records, dispute_id)
        state = stepped(TABLE, Act.END_DISPUTE, row.state)
        told = need(reason, say("the reason"), most=LONGEST_REASON)
        return _end(act, replace(row, state=state, reason=told), tell=not is_member(actor))


def disputes_of(
    house: House,
    actor: Actor,
    *,
    advertiser: str = "",
    decision: str = "",
    state: str = "",
    after: str = "",
    most: int | None = None,
) -> Sequence[DisputeRow]:
    """Disputes by id: of an advertiser its own, of those who work here all."""
    wanted = actor.advertiser if is_member(actor) else advertiser
    permit(actor, Act.READ_APPEAL, advertiser or wanted)
    asked = {"advertiser": wanted, "decision": decision, "state": state}
    with house.records.reading() as records:
        given = {name: text for name, text in asked.items() if text}
        return records.find(DISPUTES, after=after, most=most, **given)


def read_dispute(house: House, actor: Actor, dispute_id: str) -> DisputeRow:
    """A dispute. Raises NotFoundError."""
    with house.records.reading() as records:
        row = dispute_row(records, dispute_id)
    permit(actor, Act.READ_APPEAL, row.advertiser)
    return row


def dispute_row(records: Reading, dispute_id: str) -> DisputeRow:
    """A dispute. Raises NotFoundError."""
    row = records.get(DISPUTES, dispute_id)
    if row is None:
        raise not_found()
    return row


# --- parts ---


def _on(house: House, actor: Actor, act: Act, dispute_id: str) -> AbstractContextManager[Doing]:
    with house.records.reading() as records:
        advertiser = dispute_row(records, dispute_id).advertiser
    return doing_in_time(house, actor, act, advertiser)


def _outcome(row: DisputeRow, outcome: str, text: str) -> tuple[DisputeState, str]:
    """The state after an outcome, and its words. Raises RefusedError."""
    state = stepped(TABLE, Act.RECORD_OUTCOME, row.state)
    if outcome not in {str(item) for item in Found}:
        message = say("{outcome} is no outcome", outcome=outcome[:100])
        raise refused("bad-value", message, say("choose among: {kinds}", kinds=tuple(str(i) for i in Found)))
    return state, need(text, say("the outcome"), most=LONGEST_OUTCOME)


def _appeal_before(records: Reading, decision: DecisionRow) -> str:
    """The last appeal by which the decision came about, or that was filed against it; empty where there was none."""
    filed = [row for row in records.find(APPEALS, decision=decision.id) if row.kind is AppealKind.APPEAL]
    return filed[-1].id if filed else decision.appeal


def _carrying_out(records: Reading, row: DisputeRow, decision_id: str) -> DecisionRow:
    disputed, found = decided(records, row.decision), records.get(DECISIONS, decision_id)
    if found is None or found.subject != disputed.subject or found.state is not DecisionState.ISSUED:
        message = say("no decision {decision} is in force on this subject", decision=decision_id[:100])
        raise refused("other-subject", message, say("name the decision that carries the outcome out"))
    if row.outcome == Found.FOR_PLATFORM:
        return found
    if found.issued_at is None or row.decided_at is None or found.issued_at < row.decided_at:
        message = say("the decision {decision} was issued before the outcome", decision=found.id)
        raise refused("too-early", message, say("decide anew, and name that decision"))
    before, after = (records.find(MEASURES, decision=item.id) for item in (disputed, found))
    if not is_milder(before, after):
        message = say("the decision {decision} is not milder than the one before the body", decision=found.id)
        hint = say("decide anew as the body found, or say with reasons that its outcome is not followed")
        raise refused("not-carried-out", message, hint)
    return found


def _end(act: Doing, row: DisputeRow, *, tell: bool) -> DisputeRow:
    """End a dispute: its clocks stop, what rested by them has effect again, and it is told."""
    kept = replace(row, ended_at=act.at)
    act.records.put(DISPUTES, kept)
    following = Following(act.records, act.at)
    following.stop(row.id)
    if tell:
        following.owe(
            Purpose.SETTLEMENT,
            row.advertiser,
            row.result or row.decision,
            of=row.id,
            facts={"what": str(row.state)},
        )
    let_go(following, row.id, row.decision)
    _write(act, kept, {"result": row.result}, following, {"reason": row.reason})
    return kept


def _write(
    act: Doing, row: DisputeRow, told: dict[str, Json], following: Following, private: dict[str, Json]
) -> None:
    body = {"advertiser": row.advertiser, **told, "follows": following.form}
    act.write(row.id, body, private)
