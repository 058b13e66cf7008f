"""The parts of the bulk engine, each by itself; the whole is compared with the spec in tests/differential."""

import random
from itertools import product

import numpy as np
import pytest

from adjudge.basis.instant import Instant
from adjudge.engines.bulk.classes import Classes
from adjudge.engines.bulk.engine import outcomes
from adjudge.engines.bulk.packing import A_WORD, NOT_ASKED, VERDICTS, pack, unpacked, words_for
from adjudge.engines.bulk.plan import Plan, Reading, plan_of
from adjudge.engines.bulk.program import Join, Load, scheduled
from adjudge.engines.bulk.settling import key_layout, settle
from adjudge.engines.bulk.signatures import distinct_of
from adjudge.errors import UnavailableError
from adjudge.facts.claim import Stance
from adjudge.facts.settle import settle as settle_one_by_one
from adjudge.facts.vocabulary import Kind
from adjudge.outcome import agree
from adjudge.spec.resolve import outcomes as by_spec
from tests.rooms.bulk.small import KNOWN_AT, advertiser, claim, many, package


def planned(*conditions: str) -> Plan:
    rules = {f"r{number}": ("advertiser", when) for number, when in enumerate(conditions)}
    return plan_of(package(rules), Kind.ADVERTISER, KNOWN_AT, KNOWN_AT, None)


# --- plan and program ---


def test_what_two_rules_have_in_common_is_computed_once() -> None:
    one, other = (
        "advertiser.staff > 3 && has(advertiser.since)",
        "has(advertiser.since) && advertiser.staff > 3",
    )
    plan = planned(one, f"!({other})", other)
    assert len(plan.leaves) == 2
    assert plan.roots[0] == plan.roots[2] != plan.roots[1]


def test_not_stands_at_the_leaves_alone() -> None:
    plan = planned("!(advertiser.staff > 3 && !(has(advertiser.since) || advertiser.verified))")
    assert [step for step in plan.program.steps if isinstance(step, Load) and step.negated]
    (root,) = plan.roots
    assert plan.program.steps[root] == Join(is_and=False, below=(0, 1, 2))


def test_a_register_is_used_again_when_its_column_is_done_with() -> None:
    plan = planned(
        *(f"advertiser.staff > {n} && advertiser.staff < {n + 5} || has(advertiser.since)" for n in range(9))
    )
    runs, roots, count = scheduled(plan.program.steps, plan.roots)
    assert count < len(plan.program.steps) == len(runs)
    assert len(set(roots)) == len(plan.roots)


def test_leaves_are_read_by_what_they_mention() -> None:
    plan = planned("1 < 2", "advertiser.staff > 3", "advertiser.staff > 3 && advertiser.rating == 1.5")
    assert [leaf.reading for leaf in plan.leaves] == [Reading.FIXED, Reading.ALONE, Reading.ALONE]
    joint = planned("advertiser.since == date('2019-01-01') || advertiser.staff * 2 > advertiser.staff")
    assert {leaf.reading for leaf in joint.leaves} == {Reading.ALONE}


def test_values_that_no_leaf_tells_apart_are_one_class_and_constants_are_none() -> None:
    plan = planned("advertiser.staff > 3", "advertiser.staff == 9")
    classes = Classes(plan, plan.facts[0].full_name)
    assert classes.of(1) == classes.of(2) == classes.of(-5)
    assert classes.of(4) == classes.of(8) == classes.of(10)
    assert len({classes.of(value) for value in (1, 4, 9)}) == 3


# --- packing ---


def test_every_verdict_of_every_rule_is_read_back() -> None:
    chance = np.random.default_rng(3)
    verdicts = [chance.integers(0, len(VERDICTS), 50).astype(np.uint8) for _ in range(45)]
    words = [np.zeros(50, np.uint64) for _ in range(words_for(45))]
    for number, word in enumerate(words):
        pack(verdicts[number * A_WORD : (number + 1) * A_WORD], word)
    for rule, expected in enumerate(verdicts):
        assert (unpacked(words, rule) == expected).all()


def test_a_rule_about_other_subjects_is_told_from_every_verdict() -> None:
    word = np.zeros(3, np.uint64)
    verdict = np.array([5, 0, 2], np.uint8)
    pack([None, verdict, None], word)
    assert unpacked([word], 0).tolist() == unpacked([word], 2).tolist() == [NOT_ASKED] * 3
    assert unpacked([word], 1).tolist() == [5, 0, 2]


def test_three_hundred_rules_are_as_many_words_as_they_need_and_agree_with_the_spec() -> None:
    rules = {
        f"r{n:03d}": ("advertiser", f"advertiser.staff > {n % 17} || advertiser.verified") for n in range(300)
    }
    subjects, claims = many(30)
    at = {"valid_at": KNOWN_AT, "known_at": KNOWN_AT, "territory": None}
    ours = outcomes(package(rules), claims, subjects, **at)  # type: ignore[arg-type]  # each of its type
    theirs = by_spec(package(rules), claims, subjects, **at)  # type: ignore[arg-type]  # each of its type
    assert all(agree(one, other) for one, other in zip(ours, theirs, strict=True))


# --- settling ---


@pytest.mark.parametrize("seed", range(5))
def test_columns_weigh_claims_as_one_by_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same in every run
    said = [
        claim(
            number,
            f"a{chance.randrange(6)}",
            "advertiser.staff",
            chance.randrange(4),
            weight=chance.randint(1, 5) if chance.random() < 0.4 else 2,
            stance=chance.choice(list(Stance)),
        )
        for number in range(120)
    ]
    view = settle_one_by_one(said)
    layout = key_layout(1, 6, 5)
    _, row, value = layout.shifts
    keys = np.array(
        [
            (int(item.subject[1:]) << row)
            | ((int(str(item.value)) + 1) << value)
            | ((item.stance is Stance.DENIES) << 3)
            | item.weight
            for item in said
        ],
        np.uint64,
    )
    origins = np.array([int(item.origin[2:]) for item in said], np.uint32)
    entries = settle(keys, origins, layout)
    found = {
        (int(row), int(value) - 1): (int(for_), int(against))
        for row, value, for_, against in zip(*entries[1:], strict=True)
    }
    for who, what in product(range(6), range(4)):
        evidence = view.of(advertiser(f"a{who}").id, said[0].fact)
        expected = (evidence.asserted.get(what, 0), evidence.denied.get(what, 0))
        assert found.get((who, what), (0, 0)) == expected


def test_more_than_a_key_holds_is_refused_with_a_way_out() -> None:
    with pytest.raises(UnavailableError) as told:
        key_layout(1_000, 2**40, 2**30)
    assert told.value.hint


def test_distinct_items_are_found_by_a_table_as_by_sorting() -> None:
    chance = np.random.default_rng(1)
    for greatest in (3, 50, 2**30):
        items = chance.integers(0, greatest, 500)
        distinct, places = distinct_of(items)
        assert (distinct == np.unique(items)).all()
        assert (distinct[places] == items).all()


def test_nobody_asked_about_gives_no_outcomes() -> None:
    assert outcomes(package(), [], [], valid_at=Instant(0), known_at=Instant(0), territory=None) == []
