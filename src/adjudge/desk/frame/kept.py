"""What was typed is not lost: a form that came too late (signed out, or from a page too old) is shown to be sent again.

Only for forms that came from a page of ours: what another site sends in somebody's name is not offered to anybody.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from adjudge.desk.frame.framing import show_outside

UNAUTHORIZED = 401
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
LONGEST_LINE = 80
"""Characters up to which a field is no text that would hurt to lose."""
_SECRET = "password"  # noqa: S105 - part of the names of fields
"""What is in a field of such a name stands on no page, in no form: it is typed again."""


def came_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a form came from a page of this site."""
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(told) and urlsplit(told).netloc == request.get_host()


def keeps(request: HttpRequest) -> bool:
    """Whether there is something to keep: a form of ours in which something was typed, and no secret with it."""
    if request.method != "POST" or not came_from_here(request):
        return False
    return not any(_SECRET in name for name in request.POST) and any(text for _, text in _fields(request))


def kept_page(request: HttpRequest, status: int, *, signed_in: bool) -> HttpResponse:
    """What was typed, to be sent again after signing in, and to be copied."""
    fields = list(_fields(request))
    return show_outside(
        request,
        "frame/kept.html",
        status,
        fields=fields,
        texts=[text for _, text in fields if len(text) > LONGEST_LINE or "\n" in text],
        to=request.get_full_path(),
        signed_in=signed_in,
        sign_in=reverse("account_login"),
        had_files=bool(request.FILES),
    )


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name in request.POST:
        if name != TOKEN:
            for text in request.POST.getlist(name):
                yield name, text.replace("\r\n", "\n")
