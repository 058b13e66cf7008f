"""Cases that are run for several versions, and measures that are asked for with their kinds."""

import pytest

from adjudge.language.package import MeasureKind
from adjudge.tongues.tongue import tongue_of
from adjudge.trials.coverage import coverage_of
from adjudge.trials.result import WrongMeasures
from tests.rooms.trials.policy import HEAD, LICENCE, read, run

BOTH = "versions: ['1', '2']\n"
MET = "  - {case: met, at: 2022-06-01, expect: {ad: {rules: {beer: met}}}}\n"
LICENSED = f"  - {{case: licensed, beside: met, with: {LICENCE}, expect: {{ad: {{rules: {{beer: met}}}}}}}}\n"
OWNER = "  - {case: owner, at: 2022-06-01, claims: [%s], expect: {brewer: {rules: {owner: met}}}}\n"
HIDDEN = "{id: o, subject: brewer, fact: advertiser.owner_hidden, value: true, weight: 3}"


def test_each_case_is_run_once_for_each_version_of_the_list() -> None:
    found = run(f"{BOTH}cases:\n{MET}")
    assert [(item.trial.name, item.trial.package.version) for item in found.results] == [
        ("met@1", "1"),
        ("met@2", "2"),
    ]
    assert found.failed == 0


def test_a_case_may_pass_in_one_version_and_fail_in_another() -> None:
    # Version 2 asks for official evidence where version 1 asks for a report.
    found = run(f"{BOTH}cases:\n{OWNER % HIDDEN}")
    assert [(item.trial.name, item.passes) for item in found.results] == [
        ("owner@1", True),
        ("owner@2", False),
    ]


def test_a_boundary_is_one_within_each_version() -> None:
    found = run(
        f"{BOTH}cases:\n{MET}"
        + LICENSED.replace("until: 2021", "until: 2023").replace(": met}", ": excepted}")
    )
    assert found.failed == 0
    assert [item.beside.trial.name for item in found.results if item.beside] == ["met@1", "met@2"]
    assert [version.boundaries for version in coverage_of([found])] == [1, 1]


def test_each_version_is_counted_apart() -> None:
    first, second = coverage_of([run(f"{BOTH}cases:\n{MET}")])
    assert (first.named, second.named) == (1, 1)


def test_what_cannot_occur_is_said_of_the_versions_of_the_list_alone() -> None:
    never = "never: [{rule: owner, verdict: met, why: {en: Owners are known.}}]\n"
    found = run(f"versions: ['2']\ncases:\n{MET}{never}")
    (entry,) = found.file.never
    assert (entry.is_said_of("2"), entry.is_said_of("1")) == (True, False)


def test_a_version_that_is_asked_for_takes_the_place_of_the_list() -> None:
    found = run(f"{BOTH}cases:\n{MET}", chosen="2")
    assert [(item.trial.name, item.trial.package.version) for item in found.results] == [("met", "2")]


def test_a_slip_is_told_once_and_not_for_each_version() -> None:
    _, problems = read(f"{HEAD}{BOTH}cases:\n{MET.replace('beer: met', 'bear: met')}")
    assert [problem.message for problem in problems] == ["the policy has no rule `bear` in version `1`"]


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("version: '1'\nversions: ['2']\n", "wrong-shape", "`version` and `versions`"),
        ("versions: []\n", "wrong-shape", "no version"),
        ("versions: ['1', '1']\n", "duplicate-id", "stands twice"),
        ("versions: ['3']\n", "unknown-package", "`3`"),
        ("versions: '1'\n", "wrong-shape", "list"),
        (f"versions: [{', '.join(['1'] * 21)}]\n", "file-too-large", "at most 20"),
    ],
)
def test_a_bad_list_of_versions_is_refused_with_a_way_out(text: str, code: str, part: str) -> None:
    file, problems = read(f"{HEAD}{text}cases:\n{MET}")
    assert file is None
    assert any(item.code == code and part in item.message and item.hint and item.span for item in problems), (
        problems
    )


# measures


def measured(measures: str) -> list[object]:
    found = run(
        f"version: '1'\ncases:\n  - {{case: one, at: 2022-06-01, expect: {{ad: {{measures: {measures}}}}}}}\n"
    )
    return list(found.results[0].failing)


@pytest.mark.parametrize("measures", ["[beer]", "{beer: exclude}"])
def test_measures_are_named_with_or_without_their_kinds(measures: str) -> None:
    assert measured(measures) == []


@pytest.mark.parametrize("measures", ["{beer: label}", "{}", "[]"])
def test_another_kind_of_measure_fails_as_another_rule_does(measures: str) -> None:
    (wrong,) = measured(measures)
    assert isinstance(wrong, WrongMeasures)
    assert wrong.found == {"beer": MeasureKind.EXCLUDE}


def test_the_kinds_are_shown_where_a_case_fails() -> None:
    from adjudge.answers.trials.view import trial_view

    found = run(
        "version: '1'\ncases:\n  - {case: one, at: 2022-06-01, expect: {ad: {measures: {beer: label}}}}\n"
    )
    (failing,) = trial_view(found.results[0], tongue_of("en")).failing
    assert (failing.expected, failing.found) == ("those of beer (label)", "those of beer (exclude)")


@pytest.mark.parametrize(
    ("measures", "code", "part"),
    [
        ("{beer: ban}", "bad-word", "ban"),
        ("{bear: exclude}", "unknown-rule", "bear"),
        ("{owner: require}", "wrong-subject", "owner"),
    ],
)
def test_a_slip_in_measures_is_a_problem(measures: str, code: str, part: str) -> None:
    _, problems = read(
        f"{HEAD}cases:\n  - {{case: one, at: 2022-06-01, expect: {{ad: {{measures: {measures}}}}}}}\n"
    )
    assert any(item.code == code and part in item.message and item.hint for item in problems), problems
