"""Between atoms the laws of logic hold, for quantifiers too; with nothing but certainty the language is CEL."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Self
from unicodedata import normalize

from adjudge.app.plain_cel import answer_expression
from adjudge.basis.problem import ProblemLog
from adjudge.facts.claim import Claim
from adjudge.language.core import Condition
from adjudge.language.expression.parser import parse
from adjudge.language.expression.printer import print_expression
from adjudge.outcome import Outcome, exchange_form
from tests.generators.chooser import Chooser, Seeded
from tests.generators.claims import AD, ADVERTISER, SUBJECTS
from tests.generators.claims import claims as claim_trees
from tests.generators.conditions import Reach, body, condition
from tests.generators.plan import FactPlan, Json, TypePlan, World, as_yaml, vocabulary_tree, world
from tests.generators.reading import read_claims, read_condition, read_world
from tests.generators.times import times
from tests.generators.values import PLAIN, claimed
from tests.laws.asking import CASES, answers, asked, moment, question_of, weigh_in_world


def read(plan: World, text: str) -> Condition:
    log = ProblemLog()
    found = read_condition(plan, text, "ad", log)
    assert found is not None, (text, [problem.message for problem in log.problems])
    return found


def situations() -> Iterator[tuple[Chooser, World, list[Claim]]]:
    """A world without lists and parameters, and live claims in it."""
    for number in CASES:
        chooser = Seeded(f"logic {number}")
        plan = World(world(chooser, 6).facts)
        when = times(chooser)
        trees = claim_trees(chooser, plan, when)
        bare = [
            {key: tree[key] for key in tree if not key.startswith(("holds", "withdrawn"))} for tree in trees
        ]
        yield chooser, plan, read_claims(plan, bare)


NOW = moment("2019-06-01")


def test_not_not_changes_nothing_and_de_morgan_holds_between_atoms() -> None:
    for chooser, plan, claims in situations():
        vocabulary = read_world(plan)
        one, other = condition(chooser, plan, "ad", 2), condition(chooser, plan, "ad", 1)

        def pair(text: str) -> tuple[int, int]:
            return weigh_in_world(read(plan, text), vocabulary, claims, NOW)  # noqa: B023 - called in its turn

        assert pair(f"!!({one})") == pair(one)
        assert pair(f"!(({one}) && ({other}))") == pair(f"!({one}) || !({other})")
        assert pair(f"!(({one}) || ({other}))") == pair(f"!({one}) && !({other})")


def test_de_morgan_holds_for_quantifiers() -> None:
    seen = 0
    for chooser, plan, claims in situations():
        for fact in (item for item in plan.facts if item.many):
            vocabulary = read_world(plan)
            over = body_over(chooser, plan, fact)
            name = fact.full

            def pair(text: str) -> tuple[int, int]:
                return weigh_in_world(read(plan, text), vocabulary, claims, NOW)  # noqa: B023 - as above

            assert pair(f"!{name}.exists(x, {over})") == pair(f"{name}.all(x, !({over}))")
            assert pair(f"!{name}.all(x, {over})") == pair(f"{name}.exists(x, !({over}))")
            assert pair(f"{name}.all(x, !!({over}))") == pair(f"{name}.all(x, {over})")
            seen += 1
    assert seen > 1000


def body_over(chooser: Chooser, plan: World, fact: FactPlan) -> str:
    """A body over the variable, by way of the grammar, without its quantifier."""
    single = tuple(item for item in plan.facts if not item.many) if chooser.chance(50) else ()
    return body(Reach(chooser, plan, single, ("x", fact.type)), 1).text


def test_unequal_is_not_equal_everywhere() -> None:
    seen = 0
    for _chooser, plan, claims in situations():
        vocabulary = read_world(plan)
        single = [item for item in plan.facts if not item.many and item.type == "int"]
        for fact in single:
            unequal = weigh_in_world(read(plan, f"{fact.full} != 1"), vocabulary, claims, NOW)
            negated = weigh_in_world(read(plan, f"!({fact.full} == 1)"), vocabulary, claims, NOW)
            assert unequal == negated
            seen += 1
    assert seen > 100


PLAIN_TYPES: tuple[TypePlan, ...] = (
    "int",
    "string",
    "bool",
    "decimal",
    (("kind", "string"), ("level", "int")),
)


def certain_world(chooser: Chooser) -> World:
    facts = tuple(
        FactPlan("advertiser" if n % 2 else "ad", f"f{n}", chooser.pick(PLAIN_TYPES), many=chooser.chance(40))
        for n in range(2 + chooser.below(5))
    )
    return World(facts, {"l_string": "string", "l_int": "int"}, {"p_int": "int", "p_string": "string"})


def plain_json(type_: object, value: Json) -> Json:
    """A claimed value as plain CEL takes it: a decimal as a number with its point."""
    if type_ == "decimal":
        number: Json = Number(value)
        return number
    return value


class Number(str):
    """The digits of a decimal, written without quotes."""

    __slots__ = ()

    def __new__(cls, value: object) -> Self:
        text = str(value)
        return super().__new__(cls, text if "." in text else f"{text}.0")


def as_json(tree: object) -> str:
    if isinstance(tree, Number):
        return str(tree)
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_json(item)}" for key, item in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_json, tree)) + "]"
    return json.dumps(tree, ensure_ascii=False)


def test_with_every_weight_final_one_value_each_and_all_sets_closed_the_language_is_cel() -> None:
    """3.9. An error of CEL is (0,0) here: `||` and `&&` absorb both alike."""
    found: dict[str, int] = {"true": 0, "false": 0, "error": 0}
    for number in CASES:
        chooser = Seeded(f"certain {number}")
        plan = certain_world(chooser)
        text = condition(chooser, plan, "ad")
        if any(f"has({fact.full})" in text for fact in plan.facts if fact.many):
            # CEL's `has` asks whether a list is there, ours whether it holds anything.
            continue
        outcome, bindings = certain(chooser, plan, text)
        # Texts of policies and claims are in NFC; plain CEL takes its own as they come, and has no `now`.
        plain_text = re.sub(r"\bnow\b", "timestamp('1970-01-01T00:00:00Z')", text)
        line = f'{{"expr": {json.dumps(plain_text, ensure_ascii=False)}, "bindings": {as_json(bindings)}}}'
        plain = answer_expression(normalize("NFC", line))
        rule = outcome.rules[0]
        word = {(5, 0): "true", (0, 5): "false", (0, 0): "error"}[rule.pair]
        assert plain == f'{{"value": {word}}}' or (word == "error" and plain.startswith('{"error"')), (
            text,
            plain,
        )
        found[word] += 1
    assert min(found.values()) > 20


def certain(chooser: Chooser, plan: World, text: str) -> tuple[Outcome, dict[str, Json]]:
    """The outcome of a rule with this condition, and the same world as bindings of plain CEL."""
    claims: list[Json] = []
    known: dict[str, dict[str, Json]] = {"ad": {}, "advertiser": {}}

    def assert_(fact: FactPlan, what: dict[str, Json]) -> None:
        subject = AD if fact.kind == "ad" else ADVERTISER
        head: dict[str, Json] = {
            "id": f"c{len(claims)}",
            "subject": subject,
            "fact": fact.full,
            "stance": "asserts",
        }
        claims.append(head | {"weight": 5, "origin": "court", "recorded_at": "1969-01-01"} | what)

    for fact in plan.facts:
        values = [claimed(chooser, fact.type) for _ in range(chooser.below(4) if fact.many else 1)]
        for value in values:
            assert_(fact, {"value": value})
        if fact.many:
            assert_(fact, {"none": True})
        plain = [plain_json(fact.type, value) for value in values]
        known[fact.kind][fact.name] = plain if fact.many else plain[0]
    lists: dict[str, Json] = {name: [chooser.pick(PLAIN[kind])] for name, kind in plan.lists.items()}
    params: dict[str, Json] = {name: chooser.pick(PLAIN[kind]) for name, kind in plan.params.items()}
    rule: dict[str, Json] = {
        "id": "r",
        "subject": "ad",
        "kind": "prohibition",
        "territory": "worldwide",
        "standard": "final",
        "when": text,
        "measure": {"exclude": {}},
    }
    package: dict[str, Json] = {
        "package": "p",
        "version": "1",
        "language": 1,
        "vocabulary": "made",
        "published_at": "1969-01-01",
        "rules": [rule],
        "lists": {name: [{"values": values}] for name, values in lists.items()},
        "params": {name: [{"value": value}] for name, value in params.items()},
    }
    line: dict[str, Json] = {
        "vocabulary": as_yaml(vocabulary_tree(plan)),
        "package": as_yaml(package),
        "claims": claims,
        "subjects": list(SUBJECTS),
        "valid_at": "1970-01-01",
        "known_at": "1970-01-01",
    }
    outcome = next(item for item in answers(question_of(json.dumps(line))) if item.subject == AD)
    return outcome, {**known, "lists": lists, "params": params}


def test_printing_then_reading_is_the_identity() -> None:
    for number in CASES:
        case, _ = asked(number)
        for rule in case.rules:
            tree = parse(str(rule["when"]))
            printed = print_expression(tree)
            assert parse(printed) == tree
            assert print_expression(parse(printed)) == printed


def test_what_is_printed_weighs_what_was_written() -> None:
    for number in CASES[:1000]:
        case, question = asked(number)
        rules = [{**rule, "when": print_expression(parse(str(rule["when"])))} for rule in case.rules]
        package: dict[str, Json] = {**case.package, "rules": list(rules)}
        printed = answers(question_of(replace(case, package=package).line()))
        # The places of errors differ, nothing else.
        assert [exchange_form(item) for item in printed] == [
            exchange_form(item) for item in answers(question)
        ]
