"""A visit: who asks for a page, of which institution, in which language.

Not the rights: a visit carries who acts, and each procedure asks for itself.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_language

from adjudge.institution.house import House
from adjudge.institution.notifying.links import actor_by
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import premises
from adjudge.institution.staff.people import actor_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may
from adjudge.records.rows import PersonRow
from adjudge.records.shelf import PEOPLE
from adjudge.storage.models import Account
from adjudge.tongues.tongue import Tongue, tongue_asked_for

BY_LINK = "came_by_link"
"""What a session of somebody holds who came by the link of a notice: the delivery, and the digest of the secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody who is signed in, asking for a page; or who came by the link of a notice, and has no name here."""

    request: HttpRequest
    opened: Opened
    person: PersonRow
    actor: Actor
    tongue: Tongue

    @property
    def house(self) -> House:
        """The institution."""
        return self.opened.house

    @property
    def is_by_link(self) -> bool:
        """Whether somebody came by the link of a notice."""
        return bool(self.actor.link)

    def may(self, act: Act, advertiser: str = "") -> bool:
        """Whether to offer an act; doing it asks again."""
        return may(self.actor, act, advertiser)

    def sent(self, name: str) -> str:
        """What was typed into a field, with the line ends that texts have here."""
        return self.request.POST.get(name, "").replace("\r\n", "\n")

    def exchanges(self, part: str) -> bool:
        """Whether a script asks for the sake of one part of a page, in whose place it puts what it finds of it."""
        return self.request.headers.get("HX-Target") == part

    def asked(self, name: str) -> str:
        """A part of the address after the question mark."""
        return self.request.GET.get(name, "").strip()


def tongue_for(request: HttpRequest) -> Tongue:
    """The language that was chosen, else the one that the browser asks for, else English."""
    return tongue_asked_for(getattr(request, "LANGUAGE_CODE", None) or get_language())


def visit_of(request: HttpRequest) -> Visit | None:
    """The visit of somebody who is signed in, or came by a link that holds; None for anybody else."""
    user = getattr(request, "user", None)  # a request that failed early does not know its user
    if not isinstance(user, Account):
        return _visit_by_link(request)
    opened = premises()
    with opened.house.records.reading() as records:
        person = records.get(PEOPLE, user.person)
    if person is None:
        return None
    return Visit(
        request=request,
        opened=opened,
        person=person,
        actor=actor_of(person),
        tongue=tongue_for(request),
    )


def _visit_by_link(request: HttpRequest) -> Visit | None:
    """Asked anew at each page: the link ends with the address to which it went."""
    session = getattr(request, "session", None)
    held = session.get(BY_LINK) if session is not None else None
    if not isinstance(held, dict):
        return None
    opened = premises()
    actor = actor_by(opened.house, str(held.get("delivery")), str(held.get("digest")))
    if actor is None:
        return None
    tongue = tongue_for(request)
    name = tongue("Reader of our letter")
    person = PersonRow(
        id="", email="", name=name, roles=tuple(sorted(actor.roles)), advertiser=actor.advertiser
    )
    return Visit(request=request, opened=opened, person=person, actor=actor, tongue=tongue)
