"""Errors to answers, in one place: each error's status, its code with a page, and its words for the caller."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from adjudge.api.failure import RequestError
from adjudge.api.form_findings import form_finding
from adjudge.api.shapes.problem import ChangedShape, FoundShape, Problem
from adjudge.api.tongue import tongue_for
from adjudge.basis.said import say
from adjudge.errors import (
    AdjudgeError,
    BugError,
    ConflictError,
    Finding,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from adjudge.institution.premises import premises
from adjudge.people.permission import not_found
from adjudge.tongues.tongue import Tongue

MEDIA_TYPE = "application/problem+json"
RETRY = 2
"""Seconds after which whoever found the database away may ask again."""
_logger = logging.getLogger(__name__)


def as_request_error(error: Exception) -> RequestError:
    """Any error as the answer to the request during which it came."""
    match error:
        case RequestError():
            return error
        case NotFoundError():
            return RequestError(404, "not-found", error.message, hint=error.hint)
        case ConflictError():
            return RequestError(409, "conflict", error.message, hint=error.hint)
        case RefusedError():
            code = error.findings[0].code if error.findings else "refused"
            return RequestError(422, code, error.message, hint=error.hint, findings=error.findings)
        case UnavailableError() | OperationalError() | InterfaceError():
            return _away(error)
        case _:
            return _of_framework(error)


def _away(error: Exception) -> RequestError:
    """What is told where something is away. Its own words, which may name hosts and users, are for the log alone."""
    _logger.warning("a request met what does not answer: %s", str(error).strip())
    hint = say(
        "send it again with its `Idempotency-Key`; an act that bore none may have been done: look first. If it lasts, "
        "tell whoever runs this to look at the database and its disk"
    )
    message = say("something that is needed for it does not answer")
    return RequestError(503, "unavailable", message, hint=hint, headers={"Retry-After": str(RETRY)})


def _of_framework(error: Exception) -> RequestError:
    match error:
        case AuthenticationError():
            hint = say("send `Authorization: Bearer` and the secret of a key that is not over")
            headers = {"WWW-Authenticate": "Bearer"}
            return RequestError(
                401, "no-key", say("the request has no key that holds"), hint=hint, headers=headers
            )
        case ValidationError():
            message = say("what was sent is not what this address takes")
            hint = say("correct what the findings name; the description of the API says what it takes")
            findings = tuple(form_finding(item) for item in error.errors)
            return RequestError(422, "bad-request", message, hint=hint, findings=findings)
        case RequestDataTooBig():
            return too_large()
        case Http404():
            return as_request_error(not_found())
        case HttpError() if isinstance(error.__cause__, RequestError):
            return error.__cause__  # the framework wraps what the reader of bodies says
        case HttpError() if error.status_code == HTTPStatus.BAD_REQUEST:
            hint = say("send JSON in UTF-8, with its length")
            return RequestError(400, "unreadable-body", say("the body cannot be read as JSON"), hint=hint)
        case _:
            _logger.error("a request failed", exc_info=error)
            message = say("this failed, and it is our fault")
            return RequestError(
                500, "bug", message, hint=say("nothing of what you asked for was kept half-done")
            )


def too_large() -> RequestError:
    """More bytes than any address takes."""
    hint = say("send less at once; documents have a limit of their own, `ADJUDGE_LARGEST_UPLOAD`")
    return RequestError(413, "too-large", say("the request is too large"), hint=hint)


def answer_to(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer that tells of an error."""
    told = as_request_error(error if isinstance(error, Exception) else error())
    tongue = tongue_for(request)
    problem = Problem(
        type=page_of(request, told.code),
        title=HTTPStatus(told.status).phrase,
        status=told.status,
        code=told.code,
        detail=tongue.of(told.message),
        hint=tongue.of(told.hint),
        findings=shown_findings(told, tongue),
        changed=[ChangedShape.model_validate(item) for item in told.changed],
        request=str(getattr(request, "request_id", "")),
    )
    response = HttpResponse(problem.model_dump_json(), status=told.status, content_type=MEDIA_TYPE)
    for name, value in told.headers.items():
        response[name] = value
    response["Content-Language"] = tongue.code
    return response


def shown_findings(told: RequestError, tongue: Tongue) -> list[FoundShape]:
    """Findings for the caller, each with its place in what was sent."""
    return [found_shape(item, tongue) for item in told.findings]


def found_shape(item: Finding, tongue: Tongue) -> FoundShape:
    """A finding for the caller."""
    return FoundShape(
        code=item.code,
        message=tongue.of(item.message),
        hint=tongue.of(item.hint),
        where=tongue.of(item.where),
        line=item.line,
        column=item.column,
    )


def page_of(request: HttpRequest, code: str) -> str:
    """The address of the page of a code."""
    base = (
        premises().settings.public_url or f"{request.scheme}://{request.META.get('HTTP_HOST', 'localhost')}"
    )
    return f"{base}/problems/{quote(code, safe='')}"


def handle_errors(api: NinjaAPI) -> None:
    """Have all errors of an API answered here."""
    kinds: Iterable[type[Exception]] = (
        AdjudgeError,
        BugError,
        AuthenticationError,
        ValidationError,
        HttpError,
        Http404,
        RequestDataTooBig,
        OperationalError,
        InterfaceError,
        Exception,
    )
    for kind in kinds:
        api.add_exception_handler(kind, answer_to)
