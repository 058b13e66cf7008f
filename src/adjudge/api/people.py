"""People over HTTP: invited, given roles, shut out, expunged.

Nobody joins here: whoever joins chooses how to sign in, which is done on the page of the invitation.
"""

from collections.abc import Sequence

from django.http import HttpRequest
from ninja import Router

from adjudge.api.caller import caller_of
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.people import InvitedShape, PersonShape, PersonToInvite, RolesToGive
from adjudge.api.shapes.shape import Page
from adjudge.institution.notifying.letting_in import let_in_again
from adjudge.institution.notifying.posting import mailer_of
from adjudge.institution.premises import premises
from adjudge.institution.staff import people
from adjudge.people.act import Act
from adjudge.people.role import Role
from adjudge.records.rows import PersonRow

router = Router(tags=["people and keys"])


@reads(router, "/people", act=Act.READ_PEOPLE, gives=Page[PersonShape])
def list_people(request: HttpRequest, *, cursor: Cursor = "", limit: Limit = PART) -> Page[PersonShape]:
    """List everybody who was ever invited."""
    caller = caller_of(request)

    def found(after: str, most: int) -> Sequence[PersonRow]:
        return people.list_people(caller.house, caller.actor, after=after, most=most)

    return page_of(request, Page[PersonShape], found, PersonShape.model_validate, cursor=cursor, limit=limit)


@reads(router, "/people/{person_id}", act=Act.READ_PEOPLE, gives=PersonShape)
def read_person(request: HttpRequest, person_id: str) -> PersonShape:
    """Read who somebody is."""
    caller = caller_of(request)
    return PersonShape.model_validate(people.read_person(caller.house, caller.actor, person_id))


@acts(router, "/people", act=Act.INVITE, gives=InvitedShape, status=201, secrets=("secret",))
def invite_person(request: HttpRequest, body: PersonToInvite) -> InvitedShape:
    """Invite somebody, by a secret that works once, for a week. It is told here and nowhere again."""
    caller = caller_of(request)
    made = people.invite(
        caller.house, caller.actor, body.email, body.name, _roles(body.roles), advertiser=body.advertiser
    )
    return _invited(made)


def _roles(names: Sequence[str]) -> list[Role]:
    return [Role(name) for name in names]


def _invited(made: people.Invited) -> InvitedShape:
    shown = PersonShape.model_validate(made.person)
    return InvitedShape(**shown.model_dump(), secret=made.secret)


@acts(router, "/people/{person_id}/invite", act=Act.INVITE, gives=InvitedShape, secrets=("secret",))
def invite_person_again(request: HttpRequest, person_id: str) -> InvitedShape:
    """Make another secret for somebody: the one before was lost, or the way to sign in. It stops working.

    To somebody who has joined it goes by mail, and to nobody else: `secret` is empty then.
    """
    caller = caller_of(request)
    mailer = mailer_of(premises().settings)
    return _invited(let_in_again(caller.house, mailer, caller.actor, person_id))


@acts(
    router,
    "/people/{person_id}/roles",
    act=Act.CHANGE_ROLES,
    gives=PersonShape,
    of=read_person,
    must_match=True,
)
def change_roles(request: HttpRequest, person_id: str, body: RolesToGive) -> PersonShape:
    """Give somebody other roles, in place of those before. The last administrator stays one."""
    caller = caller_of(request)
    row = people.change_roles(
        caller.house,
        caller.actor,
        person_id,
        _roles(body.roles),
        reason=body.reason,
        advertiser=body.advertiser,
    )
    return PersonShape.model_validate(row)


@acts(router, "/people/{person_id}/deactivate", act=Act.DEACTIVATE, gives=PersonShape, of=read_person)
def deactivate_person(request: HttpRequest, person_id: str, body: Reason) -> PersonShape:
    """Shut somebody out; the person's keys stop working, and what the person did stays on record."""
    caller = caller_of(request)
    return PersonShape.model_validate(people.deactivate(caller.house, caller.actor, person_id, body.reason))


@acts(router, "/people/{person_id}/expunge", act=Act.EXPUNGE, gives=PersonShape, of=read_person)
def expunge_person(request: HttpRequest, person_id: str, body: Reason) -> PersonShape:
    """Expunge the name and the address of somebody who was shut out; what was done stays under the bare id."""
    caller = caller_of(request)
    return PersonShape.model_validate(
        people.expunge_person(caller.house, caller.actor, person_id, body.reason)
    )
