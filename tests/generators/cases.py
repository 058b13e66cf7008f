"""Whole cases: one line of the exchange form, from a seed or drawn by Hypothesis."""

import json
from dataclasses import dataclass

from tests.generators.chooser import Chooser, Seeded
from tests.generators.claims import SUBJECTS, Claim, claims
from tests.generators.packages import package_tree
from tests.generators.plan import Json, World, as_yaml, vocabulary_tree, world
from tests.generators.times import Times, times


@dataclass(frozen=True)
class Case:
    """A question as trees, so that laws can change a part of it and ask again."""

    world: World
    times: Times
    vocabulary: dict[str, Json]
    package: dict[str, Json]
    claims: tuple[Claim, ...]
    territory: str | None

    @property
    def rules(self) -> list[dict[str, Json]]:
        """The rules of the package, as trees."""
        found = self.package["rules"]
        assert isinstance(found, list)
        return [rule for rule in found if isinstance(rule, dict)]

    def line(self) -> str:
        """The line of the exchange form."""
        asked: dict[str, Json] = {
            "vocabulary": as_yaml(self.vocabulary),
            "package": as_yaml(self.package),
            "claims": list(self.claims),
            "subjects": list(SUBJECTS),
            "valid_at": self.times.V,
            "known_at": self.times.K,
        }
        if self.territory:
            asked["territory"] = self.territory
        return json.dumps(asked, ensure_ascii=False)


def case(chooser: Chooser, most_rules: int = 3) -> Case:
    """A well-formed, well-typed case."""
    plan, when = world(chooser), times(chooser)
    return Case(
        world=plan,
        times=when,
        vocabulary=vocabulary_tree(plan),
        package=package_tree(chooser, plan, when, most_rules),
        claims=tuple(claims(chooser, plan, when)),
        territory=chooser.pick((None, None, "FR", "US")),
    )


def case_with_claim_sets(seed: int | str, count: int) -> tuple[Case, list[tuple[Claim, ...]]]:
    """A case, and further sets of claims about the same world: for volume, since reading a package costs most."""
    chooser = Seeded(seed)
    found = case(chooser)
    return found, [tuple(claims(chooser, found.world, found.times)) for _ in range(count)]


def seeded_case(seed: int | str) -> Case:
    """The case of a seed; the same on every machine."""
    return case(Seeded(seed))
