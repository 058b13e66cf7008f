"""The navigation: the pages that one may read, in the order of a day's work, with what waits behind each.

Pages about how the house itself works stand in a menu of their own, and one's own matters in another.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from adjudge.desk.frame.guide import guide_on
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.page import words_of_desk
from adjudge.institution.reading.queues import badges
from adjudge.institution.staff.keys import ending_soon
from adjudge.people.act import Act
from adjudge.people.role import STAFF
from adjudge.storage.first_runs import Progress, progress_of


class Group(StrEnum):
    """Where a link of the navigation stands."""

    WORK = "work"
    HOUSE = "house"
    OWN = "own"


_NAVIGATION = (
    (Group.WORK, "home", "your_page", Act.OPEN_NOTICE),
    (Group.WORK, "matters", "matters", Act.READ_MATTER),
    (Group.WORK, "appeals", "appeals", Act.READ_APPEAL),
    (Group.WORK, "clocks", "clocks", Act.READ_CLOCKS),
    (Group.WORK, "notices", "notices", Act.READ_MATTER),
    (Group.WORK, "policies", "policies", Act.READ_PACKAGES),
    (Group.WORK, "overview", "overview", Act.READ_OVERVIEW),
    (Group.WORK, "contact", "contact", Act.WITHDRAW_APPEAL),
    (Group.WORK, "team", "team", Act.READ_PEOPLE),
    (Group.HOUSE, "people", "people", Act.READ_PEOPLE),
    (Group.HOUSE, "institution", "institution", Act.SETTLE),
    (Group.HOUSE, "procedure", "procedure", Act.SETTLE_PROCEDURE),
    (Group.HOUSE, "log", "log", Act.READ_LOG),
    (Group.HOUSE, "hooks", "hooks", Act.READ_HOOKS),
    (Group.OWN, "keys", "keys", Act.REVOKE_OWN_KEY),
)
"""Group, address, word, and the act that whoever is led there must be able to do; own contact is for members alone."""
_NOT_FOR_ADVERTISERS = frozenset({"matters", "people"})
"""What an advertiser finds elsewhere: its decisions begin on its own page, its people stand on that of its team."""


def offered(visit: Visit) -> list[tuple[Group, str, str]]:
    """The pages that one may read: their groups, their addresses' names, and their words."""
    advertiser = visit.actor.advertiser
    hidden = _NOT_FOR_ADVERTISERS if advertiser else frozenset({"team"})
    return [
        (group, name, word)
        for group, name, word, act in _NAVIGATION
        if name not in hidden and visit.may(act, advertiser)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """A link of the navigation; `count` is what waits behind it, `counted` what that is, `key` what leads there."""

    group: Group
    address: str
    word: str
    is_current: bool
    count: int = 0
    counted: str = ""
    key: str = ""


def led(visit: Visit) -> dict[str, object]:
    """Where the navigation leads, with what waits there."""
    match = visit.request.resolver_match
    current = (match.url_name if match is not None else "") or ""
    words, waits = words_of_desk(visit.tongue), badges(visit.house, visit.actor)
    counts = {
        "clocks": (waits.overdue, "overdue_count"),
        "notices": (waits.unread, "unread_count"),
        "keys": (_ending(visit), "ending_count"),
    }
    return {
        "first_steps": _first_steps(visit, current),
        "guide": guide_on(visit, current),
        "is_staff": _is_staff(visit),
        "leading": tuple(
            Leading(
                group=group,
                address=reverse(name),
                word=words[word],
                is_current=_UNDER.get(current, current) == name,
                count=counts.get(name, (0, ""))[0],
                counted=words[counts[name][1]] if name in counts else "",
                key=_KEYS.get(name, ""),
            )
            for group, name, word in offered(visit)
        ),
    }


def _is_staff(visit: Visit) -> bool:
    return bool(visit.actor.roles & STAFF)


def _first_steps(visit: Visit, current: str) -> Progress | None:
    """On the page where staff begin: how far they have come with the first steps, unless they have left them."""
    begins = next((name for _, name, _ in offered(visit)), "")
    if not _is_staff(visit) or current != begins:
        return None
    progress = progress_of(visit.person.id)
    return None if progress.is_left else progress


def _ending(visit: Visit) -> int:
    """How many keys for which one answers end soon."""
    may_see = visit.may(Act.REVOKE_OWN_KEY, visit.actor.advertiser)
    return len(ending_soon(visit.house, visit.actor)) if may_see else 0


_KEYS = {"matters": "g q", "appeals": "g a", "clocks": "g c"}
_UNDER = {
    "matter": "matters",
    "sheet": "matters",
    "decision": "matters",
    "propose": "matters",
    "read_document": "matters",
    "claim_in": "matters",
    "version": "policies",
    "notice": "notices",
    "appeal": "appeals",
    "dispute": "appeals",
    "misuse": "appeals",
}
"""Pages below others in the navigation."""
