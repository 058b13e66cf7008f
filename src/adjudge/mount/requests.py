"""Every request seen from outside: its id, its line in the log, what is measured of it, its span.

Not its address, its query or its body, and not where it came from: the template of the address, the method, the status,
how long it took, and who asked by an id that means nothing outside.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from json import JSONDecodeError, loads

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from adjudge.institution.premises import premises
from adjudge.mount.handing import ROUTE, SERVING
from adjudge.mount.probes import PROBES
from adjudge.mount.tracing.spans import request_span
from adjudge.mount.watching import measuring

Answering = Callable[[HttpRequest], HttpResponseBase]
HEADER = "X-Request-Id"
NO_ROUTE, STATIC, OTHER = "(none)", "/static/", "OTHER"
PROBLEM = "application/problem+json"
REFUSED, FAILED = 400, 500
NOT_ITS_OWN = frozenset({405, 429})
"""Statuses of what anybody may send to any address, by whichever method."""
API, OF_PAGES = "/api/", frozenset({"GET", "HEAD", "POST"})
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ID = re.compile(r"[0-9a-fA-F-]{16,64}", re.ASCII)
"""An id that was made by chance, and so says nothing of anybody."""
_CODE = re.compile(r"[a-z][a-z0-9-]{0,60}", re.ASCII)
MOST_CODES = 300
_CODES: set[str] = set()
_logger = structlog.stdlib.get_logger("adjudge.requests")


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that is under way."""

    id: str
    began: int


def watched(answering: Answering) -> Answering:
    """Watch every request, and hand it on."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        seen = Seen(id=request_id(request), began=time.perf_counter_ns())
        request.request_id = seen.id  # type: ignore[attr-defined]  # for answers that name it
        with structlog.contextvars.bound_contextvars(request=seen.id), request_span(request) as span:
            with measuring.under_way():
                response = answering(request)
            route = route_of(request)
            span.name(f"{_method(request)} {route}", route, response.status_code)
            _tell(request, response, route, seen)
        response.headers[HEADER] = seen.id
        return response

    return answered


def request_id(request: HttpRequest) -> str:
    """The id that came with a request, if it is one; else a new one."""
    given = str(request.headers.get(HEADER, ""))
    return given if _ID.fullmatch(given) else premises().house.random(16).hex()


def route_of(request: HttpRequest) -> str:
    """The template of the address: one for all matters, whichever it is."""
    if request.path_info in PROBES:
        return request.path_info
    if request.path_info.startswith(SERVING):
        return ROUTE
    if request.resolver_match is not None:
        return f"/{request.resolver_match.route}"
    return STATIC if request.path_info.startswith(STATIC) else NO_ROUTE


def who_of(request: HttpRequest) -> str:
    """Who asked, as `person:ID` or `key:ID`; empty for a stranger. Nothing is looked up for it."""
    caller = getattr(request, "auth", None)
    actor = getattr(caller, "actor", None)
    if actor is not None:
        return str(actor.name)
    person = getattr(vars(request).get("_cached_user"), "person", "")
    return f"person:{person}" if person else ""


def _method(request: HttpRequest) -> str:
    return request.method if request.method in METHODS else OTHER


def _tell(request: HttpRequest, response: HttpResponseBase, route: str, seen: Seen) -> None:
    """The line, and the figures."""
    took = time.perf_counter_ns() - seen.began
    status, method = response.status_code, _method(request)
    measuring.request_ended(route, _measured(route, method, status), status, took / 1_000_000_000)
    code = problem_code(response)
    if code:
        measuring.problem_told(code)
    # Probes, style sheets and snapshots are asked for all day: they are told where they fail.
    is_usual = route not in {*PROBES, STATIC, ROUTE} or status >= REFUSED
    tell = _logger.warning if status >= FAILED else _logger.info if is_usual else _logger.debug
    told = {"code": code} if code else {}
    tell(
        "request",
        route=route,
        method=method,
        status=status,
        micros=took // 1_000,
        who=who_of(request),
        **told,
    )


def _measured(route: str, method: str, status: int) -> str:
    """The method, as far as it is one of the address: what strangers make up is to fill no metrics."""
    is_own = status not in NOT_ITS_OWN and (route.startswith(API) or method in OF_PAGES)
    return method if is_own else OTHER


def problem_code(response: HttpResponseBase) -> str:
    """The code of the problem that an answer tells of; empty where it tells of none."""
    is_one = response.headers.get("Content-Type", "").startswith(PROBLEM)
    if not is_one or not isinstance(response, HttpResponse):
        return ""
    try:
        found = str(loads(response.content)["code"])
    except (JSONDecodeError, KeyError, TypeError):
        return ""
    return _known(found) if _CODE.fullmatch(found) else OTHER


def _known(code: str) -> str:
    """The code, as long as there are as many as we have: each is a series of its own for whoever keeps them."""
    if len(_CODES) < MOST_CODES:
        _CODES.add(code)
    return code if code in _CODES else OTHER
