"""Files that leave the desk: documents as they came in, always as something to save and never as a page."""

from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase

from adjudge.desk.visit import Visit
from adjudge.institution.material.documents import fetch


def document_file(visit: Visit, document_id: str) -> HttpResponseBase:
    """The bytes of a document. Browsers are told to save them, and to run nothing that may be in them."""
    row, content = fetch(visit.house, visit.actor, document_id)
    response = HttpResponse(content, content_type=row.media_type or "application/octet-stream")
    name = quote(row.file_name or document_id, safe="")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
