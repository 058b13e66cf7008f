"""A measure as it is served: what it does where, when, and by which decision.

Not the measure's row, which the institution keeps; what is over, and what has begun, is told from a time at which it is
looked at, so that two looks at the same record give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from adjudge.enforcement.layout import FOR_EVER, FROM_EVER

APPROVED, CHANGED, HELD = "approved", "changed", "held"
"""No measures, and served as if they were: an ad is as it was approved, or is not and runs, or is not and does not."""
STANDING = frozenset({APPROVED, CHANGED, HELD})
SEVERITY = (APPROVED, CHANGED, "notify", "label", "require", "limit", HELD, "suspend", "exclude")
"""Kinds in rising severity: those of measures (LANGUAGE.md 5.3), and what is served as if it were one."""
STOPPING = (HELD, "suspend", "exclude")
"""Kinds under which nothing runs; under the others it runs as they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a measure does where: its kind, the code of its reason, territories and surfaces (or all but those)."""

    kind: str
    reason: str
    territories: tuple[str, ...] = ()
    all_but: bool = True
    surfaces: tuple[str, ...] = ()
    surfaces_all_but: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A measure: from an instant up to, not including, another one (nanoseconds since 1970), but for its pauses."""

    scope: Scope
    decision: str
    start: int = FROM_EVER
    end: int = FOR_EVER
    pauses: tuple[tuple[int, int], ...] = ()


def seen_at(measure: Served, at: int) -> Served | None:
    """The measure as far as it matters from an instant on; None where it is over.

    That it began long ago is no news: measures that differ in nothing else become one pattern.
    """
    if measure.end <= at or measure.end <= measure.start:
        return None
    pauses = tuple(
        (FROM_EVER if begin <= at else begin, end)
        for begin, end in sorted(measure.pauses)
        if end > at and end > begin
    )
    return replace(measure, start=FROM_EVER if measure.start <= at else measure.start, pauses=pauses)


def in_order(measures: Iterable[Served]) -> tuple[Served, ...]:
    """Measures of one key, the severest first."""
    return tuple(
        sorted(
            measures,
            key=lambda item: (
                -SEVERITY.index(item.scope.kind),
                item.start,
                item.end,
                item.pauses,
                item.scope.reason,
                item.decision,
                item.scope.territories,
                item.scope.all_but,
                item.scope.surfaces,
                item.scope.surfaces_all_but,
            ),
        )
    )
