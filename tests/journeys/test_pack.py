"""The tests that come with the policy: all pass, and nothing in any version goes without one."""

import re
from functools import cache
from pathlib import Path

from adjudge.app.trials import TrialRun, Wanted, run_tests
from adjudge.basis.problem import ProblemLog
from adjudge.language.package import RuleKind
from adjudge.trials.coverage import VersionCoverage, coverage_of

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "policies" / "ads-standard"
DECISION = ROOT / "docs" / "decisions" / "0013-what-rules-of-the-pack-leave-out.md"


@cache
def run() -> TrialRun:
    log = ProblemLog()
    found = run_tests(Wanted(PACK), log)
    assert [f"{problem.file}:{problem.line}: {problem.message}" for problem in log.problems] == []
    assert found is not None
    return found


@cache
def versions() -> tuple[VersionCoverage, ...]:
    """What the tests show of each version."""
    return coverage_of(run().results)


def latest() -> VersionCoverage:
    """Of the version that was published last."""
    return versions()[-1]


def test_every_case_passes() -> None:
    failing = [
        f"{result.file.name}: {item.trial.id}"
        for result in run().results
        for item in result.results
        if item.failing
    ]
    assert failing == []
    assert sum(len(result.results) for result in run().results) > 100


def test_every_version_is_tested() -> None:
    published = sorted(run().policy.packages, key=lambda package: package.published_at)
    assert [version.package.version for version in versions()] == [package.version for package in published]


def test_every_rule_of_every_version_is_named_by_a_case() -> None:
    missing = [
        f"{version.package.version} {rule.rule}"
        for version in versions()
        for rule in version.rules
        if not rule.is_named
    ]
    assert missing == []


def test_every_verdict_of_every_rule_is_shown_or_declared_impossible() -> None:
    missing = [
        f"{version.package.version} {rule.rule}: {verdict}"
        for version in versions()
        for rule in version.rules
        for verdict in rule.missing
    ]
    assert missing == []


def test_every_exception_is_seen_established_contested_and_short_of_it() -> None:
    missing = [
        f"{version.package.version} {rule.rule} / {name}: {way}"
        for version in versions()
        for rule in version.rules
        for name, way in rule.missing_exceptions
    ]
    assert missing == []


def test_every_rule_has_a_boundary_that_its_verdict_crosses() -> None:
    missing = [
        f"{version.package.version} {rule.rule}"
        for version in versions()
        for rule in version.rules
        if rule.rule not in {item.rule for pairing in version.pairings for item in pairing.crossings}
    ]
    assert missing == []


def named_in(part: str) -> set[str]:
    """The rules that a part of the decision record names."""
    text = DECISION.read_text(encoding="utf-8")
    section = text.split(f"**{part}.**")[1].split("**")[0]
    return set(re.findall(r"`([a-z-]+)`", section))


def test_the_record_says_of_every_rule_without_time_to_cure_or_exception_why_it_has_none() -> None:
    rules = [rule for rule in latest().package.rules if rule.kind is not RuleKind.EXEMPTION]
    assert named_in("No time to cure") == {rule.id for rule in rules if rule.cure_days is None}
    assert named_in("No exception") == {rule.id for rule in rules if not rule.unless}
