"""What is in force, published into a folder as the log grows: a base, then what has changed since, then a new base.

No entry is written: each file names the size and the root of the log that it tells of, and what follows from them is
the same wherever it is built. Whatever ends it, the folder offers what it offered before. Bases are built by somebody
else (`bases`), who may take long: until there is a new one, what changes is told as a delta of the one before.
"""

from dataclasses import dataclass, replace

from adjudge.basis.instant import Clock
from adjudge.basis.said import say
from adjudge.enforcement.current import Current
from adjudge.enforcement.terms import Terms
from adjudge.institution.house import House, refused
from adjudge.institution.serving.affected import affected
from adjudge.institution.serving.approved import Rule
from adjudge.institution.serving.bases import (
    AtOnce,
    Bases,
    Published,
    last_known,
    read_base,
    sealed_by,
    terms_of_log,
    write_file,
)
from adjudge.institution.serving.building import Changes
from adjudge.institution.serving.folder import Folder
from adjudge.ledger.signer import Signer
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import permit
from adjudge.records.ports import Reading

CONFIRMED = 2_000
"""Milliseconds after which it is confirmed anew that nothing has changed."""
FEWEST, SHARE, MOST = 2_000, 20, 20_000
"""A delta of more keys than one of so many of its base is too large, within these bounds: a new base is built.

Each change writes all of a delta anew, which takes some 7 ms for 1,000 keys.
"""
FARTHEST = 100_000
"""Entries after which a base is built anew: whoever begins after a restart goes through all since the base."""
_MILLISECOND = 1_000_000


@dataclass(slots=True)
class _Standing:
    """What is published, and up to where the log was looked at. `unwritten`: changes that are not in the folder yet.

    `awaiting`: since which entry another base is awaited, by what was declared anew; below 0 where none is.
    `is_outdated`: there are changes that no delta of this base can tell.
    """

    base: Published
    changes: Changes
    seen: int
    delta: Published | None = None
    unwritten: bool = True
    awaiting: int = -1
    is_outdated: bool = False

    @property
    def newest(self) -> Published:
        return self.delta or self.base


