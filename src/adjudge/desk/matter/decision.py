"""The page of one decision: what is proposed and by whom, what stands in its way, what is or would be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.answers.sheet.letter import letters_as_kept
from adjudge.appeals.states import WAITING
from adjudge.basis.instant import Instant
from adjudge.desk.advertiser.decision import own_decision_page
from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.hearing.measure_lines import measure_lines
from adjudge.desk.matter.meanwhile import told_of_meanwhile
from adjudge.desk.sheet.sheet import told_of
from adjudge.desk.words.hearing import APPEAL_KINDS, APPEAL_STATES, DISPUTE_STATES, NO_ADVANCE, PURPOSES
from adjudge.desk.words.page import DECISION_STATES, role_text
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.deciding.decisions import confirm, give_back, issue, read_decision, sign
from adjudge.institution.deciding.matters import read_matter
from adjudge.institution.hearing.filing import appeal_until
from adjudge.institution.house import time_of
from adjudge.institution.reading.hearing import DecisionHeard, decision_heard
from adjudge.institution.reading.listing import measures_of, names_of
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.reading.sheet import issued_notice, sheet_of
from adjudge.institution.reading.staffing import who_can_sign
from adjudge.institution.record.log import receipt
from adjudge.institution.record.replay import ISSUED, Replayed, replay
from adjudge.ledger.receipt import receipt_bytes
from adjudge.people.act import Act
from adjudge.people.role import Role
from adjudge.records.rows import AppealRow, DecisionRow, DecisionState

REASON = "reason"
"""The part of the address that asks for what a decision rests on."""


def decision_page(visit: Visit, decision_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """A decision as somebody may see it; its advertiser has a page of its own, and so has what it rests on."""
    if visit.actor.advertiser:
        return own_decision_page(visit, decision_id, forms)
    if visit.asked("part") == REASON:
        return _reason(visit, decision_id)
    found = decision_overview(visit.house, visit.actor, decision_id)
    row = found.decision
    waits = row.state is DecisionState.PROPOSED
    may_stand_in = waits and row.author != visit.actor.person
    people = [row.author, row.subject, *(item.person for item in row.signatures)]
    return show(
        visit,
        "matter/decision.html",
        status=forms.status,
        forms=forms,
        row=row,
        matter=read_matter(visit.house, visit.actor, row.matter),
        states=DECISION_STATES,
        names=names_of(visit.house, people),
        part="",
        letters=letters_as_kept(found.statement, issued_notice(row)),
        standing=found.standing,
        needs=[role_text(role, visit.tongue) for role in found.needs],
        roles={item.role: role_text(item.role, visit.tongue) for item in row.signatures},
        may_read_policies=visit.may(Act.READ_PACKAGES),
        measures=measure_lines(
            measures_of(visit.house, visit.actor, row.id), time_of(visit.house), visit.tongue
        ),
        heard=_heard(visit, row),
        appeal_kinds=APPEAL_KINDS,
        appeal_states=APPEAL_STATES,
        dispute_states=DISPUTE_STATES,
        purposes=PURPOSES,
        exceptions={item.value: word for item, word in NO_ADVANCE.items()},
        is_member=bool(visit.actor.advertiser),
        replayed=_replayed(visit, decision_id),
        may_replay=row.issued_at is not None and visit.may(Act.REPLAY, row.advertiser),
        may_confirm=may_stand_in
        and visit.may(Act.CONFIRM, row.advertiser)
        and str(Role.SECOND_REVIEWER) in found.needs,
        may_sign=[
            (role, role_text(role, visit.tongue))
            for role in found.needs
            if may_stand_in and role != Role.SECOND_REVIEWER and role in visit.actor.roles
        ],
        can_sign=_can_sign(visit, row, found.needs),
        may_invite=visit.may(Act.INVITE),
        may_return=waits and visit.may(Act.RETURN, row.advertiser),
        may_issue=waits and not found.standing and visit.may(Act.ISSUE, row.advertiser),
    )


def _reason(visit: Visit, decision_id: str) -> HttpResponseBase:
    """The clauses of the reason and the evidence, as the sheet has them: as of when it was decided, or of now."""
    row = read_decision(visit.house, visit.actor, decision_id)
    found = sheet_of(visit.house, visit.actor, row)
    told = told_of(visit, found, decision=row)
    names = {**told["names"], **names_of(visit.house, [row.author, row.subject])}
    apart_at = f"{reverse('decision', args=[row.id])}?part={REASON}&"
    return show(
        visit,
        "matter/reason.html",
        forms=FRESH,
        row=row,
        is_member=False,
        **{**told, "part": REASON, "names": names, "apart_at": apart_at},
    )


def _can_sign(visit: Visit, row: DecisionRow, needs: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """Each role whose signature is missing, in words, with the people who can give it."""
    able = who_can_sign(visit.house, visit.actor, needs, advertiser=row.advertiser, author=row.author)
    return [(role_text(role, visit.tongue), people) for role, people in able.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What became of a decision that was issued, and what can be done about it from outside.

    `until` says by which day it can be appealed, or that this time is over or has not begun to end. `ended` is the
    appeal after which there is no further one.
    """

    told: DecisionHeard
    until: str
    is_over: bool
    may_file: bool
    ended: AppealRow | None
    may_refer: bool
    open_dispute: str


