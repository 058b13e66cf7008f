"""Figures of the institution for whoever runs it: how many of each there are, what is overdue, how appeals end.

Not for a person's eyes alone: whoever asks was let in by `metrics.read` before, and no figure is about anybody.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adjudge.basis.instant import Instant
from adjudge.institution.binding.measures import has_effect
from adjudge.institution.ticking.reading import overdue_of
from adjudge.records.ports import Reading
from adjudge.records.rows import AppealKind, AppealState, ClockState
from adjudge.records.shelf import (
    APPEALS,
    CLOCKS,
    DECISIONS,
    DELIVERIES,
    DISPUTES,
    MATTERS,
    MEASURES,
    NOTICES,
    R,
    Shelf,
)

PORTION = 1_000
"""Rows read at once, so that no shelf lies in memory whole."""
Counted = Mapping[tuple[str, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What is counted where it is kept, in one question each: it may be asked every few seconds."""

    entries: int
    matters: Counted
    decisions: Counted
    appeals: Counted
    clocks: Counted
    disputes: Counted
    notices: Counted
    deliveries: Counted


def counts(records: Reading) -> Counts:
    """How many of each there are."""
    return Counts(
        entries=records.size(),
        matters=records.counted(MATTERS, "state"),
        decisions=records.counted(DECISIONS, "state"),
        appeals=records.counted(APPEALS, "kind", "state"),
        clocks=records.counted(CLOCKS, "kind", "state"),
        disputes=records.counted(DISPUTES, "state"),
        notices=records.counted(NOTICES, "state"),
        deliveries=records.counted(DELIVERIES, "channel", "state"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What takes reading rows: for a round of the sweeper, and not for every question."""

    overdue: Mapping[str, int]
    """Clocks by kind."""
    next_due: Instant | None
    outcomes: Mapping[str, int]
    """Appeals that were decided or granted."""
    in_force: Mapping[str, int]
    """Measures by kind."""


def standing(records: Reading, at: Instant) -> Standing:
    """How things stand at an instant."""
    running = (row.due_at for row in _rows(records, CLOCKS, state=ClockState.RUNNING.value))
    ended = (
        row.outcome
        for state in (AppealState.DECIDED, AppealState.GRANTED)
        for row in _rows(records, APPEALS, state=state.value)
        if row.kind is AppealKind.APPEAL
    )
    measures = (row.kind for row in _rows(records, MEASURES) if has_effect(row, at))
    return Standing(
        overdue=Counter(row.kind for row in overdue_of(records, at)),
        next_due=min((due for due in running if due > at), default=None),
        outcomes=Counter(ended),
        in_force=Counter(measures),
    )


def _rows(records: Reading, shelf: Shelf[R], **equal: str) -> Iterator[R]:
    """All rows, in portions."""
    after = ""
    while found := records.find(shelf, after=after, most=PORTION, **equal):
        yield from found
        after = found[-1].id
