"""Decisions: proposed, returned, confirmed, signed, issued. None is issued while anything stands in its way.

What is decided is computed again when it is issued: a proposal whose outcome has changed meanwhile is not issued.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from adjudge.answers.answer import Answer, SubjectAnswer
from adjudge.appeals.states import OPEN
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError, Finding, RefusedError
from adjudge.institution.deciding.appealed import (
    appeal_findings,
    appealed,
    refuse_beside,
    refuse_hand,
    refuse_part,
)
from adjudge.institution.deciding.beginning import in_force, infringed_before, timing_of
from adjudge.institution.deciding.bound import basis_of, seen_by
from adjudge.institution.deciding.draft import Prepared, prepare
from adjudge.institution.deciding.issuing import contrary_of, grounds_of, keep_issued
from adjudge.institution.deciding.matters import matter
from adjudge.institution.deciding.running_out import doing_in_time
from adjudge.institution.deciding.undone import refuse_undoing
from adjudge.institution.held_roles import standing_signatures
from adjudge.institution.house import Doing, House, fitting, need, now, refused
from adjudge.institution.looked_at import as_it_stands
from adjudge.institution.material.view import evaluate, found_of, outcome_form
from adjudge.institution.own_words import BY_AUTOMATION
from adjudge.institution.staff.people import refuse_own
from adjudge.matters.advance import advance_findings
from adjudge.matters.departure import departed
from adjudge.matters.gate import (
    AtTheGate,
    applied_rules,
    findings,
    may_automate,
    needs_at,
    proposal_findings,
)
from adjudge.matters.proposal import Proposal, proposal_from
from adjudge.matters.states import ACTIVE, DECISIONS, moved
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, DecisionRow, DecisionState, MatterRow, Signature
from adjudge.records.shelf import APPEALS
from adjudge.records.shelf import DECISIONS as SHELF


def propose(
    house: House, actor: Actor, matter_id: str, subject: str, proposal: Proposal, *, seen: str = ""
) -> DecisionRow:
    """Propose a decision about a subject of a matter. One proposal at a time waits for a subject.

    `seen` is the digest of what its author has read (`bound.seen_by`): ConflictError where something else is found now.
    Empty where it is not known what was read.
    """
    with house.records.reading() as records:
        advertiser = matter(records, matter_id).advertiser
        permit(actor, Act.PROPOSE, advertiser)
    checked = _checked(proposal)
    with doing_in_time(house, actor, Act.PROPOSE, advertiser) as act:
        row = _active(act.records, matter_id)
        _nothing_waits(act.records, subject)
        appeal = _appealed_by(act, checked, row.id, subject)
        answer = evaluate(act.records, row, act.at, act.at, about={subject})
        found = found_of(answer, subject)
        if seen and seen != seen_by(act.records, row, answer, found):
            message = say("what you have read is not what is found now")
            raise ConflictError(
                message, hint=say("what stands below is found now: read it, and propose again")
            )
        left = departed(found, checked)
        lacking = (
            *proposal_findings(found, left, checked),
            *advance_findings(
                left,
                checked,
                infringed_before=infringed_before(act.records, row.advertiser, left, checked),
            ),
            *(appeal_findings(appeal, checked, actor.person) if appeal is not None else ()),
        )
        if lacking:
            raise RefusedError(say("the proposal is not complete"), findings=lacking)
        refuse_undoing(
            act.records, subject, row.policy, left, package=answer.digest, grounds=grounds_of(left)
        )
        outcome, basis = outcome_form(answer, subject), basis_of(act.records, row, answer, left)
        decision = DecisionRow(
            id=act.mint("X"),
            matter=row.id,
            subject=subject,
            advertiser=row.advertiser,
            state=moved(DECISIONS, Act.PROPOSE, None),
            author=actor.person,
            proposed_at=act.at,
            package=answer.digest,
            proposal=dict(checked.tree),
            digest=checked.digest(row.id, subject, basis),
            outcome={"outcome": outcome},
            answer={},
            grounds=grounds_of(left),
            contrary=contrary_of(left),
            appeal=checked.appeal,
        )
        act.records.put(SHELF, decision)
        act.write(
            decision.id,
            {**_names(decision), "digest": decision.digest, "outcome": outcome},
            checked.tree,
            further=[act.seal(basis)],
        )
    return decision


def give_back(house: House, actor: Actor, decision_id: str, reason: str) -> DecisionRow:
    """Return a proposal with reasons; its author may withdraw it so.

    One that decides an appeal is not returned by who took part in the decision appealed against.
    """
    with _on(house, actor, Act.RETURN, decision_id) as act:
        row = decision(act.records, decision_id)
        _refuse_hand(act, row)
        told = need(reason, say("the reason"))
        returned = replace(row, state=moved(DECISIONS, Act.RETURN, row.state), reason=told)
        act.records.put(SHELF, returned)
        act.write(row.id, {**_names(row), "reason": told})
    return returned


def confirm(house: House, actor: Actor, decision_id: str, digest: str, reason: str) -> DecisionRow:
    """Confirm somebody else's proposal. `digest` is that of what was read: another proposal is not confirmed by it."""
    return _sign(house, actor, Act.CONFIRM, decision_id, (str(Role.SECOND_REVIEWER), digest, reason))


