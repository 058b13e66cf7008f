"""The JSON of `adjudge test` and `adjudge explain` keeps its schema, whatever fails."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adjudge.cli.main import main
from tests.rooms.trials.policy import HEAD, LICENCE, PACKAGE, VOCABULARY

ROOT = Path(__file__).resolve().parents[3]
CASE = ROOT / "examples" / "cases" / "kaspersky-2018"
Output = pytest.CaptureFixture[str]
FAILING = f"""
versions: ['1', '2']
cases:
  - {{case: first, title: {{en: First}}, at: 2022-06-01, expect: {{ad: {{rules: {{beer: unknown}},
      measures: {{beer: label}}, referred: true}}}}}}
  - {{case: second, beside: first, with: {LICENCE}, expect: {{ad: {{rules: {{beer: {{verdict: met, for: 2, against: 1,
      unless: {{licensed: [0, 0]}}}}}}}}}}}}
  - {{case: third, beside: second, at: 2020-01-01, expect: {{ad: {{rules: {{beer: met}}, measures: [beer]}}}}}}
  - {{case: fourth, beside: first, territory: FR, expect: {{ad: {{rules: {{beer: inapplicable}}, referred: true}}}}}}
  - {{case: fifth, beside: first, without: place, expect: {{ad: {{rules: {{beer: contested}}}}}}}}
never:
  - {{rule: owner, verdict: unknown, why: {{en: Owners are known.}}}}
"""


def schema(name: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")))


def errors(name: str, form: dict[str, Any]) -> list[str]:
    return [
        f"{list(error.path)}: {error.message}"
        for error in Draft202012Validator(schema(name)).iter_errors(form)
    ]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "vocabulary.yaml").write_text(VOCABULARY)
    (tmp_path / "1.yaml").write_text(PACKAGE % ("1", "2020-01-01", "reported"))
    (tmp_path / "2.yaml").write_text(PACKAGE % ("2", "2021-06-01", "official"))
    (tmp_path / "tests" / "beer.yaml").write_text(HEAD + FAILING)
    return tmp_path


def report(capsys: Output, *words: str, exits: int) -> dict[str, Any]:
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == exits
    return dict(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("name", ["results", "explanation"])
def test_the_schema_is_a_schema_and_closed(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    for part in (schema(name), *schema(name)["$defs"].values()):
        assert part["description"]
        if "properties" in part:
            assert part["additionalProperties"] is False


def test_results_with_every_kind_of_failure_keep_their_schema(policy: Path, capsys: Output) -> None:
    form = report(capsys, "test", str(policy), exits=1)
    assert errors("results", form) == []
    failing = [item for case in form["files"][0]["cases"] for item in case["failing"]]
    assert {item["kind"] for item in failing} == {"rule", "measures", "referred", "never", "boundary"}
    assert {case["version"] for case in form["files"][0]["cases"]} == {"1", "2"}
    assert {"expected": {"beer": "label"}, "found": {"beer": "exclude"}}.items() <= next(
        item for item in failing if item["kind"] == "measures"
    ).items()


def test_the_problems_of_files_keep_the_schema(policy: Path, capsys: Output) -> None:
    (policy / "tests" / "more.yaml").write_text("tests: [")
    assert errors("results", report(capsys, "test", str(policy), exits=2)) == []


def test_spoilt_results_do_not_keep_the_schema(policy: Path, capsys: Output) -> None:
    form = report(capsys, "test", str(policy), exits=1)
    form["files"][0]["cases"][0]["failing"][0]["kind"] = "mood"
    assert errors("results", form)


@pytest.mark.parametrize(
    ("subject", "rule", "day"),
    [
        ("ad-antivirus", "prohibited-sale", "2024-10-01"),
        ("kaspersky-lab", "state-service-ties", "2018-01-31"),
        ("kaspersky-lab", "state-controlled-media", "2024-10-01"),
    ],
)
def test_an_explanation_keeps_its_schema(subject: str, rule: str, day: str, capsys: Output) -> None:
    words = ("explain", str(CASE), "--subject", subject, "--rule", rule, "--as-of", day, "--territory", "US")
    form = report(capsys, *words, exits=0)
    assert errors("explanation", form) == []
    form["when"]["operator"] = "maybe"
    assert errors("explanation", form)
