"""`adjudge.spec` against a second reading of the page. Where the two differ, the page decides who is right."""

import pytest
from hypothesis import HealthCheck, given, settings

from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.outcome import exchange_form
from adjudge.spec.resolve import outcomes
from tests.differential import naive
from tests.generators.cases import Case, seeded_case
from tests.generators.strategies import cases

PARTS = 4


def both_readings(case: Case) -> tuple[object, object]:
    log = ProblemLog()
    question = read_question(case.line(), log)
    assert question is not None, [problem.message for problem in log.problems]
    found = outcomes(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )
    return [exchange_form(item) for item in found], naive.outcomes(question)


@pytest.mark.parametrize("part", range(PARTS))
def test_two_readings_of_the_page_agree_on_two_thousand_cases(part: int) -> None:
    for number in range(part, 2000, PARTS):
        spec, second = both_readings(seeded_case(f"reading {number}"))
        assert spec == second, f"seeded_case('reading {number}')"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_two_readings_of_the_page_agree_on_fifty_thousand_cases(part: int) -> None:
    for number in range(part, 50_000, PARTS):
        spec, second = both_readings(seeded_case(number))
        assert spec == second, f"seeded_case({number})"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_two_readings_agree_on_cases_that_can_be_shrunk(case: Case) -> None:
    spec, second = both_readings(case)
    assert spec == second
