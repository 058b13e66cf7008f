"""The exchange form: lines in, answers out, problems and never a crash. LANGUAGE.md 8."""

import json

import pytest

from adjudge.app import exchange
from adjudge.app.exchange import answer_line, problem_form
from adjudge.basis.problem import Problem, Severity
from adjudge.basis.said import say
from adjudge.spec.resolve import outcomes
from tests.generators.cases import seeded_case
from tests.generators.plan import Json


def line(**change: Json) -> str:
    tree: dict[str, Json] = json.loads(seeded_case("exchange").line())
    return json.dumps({key: value for key, value in (tree | change).items() if value is not None})


def problems(text: str) -> list[dict[str, object]]:
    found = answer_line(text, outcomes)
    assert set(found) == {"problems"}, found
    listed = found["problems"]
    assert isinstance(listed, list)
    return listed


def codes(text: str) -> list[object]:
    return [problem["code"] for problem in problems(text)]


def test_an_answer_has_exactly_the_keys_of_the_page() -> None:
    found = answer_line(line(), outcomes)
    assert set(found) == {"outcomes"}
    listed = found["outcomes"]
    assert isinstance(listed, list)
    assert [item["subject"] for item in listed] == ["acme", "ad-1"]
    for item in listed:
        assert set(item) == {"subject", "rules", "measures", "referred"}
        assert [rule["rule"] for rule in item["rules"]] == sorted(rule["rule"] for rule in item["rules"])
        assert all(set(rule) == {"rule", "verdict", "for", "against"} for rule in item["rules"])
        assert all(set(measure) == {"rule", "kind"} for measure in item["measures"])


@pytest.mark.parametrize("key", ["vocabulary", "package", "claims", "subjects", "valid_at", "known_at"])
def test_every_key_but_the_territory_is_required(key: str) -> None:
    assert "missing-key" in codes(line(**{key: None}))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"vocabulary": 5}, "wrong-shape"),
        ({"vocabulary": ""}, "empty-file"),
        ({"vocabulary": "a: [1"}, "yaml-syntax"),
        ({"package": "a: &x 1"}, "yaml-feature"),
        ({"package": "[]"}, "wrong-shape"),
        ({"claims": {}}, "wrong-shape"),
        ({"claims": [5]}, "wrong-shape"),
        ({"subjects": "acme"}, "wrong-shape"),
        ({"valid_at": "now"}, "bad-value"),
        ({"known_at": []}, "bad-value"),
        ({"territory": "UK"}, "unknown-code"),
        ({"territory": ["FR"]}, "wrong-shape"),
        ({"teritory": "FR"}, "unknown-key"),
    ],
)
def test_a_malformed_line_is_a_problem(change: dict[str, Json], code: str) -> None:
    assert code in codes(line(**change))


@pytest.mark.parametrize("text", ["", "x", "[]", "5", "null", '"x"', "{", '{"a": 1, "a": 2}', "[" * 10_000])
def test_what_is_no_object_is_a_problem(text: str) -> None:
    assert codes(text)


def test_a_line_has_a_greatest_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LONGEST_LINE", 10)
    assert codes(line()) == ["file-too-large"]


def test_a_vocabulary_may_be_given_as_an_object_too() -> None:
    tree = json.loads(line())
    as_object = json.dumps(tree | {"vocabulary": json.loads(tree["vocabulary"])})
    assert answer_line(as_object, outcomes) == answer_line(line(), outcomes)


def test_a_problem_points_into_the_embedded_text() -> None:
    [problem] = problems(
        line(vocabulary="vocabulary: made\nversion: 1\nfacts: {}\nfcats: {}\n", package="{}")
    )[:1]
    assert (problem["file"], problem["line"], problem["column"]) == ("vocabulary", 4, 1)
    assert problem["hint"] == "did you mean `facts`?"


def test_no_rules_and_no_subjects_are_well_formed() -> None:
    assert answer_line(line(subjects=[], claims=[]), outcomes) == {"outcomes": []}
    tree = json.loads(line())
    package = json.loads(tree["package"]) | {"rules": []}
    found = answer_line(line(package=json.dumps(package)), outcomes)["outcomes"]
    assert isinstance(found, list)
    assert all(item["rules"] == [] and item["measures"] == [] and not item["referred"] for item in found)


def test_a_problem_as_json_says_when_it_only_warns() -> None:
    warning = problem_form(Problem(code="bad-value", message=say("x"), where="w", severity=Severity.WARNING))
    assert warning == {
        "code": "bad-value",
        "message": "x",
        "line": None,
        "column": None,
        "file": "w",
        "severity": "warning",
    }