def sign(house: House, actor: Actor, decision_id: str, role: str, digest: str, *, reason: str) -> DecisionRow:
    """Sign a proposal for a role that one has; a further signature than rules ask for is kept too."""
    if role not in actor.roles:
        raise not_found()
    return _sign(house, actor, Act.SIGN, decision_id, (role, digest, reason))


def _sign(
    house: House, actor: Actor, what: Act, decision_id: str, signing: tuple[str, str, str]
) -> DecisionRow:
    role, digest, reason = signing
    with _on(house, actor, what, decision_id) as act:
        row = decision(act.records, decision_id)
        state = moved(DECISIONS, what, row.state)
        refuse_own(act, row.author)
        _appealed_by(act, proposal_from(row.proposal), row.matter, row.subject)
        if digest != row.digest:
            message = say("what you have read is not what is proposed now")
            raise ConflictError(message, hint=say("read the proposal again"))
        if any((item.role, item.person) == (role, actor.person) for item in row.signatures):
            raise ConflictError(say("you have signed it already"))
        told = need(reason, say("the reason"))
        signature = Signature(role=role, person=actor.person, at=act.at, reason=told)
        signed = replace(row, state=state, signatures=(*row.signatures, signature))
        act.records.put(SHELF, signed)
        act.write(row.id, {**_names(row), "role": role, "digest": digest, "reason": told})
    return signed


def issue(house: House, actor: Actor, decision_id: str) -> DecisionRow:
    """Issue a decision. Raises RefusedError with everything that stands in its way, ConflictError if it was issued."""
    with house.records.reading() as records:
        row = decision(records, decision_id)
        permit(actor, Act.ISSUE, row.advertiser)
        moved(DECISIONS, Act.ISSUE, row.state)
        # The reasons take their time: they are computed before others are kept from writing.
        ready, seen = ready_of(records, row, now(house, records)), row
    with doing_in_time(house, actor, Act.ISSUE, row.advertiser) as act:
        row = decision(act.records, decision_id)
        state = moved(DECISIONS, Act.ISSUE, row.state)
        answer = _unchanged(act.records, row, act.at)
        if row != seen or not _still(act.records, ready, answer):  # somebody wrote meanwhile
            ready = ready_of(act.records, row, act.at)
        _appealed_by(act, ready.proposal, row.matter, row.subject)
        _refuse_undoing(act, row.subject, ready)
        signed = standing_signatures(act.records, row)
        ready = replace(ready, signatures=signed)
        stands = findings(gate_of(ready, row))
        if stands:
            raise RefusedError(say("the decision cannot be issued yet"), findings=stands)
        return keep_issued(act, replace(row, state=state, signatures=signed, issued_by=actor.person), ready)


def standing_in_the_way(house: House, actor: Actor, decision_id: str) -> tuple[Finding, ...]:
    """What would be said if one tried to issue a proposal now; empty where nothing stands in its way."""
    row = read_decision(house, actor, decision_id)
    with house.records.reading() as records:
        if row.state is not DecisionState.PROPOSED:
            return ()
        ready = ready_of(records, row, now(house, records))
    return findings(gate_of(ready, row))


def automate(house: House, actor: Actor, matter_id: str, subject: str) -> DecisionRow:
    """Issue what automation may decide by itself, and say so. Refused where any rule asks for a person.

    And where the decision in force was made on the same grounds: done twice, it would decide nothing new.
    """
    with house.records.reading() as records:
        row = _active(records, matter_id)
        permit(actor, Act.AUTOMATE, row.advertiser)
        ready = prepare(
            records, row, subject, Proposal(reason=BY_AUTOMATION), now(house, records), automated=True
        )
    with doing_in_time(house, actor, Act.AUTOMATE, row.advertiser) as act:
        _active(act.records, matter_id)
        _nothing_waits(act.records, subject)
        answer = evaluate(act.records, row, act.at, act.at, about={subject})
        outcome = outcome_form(answer, subject)
        if outcome != ready.outcome or not _still(act.records, ready, answer):
            raise _changed()
        if not may_automate(ready.left):
            message = say("a person must decide here")
            raise refused("person-needed", message, say("propose a decision"))
        proposal = Proposal(reason=BY_AUTOMATION)
        _appealed_by(act, proposal, row.id, subject)
        _nothing_of_the_same_grounds(act.records, row, ready)
        _refuse_undoing(act, subject, ready, automated=True)
        automated = DecisionRow(
            id=act.mint("X"),
            matter=row.id,
            subject=subject,
            advertiser=row.advertiser,
            state=moved(DECISIONS, Act.AUTOMATE, None),
            author=actor.person,
            proposed_at=act.at,
            package=answer.digest,
            proposal=dict(proposal.tree),
            digest=proposal.digest(row.id, subject, basis_of(act.records, row, answer, ready.left)),
            outcome={"outcome": outcome},
            answer={},
            automated=True,
        )
        # A claim that counts against it wants an answer in somebody's words: automation has none.
        stands = findings(gate_of(ready, automated))
        if stands:
            raise RefusedError(say("automation cannot issue this decision"), findings=stands)
        return keep_issued(act, automated, ready)


