"""Questions about ads for `benchmarks.serve`, new or skewed, and the peers that answer them too."""

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from adjudge.enforcement.measure import Scope

try:
    import cedarpy
    import zen
except ImportError:
    sys.exit("zen-engine and cedarpy are missing: `make bench` installs them")

TERRITORIES = ("DE", "FR", "US")
SCOPES = (
    Scope(kind="suspend", reason="ads/1"),
    Scope(kind="exclude", reason="ads/2", territories=("DE", "FR"), all_but=False),
    Scope(kind="suspend", reason="ads/3", territories=("US",), all_but=True),
    Scope(kind="limit", reason="ads/4"),
)
HOSTS = 5_000
ADS_OF_ONE = 20
"""Ads that an advertiser has, where questions are skewed."""


class Question(NamedTuple):
    """Who asks for what to be shown, where it leads, and where it is shown."""

    advertiser: str
    ad: str
    landing: str
    territory: str


Held = Mapping[str, Scope]
Way = Callable[[int], bool]


def held(keys: int) -> Held:
    """What a dict holds: the scopes of so many ads."""
    return {f"c:ad-{number}": SCOPES[number % len(SCOPES)] for number in range(keys)}


def again(questions: Sequence[Question]) -> list[Question]:
    """The same questions in texts that nobody has hashed yet."""
    return [Question(*(text.encode().decode() for text in question)) for question in questions]


def new(keys: int, count: int, chance: random.Random, name: str) -> list[Question]:
    """Questions about any ad alike; their parts have nothing to do with each other."""
    return [
        _question(
            chance, keys, f"{name}-{chance.randrange(keys)}", chance.randrange(keys), chance.randrange(HOSTS)
        )
        for _ in range(count)
    ]


def skewed(keys: int, count: int, chance: random.Random, name: str) -> list[Question]:
    """Questions about the n-th ad by a share of 1/n, each of one advertiser and one host."""
    shares = np.cumsum(1 / np.arange(1, keys + 1))
    drawn = np.random.default_rng(chance.randrange(2**32)).random(count) * shares[-1]
    return [
        _question(chance, keys, f"{name}-{ad}", ad // ADS_OF_ONE, ad % HOSTS)
        for ad in np.searchsorted(shares, drawn).tolist()
    ]


def _question(chance: random.Random, keys: int, ad: str, advertiser: int, host: int) -> Question:
    landing = f"https://shop{host}.example.com/landing?id={chance.randrange(keys)}"
    return Question(f"adv-{advertiser}", ad, landing, chance.choice(TERRITORIES))


class Peers:
    """What a dict holds, and expressions over what it found."""

    def __init__(self, found: Held, questions: Sequence[Question]) -> None:
        self.questions, self.found = questions, found
        contexts = [self._context(question) for question in questions]
        self.contexts = contexts
        self.expression = zen.compile_expression("stops and (territory in territories) != all_but")
        self.policies = cedarpy.PolicySet.from_str(
            "permit(principal, action, resource);\n"
            "forbid(principal, action, resource) when { context.stops && "
            "context.territories.contains(context.territory) != context.all_but };\n"
        )
        self.entities = cedarpy.Entities.from_json_str("[]")
        self.requests = [
            {"principal": 'User::"u"', "action": 'Action::"show"', "resource": 'Ad::"a"', "context": context}
            for context in contexts
        ]

    def _context(self, question: Question) -> dict[str, Any]:
        scope = self.found.get(f"c:{question.ad}", SCOPES[-1])
        return {
            "stops": scope.kind in {"suspend", "exclude"},
            "territory": question.territory,
            "territories": list(scope.territories),
            "all_but": scope.all_but,
        }

    def ways(self) -> dict[str, Way]:
        """Who is asked, by name."""
        return {
            "plain dict, three keys": self.dict,
            "zen-engine, the scope alone": self.zen,
            "cedarpy, the scope alone": self.cedar,
        }

    def dict(self, number: int) -> bool:
        """Three lookups in a dict, and a look at the scope; no host is read."""
        question, found = self.questions[number], self.found
        for key in (f"a:{question.advertiser}", f"c:{question.ad}", f"d:{question.landing}"):
            scope = found.get(key)
            if (
                scope is not None
                and scope.kind in {"suspend", "exclude"}
                and ((question.territory in scope.territories) != scope.all_but)
            ):
                return False
        return True

    def zen(self, number: int) -> bool:
        """The scope alone."""
        return not self.expression.evaluate(self.contexts[number])

    def cedar(self, number: int) -> bool:
        """The scope alone."""
        return bool(cedarpy.is_authorized(self.requests[number], self.policies, self.entities).allowed)
