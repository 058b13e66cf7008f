"""A seeded policy of 50 rules and the requests put to it; `benchmarks.wording` says them to each engine.

Each rule is `all of (leaf | any of leaves | not of all of leaves)`, the usual form of an advertising rule. Every
attribute of a request is known, so that engines without a notion of missing evidence can answer too.
"""

import random
from dataclasses import dataclass

RULES = 50
STRINGS, INTEGERS, DATES, TRUTHS, LISTS = 10, 9, 3, 6, 2
WORDS, TAGS, GREATEST_INTEGER, GREATEST_DAY = 36, 30, 1_000, 20_000
SAMPLE = 600
"""Requests on which a drawn rule is tried before it is taken."""
RAREST, MOST_OFTEN = 1 / SAMPLE, 0.0055
"""Rules fire this often on the sample: advertisers mostly keep to the rules, and no rule is dead."""

Scalar = str | int | bool
Request = dict[str, Scalar | list[str]]
"""One request, as the other engines take it: dates are days since 1970."""


@dataclass(frozen=True)
class Leaf:
    """One test of one attribute; `many` holds the items of `in`."""

    attribute: str
    sign: str
    value: Scalar = True
    many: tuple[str, ...] = ()

    def holds(self, request: Request) -> bool:
        """The reference: what the test means."""
        actual = request[self.attribute]
        match self.sign:
            case "==":
                return actual == self.value
            case "!=":
                return actual != self.value
            case "in":
                return actual in self.many
            case "contains":
                return isinstance(actual, list) and self.value in actual
            case "startsWith":
                return isinstance(actual, str) and actual.startswith(str(self.value))
            case "<":
                return int(str(actual)) < int(self.value)
            case _:
                return int(str(actual)) >= int(self.value)


@dataclass(frozen=True)
class Group:
    """One conjunct: `any` of its leaves, or `not all` of them."""

    leaves: tuple[Leaf, ...]
    negated: bool = False

    def holds(self, request: Request) -> bool:
        """The reference."""
        if self.negated:
            return not all(leaf.holds(request) for leaf in self.leaves)
        return any(leaf.holds(request) for leaf in self.leaves)


Rule = tuple[Group, ...]


@dataclass(frozen=True)
class Workload:
    """Rules and requests; `fired` says by plain Python which rules each request meets."""

    rules: tuple[Rule, ...]
    requests: tuple[Request, ...]
    fired: tuple[tuple[int, ...], ...]

    @property
    def leaves(self) -> list[Leaf]:
        """Every leaf of every rule."""
        return [leaf for rule in self.rules for group in rule for leaf in group.leaves]


def make(seed: int, requests: int) -> Workload:
    """The workload of a seed; the same on every machine."""
    chance = random.Random(seed)
    sample = [_request(chance) for _ in range(SAMPLE)]
    rules: list[Rule] = []
    while len(rules) < RULES:
        rule = _rule(chance)
        if RAREST <= sum(_holds(rule, request) for request in sample) / SAMPLE <= MOST_OFTEN:
            rules.append(rule)
    asked = tuple(_request(chance) for _ in range(requests))
    fired = tuple(tuple(n for n, rule in enumerate(rules) if _holds(rule, request)) for request in asked)
    return Workload(tuple(rules), asked, fired)


def _holds(rule: Rule, request: Request) -> bool:
    return all(group.holds(request) for group in rule)


def _request(chance: random.Random) -> Request:
    request: Request = {f"s{n}": _word(chance) for n in range(STRINGS)}
    request |= {f"i{n}": chance.randrange(GREATEST_INTEGER) for n in range(INTEGERS)}
    request |= {f"d{n}": chance.randrange(GREATEST_DAY) for n in range(DATES)}
    request |= {f"b{n}": chance.choice((True, False)) for n in range(TRUTHS)}
    request |= {f"l{n}": sorted({_tag(chance) for _ in range(chance.randint(1, 5))}) for n in range(LISTS)}
    return request


def _word(chance: random.Random) -> str:
    """A word of a skewed choice, as countries and product kinds are."""
    return _text(min(chance.randrange(WORDS), chance.randrange(WORDS)))


def _text(number: int) -> str:
    return f"{'abcdef'[number % 6]}{number:02d}"


def _tag(chance: random.Random) -> str:
    return f"t{chance.randrange(TAGS):02d}"


def _rule(chance: random.Random) -> Rule:
    groups = []
    for size in chance.choice(((3, 2, 2, 2), (2, 2, 2, 1), (4, 2, 2, 1), (3, 3, 2, 1), (3, 2, 2, 1, 1))):
        negated = size > 1 and chance.choice((True, False, False, False))
        groups.append(Group(tuple(_leaf(chance) for _ in range(size)), negated))
    return tuple(groups)


def _leaf(chance: random.Random) -> Leaf:
    kind = chance.choices("sidbl", (STRINGS, INTEGERS, DATES, 3, LISTS))[0]
    match kind:
        case "s":
            return _string_leaf(chance, f"s{chance.randrange(STRINGS)}")
        case "i":
            value = chance.randrange(0, GREATEST_INTEGER, 100)
            return Leaf(f"i{chance.randrange(INTEGERS)}", chance.choice(("<", ">=")), value)
        case "d":
            value = chance.randrange(0, GREATEST_DAY, 1_000)
            return Leaf(f"d{chance.randrange(DATES)}", chance.choice(("<", ">=")), value)
        case "b":
            return Leaf(f"b{chance.randrange(TRUTHS)}", "==", chance.choice((True, False)))
        case _:
            return Leaf(f"l{chance.randrange(LISTS)}", "contains", _tag(chance))


def _string_leaf(chance: random.Random, attribute: str) -> Leaf:
    sign = chance.choices(("==", "!=", "in", "startsWith"), (4, 1, 4, 1))[0]
    if sign == "in":
        # Rules share their lists of countries and products.
        first = 3 * chance.randrange(WORDS // 3)
        return Leaf(attribute, sign, many=tuple(map(_text, range(first, min(first + 5, WORDS)))))
    if sign == "startsWith":
        return Leaf(attribute, sign, chance.choice("abcdef"))
    return Leaf(attribute, sign, _word(chance))
