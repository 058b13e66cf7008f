"""People and keys: invited by a link that works once, joined by it, given roles, shut out; keys made and revoked.

A secret (of a link, of a key) is shown once and kept as a digest only.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from adjudge.basis.digest import Json, digest_of_bytes
from adjudge.basis.instant import Duration, Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.house import Doing, House, doing, need, refused, time_of
from adjudge.ledger.part import Tombstone, expunging
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor, KeyId, PersonId
from adjudge.people.permission import may, not_found, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import KeyRow, PersonRow
from adjudge.records.shelf import KEYS, PEOPLE

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
    """Invite somebody; the link works once, for a week. A member belongs to an advertiser, and to no staff."""
    address, wanted = _address(email), _roles(roles, advertiser)
    with doing(house, actor, Act.INVITE) as act:
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


def invite_again(house: House, actor: Actor, person_id: str) -> Invited:
    """Another link: for a link that was lost, or a password; the one before it stops working."""
    with doing(house, actor, Act.INVITE) as act:
        person = _person(act.records, person_id)
        if not person.active:
            message = say("this person was shut out")
            raise refused("shut-out", message, say("invite somebody else"))
        secret = secret_text(house)
        digest = digest_of_bytes(secret.encode())
        again = replace(person, invitation=digest, invited_until=after(act.at, WEEK))
        act.records.put(PEOPLE, again)
        act.write(person.id, {"roles": [*person.roles], "advertiser": person.advertiser})
    return Invited(again, secret)


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
    """Give somebody other roles. The last administrator stays one."""
    wanted = _roles(roles, advertiser)
    with doing(house, actor, Act.CHANGE_ROLES) as act:
        person = _person(act.records, person_id)
        changed = replace(person, roles=wanted, advertiser=advertiser)
        _keep_an_administrator(act.records, changed)
        act.records.put(PEOPLE, changed)
        told = need(reason, say("the reason"))
        act.write(person.id, {"roles": [*wanted], "advertiser": advertiser, "reason": told})
    return changed


def deactivate(house: House, actor: Actor, person_id: str, reason: str) -> PersonRow:
    """Shut somebody out; what the person did stays on record, and the person's keys stop working."""
    with doing(house, actor, Act.DEACTIVATE) as act:
        person = _person(act.records, person_id)
        changed = replace(person, active=False, invitation="", invited_until=None)
        _keep_an_administrator(act.records, changed)
        act.records.put(PEOPLE, changed)
        act.write(person.id, {"reason": need(reason, say("the reason"))})
    return changed


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key, and its secret, which is shown once."""

    key: KeyRow
    secret: str


def make_key(
    house: House,
    actor: Actor,
    name: str,
    acts: Iterable[Act],
    expires_at: Instant | None = None,
    *,
    person: str = "",
) -> MadeKey:
    """Make a service key for some acts. Whoever makes it answers for what it does, and cannot confirm it.

    On the machine the founder makes it for a `person`, who then answers for it and must be one who may make keys.
    """
    wanted = tuple(sorted(set(acts)))
    unfit = [act for act in wanted if Role.SERVICE not in ACTS[act].roles]
    if unfit or not wanted:
        message = (
            say("a key may not do: {acts}", acts=tuple(unfit)) if unfit else say("the key may do nothing")
        )
        able = tuple(str(act) for act in Act if Role.SERVICE in ACTS[act].roles)
        raise refused("bad-key", message, say("choose among: {acts}", acts=able))
    with doing(house, actor, Act.MAKE_KEY) as act:
        answering = _answering(act, person)
        return _made(act, _NewKey(name=name, person=answering, acts=wanted, expires_at=expires_at))


def make_own_key(
    house: House, actor: Actor, name: str, expires_at: Instant | None = None, *, person: str = ""
) -> MadeKey:
    """Make a key of one's own for the command line: it may do what its person may at the time, and is that person.

    On the machine the founder makes it for a `person`; the log says so, and the person finds it among the own keys.
    """
    with doing(house, actor, Act.MAKE_OWN_KEY) as act:
        answering = _answering(act, person)
        return _made(act, _NewKey(name=name, person=answering, own=True, expires_at=expires_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewKey:
    """What a key is to be."""

    name: str
    person: str
    acts: tuple[Act, ...] = ()
    own: bool = False
    expires_at: Instant | None = None


def _made(act: Doing, new: _NewKey) -> MadeKey:
    """Make the key, and write the entry; it names the person where that is not who acts."""
    _refuse_over(act, new.expires_at)
    secret = secret_text(act.house)
    key = KeyRow(
        id=act.mint("K"),
        name=need(new.name, say("the name"), most=200),
        person=new.person,
        digest=digest_of_bytes(secret.encode()),
        acts=new.acts,
        made_at=act.at,
        own=new.own,
        expires_at=new.expires_at,
    )
    act.records.put(KEYS, key)
    what: dict[str, Json] = {"own": True} if key.own else {"acts": [*key.acts]}
    whose: dict[str, Json] = {"person": key.person} if key.person != act.actor.person else {}
    until = str(key.expires_at) if key.expires_at else ""
    act.write(key.id, {"name": key.name, **what, **whose, "expires_at": until})
    return MadeKey(key, secret)


def _answering(act: Doing, person_id: str) -> str:
    """Who answers for a key: who makes it, or, for the founder alone, somebody here who could make it."""
    if not person_id:
        return act.actor.person
    if act.actor.person != FOUNDER.person:
        raise not_found()
    person = _person(act.records, person_id)
    if person.joined_at is None or not may(actor_of(person), act.permission.act):
        message = say("{person} may have no such key", person=person_id)
        raise refused("unknown-person", message, say("name somebody who has joined and may make such a key"))
    return person.id


def _refuse_over(act: Doing, expires_at: Instant | None) -> None:
    if expires_at is not None and expires_at <= act.at:
        raise refused("bad-key", say("the key would be over before it begins"), say("name a later day"))


def revoke_key(house: House, actor: Actor, key_id: str, reason: str) -> KeyRow:
    """Revoke a key, from now on: one for which the actor answers, or, for administrators, anybody's."""
    with house.records.reading() as records:
        found = records.get(KEYS, key_id)
    is_own = found is not None and found.person == actor.person
    with doing(house, actor, Act.REVOKE_OWN_KEY if is_own else Act.REVOKE_KEY) as act:
        key = act.records.get(KEYS, key_id)
        if key is None:
            raise not_found()
        if key.revoked_at is not None:
            raise ConflictError(say("the key was revoked already"))
        revoked = replace(key, revoked_at=act.at)
        act.records.put(KEYS, revoked)
        act.write(key.id, {"reason": need(reason, say("the reason"))})
    return revoked


