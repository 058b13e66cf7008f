"""Measures over time: which has effect at an instant, which rests, which is lifted."""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.records.ports import Reading
from adjudge.records.rows import MeasureRow, Pause
from adjudge.records.shelf import MEASURES
from adjudge.redaction.public import PublicMeasure, has_come

CURED = "cure"
"""By what a measure rests that never began, since its rule was no longer met when it was to begin."""


def is_live(row: MeasureRow, at: Instant) -> bool:
    """Whether a measure is neither over nor lifted at an instant; it may not have begun, and it may rest."""
    return (row.end is None or at < row.end) and (row.lifted_at is None or at < row.lifted_at)


def is_paused(row: MeasureRow) -> bool:
    """Whether a measure rests, with no end to its rest yet."""
    return any(pause.end is None for pause in row.pauses)


def state_at(row: MeasureRow, at: Instant) -> str:
    """`in_effect`, `waits_to_begin`, `rests_now`, `is_lifted` or `is_over`."""
    if row.lifted_at is not None and row.lifted_at <= at:
        return "is_lifted"
    if not is_live(row, at):
        return "is_over"
    if is_paused(row):
        return "rests_now"
    return "in_effect" if row.start <= at else "waits_to_begin"


def state_between(measure: PublicMeasure, at: str) -> str:
    """As `state_at`, of a measure in its public form, at a time as text."""
    if has_come(measure.lifted_at, at):
        return "is_lifted"
    if has_come(measure.end, at):
        return "is_over"
    if measure.rests:
        return "rests_now"
    return "in_effect" if has_come(measure.start, at) else "waits_to_begin"


def has_effect(row: MeasureRow, at: Instant) -> bool:
    """Whether a measure takes effect at an instant: begun, neither over nor lifted, and not at rest."""
    return row.start <= at and is_live(row, at) and not any(_covers(pause, at) for pause in row.pauses)


def _covers(pause: Pause, at: Instant) -> bool:
    return pause.start <= at and (pause.end is None or at < pause.end)


def resumed(row: MeasureRow, at: Instant) -> MeasureRow:
    """The measure with its rest ended."""
    pauses = tuple(replace(pause, end=at) if pause.end is None else pause for pause in row.pauses)
    return replace(row, pauses=pauses)


def in_effect(records: Reading, at: Instant, advertiser: str, subject: str = "") -> Sequence[MeasureRow]:
    """The measures of an advertiser that take effect at an instant; those on one of its subjects."""
    rows = records.find(MEASURES, advertiser=advertiser)
    return tuple(row for row in rows if has_effect(row, at) and subject in {"", row.subject})
