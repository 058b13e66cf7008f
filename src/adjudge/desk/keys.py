"""The page of the keys for which one answers: one's own for the command line made here, shown once, and all revoked."""

from django.http import HttpResponseBase
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.acting import FRESH, Forms, acting, forms_of, moment
from adjudge.desk.frame import show
from adjudge.desk.visit import Visit
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.staff.keys import make_own_key, own_keys, revoke_key


def keys_page(visit: Visit, forms: Forms = FRESH, *, secret: str = "") -> HttpResponseBase:
    """One's own keys; a secret that was just made stands on top, once."""
    keys = own_keys(visit.house, visit.actor)
    return show(
        visit,
        "keys.html",
        status=forms.status,
        forms=forms,
        keys=keys,
        now=visit.house.clock(),
        secret=secret,
    )


def own_key(visit: Visit) -> HttpResponseBase:
    """Show the keys; or make one, and show it once."""
    if visit.request.method != "POST":
        return keys_page(visit)
    try:
        until = moment(visit.sent("expires"), say("the day"))
        made = make_own_key(visit.house, visit.actor, visit.sent("name"), until)
    except (RefusedError, ConflictError) as error:
        return keys_page(visit, forms_of(visit, "own-key", error))
    return keys_page(visit, secret=made.secret)


def revoking_own_key(visit: Visit, key_id: str) -> HttpResponseBase:
    """Revoke a key that was lost."""

    def act() -> str:
        revoke_key(visit.house, visit.actor, key_id, visit.sent("reason"))
        return visit.tongue("The key is revoked.")

    return acting(visit, f"revoke:{key_id}", act, reverse("keys"), lambda forms: keys_page(visit, forms))
