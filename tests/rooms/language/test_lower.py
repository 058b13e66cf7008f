"""Author's tree to core: what is an atom, what is refused and what the refusal says. LANGUAGE.md 3.1, 3.6, 3.9."""

import pytest

from adjudge.basis.problem import Problem, ProblemLog
from adjudge.language.core import (
    And,
    Atom,
    Condition,
    Has,
    Member,
    Not,
    Operation,
    Operator,
    Or,
    Quantified,
    facts_of,
    leaves,
)
from tests.generators.plan import FactPlan, World
from tests.generators.reading import read_condition

WORLD = World(
    (
        FactPlan("advertiser", "country", "country"),
        FactPlan("advertiser", "tongue", "language"),
        FactPlan("advertiser", "age", "int"),
        FactPlan("advertiser", "ok", "bool"),
        FactPlan("advertiser", "spend", "money"),
        FactPlan("advertiser", "founded", "date"),
        FactPlan("advertiser", "score", "decimal"),
        FactPlan("advertiser", "name", "string"),
        FactPlan("advertiser", "tags", "string", many=True),
        FactPlan("advertiser", "certs", (("kind", "string"), ("what", "code<product>")), many=True),
        FactPlan("ad", "product", "code<product>"),
        FactPlan("ad", "place", "code<place>"),
        FactPlan("ad", "record", (("kind", "string"), ("level", "int"))),
    ),
    {"l_string": "string", "l_int": "int"},
    {"p_string": "string", "p_int": "int", "p_bool": "bool"},
)


