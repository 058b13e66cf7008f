"""Programs told of entries of the log: in order, none left out, each at least once and under the same name.

The log is the outbox: what was committed is there to be told, and what was not never is. How far a program has come is
a row, kept every second or fifty messages: whoever is killed in between tells the last ones again. While somebody is
sending others leave the program alone for a time; where two send all the same, both go in order, and no harm is done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from adjudge.basis.digest import Json
from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.hooks.kinds import is_wanted
from adjudge.institution.hooks.settling import is_former_valid
from adjudge.institution.house import House, now, write_by_institution
from adjudge.institution.notifying.delivering import FEWEST, MINUTE, Pace, wait
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.part import SALT_BYTES, sealed
from adjudge.ledger.tree import leaf_hash
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.post.attempt import Attempt, Delivered, Refused, Retry
from adjudge.post.outgoing import Call
from adjudge.post.post import SendsCalls
from adjudge.post.signing import webhook_id
from adjudge.records.rows import HookRow
from adjudge.records.shelf import HOOKS

LEASE = 2 * MINUTE
"""For so long nobody else tells whom somebody is telling: longer than one attempt takes, and one keeping of it."""
PORTION = 100
"""Entries read at once, so that no length of log lies in memory."""
MESSAGES, WHILE = 50, NANOS
"""After so many messages, or so long, it is kept how far a program has come."""
LONGEST_FAILING = 30 * 24 * 60 * MINUTE
"""After so long without an answer a program is told of nothing more, until somebody settles it anew."""
ENDED = ACTS[Act.END_HOOK].writes
TEST = "hook.test"
NAMED = 16
"""Digits of an entry's hash in the name of its message."""
Failure = Retry | Refused


def hooks_due(house: House) -> Sequence[str]:
    """The hooks for which there is something new, and that are not waiting to be tried again."""
    with house.records.reading() as records:
        size = records.size()
        rows = [row for row in records.find(HOOKS) if row.ended_at is None and row.next_seq < size]
        at = now(house, records) if rows else None
        return [row.id for row in rows if at is not None and _is_due(row, size, at)]


def deliver_hooks(house: House, calls: SendsCalls, pace: Pace | None = None) -> int:
    """Tell every program that is due, one after the other; how many messages were taken.

    The running institution tells each in a thread of its own, so that a slow one keeps none of the others waiting.
    """
    return sum(deliver_hook(house, calls, hook_id, pace) for hook_id in hooks_due(house))


def deliver_hook(house: House, calls: SendsCalls, hook_id: str, pace: Pace | None = None) -> int:
    """Tell one program of all that is new, until it fails or time is over; how many messages were taken."""
    taken = _taken(house, hook_id)
    if taken is None:
        return 0
    round_of = _Round(house=house, calls=calls, pace=pace or Pace(), row=taken, reached=taken.next_seq)
    round_of.go()
    return round_of.sent


def try_hook(house: House, actor: Actor, calls: SendsCalls, hook_id: str) -> Attempt:
    """Send a message of trial now, signed as all are; it is no entry, and nothing is kept of it."""
    permit(actor, Act.SETTLE_HOOK)
    with house.records.reading() as records:
        row = records.get(HOOKS, hook_id)
    if row is None:
        raise not_found()
    at = house.clock()
    name = webhook_id(f"{house.origin}/test-{at.nanos}")
    body = {"id": name, "type": TEST, "at": str(at), "hook": row.id}
    return calls.send(_call(row, name, body, at))


@dataclass(slots=True, kw_only=True)
class _Round:
    """One go at one program.

    `reached` is the first entry that it has not come to, `unkept` what it took since that was kept last.
    """

    house: House
    calls: SendsCalls
    pace: Pace
    row: HookRow
    reached: int
    sent: int = 0
    unkept: int = 0
    kept_at: Instant = field(default_factory=lambda: Instant(0))

    def go(self) -> None:
        """Tell, until nothing is left, it fails, it is settled anew, or time is over."""
        self.kept_at = self.house.clock()
        for entry in self._entries():
            if self.pace.is_over():
                break
            failed = self._tell(entry)
            if failed is not None:
                _fail(self.house, self._as_reached(), failed)
                return
            if self._is_time() and not self._keep(LEASE):
                return
        self._keep(0)

    def _entries(self) -> Iterator[Entry]:
        """Entries from the first that it has not come to, a few at a time; those that are written meanwhile too."""
        while True:
            with self.house.records.reading() as records:
                end = min(self.reached + PORTION, records.size())
                entries = list(records.entries(self.reached, end))
            if not entries:
                return
            yield from entries

    def _tell(self, entry: Entry) -> Failure | None:
        """Tell of one entry, if it is of a kind that is wanted; what failed, else None."""
        if is_wanted(entry.kind, self.row.kinds):
            attempt = self.calls.send(call_of(self.house, self.row, entry))
            self.pace.between("sent")
            if not isinstance(attempt, Delivered):
                return attempt
            self.sent += 1
            self.unkept += 1
            self.row = replace(self.row, taken_at=self.house.clock())
        self.reached = entry.seq + 1
        return None

    def _is_time(self) -> bool:
        return self.unkept >= MESSAGES or self.house.clock().nanos - self.kept_at.nanos >= WHILE

    def _keep(self, lease: int) -> bool:
        """Keep how far it has come, and go on for another while, or leave it to others; whether to go on."""
        kept = _kept(self.house, self._as_reached(), lease)
        self.pace.between("kept")
        self.unkept, self.kept_at = 0, self.house.clock()
        return kept

    def _as_reached(self) -> HookRow:
        return replace(self.row, next_seq=self.reached)


