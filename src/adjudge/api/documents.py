"""Documents over HTTP: received with their bytes, listed, read, fetched, and expunged where a person's data must go."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from adjudge.api.body import exact, json_of
from adjudge.api.caller import caller_of
from adjudge.api.choosing import as_file
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.material import DocumentShape, DocumentToReceive
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.shape import Bytes, Page
from adjudge.basis.said import say
from adjudge.institution.house import refused
from adjudge.institution.material import documents
from adjudge.institution.material.documents import TEXT, Upload
from adjudge.institution.reading import material
from adjudge.people.act import Act

router = Router(tags=["subjects, claims, documents"])
_TYPES = ("application/pdf", "image/png", "image/jpeg", TEXT)


@reads(router, "/documents", act=Act.READ_MATTER, gives=Page[DocumentShape])
def list_documents(
    request: HttpRequest, *, advertiser: str = "", cursor: Cursor = "", limit: Limit = PART
) -> Page[DocumentShape]:
    """List documents."""
    caller = caller_of(request)
    found = material.documents_in(caller.house, caller.actor, advertiser)
    return page_of(
        request, Page[DocumentShape], found, DocumentShape.model_validate, cursor=cursor, limit=limit
    )


@acts(router, "/documents", act=Act.RECEIVE_DOCUMENT, gives=DocumentShape, status=201)
def receive_document(
    request: HttpRequest,
    body: Form[DocumentToReceive],
    file: Annotated[UploadedFile | None, File()] = None,
) -> DocumentShape:
    """Receive a document about an advertiser: a PDF, a PNG or JPEG picture, or plain text.

    Without a file it is only described. A form of the type multipart/form-data.
    """
    caller = caller_of(request)
    content = json_of(body.description.encode(errors="replace"), say("the description"))
    if not isinstance(content, dict):
        raise refused(
            "wrong-shape",
            say("the description must be an object of JSON"),
            say("write it with its braces, as JSON has it"),
        )
    upload = None if file is None else Upload(content=file.read(), file_name=file.name or "")
    row = documents.receive(caller.house, caller.actor, body.about, exact(content), upload)
    return DocumentShape.model_validate(row)


@reads(router, "/documents/{path:document_id}/content", act=Act.READ_MATTER, gives=Bytes, media=_TYPES)
def fetch_document(request: HttpRequest, document_id: str) -> HttpResponse:
    """Fetch the bytes of a document, as they came in. They are hostile: open them with care."""
    caller = caller_of(request)
    row, content = documents.fetch(caller.house, caller.actor, document_id)
    return as_file(content, row.media_type or "application/octet-stream", row.file_name or document_id)


@reads(router, "/documents/{path:document_id}", act=Act.READ_MATTER, gives=DocumentShape)
def read_document(request: HttpRequest, document_id: str) -> DocumentShape:
    """Read what is said of a document."""
    caller = caller_of(request)
    return DocumentShape.model_validate(material.read_document(caller.house, caller.actor, document_id))


@acts(router, "/documents/{path:document_id}/expunge", act=Act.EXPUNGE, gives=DocumentShape)
def expunge_document(request: HttpRequest, document_id: str, body: Reason) -> DocumentShape:
    """Expunge the words and bytes of a document. The log shows that it was, and when, and why."""
    caller = caller_of(request)
    row = documents.expunge(caller.house, caller.actor, document_id, body.reason)
    return DocumentShape.model_validate(row)
