"""Clocks for those who work here: what runs, what is overdue, and how long each who asked has waited.

What is overdue follows from the clock and from whether the thing it is for was done: a sweep that is late hides none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adjudge.appeals.owed import owed_names
from adjudge.appeals.states import OPEN
from adjudge.basis.instant import Instant
from adjudge.institution.deciding.running_out import in_order
from adjudge.institution.house import House, now
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, ClockRow, ClockState, DisputeRow, DisputeState
from adjudge.records.shelf import APPEALS, CLOCKS, DISPUTES

_WAITING_DISPUTES = (DisputeState.REFERRED, DisputeState.DECIDED)


def clock(records: Reading, clock_id: str) -> ClockRow:
    """A clock. Raises NotFoundError."""
    row = records.get(CLOCKS, clock_id)
    if row is None:
        raise not_found()
    return row


def clocks_of(
    house: House, actor: Actor, *, state: str = "", advertiser: str = "", overdue: bool | None = None
) -> Sequence[ClockRow]:
    """Clocks in the order in which they are due: of a state, of an advertiser; only those overdue, or only others."""
    permit(actor, Act.READ_CLOCKS)
    asked = {name: text for name, text in (("state", state), ("advertiser", advertiser)) if text}
    with house.records.reading() as records:
        found = records.find(CLOCKS, most=None, **asked)
        late = {row.id for row in overdue_of(records, now(house, records))} if overdue is not None else set()
    return in_order(row for row in found if overdue is None or (row.id in late) is overdue)


def overdue_of(records: Reading, at: Instant) -> tuple[ClockRow, ...]:
    """Clocks whose time is over and whose thing was not done, in order: whether or not a sweep has seen it yet."""
    return in_order(row for row in owed_clocks(records) if _is_late(row, at))


def overdue_in(records: Reading, matters: Sequence[str], at: Instant) -> int:
    """How many clocks are overdue in some matters, among which are all in which any is."""
    appeals = (row for row in records.find_any(APPEALS, "matter", matters) if row.state in OPEN)
    states = {**{row.id: row.state.value for row in appeals}, **_disputes(records)}
    return sum(_is_late(row, at) for row in records.get_many(CLOCKS, list(owed_names(states))).values())


def owed_clocks(records: Reading) -> Iterable[ClockRow]:
    """The clocks of what is still to be done, found by their names: not all that ever ran, which only grow more."""
    return records.get_many(CLOCKS, list(owed_names(_states(records)))).values()


def _is_late(row: ClockRow, at: Instant) -> bool:
    return row.state is ClockState.RAN_OUT or (row.state is ClockState.RUNNING and row.due_at <= at)


def _states(records: Reading) -> dict[str, str]:
    """By id the state of every appeal and dispute that waits for somebody."""
    appeals = (item for state in OPEN for item in records.listed(APPEALS, state=state.value))
    return {**{item["id"]: item["state"] for item in appeals}, **_disputes(records)}


def _disputes(records: Reading) -> dict[str, str]:
    rows = (item for state in _WAITING_DISPUTES for item in records.listed(DISPUTES, state=state.value))
    return {item["id"]: item["state"] for item in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who waits for us: in which appeal or dispute, since when, and what is due next.

    `clocks` are those that run or have run out without that it was done, in order; there is none without.
    """

    of: str
    advertiser: str
    state: str
    since: Instant
    clocks: Sequence[ClockRow]
    overdue: bool


def waiting_of(records: Reading, at: Instant) -> tuple[Waiting, ...]:
    """Every open appeal and dispute, those that have waited longest first."""
    late = {row.id for row in overdue_of(records, at)}
    clocks: dict[str, list[ClockRow]] = {}
    ids = list(_states(records))
    for row in records.find_any(CLOCKS, "of", ids):
        if row.state is ClockState.RUNNING or row.id in late:
            clocks.setdefault(row.of, []).append(row)
    found = [
        _waiting(row, since, clocks.get(row.id, ()), late) for row, since in _since(records, ids).values()
    ]
    return tuple(sorted(found, key=lambda item: (item.since, item.of)))


def _since(records: Reading, ids: Sequence[str]) -> dict[str, tuple[AppealRow | DisputeRow, Instant]]:
    """The appeals and disputes of some ids that wait, each with since when."""
    appeals, disputes = records.get_many(APPEALS, ids), records.get_many(DISPUTES, ids)
    return {
        **{key: (row, row.filed_at) for key, row in appeals.items() if row.state in OPEN},
        **{key: (row, row.referred_at) for key, row in disputes.items() if row.state in _WAITING_DISPUTES},
    }


def _waiting(
    row: AppealRow | DisputeRow, since: Instant, clocks: Iterable[ClockRow], late: set[str]
) -> Waiting:
    own = in_order(clocks)
    return Waiting(
        of=row.id,
        advertiser=row.advertiser,
        state=row.state.value,
        since=since,
        clocks=own,
        overdue=any(item.id in late for item in own),
    )


def waiting_since(house: House, actor: Actor, ids: Iterable[str]) -> Mapping[str, Instant]:
    """Since when somebody waits for us in each of these appeals and disputes, where anybody does."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        found = _since(records, list(dict.fromkeys(ids)))
    return {key: since for key, (_, since) in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What runs and what is overdue: the latter first, each in the order in which it is due."""

    overdue: Sequence[ClockRow]
    others: Sequence[ClockRow]


def clocks_now(house: House, actor: Actor) -> Clocks:
    """All that binds somebody now."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        overdue = overdue_of(records, now(house, records))
        running = records.find(CLOCKS, state=ClockState.RUNNING.value)
    late = {row.id for row in overdue}
    return Clocks(overdue=overdue, others=in_order(row for row in running if row.id not in late))


def waiting(house: House, actor: Actor) -> tuple[Waiting, ...]:
    """As `waiting_of`, now, for whoever may see the clocks."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        return waiting_of(records, now(house, records))
