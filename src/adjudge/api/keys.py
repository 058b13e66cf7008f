"""Keys over HTTP: listed, rotated, revoked.

None is made here. A key that was lost or copied must not leave others behind when it is revoked: keys are made on the
pages, or on the machine itself (`adjudge.people.act.NEVER_BY_KEY`). What comes by rotation goes with what it replaces.
"""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.people import KeyShape, KeyToRotate, MadeKeyShape, RevokedShape
from adjudge.api.shapes.shape import Page
from adjudge.basis.instant import NANOS, Duration
from adjudge.institution.staff import keys
from adjudge.people.act import Act
from adjudge.people.permission import not_found, permit
from adjudge.records.rows import KeyRow

router = Router(tags=["people and keys"])


@reads(router, "/keys", act=Act.READ_PEOPLE, gives=Page[KeyShape])
def list_keys(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[KeyShape]:
    """List every key, those that were revoked too."""
    caller = caller_of(request)

    def found(after: str, most: int) -> Sequence[KeyRow]:
        return keys.list_keys(caller.house, caller.actor, after=after, most=most)

    return page_of(request, Page[KeyShape], found, KeyShape.model_validate, cursor=cursor, limit=limit)


@reads(router, "/keys/own", act=Act.REVOKE_OWN_KEY, gives=Page[KeyShape])
def list_own_keys(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[KeyShape]:
    """List the keys for which one answers, those of programs too."""
    caller = caller_of(request)
    found = partial(behind, keys.own_keys(caller.house, caller.actor))
    return page_of(request, Page[KeyShape], found, KeyShape.model_validate, cursor=cursor, limit=limit)


@acts(router, "/keys/own/{key_id}/revoke", act=Act.REVOKE_OWN_KEY, gives=RevokedShape)
def revoke_own_key(request: HttpRequest, key_id: str, body: Reason) -> RevokedShape:
    """Revoke a key for which one answers, with all that came in its place: also the one that is sent with this."""
    caller = caller_of(request)
    if not any(key.id == key_id for key in keys.own_keys(caller.house, caller.actor)):
        raise not_found()
    return _revoked(caller, key_id, body.reason)


@acts(router, "/keys/{key_id}/revoke", act=Act.REVOKE_KEY, gives=RevokedShape)
def revoke_key(request: HttpRequest, key_id: str, body: Reason) -> RevokedShape:
    """Revoke anybody's key, with all that came in its place."""
    caller = caller_of(request)
    permit(caller.actor, Act.REVOKE_KEY)
    return _revoked(caller, key_id, body.reason)


def _revoked(caller: Caller, key_id: str, reason: str) -> RevokedShape:
    row = keys.revoke_key(caller.house, caller.actor, key_id, reason)
    also = keys.revoked_with(caller.house, caller.actor, key_id)
    return RevokedShape(**KeyShape.model_validate(row).model_dump(), also=[*also])


@acts(
    router, "/keys/{key_id}/rotate", act=Act.ROTATE_KEY, gives=MadeKeyShape, status=201, secrets=("secret",)
)
def rotate_key(request: HttpRequest, key_id: str, body: KeyToRotate) -> MadeKeyShape:
    """Put a new key in place of one, for the same acts. Its secret is told here and nowhere again.

    A key does so for itself alone. The one before ends after the overlap. Where the new one was lost on the way and
    never used, it can be done again, and what was made the first time is revoked.
    """
    caller = caller_of(request)
    made = keys.rotate_key(
        caller.house,
        caller.actor,
        key_id,
        overlap=Duration(body.overlap_seconds * NANOS),
        expires_at=body.expires_at,
    )
    return MadeKeyShape(**KeyShape.model_validate(made.key).model_dump(), secret=made.secret)
