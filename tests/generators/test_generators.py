"""A generator that never makes what it is meant to make lets every property hold."""

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from adjudge.app.exchange import Question, read_question
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.node import Scalar
from adjudge.facts.claim import Claim, NoOther
from adjudge.facts.type import CodeType, RecordType, Simple
from adjudge.language import core
from adjudge.language.expression.parser import parse
from adjudge.language.expression.syntax import Syntax, children
from adjudge.language.package import MeasureKind, OnUnproven, RuleKind
from adjudge.outcome import Verdict
from adjudge.spec.resolve import outcomes
from tests.generators.cases import Case, seeded_case
from tests.generators.chooser import Seeded
from tests.generators.conditions import ill_typed
from tests.generators.plan import World, as_yaml, vocabulary_tree, world
from tests.generators.reading import read_condition
from tests.generators.strategies import cases, ill_typed_conditions

SEEDS = range(1500)


def question_of(case: Case) -> Question:
    log = ProblemLog()
    question = read_question(case.line(), log)
    assert question is not None, [(p.code, p.message, p.span and p.span.excerpt()) for p in log.problems]
    return question


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """Read the cases of the seeds; that they can be read is a test of its own below."""
    return [question_of(seeded_case(seed)) for seed in SEEDS]


def test_every_seeded_case_is_well_formed_and_well_typed(questions: list[Question]) -> None:
    assert len(questions) == len(SEEDS)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_every_drawn_case_is_well_formed_and_well_typed(case: Case) -> None:
    question_of(case)


def test_a_seed_gives_the_same_case_twice() -> None:
    assert seeded_case(7).line() == seeded_case(7).line()


def test_no_ill_typed_condition_is_accepted() -> None:
    for seed in range(1500):
        chooser = Seeded(f"ill-typed {seed}")
        plan = world(chooser)
        text = ill_typed(chooser, plan, "ad" if seed % 2 else "advertiser")
        log = ProblemLog()
        assert read_condition(plan, text, "ad" if seed % 2 else "advertiser", log) is None, text
        assert log.refuses


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(ill_typed_conditions())
def test_no_drawn_ill_typed_condition_is_accepted(drawn: tuple[World, str]) -> None:
    log = ProblemLog()
    assert read_condition(*drawn, "ad", log) is None
    assert log.refuses


def core_nodes(node: core.Condition | core.Expr) -> Iterator[core.Condition | core.Expr]:
    yield node
    below: tuple[core.Condition | core.Expr, ...]
    match node:
        case core.And() | core.Or():
            below = node.operands
        case core.Not():
            below = (node.operand,)
        case core.Quantified():
            below = (node.body,)
        case core.Atom():
            below = (node.expr,)
        case core.Member():
            below = (node.value,)
        case core.Has():
            below = ()
        case _:
            below = core.parts(node)
    for child in below:
        yield from core_nodes(child)


def conditions_of(question: Question) -> Iterator[core.Condition]:
    for rule in question.package.rules:
        for written in rule.conditions:
            yield written.core


def test_every_node_kind_and_operator_occurs(questions: list[Question]) -> None:
    kinds: Counter[str] = Counter()
    operators: Counter[core.Operator] = Counter()
    for question in questions:
        for condition in conditions_of(question):
            for node in core_nodes(condition):
                kinds[type(node).__name__] += 1
                if isinstance(node, core.Operation):
                    operators[node.operator] += 1
    # `ListMacro` is of plain CEL only.
    wanted = {*core.Condition.__args__, *core.Expr.__args__} - {core.ListMacro}
    assert {kind.__name__ for kind in wanted} <= set(kinds)
    assert set(core.Operator) == set(operators)


def test_every_shape_of_quantifier_and_atom_occurs(questions: list[Question]) -> None:
    found: Counter[str] = Counter()
    for question in questions:
        for condition in conditions_of(question):
            for node in core_nodes(condition):
                if isinstance(node, core.Quantified):
                    negated = isinstance(node.body, core.Not)
                    found[f"{'all' if node.every else 'exists'}{' !' if negated else ''}"] += 1
                    found["body with facts"] += bool(core.facts_of(node.body))
                if isinstance(node, core.Atom):
                    found["atom over several facts"] += len(node.facts) > 1
                    found["atom without facts"] += not node.facts
    shapes = {
        "all",
        "all !",
        "exists",
        "exists !",
        "body with facts",
        "atom over several facts",
        "atom without facts",
    }
    assert shapes <= {shape for shape, count in found.items() if count}


def test_every_type_occurs_with_one_and_with_many_values(questions: list[Question]) -> None:
    found = {
        (type(fact.type) if isinstance(fact.type, CodeType | RecordType) else fact.type, fact.many)
        for question in questions
        for fact in question.package.vocabulary.facts.values()
    }
    assert found == {(kind, many) for kind in (*Simple, CodeType, RecordType) for many in (True, False)}


