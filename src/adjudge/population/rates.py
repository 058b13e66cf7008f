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
    found = (_rates(fact, known, total, view) for fact in _protected(kind, view))
    return tuple(rates for rates in found if rates is not None and len(rates.rows) >= _AT_LEAST_TWO)


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


def _rates(fact: Fact, subjects: Iterable[Subject], total: Count, view: PopulationView) -> Rates | None:
    groups: dict[Place, list[Subject]] = {}
    for subject in subjects:
        groups.setdefault(view.place(subject, fact.full_name), []).append(subject)
    cells = sorted(
        ((Cell(place.state, place.value), _count(group, view)) for place, group in groups.items()),
        key=lambda item: cell_key(item[0]),
    )
    shown = shown_counts([count for _, count in cells])
    if shown is None:
        return None
    rows = tuple(RateRow(cell, count) for (cell, _), count in zip(cells, shown, strict=True))
    return Rates(fact=fact, rows=rows, total=total)


def _count(subjects: Sequence[Subject], view: PopulationView) -> Count:
    under = sum(treatment_of(view.decisions.get(s.id)) is Treatment.MEASURE for s in subjects)
    return Count(under, len(subjects))


def shown_counts(counts: Sequence[Count]) -> list[Count | None] | None:
    """The counts with None for those withheld: small ones, and others until no withheld one follows from the rest.

    None where not even the values may be named. Whether a count is small or only shields one is not told, since that
    would narrow it down again.
    """
    withheld = [count.total < LEAST_SHOWN for count in counts]
    while any(withheld) and not _is_safe(_chosen(counts, withheld)):
        if all(withheld):
            return None
        # Counts of one size go together: the choice must not depend on the order of the values (see `_is_safe`).
        least = min(count.total for count, hidden in zip(counts, withheld, strict=True) if not hidden)
        withheld = [hidden or count.total == least for count, hidden in zip(counts, withheld, strict=True)]
    return [None if hidden else count for count, hidden in zip(counts, withheld, strict=True)]


def _chosen(counts: Sequence[Count], chosen: Sequence[bool]) -> list[Count]:
    return [count for count, is_chosen in zip(counts, chosen, strict=True) if is_chosen]


def _is_safe(withheld: Sequence[Count]) -> bool:
    """Whether none of the counts withheld follows from their sum, which the totals tell, and the sum is not small.

    Exchange two of them, and the same is shown: so that, where they are not all equal, none of them is certain even to
    one who knows how they are chosen. And where nobody or everybody came under a measure, that would be so in each.
    """
    total, under = sum(count.total for count in withheld), sum(count.under for count in withheld)
    return (
        total >= LEAST_SHOWN
        and 0 < under < total
        and len({count.total for count in withheld}) > 1
        and len({count.under for count in withheld}) > 1
    )