# --- parts ---


def _appealed_by(act: Doing, proposal: Proposal, matter_id: str, subject: str) -> AppealRow | None:
    """The appeal that a proposal decides; refused where whoever acts took part in the decision appealed against."""
    policy = matter(act.records, matter_id).policy
    refuse_beside(act.records, in_force(act.records, subject, policy), proposal)
    appeal = appealed(act.records, proposal, matter_id, subject)
    if appeal is not None:
        refuse_part(act, decision(act.records, appeal.decision), appeal)
    return appeal


def _refuse_hand(act: Doing, row: DecisionRow) -> None:
    """Whoever took part in what is appealed against does not stop the proposal of those who took none."""
    appeal = act.records.get(APPEALS, row.appeal) if row.appeal else None
    if appeal is not None and appeal.state in OPEN and act.actor.person != row.author:
        refuse_hand(act, decision(act.records, appeal.decision))


def _refuse_undoing(act: Doing, subject: str, ready: Prepared, *, automated: bool = False) -> None:
    """What was undone is not imposed again, unless something is new."""
    package, grounds = ready.answer.digest, grounds_of(ready.left)
    refuse_undoing(
        act.records,
        subject,
        ready.answer.package.id,
        ready.left,
        package=package,
        grounds=grounds,
        automated=automated,
    )


def ready_of(records: Reading, row: DecisionRow, at: Instant, *, answer: Answer | None = None) -> Prepared:
    """A proposal made ready with the signatures that it bears; `answer` as in `prepare`."""
    signatures = standing_signatures(records, row)
    signed = [item.role for item in signatures]
    held, proposal = matter(records, row.matter), proposal_from(row.proposal)
    ready = prepare(records, held, row.subject, proposal, at, signed=signed, answer=answer)
    return replace(ready, signatures=signatures)


def ready_to_read(
    house: House, records: Reading, row: DecisionRow, at: Instant, *, answer: Answer | None = None
) -> Prepared:
    """The same for whoever only reads it: as it was made ready a moment ago, if nothing was written since then."""
    key = ("ready", row.id, as_it_stands(records, at))
    # Read again: the row at hand may be from before what the key says was written.
    return house.looked_at.once(key, lambda: ready_of(records, decision(records, row.id), at, answer=answer))


def gate_of(ready: Prepared, row: DecisionRow) -> AtTheGate:
    """What would be issued, with who has signed."""
    return AtTheGate(
        found=ready.found,
        left=ready.left,
        proposal=ready.proposal,
        author=row.author,
        signatures=ready.signatures,
        examination=ready.examination,
        compared=ready.compared,
        infringed_before=ready.infringed_before,
    )


def open_needs(house: House, actor: Actor, decision_id: str) -> tuple[str, ...]:
    """The roles whose signature a proposal still waits for."""
    row = read_decision(house, actor, decision_id)
    with house.records.reading() as records:
        found = house.looked_at.once(
            ("proposed", row.id, as_it_stands(records, row.proposed_at)), lambda: _found_then(records, row)
        )
        signatures = standing_signatures(records, row)
    proposal = proposal_from(row.proposal)
    gate = AtTheGate(
        found=found,
        left=departed(found, proposal),
        proposal=proposal,
        author=row.author,
        signatures=signatures,
        examination=None,
        compared=False,
    )
    return needs_at(gate).open(signatures, row.author)


def _found_then(records: Reading, row: DecisionRow) -> SubjectAnswer:
    """What was found when it was proposed."""
    held, at = matter(records, row.matter), row.proposed_at
    answer = evaluate(records, held, at, at, about={row.subject})
    return found_of(answer, row.subject)


def _unchanged(records: Reading, row: DecisionRow, at: Instant) -> Answer:
    """All upon which it was proposed and signed is still so. Raises ConflictError."""
    held, proposal = _active(records, row.matter), proposal_from(row.proposal)
    answer = evaluate(records, held, at, at, about={row.subject})
    left = departed(found_of(answer, row.subject), proposal)
    if proposal.digest(row.matter, row.subject, basis_of(records, held, answer, left)) != row.digest:
        raise _changed()
    return answer


