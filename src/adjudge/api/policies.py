"""Policies over HTTP: their versions, drafted, in the shadow, approved or rejected, put in force and rolled back.

Whoever changes a version names it by its whole digest: what was approved are these bytes and no others.
"""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.policies import (
    Draft,
    EnactmentShape,
    PolicyShape,
    Publication,
    VersionShape,
    WholeVersionShape,
)
from adjudge.api.shapes.shape import Page
from adjudge.institution import packages
from adjudge.institution.reading.package_text import package_from
from adjudge.institution.reading.policies import policy_lines
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import EnactmentRow, VersionRow, VersionState
from adjudge.records.shelf import ENACTMENTS, VERSIONS

router = Router(tags=["policies"])


@reads(router, "/policies", act=Act.READ_PACKAGES, gives=Page[PolicyShape])
def list_policies(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[PolicyShape]:
    """List the policies."""
    caller = caller_of(request)
    found = partial(behind, policy_lines(caller.house, caller.actor))
    return page_of(request, Page[PolicyShape], found, PolicyShape.model_validate, cursor=cursor, limit=limit)


@reads(router, "/policies/{policy_id}/versions", act=Act.READ_PACKAGES, gives=Page[VersionShape])
def list_versions(
    request: HttpRequest,
    policy_id: str,
    *,
    state: VersionState | None = None,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[VersionShape]:
    """List the versions of a policy, without their words."""
    caller = caller_of(request)
    permit(caller.actor, Act.READ_PACKAGES)
    where = {"policy": policy_id, **({"state": state.value} if state else {})}

    def found(after: str, most: int) -> Sequence[VersionRow]:
        with caller.house.records.reading() as records:
            return records.find(VERSIONS, after=after, most=most, **where)

    return page_of(
        request,
        Page[VersionShape],
        found,
        lambda row: VersionShape.model_validate(packages.version_as_told(row, caller.actor)),
        cursor=cursor,
        limit=limit,
        keeps=lambda row: packages.may_see_version(row, caller.actor),
    )


@reads(router, "/policies/{policy_id}/enactments", act=Act.READ_PACKAGES, gives=Page[EnactmentShape])
def list_enactments(
    request: HttpRequest, policy_id: str, *, cursor: Cursor = "", limit: Limit = PART
) -> Page[EnactmentShape]:
    """List from when on each version of a policy applies."""
    caller = caller_of(request)
    permit(caller.actor, Act.READ_PACKAGES)

    def found(after: str, most: int) -> Sequence[EnactmentRow]:
        with caller.house.records.reading() as records:
            return records.find(ENACTMENTS, after=after, most=most, policy=policy_id)

    return page_of(
        request, Page[EnactmentShape], found, EnactmentShape.model_validate, cursor=cursor, limit=limit
    )


@reads(router, "/versions/{path:version_id}", act=Act.READ_PACKAGES, gives=WholeVersionShape)
def read_version(request: HttpRequest, version_id: str) -> WholeVersionShape:
    """Read a version with its words, by its digest, the beginning of it, or `policy@version`."""
    caller = caller_of(request)
    return WholeVersionShape.model_validate(packages.read_version(caller.house, caller.actor, version_id))


@acts(router, "/versions", act=Act.DRAFT, gives=VersionShape, status=201)
def draft_version(request: HttpRequest, body: Draft) -> VersionShape:
    """Hand in a version. It is checked and sealed; what is wrong is told by line and column."""
    caller = caller_of(request)
    package = package_from(caller.house, caller.actor, body.text, body.vocabulary)
    return VersionShape.model_validate(packages.draft(caller.house, caller.actor, package, body.reason))


@acts(
    router,
    "/versions/{path:version_id}/shadow",
    act=Act.SHADOW,
    gives=VersionShape,
    of=read_version,
    must_match=True,
)
def shadow_version(request: HttpRequest, version_id: str, body: Reason) -> VersionShape:
    """Evaluate a version with every matter from now on, without effect."""
    caller = caller_of(request)
    row = packages.shadow(caller.house, caller.actor, version_id, body.reason)
    return VersionShape.model_validate(row)


@acts(
    router,
    "/versions/{path:version_id}/approve",
    act=Act.APPROVE,
    gives=VersionShape,
    of=read_version,
    must_match=True,
)
def approve_version(request: HttpRequest, version_id: str, body: Reason) -> VersionShape:
    """Approve exactly these bytes, as somebody who did not draft them."""
    caller = caller_of(request)
    row = packages.approve(caller.house, caller.actor, version_id, body.reason)
    return VersionShape.model_validate(row)


@acts(
    router,
    "/versions/{path:version_id}/reject",
    act=Act.REJECT,
    gives=VersionShape,
    of=read_version,
    must_match=True,
)
def reject_version(request: HttpRequest, version_id: str, body: Reason) -> VersionShape:
    """Reject a version that waits, with reasons."""
    caller = caller_of(request)
    row = packages.reject(caller.house, caller.actor, version_id, body.reason)
    return VersionShape.model_validate(row)


@acts(
    router,
    "/versions/{path:version_id}/publish",
    act=Act.PUBLISH,
    gives=VersionShape,
    of=read_version,
    must_match=True,
)
def publish_version(request: HttpRequest, version_id: str, body: Publication) -> VersionShape:
    """Put an approved version in force, now or from a later time on."""
    caller = caller_of(request)
    row = packages.publish(caller.house, caller.actor, version_id, body.start, body.reason)
    return VersionShape.model_validate(row)


@acts(
    router,
    "/versions/{path:version_id}/roll-back",
    act=Act.ROLL_BACK,
    gives=VersionShape,
    of=read_version,
    must_match=True,
)
def roll_back_version(request: HttpRequest, version_id: str, body: Reason) -> VersionShape:
    """Roll a version back: from now on the one before it applies again."""
    caller = caller_of(request)
    row = packages.roll_back(caller.house, caller.actor, version_id, body.reason)
    return VersionShape.model_validate(row)
