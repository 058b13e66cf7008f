"""JSON as we take it: exact numbers, no duplicate keys, nothing that JSON forbids."""

from decimal import Decimal

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import DEEPEST, node_of, read_json
from adjudge.basis.reading.node import Mapping, Scalar


def problem_of(text: str) -> str:
    log = ProblemLog()
    assert read_json(text, log, "line") is None
    assert len(log.problems) == 1
    return log.problems[0].code


def test_numbers_with_a_fraction_are_exact() -> None:
    assert read_json("[0.1, 1e2, 1]", ProblemLog(), "") == ([Decimal("0.1"), Decimal("1e2"), 1],)


def test_null_is_a_value() -> None:
    assert read_json("null", ProblemLog(), "") == (None,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1,]",
        "NaN",
        "-Infinity",
        '{"a": 1, "a": 2}',
        r'"\ud800"',
        r'{"\udc00": 1}',
        "1" * 5000,
        "1e-99999999999999999999",
        "'a'",
        "01",
    ],
)
def test_what_json_forbids_is_a_problem(text: str) -> None:
    assert problem_of(text) == "json-syntax"


def test_one_byte_order_mark_is_passed_over() -> None:
    assert read_json("\ufeff[1]", ProblemLog(), "") == ([1],)
    log = ProblemLog()
    assert read_json("\ufeff[1,]", log, "line") is None
    assert log.problems[0].message == "this is not JSON: expecting value at character 5"
    assert problem_of("\ufeff\ufeff[1]") == "json-syntax"


def test_a_message_names_the_place_once() -> None:
    log = ProblemLog()
    assert read_json('["a', log, "line") is None
    assert log.problems[0].message == "this is not JSON: unterminated string starting at character 2"


@pytest.mark.parametrize("depth", [DEEPEST + 2, 200_000])
def test_depth_is_limited(depth: int) -> None:
    assert problem_of("[" * depth + "]" * depth) == "too-deep"


def test_nodes_keep_kinds_and_paths() -> None:
    node = node_of({"a": ["5", 5, Decimal("1.5"), True, None]}, "")
    assert isinstance(node, Mapping)
    items = node.items["a"].items  # type: ignore[union-attr]  # a list
    assert [item.kind for item in items if isinstance(item, Scalar)] == [
        "text",
        "int",
        "number",
        "bool",
        "null",
    ]
    assert items[4].path == ".a[4]"  # type: ignore[index]  # a list
