"""The conversation in an appeal over HTTP: read, written in, with documents attached."""

from collections.abc import Sequence
from typing import Annotated

from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.appeals import AttachedShape, MessageShape, MessageToWrite
from adjudge.api.shapes.shape import Page
from adjudge.institution.hearing import talking
from adjudge.institution.hearing.appeal import message_as_read
from adjudge.institution.material.documents import Upload
from adjudge.people.act import Act
from adjudge.records.rows import MessageRow

router = Router(tags=["appeals"])


@reads(router, "/appeals/{appeal_id}/messages", act=Act.READ_APPEAL, gives=Page[MessageShape])
def list_messages(
    request: HttpRequest, appeal_id: str, *, cursor: Cursor = "", limit: Limit = PART
) -> Page[MessageShape]:
    """List what was written in an appeal, in order."""
    caller = caller_of(request)
    rows = talking.messages_of(caller.house, caller.actor, appeal_id)

    def found(after: str, most: int) -> Sequence[MessageRow]:
        first = next((place + 1 for place, row in enumerate(rows) if row.id == after), 0)
        return rows[first : first + most]

    return page_of(
        request, Page[MessageShape], found, MessageShape.model_validate, cursor=cursor, limit=limit
    )


@acts(router, "/appeals/{appeal_id}/messages", act=Act.WRITE, gives=MessageShape, status=201)
def write_message(request: HttpRequest, appeal_id: str, body: MessageToWrite) -> MessageShape:
    """Write in an open appeal. Both sides have it, and what the platform writes is sent."""
    caller = caller_of(request)
    row = talking.write(caller.house, caller.actor, appeal_id, body.text, body.documents)
    return MessageShape.model_validate(message_as_read(row, caller.actor))


@acts(router, "/appeals/{appeal_id}/documents", act=Act.WRITE, gives=AttachedShape, status=201)
def attach_document(
    request: HttpRequest,
    appeal_id: str,
    file: Annotated[UploadedFile, File()],
    title: Annotated[str, Form(max_length=500)],
) -> AttachedShape:
    """Receive a document, and attach it to an open appeal."""
    caller = caller_of(request)
    upload = Upload(content=file.read(), file_name=file.name or "")
    with caller.house.records.writing():  # both acts or none: sent again it would be received once more
        return AttachedShape.of(talking.attach(caller.house, caller.actor, appeal_id, upload, title))
