"""What bears on the place of a matter in the queue: proposals, appeals and disputes that wait, and their clocks.

Gathered for a few matters from what belongs to them, and for all from what waits anywhere: both say the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from adjudge.appeals.owed import owed_names
from adjudge.appeals.states import OPEN, WAITING
from adjudge.appeals.whose import ADVERTISER
from adjudge.institution.queue.proposed import Proposed, proposed
from adjudge.records.ports import Reading
from adjudge.records.rows import (
    AppealRow,
    ClockState,
    DecisionRow,
    DecisionState,
    DisputeRow,
    DisputeState,
    MessageRow,
)
from adjudge.records.shelf import APPEALS, CLOCKS, DECISIONS, DISPUTES, MESSAGES

_UNDONE = frozenset({ClockState.RUNNING, ClockState.RAN_OUT})


@dataclass(slots=True)
class Bearing:
    """What waits in one matter. `asked` says that the advertiser was written to in an appeal, and has not answered."""

    proposals: list[Proposed] = field(default_factory=list)
    appeals: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)
    """Those with an outcome that is to be answered."""
    dues: list[int] = field(default_factory=list)
    """When the clocks that run, or ran out without that it was done, are over."""
    asked: bool = False


Bearings = Mapping[str, Bearing]
"""By matter; one in which nothing waits may be left out."""


def of_matters(records: Reading, matters: Iterable[str]) -> Bearings:
    """For some matters, by what belongs to each."""
    matter_of, proposals, open_appeals = {}, [], []
    for matter in matters:
        for item in records.listed(DECISIONS, matter=matter):
            matter_of[item["id"]] = matter
            if item["state"] == DecisionState.PROPOSED:
                proposals.append(item["id"])
        listed = records.listed(APPEALS, matter=matter) if matter_of else ()
        open_appeals += [item["id"] for item in listed if item["state"] in OPEN]
    disputes = records.find_any(DISPUTES, "decision", list(matter_of)) if matter_of else ()
    return _gathered(
        records,
        matter_of,
        records.get_many(DECISIONS, proposals).values() if proposals else (),
        records.get_many(APPEALS, open_appeals).values() if open_appeals else (),
        [row for row in disputes if row.state in WAITING],
    )


def of_all(records: Reading) -> Bearings:
    """For every matter, by what waits anywhere."""
    matter_of = {item["id"]: item["matter"] for item in records.listed(DECISIONS)}
    return _gathered(
        records,
        matter_of,
        records.find(DECISIONS, state=DecisionState.PROPOSED.value),
        [row for state in OPEN for row in records.find(APPEALS, state=state.value)],
        [row for state in WAITING for row in records.find(DISPUTES, state=state.value)],
    )


def _gathered(
    records: Reading,
    matter_of: Mapping[str, str],
    proposals: Iterable[DecisionRow],
    appeals: Iterable[AppealRow],
    disputes: Iterable[DisputeRow],
) -> Bearings:
    found: defaultdict[str, Bearing] = defaultdict(Bearing)
    for row in proposals:
        found[row.matter].proposals.append(proposed(records, row))
    heard = {row.id: row for row in appeals}
    last = _last_messages(records, list(heard))
    for appeal in heard.values():
        found[appeal.matter].appeals.append(appeal.id)
        found[appeal.matter].asked |= _is_asked(appeal, last.get(appeal.id))
    states = {row.id: row.state.value for row in heard.values()}
    for dispute in disputes:
        states[dispute.id] = dispute.state.value
        if dispute.state is DisputeState.DECIDED and dispute.decision in matter_of:
            found[matter_of[dispute.decision]].disputes.append(dispute.id)
    for clock in records.get_many(CLOCKS, list(owed_names(states))).values() if states else ():
        if clock.state in _UNDONE and clock.decision in matter_of:
            found[matter_of[clock.decision]].dues.append(clock.due_at.nanos)
    return found


def _last_messages(records: Reading, appeals: Sequence[str]) -> Mapping[str, MessageRow]:
    found: dict[str, MessageRow] = {}
    for row in records.find_any(MESSAGES, "appeal", appeals) if appeals else ():
        if row.appeal not in found or (found[row.appeal].at, found[row.appeal].id) < (row.at, row.id):
            found[row.appeal] = row
    return found


def _is_asked(appeal: AppealRow, last: MessageRow | None) -> bool:
    """Whether the platform wrote last, and more than that it has received it."""
    return last is not None and last.side != ADVERTISER and last.at != appeal.acknowledged_at
