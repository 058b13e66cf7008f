"""The JSON answer keeps its published schema, and its outcomes are those of the exchange form."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.answers.decision.json_form import FORMAT, answer_form, json_text
from adjudge.app.decide import decide
from adjudge.app.on_files import load_case
from adjudge.app.others import with_others
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.outcome import exchange_form
from adjudge.tongues.tongue import tongue_of

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "schemas" / "answer.schema.json").read_text(encoding="utf-8"))
ENGLISH = tongue_of("en")
DAYS = ("2017-12-01", "2018-01-31", "2018-04-23", "2019-09-20", "2024-10-01", "2026-11-21")


def answered(day: str, territory: str | None) -> Answer:
    log = ProblemLog()
    loaded = load_case(ROOT / "examples" / "cases" / "kaspersky-2018", log)
    at = parse_instant(day)
    assert loaded is not None
    assert at is not None
    answer = decide(loaded, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert answer is not None
    return with_others(answer, loaded.population)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("territory", ["US", "DE", None])
def test_an_answer_keeps_the_schema(day: str, territory: str | None) -> None:
    form = json.loads(json_text(answered(day, territory), ENGLISH))
    jsonschema.Draft202012Validator(SCHEMA).validate(form)
    assert form["format"] == FORMAT


def test_the_outcomes_are_exactly_the_exchange_form() -> None:
    answer = answered("2024-10-01", "US")
    assert answer_form(answer, ENGLISH)["outcomes"] == [
        exchange_form(item.outcome) for item in answer.subjects
    ]


def test_every_claim_that_an_answer_names_is_in_it() -> None:
    form: dict[str, Any] = answer_form(answered("2024-10-01", "US"), ENGLISH)
    known = {claim["id"] for claim in form["claims"]}
    named = {item["claim"] for part in ("contrary", "considered") for item in form[part]}
    named |= {claim for item in form["grounds"] for claim in item["claims"]}
    assert named
    assert named <= known


def test_every_rule_in_force_has_its_standard() -> None:
    form: dict[str, Any] = answer_form(answered("2019-09-20", None), ENGLISH)
    named = {rule["rule"] for outcome in form["outcomes"] for rule in outcome["rules"]}
    assert named == {rule["rule"] for rule in form["rules"] if rule["standard"]}


def test_a_spoilt_answer_does_not_keep_the_schema() -> None:
    form: dict[str, Any] = json.loads(json_text(answered("2024-10-01", "US"), ENGLISH))
    form["outcomes"][0]["rules"][0]["for"] = 6
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(form)
