"""People: invited by a link that works once, joined by it, given roles, shut out. Not their keys.

The secret of a link is shown once and kept as a digest only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from adjudge.basis.digest import Digest, digest_of_bytes
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError, RefusedError
from adjudge.institution.binding.holds import refuse_held
from adjudge.institution.house import Doing, House, doing, need, refused, time_of
from adjudge.institution.staff.reached import can_act, refuse_last_person
from adjudge.ledger.part import Tombstone, expunging
from adjudge.people.act import Act
from adjudge.people.actor import Actor, PersonId
from adjudge.people.permission import not_found, permit
from adjudge.people.role import OF_ADVERTISERS, Role, known_roles
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import PersonRow
from adjudge.records.shelf import PEOPLE, can_be_key

WEEK = Duration(7 * 86_400 * 1_000_000_000)
_EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]\x00-\x1f]{1,64}@[^\s@<>\"',;:\\()\[\]\x00-\x1f]{1,190}")
SECRET_BYTES = 24
DECIDING = frozenset({Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL, Role.APPEALS})
"""Roles that an administrator may not have: who could make somebody the second person would be that person."""
FOUNDER = Actor(person=PersonId("founder"), roles=frozenset({Role.ADMINISTRATOR}))
"""Whoever sets the institution up on its machine: invites the first administrator, and makes keys for people there."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, and the secret of the link, which is shown once."""

    person: PersonRow
    secret: str


def invite(
    house: House, actor: Actor, email: str, name: str, roles: Iterable[Role], *, advertiser: str = ""
) -> Invited:
    """Invite somebody; the link works once, for a week. An advertiser's people belong to it, and to no staff."""
    permit(actor, Act.INVITE, advertiser)
    address, wanted = _address(email), _roles(roles, advertiser)
    with doing(house, actor, Act.INVITE, advertiser) as act:
        if act.records.find(PEOPLE, email=address):
            message = say("somebody has this address already")
            raise refused("duplicate-person", message, say("change the roles of that person instead"))
        secret = secret_text(house)
        person = PersonRow(
            id=act.mint("P"),
            email=address,
            name=need(name, say("the name"), most=200),
            roles=wanted,
            advertiser=advertiser,
            invitation=digest_of_bytes(secret.encode()),
            invited_until=after(act.at, WEEK),
        )
        act.records.put(PEOPLE, person)
        act.write(
            person.id,
            {"roles": [*wanted], "advertiser": advertiser},
            {"email": address, "name": person.name},
        )
    return Invited(person, secret)


def invite_again(house: House, actor: Actor, person_id: str, *, is_mailed: bool = False) -> Invited:
    """Another link: for a link that was lost, or a password; the one before it stops working.

    One into the account of somebody who has joined is for that person alone: whoever calls with `is_mailed` sends it to
    the person's own address and shows it to nobody (`notifying.letting_in`). Whoever has the machine is shown it.
    """
    with _about(house, actor, Act.INVITE, person_id) as (act, person):
        if not person.active:
            message = say("this person was shut out")
            raise refused("shut-out", message, say("invite somebody else"))
        if person.joined_at is not None and not is_mailed and actor != FOUNDER:
            raise has_joined()
        secret = secret_text(house)
        digest = digest_of_bytes(secret.encode())
        again = replace(person, invitation=digest, invited_until=after(act.at, WEEK))
        act.records.put(PEOPLE, again)
        act.write(person.id, {"roles": [*person.roles], "advertiser": person.advertiser})
    return Invited(again, secret)


def has_joined() -> RefusedError:
    """Why nobody is shown a link into somebody else's account."""
    message = say("this person has joined: whoever had another link could take over the account")
    hint = say(
        "set a mail server and the address of the pages, so that the link can be sent to the person alone; or make it "
        "on the machine: `adjudge person invite-again --machine {id}`",
        id="P-…",
    )
    return refused("has-joined", message, hint)


def invited_by(house: House, secret: str) -> tuple[PersonRow, str]:
    """Whom a link invites, and the name of who made it. Raises NotFoundError where it is none, was used, or is over."""
    digest = digest_of_bytes(secret.encode(errors="replace"))
    with house.records.reading() as records:
        found = records.find(PEOPLE, invitation=digest) if secret else ()
        if len(found) != 1 or not found[0].active:
            raise not_found()
        until = found[0].invited_until
        if until is None or until <= time_of(house):
            raise not_found()
        inviter = records.entries_of(found[0].id)[-1].actor.removeprefix("person:")
        person = records.get(PEOPLE, inviter)
    return found[0], person.name if person is not None else ""


