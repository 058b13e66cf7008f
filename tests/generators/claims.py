"""Sets of claims about the subjects of a case: half of the facts silent, the rest in agreement or dispute."""

from tests.generators.chooser import Chooser
from tests.generators.plan import FactPlan, Json, World
from tests.generators.times import Times, bounds
from tests.generators.values import claimed

Claim = dict[str, Json]
ADVERTISER, OTHER, AD = "acme", "zeta", "ad-1"
SUBJECTS: tuple[dict[str, Json], ...] = (
    {"id": ADVERTISER, "kind": "advertiser"},
    {"id": AD, "kind": "ad", "advertiser": ADVERTISER},
)


def claims(chooser: Chooser, world: World, when: Times) -> list[Claim]:
    """Claims about the subjects, now and then also about one that nobody asked for."""
    found: list[Claim] = []
    for fact in world.facts:
        if chooser.chance(40):
            continue
        for _ in range(1 + chooser.below(3)):
            found.append(claim(chooser, fact, when, f"c{len(found)}"))
    if found and chooser.chance(10):
        found.append(dict(chooser.pick(found)))
    if chooser.chance(50):
        found.reverse()
    return found


def claim(chooser: Chooser, fact: FactPlan, when: Times, claim_id: str) -> Claim:
    """One claim: mostly live, asserted, of weight 2 to 4."""
    subject = AD if fact.kind == "ad" else ADVERTISER if chooser.chance(95) else OTHER
    found: Claim = {
        "id": claim_id,
        "subject": subject,
        "fact": fact.full,
        "stance": "asserts" if chooser.chance(72) else "denies",
        "weight": 2 + chooser.below(3) if chooser.chance(75) else 1 + chooser.below(5),
        "origin": chooser.pick(("press", "register", "court")),
        "recorded_at": when.around_known[4] if chooser.chance(80) else chooser.pick(when.around_known),
    }
    if fact.many and chooser.chance(20):
        found |= {"none": True, "stance": "asserts"}
    else:
        found["value"] = claimed(chooser, fact.type)
    if chooser.chance(25):
        found |= bounds(chooser, when, "holds_from", "holds_to")
    if chooser.chance(12):
        found["withdrawn_at"] = chooser.pick(when.around_known)
    return found
