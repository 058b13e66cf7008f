"""Options that come to the same joined into one, so that few are left: one for each effect, whatever else is done.

Not a loss: what is joined is named with the option that stands for it. Claims that are heavier than they need to be for
an effect are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from adjudge.basis.ids import FactName
from adjudge.recourse.action import Action, Proof, power_of
from adjudge.recourse.spot import UNCHAINED, Option, Spot, ValueSpot, joined
from adjudge.recourse.table import HasTable, PlainTable, RangedTable, Table

S = TypeVar("S")
Effect = tuple[object, ...]


class Kept(dict[int, Action | None]):
    """The options of a spot that are kept, by number, with the action of each; the first is always kept."""


def kept_of_single(name: FactName, spot: Spot[S], tables: Iterable[Table]) -> Kept:
    """The options of a single-valued fact."""
    effects: list[list[object]] = [[] for _ in spot.options]
    for table in tables:
        if isinstance(table, PlainTable | RangedTable) and name in table.facts:
            place = table.facts.index(name)
            found: Mapping[tuple[int, ...], object] = (
                table.masks if isinstance(table, PlainTable) else table.rows
            )
            for chosen, value in found.items():
                effects[chosen[place]].append(value)
    return kept(spot.options, [tuple(effect) for effect in effects])


def effects_of_value(index: int, spot: ValueSpot, tables: Iterable[Table]) -> list[Effect]:
    """What each option of one value of a many-valued fact does, `index` being the value's place in the tables."""
    effects: list[list[object]] = [[] for _ in spot.options]
    for table in tables:
        for number, option in enumerate(spot.options):
            if isinstance(table, HasTable) and table.ranged == spot.fact:
                effects[number].append(option.state)
            elif isinstance(table, RangedTable) and table.ranged == spot.fact:
                if table.asked and table.asked[index]:
                    effects[number].append(option.state)
                effects[number].extend(rows[index][number] for rows in table.rows.values())
    return [tuple(effect) for effect in effects]


def kept(options: Sequence[Option[S]], effects: Sequence[Effect]) -> Kept:
    """The first option of each effect, and of each claim the least weight for each effect."""
    groups: dict[tuple[object, ...], list[int]] = {}
    chains: dict[int, list[int]] = defaultdict(list)
    for number, option in enumerate(options):
        if option.action is None or effects[number] == effects[0]:
            continue
        if option.chain == UNCHAINED:
            key = type(option.action), power_of(option.action), effects[number]
            groups.setdefault(key, []).append(number)
        elif not chains[option.chain] or effects[number] != effects[chains[option.chain][-1]]:
            chains[option.chain].append(number)
    alike: dict[tuple[object, ...], list[list[int]]] = {}
    for numbers in chains.values():
        if numbers:
            rising = tuple((_weight(options[number]), effects[number]) for number in numbers)
            alike.setdefault(rising, []).append(numbers)
    found = Kept({0: None})
    for numbers in groups.values():
        found[numbers[0]] = _joined(options, numbers)
    for claims in alike.values():
        for same in zip(*claims, strict=True):
            found[same[0]] = _joined(options, same)
    return found


def _weight(option: Option[S]) -> int:
    return option.action.weight if isinstance(option.action, Proof) else 0


def _joined(options: Sequence[Option[S]], numbers: Sequence[int]) -> Action:
    actions = [action for number in numbers if (action := options[number].action) is not None]
    return joined(actions[0], actions[1:])


def joined_spots(
    spots: Sequence[ValueSpot], effects: Sequence[Sequence[Effect]], found: list[Kept]
) -> list[bool]:
    """Which spots stand for themselves; values that nobody claims and that come to the same become one of them."""
    first: dict[tuple[object, ...], int] = {}
    stands = [True] * len(spots)
    for number, (spot, kept_here) in enumerate(zip(spots, found, strict=True)):
        if any(spot.options[0].state):
            continue
        if len(kept_here) == 1:
            stands[number] = False
            continue
        key = tuple(
            (type(action), action.weight if isinstance(action, Proof) else 0, effects[number][index])
            for index, action in kept_here.items()
        )
        leader = first.setdefault(key, number)
        if leader != number:
            stands[number] = False
            leading = found[leader]
            for (at, one), other in zip(list(leading.items()), kept_here.values(), strict=True):
                if one is not None and other is not None:
                    leading[at] = joined(one, [other])
    return stands


def trimmed(spots: dict[FactName, Spot[S]], facts: Sequence[FactName], most: int) -> bool:
    """Leave options out until some facts have at most so many combinations; whether any was left out."""
    cut = False
    while True:
        total = 1
        for name in facts:
            total *= len(spots[name].options)
        if total <= most:
            return cut
        widest = max(facts, key=lambda name: (len(spots[name].options), name))
        spot = spots[widest]
        spots[widest] = spot.keeping(
            spot.options[: max(1, len(spot.options) - max(1, len(spot.options) // 8))]
        )
        cut = True