# --- who is here ---


def list_people(
    house: House, actor: Actor, *, after: str = "", most: int | None = None
) -> Sequence[PersonRow]:
    """Everybody who was ever invited, in that order. The digests of their links stay here."""
    permit(actor, Act.READ_PEOPLE)
    with house.records.reading() as records:
        found = records.find(PEOPLE, after=after, most=most)
    return [replace(person, invitation="") for person in found]


def list_keys(house: House, actor: Actor, *, after: str = "", most: int | None = None) -> Sequence[KeyRow]:
    """Every key, those that were revoked too. The digests of their secrets stay here."""
    permit(actor, Act.READ_PEOPLE)
    with house.records.reading() as records:
        found = records.find(KEYS, after=after, most=most)
    return [replace(key, digest="") for key in found]


# --- who acts ---


def actor_of(person: PersonRow) -> Actor:
    """A person as an actor; one who was shut out may do nothing."""
    roles = frozenset(Role(role) for role in person.roles) if person.active else frozenset()
    return Actor(person=PersonId(person.id), roles=roles, advertiser=person.advertiser)


def person_actor(house: House, person_id: str) -> Actor:
    """A person of the records as an actor, with the roles that it has now."""
    with house.records.reading() as records:
        return actor_of(_person(records, person_id))


def key_actor(house: House, secret: str) -> Actor:
    """Whoever holds a key's secret. Raises NotFoundError where it is none, is over, or its person was shut out."""
    with house.records.reading() as records:
        found = records.find(KEYS, digest=digest_of_bytes(secret.encode(errors="replace")))
        person = records.get(PEOPLE, found[0].person) if len(found) == 1 else None
    if not found or person is None or not person.active:
        raise not_found()
    key, at = found[0], time_of(house)
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= at):
        raise not_found()
    if key.own:
        return replace(actor_of(person), key=KeyId(key.id))
    return Actor(
        person=PersonId(person.id),
        roles=frozenset({Role.SERVICE}),
        key=KeyId(key.id),
        acts=frozenset(Act(act) for act in key.acts),
    )


def after(at: Instant, time: Duration) -> Instant:
    """An instant a while later."""
    return Instant(at.nanos + time.nanos)


def secret_text(house: House) -> str:
    """A secret that nobody guesses, in letters that survive every mail program."""
    return house.random(SECRET_BYTES).hex()


def _person(records: Reading, person_id: str) -> PersonRow:
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
    if (Role.MEMBER in wanted) != bool(advertiser) or (Role.MEMBER in wanted and len(wanted) > 1):
        message = say("a member belongs to one advertiser and has no other role; nobody else belongs to one")
        raise refused("bad-roles", message, say("name the advertiser of a member, and of nobody else"))
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


def refuse_own(act: Doing, author: str) -> None:
    """Nobody confirms their own: not the author, and no key of the author."""
    if act.actor.person == author:
        message = say("who proposed it cannot stand for it as a second person")
        raise refused("own-proposal", message, say("ask somebody else"))


def expunge_person(house: House, actor: Actor, person_id: str, reason: str) -> PersonRow:
    """Expunge the name and address of somebody who was shut out; what the person did stays, under the bare id."""
    told = need(reason, say("the reason"))
    with doing(house, actor, Act.EXPUNGE) as act:
        person = _person(act.records, person_id)
        if person.active:
            message = say("this person still works here")
            raise refused("still-needed", message, say("shut the person out first"))
        invited = next((item for item in act.records.entries_of(person.id) if item.private), None)
        if invited is None or act.records.part(invited.private[0]) is None:
            raise ConflictError(say("the name was expunged already"))
        tombstone = Tombstone(digest=invited.private[0], at=act.at, why=told, entry=act.records.size())
        act.append(expunging(tombstone, act.actor.name), [])
        act.records.expunge(tombstone)
        gone = replace(person, email=f"{person.id}@expunged.invalid", name="expunged")
        act.records.put(PEOPLE, gone)
    return gone
