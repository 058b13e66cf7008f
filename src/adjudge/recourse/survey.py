"""Everything that can be done, ready to be searched: rules concerned, spots with few options each, tables of leaves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adjudge.basis.ids import FactName, RuleId
from adjudge.facts.claim import Claim
from adjudge.facts.settle import Evidence
from adjudge.language.package import Rule
from adjudge.recourse.action import Action
from adjudge.recourse.concern import Leaf, concerned, facts_of_rules, uses
from adjudge.recourse.options import Options
from adjudge.recourse.question import Question
from adjudge.recourse.reader import atom_of
from adjudge.recourse.reduce import Kept, effects_of_value, joined_spots, kept, kept_of_single, trimmed
from adjudge.recourse.spot import ClosingSpot, Spot, ValueSpot
from adjudge.recourse.table import Table, Tables
from adjudge.recourse.values import Values


@dataclass(frozen=True, slots=True)
class Place:
    """A spot as it is searched: the options that are kept, by their numbers in the tables."""

    kept: Kept
    chains: Mapping[int, int]
    """Of options that are one claim in rising weights, the claim's number."""


@dataclass(frozen=True, slots=True)
class Ranged:
    """A many-valued fact: its values with their options, and its being closed."""

    spots: tuple[ValueSpot, ...]
    places: tuple[Place, ...]
    closing: ClosingSpot
    closed: Place


@dataclass(frozen=True, slots=True)
class Survey:
    """What is searched. `whole` is False where options had to be left out."""

    question: Question
    rules: tuple[Rule, ...]
    singles: Mapping[FactName, Place]
    ranged: Mapping[FactName, Ranged]
    tables: Mapping[Leaf, Table]
    whole: bool

    @property
    def actions(self) -> list[Action]:
        """All that can be done."""
        places = [*self.singles.values()]
        for found in self.ranged.values():
            places += [*found.places, found.closed]
        return [action for place in places for action in place.kept.values() if action is not None]


def survey(question: Question, lifted: Iterable[RuleId]) -> Survey:
    """Survey what can be done about the rules to be lifted."""
    rules = concerned(question.everywhere, lifted)
    used = uses(rules)
    claims = _claims_by_fact(question, facts_of_rules(rules))
    values = Values(question, used, claims)
    values.find()
    options = Options(question, values, claims, used)
    names = facts_of_rules(rules)
    singles = {name: options.single(name) for name in names if not question.facts[name].many}
    whole = values.whole
    for leaf in used:
        facts = [name for name in facts_of_leaf(leaf) if name in singles]
        whole = not trimmed(singles, facts, question.limits.combined) and whole
    ranged = {name: options.ranged(name) for name in names if question.facts[name].many}
    making = Tables(question, values, singles, {name: spots for name, (spots, _) in ranged.items()})
    tables = {leaf: making.of(leaf) for leaf in used}
    found = list(tables.values())
    return Survey(
        question=question,
        rules=rules,
        singles={name: _single(name, spot, found) for name, spot in singles.items()},
        ranged={name: _ranged(spots, closing, found) for name, (spots, closing) in ranged.items()},
        tables=tables,
        whole=whole,
    )


def facts_of_leaf(leaf: Leaf) -> tuple[FactName, ...]:
    """The single-valued facts in the atom of a leaf."""
    atom = atom_of(leaf)
    return atom.facts if atom is not None else ()


def _claims_by_fact(question: Question, names: Sequence[FactName]) -> dict[FactName, list[Claim]]:
    wanted = {name: question.holder(name) for name in names}
    found: dict[FactName, list[Claim]] = {name: [] for name in names}
    for claim in question.live:
        if wanted.get(claim.fact) == claim.subject:
            found[claim.fact].append(claim)
    return found


def _single(name: FactName, spot: Spot[Evidence], tables: Sequence[Table]) -> Place:
    return _place(spot, kept_of_single(name, spot, tables))


def _place(spot: "Spot[Evidence] | ValueSpot | ClosingSpot", found: Kept) -> Place:
    return Place(found, {number: spot.options[number].chain for number in found})


def _ranged(spots: Sequence[ValueSpot], closing: ClosingSpot, tables: Sequence[Table]) -> Ranged:
    effects = [effects_of_value(index, spot, tables) for index, spot in enumerate(spots)]
    found = [kept(spot.options, effect) for spot, effect in zip(spots, effects, strict=True)]
    stands = joined_spots(spots, effects, found)
    # What stands for nothing keeps its place in the tables, with the one option that changes nothing.
    places = tuple(
        _place(spot, here if stand else Kept({0: None}))
        for spot, here, stand in zip(spots, found, stands, strict=True)
    )
    closed = kept(closing.options, [(option.state,) for option in closing.options])
    return Ranged(tuple(spots), places, closing, _place(closing, closed))
