"""What waits and what was sent, in lists with true counts: appeals by what is due next, notices by when they were owed.

What is open is gone through, since there is as much of it as there is work; what ended or was sent is counted where it
is kept and read by the page, so that a long record costs a page and not itself.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, overload

from adjudge.appeals.states import OPEN
from adjudge.basis.instant import Instant
from adjudge.institution.hearing.appeal import as_read
from adjudge.institution.house import House, now
from adjudge.institution.looked_at import as_it_stands
from adjudge.institution.queue.digits import digits_of
from adjudge.institution.reading.hearing import order_of, told_clock
from adjudge.institution.ticking.reading import overdue_in, overdue_of
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import may, permit
from adjudge.records.ports import Among, Reading
from adjudge.records.rows import (
    AppealRow,
    AppealState,
    ClockRow,
    ClockState,
    DeliveryState,
    NoticeRow,
    NoticeState,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DELIVERIES, NOTICES, QUEUE, Shelf

_NEVER = Instant(2**63)
_ENDED = tuple(sorted(state.value for state in AppealState if state not in OPEN))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Newest(Sequence[str]):
    """Ids that lie where they are kept, the newest first: so many of them are read as are asked for."""

    house: House
    shelf: Shelf[Any]
    total: int
    among: Among = field(default_factory=dict)
    equal: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """As they were counted."""
        return self.total

    def __iter__(self) -> Iterator[str]:
        """All of them, read at once."""
        return iter(self[:])

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """Those of some places."""
        if isinstance(place, int):
            return self[:][place]
        start, end, step = place.indices(self.total)
        with self.house.records.reading() as records:
            found = records.newest(
                self.shelf, start=start, most=max(0, end - start), among=self.among, **self.equal
            )
        return found[::step]


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
    own: dict[str, Any] = {"advertiser": actor.advertiser} if actor.advertiser else {}
    with house.records.reading() as records:
        everyone = overdue_of(records, now(house, records))
        waiting = {item["id"]: item for item in _waiting(records, own)}
        running = records.find(CLOCKS, most=None, state=ClockState.RUNNING.value, **own)
        ended = sum(records.count(APPEALS, state=state, **own) for state in _ENDED)
    late = [row for row in everyone if actor.advertiser in {"", row.advertiser}]
    clocks = _next([*running, *late])
    overdue = {row.of for row in late} & waiting.keys()
    parts: dict[Which, Sequence[str]] = {
        Which.MINE: [key for key, item in waiting.items() if item["assignee"] == actor.person],
        Which.UNASSIGNED: [key for key, item in waiting.items() if not item["assignee"]],
        Which.OVERDUE: sorted(overdue),
        Which.OPEN: list(waiting),
        Which.ENDED: _Newest(house=house, shelf=APPEALS, total=ended, among={"state": _ENDED}, equal=own),
    }

    def due(key: str) -> tuple[Instant, tuple[int, str]]:
        return (clocks[key].due_at if key in clocks else _NEVER), order_of(key)

    return Queue(
        ids=parts[which] if which is Which.ENDED else sorted(parts[which], key=due),
        counts={name: len(keys) for name, keys in parts.items()},
        clocks={key: told_clock(row, actor) for key, row in clocks.items()},
        overdue=frozenset(row.id for row in late),
    )


def _waiting(records: Reading, own: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The appeals that are open, by id."""
    rows = (item for state in OPEN for item in records.listed(APPEALS, state=state.value, **own))
    yield from sorted(rows, key=lambda item: item["id"])


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
    where: dict[str, Any] = {"advertiser": whose} if whose else {}
    with house.records.reading() as records:
        parts: dict[Sent, Sequence[str]] = {}
        if actor.advertiser:
            parts[Sent.ALL] = _sent(house, records, where, NoticeState.MADE)
            parts[Sent.UNREAD] = _by_age(_unread(records, parts[Sent.ALL][:]))
        else:
            parts[Sent.ALL] = _sent(house, records, where)
            failed = records.listed(DELIVERIES, most=None, state=DeliveryState.FAILED.value, **where)
            parts[Sent.FAILED] = _by_age(list({item["notice"] for item in failed}))
            parts[Sent.OWED] = _sent(house, records, where, NoticeState.OWED)
    return NoticeList(
        ids=parts.get(part, parts[Sent.ALL]),
        counts={name: len(keys) for name, keys in parts.items()},
    )


def _sent(
    house: House, records: Reading, where: Mapping[str, Any], state: NoticeState | None = None
) -> Sequence[str]:
    equal: dict[str, Any] = {**where, "state": state.value} if state is not None else {**where}
    return _Newest(house=house, shelf=NOTICES, total=records.count(NOTICES, **equal), equal=equal)


def _by_age(ids: Sequence[str]) -> Sequence[str]:
    """The newest first."""
    return sorted(ids, key=order_of, reverse=True)


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
    """For whoever may see them; nothing of what one may not. Every page has them: they are counted once a moment."""
    own = actor.advertiser
    with house.records.reading() as records:
        if own and may(actor, Act.OPEN_NOTICE, own):
            key: Hashable = ("unread", own, as_it_stands(records, house.clock()))
            return Badges(unread=house.looked_at.once(key, lambda: _not_opened(records, own)))
        if may(actor, Act.READ_CLOCKS):
            at = now(house, records)
            key = ("overdue", as_it_stands(records, at))
            return Badges(overdue=house.looked_at.once(key, lambda: _overdue(records, at)))
    return Badges()


def _not_opened(records: Reading, advertiser: str) -> int:
    rows = records.find(NOTICES, advertiser=advertiser, state=NoticeState.MADE.value)
    return sum(row.opened_at is None for row in rows)


def _overdue(records: Reading, at: Instant) -> int:
    """How many clocks are overdue: those only are read that are of matters in which one is, by the queue."""
    late = records.ranked(QUEUE, "due", until={"due": digits_of(at.nanos)})
    return overdue_in(records, [row.id for row in late], at) if late else 0
