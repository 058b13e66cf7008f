"""The page of programs that are told of what happens: how far behind each is, settled, told again, ended."""

from collections.abc import Callable

from django.http import HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from adjudge.basis.said import say
from adjudge.desk.frame.acting import FRESH, Forms, acting, forms_of, whole_number
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.hooks import settling
from adjudge.people.act import Act
from adjudge.people.permission import permit


def hooks_page(visit: Visit, forms: Forms = FRESH, *, secret: str = "") -> HttpResponseBase:
    """Every hook, the newest first. A secret that was just made stands on top, once."""
    lines = settling.hooks_of(visit.house, visit.actor)
    return show(
        visit,
        "administration/hooks.html",
        status=forms.status,
        forms=forms,
        lines=lines[::-1],
        secret=secret,
        may_settle=visit.may(Act.SETTLE_HOOK),
        may_replay=visit.may(Act.REPLAY_HOOK),
        may_end=visit.may(Act.END_HOOK),
    )


def _kinds(visit: Visit) -> list[str]:
    """The kinds that were written, whether on lines or between commas."""
    return visit.sent("kinds").replace(",", "\n").split("\n")


def hooks_or_add(visit: Visit) -> HttpResponseBase:
    """Show them; or settle that a program is told, and show the secret once."""
    if visit.request.method != "POST":
        return hooks_page(visit)

    def make() -> str:
        permit(visit.actor, Act.SETTLE_HOOK)
        written = visit.sent("since").strip()
        return settling.settle_hook(
            visit.house,
            visit.actor,
            name=visit.sent("name"),
            url=visit.sent("url"),
            kinds=_kinds(visit),
            since=whole_number(written, say("the entry")) if written else None,
            reason=visit.sent("reason"),
        ).secret

    return _shown_once(visit, "add", make)


def _shown_once(visit: Visit, form: str, make: Callable[[], str]) -> HttpResponseBase:
    try:
        secret = make()
    except (RefusedError, ConflictError) as error:
        return hooks_page(visit, forms_of(visit, form, error))
    return hooks_page(visit, secret=secret)


def changing_hook(visit: Visit, hook_id: str) -> HttpResponseBase:
    """Settle one anew."""

    def act() -> str:
        permit(visit.actor, Act.SETTLE_HOOK)
        settling.settle_anew(
            visit.house,
            visit.actor,
            hook_id,
            name=visit.sent("name"),
            url=visit.sent("url"),
            kinds=_kinds(visit),
            reason=visit.sent("reason"),
        )
        return visit.tongue("It is settled, and goes on where it was.")

    return _act(visit, f"change:{hook_id}", act)


def making_hook_secret(visit: Visit, hook_id: str) -> HttpResponseBase:
    """Make another secret, and show it once."""
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])

    def make() -> str:
        return settling.new_secret(visit.house, visit.actor, hook_id, visit.sent("reason")).secret

    return _shown_once(visit, f"secret:{hook_id}", make)


def replaying_hook(visit: Visit, hook_id: str) -> HttpResponseBase:
    """Tell a program again."""

    def act() -> str:
        since = whole_number(visit.sent("since"), say("the entry"))
        settling.replay_hook(visit.house, visit.actor, hook_id, since, visit.sent("reason"))
        return visit.tongue("It is told again from there on.")

    return _act(visit, f"replay:{hook_id}", act)


def ending_hook(visit: Visit, hook_id: str) -> HttpResponseBase:
    """Tell a program of nothing more."""

    def act() -> str:
        settling.end_hook(visit.house, visit.actor, hook_id, visit.sent("reason"))
        return visit.tongue("It is told of nothing more.")

    return _act(visit, f"end:{hook_id}", act)


def _act(visit: Visit, form: str, act: Callable[[], str]) -> HttpResponseBase:
    return acting(visit, form, act, reverse("hooks"), lambda forms: hooks_page(visit, forms))
