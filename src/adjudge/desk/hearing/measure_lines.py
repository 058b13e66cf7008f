"""Measures as lines: what, where, from when and until when, and whether it has effect now."""

from collections.abc import Sequence
from dataclasses import dataclass

from adjudge.answers.decision.measures import territory_text
from adjudge.basis.instant import Instant
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import MEASURES
from adjudge.institution.binding.measures import state_at
from adjudge.language.package import MeasureKind
from adjudge.records.rows import MeasureRow
from adjudge.tongues.tongue import Tongue


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """A measure to show. `state` is `in_effect`, `waits_to_begin`, `rests_now`, `is_lifted` or `is_over`."""

    row: MeasureRow
    what: str
    where: str
    state: str


def measure_lines(rows: Sequence[MeasureRow], at: Instant, tongue: Tongue) -> list[MeasureLine]:
    """Lines of measures at an instant."""
    return [
        MeasureLine(
            row=row,
            what=tongue.of(MEASURES[MeasureKind(row.kind)]),
            where=territory_text(Extent(frozenset(row.territories), row.all_but), tongue),
            state=state_at(row, at),
        )
        for row in rows
    ]
