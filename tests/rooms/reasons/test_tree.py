"""The tree of a rule: its pairs are those of the outcome, and each follows from those below."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from adjudge.app.exchange import Question, read_question
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Pair, conjunction, disjunction, negation, outweighs
from adjudge.facts.settle import live, settle
from adjudge.outcome import Failure
from adjudge.reasons.explain import Reader
from adjudge.reasons.roles import Role
from adjudge.reasons.tree import Operator, Part, RuleTree, parts_of, rule_tree
from adjudge.spec.resolve import outcomes, surroundings
from tests.generators.cases import seeded_case

SEEDS = 400
VOCABULARY = """
vocabulary: v
version: 1
facts:
  advertiser:
    a: {type: bool}
    b: {type: bool}
    d: {type: bool, complete: true}
    n: {type: int}
    country: {type: country}
    licences: {type: {record: {kind: string, level: int}}, many: true, complete: true}
    names: {type: string, many: true}
"""


def reader_of(question: Question) -> Reader:
    claims = live(question.claims, question.valid_at, question.known_at)
    return Reader(claims, settle(claims), surroundings(question.package, question.valid_at))


def trees(question: Question) -> Iterator[tuple[RuleTree, Any]]:
    """The tree of every rule in force for every subject, with its outcome by the spec."""
    found = outcomes(
        question.package,
        question.claims,
        question.subjects,
        valid_at=question.valid_at,
        known_at=question.known_at,
        territory=question.territory,
    )
    by_id = {subject.id: subject for subject in question.subjects}
    rules = {rule.id: rule for rule in question.package.rules}
    for outcome in found:
        for item in outcome.rules:
            yield rule_tree(rules[item.rule], by_id[outcome.subject], reader_of(question)), item


def recombined(part: Part) -> Pair:
    below = [item.pair for item in part.below]
    if part.operator is Operator.NOT:
        return negation(below[0])
    return conjunction(below) if part.operator is Operator.AND else disjunction(below)


@cache
def generated() -> tuple[Question, ...]:
    found = (read_question(seeded_case(f"tree {number}").line(), ProblemLog()) for number in range(SEEDS))
    return tuple(question for question in found if question is not None)


def test_every_pair_of_a_tree_follows_from_those_below_and_the_first_is_that_of_the_outcome() -> None:
    seen = joined = erring = 0
    for question in generated():
        for tree, outcome in trees(question):
            assert tree.when.pair == outcome.pair
            assert tuple((item.unless.id, item.root.pair) for item in tree.unless) == outcome.unless
            roots = [("when", tree.when, tree.rule.standard)]
            roots += [(item.unless.id, item.root, item.unless.standard) for item in tree.unless]
            for name, root, standard in roots:
                errors: set[str] = set()
                for part in parts_of(root):
                    seen += 1
                    assert part.reaches == outweighs(part.pair, standard)
                    errors.update(part.errors)
                    if part.below:
                        joined += 1
                        assert part.pair == recombined(part)
                        assert not part.speaking
                reported = {f.reason for f in outcome.failures if isinstance(f, Failure) and f.part == name}
                assert errors == reported
                erring += len(errors)
    assert seen > 2_000
    assert joined > 500
    assert erring


def test_every_claim_of_a_tree_is_live_and_about_a_fact_of_its_leaf() -> None:
    count = 0
    for question in generated():
        current = {c.id for c in live(question.claims, question.valid_at, question.known_at)}
        for tree, _ in trees(question):
            for part in parts_of(tree.when):
                for speaking in part.speaking:
                    count += 1
                    assert speaking.claim.id in current
                    assert speaking.claim.fact in part.facts
    assert count > 500


def test_only_claims_with_a_role_move_a_leaf() -> None:
    """Leaving out all claims that speak for a leaf leaves it no support, unless a complete record gives it some."""
    tried = 0
    for question in generated():
        for tree, _ in trees(question):
            for part in parts_of(tree.when):
                if not part.below and part.facts and not part.silent and part.pair.for_ > 0:
                    tried += 1
                    assert any(Role.FOR in item.roles for item in part.speaking), part
    assert tried > 50


def tree_of(when: str, *claims: dict[str, Any], unless: str = "") -> RuleTree:
    exception = f'\n    unless: [{{id: u, when: "{unless}", standard: reported}}]' if unless else ""
    package = f"""
package: p
version: "1"
language: 1
vocabulary: v
published_at: 2020-01-01
lists:
  gone: [{{values: [FR], from: 2000-01-01, to: 2001-01-01}}]
rules:
  - id: r
    subject: advertiser
    kind: prohibition
    territory: worldwide
    when: "{when}"
    standard: corroborated{exception}
    measure: {{exclude: {{}}}}
