"""Ways that differ in values only: those that come to the same as one, and those that need more than another marked.

Not another search: nothing is added, and nothing is lost but the separate mention of values that come to the same.
"""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.facts.claim import Stance
from adjudge.recourse.action import Action, Addition, Power, Proof, Removal, Replacement
from adjudge.recourse.spot import joined
from adjudge.recourse.way import Way


def merged(ways: Sequence[Way]) -> list[Way]:
    """Ways that differ in one value of one action, and come to the same, as one way that names all the values."""
    found, before = list(ways), -1
    while len(found) != before:
        before = len(found)
        most = max((len(way.steps) for way in found), default=0)
        for place in range(most):
            found = _merged_at(place, found)
    return found


def _merged_at(place: int, ways: Sequence[Way]) -> list[Way]:
    groups: dict[object, list[Way]] = {}
    for number, way in enumerate(ways):
        mergeable = place < len(way.steps) and not isinstance(way.steps[place].action, Removal)
        groups.setdefault(_shape(place, way) if mergeable else number, []).append(way)
    return [_united(place, group) for group in groups.values()]


def _shape(place: int, way: Way) -> object:
    """All of a way but the value of one action."""
    step = way.steps[place]
    action = step.action
    weight = action.weight if isinstance(action, Proof) else 0
    kept = tuple(other for number, other in enumerate(way.steps) if number != place)
    return (
        (type(action), action.fact, weight, step.purpose, step.exceptions),
        kept,
        replace(way, steps=()),
    )


def _united(place: int, ways: Sequence[Way]) -> Way:
    first = ways[0]
    if len(ways) == 1:
        return first
    action = joined(first.steps[place].action, [way.steps[place].action for way in ways[1:]])
    step = replace(first.steps[place], action=action)
    return replace(first, steps=(*first.steps[:place], step, *first.steps[place + 1 :]))


def marked(ways: Sequence[Way]) -> list[Way]:
    """The ways in their order, detours marked."""
    touched = [frozenset(_what(step.action) for step in way.steps) for way in ways]
    return [
        replace(
            way,
            is_detour=any(
                (about <= touched[number] and _is_plainer(other, way)) or _is_milder(other, way)
                for other, about in zip(ways, touched, strict=True)
            ),
        )
        for number, way in enumerate(ways)
    ]


def _is_plainer(one: Way, other: Way) -> bool:
    """Whether a way that is about the same, or about less, needs fewer steps or nobody else, to no less effect."""
    if one.ends_contested > other.ends_contested:
        return False
    needs, other_needs = one.power is Power.OTHERS, other.power is Power.OTHERS
    if len(one.steps) < len(other.steps):
        return needs <= other_needs
    return needs < other_needs and one.cost <= other.cost


def _is_milder(one: Way, other: Way) -> bool:
    """Whether a way about the same facts puts fewer rules in dispute: nobody need prove worse things than others."""
    return (
        one.ends_contested
        and set(one.contested) < set(other.contested)
        and one.cost <= other.cost
        and one.power.rank <= other.power.rank
        and {step.action.fact for step in one.steps} <= {step.action.fact for step in other.steps}
    )


def _what(action: Action) -> object:
    """What an action is about: a fact, whatever it is changed to, or one value of a many-valued fact."""
    match action:
        case Replacement():
            return action.fact
        case Addition():
            return action.fact, action.value.value, True
        case Removal():
            return action.fact, action.value, False
        case Proof():
            return action.fact, action.value, action.stance is Stance.ASSERTS
