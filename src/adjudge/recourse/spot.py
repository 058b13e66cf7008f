"""Where something can be done: a single-valued fact, one value of a many-valued one, its being closed; and options.

One option is chosen at each spot. The first leaves it as it is.
"""

from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from adjudge.basis.ids import FactName
from adjudge.facts.settle import Evidence
from adjudge.facts.value import Value
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Replacement
from adjudge.recourse.ranges import joined_spread

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
            return replace(first, to=_with(to, [item.to for item in others if isinstance(item, Replacement)]))
        case Addition(value=value):
            return replace(
                first, value=_with(value, [item.value for item in others if isinstance(item, Addition)])
            )
        case Proof():
            proofs = [item for item in others if isinstance(item, Proof)]
            return replace(
                first,
                others=(*first.others, *(other for item in proofs for other in _said_by(item))),
                spread=joined_spread(item.spread for item in (first, *proofs) if item.asserted),
            )
        case _:
            return first


def _with(choice: Choice, more: list[Choice]) -> Choice:
    return replace(
        choice,
        others=(*choice.others, *(value for item in more for value in item.all)),
        spread=joined_spread(item.spread for item in (choice, *more)),
    )


def _said_by(proof: Proof) -> tuple[Alternative, ...]:
    return (Alternative(proof.value, proof.stance), *proof.others)