"""
    defaults = {"subject": "s", "stance": "asserts", "recorded_at": "2020-01-01"}
    whole = [{"id": f"c{i}", "origin": f"o{i}", **defaults, **claim} for i, claim in enumerate(claims)]
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
    return next(trees(question))[0]


def claim(fact: str, value: object, weight: int, stance: str = "asserts") -> dict[str, Any]:
    return {"fact": f"advertiser.{fact}", "value": value, "weight": weight, "stance": stance}


def roles(part: Part) -> dict[str, str]:
    return {item.claim.id: "+".join(sorted(role.value for role in item.roles)) for item in part.speaking}


def test_a_leaf_shows_who_speaks_for_it_and_who_against_it() -> None:
    part = tree_of("advertiser.a", claim("a", value=True, weight=3), claim("a", value=False, weight=2)).when
    assert roles(part) == {"c0": "for", "c1": "against"}
    assert part.pair == Pair(3, 2)
    assert part.reaches


def test_below_a_not_the_roles_are_those_of_the_leaf_and_the_pair_is_turned_above_it() -> None:
    root = tree_of("!(advertiser.a)", claim("a", value=True, weight=3)).when
    assert root.operator is Operator.NOT
    assert root.pair == Pair(0, 3)
    assert root.below[0].pair == Pair(3, 0)
    assert roles(root.below[0]) == {"c0": "for"}


def test_unequal_is_one_leaf_with_the_roles_of_what_is_written() -> None:
    part = tree_of("advertiser.country != 'FR'", claim("country", "FR", 4), claim("country", "DE", 2)).when
    assert not part.below
    assert part.text == "advertiser.country != 'FR'"
    assert part.pair == Pair(2, 4)
    assert roles(part) == {"c0": "against", "c1": "for"}


def test_a_claim_stands_at_every_leaf_that_reads_it() -> None:
    root = tree_of("advertiser.a && (advertiser.b || advertiser.a)", claim("a", value=True, weight=3)).when
    assert [list(roles(part)) for part in parts_of(root) if not part.below] == [["c0"], [], ["c0"]]
    assert root.below[1].text == "advertiser.b || advertiser.a"


def test_the_parts_of_an_exception_are_measured_by_its_own_standard() -> None:
    tree = tree_of(
        "advertiser.a",
        claim("a", value=True, weight=3),
        claim("b", value=True, weight=2),
        unless="advertiser.b",
    )
    (exception,) = tree.unless
    assert exception.root.pair == Pair(2, 0)
    assert exception.root.reaches


def test_a_complete_record_that_holds_nothing_is_said_to_speak() -> None:
    root = tree_of("advertiser.d || advertiser.a").when
    assert [part.silent for part in root.below] == [("advertiser.d",), ()]


def test_a_complete_record_that_holds_the_value_does_not_speak() -> None:
    assert tree_of("advertiser.d", claim("d", value=True, weight=4)).when.silent == ()
    assert tree_of("advertiser.d", claim("d", value=True, weight=3)).when.silent == ("advertiser.d",)


def test_a_record_that_does_not_fit_is_shown_with_what_it_fails() -> None:
    part = tree_of(
        "advertiser.licences.exists(l, l.kind == 'bank' && l.level > 2)",
        claim("licences", {"kind": "bank", "level": 1}, 4),
    ).when
    assert part.operator is Operator.EXISTS
    (speaking,) = part.speaking
    assert not speaking.roles
    assert speaking.failed == ("l.level > 2",)


def test_claims_for_come_first_then_those_against_then_the_others_each_by_weight() -> None:
    part = tree_of(
        "advertiser.n > 5",
        claim("n", 1, 5),
        claim("n", 9, 2),
        claim("n", 8, 3),
        claim("n", 7, 1, stance="denies"),
    ).when
    assert list(roles(part).items()) == [("c2", "for"), ("c1", "for"), ("c0", "against"), ("c3", "")]


def test_an_error_stands_at_its_leaf_and_is_no_verdict() -> None:
    root = tree_of("advertiser.a || advertiser.country in lists.gone", claim("country", "FR", 4)).when
    assert [bool(part.errors) for part in root.below] == [False, True]
    assert root.below[1].pair == Pair(0, 0)


@pytest.mark.parametrize(
    ("when", "operator"),
    [
        ("advertiser.a && advertiser.b", Operator.AND),
        ("advertiser.a || advertiser.b", Operator.OR),
        ("advertiser.n == 1", Operator.ATOM),
        ("has(advertiser.n)", Operator.HAS),
        ("'x' in advertiser.names", Operator.IN),
        ("advertiser.names.exists(n, n == 'x')", Operator.EXISTS),
        ("advertiser.names.all(n, n != 'x')", Operator.ALL),
    ],
)
def test_every_kind_of_part_is_told_apart(when: str, operator: Operator) -> None:
    assert tree_of(when).when.operator is operator
