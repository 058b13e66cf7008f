"""Clocks run out: at the sweep, and before any act on what they are for, so that nobody who is late is in time by it.

Each in a transaction of its own, under the write lock: it is kept although the act that came too late is refused.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from adjudge.appeals.states import ByRule
from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.chain import reached
from adjudge.institution.binding.following import Following
from adjudge.institution.deciding.consequence import followed
from adjudge.institution.house import Doing, House, doing, now, write_by_institution
from adjudge.institution.watched import BegunAgainError
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealRow, ClockRow, ClockState, DecisionState, Purpose
from adjudge.records.shelf import CLOCKS

RAN_OUT = "clock:ran_out"


class _DueError(BegunAgainError):
    """Clocks are due that no sweep has seen yet: they run out first."""

    def __init__(self, clocks: Iterable[ClockRow]) -> None:
        super().__init__()
        self.clocks = tuple(clocks)


@contextmanager
def doing_in_time(house: House, actor: Actor, act: Act, advertiser: str) -> Iterator[Doing]:
    """As `doing`, when every clock of the advertiser that is due has run out, with its consequence.

    Whether a clock is due is asked under the lock of the act, at its own instant: no act is in time because it was
    quicker than the sweep. Raises what `doing` raises.
    """
    due: tuple[ClockRow, ...] | None = None
    while due is None or due:
        for row in due or ():
            run_out(house, row.id)
        due = ()
        try:
            with doing(house, actor, act, advertiser) as under_way:
                found = due_by(under_way.records, under_way.at, advertiser)
                if found:
                    raise _DueError(found)  # noqa: TRY301 - it lets go of the lock, with nothing written
                yield under_way
        except _DueError as error:
            due = error.clocks


def in_order(rows: Iterable[ClockRow]) -> tuple[ClockRow, ...]:
    """Clocks in the order in which they are due, those of one instant by name."""
    return tuple(sorted(rows, key=lambda row: (row.due_at, row.id)))


def due_by(records: Reading, at: Instant, advertiser: str = "") -> tuple[ClockRow, ...]:
    """Clocks that run although their time is over, in order; those of an advertiser."""
    of = {"advertiser": advertiser} if advertiser else {}
    running = records.find(CLOCKS, most=None, state=ClockState.RUNNING.value, **of)
    return in_order(row for row in running if row.due_at <= at)


def run_out(house: House, clock_id: str) -> ClockRow | None:
    """One clock, if it still runs and is still due: it may have been stopped or given more time since."""
    with house.records.writing() as records:
        at, row = now(house, records), records.get(CLOCKS, clock_id)
        if row is None or row.state is not ClockState.RUNNING or at < row.due_at:
            return None
        ended = replace(row, state=ClockState.RAN_OUT, ended_at=at)
        records.put(CLOCKS, ended)
        following = Following(records, at)
        consequence, granted = followed(following, ended)
        _tell(following, ended, consequence)
        if granted is not None:
            _tell_granted(following, ended, granted)
    return ended


def _tell(following: Following, row: ClockRow, consequence: Consequence) -> None:
    """The entry, and the notice that is owed: its `of` is the clock."""
    facts = {"consequence": str(consequence), "declared": row.consequence}
    reaches, _ = reached(following.records, row.decision)
    about = reaches.id if reaches is not None and consequence is not Consequence.ESCALATE else row.decision
    following.owe(Purpose.RAN_OUT, row.advertiser, about, of=row.id, facts=facts)
    body: dict[str, Json] = {
        "advertiser": row.advertiser,
        "decision": row.decision,
        "of": row.of,
        "clock": row.kind,
        "due_at": str(row.due_at),
        "declared": row.consequence,
        "consequence": str(consequence),
        "follows": following.form,
    }
    write_by_institution(following.records, following.at, RAN_OUT, row.id, body)


def _tell_granted(following: Following, row: ClockRow, appeal: AppealRow) -> None:
    """That the appeal has succeeded, since nobody answered; and which decision lapses by it."""
    reaches, _ = reached(following.records, row.decision)
    lapsed = reaches.id if reaches is not None and reaches.state is DecisionState.LAPSED else ""
    body: dict[str, Json] = {
        "advertiser": appeal.advertiser,
        "decision": appeal.decision,
        "lapsed": lapsed,
        "clock": row.id,
        "outcome": appeal.outcome,
    }
    write_by_institution(following.records, following.at, str(ByRule.GRANTED), appeal.id, body)
