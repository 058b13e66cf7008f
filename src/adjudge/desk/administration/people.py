"""The page of people and service keys: invited, given roles, shut out; what is secret is shown once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.administration.keys import overlaps, revoked, rotated
from adjudge.desk.frame.acting import FRESH, Forms, acting, forms_of, moment
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import ROLE_HINTS, ROLES
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.notifying.letting_in import let_in_again
from adjudge.institution.notifying.posting import mailer_of
from adjudge.institution.staff.keys import ends_soon, list_keys, make_key
from adjudge.institution.staff.people import (
    change_roles,
    deactivate,
    invite,
    list_people,
    read_person,
)
from adjudge.people.act import ACTS, Act
from adjudge.people.permission import permit
from adjudge.people.role import Role

PAGE = 50
GIVEN = tuple(role for role in Role if role is not Role.SERVICE)
"""Roles that people can have."""


def people_page(
    visit: Visit, forms: Forms = FRESH, *, link: str = "", link_for: str = "", secret: str = ""
) -> HttpResponseBase:
    """Everybody who was ever invited, and the keys. A link or a secret that was just made stands on top, once."""
    after = visit.asked("after")[:100]
    found = list_people(visit.house, visit.actor, after=after, most=PAGE + 1)
    keys, at = list_keys(visit.house, visit.actor), visit.house.clock()
    people = found[:PAGE]
    return show(
        visit,
        "administration/people.html",
        status=forms.status,
        forms=forms,
        people=people,
        more=people[-1].id if len(found) > PAGE else "",
        is_first=not after,
        keys=[key for key in keys if not key.own],
        own_keys_of=[key for key in keys if key.own],
        ending={key.id for key in keys if ends_soon(key, at)},
        overlaps=overlaps(visit),
        roles=[(role, visit.tongue.of(ROLES[role])) for role in GIVEN],
        role_words=ROLES,
        role_hints=ROLE_HINTS,
        key_acts=[(act, right.title) for act, right in ACTS.items() if Role.SERVICE in right.roles],
        now=at,
        may_invite=visit.may(Act.INVITE),
        may_change=visit.may(Act.CHANGE_ROLES),
        may_make=visit.may(Act.MAKE_KEY),
        link=link,
        link_for=visit.tongue("Link for {name}", name=link_for),
        secret=secret,
    )


def _shown_once(
    visit: Visit, form: str, make: Callable[[], str], shown: Callable[[str], HttpResponseBase]
) -> HttpResponseBase:
    """Make something secret and show it on the page that follows at once: there is no second time."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        made = make()
    except (RefusedError, ConflictError) as error:
        return people_page(visit, forms_of(visit, form, error))
    return shown(made)


def _link(visit: Visit, secret: str) -> str:
    return visit.request.build_absolute_uri(reverse("join", args=[secret]))


def inviting(visit: Visit) -> HttpResponseBase:
    """Invite somebody; the link is handed on by whoever invites."""

    def make() -> str:
        return invite(
            visit.house,
            visit.actor,
            visit.sent("email"),
            visit.sent("name"),
            _roles(visit),
            advertiser=visit.sent("advertiser").strip(),
        ).secret

    name = visit.sent("name").strip()
    return _shown_once(
        visit, "invite", make, lambda made: people_page(visit, link=_link(visit, made), link_for=name)
    )


def inviting_again(visit: Visit, person_id: str) -> HttpResponseBase:
    """Make another link: shown, or mailed to somebody who has joined."""

    def make() -> str:
        mailer = mailer_of(visit.opened.settings)
        return let_in_again(visit.house, mailer, visit.actor, person_id).secret

    form = f"again:{person_id}"
    return _shown_once(visit, form, make, lambda made: _again(visit, person_id, made))


def _again(visit: Visit, person_id: str, made: str) -> HttpResponseBase:
    name = read_person(visit.house, visit.actor, person_id).name
    if not made:
        messages.success(visit.request, visit.tongue("A link went by mail to {name}.", name=name))
        return redirect("people")
    return people_page(visit, link=_link(visit, made), link_for=name)


def making_key(visit: Visit) -> HttpResponseBase:
    """Make a service key."""

    def make() -> str:
        permit(visit.actor, Act.MAKE_KEY)
        chosen = visit.request.POST.getlist("acts")
        acts = [act for act in Act if act.value in chosen]
        until = moment(visit.sent("expires"), say("the day"))
        return make_key(visit.house, visit.actor, visit.sent("name"), acts, until).secret

    return _shown_once(visit, "key", make, lambda made: people_page(visit, secret=made))


def rotating_key(visit: Visit, key_id: str) -> HttpResponseBase:
    """Put a new key in place of a program's."""
    form = f"rotate:{key_id}"
    return _shown_once(
        visit, form, lambda: rotated(visit, key_id), lambda made: people_page(visit, secret=made)
    )


def _roles(visit: Visit) -> list[Role]:
    """The roles that were ticked. A name that is none is left out; none at all is refused by the procedure."""
    chosen = visit.request.POST.getlist("roles")
    return [role for role in Role if role.value in chosen]


def _act(visit: Visit, form: str, act: Callable[[], str]) -> HttpResponseBase:
    return acting(visit, form, act, reverse("people"), lambda forms: people_page(visit, forms))


def changing_roles(visit: Visit, person_id: str) -> HttpResponseBase:
    """Give somebody other roles."""

    def act() -> str:
        advertiser, reason = visit.sent("advertiser").strip(), visit.sent("reason")
        change_roles(visit.house, visit.actor, person_id, _roles(visit), reason=reason, advertiser=advertiser)
        return visit.tongue("The roles are changed.")

    return _act(visit, f"roles:{person_id}", act)


def deactivating(visit: Visit, person_id: str) -> HttpResponseBase:
    """Shut somebody out."""

    def act() -> str:
        deactivate(visit.house, visit.actor, person_id, visit.sent("reason"))
        return visit.tongue("The person is shut out, and signed out everywhere.")

    return _act(visit, f"out:{person_id}", act)


def revoking_key(visit: Visit, key_id: str) -> HttpResponseBase:
    """Revoke a key."""

    def act() -> str:
        return revoked(visit, key_id)

    return _act(visit, f"revoke:{key_id}", act)
