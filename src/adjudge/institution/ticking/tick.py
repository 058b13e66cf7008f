"""Clocks that have run out: what was declared happens by itself, once for each, in the order in which they were due.

Each in a transaction of its own, under the write lock: what was cut off in the middle goes on at the next tick, and of
two that tick at once one finds nothing left to do. After an outage everything that was due happens then, and is told.
"""

from dataclasses import replace

from adjudge.appeals.states import ByRule
from adjudge.basis.digest import Json
from adjudge.clocks.term import Consequence
from adjudge.institution.binding.following import Following
from adjudge.institution.house import House, now, write_by_institution
from adjudge.institution.ticking.consequence import followed
from adjudge.institution.ticking.reading import due_by
from adjudge.records.rows import AppealRow, ClockRow, ClockState, Purpose
from adjudge.records.shelf import CLOCKS

RAN_OUT = "clock:ran_out"


def tick(house: House) -> tuple[ClockRow, ...]:
    """Let every clock whose time is over run out; those that did."""
    with house.records.reading() as records:
        due = due_by(records, now(house, records))
    found = [_ran_out(house, row.id) for row in due]
    return tuple(row for row in found if row is not None)


def _ran_out(house: House, clock_id: str) -> ClockRow | None:
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
    following.owe(Purpose.RAN_OUT, row.advertiser, row.decision, of=row.id, facts=facts)
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
    """That the appeal has succeeded, since nobody answered; the decision lapses by it."""
    body: dict[str, Json] = {
        "advertiser": appeal.advertiser,
        "decision": appeal.decision,
        "clock": row.id,
        "outcome": appeal.outcome,
    }
    write_by_institution(following.records, following.at, str(ByRule.GRANTED), appeal.id, body)
