"""Like cases: who is alike under a rule, how each was treated, and counts by protected facts, small ones withheld."""

import random
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path

import pytest

from adjudge.answers.populations.interval import interval_of
from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.facts.settle import live, settle
from adjudge.language.core import leaves
from adjudge.language.package import MeasureKind
from adjudge.population.alike import LikeGroup, alike
from adjudge.population.rates import LEAST_SHOWN, Count, shown_counts
from adjudge.population.view import Treatment, view_of
from adjudge.spec.evaluate import Situation, pair_of
from adjudge.spec.resolve import surroundings
from tests.generators.cases import seeded_case
from tests.rooms.population.asking import asked, decided, rule_of
from tests.rooms.population.folder import CLAIMS, claim, write

VERIFIED = "document: register, status: verified"


def names(group: LikeGroup) -> list[str]:
    return [str(item.subject.id) for item in group.members]


def test_two_subjects_that_a_rule_cannot_tell_apart_and_one_was_excluded(tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path))
    (group,) = alike(package, [rule_of(package, "potions")], view).groups
    assert names(group) == ["ann", "bob", "cyd"]
    assert group.differs
    assert {item: group.treated(item) for item in Treatment} == {
        Treatment.MEASURE: 1,
        Treatment.NONE: 1,
        Treatment.UNKNOWN: 1,
    }


@pytest.mark.parametrize(
    "more",
    [
        claim("x", "bob", "potions", "true", 3),
        claim("x", "bob", "licensed", "false", 1),
        claim("x", "bob", "model", "paid_by_ads", 1),
    ],
)
def test_one_leaf_that_weighs_otherwise_makes_them_unlike(more: str, tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path, claims=(*CLAIMS, more)))
    assert alike(package, [rule_of(package, "potions")], view).groups == ()


def test_no_known_decision_is_not_the_same_as_being_spared(tmp_path: Path) -> None:
    decision = f"{{subject: ann, measures: [exclude], {VERIFIED}}}"
    package, _, view = asked(write(tmp_path, decisions=(decision,)))
    found = alike(package, [rule_of(package, "potions")], view)
    assert found.groups == ()
    assert (found.treated(Treatment.MEASURE), found.treated(Treatment.UNKNOWN)) == (1, 4)


def test_unlike_measures_are_a_difference_too(tmp_path: Path) -> None:
    decisions = tuple(
        f"{{subject: {name}, measures: [{measure}], {VERIFIED}}}"
        for name, measure in (("ann", "exclude"), ("bob", "notify"))
    )
    package, _, view = asked(write(tmp_path, decisions=decisions))
    (group,) = alike(package, [rule_of(package, "potions")], view).groups
    assert group.rates == ()


def test_a_subject_has_its_comparators_even_where_all_fared_alike(tmp_path: Path) -> None:
    package, population, view = asked(write(tmp_path))
    by_name = {str(subject.id): subject for subject in population.subjects}
    rules = [rule_of(package, "potions")]
    (cyd,) = alike(package, rules, view, subject=by_name["cyd"]).groups
    assert names(cyd) == ["ann", "bob", "cyd"]
    (dan,) = alike(package, rules, view, subject=by_name["dan"]).groups
    assert (names(dan), dan.differs, dan.is_silent) == (["dan"], False, False)
    (eve,) = alike(package, rules, view, subject=by_name["eve"]).groups
    assert eve.is_silent


@pytest.mark.parametrize("seed", range(40))
def test_alike_are_those_with_equal_pairs_on_every_leaf_by_the_spec(seed: int) -> None:
    question = read_question(seeded_case(seed).line(), ProblemLog())
    assert question is not None
    package, at, known = question.package, question.valid_at, question.known_at
    decisions = [
        decided(str(subject.id), *((MeasureKind.EXCLUDE,) if number % 2 else ()))
        for number, subject in enumerate(question.subjects)
    ]
    view = view_of(
        question.subjects,
        question.claims,
        decisions,
        vocabulary=package.vocabulary,
        valid_at=at,
        known_at=known,
    )
    settled, around = settle(live(question.claims, at, known)), surroundings(package, at)
    for rule in package.rules:
        for subject in view.of_kind(rule.subject):
            (group,) = alike(package, [rule], view, subject=subject).groups
            parts = [leaf for written in rule.conditions for leaf in leaves(written.core)]
            pairs = {
                other.id: [
                    pair_of(leaf, Situation(settled, around, other.id, other.advertiser, lambda *_: None))
                    for leaf in parts
                ]
                for other in view.of_kind(rule.subject)
            }
            like = [key for key in sorted(pairs) if pairs[key] == pairs[subject.id]]
            assert names(group) == like
            assert list(group.signature) == pairs[subject.id]


# counts by a protected fact


