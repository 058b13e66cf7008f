"""Answers for those who look after the program: `/health`, `/ready` and `/metrics`.

They are given before sessions, languages and names of hosts are looked at: whoever asks comes by number, and often.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from adjudge.errors import UnavailableError
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import premises
from adjudge.mount.bearer import may
from adjudge.mount.readiness import Readiness
from adjudge.mount.watching.exposition import MEDIA_TYPE, Figures, exposition
from adjudge.people.act import Act

Answering = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class _Held:
    """What is kept between two questions, for one institution."""

    opened: Opened
    readiness: Readiness
    figures: Figures


_HELD: list[_Held] = []


def probes(answering: Answering) -> Answering:
    """Answer probes here, and everything else further on."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return answering(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        # Whoever may not ask is answered as one who asks for a page that is not there.
        return probe(request) or answering(request)

    return answered


def health(_request: HttpRequest) -> HttpResponse:
    """That this process serves. Nothing else is touched: it is also what other answers are measured against."""
    return HttpResponse(b"ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """Whether requests are to be sent here: each check by name; 503 where one does not hold."""
    checks = _held().readiness.checks()
    is_ready = all(checks.values())
    form = {
        "ready": is_ready,
        "checks": [{"name": name, "state": "ok" if holds else "failing"} for name, holds in checks.items()],
    }
    return HttpResponse(
        json.dumps(form) + "\n", content_type="application/json", status=200 if is_ready else 503
    )


def metrics(request: HttpRequest) -> HttpResponse | None:
    """What is measured, for whoever holds a key for it; None for anybody else."""
    house = premises().house
    try:
        if not may(request, house, Act.READ_METRICS):
            return None
    except UnavailableError:
        return HttpResponse(b"the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse(exposition(_held().figures), content_type=MEDIA_TYPE)


def _held() -> _Held:
    """That of the institution that is served now."""
    opened = premises()
    if not _HELD or _HELD[0].opened is not opened:
        _HELD[:] = [_Held(opened, Readiness(opened), Figures(opened.house))]
    return _HELD[0]


PROBES: Mapping[str, Callable[[HttpRequest], HttpResponse | None]] = {
    "/health": health,
    "/ready": ready,
    "/metrics": metrics,
}
"""Every address that is answered here."""
