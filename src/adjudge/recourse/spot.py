"""Where something can be done: a single-valued fact, one value of a many-valued one, its being closed; and options.

One option is chosen at each spot. The first leaves it as it is.
"""

from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from adjudge.basis.ids import FactName
from adjudge.facts.settle import Evidence
from adjudge.facts.value import Value
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Replacement

S = TypeVar("S")
UNCHAINED = -1


class Standing(NamedTuple):
    """How one value of a many-valued fact stands: W+ (0 where nobody asserts it) and W-. LANGUAGE.md 2.1."""

    for_: int
    against: int


@dataclass(frozen=True, slots=True)
class Option(Generic[S]):
    """What can be done, and how things then stand. Options of one chain are one claim with rising weights."""

    action: Action | None
    state: S
    chain: int = UNCHAINED


@dataclass(frozen=True, slots=True)
class Spot(Generic[S]):
    """Options of one fact, or of one value of it (`value` is None where there is no value to speak of)."""

    fact: FactName
    options: tuple[Option[S], ...]
    value: Value | None = None

    def keeping(self, options: tuple[Option[S], ...]) -> "Spot[S]":
        """The spot with other options."""
        return replace(self, options=options)


SingleSpot = Spot[Evidence]
ValueSpot = Spot[Standing]
ClosingSpot = Spot[int]
AnySpot = SingleSpot | ValueSpot | ClosingSpot


def joined(first: Action, others: list[Action]) -> Action:
    """One action that stands for several with the same effect."""
    match first:
        case Replacement(to=to):
            more = tuple(value for item in others if isinstance(item, Replacement) for value in item.to.all)
            return replace(first, to=_with(to, more))
        case Addition(value=value):
            more = tuple(found for item in others if isinstance(item, Addition) for found in item.value.all)
            return replace(first, value=_with(value, more))
        case Proof():
            proofs = [item for item in others if isinstance(item, Proof)]
            return replace(
                first, others=(*first.others, *(other for item in proofs for other in _said_by(item)))
            )
        case _:
            return first


def _with(choice: Choice, more: tuple[Value, ...]) -> Choice:
    return replace(choice, others=(*choice.others, *more))


def _said_by(proof: Proof) -> tuple[Alternative, ...]:
    return (Alternative(proof.value, proof.stance), *proof.others)
