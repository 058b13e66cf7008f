"""Whom a rule or a reason reaches: verdicts, treatment, classes, amounts; the same as the spec for each alone."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from adjudge.answers.answer import Asked
from adjudge.answers.populations.answer import Reason
from adjudge.app.exchange import Question, read_question
from adjudge.app.population_files import load_population
from adjudge.app.populations import reach_of
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Standard
from adjudge.facts.settle import live, settle
from adjudge.facts.value import Money
from adjudge.facts.vocabulary import Kind
from adjudge.outcome import Verdict
from adjudge.population.model import DecisionStatus
from adjudge.population.place import Band, Cell, State
from adjudge.population.reach import Reach, reach
from adjudge.population.reason import reason_rule
from adjudge.population.view import Treatment, view_at, view_of
from adjudge.spec.resolve import rule_outcome, surroundings
from tests.generators.cases import seeded_case
from tests.rooms.population.asking import asked, rule_of
from tests.rooms.population.folder import CLAIMS, claim, write

ROOT = Path(__file__).resolve().parents[3]
VENDORS = ROOT / "examples" / "populations" / "security-vendors-2018"
SEEDS = range(150)


def reached(found: Reach) -> list[str]:
    return [str(row.subject.id) for row in found.reached]


def test_a_rule_reaches_those_for_whom_it_is_met_and_who_is_treated_otherwise_comes_first(
    tmp_path: Path,
) -> None:
    package, _, view = asked(write(tmp_path))
    found = reach(package, rule_of(package, "potions"), view)
    assert reached(found) == ["bob", "cyd", "ann"]
    assert [str(row.subject.id) for row in found.treated_otherwise] == ["bob"]
    assert [str(row.subject.id) for row in found.unreached_under_measure] == ["dan"]
    assert {item: found.treated(item) for item in Treatment} == {
        Treatment.MEASURE: 1,
        Treatment.NONE: 1,
        Treatment.UNKNOWN: 1,
    }
    counts = {verdict: found.count(verdict) for verdict in Verdict if found.count(verdict)}
    assert counts == {Verdict.MET: 3, Verdict.REFUTED: 1, Verdict.UNKNOWN: 1}


def test_nobody_is_treated_otherwise_where_nobody_reached_is_under_a_measure(tmp_path: Path) -> None:
    package, _, view = asked(
        write(tmp_path, decisions=("{subject: bob, measures: [], document: register, status: verified}",))
    )
    found = reach(package, rule_of(package, "potions"), view)
    assert found.treated(Treatment.NONE) == 1
    assert found.treated_otherwise == ()


def test_an_exception_that_is_shown_takes_a_subject_out_of_reach(tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path, claims=(*CLAIMS, claim("lic", "ann", "licensed", "true", 4))))
    found = reach(package, rule_of(package, "potions"), view)
    assert reached(found) == ["bob", "cyd"]
    assert found.count(Verdict.EXCEPTED) == 1


def test_a_decision_counts_from_its_day_on(tmp_path: Path) -> None:
    package, population, _ = asked(write(tmp_path))
    before = parse_instant("2020-02-15")
    assert before is not None
    found = reach(package, rule_of(package, "potions"), view_at(population, before, before))
    assert {str(row.subject.id): row.treatment for row in found.reached}["ann"] is Treatment.UNKNOWN


def test_amounts_are_exact_by_currency_and_those_not_known_are_counted(tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path))
    (spend,) = reach(package, rule_of(package, "potions"), view).spend
    assert spend.amounts == {"EUR": Decimal("10.3"), "USD": Decimal(5)}
    assert spend.unknown == 0
    package, _, view = asked(write(tmp_path, claims=tuple(item for item in CLAIMS if "cs-bob" not in item)))
    (spend,) = reach(package, rule_of(package, "potions"), view).spend
    assert (spend.amounts, spend.unknown) == ({"EUR": Decimal("10.1"), "USD": Decimal(5)}, 1)


def test_classes_tell_values_bands_disagreement_and_silence_apart(tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path))
    found = reach(package, rule_of(package, "potions"), view)
    tables = {dimension.name: tallies for dimension, tallies in found.tallies}
    assert set(tables) == {"country", "staff"}
    country = {tally.cell: (tally.reached, tally.subjects) for tally in tables["country"]}
    assert country == {
        Cell(State.KNOWN, "FR"): (1, 1),
        Cell(State.CONTESTED): (1, 1),
        Cell(State.UNKNOWN): (1, 3),
    }
    staff = {tally.cell: tally.subjects for tally in tables["staff"]}
    assert staff == {
        Cell(State.KNOWN, Band(None, Decimal(10))): 1,
        Cell(State.KNOWN, Band(Decimal(10), Decimal(100))): 1,
        Cell(State.UNKNOWN): 3,
    }


def test_an_ad_stands_where_its_advertiser_does_and_may_be_asked_about_alone(tmp_path: Path) -> None:
    folder = write(tmp_path)
    file = folder / "population.yaml"
    more = "subjects: [{id: ad-cyd, kind: ad, advertiser: cyd}, {id: ad-out, kind: ad, advertiser: gus}, "
    file.write_text(file.read_text("utf-8").replace("subjects: [", more), encoding="utf-8")
    package, _, view = asked(folder)
    log = ProblemLog()
    rule = reason_rule("advertiser.potions", Kind.AD, Standard.REPORTED, package, log)
    assert rule is not None
    found = reach(package, rule, view)
    assert {str(row.subject.id): row.reached for row in found.rows} == {"ad-cyd": True, "ad-out": False}
    country, spend, _ = found.rows[0].places
    assert (country.value, spend.value) == ("FR", Money(Decimal(5), "USD"))


def test_a_reason_may_read_the_lists_and_parameters_of_the_package(tmp_path: Path) -> None:
    folder = write(tmp_path)
    path = folder.parent / "policies" / "market" / "1.yaml"
    entries = "lists: {near: [{values: [FR, BE]}]}\nparams: {few: [{value: 9}]}\nrules:"
    path.write_text(path.read_text("utf-8").replace("rules:", entries), encoding="utf-8")
    package, _, view = asked(folder)
    log = ProblemLog()
    text = "advertiser.country in lists.near || advertiser.staff > params.few"
    rule = reason_rule(text, Kind.ADVERTISER, Standard.REPORTED, package, log)
    assert rule is not None, log.problems
    assert reached(reach(package, rule, view)) == ["bob", "cyd", "ann"]


def test_a_reason_is_asked_like_a_rule(tmp_path: Path) -> None:
    package, _, view = asked(write(tmp_path))
    log = ProblemLog()
    for standard, names in ((Standard.REPORTED, ["bob", "cyd", "ann"]), (Standard.OFFICIAL, [])):
        rule = reason_rule("advertiser.model == 'paid_by_users'", Kind.ADVERTISER, standard, package, log)
        assert rule is not None
        assert reached(reach(package, rule, view)) == names
    assert not log.problems


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("advertiser.modl == 'paid_by_users'", "unknown-name", 1),
        ("advertiser.model == 'paid_by_user'", "unknown-code", 21),
        ("advertiser.model ==", "expression-syntax", 20),
        ("advertiser.staff", "type-error", 1),
        ("ad.text == 'x'", "wrong-subject", 1),
        ("", "expression-syntax", 1),
    ],
)
def test_a_reason_that_says_nothing_has_its_problem_with_a_caret(
    text: str, code: str, column: int, tmp_path: Path
) -> None:
    package, _, _ = asked(write(tmp_path))
    log = ProblemLog()
    assert reason_rule(text, Kind.ADVERTISER, Standard.REPORTED, package, log) is None
    (problem,) = log.problems
    assert (problem.code, problem.column, problem.file) == (code, column, "--reason")


def question_of(seed: int) -> Question | None:
    log = ProblemLog()
    return read_question(seeded_case(seed).line(), log)


@pytest.mark.parametrize("seed", SEEDS)
def test_reach_is_what_the_spec_says_of_each_subject_alone(seed: int) -> None:
    question = question_of(seed)
    assert question is not None
    package = question.package
    at, known = question.valid_at, question.known_at
    view = view_of(
        question.subjects, question.claims, (), vocabulary=package.vocabulary, valid_at=at, known_at=known
    )
    settled, around = settle(live(question.claims, at, known)), surroundings(package, at)
    for rule in package.rules:
        found = reach(package, rule, view)
        assert [row.subject for row in found.rows] == sorted(
            {s for s in question.subjects if s.kind is rule.subject}, key=lambda s: s.id
        )
        for row in found.rows:
            wanted = rule_outcome(rule, row.subject, settled, around)
            assert (row.outcome.verdict, row.outcome.pair, row.outcome.unless) == (
                wanted.verdict,
                wanted.pair,
                wanted.unless,
            )
            assert row.reached is (wanted.verdict is Verdict.MET)


@pytest.mark.parametrize("seed", SEEDS)
def test_order_and_duplication_change_nothing(seed: int) -> None:
    question = question_of(seed)
    assert question is not None
    chance = random.Random(seed)  # noqa: S311 - a seeded order, no secret
    at, known = question.valid_at, question.known_at
    subjects = [*question.subjects, *question.subjects]
    claims = [*question.claims, *question.claims]
    chance.shuffle(subjects)
    chance.shuffle(claims)
    vocabulary = question.package.vocabulary
    one = view_of(question.subjects, question.claims, (), vocabulary=vocabulary, valid_at=at, known_at=known)
    other = view_of(subjects, claims, (), vocabulary=vocabulary, valid_at=at, known_at=known)
    for rule in question.package.rules:
        assert reach(question.package, rule, one).rows == reach(question.package, rule, other).rows


def test_the_sentence_of_2018_reaches_the_vendors_whom_users_pay() -> None:
    log = ProblemLog()
    population = load_population(VENDORS, log)
    package_name = ROOT / "policies" / "ads-standard" / "2017-12.yaml"
    from adjudge.app.check import load_package

    package = load_package(package_name, log)
    assert population is not None, log.problems
    assert package is not None, log.problems
    day = population.file.as_of
    question = Asked(valid_at=day, known_at=day, territory=None)
    reason = Reason(text="advertiser.business_model == 'paid_by_users'")
    answer = reach_of(population, package, question, reason, log)
    assert answer is not None
    names = reached(answer.reach)
    assert len(names) > 10
    assert names[-1] == "kaspersky-lab"
    assert answer.reach.treated(Treatment.MEASURE) == 1
    assert answer.reach.treated(Treatment.UNKNOWN) == len(names) - 1
    assert not answer.reach.unreached_under_measure
    assert answer.reach.count(Verdict.REFUTED) > 1
    decided = answer.reach.view.decisions[answer.reach.reached[-1].subject.id]
    assert decided.status is DecisionStatus.VERIFIED
