"""The door: closed by default, and opened here only, for those who are signed in.

Not the rights: a visit carries who acts, and each procedure asks for itself.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect

from adjudge.desk.frame.failing import only_sent_to, told
from adjudge.desk.frame.framing import framing
from adjudge.desk.frame.kept import UNAUTHORIZED, keeps, kept_page
from adjudge.desk.frame.visit import Visit, visit_of
from adjudge.errors import AdjudgeError, BugError
from adjudge.people.role import STAFF

P = ParamSpec("P")

NOT_ALLOWED = 405
_OF_A_LETTER = re.compile(r"/(?:notices|decisions|appeals)/(?P<number>[ANX]-[0-9-]{1,20})(?![^/?])", re.ASCII)

Page = Callable[Concatenate[Visit, P], HttpResponseBase]


def door(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for those who are signed in; what goes wrong is told on a page of its own."""

    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        visit = visit_of(request)
        if visit is None:
            if keeps(request):
                return kept_page(request, UNAUTHORIZED, signed_in=False)
            return leaving(request, redirect_to_login(request.get_full_path()))
        if lacks_second_factor(visit):
            tongue = visit.tongue
            messages.info(request, tongue("Add a second factor first: whoever works here needs one."))
            return leaving(request, redirect("mfa_index"))
        try:
            return _readable(request, page(visit, *args, **kwargs))
        except BugError:
            raise
        except AdjudgeError as error:
            return told(request, error)

    return opened


def _readable(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Whoever opens an address to which forms are sent, from the address bar or a bookmark, is told so on a page."""
    if response.status_code == NOT_ALLOWED and request.method == "GET":
        return only_sent_to(request, response["Allow"])
    return response


def leaving(request: HttpRequest, response: HttpResponseRedirect) -> HttpResponse:
    """Somewhere else, for a script too that asked for a part of a page: it would put the whole other page there."""
    if "HX-Request" not in request.headers:
        return response
    return HttpResponse(status=204, headers={"HX-Redirect": response.url})


def lacks_second_factor(visit: Visit) -> bool:
    """Staff of an institution that is reached from outside need one; members are offered it."""
    is_staff = bool(visit.actor.roles & STAFF)
    return visit.opened.settings.secure and is_staff and not is_mfa_enabled(visit.request.user)


def around(request: HttpRequest) -> dict[str, Any]:
    """For the templates of sign-in, which are not ours: the same frame around them."""
    visit = visit_of(request)
    return {
        **framing(request, visit),
        "may_go_on": visit is not None and _may_go_on(visit),
        "wanted": _wanted(request),
    }


def _wanted(request: HttpRequest) -> str:
    """The number in the address that somebody opened who is to sign in first, as letters give it; empty for others."""
    found = _OF_A_LETTER.match(request.GET.get(REDIRECT_FIELD_NAME, ""))
    return found["number"] if found is not None else ""


def _may_go_on(visit: Visit) -> bool:
    """Whether somebody who is asked to add a second factor may work without one for now."""
    match = visit.request.resolver_match
    is_asked = match is not None and match.url_name == "mfa_index"
    return is_asked and not is_mfa_enabled(visit.request.user) and not lacks_second_factor(visit)
