"""Clocks for those who work here: what runs, what is overdue, and how long each who asked has waited.

What is overdue follows from the clock and from whether the thing it is for was done: a sweep that is late hides none.
"""

from collections.abc import Iterable, Sequence
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
from adjudge.records.rows import ClockRow, ClockState, DisputeState
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


def owed_clocks(records: Reading) -> Iterable[ClockRow]:
    """The clocks of what is still to be done, found by their names: not all that ever ran, which only grow more."""
    return records.get_many(CLOCKS, list(owed_names(_states(records)))).values()


def _is_late(row: ClockRow, at: Instant) -> bool:
    return row.state is ClockState.RAN_OUT or (row.state is ClockState.RUNNING and row.due_at <= at)


def _states(records: Reading) -> dict[str, str]:
    """By id the state of every appeal and dispute that waits for somebody."""
    appeals = (item for state in OPEN for item in records.listed(APPEALS, state=state.value))
    disputes = (item for state in _WAITING_DISPUTES for item in records.listed(DISPUTES, state=state.value))
    return {item["id"]: item["state"] for item in (*appeals, *disputes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody who waits for us: in which appeal or dispute, since when by the log, and what is due next.

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
    found = [_waiting(records, of, state, late) for of, state in _states(records).items()]
    return tuple(sorted(found, key=lambda item: (item.since, item.of)))


def _waiting(records: Reading, of: str, state: str, late: set[str]) -> Waiting:
    rows = records.find(CLOCKS, of=of)
    clocks = in_order(row for row in rows if row.state is ClockState.RUNNING or row.id in late)
    first = records.entries_of(of)[0]
    return Waiting(
        of=of,
        advertiser=str(first.body.get("advertiser") or ""),
        state=state,
        since=first.at,
        clocks=clocks,
        overdue=any(row.id in late for row in clocks),
    )


def waiting(house: House, actor: Actor) -> tuple[Waiting, ...]:
    """As `waiting_of`, now, for whoever may see the clocks."""
    permit(actor, Act.READ_CLOCKS)
    with house.records.reading() as records:
        return waiting_of(records, now(house, records))
