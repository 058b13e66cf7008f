"""What a key is: who answers for it, what it may do, and until when."""

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import reads
from adjudge.api.shapes.shape import Moment, Shape
from adjudge.people.act import Act
from adjudge.people.permission import may
from adjudge.records.shelf import KEYS

_BY_NO_KEY = frozenset({Act.JOIN})
"""What is done by the link of an invitation, before there is a key. (What no key may do, `may` says itself.)"""
router = Router(tags=["people and keys"])


class MyselfShape(Shape):
    """The key with which the request came."""

    key: str
    person: str
    roles: list[str]
    advertiser: str
    acts: list[str]
    expires_at: Moment | None


@reads(router, "/me", act=None, gives=MyselfShape)
def read_myself(request: HttpRequest) -> MyselfShape:
    """Read what the key may do."""
    caller = caller_of(request)
    actor = caller.actor
    with caller.house.records.reading() as records:
        row = records.get(KEYS, actor.key or "")
    return MyselfShape(
        key=actor.key or "",
        person=actor.person,
        roles=sorted(role.value for role in actor.roles),
        advertiser=actor.advertiser,
        acts=[act.value for act in Act if act not in _BY_NO_KEY and may(actor, act, actor.advertiser)],
        expires_at=str(row.expires_at) if row is not None and row.expires_at is not None else None,
    )
