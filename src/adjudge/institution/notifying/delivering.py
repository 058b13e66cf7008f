"""Deliveries that are due: tried until the receiver has answered that it has the notice, or refuses it for good.

An attempt is taken under the write lock, made outside of any transaction, and its end recorded under the lock again:
whoever is killed in between leaves a delivery that is due once more, under the same name of its message, and two who
deliver at once record one end. What cannot be known, whether a message went out before the kill, is never guessed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from adjudge.basis.digest import Json, digest_of_bytes
from adjudge.basis.instant import NANOS, Instant
from adjudge.basis.said import say
from adjudge.institution.house import House, now, time_of, write_by_institution
from adjudge.institution.notifying.links import with_link
from adjudge.institution.notifying.outgoing import Ready, ready
from adjudge.institution.own_words import ON_THE_PAGE
from adjudge.ledger.part import SALT_BYTES, sealed
from adjudge.post.attempt import Attempt, Delivered, Retry
from adjudge.post.outgoing import Call, Mail
from adjudge.post.post import Post
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import Channel, DeliveryRow, DeliveryState
from adjudge.records.shelf import DELIVERIES

MINUTE = 60 * NANOS
LEASE = 5 * MINUTE
"""For so long nobody else tries what somebody is trying: longer than any attempt takes."""
LONGEST_WAIT = 60 * MINUTE
LONGEST_TRIED = 7 * 24 * 60 * MINUTE
"""After so long nobody is reached any more by waiting: a person must look at it."""
FEWEST = 10
"""Attempts before that, however long it waited for a way to be opened: about four hours of them."""


def _never() -> bool:
    return False


def _nothing(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to go on, and who is told of each step before the next one; a test ends the process there."""

    is_over: Callable[[], bool] = _never
    between: Callable[[str], None] = _nothing


@dataclass(slots=True)
class _Shut:
    """Ways that did not work in this round: what else would go by them waits for the next one."""

    ways: set[tuple[Channel, str]] = field(default_factory=set)

    def holds(self, row: DeliveryRow) -> bool:
        return bool({(row.channel, row.address), (row.channel, "")} & self.ways)

    def note(self, row: DeliveryRow, attempt: Attempt) -> None:
        if isinstance(attempt, Retry):
            self.ways.add((row.channel, "" if attempt.everyone else row.address))


def deliver_due(house: House, post: Post, pace: Pace | None = None) -> tuple[DeliveryRow, ...]:
    """Try what is due, the longest due first; what came of each. Without a mailer, mail waits."""
    steps, shut, done = pace or Pace(), _Shut(), []
    for seen in _due(house, post):
        if steps.is_over():
            break
        if not shut.holds(seen):
            ended = _tried(house, post, seen, steps, shut)
            done += [ended] if ended is not None else []
    return tuple(done)


def waiting_for_mail(records: Reading, post: Post) -> int:
    """How many deliveries wait because no mail server is set."""
    if post.mailer is not None:
        return 0
    return records.count(DELIVERIES, state=DeliveryState.WAITING.value, channel=Channel.EMAIL.value)


def _due(house: House, post: Post) -> Iterator[DeliveryRow]:
    at = time_of(house)
    with house.records.reading() as records:
        rows = records.find(DELIVERIES, state=DeliveryState.WAITING.value)
    due = [row for row in rows if row.due_at <= at]
    for row in sorted(due, key=lambda row: (row.due_at, row.id)):
        if row.channel is not Channel.EMAIL or post.mailer is not None:
            yield row


def _tried(house: House, post: Post, seen: DeliveryRow, pace: Pace, shut: _Shut) -> DeliveryRow | None:
    """One attempt; None where somebody else was first."""
    pace.between("seen")
    found = _taken(house, seen)
    if found is None:
        return None
    taken, secret = found
    pace.between("taken")
    attempt = _attempted(house, post, taken, secret, pace)
    shut.note(taken, attempt)
    pace.between("sent")
    return _recorded(house, taken, attempt, pace)


def _taken(house: House, seen: DeliveryRow) -> tuple[DeliveryRow, str] | None:
    """Take a delivery for a while, if it is as it was seen; with the secret of the link that goes out with it."""
    with house.records.writing() as records:
        row = records.get(DELIVERIES, seen.id)
        if row != seen:
            return None
        at = now(house, records)
        linked, secret = with_link(house, records, row, at)
        taken = replace(linked, attempts=row.attempts + 1, due_at=Instant(at.nanos + LEASE))
        records.put(DELIVERIES, taken)
    return taken, secret


def _attempted(house: House, post: Post, row: DeliveryRow, secret: str, pace: Pace) -> Attempt:
    if row.channel is Channel.PAGE:
        return Delivered(str(ON_THE_PAGE))
    with house.records.reading() as records:
        made: Ready = ready(house, records, row, secret)
    pace.between("ready")
    match made:
        case Mail():
            if post.mailer is None:
                return Retry(say("no mail server is set"), everyone=True)
            return post.mailer.send(made)
        case Call():
            return post.webhooks.send(made)
        case _:
            return made


def _recorded(house: House, taken: DeliveryRow, attempt: Attempt, pace: Pace) -> DeliveryRow | None:
    """Record how it ended, unless somebody else has; then nothing is left to say."""
    with house.records.writing() as records:
        row = records.get(DELIVERIES, taken.id)
        if row is None or row.state is not DeliveryState.WAITING:
            return None
        at = now(house, records)
        ended = _ended(row, attempt, at)
        records.put(DELIVERIES, ended)
        pace.between("written")
        tell_end(house, records, ended, at)
        pace.between("told")
    pace.between("recorded")
    return ended


def _ended(row: DeliveryRow, attempt: Attempt, at: Instant) -> DeliveryRow:
    match attempt:
        case Delivered():
            return replace(
                row, state=DeliveryState.DELIVERED, delivered_at=at, proof=attempt.proof, last_error=""
            )
        case Retry() if at.nanos - row.first_due_at.nanos < LONGEST_TRIED or row.attempts < FEWEST:
            return replace(row, last_error=attempt.error, due_at=Instant(at.nanos + wait(row.attempts)))
        case _:
            return replace(row, state=DeliveryState.FAILED, last_error=attempt.error)


def wait(attempts: int) -> int:
    """Nanoseconds until the next attempt: a minute after the first, twice as long after each, at most an hour."""
    return min(MINUTE << min(attempts - 1, 10), LONGEST_WAIT)


def tell_end(house: House, records: Writing, row: DeliveryRow, at: Instant) -> None:
    """The entry of an end; none while it goes on. Addresses and what servers said stand in a sealed part."""
    if row.state is DeliveryState.WAITING:
        return
    is_delivered = row.state is DeliveryState.DELIVERED
    said = row.proof if is_delivered else row.last_error
    kind = "notice:delivered" if is_delivered else "notice:failed"
    body: dict[str, Json] = {
        "advertiser": row.advertiser,
        "delivery": row.id,
        "channel": str(row.channel),
        "message": row.message,
        "attempts": str(row.attempts),
        "proof" if is_delivered else "error": digest_of_bytes(said.encode()),
    }
    part = sealed({"address": row.address, "said": said}, house.random(SALT_BYTES))
    write_by_institution(records, at, kind, row.notice, body, parts=[part])
