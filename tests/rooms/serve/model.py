"""The measures as plain Python has them: dictionaries and intervals, with none of the table's ideas."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from adjudge.enforcement.layout import FOR_EVER, FROM_EVER
from adjudge.enforcement.measure import SEVERITY, STOPPING, Scope, Served

TERRITORIES = ("FR", "DE", "US", "")
SURFACES = ("ads", "recommended_offers", "organic")
HOSTS = ("shop.example", "www.shop.example", "beer.co.uk", "a.b.beer.co.uk", "co.uk", "xn--bcher-kva.example")


@dataclass
class Model:
    """Keys with their measures."""

    held: dict[str, tuple[Served, ...]] = field(default_factory=dict)

    def answer(
        self,
        keys: Sequence[str],
        territory: str,
        surface: str,
        at: int,
        lifted: frozenset[str] = frozenset(),
    ) -> tuple[bool, frozenset[tuple[str, str]], int | None]:
        """Whether it may run, which measures may be named as the reason, and when one next begins or ends."""
        covering = [
            item
            for key in keys
            for item in self.held.get(key, ())
            if _covers(item.scope, territory, surface) and item.scope.kind not in lifted
        ]
        active = [item for item in covering if _takes_effect(item, at)]
        severest = max((SEVERITY.index(item.scope.kind) for item in active), default=-1)
        named = frozenset(
            (item.scope.reason, item.decision)
            for item in active
            if SEVERITY.index(item.scope.kind) == severest
        )
        changes = [
            bound
            for item in covering
            for bound in _bounds(item)
            if bound > at and _takes_effect(item, bound) != _takes_effect(item, bound - 1)
        ]
        return severest < min(map(SEVERITY.index, STOPPING)), named, min(changes, default=None)


def _covers(scope: Scope, territory: str, surface: str) -> bool:
    return (territory in scope.territories) != scope.all_but and (
        surface in scope.surfaces
    ) != scope.surfaces_all_but


def _takes_effect(item: Served, at: int) -> bool:
    return item.start <= at < item.end and not any(begin <= at < end for begin, end in item.pauses)


def _bounds(item: Served) -> set[int]:
    found = {item.start, item.end, *(bound for pause in item.pauses for bound in pause)}
    return found - {FOR_EVER, FROM_EVER}


def measures_made_up(chance: random.Random, number: int) -> tuple[Served, ...]:
    """Some measures of one key."""
    return tuple(
        _made_up(chance, f"X-{number * 3 + each + 1:06d}") for each in range(chance.choice((1, 1, 1, 2, 3)))
    )


def _made_up(chance: random.Random, decision: str) -> Served:
    start = chance.choice((FROM_EVER, 100, 200, 300))
    end = chance.choice((FOR_EVER, FOR_EVER, 300, 400, 500))
    pauses = chance.choice(((), (), ((150, 250),), ((150, 250), (250, 350)), ((350, FOR_EVER),)))
    return Served(
        scope=Scope(
            kind=chance.choice(SEVERITY),
            reason=f"ads/{chance.randrange(4)}",
            territories=tuple(sorted(chance.sample(TERRITORIES[:3], chance.randrange(3)))),
            all_but=chance.random() < 0.5,
            surfaces=tuple(sorted(chance.sample(SURFACES, chance.randrange(3)))),
            surfaces_all_but=chance.random() < 0.6,
        ),
        decision=chance.choice((decision, f"imported/{decision}")),
        start=start,
        end=end,
        pauses=pauses,
    )


def made_up(seed: int, count: int) -> Model:
    """An institution with measures on so many ads, and on some advertisers and hosts."""
    chance = random.Random(seed)  # noqa: S311 - no secrets
    keys = [f"c:ad-{number}" for number in range(count)]
    keys += [f"a:adv-{number}" for number in range(count // 4)]
    keys += [f"d:{host}" for host in HOSTS[:4]]
    keys += [f"{kind}:caf\u00e9-{number}" for kind in "ac" for number in range(count // 4)]
    return Model({key: measures_made_up(chance, number) for number, key in enumerate(keys)})


def id_made_up(chance: random.Random, plain: str, most: int) -> tuple[str, str]:
    """An id as the institution keeps it, and as somebody asks for it: maybe with its accents apart."""
    name = chance.choice((plain, plain, "caf\u00e9"))
    kept = f"{name}-{chance.randrange(most)}"
    return kept, unicodedata.normalize(chance.choice(("NFC", "NFD")), kept)


def above(host: str) -> list[str]:
    """The hosts of a landing page in the model: written out, and not computed."""
    return {
        "shop.example": ["shop.example"],
        "www.shop.example": ["www.shop.example", "shop.example"],
        "beer.co.uk": ["beer.co.uk"],
        "xn--bcher-kva.example": ["xn--bcher-kva.example"],
        "co.uk": ["co.uk"],
        "elsewhere.com": ["elsewhere.com"],
        "a.b.beer.co.uk": ["a.b.beer.co.uk", "b.beer.co.uk", "beer.co.uk"],
    }.get(host, [])
