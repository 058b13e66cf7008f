"""Who is there to do what is needed: roles that nobody has, and the people who can sign for one."""

from collections.abc import Iterable, Mapping, Sequence

from adjudge.institution.house import House
from adjudge.institution.staff.people import actor_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.people.role import STAFF, Role
from adjudge.records.rows import PersonRow
from adjudge.records.shelf import PEOPLE


def nobody_is(house: House, actor: Actor, wanted: Sequence[Role]) -> Sequence[Role]:
    """Those of some roles that nobody has who has joined. Told to staff alone."""
    if not actor.roles & STAFF:
        return ()
    held = {role for row in _joined(house) for role in actor_of(row).roles}
    return [role for role in wanted if role not in held]


def who_can_sign(
    house: House, actor: Actor, roles: Iterable[str], *, advertiser: str, author: str
) -> Mapping[str, Sequence[str]]:
    """For each role the names of those who have it and did not write what is to be signed. Not told to members."""
    permit(actor, Act.READ_MATTER, advertiser)
    wanted = tuple(roles)
    if actor.advertiser or not wanted:
        return {}
    people = [row for row in _joined(house) if row.id != author]
    return {role: sorted(row.name for row in people if role in actor_of(row).roles) for role in wanted}


def _joined(house: House) -> Sequence[PersonRow]:
    with house.records.reading() as records:
        return [row for row in records.find(PEOPLE, advertiser="") if row.joined_at]
