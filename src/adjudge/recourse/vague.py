"""Codes that contain what is not wanted: they would do, but only because they say less.

Not wrong ones: the rules let them pass. Where other codes do the same, these alone are told.
"""

from collections.abc import Iterator
from dataclasses import replace

from adjudge.basis.ids import FactName
from adjudge.facts.claim import NoOther, Stance
from adjudge.facts.type import CodeType
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Taxonomy, Vocabulary
from adjudge.recourse.action import Action, Addition, Alternative, Choice, Proof, Replacement
from adjudge.recourse.way import Way


def containing(code: str, tree: Taxonomy) -> Iterator[str]:
    """The codes above a code, itself not among them."""
    above = tree.parents.get(code)
    while above is not None:
        yield above
        above = tree.parents[above]


def plain_spoken(way: Way, vocabulary: Vocabulary) -> Way:
    """A way without the codes that contain one which would not do, where others are left."""
    steps = (replace(step, action=_plain_spoken(step.action, vocabulary)) for step in way.steps)
    return replace(way, steps=tuple(steps))


def _plain_spoken(action: Action, vocabulary: Vocabulary) -> Action:
    tree = _tree(action.fact, vocabulary)
    if tree is None:
        return action
    match action:
        case Replacement():
            return replace(action, to=_specific(action.to, tree))
        case Addition():
            return replace(action, value=_specific(action.value, tree))
        case Proof():
            return _proof(action, tree)
        case _:
            return action


def _tree(name: FactName, vocabulary: Vocabulary) -> Taxonomy | None:
    kind = vocabulary.facts[name].type
    return vocabulary.taxonomies[kind.taxonomy] if isinstance(kind, CodeType) else None


def _specific(choice: Choice, tree: Taxonomy) -> Choice:
    kept = _kept(choice.all, tree)
    return replace(choice, value=kept[0], others=kept[1:])


def _proof(proof: Proof, tree: Taxonomy) -> Proof:
    """Of what may be asserted; to deny a code that contains others is to say more, and not less."""
    kept = set(_kept(proof.asserted, tree)) if proof.asserted else set()
    said = [Alternative(proof.value, proof.stance), *proof.others]
    dropped = set(proof.asserted) - kept
    left = [
        item for item in said if isinstance(item.value, NoOther) or item.value not in dropped or _denies(item)
    ]
    return replace(proof, value=left[0].value, stance=left[0].stance, others=tuple(left[1:]))


def _denies(item: Alternative) -> bool:
    return item.stance is not Stance.ASSERTS


def _kept(values: tuple[Value, ...], tree: Taxonomy) -> tuple[Value, ...]:
    """The values beneath which there are no others than these; all where there are none such."""
    members = {str(value) for value in values}
    vague = {above for code in tree.parents if code not in members for above in containing(code, tree)}
    return tuple(value for value in values if value not in vague) or values
