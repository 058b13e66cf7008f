"""Answers for those who look after the program: `/health`, `/ready` and `/metrics`.

They are given before sessions, languages and names of hosts are looked at: whoever asks comes by number, and often.
"""

import json
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from adjudge.desk.premises import premises
from adjudge.mount.readiness import Readiness

Answering = Callable[[HttpRequest], HttpResponseBase]
_HELD: list[Readiness] = []


def probes(answering: Answering) -> Answering:
    """Answer probes here, and everything else further on."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return answering(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return probe(request)

    return answered


def health(_request: HttpRequest) -> HttpResponse:
    """That this process serves. Nothing else is touched: it is also what other answers are measured against."""
    return HttpResponse(b"ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """Whether requests are to be sent here: each check by name; 503 where one does not hold."""
    checks = readiness().checks()
    is_ready = all(checks.values())
    form = {
        "ready": is_ready,
        "checks": [{"name": name, "state": "ok" if holds else "failing"} for name, holds in checks.items()],
    }
    return HttpResponse(
        json.dumps(form) + "\n", content_type="application/json", status=200 if is_ready else 503
    )


def readiness() -> Readiness:
    """That of the institution that is served now."""
    opened = premises()
    if not _HELD or _HELD[0].opened is not opened:
        _HELD[:] = [Readiness(opened)]
    return _HELD[0]


PROBES: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {"/health": health, "/ready": ready}
"""Every address that is answered here."""
