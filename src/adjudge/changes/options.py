"""What claims may say of the facts that a rule reads, each way of saying it once.

Not every value: sayings that no leaf of a condition tells apart stand for one another, and the spec itself says which
it tells apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from adjudge.basis.ids import FactName
from adjudge.basis.weight import Pair
from adjudge.candidates.mentions import Sided, mentioned
from adjudge.candidates.records import Body, records_of
from adjudge.candidates.values import values_of
from adjudge.changes.sayings import Reading, Saying, Speaker, asked, saying_of, subject_of
from adjudge.changes.scenes import Scene
from adjudge.facts.claim import NO_OTHER, NoOther, Stance
from adjudge.facts.settle import settle
from adjudge.facts.type import RecordType, Simple
from adjudge.facts.value import Value, value_key
from adjudge.language.core import (
    Atom,
    Bound,
    Condition,
    FactValue,
    Has,
    Member,
    Not,
    Quantified,
    facts_of,
    leaves,
)
from adjudge.language.operators import Concrete
from adjudge.language.package import Package
from adjudge.spec.concrete import Surroundings
from adjudge.spec.evaluate import Situation, pair_of
from adjudge.spec.resolve import surroundings

MOST_OPTIONS = 60
"""Ways of speaking of one group of facts that are kept."""
_MOST_JOINT = 1_500
_MOST_OF_A_JOINT_FACT = 120
_MOST_PAIRED = 6
_MOST_DENIED = 12
_WEIGHTS = (5, 3)
"""With and without the weight that ends the silence of a complete record."""

Leaf = Atom | Has | Quantified | Member


@dataclass(frozen=True, slots=True)
class SidedLeaf:
    """A leaf of a condition and the number of the side on which it stands."""

    side: int
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class Option:
    """Something that claims may say of a group of facts, and what each leaf of the group then weighs."""

    reading: Reading
    pairs: Mapping[SidedLeaf, tuple[Pair, ...]]

    def shows(self, leaf: SidedLeaf, *, want: bool) -> bool:
        """Whether the leaf is shown, or shown not to be."""
        pair = self.pairs[leaf][0]
        return pair.for_ > pair.against if want else pair.against > pair.for_


Group = tuple[Option, ...]
"""The options for facts that some leaf reads together; the first says nothing."""


class Listener:
    """What the leaves of both sides weigh in one scene."""

    def __init__(self, sides: Sequence[Sided], scene: Scene) -> None:
        """`sides` are the rules concerned, each with its package."""
        self.sides = sides
        self.scene = scene
        self.speakers = [Speaker(package.vocabulary) for package, _ in sides]
        self.surroundings = [surroundings(package, scene.valid_at) for package, _ in sides]
        self.leaves = [
            SidedLeaf(number, leaf)
            for number, (_, rule) in enumerate(sides)
            for leaf in dict.fromkeys(leaf for written in rule.conditions for leaf in leaves(written.core))
        ]

    def pairs(self, reading: Reading, found: Iterable[SidedLeaf]) -> dict[SidedLeaf, tuple[Pair, ...]]:
        """What leaves weigh if nothing else is said, for each of two weights."""
        situations = {
            (number, weight): self._situation(number, reading, weight)
            for number in range(len(self.sides))
            for weight in _WEIGHTS
        }
        return {
            leaf: tuple(pair_of(leaf.leaf, situations[leaf.side, weight]) for weight in _WEIGHTS)
            for leaf in found
        }

    def _situation(self, number: int, reading: Reading, weight: int) -> Situation:
        speaker, at = self.speakers[number], self.scene.valid_at
        said = (
            speaker.claim(str(index), saying, weight, subject_of(saying), at)
            for index, saying in enumerate(reading)
        )
        view = settle(claim for claim in said if claim is not None)
        subject = asked(self.scene.kind)
        return Situation(
            view, self.surroundings[number], subject.id, subject.advertiser, lambda _place, _reason: None
        )


def groups(sides: Sequence[Sided], listener: Listener) -> list[Group]:
    """The options for each group of facts that some leaf reads together."""
    mentions = mentioned(sides, listener.scene.valid_at)
    found = []
    for facts in _together(listener.leaves):
        concerned = [leaf for leaf in listener.leaves if set(facts_of(leaf.leaf)) & set(facts)]
        readings = _readings(facts, concerned, listener, mentions)
        found.append(tuple(_told_apart(readings, concerned, listener)))
    return found


def _together(found: Iterable[SidedLeaf]) -> list[tuple[FactName, ...]]:
    """The facts in groups: two are in one if a leaf reads both."""
    merged: list[set[FactName]] = []
    for leaf in found:
        names = set(facts_of(leaf.leaf))
        apart = [group for group in merged if not group & names]
        joined = names.union(*(group for group in merged if group & names))
        merged = [*apart, joined] if joined else apart
    return sorted(tuple(sorted(group)) for group in merged)


def _told_apart(
    readings: Iterable[Reading], concerned: Sequence[SidedLeaf], listener: Listener
) -> Iterator[Option]:
    """The first reading of each row of pairs, which is the shortest."""
    seen: set[tuple[tuple[Pair, ...], ...]] = set()
    for reading in readings:
        pairs = listener.pairs(reading, concerned)
        row = tuple(pairs.values())
        if row not in seen and len(seen) < MOST_OPTIONS:
            seen.add(row)
            yield Option(reading, pairs)


def _readings(
    facts: Sequence[FactName],
    concerned: Sequence[SidedLeaf],
    listener: Listener,
    mentions: Sequence[Concrete],
) -> Iterator[Reading]:
    """Nothing; one claim; two of one fact that contradict or complete each other; one of each of several facts."""
    yield ()
    columns = {name: _sayings(name, concerned, listener, mentions) for name in facts}
    singles = [(saying,) for column in columns.values() for saying in column]
    yield from singles
    for column in columns.values():
        kept = [option.reading for option in _told_apart([(), *((s,) for s in column)], concerned, listener)]
        few = [reading[0] for reading in kept if reading][:_MOST_PAIRED] or column[:_MOST_PAIRED]
        closing = [saying for saying in column if isinstance(saying.value, NoOther)]
        denials = [saying for saying in column if saying.stance is Stance.DENIES][:_MOST_PAIRED]
        yield from combinations(dict.fromkeys([*few, *closing, *denials]), 2)
    if len(facts) > 1:
        yield from _joint(list(columns.values()))


def _joint(columns: Sequence[Sequence[Saying]]) -> Iterator[Reading]:
    asserting = [
        [saying for saying in column if saying.stance is Stance.ASSERTS][:_MOST_OF_A_JOINT_FACT]
        for column in columns
    ]
    for size in range(2, len(columns) + 1):
        for chosen in combinations(asserting, size):
            yield from islice(product(*chosen), _MOST_JOINT)


def _sayings(
    name: FactName, concerned: Sequence[SidedLeaf], listener: Listener, mentions: Sequence[Concrete]
) -> list[Saying]:
    """Values that either side's vocabulary gives the fact: asserted, then `none`, then denied."""
    found: dict[tuple[tuple[str, str], str], Value] = {}
    packages = [package for package, _ in listener.sides]
    facts = [fact for package in packages if (fact := package.vocabulary.facts.get(name)) is not None]
    for package in packages:
        for value in _values_on(package, name, concerned, listener, mentions):
            found.setdefault((value_key(value), type(value).__name__), value)
    values = list(found.values())
    asserted = [saying_of(name, value) for value in values]
    closing = [saying_of(name, NO_OTHER)] if any(fact.many for fact in facts) else []
    is_bool = all(fact.type is Simple.BOOL for fact in facts)
    denied = [] if is_bool else [saying_of(name, value, Stance.DENIES) for value in values[:_MOST_DENIED]]
    return [*asserted, *closing, *denied]


