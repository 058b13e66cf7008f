"""Pages, styles and scripts go compressed over the wire, which is most of what a first view weighs.

Not what programs are told: their answers bear tags that must come back as they went. What a page holds secret is not
found out by its length: Django adds bytes by chance, and the token of a form is another one each time.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

Answering = Callable[[HttpRequest], HttpResponseBase]
FINE = 200
TEXTS = frozenset({"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"})
"""Kinds that shrink; archives and pictures do not."""
OF_PROGRAMS = ("/api/", "/serving/", "/metrics")
STATIC = "/static/"
_WEAK = "W/"


def lighter(answering: Answering) -> Answering:
    """Compress what a browser that takes it so asks for."""
    packing = GZipMiddleware(lambda _request: HttpResponse())

    def answered(request: HttpRequest) -> HttpResponseBase:
        tag = request.META.get("HTTP_IF_NONE_MATCH", "")
        if tag.startswith(_WEAK) and request.path_info.startswith(STATIC):
            request.META["HTTP_IF_NONE_MATCH"] = tag.removeprefix(_WEAK)  # compressing made it weak
        response = answering(request)
        return packing.process_response(request, response) if _shrinks(request, response) else response

    return answered


def _shrinks(request: HttpRequest, response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    is_asked = request.method == "GET" and not request.path_info.startswith(OF_PROGRAMS)
    return is_asked and response.status_code == FINE and kind in TEXTS
