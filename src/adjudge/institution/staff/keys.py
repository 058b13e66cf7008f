"""Keys of people and of programs: made, put in place of one another, revoked, and known by their secrets.

A secret is shown once and kept as a digest only. Not what a key may do: that is asked at each act.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from adjudge.basis.digest import Json, digest_of_bytes
from adjudge.basis.instant import Duration, Instant, day_of, parse_timestamp, start_of_day
from adjudge.basis.said import say
from adjudge.errors import ConflictError, UnavailableError
from adjudge.institution.house import Doing, House, doing, need, refused, time_of
from adjudge.institution.staff.people import FOUNDER, WEEK, actor_of, after, person_row, secret_text
from adjudge.people.act import ACTS, Act, known_acts
from adjudge.people.actor import Actor, KeyId, PersonId
from adjudge.people.permission import may, not_found, permit
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import KeyRow
from adjudge.records.shelf import KEYS, PEOPLE

LONGEST_OVERLAP = WEEK
_MADE = frozenset(ACTS[act].writes for act in (Act.MAKE_KEY, Act.MAKE_OWN_KEY))
_ROTATED = ACTS[Act.ROTATE_KEY].writes
MOST_OWN = 20
"""Keys of one's own that work at once."""
SOON = Duration(30 * 86_400 * 1_000_000_000)
"""Whoever answers for a key is reminded for so long before it ends."""


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key, and its secret, which is shown once."""

    key: KeyRow
    secret: str


# --- made ---


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
    permit(actor, Act.MAKE_KEY)
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
        _refuse_many(act, answering)
        return _made(act, _NewKey(name=name, person=answering, own=True, expires_at=expires_at))


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewKey:
    """What a key is to be."""

    name: str
    person: str
    acts: tuple[str, ...] = ()
    own: bool = False
    expires_at: Instant | None = None
    replaces: str = ""


def _made(act: Doing, new: _NewKey) -> MadeKey:
    """Make the key, and write the entry; it names the person where that is not who acts."""
    made = _kept(act, new)
    whose: dict[str, Json] = {"person": new.person} if new.person != act.actor.person else {}
    act.write(made.key.id, {**_told(made.key), **whose})
    return made


def _kept(act: Doing, new: _NewKey) -> MadeKey:
    """A key that was not there before."""
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
        replaces=new.replaces,
    )
    act.records.put(KEYS, key)
    return MadeKey(key, secret)


def _told(key: KeyRow) -> dict[str, Json]:
    """What the log says of a key that is new."""
    what: dict[str, Json] = {"own": True} if key.own else {"acts": [*key.acts]}
    until = str(key.expires_at) if key.expires_at else ""
    return {"name": key.name, **what, "expires_at": until}


def _answering(act: Doing, person_id: str) -> str:
    """Who answers for a key: who makes it, or, for the founder alone, somebody here who could make it."""
    if not person_id:
        return act.actor.person
    if act.actor.person != FOUNDER.person:
        raise not_found()
    person = person_row(act.records, person_id)
    if person.joined_at is None or not may(actor_of(person), act.permission.act):
        message = say("{person} may have no such key", person=person_id)
        raise refused("unknown-person", message, say("name somebody who has joined and may make such a key"))
    return person.id


def _refuse_many(act: Doing, person: str) -> None:
    """Nobody loses sight of what bears their name."""
    live = [
        key
        for key in act.records.find(KEYS, person=person)
        if key.own and key.revoked_at is None and (key.expires_at is None or key.expires_at > act.at)
    ]
    if len(live) >= MOST_OWN:
        message = say("one has at most {most} keys of one's own that work", most=MOST_OWN)
        raise refused("bad-key", message, say("revoke those that are no longer used"))


def _refuse_over(act: Doing, expires_at: Instant | None) -> None:
    if expires_at is not None and expires_at <= act.at:
        raise refused("bad-key", say("the key would be over before it begins"), say("name a later day"))


# --- put in place of one another ---


def rotate_key(
    house: House, actor: Actor, key_id: str, *, overlap: Duration, expires_at: Instant | None = None
) -> MadeKey:
    """Put a new key in place of one, for the same acts and the same person; the one before ends after the overlap.

    Done by whoever answers for the key; for keys of programs by administrators too; by a key for itself alone. Without
    `expires_at` the new one is made for as long as the one before was; by the key itself for no longer than that had
    left, so that one that was stolen ends by itself. Where the new one was never used, because its secret was lost on
    the way, it can be done again, and what was made the first time is revoked; the overlap is that of the first time,
    and the new one ends as if there had been none. Raises RefusedError, ConflictError.
    """
    refuse_rotating(house, actor, key_id)
    if not 0 <= overlap.nanos <= LONGEST_OVERLAP.nanos:
        message = say("a key goes on beside the one in its place for at most {days} days", days=7)
        raise refused("bad-key", message, say("name a shorter time"))
    with doing(house, actor, Act.ROTATE_KEY) as act:
        before = _rotated(act, key_id)
        unused = _unused(act, before)
        by_itself = actor.key == before.id
        own = replace(before, expires_at=_own_end(act.records, before)) if unused else before
        until = _until(act, own, expires_at, by_itself=by_itself)
        new = _NewKey(
            name=before.name,
            person=before.person,
            acts=before.acts,
            own=before.own,
            expires_at=until,
            replaces=before.id,
        )
        made = _kept(act, new)
        ends = _earlier(before.expires_at, after(act.at, overlap))
        act.records.put(KEYS, replace(before, expires_at=ends))
        act.records.put_all(KEYS, [replace(key, revoked_at=act.at) for key in unused])
        body: dict[str, Json] = {"by": made.key.id, **_told(made.key), "person": before.person}
        body |= {"ends_at": str(ends)}
        body |= {"instead_of": [key.id for key in unused]} if unused else {}
        act.write(before.id, body)
    return made


def refuse_rotating(house: House, actor: Actor, key_id: str) -> None:
    """Raise NotFoundError where somebody may not put another key in place of one, before anything else is told."""
    permit(actor, Act.ROTATE_KEY)
    with house.records.reading() as records:
        key = records.get(KEYS, key_id)
    if key is None or not _may_rotate(actor, key):
        raise not_found()


def _rotated(act: Doing, key_id: str) -> KeyRow:
    """The key that is rotated, if whoever acts may do so to it and it still works."""
    actor, key = act.actor, act.records.get(KEYS, key_id)
    if key is None or not _may_rotate(actor, key):
        raise not_found()
    if key.revoked_at is not None:
        raise ConflictError(say("the key was revoked already"))
    if key.expires_at is not None and key.expires_at <= act.at:
        raise refused("bad-key", say("the key is over"), say("make another one"))
    return key


def _may_rotate(actor: Actor, key: KeyRow) -> bool:
    if actor.key is not None:
        return actor.key == key.id
    if actor.person == key.person:
        return True
    return Role.ADMINISTRATOR in actor.roles and not key.own


def _unused(act: Doing, key: KeyRow) -> Sequence[KeyRow]:
    """What came in its place before and was never used. Raises ConflictError where one was."""
    live = [item for item in _next(act.records, key) if item.revoked_at is None]
    used = next((item for item in live if item.used_on is not None or _next(act.records, item)), None)
    if used is not None:
        message = say("the key {key} is in its place already, and was used", key=used.id)
        raise ConflictError(message, hint=say("put a new key in place of that one"))
    return live


def _until(act: Doing, before: KeyRow, asked: Instant | None, *, by_itself: bool) -> Instant | None:
    """Until when the new one works."""
    end = before.expires_at
    if by_itself:
        if end is not None and asked is not None and asked > end:
            message = say("no key makes one that works longer than itself")
            raise refused("bad-key", message, say("name {day} at the latest, or no day", day=str(end)))
        return asked or end
    if asked is not None or end is None:
        return asked
    return Instant(act.at.nanos + end.nanos - before.made_at.nanos)


def _own_end(records: Reading, key: KeyRow) -> Instant | None:
    """The end with which a key was made, which the first rotation cut short: the entry of its making names it."""
    told = [
        entry
        for entry in records.entries_of(key.replaces or key.id)
        if (entry.kind in _MADE and entry.subject == key.id)
        or (entry.kind == _ROTATED and entry.body.get("by") == key.id)
    ]
    return parse_timestamp(str(told[-1].body["expires_at"])) if told else key.expires_at


def _earlier(first: Instant | None, second: Instant) -> Instant:
    return second if first is None else min(first, second)


# --- revoked ---


def revoke_key(house: House, actor: Actor, key_id: str, reason: str) -> KeyRow:
    """Revoke a key, from now on: one for which the actor answers, or, for administrators, anybody's.

    Every key that came in its place goes with it (`revoked_with`): whoever had the secret may have made them.
    """
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
        later = [item for item in _line(act.records, key) if item.revoked_at is None]
        act.records.put_all(KEYS, [revoked, *(replace(item, revoked_at=act.at) for item in later)])
        also: dict[str, Json] = {"also": [item.id for item in later]} if later else {}
        act.write(key.id, {"reason": need(reason, say("the reason")), **also})
    return revoked


def revoked_with(house: House, actor: Actor, key_id: str) -> Sequence[str]:
    """The keys that went when a key was revoked, since they had come in its place; for who could revoke it."""
    with house.records.reading() as records:
        key = records.get(KEYS, key_id)
        if key is None:
            raise not_found()
        permit(actor, Act.REVOKE_OWN_KEY if key.person == actor.person else Act.REVOKE_KEY)
        entries = [entry for entry in records.entries_of(key_id) if "also" in entry.body]
    also = entries[-1].body["also"] if entries else []
    return [str(item) for item in also] if isinstance(also, list) else []


def _next(records: Reading, key: KeyRow) -> Sequence[KeyRow]:
    """The keys that came in the place of one; the same person answers for them."""
    return [item for item in records.find(KEYS, person=key.person) if item.replaces == key.id]


def _line(records: Reading, key: KeyRow) -> Iterator[KeyRow]:
    """All that came in the place of a key, and of those, and so on."""
    by: dict[str, list[KeyRow]] = {}
    for item in records.find(KEYS, person=key.person):
        by.setdefault(item.replaces, []).append(item)
    waiting = [key.id]
    while waiting:
        later = by.get(waiting.pop(), [])
        yield from later
        waiting += [item.id for item in later]


# --- listed ---


def list_keys(house: House, actor: Actor, *, after: str = "", most: int | None = None) -> Sequence[KeyRow]:
    """Every key, those that were revoked too. The digests of their secrets stay here."""
    permit(actor, Act.READ_PEOPLE)
    with house.records.reading() as records:
        found = records.find(KEYS, after=after, most=most)
    return [replace(key, digest="") for key in found]


def own_keys(house: House, actor: Actor) -> Sequence[KeyRow]:
    """The keys of whoever asks, also those of programs for which one answers. The digests of secrets stay here."""
    permit(actor, Act.REVOKE_OWN_KEY, actor.advertiser)
    with house.records.reading() as records:
        return [replace(key, digest="") for key in records.find(KEYS, person=actor.person)]


def ending_soon(house: House, actor: Actor) -> Sequence[KeyRow]:
    """The keys of whoever asks that end within a month and have none in their place yet."""
    at, keys = time_of(house), own_keys(house, actor)
    replaced = {key.replaces for key in keys if key.revoked_at is None}
    return [key for key in keys if ends_soon(key, at) and key.id not in replaced]


def ends_soon(key: KeyRow, at: Instant) -> bool:
    """Whether a key still works, and ends within a month."""
    if key.revoked_at is not None or key.expires_at is None:
        return False
    return at < key.expires_at <= after(at, SOON)


# --- who acts ---


def key_actor(house: House, secret: str) -> Actor:
    """Whoever holds a key's secret. Raises NotFoundError where it is none, is over, or its person was shut out.

    The day of its use is noted, once a day and in no entry: that a key is not used any more is why to revoke it.
    """
    with house.records.reading() as records:
        found = records.find(KEYS, digest=digest_of_bytes(secret.encode(errors="replace")))
        person = records.get(PEOPLE, found[0].person) if len(found) == 1 else None
    if not found or person is None or not person.active:
        raise not_found()
    key, at = found[0], time_of(house)
    if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= at):
        raise not_found()
    _note_use(house, key, start_of_day(day_of(at)))
    if key.own:
        return replace(actor_of(person), key=KeyId(key.id))
    return Actor(
        person=PersonId(person.id),
        roles=frozenset({Role.SERVICE}),
        key=KeyId(key.id),
        acts=known_acts(key.acts),
    )


def _note_use(house: House, key: KeyRow, day: Instant) -> None:
    """Where it cannot be noted nobody is kept from reading: what is done next tells of a database that is away."""
    if key.used_on is not None and key.used_on >= day:
        return
    with suppress(UnavailableError), house.records.writing() as records:
        current = records.get(KEYS, key.id)
        if current is not None:
            records.put(KEYS, replace(current, used_on=day))
