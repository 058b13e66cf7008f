"""Live claims to weights for and against each value, as of an instant; one origin counts once.

Not the meaning of conditions: this page answers what the claims say of one value, no more. LANGUAGE.md 1.6, 2.1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import Claim, NoOther, Stance, is_live
from adjudge.facts.value import Value, value_key

CORROBORATED = 3
CORROBORATING = 2
"""Claims of at least this weight, from distinct origins, corroborate each other."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the live claims say of one fact of one subject.

    `asserted` gives W+ of every asserted value, `denied` gives W- of every denied one, `none` the weight with which
    the claims say that there is no other value, `strongest` the greatest weight of one asserting claim. `sole` is the
    only asserted value with its weight, where there is one and nobody denies anything: the usual case, found once here.
    """

    asserted: Mapping[Value, int] = field(default_factory=dict)
    denied: Mapping[Value, int] = field(default_factory=dict)
    none: int = 0
    strongest: int = 0
    sole: tuple[Value, int] | None = field(default=None, compare=False)

    def weight_against(self, value: Value) -> int:
        """W- of a value. LANGUAGE.md 2.1."""
        return self.denied.get(value, 0)


SILENCE = Evidence()
NOTHING_SAID: Mapping[FactName, Evidence] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class View:
    """Everything the live claims say, by subject and fact, at one valid time and one known time."""

    subjects: Mapping[SubjectId, Mapping[FactName, Evidence]]

    def of(self, subject: SubjectId, fact: FactName) -> Evidence:
        """What is said of a fact of a subject; silence where nothing is."""
        return self.subjects.get(subject, NOTHING_SAID).get(fact, SILENCE)


def live(claims: Iterable[Claim], valid_at: Instant, known_at: Instant) -> list[Claim]:
    """The claims that count at an instant. LANGUAGE.md 1.6."""
    return [claim for claim in claims if is_live(claim, valid_at, known_at)]


def settle(live_claims: Iterable[Claim]) -> View:
    """Weigh live claims. Order and identical duplicates change nothing."""
    groups: dict[SubjectId, dict[FactName, list[Claim]]] = {}
    for claim in live_claims:
        groups.setdefault(claim.subject, {}).setdefault(claim.fact, []).append(claim)
    return View(
        {
            subject: {fact: _weigh(group) for fact, group in by_fact.items()}
            for subject, by_fact in groups.items()
        }
    )


def _weigh(claims: list[Claim]) -> Evidence:
    if len(claims) == 1 and claims[0].stance is Stance.ASSERTS and not isinstance(claims[0].value, NoOther):
        # Most facts have one claim; what follows comes to the same.
        value, weight = claims[0].value, claims[0].weight
        return Evidence({value: weight}, {}, 0, weight, (value, weight))
    asserting: dict[Value, list[Claim]] = defaultdict(list)
    denying: dict[Value, list[Claim]] = defaultdict(list)
    closing: list[Claim] = []
    for claim in claims:
        if isinstance(claim.value, NoOther):
            closing.append(claim)
        elif claim.stance is Stance.ASSERTS:
            asserting[claim.value].append(claim)
        elif isinstance(claim.value, bool):
            # LANGUAGE.md 2.1: denying a truth value is asserting its opposite.
            asserting[not claim.value].append(claim)
        else:
            denying[claim.value].append(claim)
    asserted, denied = _weights(asserting), _weights(denying)
    return Evidence(
        asserted=asserted,
        denied=denied,
        none=joint_weight(closing),
        strongest=max((claim.weight for group in asserting.values() for claim in group), default=0),
        sole=next(iter(asserted.items())) if len(asserted) == 1 and not denied else None,
    )


def _weights(groups: Mapping[Value, list[Claim]]) -> dict[Value, int]:
    return {value: joint_weight(groups[value]) for value in sorted(groups, key=value_key)}


def joint_weight(claims: Iterable[Claim]) -> int:
    """The greatest weight; at least 3 where two of weight >= 2 have distinct origins. LANGUAGE.md 2.1."""
    greatest = 0
    origins = set()
    for claim in claims:
        greatest = max(greatest, claim.weight)
        if claim.weight >= CORROBORATING:
            origins.add(claim.origin)
    return max(greatest, CORROBORATED) if len(origins) > 1 else greatest
