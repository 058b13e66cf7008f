"""What a backtest counts, against the same reckoned by hand from the outcomes of the spec, subject by subject."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from adjudge.backtest.forms.json_form import findings_form
from adjudge.backtest.lists import Row, some_of
from adjudge.backtest.model import Cell, Change, Count, Findings, Owed, Way
from adjudge.backtest.question import Bounds, in_effect
from adjudge.facts.vocabulary import Kind
from adjudge.outcome import Outcome
from adjudge.spec.resolve import outcomes as by_spec
from tests.rooms.backtest.asking import Ran, ran
from tests.rooms.backtest.worlds import package_of, trade, trade_packages

SPENT = {
    "alpha": {"EUR": Decimal("10.4")},
    "alpha-1": {"EUR": Decimal("0.1")},
    "alpha-2": {"EUR": Decimal("0.2")},
    "beta": {"EUR": Decimal("496.5"), "USD": Decimal(500)},
    "beta-1": {"EUR": Decimal(500), "USD": Decimal(500)},
    "beta-2": {"EUR": Decimal("-3.5")},
    "gamma": {"EUR": Decimal("123456789012345678.123456789")},
    "gamma-1": {"EUR": Decimal("123456789012345678.123456789")},
}


@pytest.fixture(scope="module", params=["point", "bulk"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("trade")
    old, new = (package_of(path) for path in trade_packages(folder / "packages"))
    data = trade(folder / "data", new.vocabulary)
    with ran(data, old, new, engine=request.param) as done:
        yield done


@pytest.fixture(scope="module")
def by_hand(world: Ran) -> dict[str, tuple[Kind, Outcome, Outcome]]:
    """Every subject with its outcomes under both versions, by the spec."""
    question, tables = world.found.question, world.tables
    found: dict[str, list[Outcome]] = defaultdict(list)
    subjects = [item for _, item in tables.all_subjects()]
    for version in (question.old, question.new):
        facts = {str(name) for name in version.package.vocabulary.facts}
        claims = tables.claims(version.package.vocabulary, facts)
        for outcome in by_spec(
            in_effect(version.package, question.known_at),
            claims,
            subjects,
            valid_at=question.valid_at,
            known_at=question.known_at,
            territory=None,
        ):
            found[str(outcome.subject)].append(outcome)
    kinds = {str(item.id): item.kind for item in subjects}
    return {name: (kinds[name], old, new) for name, (old, new) in found.items()}


def severest(outcome: Outcome) -> str:
    kinds = [kind for _, kind in outcome.measures]
    return max(kinds, key=lambda kind: kind.severity).value if kinds else "none"


def spend_of(names: list[str]) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for name in names:
        for currency, amount in SPENT.get(name, {}).items():
            sums[currency] += amount
    return tuple(sorted(sums.items()))


def told(count: Count) -> tuple[int, tuple[tuple[str, Decimal], ...]]:
    return count.subjects, count.spend


def test_the_matrix_counts_everybody_once_with_what_they_spent(
    world: Ran, by_hand: dict[str, tuple[Kind, Outcome, Outcome]]
) -> None:
    cells: dict[tuple[Kind, str, str], list[str]] = defaultdict(list)
    for name, (kind, old, new) in by_hand.items():
        cells[kind, severest(old), severest(new)].append(name)
    expected = {key: (len(names), spend_of(names)) for key, names in cells.items()}
    assert {(item.kind, item.old, item.new): told(item.count) for item in world.found.matrix} == expected


def test_referrals_are_told_before_and_after(
    world: Ran, by_hand: dict[str, tuple[Kind, Outcome, Outcome]]
) -> None:
    cells: dict[tuple[Kind, bool, bool], list[str]] = defaultdict(list)
    for name, (kind, old, new) in by_hand.items():
        cells[kind, old.referred, new.referred].append(name)
    expected = {key: (len(names), spend_of(names)) for key, names in cells.items()}
    assert {(item.kind, item.old, item.new): told(item.count) for item in world.found.referrals} == expected


def test_newly_reached_by_one_rule_alone_is_who_was_free_and_is_under_one_measure(
    world: Ran, by_hand: dict[str, tuple[Kind, Outcome, Outcome]]
) -> None:
    cells: dict[tuple[str, Kind], list[str]] = defaultdict(list)
    for name, (kind, old, new) in by_hand.items():
        if not old.measures and len(new.measures) == 1:
            cells[str(new.measures[0][0]), kind].append(name)
    expected = {key: (len(names), spend_of(names)) for key, names in cells.items()}
    assert expected
    assert {(str(item.rule), item.kind): told(item.count) for item in world.found.alone} == expected


def test_countries_are_those_of_the_advertiser_unknown_and_disputed_ones_told(world: Ran) -> None:
    found = {(item.kind, item.value, item.change): item.count.subjects for item in world.found.countries}
    assert found == {
        (Kind.ADVERTISER, "FR", Change.RESTRICTED): 1,
        (Kind.ADVERTISER, "contested", Change.RELEASED): 1,
        (Kind.ADVERTISER, "unknown", Change.RESTRICTED): 1,
        (Kind.AD, "FR", Change.SEVERER): 2,
        (Kind.AD, "FR", Change.MILDER): 1,
        (Kind.AD, "contested", Change.MILDER): 1,
        (Kind.AD, "contested", Change.RESTRICTED): 1,
    }


def test_who_is_under_rules_of_two_categories_counts_in_both(world: Ran) -> None:
    found = {
        (item.value, item.change): item.count.subjects
        for item in world.found.categories
        if item.kind is Kind.AD
    }
    assert found["STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS", Change.SEVERER] == 2
    assert found["none", Change.SEVERER] == 2  # french-beer names none


def test_amounts_are_added_exactly_and_never_across_currencies(world: Ran) -> None:
    assert world.found.spend[Kind.ADVERTISER] == (
        ("EUR", Decimal("123456789012346185.023456789")),
        ("USD", Decimal(500)),
    )
    touched = {item.change: item.spend for item in world.found.touched}
    # gamma by its ad's; alpha by its own and its ads', each once; beta-2 paid back.
    assert touched[Change.RESTRICTED] == (("EUR", Decimal("123456789012345685.023456789")),)


def test_notices_are_owed_to_each_subject_and_letters_to_each_advertiser(world: Ran) -> None:
    found = {
        item.owed: (item.advertisers.subjects, item.ads.subjects, item.letters, item.about_several)
        for item in world.found.notices
    }
    assert found == {
        Owed.MEASURE: (2, 1, 3, 0),
        Owed.ALTERED: (0, 4, 2, 1),
        Owed.LIFTING: (1, 0, 1, 0),
    }


def test_work_for_reviewers_is_a_backlog_and_a_flow_by_week(world: Ran) -> None:
    load = world.found.load
    assert load.backlog == 3
    assert load.weeks == (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)  # beta-3, two days before
    assert load.earlier == 2
    assert load.undated == 0


def test_like_cases_come_apart_where_decisions_on_record_do(world: Ran) -> None:
    (group,) = world.found.alike
    assert (str(group.rule), group.members, group.recorded_with, group.recorded_without) == (
        "wrong-ad",
        2,
        1,
        1,
    )
    assert group.apart_on_record
    assert not group.apart_in_new


def test_recourse_is_told_by_the_best_way_there_is(world: Ran) -> None:
    found = {(item.kind, item.way): item.count.subjects for item in world.found.recourse.counts}
    assert found == {
        (Kind.AD, Way.OWN): 5,
        (Kind.ADVERTISER, Way.OTHERS): 1,
        (Kind.ADVERTISER, Way.NONE): 1,
    }
    newly = {(item.kind, item.way): item.count.subjects for item in world.found.recourse.newly}
    assert newly == {(Kind.ADVERTISER, Way.OTHERS): 1, (Kind.ADVERTISER, Way.NONE): 1}
    assert {str(fact) for fact, _ in world.found.recourse.turning} == {
        "advertiser.barred",
        "advertiser.owner",
    }


def cells_of(found: Findings) -> Iterator[Count]:
    for shares in (found.changes, found.categories, found.countries, found.sizes):
        yield from (item.count for item in shares)
    yield from (item.count for item in found.matrix)
    yield from (item.count for item in found.referrals)
    yield from (item.count for item in found.alone)
    yield from (item.count for item in (*found.recourse.counts, *found.recourse.newly))
    yield from (*found.load.newly, *found.load.no_longer)
    for item in found.notices:
        yield from (item.advertisers, item.ads)


def test_every_number_is_that_of_the_rows_behind_it(world: Ran) -> None:
    """Also what they spent: from the rows themselves, as decimals."""
    checked = 0
    for count in cells_of(world.found):
        rows = some_of(world.tables, count.cell, 1_000)
        if not count.subjects:
            continue
        assert len(rows) == count.subjects, str(count.cell)
        assert _spend(rows) == count.spend, str(count.cell)
        checked += 1
    assert checked > 30


def _spend(rows: list[Row]) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        for item in row["spend"]:
            sums[item["currency"]] += item["amount"]
    return tuple(sorted(sums.items()))


def test_the_members_of_a_group_are_listed(world: Ran) -> None:
    rows = some_of(world.tables, Cell((("group", "1"),)), 10)
    assert {row["subject"]: (row["recorded"], row["decided"]) for row in rows} == {
        "alpha-3": (True, True),
        "beta-1": (False, True),
    }


def test_both_engines_give_the_same_report(tmp_path: Path) -> None:
    old, new = (package_of(path) for path in trade_packages(tmp_path / "packages"))
    data = trade(tmp_path / "data", new.vocabulary)
    forms = []
    for engine in ("point", "bulk"):
        with ran(data, old, new, engine=engine) as done:
            rows = done.tables.run("SELECT * EXCLUDE (row) FROM told ORDER BY subject")
            forms.append((findings_form(done.found), rows))
    assert forms[0] == forms[1]
    assert Counter(row[5] for row in forms[0][1])[Change.SAME.value] == 8


def test_what_is_decided_by_bounds_is_told_and_never_counted_as_none(tmp_path: Path) -> None:
    old, new = (package_of(path) for path in trade_packages(tmp_path / "packages"))
    data = trade(tmp_path / "data", new.vocabulary)
    with ran(data, old, new, bounds=Bounds(signatures=2)) as done:
        way = done.found.recourse
        assert (way.searched, way.signatures) == (2, 6)
        assert way.subjects_left == 4
        assert sum(i.count.subjects for i in way.counts if i.way is Way.UNSEARCHED) == 4
    with ran(data, old, new, bounds=Bounds(seconds=3), seconds_pass=1) as done:
        assert done.found.recourse.stopped_by_time
        assert done.found.recourse.searched == 2
        assert not any(item.way is Way.UNSEARCHED for item in done.found.recourse.newly)
