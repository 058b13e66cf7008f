"""Grounds, contrary claims and missing proof on small packages, worked by hand."""

from collections.abc import Iterable
from typing import Any

import pytest

from adjudge.app.exchange import read_question
from adjudge.basis.problem import ProblemLog
from adjudge.facts.settle import live, settle
from adjudge.outcome import Verdict
from adjudge.reasons.explain import Explanation, Reader, explain
from adjudge.spec.resolve import outcome_of, surroundings

VOCABULARY = """
vocabulary: v
version: 1
taxonomies: {product: {goods: {beer: {}, wine: {}}, service: {}}}
facts:
  advertiser:
    a: {type: bool}
    b: {type: bool}
    c: {type: bool}
    d: {type: bool, complete: true}
    n: {type: int}
    product: {type: code<product>}
    licences: {type: {record: {kind: string, level: int}}, many: true}
"""


def explained(
    when: str, claims: Iterable[dict[str, Any]], standard: str = "corroborated", unless: str = ""
) -> Explanation:
    import json

    exception = f'\n    unless: [{{id: u, when: "{unless}", standard: reported}}]' if unless else ""
    package = f"""
package: p
version: "1"
language: 1
vocabulary: v
published_at: 2020-01-01
rules:
  - id: r
    subject: advertiser
    kind: prohibition
    territory: worldwide
    when: "{when}"
    standard: {standard}{exception}
    measure: {{exclude: {{}}}}
"""
    whole = [
        {
            "id": f"c{i}",
            "subject": "s",
            "stance": "asserts",
            "origin": f"o{i}",
            "recorded_at": "2020-01-01",
            **claim,
        }
        for i, claim in enumerate(claims)
    ]
    line = {
        "vocabulary": VOCABULARY,
        "package": package,
        "claims": whole,
        "subjects": [{"id": "s", "kind": "advertiser"}],
        "valid_at": "2021-01-01",
        "known_at": "2021-01-01",
    }
    log = ProblemLog()
    question = read_question(json.dumps(line), log)
    assert question is not None, log.problems
    current = live(question.claims, question.valid_at, question.known_at)
    reader = Reader(current, settle(current), surroundings(question.package, question.valid_at))
    (subject,) = question.subjects
    (rule,) = question.package.rules
    (found,) = outcome_of(subject, [rule], reader.view, reader.around).rules
    return explain(rule, found, subject, reader)


def fact(name: str, value: object, weight: int, **more: object) -> dict[str, Any]:
    return {"fact": f"advertiser.{name}", "value": value, "weight": weight, **more}


def grounds(explanation: Explanation) -> list[str]:
    assert explanation.outcome.verdict is Verdict.MET
    assert explanation.grounds is not None
    return [claim.id for claim in explanation.grounds.claims]


def contrary(explanation: Explanation) -> list[str]:
    return [item.claim.id for item in explanation.contrary]


def test_one_heavy_claim_is_preferred_to_two_that_corroborate() -> None:
    assert grounds(
        explained("advertiser.a", [fact("a", True, 2), fact("a", True, 2), fact("a", True, 4)])
    ) == ["c2"]


def test_two_claims_that_corroborate_are_both_grounds() -> None:
    assert grounds(explained("advertiser.a", [fact("a", True, 2), fact("a", True, 2)])) == ["c0", "c1"]


def test_of_equal_claims_the_earlier_recorded_is_named() -> None:
    claims = [fact("a", True, 4, recorded_at="2020-06-01"), fact("a", True, 4, recorded_at="2020-05-01")]
    assert grounds(explained("advertiser.a", claims)) == ["c1"]


def test_every_conjunct_needs_its_ground_and_one_disjunct_suffices() -> None:
    claims = [fact("a", True, 4), fact("b", True, 4), fact("c", True, 4)]
    assert grounds(explained("advertiser.a && (advertiser.b || advertiser.c)", claims)) == ["c0", "c1"]


def test_grounds_outweigh_what_counts_against() -> None:
    # 3 alone reaches the standard but not past the opposition of 3; 4 is needed.
    claims = [fact("a", True, 3), fact("a", True, 4), fact("a", False, 3)]
    explanation = explained("advertiser.a", claims)
    assert grounds(explanation) == ["c1"]
    assert contrary(explanation) == ["c2"]


def test_under_a_negation_a_denial_is_a_ground() -> None:
    claims = [fact("product", "beer", 4, stance="denies")]
    assert grounds(explained("!(advertiser.product == 'beer')", claims)) == ["c0"]


