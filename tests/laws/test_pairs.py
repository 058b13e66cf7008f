"""The operations on pairs, over all 36 of them. LANGUAGE.md 2.2."""

import itertools

import pytest

from adjudge.basis.weight import CERTAIN, IMPOSSIBLE, Pair, conjunction, disjunction, negation, outweighs

ALL = [Pair(f, a) for f in range(6) for a in range(6)]
TWOS = list(itertools.product(ALL, ALL))
BOOLEAN = (CERTAIN, IMPOSSIBLE)


def below(one: Pair, other: Pair) -> bool:
    """Whether the one supports no more and opposes no less."""
    return one.for_ <= other.for_ and one.against >= other.against


def test_there_are_thirty_six_pairs() -> None:
    assert len(set(ALL)) == 36


def test_not_twice_changes_nothing() -> None:
    assert all(negation(negation(pair)) == pair for pair in ALL)


def test_de_morgan_holds_for_all_pairs() -> None:
    for one, other in TWOS:
        assert negation(conjunction([one, other])) == disjunction([negation(one), negation(other)])
        assert negation(disjunction([one, other])) == conjunction([negation(one), negation(other)])


def test_and_takes_the_least_for_and_the_greatest_against() -> None:
    for (f, a), (g, b) in TWOS:
        assert conjunction([Pair(f, a), Pair(g, b)]) == (min(f, g), max(a, b))
        assert disjunction([Pair(f, a), Pair(g, b)]) == (max(f, g), min(a, b))


@pytest.mark.parametrize("join", [conjunction, disjunction])
def test_order_repetition_and_grouping_change_nothing(join: type) -> None:
    for one, other in TWOS:
        assert join([one, other]) == join([other, one]) == join([one, other, one])
        assert join([one, join([other, Pair(2, 3)])]) == join([join([one, other]), Pair(2, 3)])


def test_and_and_or_distribute_over_and_absorb_each_other() -> None:
    for one, other in TWOS:
        assert conjunction([one, disjunction([one, other])]) == one
        assert disjunction([one, conjunction([one, other])]) == one
        third = Pair(3, 1)
        left = conjunction([one, disjunction([other, third])])
        assert left == disjunction([conjunction([one, other]), conjunction([one, third])])


def test_nothing_to_join_is_certain_for_and_and_impossible_for_or() -> None:
    assert conjunction([]) == (5, 0)
    assert disjunction([]) == (0, 5)
    for pair in ALL:
        assert conjunction([pair, CERTAIN]) == pair == disjunction([pair, IMPOSSIBLE])


def test_more_support_or_less_opposition_below_never_gives_less_above() -> None:
    for one, other in TWOS:
        if below(one, other):
            for third in ALL:
                assert below(conjunction([one, third]), conjunction([other, third]))
                assert below(disjunction([one, third]), disjunction([other, third]))
            assert below(negation(other), negation(one))


def test_with_certain_and_impossible_only_the_logic_is_boolean() -> None:
    as_bool = {CERTAIN: True, IMPOSSIBLE: False}
    for one, other in itertools.product(BOOLEAN, BOOLEAN):
        assert as_bool[conjunction([one, other])] is (as_bool[one] and as_bool[other])
        assert as_bool[disjunction([one, other])] is (as_bool[one] or as_bool[other])
        assert as_bool[negation(one)] is not as_bool[one]


def test_a_pair_outweighs_a_standard_only_with_enough_for_and_less_against() -> None:
    for pair in ALL:
        for standard in range(1, 6):
            assert outweighs(pair, standard) is (pair.for_ >= standard and pair.against < pair.for_)
