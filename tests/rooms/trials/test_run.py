"""What tests find: verdicts, weights, measures, referral, impossibilities and boundaries, right and wrong."""

from collections.abc import Iterable

import pytest

from adjudge.engines.point.engine import PointEngine
from adjudge.errors import BugError
from adjudge.outcome import Outcome, Verdict
from adjudge.reasons.absence import Absence
from adjudge.trials.result import (
    NoBoundary,
    ShownNever,
    TrialResult,
    WrongMeasures,
    WrongReferral,
    WrongRule,
)
from adjudge.trials.run import crossings, run_files, tree_of
from tests.rooms.trials.policy import HEAD, LICENCE, read, run


def case(expect: str, name: str = "one", at: str = "2020-06-01", more: str = "") -> str:
    return f"  - {{case: {name}, at: {at}, expect: {expect}{more}}}\n"


def beside(change: str, expect: str, name: str = "two", base: str = "one") -> str:
    return f"  - {{case: {name}, beside: {base}, {change}, expect: {expect}}}\n"


def only(text: str, chosen: str | None = None) -> TrialResult:
    return run(f"cases:\n{text}", chosen).results[-1]


def kinds(result: TrialResult) -> list[type]:
    return [type(item) for item in result.failing]


def test_a_case_passes_where_everything_is_as_it_expects() -> None:
    found = only(
        case(
            "{ad: {rules: {beer: {verdict: met, for: 3, against: 0, unless: {licensed: [0, 4]}}}, measures: [beer],"
            " referred: false}, brewer: {rules: {owner: unknown}, measures: []}}"
        )
    )
    assert found.passes


def test_a_case_passes_on_what_it_does_not_name() -> None:
    assert only(case("{ad: {referred: false}}")).passes


@pytest.mark.parametrize(
    "expected",
    [
        "excepted",
        "inapplicable",
        "{verdict: met, for: 2}",
        "{verdict: met, against: 1}",
        "{verdict: met, unless: {licensed: [0, 0]}}",
    ],
)
def test_another_verdict_or_another_weight_fails(expected: str) -> None:
    found = only(case(f"{{ad: {{rules: {{beer: {expected}}}}}}}"))
    (wrong,) = found.failing
    assert isinstance(wrong, WrongRule)
    assert wrong.found is not None
    assert wrong.found.verdict is Verdict.MET
    assert wrong.absence is None


@pytest.mark.parametrize(
    ("at", "more", "absence"),
    [
        ("2020-01-31", "", Absence.NOT_YET),
        ("2030-01-01", "", Absence.NO_LONGER),
        ("2020-06-01", ", territory: DE", Absence.ELSEWHERE),
    ],
)
def test_a_rule_that_does_not_apply_fails_and_says_why(at: str, more: str, absence: Absence) -> None:
    (wrong,) = only(case("{ad: {rules: {beer: met}}}", at=at, more=more)).failing
    assert isinstance(wrong, WrongRule)
    assert (wrong.found, wrong.absence) == (None, absence)


def test_a_version_that_was_not_published_contributes_no_rule() -> None:
    (wrong,) = only(case("{ad: {rules: {beer: met}}}"), "2").failing
    assert isinstance(wrong, WrongRule)
    assert wrong.absence is Absence.NOT_PUBLISHED


@pytest.mark.parametrize("day", ["2020-02-01", "2029-12-31"])
def test_a_rule_applies_from_its_first_day_through_its_last(day: str) -> None:
    assert only(case("{ad: {rules: {beer: met}}}", at=day)).passes


@pytest.mark.parametrize("day", ["2020-01-31", "2030-01-01"])
def test_a_rule_that_is_expected_not_to_apply_passes_where_it_does_not(day: str) -> None:
    assert only(case("{ad: {rules: {beer: inapplicable}}}", at=day)).passes


def test_the_measures_are_exactly_those_that_are_named() -> None:
    for expected in ("[]", "[beer]"):
        found = only(case(f"{{ad: {{measures: {expected}}}}}"))
        assert kinds(found) == ([WrongMeasures] if expected == "[]" else [])


def test_a_referral_is_expected_or_not() -> None:
    unproven = ", claims: [{id: product, subject: ad, fact: ad.beer, value: true, weight: 2}]"
    assert only(case("{ad: {rules: {beer: unproven}, referred: true}}", more=unproven)).passes
    assert kinds(only(case("{ad: {referred: false}}", more=unproven))) == [WrongReferral]


def test_what_cannot_occur_fails_where_it_does_even_in_a_case_that_does_not_name_it() -> None:
    never = "never:\n  - {rule: owner, verdict: unknown, why: {en: everybody is checked}}\n"
    found = only(case("{ad: {rules: {beer: met}}}") + never)
    (shown,) = found.failing
    assert isinstance(shown, ShownNever)
    assert (str(shown.subject), shown.never.verdict) == ("brewer", Verdict.UNKNOWN)