def join(house: House, secret: str) -> PersonRow:
    """Join by the secret of an invitation. Raises NotFoundError where it is none, was used, or is over."""
    digest = digest_of_bytes(secret.encode(errors="replace"))
    with house.records.reading() as records:
        found = records.find(PEOPLE, invitation=digest)
    if len(found) != 1 or not secret:
        raise not_found()
    with doing(house, actor_of(found[0]), Act.JOIN) as act:
        person = act.records.get(PEOPLE, found[0].id)
        over = person is None or person.invited_until is None or person.invited_until <= act.at
        if person is None or over or person.invitation != digest or not person.active:
            raise not_found()
        joined = replace(person, joined_at=act.at, invitation="", invited_until=None)
        act.records.put(PEOPLE, joined)
        act.write(person.id, {})
    return joined


def change_roles(
    house: House, actor: Actor, person_id: str, roles: Iterable[Role], *, reason: str, advertiser: str = ""
) -> PersonRow:
    """Give somebody other roles. The last administrator stays one, and so does the last who acts for an advertiser."""
    permit(actor, Act.CHANGE_ROLES, advertiser)
    with _about(house, actor, Act.CHANGE_ROLES, person_id) as (act, person):
        wanted = _roles(roles, advertiser)
        changed = replace(person, roles=wanted, advertiser=advertiser)
        _keep_an_administrator(act.records, changed)
        refuse_last_person(house, act.records, person, changed)
        _keep_an_owner(act, person, changed)
        act.records.put(PEOPLE, changed)
        told = need(reason, say("the reason"))
        act.write(person.id, {"roles": [*wanted], "advertiser": advertiser, "reason": told})
    return changed


def deactivate(house: House, actor: Actor, person_id: str, reason: str) -> PersonRow:
    """Shut somebody out; what the person did stays on record, and the person's keys stop working.

    Nobody shuts an advertiser out of its own file: the last of its people can go where it is reached by mail alone.
    """
    with _about(house, actor, Act.DEACTIVATE, person_id) as (act, person):
        changed = replace(person, active=False, invitation="", invited_until=None)
        _keep_an_administrator(act.records, changed)
        refuse_last_person(house, act.records, person, changed)
        _keep_an_owner(act, person, changed)
        act.records.put(PEOPLE, changed)
        act.write(person.id, {"reason": need(reason, say("the reason"))})
    return changed


# --- who is here ---


def list_people(
    house: House, actor: Actor, *, after: str = "", most: int | None = None
) -> Sequence[PersonRow]:
    """Everybody who was ever invited, in that order; to an advertiser's people its own. Digests of links stay here."""
    permit(actor, Act.READ_PEOPLE, actor.advertiser)
    own = {"advertiser": actor.advertiser} if actor.advertiser else {}
    with house.records.reading() as records:
        found = records.find(PEOPLE, after=after, most=most, **own)
    return [replace(person, invitation="") for person in found]


def read_person(house: House, actor: Actor, person_id: str) -> PersonRow:
    """One of them."""
    with house.records.reading() as records:
        person = records.get(PEOPLE, person_id)
    permit(actor, Act.READ_PEOPLE, person.advertiser if person is not None else "")
    if person is None:
        raise not_found()
    return replace(person, invitation="")


# --- who acts ---


def actor_of(person: PersonRow) -> Actor:
    """A person as an actor; one who was shut out may do nothing."""
    roles = known_roles(person.roles) if person.active else frozenset()
    return Actor(person=PersonId(person.id), roles=roles, advertiser=person.advertiser)


def person_actor(house: House, person_id: str) -> Actor:
    """A person of the records as an actor, with the roles that it has now."""
    with house.records.reading() as records:
        return actor_of(person_row(records, person_id))


def after(at: Instant, time: Duration) -> Instant:
    """An instant a while later."""
    return Instant(at.nanos + time.nanos)


def secret_text(house: House) -> str:
    """A secret that nobody guesses, in letters that survive every mail program."""
    return house.random(SECRET_BYTES).hex()


def person_row(records: Reading, person_id: str) -> PersonRow:
    """Somebody of the records. Raises NotFoundError."""
    person = records.get(PEOPLE, person_id)
    if person is None:
        raise not_found()
    return person


def _address(email: str) -> str:
    found = email.strip().lower()
    if not _EMAIL.fullmatch(found):
        raise refused("bad-address", say("this is no e-mail address"), say("write `name@example.org`"))
    return found