@dataclass(slots=True)
class Publisher:
    """Who publishes into a folder that it holds. It goes on from what lies there, and remembers what it published.

    `size` is that of the log when it was last looked at. The folder was confirmed at `looked_at` by our clock, and says
    `confirmed_at` (ms since 1970; below 0: the next look confirms it).
    """

    house: House
    signer: Signer
    folder: Folder
    bases: Bases
    standing: _Standing | None = None
    confirmed_at: int = -1
    looked_at: int = -1
    size: int = 0

    def look(self) -> bool:
        """Publish what is new, and confirm from time to time that nothing is; whether there was anything new.

        Raises UnavailableError where the records or the folder do not answer; the next look does what is left to do.
        """
        at = _milliseconds(self.house.clock)
        changed = self._changed()
        if self._wants_base():
            self.bases.begin()
            changed |= self._changed()
        standing = self.standing
        if standing is None or standing.is_outdated:
            return changed
        if changed or not 0 <= at - self.looked_at < CONFIRMED:
            self._offer(standing, at, is_new=changed)
        return changed

    @property
    def behind(self) -> int:
        """Entries of the log that were not looked at yet, or of which the folder does not tell yet what they change."""
        standing = self.standing
        if standing is None or standing.unwritten or standing.is_outdated or self.confirmed_at < 0:
            return self.size - self._offered()
        return self.size - (standing.seen if standing.awaiting < 0 else standing.awaiting)

    @property
    def delta(self) -> str:
        """The name of the delta that was written last; empty without one."""
        standing = self.standing
        return standing.delta.name if standing is not None and standing.delta is not None else ""

    @property
    def keys(self) -> tuple[int, int]:
        """How many keys the base has, and how many its delta."""
        standing = self.standing
        return (standing.base.keys, len(standing.changes.keys)) if standing is not None else (0, 0)

    def _offered(self) -> int:
        current = self.folder.current()
        return min(current.log_size, self.size) if current is not None else 0

    def _wants_base(self) -> bool:
        standing = self.standing
        if standing is None:
            return self.size > 0  # a log of no entries: there is no institution yet
        most = min(max(FEWEST, standing.base.keys // SHARE), MOST)
        is_far = standing.seen - standing.base.terms.log_size > FARTHEST
        return standing.is_outdated or standing.awaiting >= 0 or is_far or len(standing.changes.keys) > most

    def _changed(self) -> bool:
        """Look at what is new, and write it; whether there is anything else to offer than before."""
        name, standing = self.bases.built(), self.standing
        if standing is not None and not name and not standing.unwritten:
            with self.house.records.reading() as records:
                self.size = records.size()
            if self.size == standing.seen:
                return False
        with self.house.records.looking() as records:
            self.size = records.size()
            if not self.size:
                return False
            if name or standing is None or self.size < standing.seen:
                self._take_up(records, name)
            return self.standing is not None and self._told(records, self.standing)

    def _take_up(self, records: Reading, name: str) -> None:
        """Go on from a base: one that was just built, or the one that is offered."""
        current = self.folder.current()
        found = read_base(self.folder.path, name or (current.base if current else ""), self.signer, records)
        if name:
            self.bases.took(is_used=found is not None)
            if found is None:
                self.folder.drop(name)
        if self.standing is not None and (found is not None or self.size < self.standing.seen):
            self.forget()
        if found is not None:
            terms = found.file.terms
            rule = Rule(terms.changed, terms.surfaces)
            changes = Changes(last_known(records, terms.log_size), rule, found.hosts, found.table)
            self.standing = _Standing(found.file, changes, seen=terms.log_size)

    def forget(self) -> None:
        """Trust nothing any more that was remembered; what lies in the folder is looked at anew."""
        if self.standing is not None:
            self.standing.changes.hosts.close()
        self.standing = None

    def _told(self, records: Reading, standing: _Standing) -> bool:
        """Tell what is new as a delta, or the base alone where nothing is; whether there was anything to tell.

        What only another base can tell waits for it; all else goes on by what was declared when this one was built.
        """
        seen, asked = standing.seen, terms_of_log(records, self.signer.name, self.size)
        told = _by_base(asked, standing.base.terms)
        self._look_at_new(records, standing)
        standing.unwritten |= _declared(told) != _declared(standing.newest.terms)
        if told == asked:
            standing.awaiting = -1
        elif standing.awaiting < 0:
            standing.awaiting = seen
        if standing.is_outdated or not standing.unwritten:
            return False
        if told == standing.base.terms:
            standing.delta = None
        else:
            told, changes = replace(told, base=standing.base.digest), standing.changes
            builder = changes.builder(last_known(records, self.size))
            standing.delta = write_file(self.folder.path, builder, told, self.signer, len(changes.keys))
        standing.unwritten = False
        return True

    def _look_at_new(self, records: Reading, standing: _Standing) -> None:
        """Take what has changed since the last look."""
        try:
            found = affected(records, records.entries(standing.seen, self.size))
            if found is None:
                standing.is_outdated = True
            else:
                standing.unwritten |= standing.changes.take(records, found)
        except BaseException:
            self.forget()  # half of it may have been taken
            raise
        standing.seen = self.size

    def _offer(self, standing: _Standing, now: int, *, is_new: bool) -> None:
        newest, before, at = standing.newest, self.folder.current(), now
        if before is not None:
            # Who follows takes nothing that was confirmed before what it has: a clock that was set back must not
            # keep it from hearing of us. It counts from when it heard, too, so that this makes nothing fresher.
            at = max(at, before.confirmed_at + 1)
        current = Current(
            origin=newest.terms.origin,
            base=standing.base.name,
            delta=standing.delta.name if standing.delta is not None else "",
            log_size=newest.terms.log_size,
            confirmed_at=at,
        )
        self.confirmed_at = self.looked_at = -1  # if it fails, the next look offers it
        self.folder.offer(current, self.seal)
        self.confirmed_at, self.looked_at = at, now
        if is_new:
            self.folder.tidy(current)

    def seal(self, text: str) -> bytes:
        """The seal of a text by the key of the log."""
        return sealed_by(self.signer, text)


def publish_by(house: House, actor: Actor, signer: Signer, folder: Folder) -> Published:
    """Build a base of all that is in force, and offer it. Raises RefusedError for a log without entries.

    Whoever may have the log signed as it is may have this, which says what follows from it.
    """
    permit(actor, Act.CHECKPOINT)
    publisher = Publisher(house, signer, folder, AtOnce(house, signer, folder.path))
    publisher.bases.begin()
    publisher.look()
    if publisher.standing is None:
        raise refused("empty-log", say("the log has no entries yet"), say("do something first"))
    return publisher.standing.base


def _declared(terms: Terms) -> tuple[object, ...]:
    """What a delta may tell anew: whoever asks takes it from the newest file."""
    return terms.when_stale, terms.stale_after, terms.unknown_landing


def _by_base(told: Terms, base: Terms) -> Terms:
    """What a delta of a base tells: its keys are made by what was declared when the base was built."""
    return replace(
        base,
        log_size=told.log_size,
        log_root=told.log_root,
        known_at=told.known_at,
        when_stale=told.when_stale,
        stale_after=told.stale_after,
        unknown_landing=told.unknown_landing,
    )


def _milliseconds(clock: Clock) -> int:
    return clock().nanos // _MILLISECOND
