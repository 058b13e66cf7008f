"""The page of how an advertiser is reached: its language, addresses and webhook; the secret of one is shown once."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, forms_of
from adjudge.desk.frame.framing import LANGUAGE_NAMES, show
from adjudge.desk.frame.visit import Visit
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.notifying.contacts import read_contact, settle_contact, taken_along
from adjudge.institution.reading.listing import advertiser_named
from adjudge.people.permission import not_found


def own_contact(visit: Visit) -> HttpResponseBase:
    """A member's own page. Raises NotFoundError for whoever belongs to no advertiser."""
    if not visit.actor.advertiser:
        raise not_found()
    return contact_or_settle(visit, visit.actor.advertiser)


def contact_or_settle(visit: Visit, advertiser: str) -> HttpResponseBase:
    """Show it, or settle it anew; a secret that was just made is shown on the page that follows at once."""
    if visit.request.method != "POST":
        return contact_page(visit, advertiser)
    try:
        row = settle_contact(
            visit.house,
            visit.actor,
            advertiser,
            language=visit.sent("language"),
            emails=visit.sent("emails").split("\n"),
            webhook=visit.sent("webhook"),
            reason=visit.sent("reason"),
            new_secret=bool(visit.sent("new_secret")),
        )
    except (RefusedError, ConflictError) as error:
        return contact_page(visit, advertiser, forms_of(visit, "contact", error))
    moved = taken_along(visit.house, visit.actor, advertiser)
    if moved:
        text = visit.tongue.plural(
            "{count} notice that waited for an address that is gone goes to those of now.",
            "{count} notices that waited for an address that is gone go to those of now.",
            moved,
        )
        messages.success(visit.request, text)
    if row.webhook_secret:
        return contact_page(visit, advertiser, secret=row.webhook_secret)
    messages.success(visit.request, visit.tongue("It is settled."))
    return redirect(_address(visit, advertiser))


def contact_page(
    visit: Visit, advertiser: str, forms: Forms = FRESH, *, secret: str = ""
) -> HttpResponseBase:
    """What is settled, in a form that settles it anew."""
    row = read_contact(visit.house, visit.actor, advertiser)
    names = advertiser_named(visit.house, visit.actor, advertiser)
    if advertiser not in names:
        raise not_found()
    return show(
        visit,
        "notices/contact.html",
        status=forms.status,
        forms=forms,
        row=row,
        advertiser=advertiser,
        address=_address(visit, advertiser),
        is_member=bool(visit.actor.advertiser),
        spoken=LANGUAGE_NAMES,
        secret=secret,
        names=names,
    )


def _address(visit: Visit, advertiser: str) -> str:
    return reverse("contact") if visit.actor.advertiser else reverse("contact_of", args=[advertiser])
