"""Appeals and requests for reasons over HTTP: listed, queued by what is due, read, filed, withdrawn.

What is done with one is in `appeal_acts`, what is written in one in `appeal_talk`.
"""

from collections.abc import Sequence

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import Asked
from adjudge.api.endpoint import acts, reads
from adjudge.api.failure import RequestError
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.appeals import (
    AppealableShape,
    AppealShape,
    AppealToFile,
    AppealWholeShape,
    AttachedShape,
    CountsShape,
    MessageShape,
    QueuedShape,
)
from adjudge.api.shapes.clocks import ClockShape
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.shape import Page
from adjudge.basis.said import say
from adjudge.institution.hearing import filing
from adjudge.institution.hearing.appeal import as_read
from adjudge.institution.hearing.reading import appeals_of
from adjudge.institution.house import refused
from adjudge.institution.reading.hearing import appeal_overview
from adjudge.institution.reading.queues import Which, appeals_named, queue
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.rows import AppealKind, AppealRow, AppealState

router = Router(tags=["appeals"])
OF_MEMBERS = (Which.OPEN, Which.ENDED)
"""Parts of the queue that tell nothing of who works on what."""
LAST_MESSAGES, LAST_DOCUMENTS = 20, 100


@reads(router, "/appeals", act=Act.READ_APPEAL, gives=Page[AppealShape])
def list_appeals(
    request: HttpRequest,
    *,
    advertiser: Asked = "",
    state: AppealState | None = None,
    kind: AppealKind | None = None,
    decision: Asked = "",
    matter: Asked = "",
    assignee: Asked = "",
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[AppealShape]:
    """List the appeals and requests for reasons that one may read."""
    caller = caller_of(request)
    # Whose an appeal is here, an advertiser is not told, and does not find out by asking for it.
    sought = "" if caller.actor.advertiser else assignee
    wanted = {
        "kind": kind.value if kind else "",
        "decision": decision,
        "matter": matter,
        "assignee": sought,
    }

    def found(after: str, most: int) -> Sequence[AppealRow]:
        return appeals_of(
            caller.house,
            caller.actor,
            advertiser=advertiser,
            state=state.value if state else "",
            after=after,
            most=most,
            **wanted,
        )

    return page_of(
        request,
        Page[AppealShape],
        found,
        AppealShape.model_validate,
        cursor=cursor,
        limit=limit,
        keeps=lambda row: assignee in {"", row.assignee},
    )


@reads(router, "/appeals/queue", act=Act.READ_APPEAL, gives=Page[QueuedShape])
def list_queue(
    request: HttpRequest, *, part: Which = Which.OPEN, cursor: Cursor = "", limit: Limit = PART
) -> Page[QueuedShape]:
    """List a part of the queue: what waits by what is due next, what ended the newest first."""
    caller = caller_of(request)
    _refuse_part(caller.actor, part)
    told = queue(caller.house, caller.actor, part)

    def found(after: str, most: int) -> Sequence[AppealRow]:
        ids = _behind(told.ids, after)[:most]
        return appeals_named(caller.house, caller.actor, ids)

    def shown(row: AppealRow) -> QueuedShape:
        due = told.clocks.get(row.id)
        return QueuedShape(
            **AppealShape.model_validate(row).model_dump(),
            due=ClockShape.model_validate(due) if due is not None else None,
            overdue=due is not None and due.id in told.overdue,
        )

    return page_of(request, Page[QueuedShape], found, shown, cursor=cursor, limit=limit)


def _refuse_part(actor: Actor, part: Which) -> None:
    if actor.advertiser and part not in OF_MEMBERS:
        hint = say("choose among: {kinds}", kinds=tuple(str(item) for item in OF_MEMBERS))
        raise refused("bad-value", say("there is no part {part} here", part=str(part)), hint)


def _behind(ids: Sequence[str], after: str) -> Sequence[str]:
    """What comes after an appeal. Raises RequestError where that has left this part meanwhile."""
    if not after:
        return ids
    if after not in ids:
        message = say("the queue has changed since its last part was read")
        raise RequestError(409, "list-changed", message, hint=say("begin anew without a cursor"))
    return ids[ids.index(after) + 1 :]


@reads(router, "/appeals/counts", act=Act.READ_APPEAL, gives=CountsShape)
def count_queue(request: HttpRequest) -> CountsShape:
    """Count the appeals in each part of the queue."""
    caller = caller_of(request)
    counts = queue(caller.house, caller.actor, Which.OPEN).counts
    parts = OF_MEMBERS if caller.actor.advertiser else tuple(Which)
    return CountsShape.model_validate({part.value: counts[part] if part in parts else None for part in Which})


@reads(router, "/appeals/{appeal_id}", act=Act.READ_APPEAL, gives=AppealWholeShape)
def read_appeal(request: HttpRequest, appeal_id: str) -> AppealWholeShape:
    """Read an appeal, or a request for reasons."""
    caller = caller_of(request)
    found = appeal_overview(caller.house, caller.actor, appeal_id)
    attached = list(found.documents.values())[-LAST_DOCUMENTS:]
    return AppealWholeShape(
        **AppealShape.model_validate(found.appeal).model_dump(),
        subject=found.decision.subject,
        clocks=[ClockShape.model_validate(row) for row in found.clocks],
        messages=[MessageShape.model_validate(row) for row in found.messages[-LAST_MESSAGES:]],
        message_count=len(found.messages),
        attached=[AttachedShape.of(row) for row in attached],
        proposal=found.waiting.id if found.waiting is not None else "",
    )


@reads(router, "/decisions/{decision_id}/appealable", act=Act.READ_APPEAL, gives=AppealableShape)
def read_time_to_appeal(request: HttpRequest, decision_id: str) -> AppealableShape:
    """Read until when a decision can be appealed."""
    caller = caller_of(request)
    until = filing.appeal_until(caller.house, caller.actor, decision_id)
    return AppealableShape(id=decision_id, until=str(until) if until is not None else None)


@acts(router, "/appeals", act=Act.FILE, gives=AppealShape, status=201)
def file_appeal(request: HttpRequest, body: AppealToFile) -> AppealShape:
    """File an appeal against a decision, or ask for its reasons. It is free, and needs no form."""
    caller = caller_of(request)
    row = filing.file_appeal(
        caller.house,
        caller.actor,
        body.decision,
        body.points,
        kind=body.kind,
        documents=body.documents,
        language=body.language,
    )
    return AppealShape.model_validate(as_read(row, caller.actor))


@acts(router, "/appeals/{appeal_id}/withdraw", act=Act.WITHDRAW_APPEAL, gives=AppealShape, of=read_appeal)
def withdraw_appeal(request: HttpRequest, appeal_id: str, body: Reason) -> AppealShape:
    """Withdraw one's own appeal or request. One may appeal again in time."""
    caller = caller_of(request)
    row = filing.withdraw(caller.house, caller.actor, appeal_id, body.reason)
    return AppealShape.model_validate(as_read(row, caller.actor))