def _heard(visit: Visit, row: DecisionRow) -> Heard | None:
    """None for a proposal, and for whoever may not read appeals."""
    if row.issued_at is None or not visit.may(Act.READ_APPEAL, row.advertiser):
        return None
    told = decision_heard(visit.house, visit.actor, row.id)
    end, at = appeal_until(visit.house, visit.actor, row.id), time_of(visit.house)
    waiting = [item.id for item in told.disputes if item.state in WAITING]
    may_refer = visit.may(Act.REFER, row.advertiser)
    return Heard(
        told=told,
        until=_until(visit, end, is_over=end is not None and end <= at),
        is_over=end is not None and end <= at,
        may_file=visit.may(Act.FILE, row.advertiser),
        ended=told.ended_by(is_member=bool(visit.actor.advertiser)),
        may_refer=may_refer and not waiting,
        open_dispute=waiting[0] if waiting and may_refer else "",
    )


def _until(visit: Visit, end: Instant | None, *, is_over: bool) -> str:
    tongue = visit.tongue
    if end is None:
        return tongue("Your time to appeal has not begun to end: nothing proves yet that you were informed.")
    until = reckoning_of(visit).until(end)
    if is_over:
        return tongue("It could be appealed {until}. Reasons can still be asked for.", until=until)
    return tongue("It can be appealed {until}.", until=until)


def _replayed(visit: Visit, decision_id: str) -> Replayed | None:
    """The decision made again, where that is asked for."""
    return replay(visit.house, visit.actor, decision_id) if visit.asked("replay") else None


def _act_on(visit: Visit, decision_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    read_decision(visit.house, visit.actor, decision_id)

    def once() -> str:
        try:
            return act()
        except (RefusedError, ConflictError) as error:
            raise told_of_meanwhile(visit, decision_id, error) from error

    address = reverse("decision", args=[decision_id])
    return acting(visit, form, once, address, lambda forms: decision_page(visit, decision_id, forms))


def confirming(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Stand for it as a second person."""

    def act() -> str:
        confirm(visit.house, visit.actor, decision_id, visit.sent("digest"), visit.sent("reason"))
        return visit.tongue("You have confirmed the proposal.")

    return _act_on(visit, decision_id, "confirm", act)


def signing(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Sign it for a role."""

    def act() -> str:
        role, digest, reason = visit.sent("role"), visit.sent("digest"), visit.sent("reason")
        sign(visit.house, visit.actor, decision_id, role, digest, reason=reason)
        return visit.tongue("You have signed the proposal.")

    return _act_on(visit, decision_id, "sign", act)


def returning(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Return it, with reasons."""

    def act() -> str:
        give_back(visit.house, visit.actor, decision_id, visit.sent("reason"))
        return visit.tongue("The proposal is returned.")

    return _act_on(visit, decision_id, "return", act)


def issuing(visit: Visit, decision_id: str) -> HttpResponseBase:
    """Issue it."""

    def act() -> str:
        issue(visit.house, visit.actor, decision_id)
        return visit.tongue("The decision is issued. The notice goes to the advertiser.")

    return _act_on(visit, decision_id, "issue", act)


def receipt_file(visit: Visit, decision_id: str) -> HttpResponseBase:
    """The receipt of an issued decision, to be verified by anybody, anywhere."""
    read_decision(visit.house, visit.actor, decision_id)
    found = receipt(visit.house, visit.actor, decision_id, visit.opened.signer, kinds=tuple(ISSUED))
    response = HttpResponse(receipt_bytes(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{decision_id}.json"'
    return response