def call_of(house: House, row: HookRow, entry: Entry) -> Call:
    """The message of an entry: what is public of it, and never a sealed part."""
    name = webhook_id(f"{house.origin}/{name_of(entry)}")
    body: dict[str, object] = {
        "id": name,
        "type": entry.kind,
        "seq": entry.seq,
        "at": str(entry.at),
        "subject": entry.subject,
        "actor": entry.actor,
        "body": dict(entry.body),
    }
    return _call(row, name, body, house.clock())


def name_of(entry: Entry) -> str:
    """An entry by its number and the beginning of its hash.

    Where a backup was restored other entries have the numbers of those that were lost, of which programs were told.
    """
    return f"{entry.seq}-{leaf_hash(entry_bytes(entry)).hex()[:NAMED]}"


def _call(row: HookRow, name: str, body: dict[str, object] | dict[str, str], at: Instant) -> Call:
    former = row.former_secret if is_former_valid(row, at) else ""
    return Call(message=name, url=row.url, secret=row.secret, former=former, body=body, at=at)


# --- what is kept of it ---


def _is_due(row: HookRow, size: int, at: Instant) -> bool:
    return row.ended_at is None and row.next_seq < size and (row.due_at is None or row.due_at <= at)


def _taken(house: House, hook_id: str) -> HookRow | None:
    """Take a hook for a while, if it is due."""
    with house.records.writing() as records:
        row, at = records.get(HOOKS, hook_id), now(house, records)
        if row is None or not _is_due(row, records.size(), at):
            return None
        taken = replace(row, due_at=Instant(at.nanos + LEASE))
        records.put(HOOKS, taken)
    return taken


def _kept(house: House, reached: HookRow, lease: int) -> bool:
    """Keep how far a program has come; False where the hook was settled anew, begun again or ended meanwhile."""
    with house.records.writing() as records:
        row, at = records.get(HOOKS, reached.id), now(house, records)
        if row is None or row.turn != reached.turn:
            return False
        due = Instant(at.nanos + lease) if lease else None
        records.put(HOOKS, replace(_come_to(row, reached), due_at=due))
    return True


def _come_to(row: HookRow, reached: HookRow) -> HookRow:
    """As far as it has come; whoever comes on has not failed. Where another one was further on, it stays there."""
    if reached.next_seq <= row.next_seq:
        return row
    return replace(
        row,
        next_seq=reached.next_seq,
        taken_at=reached.taken_at,
        attempts=0,
        last_error="",
        failing_since=None,
    )


def _fail(house: House, reached: HookRow, failure: Failure) -> None:
    """Keep how far it came and why no further; end it where nobody is there any more."""
    with house.records.writing() as records:
        row, at = records.get(HOOKS, reached.id), now(house, records)
        if row is None or row.turn != reached.turn:
            return
        come = _come_to(row, reached)
        failed = replace(
            come,
            attempts=come.attempts + 1,
            last_error=failure.error,
            failing_since=come.failing_since or at,
            due_at=Instant(at.nanos + wait(come.attempts + 1)),
        )
        is_gone = isinstance(failure, Refused) and failure.is_gone
        if is_gone or _is_hopeless(failed, at):
            failed = replace(failed, ended_at=at, gone=True, due_at=None, turn=row.turn + 1)
            why: dict[str, Json] = {"why": "gone" if is_gone else "failing", "attempts": str(failed.attempts)}
            part = sealed({"said": failure.error}, house.random(SALT_BYTES))
            write_by_institution(records, at, ENDED, row.id, why, parts=[part])
        records.put(HOOKS, failed)


def _is_hopeless(row: HookRow, at: Instant) -> bool:
    """Whether it failed for a month, and often: the time in which nobody tried does not count against it."""
    since = row.failing_since
    return since is not None and at.nanos - since.nanos >= LONGEST_FAILING and row.attempts >= FEWEST
