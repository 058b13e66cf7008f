"""How an appeal ended: told by the measures before it and after it.

Milder is what reaches less: fewer measures, milder ones, fewer places or surfaces, a shorter time.
"""

from collections.abc import Sequence

from adjudge.records.rows import MeasureRow, Outcome


def outcome_of(before: Sequence[MeasureRow], after: Sequence[MeasureRow]) -> Outcome:
    """Reversed where no measure is left, upheld where the same ones are, varied otherwise."""
    if not after:
        return Outcome.REVERSED
    return Outcome.UPHELD if _scopes(before) == _scopes(after) else Outcome.VARIED


def _scopes(rows: Sequence[MeasureRow]) -> list[tuple[object, ...]]:
    """What measures do, wherever and whenever they began: one that goes on is as long as it was from its beginning."""
    return sorted(
        (
            row.kind,
            row.territories,
            row.all_but,
            row.surfaces,
            row.surfaces_all_but,
            row.end is None,
            (row.end.nanos - (row.since or row.start).nanos) if row.end is not None else 0,
        )
        for row in rows
    )
