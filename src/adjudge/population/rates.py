"""How often like subjects came under a measure, by the values of a protected fact: counts, small ones withheld.

Not a finding of discrimination: a table of counts. A count of fewer than five people or firms is withheld, and so is
what would let it be worked out from the totals. That holds within one table; whoever may read the claims may count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.facts.claim import Subject
from adjudge.facts.type import RecordType
from adjudge.facts.vocabulary import Fact, Kind
from adjudge.population.place import Cell, Place, cell_key
from adjudge.population.view import PopulationView, Treatment, treatment_of

LEAST_SHOWN = 5
"""Subjects that a group must have for its counts to be shown."""
_AT_LEAST_TWO = 2


@dataclass(frozen=True, slots=True)
class Count:
    """`under` of `total` subjects came under a measure."""

    under: int
    total: int


@dataclass(frozen=True, slots=True)
class RateRow:
    """One value of the fact; `count` is None where it is withheld."""

    cell: Cell
    count: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """One protected fact: a row for each value, and the count of all together, which is no secret."""

    fact: Fact
    rows: tuple[RateRow, ...]
    total: Count


def rates_of(subjects: Iterable[Subject], kind: Kind, view: PopulationView) -> tuple[Rates, ...]:
    """The tables of all protected facts. Only subjects with a known decision count; none where all fared alike."""
    known = [s for s in subjects if treatment_of(view.decisions.get(s.id)) is not Treatment.UNKNOWN]
    total = _count(known, view)
    if not 0 < total.under < total.total:
        return ()
    found = [_rates(fact, known, total, view) for fact in _protected(kind, view)]
    return tuple(rates for rates in found if len(rates.rows) >= _AT_LEAST_TWO)


def _protected(kind: Kind, view: PopulationView) -> list[Fact]:
    """Protected facts with one plain value that subjects of the kind have; an ad has its advertiser's too."""
    facts = sorted(view.vocabulary.facts.values(), key=lambda fact: fact.full_name)
    return [
        fact
        for fact in facts
        if fact.protected
        and fact.kind in {kind, Kind.ADVERTISER}
        and not fact.many
        and not isinstance(fact.type, RecordType)
    ]


def _rates(fact: Fact, subjects: Iterable[Subject], total: Count, view: PopulationView) -> Rates:
    groups: dict[Place, list[Subject]] = {}
    for subject in subjects:
        groups.setdefault(view.place(subject, fact.full_name), []).append(subject)
    cells = sorted(
        ((Cell(place.state, place.value), _count(group, view)) for place, group in groups.items()),
        key=lambda item: cell_key(item[0]),
    )
    shown = shown_counts([count for _, count in cells])
    rows = tuple(RateRow(cell, count) for (cell, _), count in zip(cells, shown, strict=True))
    return Rates(fact=fact, rows=rows, total=total)


def _count(subjects: Sequence[Subject], view: PopulationView) -> Count:
    under = sum(treatment_of(view.decisions.get(s.id)) is Treatment.MEASURE for s in subjects)
    return Count(under, len(subjects))


def shown_counts(counts: Sequence[Count]) -> list[Count | None]:
    """The counts with None for those withheld: small ones, and others until no withheld one follows from the rest.

    Whether a count is small or only shields one is not told, since that would narrow it down again.
    """
    withheld = {number for number, count in enumerate(counts) if count.total < LEAST_SHOWN}
    others = sorted(set(range(len(counts))) - withheld, key=lambda number: (counts[number].total, number))
    while withheld and others and not _is_safe([counts[number] for number in withheld]):
        withheld.add(others.pop(0))
    return [None if number in withheld else count for number, count in enumerate(counts)]


def _is_safe(withheld: Sequence[Count]) -> bool:
    """Whether the sum over those withheld, which the totals tell, fixes none of them and is itself not small.

    Each has one subject at least: as many as there are subjects would be one each. And where none or all of them
    came under a measure, that would be so in each.
    """
    total, under = sum(count.total for count in withheld), sum(count.under for count in withheld)
    return (
        len(withheld) >= _AT_LEAST_TWO
        and total >= LEAST_SHOWN
        and total > len(withheld)
        and 0 < under < total
    )
