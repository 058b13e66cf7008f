"""Where a subject stands among the values of one fact: at one of them, or nowhere, since too little is known.

Not a verdict, and nothing is decided by it: it only tells results apart. A value counts where it is asserted more
heavily than any other and than it is denied; otherwise the sources disagree, which is said and not settled.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from adjudge.facts.settle import Evidence
from adjudge.facts.type import Simple
from adjudge.facts.value import Money, Value, value_key
from adjudge.facts.vocabulary import Fact
from adjudge.population.model import Dimension

RECORD = 4
"""The weight with which a complete record speaks by its silence. LANGUAGE.md 3.4."""


class State(StrEnum):
    """How far a value is known."""

    KNOWN = "known"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """`value` is there where `state` is `KNOWN`."""

    state: State
    value: Value | None = None


_ZERO, _BELOW_ALL = Decimal(0), Decimal("-Infinity")
_CONTESTED, _UNKNOWN = Place(State.CONTESTED), Place(State.UNKNOWN)


def place_of(fact: Fact, evidence: Evidence) -> Place:
    """The one value that is asserted most heavily, and more heavily than denied."""
    asserted = dict(evidence.asserted)
    if fact.complete and fact.type is Simple.BOOL and evidence.strongest < RECORD:
        asserted[False] = max(asserted.get(False, 0), RECORD)
    if not asserted:
        return _UNKNOWN
    greatest = max(asserted.values())
    best = [value for value, weight in asserted.items() if weight == greatest]
    if len(best) > 1 or evidence.weight_against(best[0]) >= greatest:
        return _CONTESTED
    return Place(State.KNOWN, best[0])


@dataclass(frozen=True, slots=True)
class Band:
    """A class of numbers, or of amounts in one currency: from `least`, included, to `below`; None is no bound."""

    least: Decimal | None
    below: Decimal | None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One class of a dimension: a value, a band, or what is not known."""

    state: State
    content: Value | Band | None = None


def cell_of(place: Place, dimension: Dimension) -> Cell:
    """The class in which a subject falls."""
    if place.value is None or not dimension.bands:
        return Cell(place.state, place.value)
    match place.value:
        case Money(amount, currency):
            return Cell(place.state, _band(amount, dimension.bands, currency))
        case int() | Decimal():
            return Cell(place.state, _band(Decimal(place.value), dimension.bands, ""))
        case _:
            return Cell(place.state, place.value)


def _band(amount: Decimal, bounds: tuple[Decimal, ...], currency: str) -> Band:
    least = max((bound for bound in bounds if bound <= amount), default=None)
    below = min((bound for bound in bounds if bound > amount), default=None)
    return Band(least, below, currency)


def cell_key(cell: Cell) -> tuple[int, str, Decimal, str]:
    """A total order over the classes of one dimension: what is known first, numbers by size."""
    order = list(State).index(cell.state)
    match cell.content:
        case None:
            return order, "", _ZERO, ""
        case Band(least, _, currency):
            return order, currency, _BELOW_ALL if least is None else least, ""
        case bool() as value:
            return order, "", _ZERO, str(value)
        case int() | Decimal() as value:
            return order, "", Decimal(value), ""
        case value:
            return order, "", _ZERO, "/".join(value_key(value))
