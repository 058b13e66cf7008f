"""What holds for every answer of the API: problems in one form, whoever made them, and the rate that is left."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from adjudge.api.failure import RequestError
from adjudge.api.limits import refuse_flood
from adjudge.api.problems import MEDIA_TYPE, answer_to, too_large
from adjudge.basis.said import say
from adjudge.people.permission import not_found

Answering = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "/api/"
_FIRST_OF_ERRORS = 400
_OF_WHAT_WAS_SAID = frozenset({"Content-Type", "Content-Length", "Content-Language", "ETag"})


def one_form(answering: Answering) -> Answering:
    """Middleware: an error that the framework or a page of the desk told is told as a problem instead."""

    def formed(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(PREFIX):
            return answering(request)
        if request.method == "HEAD":
            return _head(request, formed)
        response = answering(request)
        response = _counted(request, response)
        if response.status_code >= _FIRST_OF_ERRORS and response.get("Content-Type") != MEDIA_TYPE:
            told = answer_to(request, _error(response.status_code))
            for name, value in response.headers.items():
                if name not in _OF_WHAT_WAS_SAID:
                    told.headers.setdefault(name, value)
            response = told
        for name, value in getattr(request, "rate_limit", {}).items():
            response.headers.setdefault(name, value)
        return response

    return formed


def _head(request: HttpRequest, formed: Answering) -> HttpResponse:
    """What GET would answer, without its body (RFC 9110, 9.3.2)."""
    request.method = "GET"
    try:
        whole = formed(request)
    finally:
        request.method = "HEAD"
    headers = dict(whole.headers)
    if isinstance(whole, HttpResponse):
        headers["Content-Length"] = str(len(whole.content))
    whole.close()
    response = HttpResponse(status=whole.status_code, headers=headers)
    if "Content-Type" not in headers:
        del response["Content-Type"]
    return response


def _counted(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Whoever asks for what is not there is counted too, as a stranger: no address has looked at a key yet."""
    if response.status_code < _FIRST_OF_ERRORS or hasattr(request, "rate_limit"):
        return response
    try:
        refuse_flood(request, "")
    except RequestError as error:
        return answer_to(request, error)
    return response


def _error(status: int) -> Exception:
    match status:
        case 404:
            return not_found()
        case 405:
            hint = say("the description of the API says which methods there are")
            return RequestError(
                405, "method-not-allowed", say("this address takes no such method"), hint=hint
            )
        case 413:
            return too_large()
        case _ if status < 500:  # noqa: PLR2004 - HTTP's own bound
            message = say("what was sent cannot be read")
            return RequestError(status, "unreadable-request", message, hint=say("send it as HTTP has it"))
        case _:
            message = say("this failed, and it is our fault")
            return RequestError(
                500, "bug", message, hint=say("nothing of what you asked for was kept half-done")
            )
