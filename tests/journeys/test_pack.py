"""The tests that come with the policy: all pass, and nothing in the version under test goes without one."""

from functools import cache
from pathlib import Path

from adjudge.app.trials import TrialRun, Wanted, run_tests
from adjudge.basis.problem import ProblemLog
from adjudge.trials.coverage import VersionCoverage, coverage_of

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "policies" / "ads-standard"


@cache
def run() -> TrialRun:
    log = ProblemLog()
    found = run_tests(Wanted(PACK), log)
    assert [f"{problem.file}:{problem.line}: {problem.message}" for problem in log.problems] == []
    assert found is not None
    return found


def latest() -> VersionCoverage:
    """What the tests show of the version that was published last."""
    version = max(run().policy.packages, key=lambda package: package.published_at).version
    return next(item for item in coverage_of(run().results) if item.package.version == version)


def test_every_case_passes() -> None:
    failing = [
        f"{result.file.name}: {item.trial.id}"
        for result in run().results
        for item in result.results
        if item.failing
    ]
    assert failing == []
    assert sum(len(result.results) for result in run().results) > 100


def test_every_rule_is_named_by_a_case() -> None:
    assert [str(rule.rule) for rule in latest().rules if not rule.is_named] == []


def test_every_verdict_of_every_rule_is_shown_or_declared_impossible() -> None:
    missing = [f"{rule.rule}: {verdict}" for rule in latest().rules for verdict in rule.missing]
    assert missing == []


def test_every_exception_is_seen_established_contested_and_short_of_it() -> None:
    missing = [
        f"{rule.rule} / {name}: {way}" for rule in latest().rules for name, way in rule.missing_exceptions
    ]
    assert missing == []


def test_every_rule_has_a_boundary_that_its_verdict_crosses() -> None:
    crossed = {crossing.rule for pairing in latest().pairings for crossing in pairing.crossings}
    assert sorted({rule.rule for rule in latest().rules} - crossed) == []
