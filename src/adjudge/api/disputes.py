"""Disputes before a body of out-of-court settlement over HTTP: brought, read, packed, decided there, answered here."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import Asked, as_file, chosen
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.appeals import AttachedShape
from adjudge.api.shapes.clocks import ClockShape
from adjudge.api.shapes.disputes import (
    CarryingOut,
    DisputeShape,
    DisputeToRefer,
    DisputeWholeShape,
    OutcomeToRecord,
    PackShape,
)
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.shape import Page
from adjudge.institution.hearing import settlement
from adjudge.institution.hearing.pack import pack
from adjudge.institution.notifying.packing import pack_letter
from adjudge.institution.reading.hearing import dispute_overview
from adjudge.letters.forms import JSON, PDF
from adjudge.letters.pdf import pdf_of
from adjudge.people.act import Act
from adjudge.records.rows import DisputeRow, DisputeState

router = Router(tags=["disputes"])


@reads(router, "/disputes", act=Act.READ_APPEAL, gives=Page[DisputeShape])
def list_disputes(
    request: HttpRequest,
    *,
    advertiser: Asked = "",
    decision: Asked = "",
    state: DisputeState | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[DisputeShape]:
    """List the disputes that one may read."""
    caller = caller_of(request)

    def found(after: str, most: int) -> Sequence[DisputeRow]:
        return settlement.disputes_of(
            caller.house,
            caller.actor,
            advertiser=advertiser,
            decision=decision,
            state=state.value if state else "",
            after=after,
            most=most,
        )

    return page_of(
        request, Page[DisputeShape], found, DisputeShape.model_validate, cursor=cursor, limit=limit
    )


@reads(router, "/disputes/{dispute_id}", act=Act.READ_APPEAL, gives=DisputeWholeShape)
def read_dispute(request: HttpRequest, dispute_id: str) -> DisputeWholeShape:
    """Read a dispute."""
    caller = caller_of(request)
    found = dispute_overview(caller.house, caller.actor, dispute_id)
    return DisputeWholeShape(
        **DisputeShape.model_validate(found.dispute).model_dump(),
        subject=found.decision.subject,
        clocks=[ClockShape.model_validate(row) for row in found.clocks],
        attached=[AttachedShape.of(row) for row in found.documents.values()],
        later=[row.id for row in found.later],
    )


@reads(router, "/disputes/{dispute_id}/pack", act=Act.READ_APPEAL, gives=PackShape, media=(PDF,))
def read_pack(request: HttpRequest, dispute_id: str) -> PackShape | HttpResponse:
    """Read all of a dispute that both sides may see, for the body: as JSON, or as PDF where `Accept` asks for it."""
    caller = caller_of(request)
    found = pack(caller.house, caller.actor, dispute_id)
    if chosen(request, (JSON, PDF)) == JSON:
        return PackShape.model_validate(found)
    letter = pack_letter(caller.house, caller.actor, dispute_id, caller.tongue.code)
    return as_file(pdf_of(letter), PDF, f"dispute-{dispute_id}.pdf")


@acts(router, "/disputes", act=Act.REFER, gives=DisputeShape, status=201)
def refer_dispute(request: HttpRequest, body: DisputeToRefer) -> DisputeShape:
    """Record that a decision was brought before a body. No appeal before it is needed."""
    caller = caller_of(request)
    row = settlement.refer(caller.house, caller.actor, body.decision, body.body, body.reference, body.reason)
    return DisputeShape.model_validate(row)


@acts(
    router,
    "/disputes/{dispute_id}/outcome",
    act=Act.RECORD_OUTCOME,
    gives=DisputeShape,
    of=read_dispute,
)
def record_outcome(request: HttpRequest, dispute_id: str, body: OutcomeToRecord) -> DisputeShape:
    """Record what the body found, in its words. From now on the platform has so long to answer it."""
    caller = caller_of(request)
    row = settlement.record_outcome(
        caller.house, caller.actor, dispute_id, body.outcome.value, body.text, documents=body.documents
    )
    return DisputeShape.model_validate(row)


@acts(router, "/disputes/{dispute_id}/carry-out", act=Act.CARRY_OUT, gives=DisputeShape, of=read_dispute)
def carry_out_outcome(request: HttpRequest, dispute_id: str, body: CarryingOut) -> DisputeShape:
    """Record by which decision an outcome was carried out: a milder one on the same subject, issued since."""
    caller = caller_of(request)
    row = settlement.carry_out(caller.house, caller.actor, dispute_id, body.decision, body.reason)
    return DisputeShape.model_validate(row)


@acts(router, "/disputes/{dispute_id}/not-follow", act=Act.NOT_FOLLOW, gives=DisputeShape, of=read_dispute)
def not_follow_outcome(request: HttpRequest, dispute_id: str, body: Reason) -> DisputeShape:
    """Record that an outcome is not followed, with reasons, which are sent."""
    caller = caller_of(request)
    return DisputeShape.model_validate(
        settlement.not_follow(caller.house, caller.actor, dispute_id, body.reason)
    )


@acts(router, "/disputes/{dispute_id}/end", act=Act.END_DISPUTE, gives=DisputeShape, of=read_dispute)
def end_dispute(request: HttpRequest, dispute_id: str, body: Reason) -> DisputeShape:
    """Record that a dispute ended without an outcome: withdrawn, or not taken by the body."""
    caller = caller_of(request)
    return DisputeShape.model_validate(
        settlement.end_dispute(caller.house, caller.actor, dispute_id, body.reason)
    )
