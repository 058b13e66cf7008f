"""The institution as procedures are handed it: its records, its clock, its randomness; and how an act is done.

An act asks for permission, takes the write lock, reads, changes, and writes exactly one entry of its own; what follows
from it by rule are further entries, by the institution. Nothing of it is kept if any step fails.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from adjudge.basis.digest import Json
from adjudge.basis.instant import Clock, Instant
from adjudge.basis.said import say
from adjudge.errors import BugError, Finding, RefusedError
from adjudge.institution.looked_at import LookedAt
from adjudge.institution.queue.keeping import queued
from adjudge.institution.register.keeping import keep_register
from adjudge.institution.watched import ACT, watched
from adjudge.ledger.entry import Entry
from adjudge.ledger.part import SALT_BYTES, Part, sealed
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import INSTITUTION, Actor
from adjudge.people.permission import Permission, permit
from adjudge.records.ports import Blobs, Reading, Records, Writing

Randomness = Callable[[int], bytes]
"""So many bytes that nobody can guess."""
LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An institution with what its procedures need of the outside."""

    records: Records
    blobs: Blobs
    clock: Clock
    random: Randomness
    largest_upload: int = 20_000_000
    origin: str = "adjudge.local"
    """The name of the log; messages that are sent bear it, so that no two institutions send under one name."""
    address: str = ""
    """The address under which advertisers reach the pages, without a slash at its end; empty where none is set."""
    looked_at: LookedAt = field(default_factory=LookedAt, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Whatever writes here keeps the queue and the register true with it."""
        object.__setattr__(self, "records", queued(self.records, keep_register))


@dataclass(slots=True)
class Doing:
    """An act under way, inside its transaction. `at` is its time: never before that of the entry before it."""

    house: House
    permission: Permission
    records: Writing
    at: Instant
    kinds: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.permission.actor

    def mint(self, prefix: str) -> str:
        """An id that no other object has: it bears the number of the entry by which the object comes into being."""
        return f"{prefix}-{self.records.size() + 1:06d}"

    def seal(self, content: Json) -> Part:
        """A part to be written beside the entry, so that it can be expunged by itself later."""
        return sealed(content, self.house.random(SALT_BYTES))

    def write(
        self, subject: str, body: Mapping[str, Json], private: Json = None, *, further: Sequence[Part] = ()
    ) -> Entry:
        """The entry of the act, with its sealed parts. `private` is the first of them, where it is given.

        `further` are sealed apart: each can go by itself, and whoever the entry concerns is handed the first alone.
        """
        parts = [*([] if private is None else [self.seal(private)]), *further]
        entry = Entry(
            seq=self.records.size(),
            at=self.at,
            actor=self.actor.name,
            kind=ACTS[self.permission.act].writes,
            subject=subject,
            body=dict(body),
            private=tuple(part.digest for part in parts),
        )
        self.append(entry, parts)
        return entry

    def append(self, entry: Entry, parts: list[Part]) -> None:
        """Append an entry made elsewhere; it counts as the act's where it is of its kind."""
        self.records.append(entry, parts)
        if entry.actor != INSTITUTION.name:
            self.kinds.append(entry.kind)


@contextmanager
def doing(house: House, actor: Actor, act: Act, advertiser: str = "") -> Iterator[Doing]:
    """Do an act. Raises NotFoundError without the right, UnavailableError where the records do not answer.

    Exactly one entry of the act's kind is written, or it is a bug of ours and nothing is kept.
    """
    permission = permit(actor, act, advertiser)
    with watched(ACT, act), house.records.writing() as records:
        under_way = Doing(house, permission, records, now(house, records))
        yield under_way
        if under_way.kinds != [ACTS[act].writes]:
            raise BugError(f"the act {act} wrote {under_way.kinds}")


def write_by_institution(
    records: Writing,
    at: Instant,
    kind: str,
    subject: str,
    body: Mapping[str, Json],
    *,
    parts: Sequence[Part] = (),
) -> Entry:
    """An entry of the institution: what follows by rule, from an act or from time."""
    entry = Entry(
        seq=records.size(),
        at=at,
        actor=INSTITUTION.name,
        kind=kind,
        subject=subject,
        body=dict(body),
        private=tuple(part.digest for part in parts),
    )
    records.append(entry, parts)
    return entry


def now(house: House, records: Reading) -> Instant:
    """The time of an act, by which all before it is known. A clock that was set back does not make it earlier."""
    size = records.size()
    last = records.entry(size - 1) if size else None
    return max(house.clock(), last.at) if last is not None else house.clock()


def time_of(house: House) -> Instant:
    """The time for whoever only reads: that of an act done now."""
    with house.records.reading() as records:
        return now(house, records)


def need(text: str, what: str, *, most: int = LONGEST_TEXT) -> str:
    """A text that must be there, of a bearable length, and such that it can be written down. Raises RefusedError."""
    found = text.strip()
    if not found:
        raise refused("missing-text", say("{what} is missing", what=what), say("write it"))
    return fitting(found, what, most=most)


def fitting(text: str, what: str, *, most: int = LONGEST_TEXT) -> str:
    """A text of a bearable length that can be written down, empty or not. Raises RefusedError."""
    if len(text) > most:
        message = say("{what} has more than {most} characters", what=what, most=most)
        raise refused("text-too-long", message, say("shorten it"))
    try:
        text.encode()
    except UnicodeEncodeError:
        message = say("{what} holds half of a character", what=what)
        raise refused("bad-text", message, say("write it anew")) from None
    return text


def refused(code: str, message: str, hint: str = "") -> RefusedError:
    """A refusal with one finding."""
    return RefusedError(message, hint=hint, findings=(Finding(code, message, hint),))
