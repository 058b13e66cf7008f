"""The SQL engine against `adjudge.spec`: verdicts, pairs, measures, referral and errors, on generated cases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adjudge.basis.ids import SubjectId
from adjudge.basis.instant import Instant
from adjudge.engines.sql import leaves, rules, weights
from adjudge.engines.sql.engine import outcomes as by_sql
from adjudge.facts.claim import Claim, Subject
from adjudge.language.package import Rule
from adjudge.outcome import Outcome, agree
from adjudge.spec.resolve import outcomes as by_spec
from tests.differential.test_point import SETS, questions

PARTS = 4


def differing(seed: str) -> Iterator[tuple[int, Outcome, Outcome]]:
    """The number of each case of a seed in which the two differ, and what they found.

    SQL is asked once for all sets of claims, each about people of its own: statements cost more than rows.
    """
    asked = list(questions(seed))
    first = asked[0]
    found = by_sql(
        first.package,
        [_apart(claim, number) for number, question in enumerate(asked) for claim in question.claims],
        [_named(item, number) for number, question in enumerate(asked) for item in question.subjects],
        valid_at=first.valid_at,
        known_at=first.known_at,
        territory=first.territory,
    )
    by_name = {outcome.subject: outcome for outcome in found}
    assert list(by_name) == sorted(by_name)
    for number, question in enumerate(asked):
        others = by_spec(
            question.package,
            question.claims,
            question.subjects,
            valid_at=question.valid_at,
            known_at=question.known_at,
            territory=question.territory,
        )
        for other in others:
            one = replace(by_name[_of(other.subject, number)], subject=other.subject)
            if not agree(one, other):
                yield number, one, other


def _of(name: SubjectId, number: int) -> SubjectId:
    return SubjectId(f"{number}/{name}")


def _apart(claim: Claim, number: int) -> Claim:
    return replace(claim, subject=_of(claim.subject, number))


def _named(subject: Subject, number: int) -> Subject:
    advertiser = _of(subject.advertiser, number) if subject.advertiser else None
    return replace(subject, id=_of(subject.id, number), advertiser=advertiser)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_sql_engine_agrees_with_the_spec_on_twenty_four_hundred_cases(part: int) -> None:
    for number in range(part, 120, PARTS):
        assert not list(differing(f"sql {number}")), f"sql {number}"


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_the_sql_engine_agrees_with_the_spec_on_forty_thousand_cases(part: int) -> None:
    for number in range(part, 2_000, 20):
        assert not list(differing(f"sql, many {number}")), f"sql, many {number}"


def cases_until_found(most: int = 40) -> int:
    """How many cases it takes until a planted bug shows."""
    for number in range(most):
        for case, _, _ in differing(f"planted {number}"):
            return number * (SETS + 1) + case + 1
    pytest.fail("the planted bug was not found")


def test_an_interval_that_includes_its_end_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = weights.has_come

    def later(name: str, at: Instant) -> str:
        return honest(name, Instant(at.nanos - 1) if name in {"ends", "withdrawn"} else at)

    monkeypatch.setattr(weights, "has_come", later)
    assert cases_until_found() < 800


def test_a_corroboration_by_one_origin_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    by_any = weights.SETTLED.replace(f"MIN({weights.ORIGIN}) < MAX({weights.ORIGIN})", "COUNT(*) > 1")
    assert by_any != weights.SETTLED
    monkeypatch.setattr(weights, "SETTLED", by_any)
    assert cases_until_found() < 800


def test_the_least_weight_for_the_greatest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "SETTLED", weights.SETTLED.replace("ELSE MAX(weight)", "ELSE MIN(weight)"))
    assert cases_until_found() < 800


def test_a_negation_that_leaves_the_halves_in_place_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def complement(table: str, query: str) -> str:
        plain = leaves.mask("pro", "contra")
        return (
            f"CREATE OR REPLACE TEMP TABLE {table} AS "  # noqa: S608 - of a test
            f"SELECT subject, {plain} AS plain, 1023 - {plain} AS turned FROM ({query}) AS weighed"
        )

    monkeypatch.setattr("adjudge.engines.sql.engine.masks_of_leaf", complement)
    assert cases_until_found() < 400


def test_an_exception_in_dispute_that_is_ignored_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = rules.after_exceptions

    def ignoring(rule: Rule, unless: list[int]) -> str:
        return honest(rule, unless).replace(f"THEN {rules.CONTESTED} ELSE", f"THEN {rules.MET} ELSE")

    monkeypatch.setattr(rules, "after_exceptions", ignoring)
    assert cases_until_found() < 800


def test_no_statement_holds_a_text_that_somebody_wrote() -> None:
    """Whatever facts, rules and values are called: a statement is made of numbers."""
    from adjudge.engines.bulk.plan import plan_of
    from adjudge.engines.sql.general import SIGNATURE

    for question in list(questions("sql texts"))[:1]:
        for rule in question.package.rules:
            plan = plan_of(
                question.package, rule.subject, question.valid_at, question.known_at, question.territory
            )
            steps = rules.steps_query(plan)
            told = SIGNATURE + rules.outcomes_query(plan, rules.verdicts_query(plan, steps))
            assert rule.id not in told
            assert not any(str(fact.full_name) in told for fact in plan.facts)
