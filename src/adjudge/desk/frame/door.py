"""The door: closed by default, and opened here only, for those who are signed in.

Not the rights: a visit carries who acts, and each procedure asks for itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from adjudge.desk.frame.failing import told
from adjudge.desk.frame.framing import framing
from adjudge.desk.frame.kept import UNAUTHORIZED, keeps, kept_page
from adjudge.desk.frame.visit import Visit, visit_of
from adjudge.errors import AdjudgeError, BugError
from adjudge.people.role import STAFF

P = ParamSpec("P")


Page = Callable[Concatenate[Visit, P], HttpResponseBase]


def door(page: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for those who are signed in; what goes wrong is told on a page of its own."""

    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        visit = visit_of(request)
        if visit is None:
            if keeps(request):
                return kept_page(request, UNAUTHORIZED, signed_in=False)
            return redirect_to_login(request.get_full_path())
        if lacks_second_factor(visit):
            tongue = visit.tongue
            messages.info(request, tongue("Add a second factor first: whoever works here needs one."))
            return redirect("mfa_index")
        try:
            return page(visit, *args, **kwargs)
        except BugError:
            raise
        except AdjudgeError as error:
            return told(request, error)

    return opened


def lacks_second_factor(visit: Visit) -> bool:
    """Staff of an institution that is reached from outside need one; members are offered it."""
    is_staff = bool(visit.actor.roles & STAFF)
    return visit.opened.settings.secure and is_staff and not is_mfa_enabled(visit.request.user)


def around(request: HttpRequest) -> dict[str, Any]:
    """For the templates of sign-in, which are not ours: the same frame around them."""
    return framing(request, visit_of(request))
