"""The point engine against `adjudge.spec`: verdicts, pairs, measures, referral and errors, on generated cases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adjudge.app.exchange import Question, read_question
from adjudge.basis.mask import mask_of
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.engines.point import engine, unit
from adjudge.engines.point.engine import PointEngine
from adjudge.engines.point.source import Writer
from adjudge.facts.claim import Claim
from adjudge.facts.claim_reader import ClaimReader
from adjudge.facts.settle import live
from adjudge.outcome import Outcome, Verdict, agree
from adjudge.spec.resolve import outcomes as by_spec
from tests.generators.cases import case_with_claim_sets

SETS = 19
"""Further sets of claims for each package, so that a seed gives twenty cases."""
PARTS = 4


def plain(tree: object) -> Plain:
    """A tree of the generators, whose numbers are whole, as the JSON reader gives it."""
    found: Plain = tree  # type: ignore[assignment]  # the generators' Json has floats in its type, and makes none
    return found


def questions(seed: str) -> Iterator[Question]:
    case, more = case_with_claim_sets(seed, SETS)
    log = ProblemLog()
    question = read_question(case.line(), log)
    assert question is not None, log.problems
    yield question
    reader = ClaimReader(question.package.vocabulary, log)
    for trees in more:
        claims = tuple(reader.read_all([node_of(plain(tree), "claim") for tree in trees]))
        assert not log.problems, log.problems
        yield replace(question, claims=claims)


def differing(seed: str) -> Iterator[tuple[int, Outcome, Outcome]]:
    """The number of each case of a seed in which the two differ, and what they found."""
    compiled = None
    for number, question in enumerate(questions(seed)):
        compiled = compiled or PointEngine(question.package)
        valid_at, known_at, territory = question.valid_at, question.known_at, question.territory
        one = compiled.outcomes(
            question.claims, question.subjects, valid_at=valid_at, known_at=known_at, territory=territory
        )
        other = by_spec(
            question.package,
            question.claims,
            question.subjects,
            valid_at=valid_at,
            known_at=known_at,
            territory=territory,
        )
        assert [item.subject for item in one] == [item.subject for item in other]
        yield from ((number, a, b) for a, b in zip(one, other, strict=True) if not agree(a, b))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_point_engine_agrees_with_the_spec_on_twenty_thousand_cases(part: int) -> None:
    for number in range(part, 1_000, PARTS):
        assert not list(differing(f"point {number}")), f"point {number}"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(50))
def test_the_point_engine_agrees_with_the_spec_on_a_million_cases(part: int) -> None:
    for number in range(part, 50_000, 50):
        assert not list(differing(f"million {number}")), f"million {number}"


def cases_until_found(most: int = 500) -> int:
    """How many cases it takes until a planted bug shows."""
    for number in range(most):
        for case, _, _ in differing(f"planted {number}"):
            return number * (SETS + 1) + case + 1
    pytest.fail("the planted bug was not found")


def test_a_missing_fact_taken_for_a_no_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "_silence", lambda *_: mask_of(0, 1))
    assert cases_until_found() < 1_000


def test_an_exception_that_is_contested_and_ignored_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = unit._verdict  # noqa: SLF001 - the bug is planted in it

    def ignoring(*arguments: object) -> Verdict:
        found = honest(*arguments)  # type: ignore[arg-type]  # handed through
        when = arguments[1]
        contested_by_exception = found is Verdict.CONTESTED and when.for_ > when.against  # type: ignore[attr-defined]  # a pair
        return Verdict.MET if contested_by_exception else found

    monkeypatch.setattr(unit, "_verdict", ignoring)
    assert cases_until_found() < 5_000


def test_an_interval_that_includes_its_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_end(claims: tuple[Claim, ...], valid_at: object, known_at: object) -> list[Claim]:
        at_end = [c for c in claims if c.holds.end == valid_at and c.recorded_at <= known_at]  # type: ignore[operator]  # instants
        return [*live(claims, valid_at, known_at), *at_end]  # type: ignore[arg-type]  # instants

    monkeypatch.setattr(engine, "live", with_end)
    assert cases_until_found() < 5_000
