"""What an outcome calls for: only met rules yield measures, doubt leads to a person or a request."""

import json
from typing import Any

import pytest

from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.decisions.adjudicate import Because, Decision, Disposition, adjudicate
from adjudge.spec.resolve import outcomes

VOCABULARY = "{vocabulary: v, version: 1, facts: {advertiser: {a: {type: bool}, b: {type: bool}}}}"


def rule(name: str, when: str, **more: object) -> dict[str, Any]:
    return {
        "id": name,
        "subject": "advertiser",
        "kind": "prohibition",
        "territory": "worldwide",
        "when": when,
        "standard": "corroborated",
        "measure": {"exclude": {}},
        **more,
    }


def decided(rules: list[dict[str, Any]], **weights: tuple[int, int]) -> Decision:
    """`a=(4, 2)`: claimed true at 4 and false at 2."""
    claims = [
        {
            "id": f"{name}-{value}",
            "subject": "s",
            "fact": f"advertiser.{name}",
            "value": value,
            "stance": "asserts",
            "weight": weight,
            "origin": f"{name}-{value}",
            "recorded_at": "2020-01-01",
        }
        for name, pair in weights.items()
        for value, weight in zip((True, False), pair, strict=True)
        if weight
    ]
    package = {
        "package": "p",
        "version": "1",
        "language": 1,
        "vocabulary": "v",
        "published_at": "2020-01-01",
        "rules": rules,
    }
    line = {
        "vocabulary": VOCABULARY,
        "package": json.dumps(package),
        "claims": claims,
        "subjects": [{"id": "s", "kind": "advertiser"}],
        "valid_at": "2021-01-01",
        "known_at": "2021-01-01",
    }
    log = ProblemLog()
    question = read_question(json.dumps(line), log)
    assert question is not None, log.problems
    (outcome,) = outcomes(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=None,
    )
    return adjudicate(outcome, question.package.rules)


@pytest.mark.parametrize(
    ("pair", "on_unproven", "expected"),
    [
        ((0, 0), "refer", Disposition.NO_MEASURE),  # unknown is no permission, and no referral either
        ((0, 4), "refer", Disposition.NO_MEASURE),
        ((2, 0), "nothing", Disposition.NO_MEASURE),
        ((2, 0), "request_evidence", Disposition.REQUEST_EVIDENCE),
        ((2, 0), "refer", Disposition.REFER),
        ((4, 4), "nothing", Disposition.REFER),
        ((4, 0), "nothing", Disposition.MEASURE),
        ((5, 4), "nothing", Disposition.MEASURE),
    ],
)
def test_only_what_is_met_yields_a_measure(
    pair: tuple[int, int], on_unproven: str, expected: Disposition
) -> None:
    found = decided([rule("r", "advertiser.a", on_unproven=on_unproven)], a=pair)
    assert found.disposition is expected
    assert bool(found.measures) is (expected is Disposition.MEASURE)


def test_automation_decides_only_where_the_rule_lets_it() -> None:
    assert decided([rule("r", "advertiser.a", decided_by="automation")], a=(4, 0)).by_person == ()
    (reason,) = decided([rule("r", "advertiser.a")], a=(4, 0)).by_person
    assert reason.because is Because.RULE_ASKS_PERSON


def test_a_signature_is_needed_even_where_automation_decides() -> None:
    found = decided([rule("r", "advertiser.a", decided_by="automation", review=["legal"])], a=(4, 0))
    assert [(reason.because, reason.role) for reason in found.by_person] == [(Because.SIGNATURE, "legal")]


def test_a_contested_rule_sends_the_measure_of_another_to_a_person() -> None:
    rules = [rule("a", "advertiser.a", decided_by="automation"), rule("b", "advertiser.b")]
    found = decided(rules, a=(4, 0), b=(4, 4))
    assert found.disposition is Disposition.MEASURE
    assert [(reason.because, reason.rule) for reason in found.by_person] == [(Because.CONTESTED, "b")]


def test_a_contested_exemption_of_a_met_rule_is_named() -> None:
    exemption = rule("e", "advertiser.b", kind="exemption", exempts=["a"])
    del exemption["measure"]
    found = decided([rule("a", "advertiser.a", decided_by="automation"), exemption], a=(4, 0), b=(4, 4))
    assert [(reason.because, reason.rule) for reason in found.by_person] == [
        (Because.CONTESTED_EXEMPTION, "e")
    ]
