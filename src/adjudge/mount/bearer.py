"""Whether a request bears a key for an act, asked apart from sessions: of programs that come often, and by number."""

from django.http import HttpRequest

from adjudge.errors import NotFoundError
from adjudge.institution.house import House
from adjudge.institution.staff.keys import key_actor
from adjudge.people.act import Act
from adjudge.people.permission import permit

BEARER = "Bearer "


def may(request: HttpRequest, house: House, act: Act) -> bool:
    """Whether it does. Raises UnavailableError where the records do not answer."""
    given = request.headers.get("Authorization", "")
    if not given.startswith(BEARER):
        return False
    try:
        permit(key_actor(house, given.removeprefix(BEARER).strip()), act)
    except NotFoundError:
        return False
    return True
