"""The folder of snapshots, handed on to sidecars on other machines: its files, at `/serving/`.

For whoever holds a key for it; anybody else is answered as one who asks for a page that is not there. What is handed on
is sealed: whoever copies it needs no faith in the way that it came.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from adjudge.enforcement.current import CURRENT, LONGEST, NAME
from adjudge.errors import UnavailableError
from adjudge.institution.premises import premises
from adjudge.mount.bearer import may
from adjudge.people.act import Act

SERVING = "/serving/"
ROUTE = "/serving/{file}"
Answering = Callable[[HttpRequest], HttpResponseBase]


def handing(answering: Answering) -> Answering:
    """Hand files on here, and answer everything else further on."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(SERVING):
            return answering(request)
        if request.method != "GET":
            return HttpResponse(status=405, headers={"Allow": "GET"})
        return _handed(request, request.path_info.removeprefix(SERVING)) or answering(request)

    return answered


def _handed(request: HttpRequest, name: str) -> HttpResponseBase | None:
    opened = premises()
    try:
        if not may(request, opened.house, Act.READ_SNAPSHOT):
            return None
    except UnavailableError:
        return HttpResponse(b"the database does not answer\n", content_type="text/plain", status=503)
    folder = opened.settings.serving
    try:
        if name == CURRENT:
            return _current(request, folder / CURRENT)
        return _file(request, folder / name) if NAME.fullmatch(name) else None
    except OSError:
        return None


def _current(request: HttpRequest, path: Path) -> HttpResponseBase:
    with path.open("rb") as file:
        told = file.read(LONGEST)
    etag = f'"{sha256(told).hexdigest()[:32]}"'
    return _unchanged(request, etag) or HttpResponse(
        told, content_type="application/json", headers={"ETag": etag, "Cache-Control": "no-cache"}
    )


def _file(request: HttpRequest, path: Path) -> HttpResponseBase:
    """A file that is never changed: its name says what it holds."""
    file = path.open("rb")
    found = _unchanged(request, f'"{path.stem}"')
    if found is not None:
        file.close()
        return found
    response = FileResponse(file, content_type="application/octet-stream")
    response.headers["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    response.headers["ETag"] = f'"{path.stem}"'
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def _unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """That nothing has changed, for whoever has it already."""
    known = (part.strip() for part in request.headers.get("If-None-Match", "").split(","))
    return HttpResponseNotModified(headers={"ETag": etag}) if etag in known else None