def test_a_product_that_fits_one_alternative_does_not_count_against() -> None:
    claims = [fact("product", "beer", 4)]
    explanation = explained("advertiser.product == 'beer' || advertiser.product == 'wine'", claims)
    assert grounds(explanation) == ["c0"]
    assert contrary(explanation) == []


def test_a_value_outside_one_conjunct_counts_against() -> None:
    explanation = explained("advertiser.n > 5 && advertiser.n < 10", [fact("n", 20, 4)])
    assert contrary(explanation) == ["c0"]


def test_what_supports_an_exception_counts_against_the_rule() -> None:
    explanation = explained("advertiser.a", [fact("a", True, 4), fact("b", True, 1)], unless="advertiser.b")
    assert grounds(explanation) == ["c0"]
    assert [(item.claim.id, item.parts) for item in explanation.contrary] == [("c1", ("u",))]


def test_a_claim_that_keeps_an_exception_down_is_a_ground() -> None:
    claims = [fact("a", True, 4), fact("b", True, 2), fact("b", False, 2)]
    # The exception stands at (2,2): contested, so the rule is not met and has no grounds.
    explanation = explained("advertiser.a", claims, unless="advertiser.b")
    assert explanation.outcome.verdict is Verdict.CONTESTED
    assert explanation.grounds is None


def test_a_fitting_record_is_a_ground_and_another_is_shown_with_what_it_fails() -> None:
    claims = [
        fact("licences", {"kind": "x", "level": 3}, 4),
        fact("licences", {"kind": "y", "level": 9}, 4),
    ]
    explanation = explained("advertiser.licences.exists(l, l.kind == 'x' && l.level > 2)", claims)
    assert grounds(explanation) == ["c0"]
    (unfitting,) = explanation.unfitting
    text = explanation.rule.when.text
    assert unfitting.claim.id == "c1"
    assert [text[place.start : place.end] for place in unfitting.failed] == ["l.kind == 'x'"]


def test_a_claim_that_there_is_no_other_counts_against_exists_and_for_all() -> None:
    claims = [
        fact("licences", {"kind": "x", "level": 3}, 4),
        {"fact": "advertiser.licences", "none": True, "weight": 4},
    ]
    assert contrary(explained("advertiser.licences.exists(l, l.level > 5)", claims)) == ["c1"]
    assert grounds(explained("advertiser.licences.all(l, l.level < 5)", claims)) == ["c1"]


def test_the_record_that_is_silent_is_named() -> None:
    explanation = explained("!advertiser.d", [])
    assert grounds(explanation) == []
    assert explanation.silent == ("advertiser.d",)


@pytest.mark.parametrize(
    ("when", "claims", "expected"),
    [
        ("advertiser.a", [], [["advertiser.a"]]),
        ("advertiser.a && advertiser.b", [fact("a", True, 4)], [["advertiser.b"]]),
        ("advertiser.a || advertiser.b", [], [["advertiser.a"], ["advertiser.b"]]),
        (
            "advertiser.a && (advertiser.b || advertiser.c)",
            [],
            [["advertiser.a", "advertiser.b"], ["advertiser.a", "advertiser.c"]],
        ),
        ("!(advertiser.a || advertiser.b)", [], [["advertiser.a", "advertiser.b"]]),
        ("!(advertiser.a && advertiser.b)", [], [["advertiser.a"], ["advertiser.b"]]),
        ("advertiser.a && advertiser.b", [fact("a", True, 2)], [["advertiser.a", "advertiser.b"]]),
    ],
)
def test_missing_proof_is_the_minimal_sets(
    when: str, claims: list[dict[str, Any]], expected: list[list[str]]
) -> None:
    explanation = explained(when, claims)
    text = explanation.rule.when.text
    found = [[text[a.place.start : a.place.end] for a in chosen] for chosen in explanation.missing.sets]
    assert found == expected


def test_what_is_refuted_or_contested_lacks_no_proof() -> None:
    assert explained("advertiser.a", [fact("a", False, 2)]).missing.sets == ()
    assert explained("advertiser.a", [fact("a", True, 4), fact("a", False, 4)]).missing.sets == ()


def test_many_claims_do_not_make_the_search_endless() -> None:
    claims = [fact("n", i, 2) for i in range(200)]
    explanation = explained("advertiser.n >= 0 && advertiser.n < 1000", claims, standard="reported")
    assert len(grounds(explanation)) == 1
