"""Files that leave the desk: documents as they came in, an advertiser's own data; to be saved, and never as a page."""

from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from adjudge.desk.frame.visit import Visit
from adjudge.institution.data.own.export import MEDIA_TYPE, file_name, own_export
from adjudge.institution.material.documents import fetch
from adjudge.people.permission import not_found


def document_file(visit: Visit, document_id: str) -> HttpResponseBase:
    """The bytes of a document. Browsers are told to save them, and to run nothing that may be in them."""
    row, content = fetch(visit.house, visit.actor, document_id)
    response = HttpResponse(content, content_type=row.media_type or "application/octet-stream")
    name = quote(row.file_name or document_id, safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def own_data(visit: Visit) -> HttpResponseBase:
    """A member's own export. Raises NotFoundError for whoever belongs to no advertiser."""
    if not visit.actor.advertiser:
        raise not_found()
    return data_of(visit, visit.actor.advertiser)


def data_of(visit: Visit, advertiser: str) -> HttpResponseBase:
    """All that is kept of an advertiser and that it may see, written while it is read."""
    pieces = own_export(visit.house, visit.actor, visit.opened.signer, advertiser, visit.tongue.code)
    response = StreamingHttpResponse(pieces, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{file_name(advertiser)}"'
    return response
