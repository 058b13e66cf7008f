"""The page of one dispute before a body of out-of-court settlement: its pack, its outcome, and our answer to it."""

import json
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.frame.acting import FRESH, Forms, acting, last_day
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.uploads import received, uploads
from adjudge.desk.frame.visit import Visit
from adjudge.desk.hearing.appeals import reckoning_of
from adjudge.desk.words.hearing import DISPUTE_STATES, SETTLED, SIDES
from adjudge.institution.hearing.pack import pack
from adjudge.institution.hearing.settlement import (
    carry_out,
    end_dispute,
    not_follow,
    read_dispute,
    record_outcome,
    refuse_outcome,
)
from adjudge.institution.notifying.packing import pack_letter
from adjudge.institution.reading.hearing import calendar_now, dispute_overview
from adjudge.institution.reading.listing import names_of
from adjudge.institution.ticking.extending import extend
from adjudge.letters.pdf import pdf_of
from adjudge.people.act import Act
from adjudge.people.permission import not_found, permit
from adjudge.records.rows import DisputeState


def dispute_page(visit: Visit, dispute_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """A dispute as somebody may see it."""
    found = dispute_overview(visit.house, visit.actor, dispute_id)
    row = found.dispute

    def may(act: Act, state: DisputeState) -> bool:
        return row.state is state and visit.may(act, row.advertiser)

    return show(
        visit,
        "hearing/dispute.html",
        status=forms.status,
        forms=forms,
        row=row,
        subject=found.decision.subject,
        later=found.later,
        clocks=reckoning_of(visit).lines(found.clocks),
        states=DISPUTE_STATES,
        settled=SETTLED,
        sides=SIDES,
        documents=found.documents,
        is_member=bool(visit.actor.advertiser),
        names=names_of(visit.house, [row.advertiser, found.decision.subject]),
        may_record=may(Act.RECORD_OUTCOME, DisputeState.REFERRED),
        may_end=may(Act.END_DISPUTE, DisputeState.REFERRED),
        may_carry_out=may(Act.CARRY_OUT, DisputeState.DECIDED),
        may_not_follow=may(Act.NOT_FOLLOW, DisputeState.DECIDED) and row.outcome != "for_platform",
        may_extend=visit.may(Act.EXTEND, row.advertiser),
    )


def pack_file(visit: Visit, dispute_id: str, ending: str) -> HttpResponseBase:
    """All that both sides may see, as a file: for people as PDF, for programs as JSON."""
    if ending == "pdf":
        letter = pack_letter(visit.house, visit.actor, dispute_id, visit.tongue.code)
        response = HttpResponse(pdf_of(letter), content_type="application/pdf")
    elif ending == "json":
        found = pack(visit.house, visit.actor, dispute_id)
        content = json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        response = HttpResponse(content.encode(), content_type="application/json")
    else:
        raise not_found()
    response["Content-Disposition"] = f'attachment; filename="dispute-{dispute_id}.{ending}"'
    return response


def _act_on(visit: Visit, dispute_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    read_dispute(visit.house, visit.actor, dispute_id)
    address = reverse("dispute", args=[dispute_id])
    return acting(visit, form, act, address, lambda forms: dispute_page(visit, dispute_id, forms))


def recording_outcome(visit: Visit, dispute_id: str) -> HttpResponseBase:
    """Record how the body decided."""

    def act() -> str:
        outcome, text = visit.sent("outcome"), visit.sent("text")
        refuse_outcome(visit.house, visit.actor, dispute_id, outcome, text)
        row = read_dispute(visit.house, visit.actor, dispute_id)
        language, source = visit.tongue.code, f"dispute:{dispute_id}"
        ids = received(visit, uploads(visit), row.advertiser, language, source)
        record_outcome(visit.house, visit.actor, dispute_id, outcome, text, documents=ids)
        return visit.tongue("The outcome is recorded.")

    return _act_on(visit, dispute_id, "outcome", act)


def carrying_out(visit: Visit, dispute_id: str) -> HttpResponseBase:
    """Record by which decision it was carried out."""

    def act() -> str:
        carry_out(visit.house, visit.actor, dispute_id, visit.sent("decision"), visit.sent("reason"))
        return visit.tongue("It is carried out, and the advertiser is told.")

    return _act_on(visit, dispute_id, "carry_out", act)


def not_following(visit: Visit, dispute_id: str) -> HttpResponseBase:
    """Record that it is not followed."""

    def act() -> str:
        not_follow(visit.house, visit.actor, dispute_id, visit.sent("reason"))
        return visit.tongue("It is not followed, and the advertiser is told why.")

    return _act_on(visit, dispute_id, "not_follow", act)


def ending_dispute(visit: Visit, dispute_id: str) -> HttpResponseBase:
    """Record that it ended without an outcome."""

    def act() -> str:
        end_dispute(visit.house, visit.actor, dispute_id, visit.sent("reason"))
        return visit.tongue("The dispute is ended.")

    return _act_on(visit, dispute_id, "end", act)


def extending_dispute(visit: Visit, dispute_id: str, clock_id: str) -> HttpResponseBase:
    """Give one of its clocks more time."""

    def act() -> str:
        row = read_dispute(visit.house, visit.actor, dispute_id)
        permit(visit.actor, Act.EXTEND, row.advertiser)
        calendar, _ = calendar_now(visit.house)
        due_at = last_day(visit.sent("until"), calendar, say("the day"))
        extend(visit.house, visit.actor, clock_id, due_at, visit.sent("reason"))
        return visit.tongue("More time is given, and the advertiser is told.")

    return _act_on(visit, dispute_id, f"extend:{clock_id}", act)
