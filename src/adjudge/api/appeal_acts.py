"""What is done with an appeal over HTTP: acknowledged, assigned, answered; measures that rest while it is open.

An appeal is decided by a proposal that names it, never here.
"""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.appeals import read_appeal
from adjudge.api.caller import Caller, caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.appeals import AppealShape, AssignableShape, Told
from adjudge.api.shapes.matters import Assignment, Reason
from adjudge.api.shapes.shape import Page
from adjudge.institution.hearing import handling, relief
from adjudge.institution.hearing.appeal import as_read
from adjudge.institution.hearing.reading import read_appeal as row_of
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import AppealRow

router = Router(tags=["appeals"])


def _done(
    request: HttpRequest, act: Act, appeal_id: str, do: Callable[[Caller, int], AppealRow]
) -> AppealShape:
    """Do something with an appeal as it is now; whoever may not do it is told that it is not there."""
    caller = caller_of(request)
    row = row_of(caller.house, caller.actor, appeal_id)
    permit(caller.actor, act, row.advertiser)
    return AppealShape.model_validate(as_read(do(caller, row.seen), caller.actor))


@reads(router, "/appeals/{appeal_id}/assignable", act=Act.ASSIGN_APPEAL, gives=Page[AssignableShape])
def list_assignable(
    request: HttpRequest, appeal_id: str, *, cursor: Cursor = "", limit: Limit = PART
) -> Page[AssignableShape]:
    """List the people to whom an appeal can be assigned: those who took no part in what was decided."""
    caller = caller_of(request)
    people = handling.assignable(caller.house, caller.actor, appeal_id)
    return page_of(
        request,
        Page[AssignableShape],
        partial(behind, people),
        AssignableShape.model_validate,
        cursor=cursor,
        limit=limit,
    )


@acts(
    router,
    "/appeals/{appeal_id}/acknowledge",
    act=Act.ACKNOWLEDGE,
    gives=AppealShape,
    of=read_appeal,
    must_match=True,
)
def acknowledge_appeal(request: HttpRequest, appeal_id: str, body: Told) -> AppealShape:
    """Say that one has read it, and what happens next. It is sent."""
    return _done(
        request,
        Act.ACKNOWLEDGE,
        appeal_id,
        lambda caller, seen: handling.acknowledge(
            caller.house, caller.actor, appeal_id, body.text, seen=seen
        ),
    )


@acts(
    router,
    "/appeals/{appeal_id}/assign",
    act=Act.ASSIGN_APPEAL,
    gives=AppealShape,
    of=read_appeal,
    must_match=True,
)
def assign_appeal(request: HttpRequest, appeal_id: str, body: Assignment) -> AppealShape:
    """Assign an appeal to somebody who took no part in what was decided."""
    return _done(
        request,
        Act.ASSIGN_APPEAL,
        appeal_id,
        lambda caller, seen: handling.assign(
            caller.house, caller.actor, appeal_id, body.person, body.reason, seen=seen
        ),
    )


@acts(
    router,
    "/appeals/{appeal_id}/answer",
    act=Act.ANSWER,
    gives=AppealShape,
    of=read_appeal,
    must_match=True,
)
def answer_request(request: HttpRequest, appeal_id: str, body: Told) -> AppealShape:
    """Answer a request for reasons, in words of its own; the statement is sent anew with it."""
    return _done(
        request,
        Act.ANSWER,
        appeal_id,
        lambda caller, seen: handling.answer_reasons(
            caller.house, caller.actor, appeal_id, body.text, seen=seen
        ),
    )


@acts(
    router,
    "/appeals/{appeal_id}/pause",
    act=Act.PAUSE,
    gives=AppealShape,
    of=read_appeal,
    must_match=True,
)
def pause_measures(request: HttpRequest, appeal_id: str, body: Reason) -> AppealShape:
    """Let the measures of the decision rest while the appeal is open. The advertiser is told why."""
    return _done(
        request,
        Act.PAUSE,
        appeal_id,
        lambda caller, seen: relief.pause(caller.house, caller.actor, appeal_id, body.reason, seen=seen),
    )


@acts(
    router,
    "/appeals/{appeal_id}/resume",
    act=Act.RESUME,
    gives=AppealShape,
    of=read_appeal,
    must_match=True,
)
def resume_measures(request: HttpRequest, appeal_id: str, body: Reason) -> AppealShape:
    """Let measures that rest by the appeal have effect again. The advertiser is told why."""
    return _done(
        request,
        Act.RESUME,
        appeal_id,
        lambda caller, seen: relief.resume(caller.house, caller.actor, appeal_id, body.reason, seen=seen),
    )