def _values_on(
    package: Package,
    name: FactName,
    concerned: Sequence[SidedLeaf],
    listener: Listener,
    mentions: Sequence[Concrete],
) -> list[Value]:
    fact = package.vocabulary.facts.get(name)
    if fact is None:
        return []
    now = listener.scene.valid_at
    trees = package.vocabulary.taxonomies
    if not isinstance(fact.type, RecordType):
        return values_of(fact.type, mentions, trees, now)
    bodies = [body for leaf in concerned for body in _bodies(leaf, name, listener.surroundings[leaf.side])]
    return records_of(fact.type, bodies, mentions, trees, now)


def _bodies(sided: SidedLeaf, name: FactName, around: Surroundings) -> Iterator[Body]:
    match sided.leaf:
        case Quantified(fact=fact, variable=variable, body=body):
            atom = _atom_of(body)
            if fact == name:
                yield Body(Bound(variable), atom.expr, around)
            if name in atom.facts:
                yield Body(FactValue(name), atom.expr, around)
        case Atom(expr=expr, facts=facts) if name in facts:
            yield Body(FactValue(name), expr, around)
        case _:
            return


def _atom_of(body: Condition) -> Atom:
    """The body of a quantifier is an atom or its NOT."""
    while isinstance(body, Not):
        body = body.operand
    assert isinstance(body, Atom)  # noqa: S101 - LANGUAGE.md 3.6
    return body
