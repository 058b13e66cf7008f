"""CEL's own conformance cases, for the features of CEL that version 1 has. LANGUAGE.md 3.9, 8.3."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from adjudge.app.plain_cel import answer_expression, evaluate_plain
from adjudge.basis.instant import Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import CERTAIN, IMPOSSIBLE, NOTHING_KNOWN
from adjudge.language.expression.parser import parse
from adjudge.language.expression.printer import print_expression
from adjudge.language.failure import EvaluationError
from tests.conformance.cel_suite import (
    ABSENT,
    FILES,
    REASONS,
    Case,
    bindings,
    cases,
    counts,
    kept,
    reason_against,
    value_of,
)
from tests.generators.plan import World
from tests.generators.reading import read_condition, read_world
from tests.laws.asking import weigh_in_world

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cel.md"
NOBODY = World(())
COMPOSED = "comparisons-eq_literal-no_string_normalization"
"""In a condition texts are compared in Normalization Form C (LANGUAGE.md 1.2); plain CEL keeps them as they are."""


@pytest.fixture(autouse=True)
def _suite() -> None:
    if not cases():
        pytest.skip(ABSENT)


def line(case: Case) -> str:
    """The line that `adjudge expr` reads."""
    return json.dumps({"expr": case.text, "bindings": bindings(case)}, default=float)


def answer(case: Case) -> dict[str, object]:
    """What it answers, the digits of decimals kept."""
    found: dict[str, object] = json.loads(answer_expression(line(case)), parse_float=Decimal)
    return found


def is_same(found: object, expected: object) -> bool:
    """Whether two values are the same, of the same type: `1`, `1.0` and `true` are three values."""
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(is_same, found, expected))
    return type(found) is type(expected) and found == expected


@pytest.mark.parametrize("file", FILES)
def test_a_case_that_has_a_value_has_it_here(file: str) -> None:
    wrong = []
    for case in kept(file):
        if not case.expects_error:
            found, expected = answer(case), value_of(case.tree["value"])
            if "value" not in found or not is_same(found["value"], expected):
                wrong.append((case.name, case.text, expected, found))
    assert wrong == []


@pytest.mark.parametrize("file", FILES)
def test_a_case_that_expects_an_error_fails_when_it_is_evaluated(file: str) -> None:
    """Not on reading: then a feature that is missing would pass for an error."""
    for case in kept(file):
        if case.expects_error:
            assert set(answer(case)) == {"error"}, (case.name, case.text)
            with pytest.raises(EvaluationError):
                evaluate_plain(case.text, bindings(case))


@pytest.mark.parametrize("file", FILES)
def test_a_case_is_read_again_from_what_is_printed_of_it(file: str) -> None:
    for case in kept(file):
        tree = parse(case.text)
        assert parse(print_expression(tree)) == tree, (case.name, case.text)


def test_the_command_answers_every_case_on_a_line_of_its_own() -> None:
    asked = [case for file in FILES for case in kept(file)]
    done = subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", "expr"],
        input="".join(f"{line(case)}\n" for case in asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [answer_expression(line(case)) for case in asked]


def test_a_case_that_stands_as_a_condition_is_certain_impossible_or_unknown() -> None:
    """What the checker of conditions accepts of the cases: those without variables, macros and mixed types."""
    weighed = 0
    for case in [case for file in FILES for case in kept(file) if "bindings" not in case.tree]:
        expected = NOTHING_KNOWN if case.expects_error else None
        if "boolValue" in case.tree.get("value", {}):
            expected = CERTAIN if case.tree["value"]["boolValue"] else IMPOSSIBLE
        condition = read_condition(NOBODY, case.text, "ad", ProblemLog())
        if condition is None or case.name == COMPOSED:
            continue
        assert weigh_in_world(condition, read_world(NOBODY), (), Instant(0)) == expected, case.text
        weighed += 1
    assert weighed >= 190


def test_a_case_that_is_excluded_is_refused_or_has_the_value_of_cel() -> None:
    """What is left out is never answered wrongly, save that a decimal knows no `-0.0`."""
    for case in cases():
        if reason_against(case) is None or "value" not in case.tree:
            continue
        try:
            found, expected = answer(case), value_of(case.tree["value"])
        except (ValueError, KeyError):
            continue  # bound to, or resulting in, values that there are none of
        assert "error" in found or is_same(found["value"], expected), (case.name, case.text, found)


def test_every_reason_excludes_a_case_and_no_other_is_given() -> None:
    assert {reason_against(case) for case in cases()} - {None} == set(REASONS)


def test_the_page_states_the_counts_and_explains_every_reason() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert counts() in page, f"write this into {PAGE.name}:\n{counts()}"
    for reason, meaning in REASONS.items():
        assert f"| {reason} | {meaning} |" in page
