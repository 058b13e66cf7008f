"""Who calls: the holder of a key, with the rights that it has now, and the language in which it is told of problems.

Not a session: whoever is signed in to the pages makes a key of one's own and calls with that.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from ninja.security import HttpBearer

from adjudge.api.limits import refuse_flood
from adjudge.api.tongue import tongue_for
from adjudge.errors import BugError, NotFoundError
from adjudge.institution.house import House
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import premises
from adjudge.institution.staff.keys import key_actor
from adjudge.people.actor import Actor
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever sent a request with a key that holds."""

    opened: Opened
    actor: Actor
    tongue: Tongue

    @property
    def house(self) -> House:
        """The institution."""
        return self.opened.house


class Key(HttpBearer):
    """`Authorization: Bearer SECRET`, the secret of a key as it was shown when it was made."""

    openapi_name = "key"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """The caller, if any. Raises RequestError where a stranger calls too often."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip():
            refuse_flood(request, "")
            return None
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller; None where no key has this secret, or it is over. Raises RequestError beyond the rate."""
        opened = premises()
        try:
            actor = key_actor(opened.house, token)
        except NotFoundError:
            refuse_flood(request, "")
            return None
        # Of one's own keys anybody can make another: they count together, as the one person they are of.
        refuse_flood(request, f"person:{actor.person}" if actor.acts is None else actor.name)
        return Caller(opened=opened, actor=actor, tongue=tongue_for(request))


def anybody(request: HttpRequest) -> bool:
    """For what is public: nobody is asked who they are, only not to call too often."""
    refuse_flood(request, "")
    return True


def caller_of(request: HttpRequest) -> Caller:
    """Who sent a request that was let in by a key."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise BugError("a request was not let in by a key")
    return found
