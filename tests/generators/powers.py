"""Who can change the facts of a case, with what effort, and which documents prove them: what recourse needs.

The rest is as in `cases`. Most claims meet no rule, so that several sets of claims go with one package.
"""

from dataclasses import replace

from tests.generators.cases import Case, case
from tests.generators.chooser import Chooser, Seeded
from tests.generators.claims import Claim, claims
from tests.generators.plan import Json

CHANGERS = ("advertiser", "advertiser", "advertiser", "third_party", "platform", "nobody")
DOCUMENTS = ("register_extract", "party_statement", "court_ruling")


def case_with_powers(seed: int | str, sets: int = 0) -> tuple[Case, list[tuple[Claim, ...]]]:
    """A case in which facts can be changed and proven, each in its own way, and further sets of claims."""
    chooser = Seeded(seed)
    found = case(chooser)
    facts: dict[str, Json] = {}
    declared = found.vocabulary["facts"]
    assert isinstance(declared, dict)
    for kind, group in declared.items():
        assert isinstance(group, dict)
        facts[kind] = {name: _with_powers(chooser, fact) for name, fact in group.items()}
    more = [tuple(claims(chooser, found.world, found.times)) for _ in range(sets)]
    return replace(found, vocabulary={**found.vocabulary, "facts": facts}), more


def _with_powers(chooser: Chooser, fact: Json) -> Json:
    assert isinstance(fact, dict)
    proof: list[Json] = [
        {"document": document, "weight": 1 + chooser.below(5)} for document in DOCUMENTS if chooser.chance(35)
    ]
    more: dict[str, Json] = {"changeable_by": chooser.pick(CHANGERS), "effort": 1 + chooser.below(4)}
    return {**fact, **more, **({"proof": proof} if proof else {})}
