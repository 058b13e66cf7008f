"""Misuse of appeals over HTTP: figures, and procedures: warned, suspended, ended."""

from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import Asked
from adjudge.api.clocks import after_day
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.misuse import FiguresShape, MisuseShape, Suspension, WarningToGive
from adjudge.api.shapes.shape import Page
from adjudge.institution.hearing import misuse
from adjudge.people.act import Act
from adjudge.records.rows import MisuseState

router = Router(tags=["misuse"])


@reads(router, "/advertisers/{path:advertiser_id}/misuse-figures", act=Act.READ_APPEAL, gives=FiguresShape)
def read_misuse_figures(request: HttpRequest, advertiser_id: str) -> FiguresShape:
    """Read what the record says of an advertiser's appeals in the year up to now."""
    caller = caller_of(request)
    found = misuse.figures_of(caller.house, caller.actor, advertiser_id)
    return FiguresShape(
        id=advertiser_id,
        filed=found.filed,
        decided=found.decided,
        unfounded=found.unfounded,
        share=found.share,
    )


@reads(router, "/misuse", act=Act.READ_APPEAL, gives=Page[MisuseShape])
def list_misuse_procedures(
    request: HttpRequest,
    *,
    advertiser: Asked = "",
    state: MisuseState | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[MisuseShape]:
    """List the procedures for misuse that one may read."""
    caller = caller_of(request)
    rows = misuse.misuses_of(
        caller.house, caller.actor, advertiser=advertiser, state=state.value if state else ""
    )
    return page_of(
        request,
        Page[MisuseShape],
        partial(behind, rows),
        MisuseShape.model_validate,
        cursor=cursor,
        limit=limit,
    )


@reads(router, "/misuse/{misuse_id}", act=Act.READ_APPEAL, gives=MisuseShape)
def read_misuse_procedure(request: HttpRequest, misuse_id: str) -> MisuseShape:
    """Read a procedure for misuse."""
    caller = caller_of(request)
    return MisuseShape.model_validate(misuse.read_misuse(caller.house, caller.actor, misuse_id))


@acts(router, "/misuse", act=Act.WARN, gives=MisuseShape, status=201)
def warn_of_misuse(request: HttpRequest, body: WarningToGive) -> MisuseShape:
    """Warn an advertiser whose appeals were often found manifestly unfounded."""
    caller = caller_of(request)
    weighed = {"gravity": body.gravity, "intention": body.intention}
    row = misuse.warn(caller.house, caller.actor, body.advertiser, weighed, body.reason)
    return MisuseShape.model_validate(row)


@acts(
    router,
    "/misuse/{misuse_id}/suspend",
    act=Act.SUSPEND_HANDLING,
    gives=MisuseShape,
    of=read_misuse_procedure,
)
def suspend_handling(request: HttpRequest, misuse_id: str, body: Suspension) -> MisuseShape:
    """Suspend the handling of an advertiser's appeals to the end of a day, after a warning by somebody else."""
    caller = caller_of(request)
    row = misuse.suspend(caller.house, caller.actor, misuse_id, after_day(caller, body.until), body.reason)
    return MisuseShape.model_validate(row)


@acts(router, "/misuse/{misuse_id}/end", act=Act.END_MISUSE, gives=MisuseShape, of=read_misuse_procedure)
def end_misuse_procedure(request: HttpRequest, misuse_id: str, body: Reason) -> MisuseShape:
    """End a procedure for misuse. Appeals that were held are handled from now on."""
    caller = caller_of(request)
    return MisuseShape.model_validate(misuse.end_misuse(caller.house, caller.actor, misuse_id, body.reason))
