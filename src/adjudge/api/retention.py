"""Retention over HTTP: what would go by the rules that are settled, and legal holds, under which nothing goes.

The rules themselves are settled with the procedure.
"""

from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.retention import DueList, DueShape, HoldShape, HoldToMake
from adjudge.api.shapes.shape import Page
from adjudge.institution.binding import holds
from adjudge.institution.keeping.carrying_out import show_due
from adjudge.ledger.entry import Entry
from adjudge.people.act import Act

router = Router(tags=["retention"])


@reads(router, "/retention/due", act=Act.READ_CLOCKS, gives=DueList)
def list_due(request: HttpRequest, *, limit: Limit = PART) -> DueList:
    """List what would go now by the rules of retention, and what stands in its way; nothing is changed.

    The first so many things: what went is not there the next time.
    """
    caller = caller_of(request)
    return DueList(
        items=[
            DueShape(
                rule=item.due.rule,
                id=item.due.id,
                advertiser=item.due.advertiser,
                since=str(item.due.since),
                standing=[caller.tongue.of(told) for told in item.standing],
            )
            for item in show_due(caller.house, caller.actor, most=limit)
        ]
    )


@reads(router, "/holds", act=Act.READ_HOLDS, gives=Page[HoldShape])
def list_holds(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[HoldShape]:
    """List the legal holds that stand, and the entries that say so."""
    caller = caller_of(request)
    found = [_shown(entry, held=True) for entry in holds.list_holds(caller.house, caller.actor)]
    return page_of(
        request, Page[HoldShape], partial(behind, found), lambda item: item, cursor=cursor, limit=limit
    )


@acts(router, "/holds", act=Act.HOLD, gives=HoldShape, status=201)
def make_hold(request: HttpRequest, body: HoldToMake) -> HoldShape:
    """Hold what is kept of a matter, or of an advertiser with all its matters: nothing of it goes."""
    caller = caller_of(request)
    return _shown(holds.hold(caller.house, caller.actor, body.of, body.reason), held=True)


@acts(router, "/holds/{path:of}/release", act=Act.RELEASE, gives=HoldShape)
def release_hold(request: HttpRequest, of: str, body: Reason) -> HoldShape:
    """End a legal hold on a matter, or on an advertiser."""
    caller = caller_of(request)
    return _shown(holds.release(caller.house, caller.actor, of, body.reason), held=False)


def _shown(entry: Entry, *, held: bool) -> HoldShape:
    return HoldShape(id=entry.subject, held=held, entry=entry.seq, at=str(entry.at))
