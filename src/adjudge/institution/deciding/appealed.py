"""Decisions on appeal: down the same stairs as any other, by people who took no part, every point answered.

How an appeal ended is told by the measures before and after it; nobody's word makes it a success.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adjudge.appeals.outcome import outcome_of
from adjudge.appeals.states import APPEALS as TABLE
from adjudge.appeals.states import OPEN, ByRule, stepped
from adjudge.appeals.whose import is_own
from adjudge.basis.digest import Json
from adjudge.basis.said import say
from adjudge.errors import Finding
from adjudge.institution.binding.following import Following
from adjudge.institution.house import Doing, refused, write_by_institution
from adjudge.institution.versions import version
from adjudge.matters.proposal import Proposal, proposal_from
from adjudge.people.permission import not_found
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    DecisionRow,
    DecisionState,
    MeasureRow,
    Outcome,
    Purpose,
)
from adjudge.records.shelf import APPEALS, DECISIONS

NOT_OWN = say("an appeal that its advertiser did not file itself is not manifestly unfounded")
_WAS_ISSUED = frozenset({DecisionState.ISSUED, DecisionState.SUPERSEDED, DecisionState.LAPSED})


def appealed(records: Reading, proposal: Proposal, matter: str, subject: str) -> AppealRow | None:
    """The open appeal that a proposal decides; None where it decides none. Raises NotFoundError, RefusedError."""
    if not proposal.appeal:
        return None
    row = records.get(APPEALS, proposal.appeal)
    before = records.get(DECISIONS, row.decision) if row is not None else None
    if row is None or before is None or row.kind is not AppealKind.APPEAL or row.matter != matter:
        raise not_found()
    if before.subject != subject:
        message = say("the appeal {appeal} is about {subject}", appeal=row.id, subject=before.subject)
        raise refused("other-subject", message, say("decide about that one"))
    if row.state not in OPEN:
        message = say("the appeal {appeal} is {state} already", appeal=row.id, state=str(row.state))
        raise refused("appeal-over", message, say("nothing is left to decide in it"))
    return row


def refuse_beside(records: Reading, before: DecisionRow | None, proposal: Proposal) -> None:
    """While an appeal is open, its subject is decided about by deciding the appeal: nobody is passed over."""
    if before is None:
        return
    for row in records.find(APPEALS, decision=before.id):
        if row.kind is AppealKind.APPEAL and row.state in OPEN and row.id != proposal.appeal:
            message = say("the appeal {appeal} against the decision in force is open", appeal=row.id)
            hint = say("decide the appeal: propose with `appeal:` and answer its points")
            raise refused("appeal-open", message, hint)


def refuse_part(act: Doing, decision: DecisionRow, appeal: AppealRow) -> None:
    """Who took part in a decision does not decide the appeal against it. DSA Art. 20(4), Santa Clara Principles.

    Nor does who filed it for its advertiser: nobody decides about what they wrote themselves.
    """
    if act.actor.person == appeal.filed_by:
        message = say("who filed an appeal does not decide it")
        raise refused("own-appeal", message, say("assign it to somebody else"))
    if act.actor.person in took_part(act.records, decision):
        message = say("who took part in the decision does not decide the appeal against it")
        raise refused("took-part", message, say("assign it to somebody else"))


def refuse_hand(act: Doing, decision: DecisionRow) -> None:
    """Who took part in a decision does nothing by which others decide the appeal against it, later or otherwise."""
    if act.actor.person in took_part(act.records, decision):
        message = say("who took part in the decision has no hand in what is filed against it")
        raise refused("took-part", message, say("leave it to somebody who took no part"))


def took_part(records: Reading, decision: DecisionRow) -> frozenset[str]:
    """Who proposed, confirmed, signed or issued a decision, or another one on its subject under the same policy."""
    policy = version(records, decision.package).policy
    found: set[str] = set()
    for row in records.find(DECISIONS, subject=decision.subject):
        if row.state in _WAS_ISSUED and version(records, row.package).policy == policy:
            found |= {row.author, *(item.person for item in row.signatures), row.issued_by}
    return frozenset(found - {""})


def appeal_findings(appeal: AppealRow, proposal: Proposal, author: str) -> Iterator[Finding]:
    """What a proposal lacks that decides an appeal."""
    if appeal.assignee != author:
        message = say("the appeal {appeal} is not assigned to you", appeal=appeal.id)
        yield Finding("not-assigned", message, say("assign it to whoever decides it"))
    if proposal.unfounded and not is_own(appeal):
        yield Finding("not-unfounded", NOT_OWN, say("leave it out"))
    for point in appeal.points:
        if not proposal.replies.get(point.id, "").strip():
            message = say("the point {point} of the appeal has no answer", point=point.id)
            yield Finding("unanswered-point", message, say("write what you answer to it"))
    for name in sorted(set(proposal.replies) - {point.id for point in appeal.points}):
        yield Finding(
            "needless-answer", say("the appeal has no point {point}", point=name), say("leave it out")
        )


def end_appeal(
    act: Doing,
    appeal: AppealRow,
    issued: DecisionRow,
    *,
    before: Sequence[MeasureRow],
    after: Sequence[MeasureRow],
) -> AppealRow:
    """End an appeal by the decision that was just issued: its clocks stop, and its outcome is owed."""
    outcome, proposal = str(outcome_of(before, after)), proposal_from(issued.proposal)
    replies, unfounded = proposal.replies, proposal.unfounded
    if unfounded and outcome != Outcome.UPHELD:
        message = say("an appeal that changes the measures is not manifestly unfounded")
        raise refused("not-unfounded", message, say("return the proposal, and leave this out of the next"))
    if unfounded and not is_own(appeal):
        raise refused("not-unfounded", NOT_OWN, say("return the proposal, and leave this out of the next"))
    following = Following(act.records, act.at)
    following.stop(appeal.id)
    facts = {"outcome": outcome, **({"unfounded": True} if unfounded else {})}
    following.owe(Purpose.OUTCOME, appeal.advertiser, issued.id, of=appeal.id, facts=facts)
    row = replace(
        appeal,
        state=stepped(TABLE, ByRule.DECIDED, appeal.state),
        points=tuple(replace(point, answer=replies.get(point.id, "")) for point in appeal.points),
        ended_at=act.at,
        outcome=outcome,
        result=issued.id,
        unfounded=unfounded,
        seen=appeal.seen + 1,
    )
    act.records.put(APPEALS, row)
    answers: dict[str, Json] = {point.id: point.answer for point in row.points}
    body: dict[str, Json] = {
        "advertiser": row.advertiser,
        "decision": row.decision,
        "result": issued.id,
        "outcome": outcome,
        "unfounded": unfounded,
        "follows": following.form,
    }
    parts = [act.seal({"answers": answers})]
    write_by_institution(act.records, act.at, ByRule.DECIDED, row.id, body, parts=parts)
    return row
