"""What waits and what was sent, in lists with true counts: appeals by what is due next, notices by when they were owed.

Lists are counted over ids alone, so that a long record costs a page and not itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from adjudge.appeals.states import OPEN
from adjudge.basis.instant import Instant
from adjudge.institution.hearing.appeal import as_read
from adjudge.institution.house import House, now
from adjudge.institution.reading.hearing import order_of, told_clock
from adjudge.institution.ticking.reading import overdue_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, ClockRow, ClockState, DeliveryState, NoticeRow, NoticeState
from adjudge.records.shelf import APPEALS, CLOCKS, DELIVERIES, NOTICES

_NEVER = Instant(2**63)


class Which(StrEnum):
    """Parts of the queue."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    OVERDUE = "overdue"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One part of the queue, with how many there are in each. `clocks` has the next one of each appeal that is open."""

    ids: Sequence[str]
    counts: Mapping[Which, int]
    clocks: Mapping[str, ClockRow]
    overdue: frozenset[str]
    """Clocks whose time is over."""


def queue(house: House, actor: Actor, which: Which) -> Queue:
    """Appeals that somebody may read: those that wait by what is due next, those that ended the newest first."""
    permit(actor, Act.READ_APPEAL, actor.advertiser)
    own = {"advertiser": actor.advertiser} if actor.advertiser else {}
    with house.records.reading() as records:
        listed = records.listed(APPEALS, most=None, **own)
        everyone = overdue_of(records, now(house, records))
        running = records.find(CLOCKS, most=None, state=ClockState.RUNNING.value, **own)
    late = [row for row in everyone if actor.advertiser in {"", row.advertiser}]
    waiting = {item["id"]: item for item in listed if item["state"] in {state.value for state in OPEN}}
    clocks = _next([*running, *late])
    overdue = {row.of for row in late} & waiting.keys()
    parts: dict[Which, list[str]] = {
        Which.MINE: [key for key, item in waiting.items() if item["assignee"] == actor.person],
        Which.UNASSIGNED: [key for key, item in waiting.items() if not item["assignee"]],
        Which.OVERDUE: sorted(overdue),
        Which.OPEN: list(waiting),
        Which.ENDED: [item["id"] for item in listed if item["id"] not in waiting],
    }

    def due(key: str) -> tuple[Instant, tuple[int, str]]:
        return (clocks[key].due_at if key in clocks else _NEVER), order_of(key)

    ids = (
        sorted(parts[which], key=order_of, reverse=True)
        if which is Which.ENDED
        else sorted(parts[which], key=due)
    )
    return Queue(
        ids=ids,
        counts={name: len(keys) for name, keys in parts.items()},
        clocks={key: told_clock(row, actor) for key, row in clocks.items()},
        overdue=frozenset(row.id for row in late),
    )


def _next(rows: Sequence[ClockRow]) -> Mapping[str, ClockRow]:
    """By appeal the clock that is due first."""
    found: dict[str, ClockRow] = {}
    for row in rows:
        if row.of not in found or (row.due_at, row.id) < (found[row.of].due_at, found[row.of].id):
            found[row.of] = row
    return found


def appeals_named(house: House, actor: Actor, ids: Sequence[str]) -> Sequence[AppealRow]:
    """The appeals of a page of the queue, in its order."""
    permit(actor, Act.READ_APPEAL, actor.advertiser)
    with house.records.reading() as records:
        rows = records.get_many(APPEALS, list(ids))
    found = (rows[key] for key in ids if key in rows)
    return [as_read(row, actor) for row in found if actor.advertiser in {"", row.advertiser}]


class Sent(StrEnum):
    """Parts of the list of notices."""

    ALL = "all"
    UNREAD = "unread"
    FAILED = "failed"
    OWED = "owed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """Ids of notices, the newest first, with how many there are in each part."""

    ids: Sequence[str]
    counts: Mapping[Sent, int]


def notice_list(house: House, actor: Actor, part: Sent, advertiser: str = "") -> NoticeList:
    """Notices that somebody may read; `advertiser` narrows them. Members see those that were made, of their own."""
    whose = actor.advertiser or advertiser
    permit(actor, Act.READ_MATTER, whose)
    where = {"advertiser": whose} if whose else {}
    with house.records.reading() as records:
        listed = records.listed(NOTICES, most=None, **where)
        made = [item["id"] for item in listed if item["state"] == NoticeState.MADE]
        parts: dict[Sent, Sequence[str]] = {Sent.ALL: made}
        if actor.advertiser:
            parts[Sent.UNREAD] = _unread(records, made)
        else:
            failed = records.listed(DELIVERIES, most=None, state=DeliveryState.FAILED.value, **where)
            parts[Sent.ALL] = [item["id"] for item in listed]
            parts[Sent.FAILED] = list({item["notice"] for item in failed})
            parts[Sent.OWED] = [item["id"] for item in listed if item["state"] == NoticeState.OWED]
    asked = parts.get(part, parts[Sent.ALL])
    return NoticeList(
        ids=sorted(asked, key=order_of, reverse=True),
        counts={name: len(keys) for name, keys in parts.items()},
    )


def _unread(records: Reading, made: Sequence[str]) -> Sequence[str]:
    rows = records.get_many(NOTICES, list(made))
    return [key for key in made if key in rows and rows[key].opened_at is None]


def notices_named(house: House, actor: Actor, ids: Sequence[str]) -> Sequence[NoticeRow]:
    """The notices of a page of the list, in its order."""
    permit(actor, Act.READ_MATTER, actor.advertiser)
    with house.records.reading() as records:
        rows = records.get_many(NOTICES, list(ids))
    found = (rows[key] for key in ids if key in rows)
    return [row for row in found if actor.advertiser in {"", row.advertiser}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Badges:
    """Numbers that stand beside the names of pages: what is overdue, what is not read yet."""

    overdue: int = 0
    unread: int = 0


def badges(house: House, actor: Actor) -> Badges:
    """For whoever may see them; nothing of what one may not."""
    with house.records.reading() as records:
        if actor.advertiser and may(actor, Act.OPEN_NOTICE, actor.advertiser):
            rows = records.find(NOTICES, advertiser=actor.advertiser, state=NoticeState.MADE.value)
            return Badges(unread=sum(row.opened_at is None for row in rows))
        if may(actor, Act.READ_CLOCKS):
            return Badges(overdue=len(overdue_of(records, now(house, records))))
    return Badges()
