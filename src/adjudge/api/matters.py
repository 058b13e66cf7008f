"""Matters over HTTP: listed, opened, assigned, closed and reopened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.choosing import Asked
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.matters import Assignment, MatterShape, MatterToOpen, Reason
from adjudge.api.shapes.shape import Page
from adjudge.institution.deciding import matters
from adjudge.institution.queue.asked import Asked as AskedOfQueue
from adjudge.institution.queue.asked import Order, View, asked_from
from adjudge.institution.queue.digits import WAITERS
from adjudge.institution.reading.queued import key_of, queue_page
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.rows import MatterRow, MatterState
from adjudge.records.shelf import MATTERS

router = Router(tags=["matters"])


class Waiter(StrEnum):
    """For whom a matter can wait."""

    REVIEWER, SECOND_REVIEWER, LEGAL, APPEALS, ADVERTISER = WAITERS


def _shown(row: MatterRow, actor: Actor) -> MatterShape:
    """As its reader may have it: an advertiser is not told who here works on what."""
    return MatterShape.model_validate(replace(row, assignee="") if actor.advertiser else row)


@reads(router, "/matters", act=Act.READ_MATTER, gives=Page[MatterShape])
def list_matters(
    request: HttpRequest,
    *,
    state: MatterState | None = None,
    advertiser: str = "",
    assignee: str = "",
    policy: str = "",
    territory: Asked = "",
    view: View | None = None,
    waiting: Waiter | None = None,
    sort: Order | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[MatterShape]:
    """List the matters that one may read: by their ids, or as the queue has them.

    `view` is a part of the queue, `waiting` for whom its matters wait, and `sort` what stands first in it. Advertisers
    are told of the views `open` and `all`, the newest or the oldest first.
    """
    caller = caller_of(request)
    whose = advertiser or caller.actor.advertiser
    permit(caller.actor, Act.READ_MATTER, whose)
    if view or waiting or sort or territory:
        told = {
            "view": (View.WAITING if waiting else view or View.ALL).value,
            "on": waiting.value if waiting else "",
            "order": (sort or Order.OLDEST).value,
            "state": state.value if state else "",
            "policy": policy,
            "advertiser": whose,
            "territory": territory,
        }
        return _queued(request, asked_from(told, caller.actor), assignee, cursor, limit)
    # Who works on what here, an advertiser is not told, and does not find out by asking for it.
    sought = "" if caller.actor.advertiser else assignee
    wanted = {"advertiser": whose, "state": state.value if state else "", "assignee": sought}
    where = {name: value for name, value in wanted.items() if value}

    def found(after: str, most: int) -> Sequence[MatterRow]:
        with caller.house.records.reading() as records:
            return records.find(MATTERS, after=after, most=most, **where)

    return page_of(
        request,
        Page[MatterShape],
        found,
        lambda row: _shown(row, caller.actor),
        cursor=cursor,
        limit=limit,
        keeps=lambda row: policy in {"", row.policy} and assignee in {"", sought},
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A matter of the queue; its id here is where it stands, by which a part of the list goes on."""

    id: str
    row: MatterRow


def _queued(
    request: HttpRequest, asked: AskedOfQueue, assignee: str, cursor: str, limit: int
) -> Page[MatterShape]:
    """A part of the queue."""
    caller = caller_of(request)

    def found(after: str, most: int) -> Sequence[_Placed]:
        value, stop, key = after.partition(" ")
        page = queue_page(caller.house, caller.actor, asked, after=(value, key) if stop else None, most=most)
        return [_Placed(" ".join(key_of(asked, item.place)), item.matter) for item in page.rows]

    return page_of(
        request,
        Page[MatterShape],
        found,
        lambda item: _shown(item.row, caller.actor),
        cursor=cursor,
        limit=limit,
        keeps=lambda item: not assignee or (not caller.actor.advertiser and assignee == item.row.assignee),
    )


@reads(router, "/matters/{matter_id}", act=Act.READ_MATTER, gives=MatterShape)
def read_matter(request: HttpRequest, matter_id: str) -> MatterShape:
    """Read a matter."""
    caller = caller_of(request)
    return _shown(matters.read_matter(caller.house, caller.actor, matter_id), caller.actor)


@acts(router, "/matters", act=Act.OPEN, gives=MatterShape, status=201)
def open_matter(request: HttpRequest, body: MatterToOpen) -> MatterShape:
    """Open a matter. An advertiser has one at a time under a policy."""
    caller = caller_of(request)
    row = matters.open_matter(
        caller.house,
        caller.actor,
        body.advertiser,
        body.policy,
        reason=body.reason,
        territory=body.territory,
        title=body.title,
    )
    return _shown(row, caller.actor)


@acts(
    router,
    "/matters/{matter_id}/assign",
    act=Act.ASSIGN,
    gives=MatterShape,
    of=read_matter,
    must_match=True,
)
def assign_matter(request: HttpRequest, matter_id: str, body: Assignment) -> MatterShape:
    """Assign a matter to somebody who may work on it."""
    caller = caller_of(request)
    seen = matters.read_matter(caller.house, caller.actor, matter_id).seen
    row = matters.assign(caller.house, caller.actor, matter_id, body.person, reason=body.reason, seen=seen)
    return _shown(row, caller.actor)


@acts(router, "/matters/{matter_id}/close", act=Act.CLOSE, gives=MatterShape, of=read_matter, must_match=True)
def close_matter(request: HttpRequest, matter_id: str, body: Reason) -> MatterShape:
    """Close a matter in which nothing waits for anybody."""
    caller = caller_of(request)
    seen = matters.read_matter(caller.house, caller.actor, matter_id).seen
    row = matters.close(caller.house, caller.actor, matter_id, reason=body.reason, seen=seen)
    return _shown(row, caller.actor)


@acts(
    router, "/matters/{matter_id}/reopen", act=Act.REOPEN, gives=MatterShape, of=read_matter, must_match=True
)
def reopen_matter(request: HttpRequest, matter_id: str, body: Reason) -> MatterShape:
    """Reopen a matter."""
    caller = caller_of(request)
    seen = matters.read_matter(caller.house, caller.actor, matter_id).seen
    row = matters.reopen(caller.house, caller.actor, matter_id, reason=body.reason, seen=seen)
    return _shown(row, caller.actor)
