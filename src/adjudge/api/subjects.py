"""Subjects over HTTP: advertisers and their ads, listed, read and recorded."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router

from adjudge.api.body import exact
from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.material import SubjectShape, SubjectToRecord
from adjudge.api.shapes.shape import Page
from adjudge.institution.binding.approvals import version_in
from adjudge.institution.material import subjects
from adjudge.institution.reading import material
from adjudge.people.act import Act
from adjudge.records.rows import SubjectRow
from adjudge.records.shelf import SUBJECTS

router = Router(tags=["subjects, claims, documents"])


def _shown(row: SubjectRow) -> SubjectShape:
    """With its version as of now."""
    told = {name: getattr(row, name) for name in SubjectShape.model_fields if name != "version"}
    return SubjectShape.model_validate({**told, "version": version_in(row.content)})


@reads(router, "/subjects", act=Act.READ_MATTER, gives=Page[SubjectShape])
def list_subjects(
    request: HttpRequest,
    *,
    advertiser: str = "",
    kind: Literal["advertiser", "ad", ""] = "",
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[SubjectShape]:
    """List advertisers and ads."""
    caller = caller_of(request)
    found = material.found_in(caller.house, caller.actor, SUBJECTS, advertiser, kind=kind)
    return page_of(request, Page[SubjectShape], found, _shown, cursor=cursor, limit=limit)


@reads(router, "/subjects/{path:subject_id}", act=Act.READ_MATTER, gives=SubjectShape)
def read_subject(request: HttpRequest, subject_id: str) -> SubjectShape:
    """Read a subject."""
    caller = caller_of(request)
    return _shown(material.read_subject(caller.house, caller.actor, subject_id))


@acts(router, "/subjects", act=Act.RECORD_SUBJECT, gives=SubjectShape, status=201)
def record_subject(request: HttpRequest, body: SubjectToRecord) -> SubjectShape:
    """Record an advertiser, or an ad of one that is recorded; or record it anew, with other names."""
    caller = caller_of(request)
    return _shown(subjects.record_subject(caller.house, caller.actor, exact(body.subject)))
