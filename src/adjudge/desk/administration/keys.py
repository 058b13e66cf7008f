"""The page of the keys for which one answers: made here, shown once, put in place of one another, revoked."""

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from adjudge.basis.instant import NANOS, Duration
from adjudge.basis.said import say
from adjudge.desk.frame.acting import FRESH, Forms, acting, forms_of, moment, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.programs import PROGRAMS
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.staff.keys import (
    ending_soon,
    make_own_key,
    own_keys,
    refuse_rotating,
    revoke_key,
    revoked_with,
    rotate_key,
)

OVERLAPS = (0, 3_600, 86_400, 604_800)
"""Seconds for which a key can be chosen to go on beside the one in its place."""


def keys_page(visit: Visit, forms: Forms = FRESH, *, secret: str = "") -> HttpResponseBase:
    """One's own keys; a secret that was just made stands on top, once."""
    keys = own_keys(visit.house, visit.actor)
    return show(
        visit,
        "administration/keys.html",
        status=forms.status,
        forms=forms,
        keys=keys,
        now=visit.house.clock(),
        ending={key.id for key in ending_soon(visit.house, visit.actor)},
        overlaps=overlaps(visit),
        secret=secret,
    )


def overlaps(visit: Visit) -> list[tuple[str, str]]:
    """For how long a key can go on beside the one in its place: seconds, and what that is called."""
    return [(str(seconds), visit.tongue.of(PROGRAMS[f"overlap_{seconds}"])) for seconds in OVERLAPS]


def rotated(visit: Visit, key_id: str) -> str:
    """Put a new key in place of one, as the form says; its secret. Raises RefusedError, ConflictError."""
    refuse_rotating(visit.house, visit.actor, key_id)
    overlap = Duration(whole_number(visit.sent("overlap"), say("the time")) * NANOS)
    until = moment(visit.sent("expires"), say("the day"))
    return rotate_key(visit.house, visit.actor, key_id, overlap=overlap, expires_at=until).secret


def rotating_own_key(visit: Visit, key_id: str) -> HttpResponseBase:
    """Put a new key in place of one for which one answers, and show it once."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        secret = rotated(visit, key_id)
    except (RefusedError, ConflictError) as error:
        return keys_page(visit, forms_of(visit, f"rotate:{key_id}", error))
    return keys_page(visit, secret=secret)


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


def revoked(visit: Visit, key_id: str) -> str:
    """Revoke a key, and say what went with it."""
    revoke_key(visit.house, visit.actor, key_id, visit.sent("reason"))
    also = revoked_with(visit.house, visit.actor, key_id)
    if not also:
        return visit.tongue("The key is revoked.")
    return visit.tongue(
        "The key is revoked, and with it what came in its place: {keys}.", keys=visit.tongue.listed(also)
    )


def revoking_own_key(visit: Visit, key_id: str) -> HttpResponseBase:
    """Revoke a key that was lost."""

    def act() -> str:
        return revoked(visit, key_id)

    return acting(visit, f"revoke:{key_id}", act, reverse("keys"), lambda forms: keys_page(visit, forms))
