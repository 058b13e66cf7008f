"""What holds for every request before any page sees it: its size, what browsers may do with the answer, who is let in.

Not the rights: those are asked by the procedures.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language_from_request

from adjudge.desk.frame.failing import too_long
from adjudge.institution.premises import premises
from adjudge.records.shelf import PEOPLE
from adjudge.storage.models import Account

Answering = Callable[[HttpRequest], HttpResponseBase]
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
"""No script and no style but our own files. A picture within a page is the code that an app of one-time codes reads."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # What is shown to one person must not be kept for the next one at the same machine.
    "Cache-Control": "no-store",
}
ROBOTS = "X-Robots-Tag"
FRAMES = "X-Frame-Options"
"""Left out of the one page that other sites may show in a frame: see `adjudge.desk.register.embeds`."""
PROGRAMS = ("/api/", "/serving/")
FORM = 1_000_000
"""Bytes that a form may have beside a document."""


def boundaries(answering: Answering) -> Answering:
    """Refuse what is too large before a byte of it is read, and put the headers on every answer."""

    def bounded(request: HttpRequest) -> HttpResponseBase:
        if too_large(request):
            # The language is chosen further in; whoever is refused here is told all the same.
            request.LANGUAGE_CODE = get_language_from_request(request)
            response: HttpResponseBase = too_long(request)
        else:
            response = answering(request)
        for name, value in HEADERS.items():
            if name != FRAMES or not getattr(response, "framable", False):
                response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy())
        if not may_be_found(request):
            response.headers.setdefault(ROBOTS, "noindex")
        return response

    return bounded


def may_be_found(request: HttpRequest) -> bool:
    """Whether search engines may list a page: of the register as it stands, and where that was declared."""
    is_register = request.path_info == "/register" or request.path_info.startswith("/register/")
    return is_register and not request.META.get("QUERY_STRING") and premises().settings.register_in_search


def policy() -> str:
    """What browsers may load and where forms may lead: also to the identity provider, where there is one."""
    issuer = urlsplit(premises().settings.oidc_issuer)
    return f"{POLICY} {issuer.scheme}://{issuer.netloc}" if issuer.netloc else POLICY


def too_large(request: HttpRequest) -> bool:
    """Whether more bytes are announced than any page takes. Without an announcement nothing is read at all."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    most = premises().settings.largest_upload + FORM
    return not announced.isascii() or not announced.isdigit() or int(announced[:20]) > most


def by_our_name(answering: Answering) -> Answering:
    """Refuse whoever asks by a name of a host that is not ours, as a site would that leads its own name to us.

    Programs come by whatever name they like: they bear a key, and nothing that a browser keeps is taken from them.
    """

    def named(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PROGRAMS):
            request.get_host()  # raises DisallowedHost, which is told as what cannot be read
        return answering(request)

    return named


def signed_out(answering: Answering) -> Answering:
    """Sign out at once whoever was shut out, on whatever page."""

    def checked(request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, Account) and not person_is_active(request.user.person):
            logout(request)
        return answering(request)

    return checked


def person_is_active(person_id: str) -> bool:
    """Whether somebody is on record and was not shut out."""
    with premises().house.records.reading() as records:
        person = records.get(PEOPLE, person_id)
    return person is not None and person.active and person.joined_at is not None
