"""Small cases for a rule: which claims, of which weights, the fewest first.

Not witnesses yet: most of them turn out alike on both sides. The order is fixed, and there is a limit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from adjudge.basis.weight import Standard
from adjudge.candidates.mentions import Sided
from adjudge.changes.options import Group, Listener, Option, SidedLeaf, groups
from adjudge.changes.sayings import Reading, Saying
from adjudge.changes.ways import Demands, jointly, ways
from adjudge.language.core import Condition
from adjudge.language.package import Rule

MOST_CLAIMS = 24
"""Claims of one case: a condition that needs more of them is met by no case."""
_MOST_FITTING = 6
_MOST_OF_A_WAY = 200
_MOST_GUIDED = 6_000
_MOST_TOGETHER = 4
_MOST_WEIGHTED = 64
_RECORD = 4

Weighed = tuple[tuple[Saying, int], ...]
"""Sayings with their weights: a case."""


def weights_of(rules: Iterable[Rule], *, complete: bool) -> tuple[int, ...]:
    """Each standard and one below it, the heaviest first; and, where a record is complete, what ends its silence."""
    standards = {
        int(standard)
        for rule in rules
        for standard in (rule.standard, *(item.standard for item in rule.unless))
    }
    wanted = standards | ({_RECORD} if complete else set())
    least = int(Standard.ALLEGED)
    return tuple(sorted({max(least, weight - step) for weight in wanted for step in (0, 1)}, reverse=True))


@dataclass(frozen=True, slots=True)
class Concern:
    """A rule in question, and others that must be met with it for it to prevail over them."""

    sides: tuple[Sided, ...]
    others: tuple[Sided, ...] = ()

    @property
    def all(self) -> tuple[Sided, ...]:
        """Both, in one order."""
        return (*self.sides, *self.others)


def cases(concern: Concern, listener: Listener, limit: int) -> list[Weighed]:
    """At most `limit` cases, each once, with no more than `MOST_CLAIMS` claims, the smallest first."""
    found: dict[Weighed, None] = {(): None}
    options = groups(concern.all, listener)
    weights = weights_of((rule for _, rule in concern.all), complete=_has_complete(concern.all, options))
    guided = islice(_guided(concern, options, weights), min(_MOST_GUIDED, limit // 2))
    for source in (guided, _every(options, weights)):
        for case in source:
            if len(found) >= limit:
                break
            found.setdefault(case)
    return sorted(found, key=len)


def _has_complete(sides: Sequence[Sided], options: Sequence[Group]) -> bool:
    named = {saying.fact for group in options for option in group for saying in option.reading}
    return any(
        fact.complete
        for package, _ in sides
        for name, fact in package.vocabulary.facts.items()
        if name in named
    )


# cases that show or refuse what a condition asks for


def _guided(concern: Concern, options: Sequence[Group], weights: Sequence[int]) -> Iterator[Weighed]:
    """Each way to show a rule, alone and with each way to show one of its exceptions."""
    seen: set[tuple[frozenset[SidedLeaf], tuple[bool, ...]]] = set()
    for demands in _wanted(concern):
        key = frozenset(demands), tuple(demands.values())
        if key not in seen:
            seen.add(key)
            for reading in islice(_fitting(demands, options), _MOST_OF_A_WAY):
                yield from _weighed(reading, weights)


def _wanted(concern: Concern) -> Iterator[dict[SidedLeaf, bool]]:
    numbers = range(len(concern.sides))
    bases = [
        (number, way)
        for number in reversed(numbers)
        for way in _shown(number, concern.sides[number][1].when.core)
    ]
    met_with = [
        way
        for number, (_, rule) in enumerate(concern.others, start=len(concern.sides))
        for way in _shown(number, rule.when.core)
    ]
    for _, base in bases:
        yield base
    for number, base in bases:
        yield from ({**base, **other} for other in met_with)
        # Both sides met: what follows may differ.
        yield from ({**base, **way} for other, way in bases if other < number)
    for number, base in bases:
        for item in concern.sides[number][1].unless:
            yield from ({**base, **way} for way in _shown(number, item.when.core))
        for other in numbers:
            if other != number:
                for item in concern.sides[other][1].unless:
                    yield from ({**base, **way} for way in _shown(other, item.when.core))
                against = ways(concern.sides[other][1].when.core, want=False)
                yield from ({**base, **_on(other, way)} for way in against)


def _shown(number: int, condition: Condition) -> list[dict[SidedLeaf, bool]]:
    return [_on(number, way) for way in jointly([ways(condition, want=True)])]


def _on(number: int, demands: Demands) -> dict[SidedLeaf, bool]:
    return {SidedLeaf(number, leaf): want for leaf, want in demands.items()}


def _fitting(demands: dict[SidedLeaf, bool], options: Sequence[Group]) -> Iterator[Reading]:
    """What to say, group by group, so that all demands are kept; nothing where a group cannot keep them."""
    chosen: list[list[Option]] = []
    for group in options:
        asked = [(leaf, want) for leaf, want in demands.items() if leaf in group[0].pairs]
        if asked:
            fitting = (
                option for option in group if all(option.shows(leaf, want=want) for leaf, want in asked)
            )
            chosen.append(list(islice(fitting, _MOST_FITTING)))
    for parts in product(*chosen):
        yield tuple(saying for part in parts for saying in part.reading)


def _weighed(reading: Reading, weights: Sequence[int]) -> Iterator[Weighed]:
    """One weight for all; then one claim of another weight; every assignment where there are few."""
    if len(reading) > MOST_CLAIMS:
        return
    for weight in weights:
        yield tuple((saying, weight) for saying in reading)
    if len(weights) ** len(reading) <= _MOST_WEIGHTED:
        yield from (
            tuple(zip(reading, chosen, strict=True)) for chosen in product(weights, repeat=len(reading))
        )
        return
    for index in range(len(reading)):
        for common, own in product(weights, weights):
            yield tuple((saying, own if i == index else common) for i, saying in enumerate(reading))


# every case, up to a size


def _every(options: Sequence[Group], weights: Sequence[int]) -> Iterator[Weighed]:
    """Combinations of options of up to four groups, few groups and short readings first."""
    for size in range(1, min(len(options), _MOST_TOGETHER) + 1):
        for chosen in combinations(options, size):
            for parts in product(*(group[1:] for group in chosen)):
                yield from _weighed(tuple(saying for part in parts for saying in part.reading), weights)
