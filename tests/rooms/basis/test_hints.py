"""Whatever is wrong, the problem says what to do next. HOUSE.md 9.4."""

import json

import pytest

from adjudge.app.exchange import answer_line
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.json_text import read_json
from adjudge.spec.resolve import outcomes
from tests.fuzz import targets
from tests.fuzz.test_damaged_texts import damaged
from tests.generators.chooser import Seeded
from tests.generators.plan import FactPlan, World
from tests.generators.reading import read_condition

TEXTS = {"packages": 400, "vocabularies": 300, "claims": 400, "lines": 500, "expressions": 800}
OF_YAML = {"yaml-syntax", "too-deep", "empty-file"}
"""What the YAML reader says, which has tests of its own."""
WORLD = World(
    (
        FactPlan("advertiser", "age", "int"),
        FactPlan("advertiser", "country", "country"),
        FactPlan("advertiser", "founded", "date"),
        FactPlan("advertiser", "name", "string"),
        FactPlan("advertiser", "ok", "bool"),
        FactPlan("ad", "product", "code<product>"),
        FactPlan("ad", "record", (("kind", "string"), ("level", "int"))),
    )
)


def without_hint(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, item.message) for item in problems if not item.hint and item.code not in OF_YAML]


@pytest.mark.parametrize("name", TEXTS)
def test_no_problem_of_a_damaged_text_lacks_a_hint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Problem] = []
    monkeypatch.setattr(targets, "check_problems", found.extend)
    feed, read = targets.TARGETS[name]
    others = [text for _, texts in targets.TARGETS.values() for text in texts()]
    said = 0
    for seed in range(TEXTS[name]):
        choose = Seeded(f"hints {name} {seed}")
        text = damaged(name, choose.pick(read()), choose, others)
        if name == "lines":
            problems = answer_line(text, outcomes).get("problems", [])
            assert isinstance(problems, list)
            said += len(problems)
            lacking = [item for item in problems if "hint" not in item and item["code"] not in OF_YAML]
        else:
            found.clear()
            feed(text)
            said += len(found)
            lacking = list(without_hint(found))
        assert not lacking, f"{name}, seed {seed}"
    assert said > 100


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[1,]", "[1 2]", '{"a" 1}', "{a: 1}", '"a', '"\t"', r'"\q"', r'"\u00"', "1 2", "NaN", "-Infinity",
        '{"a": 1, "a": 2}', r'"\ud800"', "1" * 5000, "1e-99999999999999999999", "[" * 200 + "]" * 200,
    ],
)  # fmt: skip
def test_no_problem_of_a_json_text_lacks_a_hint(text: str) -> None:
    log = ProblemLog()
    assert read_json(text, log, "line") is None
    assert [problem.hint for problem in log.problems if problem.hint]


@pytest.mark.parametrize(
    "text",
    [
        "advertiser.age ?", "{", "$", "01T == 1", "1" * 400 + " == 1", "0." + "0" * 30 + "1 == 0.0", "b'a' == 'a'",
        r"'\uD800' == 'a'", r"'\q' == 'a'", "'a", "(true", "true)", "true false", "advertiser.1", "advertiser.age >",
        "package == 1", "advertiser.tags[0] == 1", "9223372036854775808 == 1", "null == null", "2u == 2",
        "advertiser.age.x == 1", "ad.record.levle == 1", "advertiser.age", "-advertiser.name == 'a'",
        "advertiser.country < 'FR'", "int('1') == 1", "f(1) == 1", "size() == 1", "advertiser.age.startsWith('a')",
        "advertiser.name.under('a')", "ad.product.under()", "ad.product.under(1)", "advertiser.founded + 1 == now",
        "advertiser.age + advertiser.ok == 1", "advertiser.age % 1.0 == 1.0", "advertiser.age == advertiser.ok",
        "advertiser.zzzzzz", "ad.product == 'zzzzzz'", "[advertiser.age, 'a'] == []", "size(1) == 1",
        "[advertiser.country, 'XX'] == []",
    ],
)  # fmt: skip
def test_no_problem_of_an_expression_lacks_a_hint(text: str) -> None:
    log = ProblemLog()
    assert read_condition(WORLD, text, "ad", log) is None
    assert log.problems
    assert not without_hint(log.problems)


@pytest.mark.parametrize(
    ("claim", "hint"),
    [
        ({"weight": 6}, "write 1 (alleged), 2 (reported), 3 (corroborated), 4 (official), 5 (final)"),
        ({"weight": 3.5}, "write 1 (alleged), 2 (reported), 3 (corroborated), 4 (official), 5 (final)"),
        ({"stance": 2}, "known here: `asserts`, `denies`"),
        (
            {"value": "5"},
            "write digits only, without quotes, from -9223372036854775808 to 9223372036854775807",
        ),
        (
            {"holds_from": "2020-01-01", "holds_to": "2019-01-01"},
            "correct one of the two bounds; the end is the first instant that is no longer part of it",
        ),
    ],
)
def test_the_hint_says_what_can_be_written(claim: dict[str, object], hint: str) -> None:
    tree = {
        "id": "c", "subject": "s", "fact": "advertiser.n", "value": 5, "stance": "asserts", "weight": 2, "origin": "o",
        "recorded_at": "2019-01-01",
    }  # fmt: skip
    facts = "vocabulary: v\nversion: 1\nfacts: {advertiser: {n: {type: int}}}\n"
    package = 'package: p\nversion: "1"\nlanguage: 1\nvocabulary: v\npublished_at: 2019-01-01\nrules: []\n'
    line = {
        "vocabulary": facts, "package": package, "claims": [tree | claim], "valid_at": "2019-01-01",
        "known_at": "2019-01-01", "subjects": [{"id": "s", "kind": "advertiser"}],
    }  # fmt: skip
    problems = answer_line(json.dumps(line), outcomes)["problems"]
    assert isinstance(problems, list)
    assert [problem["hint"] for problem in problems] == [hint]
