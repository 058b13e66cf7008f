"""An answer is given only where engine and spec agree; a difference is a loud bug."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.answers.answer import Asked
from adjudge.app.decide import decide
from adjudge.app.on_files import LoadedCase, load_case
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Pair
from adjudge.cli.errors import BUG
from adjudge.cli.main import main
from adjudge.engines.point.engine import outcomes as by_point
from adjudge.errors import BugError
from adjudge.facts.claim import Claim, Subject
from adjudge.language.package import Package
from adjudge.outcome import Outcome
from adjudge.spec.resolve import outcomes as by_spec

CASE = Path(__file__).resolve().parents[3] / "examples" / "cases" / "kaspersky-2018"


def loaded() -> LoadedCase:
    found = load_case(CASE, ProblemLog())
    assert found is not None
    return found


def asked(day: str, territory: str | None = None) -> Asked:
    at = parse_instant(day)
    assert at is not None
    return Asked(valid_at=at, known_at=at, territory=territory)


def lying(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """An engine that is wrong by one weight in one rule."""
    found = by_point(package, claims, subjects, valid_at=valid_at, known_at=known_at, territory=territory)
    first, *rest = found
    rule, *rules = first.rules
    return [replace(first, rules=(replace(rule, pair=Pair(5, 0)), *rules)), *rest]


def test_a_difference_between_engine_and_spec_raises_and_gives_no_answer() -> None:
    with pytest.raises(BugError, match="differ on `ad-antivirus`"):
        decide(loaded(), asked("2024-10-01", "US"), ProblemLog(), lying)


def silent(
    package: Package,
    claims: Iterable[Claim],
    subjects: Iterable[Subject],
    *,
    valid_at: Instant,
    known_at: Instant,
    territory: str | None,
) -> list[Outcome]:
    """An engine that leaves out a subject."""
    return by_point(package, claims, subjects, valid_at=valid_at, known_at=known_at, territory=territory)[1:]


def test_an_engine_that_leaves_out_a_subject_gives_no_answer() -> None:
    with pytest.raises(BugError, match="every subject"):
        decide(loaded(), asked("2024-10-01"), ProblemLog(), silent)


def test_the_command_says_that_it_is_a_bug_and_exits_with_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("adjudge.app.decide.by_point", lying)
    monkeypatch.setattr(decide, "__defaults__", (lying,))
    assert main(["decide", str(CASE), "--as-of", "2024-10-01"]) == BUG
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "please report this" in printed.err
    assert BUG == 3


@pytest.mark.parametrize("day", ["2018-01-31", "2018-04-23", "2019-09-20", "2024-10-01"])
def test_engine_and_spec_give_one_answer_to_the_founding_case(day: str) -> None:
    assert decide(loaded(), asked(day), ProblemLog(), by_spec) == decide(
        loaded(), asked(day), ProblemLog(), by_point
    )
