"""Coming in by the link of a notice: shown first, used only when its reader says so, and then for some hours.

A mail server that opens links finds a page and changes nothing. Whoever asks for a new link learns nothing by asking.
"""

import time
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse

from adjudge.desk.frame.framing import show_outside
from adjudge.desk.frame.visit import BY_LINK, tongue_for, visit_of
from adjudge.desk.register.opening import public
from adjudge.institution.house import House
from adjudge.institution.notifying.asking_again import ask_again
from adjudge.institution.notifying.links import Found, Standing, actor_by, look, use
from adjudge.institution.notifying.reading import open_notice
from adjudge.institution.premises import premises
from adjudge.institution.staff.settling import institution_row
from adjudge.people.permission import not_found

HOURS = 4
"""For so long whoever came by a link stays in."""
STATUS = {Standing.READY: 200, Standing.USED: 410, Standing.OVER: 410, Standing.UNKNOWN: 404}
LOOKED_AT, ASKED = 4, 10
"""As how many requests of a stranger a link counts that is looked at, and a new one that is asked for."""
EVEN = 0.2
"""Seconds that it takes to do what was asked for, whether there is anything to do or not."""
LONGEST = 200
"""Characters of an address and of a reference that are looked at."""


@public(cost=LOOKED_AT, of_register=False)
def link_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """What there is to say of a link; sent as a form, it lets its reader in."""
    house = premises().house
    if request.method != "POST":
        return _page(request, look(house, token))
    found = use(house, token)
    if found.standing is not Standing.READY:
        return _page(request, found)
    return _let_in(request, house, found)


def _let_in(request: HttpRequest, house: House, found: Found) -> HttpResponseBase:
    """A session of its own for whoever came: what another one here had open is closed."""
    if found.delivery is None or found.link is None:
        raise not_found()
    actor = actor_by(house, found.delivery.id, found.link.digest)
    if actor is None:
        raise not_found()
    request.session.flush()
    request.session[BY_LINK] = {"delivery": found.delivery.id, "digest": found.link.digest}
    request.session.set_expiry(HOURS * 3600)
    rotate_token(request)
    notice = open_notice(house, actor, found.delivery.notice)
    return redirect("decision", notice.about) if notice.about else redirect("notice", notice.id)


def _page(request: HttpRequest, found: Found) -> HttpResponse:
    """With the name under which we write, which its reader knows from the letter."""
    with premises().house.records.reading() as records:
        names = institution_row(records).platform
    page = show_outside(
        request,
        "advertiser/link.html",
        STATUS[found.standing],
        found=found,
        standing=found.standing.value,
        sender=tongue_for(request).text(names),
    )
    page["X-Robots-Tag"] = "noindex"  # its address is a secret
    return page


@public(cost=ASKED, of_register=False)
def asking_link(request: HttpRequest) -> HttpResponseBase:
    """A form; what it asks for is done once the answer is on its way, so that its time tells nothing."""
    if request.method != "POST":
        return show_outside(
            request, "advertiser/ask_link.html", typed=request.GET.get("reference", "")[:LONGEST]
        )
    address, reference = (request.POST.get(name, "")[:LONGEST] for name in ("address", "reference"))
    tongue = tongue_for(request)
    told = tongue(
        "If we reach an advertiser at this address, and the number is of one of our letters to it, a mail is on its "
        "way. It takes a few minutes."
    )
    messages.success(request, told)
    house = premises().house
    return _Answered(reverse("ask_link"), lambda: ask_again(house, address, reference))


class _Answered(HttpResponse):
    """Leads on, and does something when all of it has been sent."""

    status_code = 302

    def __init__(self, address: str, then: Callable[[], None]) -> None:
        """Nothing is done yet."""
        super().__init__()
        self["Location"] = address
        self._then = then

    def close(self) -> None:
        """Sent: now it is done. For as long at any rate, since the next answer on the connection waits for it."""
        begun = time.monotonic()
        try:
            self._then()
        finally:
            time.sleep(max(0.0, EVEN - (time.monotonic() - begun)))
            super().close()


def leaving(request: HttpRequest) -> HttpResponseBase:
    """Whoever came by a link leaves."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    visit = visit_of(request)
    if visit is not None and visit.actor.link:
        request.session.flush()
    return redirect("account_login")