def _roles(roles: Iterable[Role], advertiser: str) -> tuple[str, ...]:
    wanted = frozenset(roles)
    if not wanted or Role.SERVICE in wanted:
        hint = say(
            "choose among: {roles}", roles=tuple(str(role) for role in Role if role is not Role.SERVICE)
        )
        raise refused("bad-roles", say("a person needs a role, and none that is for keys"), hint)
    own = wanted & OF_ADVERTISERS
    if bool(own) != bool(advertiser) or (own and len(wanted) > 1):
        message = say(
            "whoever acts for one belongs to one advertiser and has no other role; nobody else does"
        )
        hint = say("give one of the roles of an advertiser's people, and name the advertiser of nobody else")
        raise refused("bad-roles", message, hint)
    if not can_be_key(advertiser):
        message = say("no advertiser can have this id")
        raise refused("bad-value", message, say("write the id as the advertiser is recorded"))
    if Role.ADMINISTRATOR in wanted and wanted & DECIDING:
        message = say("who invites people and gives them roles takes no part in deciding")
        hint = say("an administrator may be an auditor, a policy author or a publisher beside it")
        raise refused("bad-roles", message, hint)
    return tuple(sorted(wanted))


def _keep_an_administrator(records: Reading, changed: PersonRow) -> None:
    others = (person for person in records.find(PEOPLE) if person.id != changed.id)
    administrators = (item for item in (*others, changed) if Role.ADMINISTRATOR in item.roles)
    if not any(item.active and item.joined_at is not None for item in administrators):
        message = say("nobody would be left who can invite others")
        raise refused("last-administrator", message, say("make somebody else an administrator first"))


@contextmanager
def _about(house: House, actor: Actor, act: Act, person_id: str) -> Iterator[tuple[Doing, PersonRow]]:
    """An act on somebody, whose advertiser says who may do it. Raises NotFoundError."""
    with house.records.reading() as records:
        found = records.get(PEOPLE, person_id)
    permit(actor, act, found.advertiser if found is not None else actor.advertiser)
    if found is None:
        raise not_found()
    with doing(house, actor, act, found.advertiser) as under_way:
        person = person_row(under_way.records, person_id)
        permit(actor, act, person.advertiser)
        yield under_way, person


def _keep_an_owner(act: Doing, before: PersonRow, changed: PersonRow) -> None:
    """Nobody of an advertiser leaves it without an owner; the platform may, where the last one misuses it."""
    if not act.actor.advertiser or not _owns(before) or _owns(changed):
        return
    people = act.records.find(PEOPLE, advertiser=before.advertiser)
    if any(_owns(person) for person in people if person.id != before.id):
        return
    message = say("nobody would be left who says who else acts for the advertiser")
    raise refused("last-owner", message, say("make somebody else an owner first, or ask the platform"))


def _owns(person: PersonRow) -> bool:
    return can_act(person, person.advertiser) and Role.OWNER in person.roles


def refuse_own(act: Doing, author: str) -> None:
    """Nobody confirms their own: not the author, and no key of the author."""
    if act.actor.person == author:
        message = say("who proposed it cannot stand for it as a second person")
        raise refused("own-proposal", message, say("ask somebody else"))


def expunge_person(house: House, actor: Actor, person_id: str, reason: str) -> PersonRow:
    """Expunge the name and address of somebody who was shut out; what the person did stays, under the bare id."""
    told = need(reason, say("the reason"))
    with doing(house, actor, Act.EXPUNGE) as act:
        person = person_row(act.records, person_id)
        if person.active:
            message = say("this person still works here")
            raise refused("still-needed", message, say("shut the person out first"))
        refuse_held(act.records, person.advertiser)
        digest = part_with_name(act.records, person)
        if digest is None:
            raise ConflictError(say("the name was expunged already"))
        tombstone = Tombstone(digest=digest, at=act.at, why=told, entry=act.records.size())
        act.append(expunging(tombstone, act.actor.name), [])
        act.records.expunge(tombstone)
        return without_name(act.records, person)


def part_with_name(records: Reading, person: PersonRow) -> Digest | None:
    """The sealed part that holds the name and the address of a person; None where it is gone."""
    invited = next((item for item in records.entries_of(person.id) if item.private), None)
    return invited.private[0] if invited and records.part(invited.private[0]) is not None else None


def without_name(records: Writing, person: PersonRow) -> PersonRow:
    """The row of a person whose sealed part has just gone, kept under the bare id."""
    gone = replace(person, email=f"{person.id}@expunged.invalid", name="expunged")
    records.put(PEOPLE, gone)
    return gone
