"""Where measures apply together: union per territory and surface, the severer wins. LANGUAGE.md 5.3."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.basis.ids import RuleId
from adjudge.language.package import Measure

ELSEWHERE = ""
"""Stands for all territories, or all surfaces, that no measure names."""

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Extent:
    """A set of territories, or of surfaces: those named, or all but those named."""

    names: frozenset[str]
    all_but: bool


@dataclass(frozen=True, slots=True)
class Applied:
    """A rule's measure where it takes effect, after severer ones."""

    rule: RuleId
    measure: Measure
    territory: Extent
    surfaces: Extent


def combine(measures: Iterable[tuple[RuleId, Measure]]) -> tuple[Applied, ...]:
    """What each measure does where no severer one covers the same ground; nothing of one that is covered whole."""
    given = sorted(measures, key=lambda item: (-item[1].kind.severity, item[0]))
    territories = names_in(measure.territory for _, measure in given)
    surfaces = names_in(measure.surfaces for _, measure in given)
    found: list[Applied] = []
    for rule, measure in given:
        cells = cells_of(measure, territories, surfaces)
        for _, severer in given:
            if severer.kind.severity > measure.kind.severity:
                cells -= cells_of(severer, territories, surfaces)
        found.extend(boxes(rule, measure, cells, (territories, surfaces)))
    return tuple(found)


def names_in(groups: Iterable[frozenset[str] | None]) -> frozenset[str]:
    """All territories, or all surfaces, that some measures name."""
    return frozenset().union(*(group for group in groups if group is not None))


def cells_of(measure: Measure, territories: frozenset[str], surfaces: frozenset[str]) -> set[Cell]:
    """The ground that a measure covers, out of the territories and surfaces that any measure names."""
    rows = measure.territory if measure.territory is not None else territories | {ELSEWHERE}
    columns = measure.surfaces if measure.surfaces is not None else surfaces | {ELSEWHERE}
    return {(row, column) for row in rows for column in columns}


def boxes(
    rule: RuleId, measure: Measure, cells: set[Cell], named: tuple[frozenset[str], frozenset[str]]
) -> Iterable[Applied]:
    """The cells as few boxes: territories with the same surfaces together."""
    columns: dict[str, set[str]] = defaultdict(set)
    for row, column in cells:
        columns[row].add(column)
    rows: dict[frozenset[str], set[str]] = defaultdict(set)
    for row, found in columns.items():
        rows[frozenset(found)].add(row)
    for surfaces, territories in sorted(rows.items(), key=lambda item: sorted(item[1])):
        yield Applied(rule, measure, _extent(territories, named[0]), _extent(surfaces, named[1]))


def _extent(members: Iterable[str], named: frozenset[str]) -> Extent:
    found = frozenset(members)
    return Extent(named - found, all_but=True) if ELSEWHERE in found else Extent(found, all_but=False)
