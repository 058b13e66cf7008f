"""Saving views of the queue: a name for what an address asks for, by which it is found again. One's own alone."""

from collections.abc import Callable

from django.http import HttpResponseBase

from adjudge.desk.frame.acting import acting
from adjudge.desk.frame.visit import Visit
from adjudge.desk.queue.asking import address_of, asked_by
from adjudge.desk.queue.matters import matters_page
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.storage.saved_views import delete_view, rename_view, save_view

VIEWS = "views"
"""The form of views."""


def saving_view(visit: Visit) -> HttpResponseBase:
    """Save what the page asks for, under a name."""

    def act() -> str:
        save_view(visit.person.id, visit.sent("name"), asked_by(visit).query)
        return visit.tongue("The view is saved.")

    return _acting(visit, act)


def renaming_view(visit: Visit, view_id: int) -> HttpResponseBase:
    """Give a view another name."""

    def act() -> str:
        rename_view(visit.person.id, view_id, visit.sent("name"))
        return visit.tongue("The view has another name.")

    return _acting(visit, act)


def deleting_view(visit: Visit, view_id: int) -> HttpResponseBase:
    """Forget a view."""

    def act() -> str:
        delete_view(visit.person.id, view_id)
        return visit.tongue("The view is deleted.")

    return _acting(visit, act)


def _acting(visit: Visit, act: Callable[[], str]) -> HttpResponseBase:
    permit(visit.actor, Act.READ_MATTER, visit.actor.advertiser)
    address = address_of(asked_by(visit))
    return acting(visit, VIEWS, act, address, lambda forms: matters_page(visit, forms))
