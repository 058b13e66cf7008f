"""What counts as shown, and what is missing."""

import pytest

from adjudge.basis.weight import Pair
from adjudge.outcome import Verdict
from adjudge.trials.coverage import RuleCoverage, Showing, VersionCoverage, coverage_of, showing
from tests.rooms.trials.policy import LICENCE, run


def covered(cases: str) -> tuple[VersionCoverage, ...]:
    return coverage_of([run(f"cases:\n{cases}")])


def beer(version: VersionCoverage) -> RuleCoverage:
    return next(rule for rule in version.rules if rule.rule == "beer")


MET = "  - {case: met, at: 2020-06-01, expect: {ad: {rules: {beer: met}}}}\n"


def test_a_verdict_counts_where_a_case_names_the_rule_and_finds_what_it_expects() -> None:
    (version,) = covered(MET)
    assert beer(version).counts[Verdict.MET] == 1
    assert Verdict.MET not in beer(version).missing
    assert version.named == 1
    assert (version.shown, version.possible) == (1, 11)


def test_a_verdict_that_was_not_expected_does_not_count() -> None:
    (version,) = covered(MET.replace("beer: met", "beer: unknown"))
    assert not beer(version).is_named


def test_a_verdict_of_a_rule_that_the_case_does_not_name_does_not_count() -> None:
    (version,) = covered(MET)
    assert [rule.rule for rule in version.rules if not rule.is_named] == ["owner"]


def test_without_an_exception_no_rule_can_be_excepted() -> None:
    (version,) = covered(MET)
    owner = next(rule for rule in version.rules if rule.rule == "owner")
    assert Verdict.EXCEPTED not in owner.possible
    assert Verdict.EXCEPTED in beer(version).possible


def test_what_cannot_occur_is_not_missing() -> None:
    (version,) = covered(MET + "never: [{rule: beer, verdict: unknown, why: {en: all products are known}}]\n")
    assert Verdict.UNKNOWN in beer(version).never
    assert Verdict.UNKNOWN not in beer(version).missing
    assert version.possible == 10


def test_an_exception_is_seen_established_contested_and_short_of_it() -> None:
    cases = MET
    for number, weight in enumerate((4, 3)):
        claim = LICENCE.replace("weight: 4", f"weight: {weight}")
        verdict = "excepted" if weight == 4 else "met"
        expected = f"{{ad: {{rules: {{beer: {verdict}}}}}}}"
        cases += f"  - {{case: c{number}, at: 2020-06-01, claims: [{claim}], expect: {expected}}}\n"
    (version,) = covered(cases)
    (exception,) = beer(version).exceptions
    assert exception.counts == {Showing.ESTABLISHED: 1, Showing.CONTESTED: 0, Showing.SHORT: 2}
    assert beer(version).missing_exceptions == (("licensed", Showing.CONTESTED),)
    assert (version.ways_shown, version.ways) == (2, 3)


def test_an_exception_is_not_seen_where_its_rule_is_not_shown() -> None:
    unknown = (
        "  - {case: none, at: 2020-06-01, expect: {ad: {rules: {beer: unproven}}},"
        " claims: [{id: product, subject: ad, fact: ad.beer, value: true, weight: 1}]}\n"
    )
    (version,) = covered(unknown)
    assert not any(beer(version).exceptions[0].counts.values())


def test_every_version_that_was_tested_is_counted_apart() -> None:
    first, second = covered(MET + MET.replace("case: met", "case: later").replace("2020-06", "2022-06"))
    assert [first.package.version, second.package.version] == ["1", "2"]
    assert (first.cases, second.cases) == (1, 1)


def test_a_boundary_is_listed_with_what_crosses_it() -> None:
    (version,) = covered(
        MET
        + f"  - {{case: two, beside: met, with: {LICENCE}, expect: {{ad: {{rules: {{beer: excepted}}}}}}}}\n"
    )
    (pairing,) = version.pairings
    assert pairing.result.trial.id == "two"
    assert [str(crossing.rule) for crossing in pairing.crossings] == ["beer"]


@pytest.mark.parametrize(
    ("pair", "way"),
    [
        (Pair(4, 0), Showing.ESTABLISHED),
        (Pair(4, 3), Showing.ESTABLISHED),
        (Pair(4, 4), Showing.CONTESTED),
        (Pair(5, 5), Showing.CONTESTED),
        (Pair(3, 0), Showing.SHORT),
        (Pair(0, 4), Showing.SHORT),
    ],
)
def test_the_ways_of_an_exception_are_those_of_the_table_of_verdicts(pair: Pair, way: Showing) -> None:
    assert showing(pair, 4) is way