def test_every_verdict_occurs_and_every_kind_of_rule_is_met(questions: list[Question]) -> None:
    verdicts: Counter[Verdict] = Counter()
    kinds, measures, errors, referred = set(), set(), 0, 0
    for question in questions:
        rules = {rule.id: rule for rule in question.package.rules}
        for outcome in outcomes(
            question.package,
            question.claims,
            question.subjects,
            valid_at=question.valid_at,
            known_at=question.known_at,
            territory=question.territory,
        ):
            referred += outcome.referred
            measures |= {kind for _, kind in outcome.measures}
            for item in outcome.rules:
                verdicts[item.verdict] += 1
                errors += bool(item.failures)
                if item.verdict is Verdict.MET:
                    kinds.add(rules[item.rule].kind)
    assert set(verdicts) == set(Verdict)
    assert min(verdicts.values()) > 10
    assert kinds == set(RuleKind)
    assert measures == set(MeasureKind)
    assert errors > 20
    assert referred > 20


def claim_shapes(claim: Claim, question: Question) -> Iterator[str]:
    valid, known = question.valid_at, question.known_at
    yield f"{claim.stance.value} with weight {claim.weight}"
    if isinstance(claim.value, NoOther):
        yield "none"
    if claim.recorded_at > known:
        yield "future"
    if claim.recorded_at == known:
        yield "recorded at K"
    if claim.withdrawn_at is not None:
        yield "withdrawn at K" if claim.withdrawn_at == known else "withdrawn before or after K"
    if claim.holds.start == valid:
        yield "holds from V"
    if claim.holds.end == valid:
        yield "holds to V"
    if claim.holds.start is not None and claim.holds.start.nanos == valid.nanos + 1:
        yield "holds from a nanosecond after V"


def test_every_shape_of_claim_occurs(questions: list[Question]) -> None:
    found = {
        shape
        for question in questions
        for claim in question.claims
        for shape in claim_shapes(claim, question)
    }
    assert found >= {f"{stance} with weight {n}" for stance in ("asserts", "denies") for n in range(1, 6)}
    assert found >= {
        "none",
        "future",
        "recorded at K",
        "withdrawn at K",
        "withdrawn before or after K",
        "holds from V",
        "holds to V",
        "holds from a nanosecond after V",
    }


def test_origins_meet_contradictions_occur_and_facts_are_silent(questions: list[Question]) -> None:
    same_origin = other_origin = contradicted = denied = silent = repeated = 0
    for question in questions:
        for fact in question.package.vocabulary.facts:
            about = [claim for claim in question.claims if claim.fact == fact]
            silent += not about
            pairs = [(a, b) for i, a in enumerate(about) for b in about[:i]]
            agreeing = [(a, b) for a, b in pairs if a.value == b.value and a.stance is b.stance]
            same_origin += any(a.origin == b.origin for a, b in agreeing)
            other_origin += any(a.origin != b.origin for a, b in agreeing)
            contradicted += any(a.value != b.value and a.stance is b.stance for a, b in pairs)
            denied += any(a.value == b.value and a.stance is not b.stance for a, b in pairs)
    for seed in SEEDS:
        ids = [claim["id"] for claim in seeded_case(seed).claims]
        repeated += len(ids) != len(set(map(str, ids)))
    assert min(same_origin, other_origin, contradicted, denied, silent, repeated) > 20


def test_packages_have_everything_that_rules_can_have(questions: list[Question]) -> None:
    rules = [rule for question in questions for rule in question.package.rules]
    for trait in ("unless", "overrides", "exempts", "review", "cure_days"):
        assert sum(bool(getattr(rule, trait)) for rule in rules) > 20, trait
    assert {rule.on_unproven for rule in rules} == set(OnUnproven)
    assert any(rule.territory for rule in rules)
    assert any(
        rule.in_force.start == question.valid_at for question in questions for rule in question.package.rules
    )
    assert any(
        rule.in_force.end == question.valid_at for question in questions for rule in question.package.rules
    )
    assert any(question.package.published_at > question.known_at for question in questions)


def test_texts_have_superfluous_brackets_comments_and_all_literals() -> None:
    texts = [str(rule["when"]) for seed in SEEDS for rule in seeded_case(seed).rules]
    for wanted in ("( ", "// and", '"""', "'''", "r'", "0x10", "1e3", "\\u00e9", "'FR',]"):
        assert any(wanted in text for text in texts), wanted
    trees: list[Syntax] = [parse(text) for text in texts[:200]]
    assert max(depth_of(tree) for tree in trees) > 5


def depth_of(node: Syntax) -> int:
    return 1 + max((depth_of(child) for child in children(node)), default=0)


def test_vocabularies_are_written_as_yaml_that_json_readers_take_too() -> None:
    text = as_yaml(vocabulary_tree(world(Seeded(1))))
    assert text.startswith("{")
    assert Scalar(text, plain=False, span=None, path="").kind == "text"
