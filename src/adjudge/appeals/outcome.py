"""How an appeal ended: told by the measures before it and after it.

Milder is what reaches less: fewer measures, milder ones, fewer places or surfaces, a shorter time.
"""

from collections.abc import Iterable, Sequence

from adjudge.language.package import MeasureKind
from adjudge.records.rows import MeasureRow, Outcome


def outcome_of(before: Sequence[MeasureRow], after: Sequence[MeasureRow]) -> Outcome:
    """Reversed where no measure is left of some, upheld where the same ones are, varied otherwise.

    A decision that imposed nothing and imposes nothing is upheld.
    """
    if before and not after:
        return Outcome.REVERSED
    return Outcome.UPHELD if _scopes(before) == _scopes(after) else Outcome.VARIED


def is_milder(before: Sequence[MeasureRow], after: Sequence[MeasureRow]) -> bool:
    """Whether measures are milder than those before them: nowhere severer, and not the same. None for none is as mild.

    What a measure limits to is not compared, and neither are its words: only its kind, its places and its time.
    """
    territories = _names(row.territories for row in (*before, *after))
    surfaces = _names(row.surfaces for row in (*before, *after))
    pairs = [
        (_weights(before, territory, surface), _weights(after, territory, surface))
        for territory in territories
        for surface in surfaces
    ]
    if any(_is_severer(now, then) for then, now in pairs):
        return False
    return not before or any(now != then for then, now in pairs)


ELSEWHERE = ""
"""Stands for all territories, or all surfaces, that no measure names."""
_Weight = tuple[int, bool, int]
"""Of a measure: how severe its kind is, whether it has no end, else how long it lasts. Greater is severer."""


def _names(groups: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset({ELSEWHERE}).union(*groups)


def _weights(rows: Sequence[MeasureRow], territory: str, surface: str) -> list[_Weight]:
    """The measures that reach a surface in a territory, the severest first."""
    reaching = [
        row
        for row in rows
        if (territory in row.territories) is not row.all_but
        and (surface in row.surfaces) is not row.surfaces_all_but
    ]
    return sorted((_weight(row) for row in reaching), reverse=True)


def _weight(row: MeasureRow) -> _Weight:
    lasts = 0 if row.end is None else row.end.nanos - (row.since or row.start).nanos
    return MeasureKind(row.kind).severity, row.end is None, lasts


def _is_severer(now: Sequence[_Weight], then: Sequence[_Weight]) -> bool:
    """Whether there are more than before, or one of them is severer than the one in its place before."""
    return len(now) > len(then) or any(one > other for one, other in zip(now, then, strict=False))


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
