"""What statements say of the platform, over HTTP; and an advertiser's own data, to be taken with it."""

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import streamed
from adjudge.api.endpoint import acts, reads
from adjudge.api.limits import WHOLE, weigh
from adjudge.api.shapes.institution import InstitutionShape, InstitutionToSettle
from adjudge.api.shapes.shape import Bytes
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.institution.data.own.export import MEDIA_TYPE, file_name, own_export
from adjudge.institution.material.subjects import refusal
from adjudge.institution.staff import settling
from adjudge.institution.staff.settlement_file import Settled, read_settled
from adjudge.people.act import Act

router = Router(tags=["institution"])


@reads(router, "/institution", act=Act.READ_PACKAGES, gives=InstitutionShape)
def read_institution(request: HttpRequest) -> InstitutionShape:
    """Read what every statement of reasons says of the platform."""
    caller = caller_of(request)
    return InstitutionShape.model_validate(settling.read_institution(caller.house, caller.actor))


@acts(
    router,
    "/institution",
    act=Act.SETTLE,
    gives=InstitutionShape,
    method="PUT",
    of=read_institution,
    must_match=True,
)
def settle_institution(request: HttpRequest, body: InstitutionToSettle) -> InstitutionShape:
    """Settle it anew. What was sent before keeps what it said."""
    caller, told = caller_of(request), _settled(body)
    row = settling.settle_institution(
        caller.house,
        caller.actor,
        platform=told.platform,
        complaint=told.complaint,
        settlement=told.settlement,
        review=told.review,
        languages=told.languages,
        reason=body.reason,
    )
    return InstitutionShape.model_validate(row)


def _settled(body: InstitutionToSettle) -> Settled:
    """What was sent, read as a file of the same keys would be. Raises RefusedError with what is wrong in it."""
    tree = body.model_dump(mode="json", exclude={"reason"}, exclude_defaults=True)
    log = ProblemLog()
    found = read_settled(node_of(tree, "body"), log)
    if found is None:
        raise refusal(log)
    return found


@reads(router, "/advertisers/{path:advertiser}/export", act=Act.EXPORT_OWN, gives=Bytes, media=[MEDIA_TYPE])
def export_own(request: HttpRequest, advertiser: str, *, language: str = "") -> StreamingHttpResponse:
    """Take out all that is kept of an advertiser and that it may see, as one archive (`adjudge-own/1`).

    `language` is that of its README: by default the one in which the advertiser is written to.
    """
    caller = caller_of(request)
    weigh(request, WHOLE)
    pieces = own_export(caller.house, caller.actor, caller.opened.signer, advertiser, language)
    return streamed(pieces, MEDIA_TYPE, file_name(advertiser))