def shops(places: dict[str, tuple[int, int]]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Subjects, claims and decisions: for each country how many are under a measure, and of how many."""
    subjects, claims, decisions = [], [], []
    for country, (under, total) in places.items():
        for number in range(total):
            name = f"{country}{number}".lower()
            subjects.append(name)
            claims += [
                claim(f"p-{name}", name, "potions", "true"),
                claim(f"m-{name}", name, "model", "paid_by_users"),
            ]
            if country != "ZZ":
                claims.append(claim(f"l-{name}", name, "country", country))
            measures = "[exclude]" if number < under else "[]"
            decisions.append(f"{{subject: {name}, measures: {measures}, {VERIFIED}}}")
    return tuple(subjects), tuple(claims), tuple(decisions)


def table(tmp_path: Path, places: dict[str, tuple[int, int]]) -> dict[object, tuple[int, int] | None]:
    subjects, claims, decisions = shops(places)
    package, _, view = asked(write(tmp_path, subjects=subjects, claims=claims, decisions=decisions))
    (group,) = alike(package, [rule_of(package, "potions")], view).groups
    (rates,) = group.rates
    return {row.cell.content: (row.count.under, row.count.total) if row.count else None for row in rates.rows}


def test_counts_stand_beside_each_value_of_a_protected_fact(tmp_path: Path) -> None:
    assert table(tmp_path, {"FR": (4, 6), "BE": (1, 8), "ZZ": (0, 5)}) == {
        "FR": (4, 6),
        "BE": (1, 8),
        None: (0, 5),
    }


def test_a_small_count_is_withheld_and_the_one_from_which_it_would_follow_too(tmp_path: Path) -> None:
    assert table(tmp_path, {"FR": (4, 6), "BE": (1, 8), "NL": (1, 2)}) == {
        "FR": None,
        "BE": (1, 8),
        "NL": None,
    }


def test_there_is_no_table_where_all_have_one_value(tmp_path: Path) -> None:
    subjects, claims, decisions = shops({"FR": (2, 9)})
    package, _, view = asked(write(tmp_path, subjects=subjects, claims=claims, decisions=decisions))
    (group,) = alike(package, [rule_of(package, "potions")], view).groups
    assert group.rates == ()


def tables(values: int, most: int) -> list[tuple[Count, ...]]:
    cells = [Count(under, total) for total in range(1, most + 1) for under in range(total + 1)]
    return list(product(cells, repeat=values))


@pytest.mark.parametrize(("values", "most"), [(2, 9), (3, 6)])
def test_no_withheld_count_follows_from_what_is_shown_even_if_one_knows_how_it_is_chosen(
    values: int, most: int
) -> None:
    """All tables with the same totals that show the same; a count that is the same in all of them would be known."""
    seen: dict[tuple[int, int, tuple[Count | None, ...]], list[tuple[Count, ...]]] = {}
    for counts in tables(values, most):
        total, under = sum(c.total for c in counts), sum(c.under for c in counts)
        shown = shown_counts(counts)
        if 0 < under < total and shown is not None:
            seen.setdefault((total, under, tuple(shown)), []).append(counts)
    withheld = 0
    for (_, _, told), together in seen.items():
        if any(count.total == most for counts in together for count in counts):
            continue  # a larger table could show the same, and is not among these
        for number, count in enumerate(told):
            if count is None:
                withheld += 1
                assert len({counts[number].under for counts in together}) > 1, together
                assert len({counts[number].total for counts in together}) > 1, together
    assert withheld > 50


@pytest.mark.parametrize("seed", range(300))
def test_whatever_is_shown_is_true_and_not_small(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a seeded table, no secret
    totals = [chance.choice((1, 2, 4, 5, 6, 20)) for _ in range(chance.randint(2, 6))]
    counts = [Count(chance.randint(0, total), total) for total in totals]
    shown = shown_counts(counts)
    if shown is None:
        assert min(totals) < LEAST_SHOWN
        return
    for count, told in zip(counts, shown, strict=True):
        assert told in {None, count}
        assert told is None or told.total >= LEAST_SHOWN
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    if hidden:
        assert len(hidden) > 1
        assert sum(count.total for count in hidden) >= LEAST_SHOWN
    if all(total >= LEAST_SHOWN for total in totals):
        assert shown == counts


def tail(under: int, total: int, share: Fraction) -> Fraction:
    """How likely at least `under` of `total` are, exactly."""
    return sum(
        (comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(under, total + 1)), Fraction(0)
    )


@pytest.mark.parametrize(("under", "total"), [(0, 5), (5, 5), (1, 8), (4, 6), (3, 40), (39, 40)])
def test_the_interval_is_the_exact_one_rounded_outwards(under: int, total: int) -> None:
    """Clopper and Pearson's bounds are where either tail has 2.5 %: told here in fractions, without the library."""
    interval, half, step = interval_of(under, total), Fraction(25, 1000), Fraction(1, 1000)
    low, high = Fraction(interval.low), Fraction(interval.high)
    if under:
        assert tail(under, total, low) <= half < tail(under, total, low + step)
    else:
        assert low == 0
    if under < total:
        assert 1 - tail(under + 1, total, high) <= half < 1 - tail(under + 1, total, high - step)
    else:
        assert high == 1
