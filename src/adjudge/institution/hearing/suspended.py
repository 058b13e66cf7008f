"""Whether the handling of an advertiser's appeals is suspended, and until when: it ends by itself on its day."""

from collections.abc import Sequence

from adjudge.basis.instant import Instant
from adjudge.records.ports import Reading
from adjudge.records.rows import MisuseRow, MisuseState
from adjudge.records.shelf import MISUSES


def has_ended(row: MisuseRow, at: Instant) -> bool:
    """Whether a procedure is over: ended by a person, or by its day."""
    return row.state is MisuseState.ENDED or (row.until is not None and at >= row.until)


def suspended_until(records: Reading, advertiser: str, at: Instant) -> Instant | None:
    """Until when appeals of an advertiser are kept and not handled; None where they are handled."""
    rows = records.find(MISUSES, advertiser=advertiser, state=MisuseState.SUSPENDED.value)
    return max((row.until for row in rows if row.until is not None and at < row.until), default=None)


def standing(records: Reading, advertiser: str, at: Instant) -> Sequence[MisuseRow]:
    """The procedures that are not over."""
    return [row for row in records.find(MISUSES, advertiser=advertiser) if not has_ended(row, at)]
