"""What is in force, published into a folder as the log grows: a base, then what has changed since, then a new base.

No entry is written: each file names the size and the root of the log that it tells of, and what follows from them is
the same wherever it is built. Whatever ends it, the folder offers what it offered before.
"""

from dataclasses import dataclass, replace

from adjudge.basis.instant import Clock
from adjudge.basis.said import say
from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import Current, file_name
from adjudge.enforcement.rules import name_rules
from adjudge.enforcement.seal import sealed_text
from adjudge.enforcement.terms import Terms
from adjudge.errors import BugError
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.house import House, refused
from adjudge.institution.serving.affected import affected
from adjudge.institution.serving.building import Changes, build_base
from adjudge.institution.serving.folder import Folder
from adjudge.ledger.fields import base64_text
from adjudge.ledger.proof import root_at
from adjudge.ledger.signer import Signer
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading

CONFIRMED = 2_000
"""Milliseconds after which it is confirmed anew that nothing has changed."""
FEWEST, SHARE = 2_000, 20
"""A delta of more keys than this, and than one of so many of its base, is too large: a new base is built."""
_MILLISECOND = 1_000_000
_NEW = ".new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A file that was written: its name, its digest, and for how many keys."""

    name: str
    digest: str
    keys: int
    terms: Terms


@dataclass(slots=True)
class _Standing:
    """What is published, and up to where the log was looked at. `unwritten`: changes that are not in the folder yet."""

    base: Published
    changes: Changes
    delta: Published | None = None
    seen: int = 0
    unwritten: bool = False

    @property
    def newest(self) -> Published:
        return self.delta or self.base


@dataclass(slots=True)
class Publisher:
    """Who publishes into a folder that it holds. It begins with a base, and remembers what it has published."""

    house: House
    signer: Signer
    folder: Folder
    standing: _Standing | None = None
    confirmed_at: int = -1

    def look(self) -> bool:
        """Publish what is new, and confirm from time to time that nothing is; whether there was anything new.

        Raises UnavailableError where the records or the folder do not answer; the next look does what is left to do.
        """
        at = _milliseconds(self.house.clock)
        changed = self._changed()
        if self.standing is None:
            return False  # a log of no entries: there is no institution yet
        if changed or not 0 <= at - self.confirmed_at < CONFIRMED:
            self._offer(self.standing, at, is_new=changed)
        return changed

    def _changed(self) -> bool:
        standing = self.standing
        if standing is not None and not standing.unwritten:
            with self.house.records.reading() as records:
                if records.size() == standing.seen:
                    return False
        with self.house.records.looking() as records:
            size = records.size()
            if not size:
                return False
            told, at = terms_of_log(records, self.signer.name, size), last_known(records, size)
            if standing is None or not _goes_on(standing, told) or not _taken(standing, records, size):
                base = build_base(records, at)
                written = self._written(base.builder, told, base.keys)
                self.standing = _Standing(written, Changes(at, base.owners), seen=size)
                return True
        if standing.unwritten:
            changes = standing.changes
            told = replace(told, base=standing.base.digest)
            standing.delta = self._written(changes.builder(at), told, len(changes.keys))
            standing.unwritten = False
            return True
        return False

    def _written(self, builder: Builder, terms: Terms, keys: int) -> Published:
        """Write a file, and give it the name that follows from what it holds."""
        path = self.folder.path

        def seal(digest: str) -> bytes:
            return self.seal(sealed_text(terms.origin, digest))

        new = path / f".{'delta' if terms.base else 'snapshot'}{_NEW}"
        digest = write_snapshot(new, builder, terms.told(), name_rules(), seal)
        name = file_name(digest, terms.log_size, delta=bool(terms.base))
        new.replace(path / name)
        return Published(name=name, digest=digest, keys=keys, terms=terms)

    def _offer(self, standing: _Standing, at: int, *, is_new: bool) -> None:
        newest = standing.newest
        current = Current(
            origin=newest.terms.origin,
            base=standing.base.name,
            delta=standing.delta.name if standing.delta is not None else "",
            log_size=newest.terms.log_size,
            confirmed_at=at,
        )
        self.confirmed_at = -1  # if it fails, the next look offers it
        self.folder.offer(current, self.seal)
        self.confirmed_at = at
        if is_new:
            self.folder.tidy(current)

    def seal(self, text: str) -> bytes:
        """The seal of a text by the key of the log."""
        return self.signer.verifier.id + self.signer.sign(text)


def publish_by(house: House, actor: Actor, signer: Signer, folder: Folder) -> Published:
    """Build a base of all that is in force, and offer it. Raises RefusedError for a log without entries.

    Whoever may have the log signed as it is may have this, which says what follows from it.
    """
    permit(actor, Act.CHECKPOINT)
    publisher = Publisher(house, signer, folder)
    publisher.look()
    if publisher.standing is None:
        raise refused("empty-log", say("the log has no entries yet"), say("do something first"))
    return publisher.standing.base


def terms_of_log(records: Reading, origin: str, size: int) -> Terms:
    """What a snapshot of the log says of itself, and what the institution declared for whoever uses it."""
    procedure = procedure_row(records)
    last = records.entry(size - 1)
    return Terms(
        origin=origin,
        log_size=size,
        log_root=base64_text(root_at(size, records)),
        known_at=str(last.at) if last is not None else "",
        when_stale=tuple(sorted(procedure.when_stale.items())),
        stale_after=procedure.stale_after,
        unknown_landing=procedure.unknown_landing,
        surfaces=procedure.surfaces,
    )


def last_known(records: Reading, size: int) -> int:
    """The time of the last of so many entries, in nanoseconds."""
    last = records.entry(size - 1)
    if last is None:
        raise BugError(f"the log has no entry {size - 1}")
    return last.at.nanos


def _goes_on(standing: _Standing, told: Terms) -> bool:
    """Whether a delta of the same base can tell it: the log has grown, and what was declared is the same."""
    before = standing.base.terms
    declared = (before.when_stale, before.stale_after, before.unknown_landing, before.surfaces)
    return (
        told.log_size >= standing.seen
        and declared == (told.when_stale, told.stale_after, told.unknown_landing, told.surfaces)
        and len(standing.changes.keys) <= max(FEWEST, standing.base.keys // SHARE)
    )


def _taken(standing: _Standing, records: Reading, size: int) -> bool:
    """Take what has changed since the last look; False where that asks for a new base."""
    advertisers = affected(records.entries(standing.seen, size))
    if advertisers is None:
        return False
    standing.unwritten |= standing.changes.take(records, advertisers)
    standing.seen = size
    return True


def _milliseconds(clock: Clock) -> int:
    return clock().nanos // _MILLISECOND
