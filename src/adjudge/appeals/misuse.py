"""Misuse of appeals, counted: how many were found manifestly unfounded, and their share of those decided. DSA Art. 23.

Counts alone decide nothing: they only say when a person may warn, and another one, later, suspend. What staff or a
program filed for an advertiser is not counted: nobody answers for what others wrote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from adjudge.appeals.whose import is_own
from adjudge.basis.instant import Duration, Instant
from adjudge.records.rows import AppealKind, AppealRow, AppealState

_DAY = 86_400 * 1_000_000_000
PERIOD = Duration(365 * _DAY)
"""The time looked back upon: what is older is not held against anybody."""
NOTICE = Duration(14 * _DAY)
"""How long a warning stands before handling can be suspended, so that there is time to heed it."""
WRITTEN = ("gravity", "intention")
"""Criteria that a person weighs in words; `number` and `share` are counted. DSA Art. 23(3)."""
_DECIDED = frozenset({AppealState.DECIDED, AppealState.GRANTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Appeals by an advertiser in the year up to an instant. Requests for reasons never count."""

    filed: int
    decided: int
    unfounded: int

    @property
    def share(self) -> int:
        """Of a hundred that were decided, how many were manifestly unfounded; a part of one is left out."""
        return self.unfounded * 100 // self.decided if self.decided else 0

    def reach(self, terms: Mapping[str, int]) -> bool:
        """Whether both thresholds are reached that the institution settled."""
        return self.unfounded >= terms["least_number"] and self.share >= terms["least_share"]

    @property
    def form(self) -> dict[str, str]:
        """As the log tells them."""
        return {
            "filed": str(self.filed),
            "decided": str(self.decided),
            "unfounded": str(self.unfounded),
            "share": str(self.share),
        }


def counted(rows: Iterable[AppealRow], at: Instant) -> Figures:
    """The figures of the year up to an instant."""
    first = at.nanos - PERIOD.nanos
    appeals = [row for row in rows if row.kind is AppealKind.APPEAL and is_own(row)]
    ended = [
        row
        for row in appeals
        if row.state in _DECIDED and row.ended_at is not None and first < row.ended_at.nanos <= at.nanos
    ]
    return Figures(
        filed=sum(first < row.filed_at.nanos <= at.nanos for row in appeals),
        decided=len(ended),
        unfounded=sum(row.unfounded for row in ended),
    )


def is_again(row: AppealRow, warned_at: Instant) -> bool:
    """Whether an appeal of one's own was filed after a warning and found manifestly unfounded."""
    return row.kind is AppealKind.APPEAL and is_own(row) and row.unfounded and row.filed_at > warned_at