def test_what_one_file_says_cannot_occur_is_held_against_the_others() -> None:
    never = "never:\n  - {rule: beer, verdict: met, why: {en: beer is banned}}\n"
    one, _ = read(f"{HEAD}cases:\n{case('{ad: {rules: {beer: met}}}')}")
    other, _ = read(f"{HEAD}cases:\n{case('{brewer: {rules: {owner: unknown}}}', at='2020-01-15')}{never}")
    assert one is not None
    assert other is not None
    first, second = run_files([one, other])
    assert (first.failed, second.failed) == (1, 0)


def test_what_cannot_occur_in_one_version_may_in_another() -> None:
    never = "version: '1'\nnever:\n  - {rule: owner, verdict: unknown, why: {en: everybody is checked}}\n"
    one, _ = read(f"{HEAD}cases:\n{case('{ad: {rules: {beer: met}}}', at='2022-01-01')}")
    expected = "{ad: {rules: {beer: inapplicable}}}"
    claim = ", claims: [{id: o, subject: brewer, fact: advertiser.owner_hidden, value: true, weight: 1}]"
    other, problems = read(f"{HEAD}cases:\n{case(expected, at='2020-01-15', more=claim)}{never}")
    assert one is not None
    assert other is not None, problems
    assert [result.failed for result in run_files([one, other])] == [0, 0]


def test_a_boundary_is_one_where_a_verdict_that_both_name_differs() -> None:
    found = only(
        case("{ad: {rules: {beer: met}}}") + beside(f"with: {LICENCE}", "{ad: {rules: {beer: excepted}}}")
    )
    assert found.passes
    (crossing,) = crossings(found)
    assert (crossing.before, crossing.after) == (Verdict.MET, Verdict.EXCEPTED)


def test_the_licence_holds_through_the_day_before_its_end() -> None:
    licensed = case("{ad: {rules: {beer: excepted}}}", at="2020-12-31", more=f", claims: [{LICENCE}]")
    assert only(licensed + beside("at: 2021-01-01", "{ad: {rules: {beer: met}}}")).passes


def test_a_pair_without_a_difference_is_no_boundary() -> None:
    found = only(case("{ad: {rules: {beer: met}}}") + beside("at: 2020-07-01", "{ad: {rules: {beer: met}}}"))
    assert kinds(found) == [NoBoundary]


def test_a_difference_in_a_rule_that_only_one_of_the_two_names_makes_no_boundary() -> None:
    owner = "with: {id: o, subject: brewer, fact: advertiser.owner_hidden, value: true, weight: 3}"
    found = only(
        case("{ad: {rules: {beer: met}}}")
        + beside(owner, "{ad: {rules: {beer: met}}, brewer: {rules: {owner: met}}}")
    )
    assert kinds(found) == [NoBoundary]


@pytest.mark.parametrize("measures", [", measures: [beer]", ""])
def test_other_measures_make_a_boundary_where_one_of_the_two_looks_at_them(measures: str) -> None:
    found = only(
        case(f"{{ad: {{rules: {{beer: met}}{measures}}}}}") + beside("at: 2020-01-31", "{ad: {measures: []}}")
    )
    assert found.passes


def test_a_rule_that_applies_on_one_side_only_makes_a_boundary() -> None:
    found = only(
        case("{ad: {rules: {beer: met}}}", more=", territory: FR")
        + beside("territory: DE", "{ad: {rules: {beer: inapplicable}}}")
    )
    assert found.passes
    assert crossings(found)[0].after is None


def test_a_chosen_case_brings_the_one_that_it_stands_beside_without_reporting_it() -> None:
    file, _ = read(
        f"{HEAD}cases:\n{case('{ad: {rules: {beer: unknown}}}')}"
        + beside(f"with: {LICENCE}", "{ad: {rules: {beer: excepted}}}")
    )
    assert file is not None
    (result,) = run_files([file], lambda trial: trial.id == "two")
    assert [item.trial.id for item in result.results] == ["two"]
    assert result.failed == 0


def test_an_engine_that_differs_from_the_spec_is_a_bug_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    original = PointEngine.outcomes

    def spoilt(engine: PointEngine, *given: Iterable[object], **asked: object) -> list[Outcome]:
        found: list[Outcome] = original(engine, *given, **asked)  # type: ignore[arg-type]  # handed through
        return [Outcome(subject=o.subject, rules=o.rules, measures=(), referred=True) for o in found]

    monkeypatch.setattr(PointEngine, "outcomes", spoilt)
    with pytest.raises(BugError):
        only(case("{ad: {rules: {beer: met}}}"))


def test_the_tree_of_a_failing_rule_has_the_pairs_that_were_found() -> None:
    found = only(case("{ad: {rules: {beer: excepted}}}", more=f", claims: [{LICENCE}]", at="2021-06-01"))
    (wrong,) = found.failing
    assert isinstance(wrong, WrongRule)
    assert wrong.found is not None
    tree = tree_of(found.trial, wrong.subject, wrong.rule)
    assert tree.when.pair == wrong.found.pair
    assert tree.unless[0].root.pair == dict(wrong.found.unless)["licensed"]
