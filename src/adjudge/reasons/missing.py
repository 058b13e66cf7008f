"""Missing proof: which atoms, raised to the standard, would meet a rule that is short of it. LANGUAGE.md 6.2.

Not recourse: nobody is told to prove these; they say what the platform does not know.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from adjudge.basis.weight import Pair, conjunction, disjunction, negation
from adjudge.language.core import And, Atom, Condition, Has, Member, Not, Or, Quantified, facts_of
from adjudge.language.expression.syntax import Place

Leaf = Atom | Has | Quantified | Member
MOST_SETS = 64


@dataclass(frozen=True, slots=True)
class MissingAtom:
    """A leaf of the condition that would have to be shown, or shown not to be so where `negated`."""

    place: Place
    facts: tuple[str, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class MissingProof:
    """Minimal sets of atoms, smallest first. `whole` is False where there are more than are listed."""

    sets: tuple[tuple[MissingAtom, ...], ...]
    whole: bool = True


_Set = frozenset[int]


@dataclass(slots=True)
class _Leaves:
    """Leaves numbered from left to right, with the pair of each and whether it stands under an odd NOT."""

    leaves: list[Leaf]
    negated: list[bool]
    pairs: list[Pair]


def missing_proof(condition: Condition, pairs: Iterable[Pair], standard: int) -> MissingProof:
    """The minimal sets for `when`. `pairs` are those of its leaves, from left to right."""
    numbered = _Leaves([], [], list(pairs))
    _number(condition, numbered, negated=False)
    minimal, whole = _sets(condition, numbered, standard)
    meeting = [chosen for chosen in minimal if _is_met(condition, numbered, chosen, standard)]
    ordered = sorted(meeting, key=lambda chosen: (len(chosen), sorted(chosen)))
    return MissingProof(tuple(_described(chosen, numbered) for chosen in ordered), whole)


def _number(condition: Condition, numbered: _Leaves, *, negated: bool) -> None:
    match condition:
        case And() | Or():
            for operand in condition.operands:
                _number(operand, numbered, negated=negated)
        case Not():
            _number(condition.operand, numbered, negated=not negated)
        case _:
            numbered.leaves.append(condition)
            numbered.negated.append(negated)


def _sets(condition: Condition, numbered: _Leaves, standard: int) -> tuple[list[_Set], bool]:
    """Minimal sets that bring `for` to the standard, and whether all were kept. Leaves are taken in order."""
    counter = iter(range(len(numbered.leaves)))
    whole = True

    def visit(node: Condition, *, negated: bool) -> list[_Set]:
        nonlocal whole
        if isinstance(node, Not):
            return visit(node.operand, negated=not negated)
        if isinstance(node, And | Or):
            below = [visit(operand, negated=negated) for operand in node.operands]
            # Under a NOT the platform must show the opposite, so that AND and OR trade places.
            joined, cut = (_all_of if isinstance(node, And) is not negated else _any_of)(below)
            whole = whole and not cut
            return joined
        index = next(counter)
        pair = negation(numbered.pairs[index]) if negated else numbered.pairs[index]
        return [frozenset()] if pair.for_ >= standard else [frozenset({index})]

    return visit(condition, negated=False), whole


def _any_of(below: list[list[_Set]]) -> tuple[list[_Set], bool]:
    return _minimal([chosen for sets in below for chosen in sets])


def _all_of(below: list[list[_Set]]) -> tuple[list[_Set], bool]:
    found: list[_Set] = [frozenset()]
    cut = False
    for sets in below:
        found, more = _minimal([one | other for one in found for other in sets])
        cut = cut or more
    return found, cut


def _minimal(sets: list[_Set]) -> tuple[list[_Set], bool]:
    found: list[_Set] = []
    for chosen in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(smaller <= chosen for smaller in found):
            found.append(chosen)
        if len(found) > MOST_SETS:
            break  # the smallest come first, and comparing all others with them would take long
    return found[:MOST_SETS], len(found) > MOST_SETS


def _is_met(condition: Condition, numbered: _Leaves, chosen: _Set, standard: int) -> bool:
    """Whether raising these atoms meets the condition; raising one does not lower what speaks against it."""
    counter = iter(range(len(numbered.leaves)))

    def pair(node: Condition) -> Pair:
        if isinstance(node, Not):
            return negation(pair(node.operand))
        if isinstance(node, And):
            return conjunction([pair(operand) for operand in node.operands])
        if isinstance(node, Or):
            return disjunction([pair(operand) for operand in node.operands])
        index = next(counter)
        for_, against = numbered.pairs[index]
        if index not in chosen:
            return Pair(for_, against)
        return (
            Pair(for_, max(against, standard))
            if numbered.negated[index]
            else Pair(max(for_, standard), against)
        )

    raised = pair(condition)
    return raised.for_ >= standard and raised.for_ > raised.against


def _described(chosen: _Set, numbered: _Leaves) -> tuple[MissingAtom, ...]:
    return tuple(
        MissingAtom(numbered.leaves[index].place, facts_of(numbered.leaves[index]), numbered.negated[index])
        for index in sorted(chosen)
    )
