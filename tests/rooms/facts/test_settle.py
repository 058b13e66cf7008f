"""From live claims to weights: one origin counts once. LANGUAGE.md 2.1."""

import itertools
from dataclasses import replace

import pytest

from adjudge.basis.ids import ClaimId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant
from adjudge.facts.claim import NO_OTHER, Claim, Stance
from adjudge.facts.settle import SILENCE, Evidence, joint_weight, settle

CLAIM = Claim(
    id=ClaimId("c"),
    subject=SubjectId("s"),
    fact=FactName("ad.f"),
    value=1,
    stance=Stance.ASSERTS,
    weight=2,
    origin=OriginId("press"),
    recorded_at=Instant(0),
)


def weighed(*origins_and_weights: tuple[str, int]) -> int:
    return joint_weight(
        [replace(CLAIM, origin=OriginId(origin), weight=weight) for origin, weight in origins_and_weights]
    )


@pytest.mark.parametrize(
    ("claims", "weight"),
    [
        ([], 0),
        ([("press", 1)], 1),
        ([("press", 2), ("press", 2)], 2),
        ([("press", 2), ("court", 2)], 3),
        ([("press", 1), ("court", 2)], 2),
        ([("press", 1), ("court", 1), ("agency", 1)], 1),
        ([("press", 1), ("press", 2), ("court", 1)], 2),
        ([("press", 3), ("court", 2)], 3),
        ([("press", 2), ("court", 5)], 5),
        ([("press", 4), ("court", 4)], 4),
    ],
)
def test_two_origins_of_weight_two_give_three_and_no_more(claims: list[tuple[str, int]], weight: int) -> None:
    for order in itertools.permutations(claims):
        assert weighed(*order) == weight


def evidence(*claims: Claim) -> Evidence:
    return settle(claims).of(SubjectId("s"), FactName("ad.f"))


def test_nothing_said_is_silence() -> None:
    assert evidence() == SILENCE
    assert evidence(replace(CLAIM, subject=SubjectId("t"))) == SILENCE


def test_values_are_weighed_apart() -> None:
    found = evidence(CLAIM, replace(CLAIM, value=2, origin=OriginId("court")))
    assert found.asserted == {1: 2, 2: 2}
    assert found.strongest == 2


def test_denials_are_kept_apart_from_assertions() -> None:
    found = evidence(CLAIM, replace(CLAIM, stance=Stance.DENIES, weight=4))
    assert found.asserted == {1: 2}
    assert found.weight_against(1) == 4
    assert found.weight_against(9) == 0
    assert found.strongest == 2


def test_to_deny_a_truth_value_is_to_assert_its_opposite() -> None:
    denied = replace(CLAIM, value=True, stance=Stance.DENIES, origin=OriginId("court"))
    found = evidence(denied, replace(CLAIM, value=False))
    assert found.asserted == {False: 3}
    assert found.denied == {}


def test_to_deny_an_integer_is_not_to_assert_another() -> None:
    assert evidence(replace(CLAIM, stance=Stance.DENIES)).asserted == {}


def test_none_is_weighed_by_the_same_rule() -> None:
    none = replace(CLAIM, value=NO_OTHER)
    assert evidence(none, replace(none, origin=OriginId("court"))).none == 3
    assert evidence(none).asserted == {}