def _still(records: Reading, ready: Prepared, answer: Answer) -> bool:
    """Whether what was made ready outside of the lock rests on what is so now."""
    subject, policy = str(ready.found.party.subject.id), ready.answer.package.id
    timing = timing_of(records, subject, policy, ready.proposal)
    return answer.case == ready.answer.case and timing == ready.timing


def _changed() -> ConflictError:
    message = say("what it rests on has changed since it was proposed")
    return ConflictError(
        message, hint=say("look at the matter again; return this proposal and make another one")
    )


def _checked(proposal: Proposal) -> Proposal:
    """The proposal with texts that can be written down."""
    return replace(
        proposal,
        reason=need(proposal.reason, say("the reason")),
        answers={
            claim: fitting(text.strip(), say("the answer to {claim}", claim=claim), most=5_000)
            for claim, text in proposal.answers.items()
        },
        milder=fitting(proposal.milder.strip(), say("how milder measures were weighed"), most=10_000),
        rights=fitting(proposal.rights.strip(), say("how rights were considered"), most=10_000),
        why_departing=fitting(proposal.why_departing.strip(), say("why it departs"), most=10_000),
        wording=fitting(proposal.wording, say("the statement of reasons")),
        why_no_advance=fitting(
            proposal.why_no_advance.strip(), say("why there is no advance notice"), most=10_000
        ),
        replies={
            point: fitting(text.strip(), say("the answer to {claim}", claim=point), most=5_000)
            for point, text in proposal.replies.items()
        },
    )


def _active(records: Reading, matter_id: str) -> MatterRow:
    row = matter(records, matter_id)
    if row.state not in ACTIVE:
        message = say("the matter {matter} is closed", matter=row.id)
        raise refused("closed-matter", message, say("reopen it, with reasons"))
    return row


def _nothing_waits(records: Reading, subject: str) -> None:
    """Two decisions are never held on one subject: the second would not know of the first."""
    waiting = records.find(SHELF, subject=subject, state=DecisionState.PROPOSED.value)
    if waiting:
        message = say("the proposal {decision} waits on this subject", decision=waiting[0].id)
        raise ConflictError(message, hint=say("issue it or return it first"))


def _nothing_of_the_same_grounds(records: Reading, row: MatterRow, ready: Prepared) -> None:
    """Automation does not decide again what is decided, nor over a person who departed from the same outcome."""
    before = in_force(records, str(ready.found.party.subject.id), ready.answer.package.id)
    if before is None or before.package != ready.answer.digest:
        return
    same_place = matter(records, before.matter).territory == row.territory
    rules = tuple(item.rule.id for item in applied_rules(ready.left))
    same_grounds = (before.rules, before.grounds) == (rules, grounds_of(ready.left))
    departed_from_it = bool(before.proposal.get("instead")) and before.outcome["outcome"] == ready.outcome
    if not (same_place and (same_grounds or departed_from_it)):
        return
    if before.automated:
        message = say(
            "a decision of automation on the same grounds is in force: {decision}", decision=before.id
        )
    else:
        message = say("a person's decision on the same grounds is in force: {decision}", decision=before.id)
    raise ConflictError(message, hint=say("automation decides anew on other grounds only"))


def _names(row: DecisionRow) -> dict[str, Json]:
    return {"matter": row.matter, "subject": row.subject, "advertiser": row.advertiser}


def _on(house: House, actor: Actor, act: Act, decision_id: str) -> AbstractContextManager[Doing]:
    with house.records.reading() as records:
        row = decision(records, decision_id)
    return doing_in_time(house, actor, act, row.advertiser)


def decision(records: Reading, decision_id: str) -> DecisionRow:
    """A decision. Raises NotFoundError."""
    row = records.get(SHELF, decision_id)
    if row is None:
        raise not_found()
    return row


def read_decision(house: House, actor: Actor, decision_id: str) -> DecisionRow:
    """A decision for somebody who may read its matter; a member sees those that were issued."""
    with house.records.reading() as records:
        row = decision(records, decision_id)
    permit(actor, Act.READ_MATTER, row.advertiser)
    if row.issued_at is None and actor.advertiser:
        raise not_found()
    return row


def decisions_of(house: House, actor: Actor, matter_id: str) -> Sequence[DecisionRow]:
    """The decisions of a matter, oldest first, those only that the actor may see."""
    with house.records.reading() as records:
        row = matter(records, matter_id)
        permit(actor, Act.READ_MATTER, row.advertiser)
        found = records.find(SHELF, matter=matter_id)
    return [item for item in found if item.issued_at is not None or not actor.advertiser]
