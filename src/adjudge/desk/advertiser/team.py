"""The page of those who act for an advertiser: an owner of its file invites them, and says what each may do."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting, forms_of
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.notifying.letting_in import let_in_again
from adjudge.institution.notifying.posting import mailer_of
from adjudge.institution.staff.people import change_roles, deactivate, invite, list_people
from adjudge.people.permission import not_found
from adjudge.people.role import Role

PARTS = (Role.OWNER, Role.MEMBER, Role.READER)


def team_page(visit: Visit, forms: Forms = FRESH, *, link: str = "") -> HttpResponseBase:
    """Everybody who was invited. A link that was just made stands on top, once. Raises NotFoundError for others."""
    if not visit.actor.advertiser:
        raise not_found()
    return show(
        visit,
        "advertiser/team.html",
        status=forms.status,
        forms=forms,
        people=list_people(visit.house, visit.actor),
        part_words=[(role.value, f"team_{role.value}") for role in PARTS],
        now=visit.house.clock(),
        link=link,
    )


def inviting_own(visit: Visit) -> HttpResponseBase:
    """Invite somebody."""

    def make() -> str:
        own = visit.actor.advertiser
        return invite(
            visit.house, visit.actor, visit.sent("email"), visit.sent("name"), _part(visit), advertiser=own
        ).secret

    return _shown_once(visit, "invite", make)


def inviting_own_again(visit: Visit, person_id: str) -> HttpResponseBase:
    """Make another link: shown, or mailed to somebody who has joined."""

    def make() -> str:
        mailer = mailer_of(visit.opened.settings)
        return let_in_again(visit.house, mailer, visit.actor, person_id).secret

    return _shown_once(visit, f"again:{person_id}", make)


def changing_own(visit: Visit, person_id: str) -> HttpResponseBase:
    """Say anew what somebody may do."""

    def act() -> str:
        own, reason = visit.actor.advertiser, visit.sent("reason")
        change_roles(visit.house, visit.actor, person_id, _part(visit), reason=reason, advertiser=own)
        return visit.tongue("It is changed.")

    return _act(visit, f"part:{person_id}", act)


def taking_out(visit: Visit, person_id: str) -> HttpResponseBase:
    """Take somebody out."""

    def act() -> str:
        deactivate(visit.house, visit.actor, person_id, visit.sent("reason"))
        return visit.tongue("The person is out, and signed out everywhere.")

    return _act(visit, f"out:{person_id}", act)


def _part(visit: Visit) -> list[Role]:
    """The one that was chosen. None at all is refused by the procedure."""
    return [role for role in PARTS if role.value == visit.sent("part")]


def _act(visit: Visit, form: str, act: Callable[[], str]) -> HttpResponseBase:
    _for_own(visit)
    return acting(visit, form, act, reverse("team"), lambda forms: team_page(visit, forms))


def _shown_once(visit: Visit, form: str, make: Callable[[], str]) -> HttpResponseBase:
    """A link is shown on the page that follows at once: there is no second time."""
    _for_own(visit)
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        made = make()
    except (RefusedError, ConflictError) as error:
        return team_page(visit, forms_of(visit, form, error))
    if not made:
        messages.success(visit.request, visit.tongue("A link went by mail to the address of this person."))
        return redirect("team")
    return team_page(visit, link=visit.request.build_absolute_uri(reverse("join", args=[made])))


def _for_own(visit: Visit) -> None:
    if not visit.actor.advertiser:
        raise not_found()
