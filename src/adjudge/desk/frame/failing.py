"""Pages that say that something is not there, was refused, or failed; in the words of whoever said so."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from adjudge.basis.said import say
from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.kept import keeps, kept_page
from adjudge.errors import (
    AdjudgeError,
    BugError,
    ConflictError,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from adjudge.people.permission import not_found

STATUS: dict[type[AdjudgeError], int] = {
    NotFoundError: 404,
    ConflictError: 409,
    RefusedError: 422,
    UnavailableError: 503,
    BugError: 500,
}


def told(request: HttpRequest, error: AdjudgeError, status: int = 0) -> HttpResponse:
    """A page that says what went wrong and what to do, with the status that programs understand."""
    findings = error.findings if isinstance(error, RefusedError) else ()
    found = status or STATUS.get(type(error), 500)
    return show_outside(request, "frame/failed.html", found, error=error, findings=findings)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as below
    """No such page, in the words in which an institution says that there is no such thing."""
    return told(request, not_found())


def only_sent_to(request: HttpRequest, allowed: str) -> HttpResponse:
    """An address to which forms are sent was opened as a page: it has none, and nothing was done."""
    message = say("this address takes what a form sends, and is no page")
    error = RefusedError(message, hint=say("go back to the page of the form; nothing was done"))
    response = show_outside(request, "frame/failed.html", 405, error=error, findings=())
    response["Allow"] = allowed
    return response


def too_long(request: HttpRequest) -> HttpResponse:
    """More was sent than any page takes; none of it was read."""
    message = say("what you have sent is more than this page takes")
    hint = say("go back, where it may still stand; shorten it, or send it as a smaller file")
    return show_outside(
        request, "frame/failed.html", 413, error=RefusedError(message, hint=hint), findings=()
    )


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be understood, or is too long to be read."""
    if isinstance(exception, RequestDataTooBig):
        return too_long(request)
    message = say("what was sent cannot be read")
    error = RefusedError(message, hint=say("go back, and send it again"))
    return show_outside(request, "frame/failed.html", 400, error=error, findings=())


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """A form that did not come from a page of ours, or from one too old: of the latter nothing typed is lost."""
    if keeps(request):
        return kept_page(request, 403, signed_in=True)
    message = say("this form is not from a page of yours, or the page is too old")
    error = RefusedError(message, hint=say("load the page again; cookies must be allowed"))
    return show_outside(request, "frame/failed.html", 403, error=error, findings=())


def failed(request: HttpRequest) -> HttpResponse:
    """Something failed: the database away is told as such, anything else as a fault of ours."""
    cause = sys.exc_info()[1]
    if isinstance(cause, UnavailableError):
        return told(request, cause)
    if isinstance(cause, OperationalError | InterfaceError):
        message = say("the database does not answer")
        hint = say("nothing was changed; try again, and if it lasts, tell whoever runs this")
        return told(request, UnavailableError(message, hint=hint))
    message = say("this page failed, and it is our fault")
    return told(request, BugError(message, hint=say("nothing of what you asked for was kept half-done")))