def core(text: str, kind: str = "ad") -> Condition:
    log = ProblemLog()
    found = read_condition(WORLD, text, kind, log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def refused(text: str, kind: str = "ad") -> Problem:
    log = ProblemLog()
    assert read_condition(WORLD, text, kind, log) is None
    assert len(log.problems) == 1, [problem.message for problem in log.problems]
    return log.problems[0]


def test_graded_operators_stand_above_atoms() -> None:
    found = core("advertiser.age > 1 && (advertiser.ok || !has(advertiser.name)) && 'a' in advertiser.tags")
    assert isinstance(found, And)
    assert [type(item) for item in found.operands] == [Atom, Or, Member]
    assert [type(leaf) for leaf in leaves(found)] == [Atom, Atom, Has, Member]
    assert facts_of(found) == ("advertiser.age", "advertiser.name", "advertiser.ok", "advertiser.tags")


def test_logic_below_a_comparison_is_inside_the_atom() -> None:
    found = core("(advertiser.ok && advertiser.age > 1) == true")
    assert isinstance(found, Atom)
    assert found.facts == ("advertiser.age", "advertiser.ok")


def test_unequal_is_not_of_equal_at_every_graded_place() -> None:
    for text in ("advertiser.age != 1", "!(advertiser.age == 1)"):
        found = core(text)
        assert isinstance(found, Not)
        assert found.operand == core("advertiser.age == 1")
    body = core("advertiser.tags.exists(x, x != 'a')")
    assert isinstance(body, Quantified)
    assert isinstance(body.body, Not)


def test_unequal_inside_an_atom_is_an_operator() -> None:
    found = core("advertiser.tags.exists(x, x != 'a' && x != 'b')")
    assert isinstance(found, Quantified)
    assert isinstance(found.body, Atom)
    assert isinstance(found.body.expr, Operation)
    assert {part.operator for part in found.body.expr.arguments if isinstance(part, Operation)} == {
        Operator.UNEQUAL
    }


def test_a_body_of_nots_is_as_many_nots_round_one_atom() -> None:
    found = core("advertiser.tags.all(x, !!(x != 'a'))")
    assert isinstance(found, Quantified)
    assert found.every
    assert isinstance(found.body, Not)
    assert isinstance(found.body.operand, Not)
    assert isinstance(found.body.operand.operand, Not)


def test_text_literals_beside_codes_become_codes_in_canonical_form() -> None:
    assert core("advertiser.tongue == 'FR-fr'") == core("advertiser.tongue == 'fr-FR'")
    assert isinstance(core("'FR' in [advertiser.country]"), Atom)
    assert isinstance(core("'FR' in [advertiser.country, 'DE']"), Atom)
    assert core("advertiser.tongue in ['FR-fr', advertiser.tongue]") == core(
        "advertiser.tongue in ['fr-FR', advertiser.tongue]"
    )
    assert isinstance(core("advertiser.country in lists.l_string && params.p_string == ad.product"), And)


@pytest.mark.parametrize(
    ("text", "code", "start"),
    [
        ("advertiser.aeg > 1", "unknown-name", 1),
        ("campaign.age > 1", "unknown-name", 1),
        ("lists.banned == []", "unknown-name", 1),
        ("advertiser.age > params.least", "unknown-name", 18),
        ("ad.record.levle == 1", "unknown-name", 1),
        ("advertiser.age.x == 1", "type-error", 1),
        ("now", "type-error", 1),
        ("advertiser.age", "type-error", 1),
        ("!advertiser.age", "type-error", 2),
        ("advertiser.age && true", "type-error", 1),
        ("advertiser.age == '1'", "type-error", 1),
        ("advertiser.ok == 1", "type-error", 1),
        ("advertiser.founded == '2019-01-01'", "type-error", 1),
        ("advertiser.spend > 5.0", "type-error", 1),
        ("advertiser.country < 'FR'", "type-error", 1),
        ("ad.product == ad.place", "type-error", 1),
        ("advertiser.age + 1.0 > 2.0", "type-error", 1),
        ("advertiser.score / 2.0 > 1.0", "type-error", 1),
        ("-advertiser.name == 'a'", "type-error", 1),
        ("advertiser.age in ['a']", "type-error", 1),
        ("'FR' in [advertiser.country, 'XX']", "unknown-code", 30),
        ("'FR' in [advertiser.country, advertiser.name]", "type-error", 30),
        ("advertiser.age in advertiser.name", "type-error", 19),
        ("[1, 'a'] == []", "type-error", 5),
        ("advertiser.name.startsWith(1)", "type-error", 28),
        ("advertiser.age.startsWith('1')", "type-error", 1),
        ("size(advertiser.age) == 1", "type-error", 6),
        ("date(1) == advertiser.founded", "type-error", 6),
        ("money('1') == advertiser.spend", "type-error", 1),
        ("advertiser.name.under('a')", "type-error", 1),
        ("ad.product.under()", "type-error", 1),
        ("ad.product.under(ad.place)", "type-error", 18),
        ("has()", "type-error", 1),
        ("has('a')", "type-error", 1),
        ("advertiser.tags.exists(x)", "type-error", 1),
        ("advertiser.tags.exists('x', true)", "type-error", 1),
        ("advertiser.tags.exists(x, x)", "type-error", 27),
        ("advertiser.country == 'France'", "unknown-code", 23),
        ("advertiser.country == 'fr'", "unknown-code", 23),
        ("advertiser.tongue == 'français'", "unknown-code", 22),
        ("ad.product == 'antivirs'", "unknown-code", 15),
        ("ad.product in ['vpn', 'tank']", "unknown-code", 23),
        ("ad.product.under('tank')", "unknown-code", 18),
        ("advertiser.certs.exists(c, c.what == 'tank')", "unknown-code", 38),
        ("advertiser.tags == 'a'", "many-valued-fact", 1),
        ("advertiser.age.exists(x, true)", "many-valued-fact", 1),
        ("[1].exists(x, true)", "many-valued-fact", 1),
        ("advertiser.age in advertiser.tags", "many-valued-fact", 1),
        ("has(advertiser.age) == true", "graded-inside-atom", 1),
        ("(1 in advertiser.tags) == true", "graded-inside-atom", 2),
        ("advertiser.tags.exists(x, has(advertiser.age))", "graded-inside-atom", 27),
        ("advertiser.tags.exists(x, x in advertiser.tags)", "graded-inside-atom", 27),
        ("advertiser.tags.exists(x, advertiser.tags.all(y, true))", "graded-inside-atom", 27),
        ("advertiser.tags.exists(advertiser, true)", "unknown-name", 24),
        ("advertiser.tags.exists(now, true)", "unknown-name", 24),
        ("x == 1", "unknown-name", 1),
        ("advertiser == 1", "unknown-name", 1),
        ("advertiser.tags.map(x, true)", "unsupported-feature", 1),
        ("int('1') == 1", "unsupported-feature", 1),
        ("startsWith('a', 'b')", "unknown-name", 1),
        ("sizes('a') == 1", "unknown-name", 1),
    ],
)
def test_a_refusal_has_a_code_and_a_place(text: str, code: str, start: int) -> None:
    problem = refused(text)
    assert (problem.code, problem.column) == (code, start), problem


def test_a_rule_about_advertisers_does_not_read_facts_of_ads() -> None:
    for text in ("ad.product == 'vpn'", "has(ad.product)"):
        assert refused(text, "advertiser").code == "wrong-subject"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("advertiser.aeg > 1", "did you mean `age`?"),
        ("ad.product == 'antivirs'", "did you mean `antivirus`?"),
        ("advertiser.founded == '2019-01-01'", "write `date('…')`"),
        ("advertiser.age + 1.0 > 2.0", "int and decimal do not mix: write `2.0` for `2`"),
        ("advertiser.tags == 'a'", "write `advertiser.tags.exists(x, …)` or `… in advertiser.tags`"),
    ],
)
def test_a_refusal_says_what_to_write_instead(text: str, hint: str) -> None:
    assert refused(text).hint == hint


def test_all_problems_of_an_expression_are_reported_at_once() -> None:
    log = ProblemLog()
    assert (
        read_condition(WORLD, "advertiser.a == 1 && advertiser.b == 2 || advertiser.age == 'x'", "ad", log)
        is None
    )
    assert [problem.code for problem in log.problems] == ["unknown-name", "unknown-name", "type-error"]
