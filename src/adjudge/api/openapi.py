"""The description of the API as it is served: for everybody, made once in a process, and not sent to who has it."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from adjudge.api.caller import anybody
from adjudge.api.failure import RequestError
from adjudge.api.problems import answer_to

MEDIA_TYPE = "application/json"
_READ = frozenset({"GET", "HEAD"})


def description_page(make: Callable[[], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view that serves it. It is made when it is first asked for, since that takes its time."""

    @cache
    def made() -> tuple[bytes, str]:
        content = json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode()
        return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    def openapi(request: HttpRequest) -> HttpResponseBase:
        """Answer somebody whom nobody asks who they are, only not to call too often."""
        try:
            anybody(request)
        except RequestError as error:
            return answer_to(request, error)
        if request.method not in _READ:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        content, tag = made()
        seen = parse_etags(request.headers.get("If-None-Match", ""))
        has_it = "*" in seen or tag in (item.removeprefix("W/") for item in seen)
        response = HttpResponseNotModified() if has_it else HttpResponse(content, content_type=MEDIA_TYPE)
        response["ETag"] = tag
        response["Cache-Control"] = "no-cache"
        return response

    return openapi
