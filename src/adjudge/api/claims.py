"""Claims over HTTP: listed, read, recorded, withdrawn, and discounted with reasons; none is deleted, none is raised."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.body import exact
from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.material import ClaimShape, ClaimToRecord, Discount
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.shape import Page
from adjudge.institution.material import claims
from adjudge.institution.reading import material
from adjudge.people.act import Act

router = Router(tags=["subjects, claims, documents"])


@reads(router, "/claims", act=Act.READ_MATTER, gives=Page[ClaimShape])
def list_claims(
    request: HttpRequest,
    *,
    subject: str = "",
    advertiser: str = "",
    document: str = "",
    live: bool = False,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[ClaimShape]:
    """List claims; with `live` those alone that were not withdrawn."""
    caller = caller_of(request)
    found = material.claims_in(caller.house, caller.actor, advertiser, subject=subject, document=document)
    return page_of(
        request,
        Page[ClaimShape],
        found,
        ClaimShape.model_validate,
        cursor=cursor,
        limit=limit,
        keeps=lambda row: not live or row.withdrawn_at is None,
    )


@acts(router, "/claims", act=Act.RECORD_CLAIM, gives=ClaimShape, status=201)
def record_claim(request: HttpRequest, body: ClaimToRecord) -> ClaimShape:
    """Record a claim. It is known from now on."""
    caller = caller_of(request)
    row = claims.record_claim(caller.house, caller.actor, body.policy, exact(body.claim))
    return ClaimShape.model_validate(row)


@reads(router, "/claims/{path:claim_id}", act=Act.READ_MATTER, gives=ClaimShape)
def read_claim(request: HttpRequest, claim_id: str) -> ClaimShape:
    """Read a claim, withdrawn or not."""
    caller = caller_of(request)
    return ClaimShape.model_validate(material.read_claim(caller.house, caller.actor, claim_id))


@acts(router, "/claims/{path:claim_id}/withdraw", act=Act.WITHDRAW_CLAIM, gives=ClaimShape, of=read_claim)
def withdraw_claim(request: HttpRequest, claim_id: str, body: Reason) -> ClaimShape:
    """Withdraw a claim from now on. Decisions that rest on it are reopened."""
    caller = caller_of(request)
    row = claims.withdraw_claim(caller.house, caller.actor, claim_id, body.reason)
    return ClaimShape.model_validate(row)


@acts(router, "/claims/{path:claim_id}/discount", act=Act.DISCOUNT, gives=ClaimShape, of=read_claim)
def discount_claim(request: HttpRequest, claim_id: str, body: Discount) -> ClaimShape:
    """Lower the weight of a claim, with reasons. The answer is the claim that takes its place."""
    caller = caller_of(request)
    row = claims.discount(caller.house, caller.actor, claim_id, body.weight, body.reason)
    return ClaimShape.model_validate(row)
