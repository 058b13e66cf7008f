"""CEL's meaning on concrete values, through plain CEL. LANGUAGE.md 3.9."""

import json

import pytest

from adjudge.app.plain_cel import answer_expression

LEAST = -(2**63)


def answer(expr: str, **bindings: object) -> object:
    found = json.loads(answer_expression(json.dumps({"expr": expr, "bindings": bindings})))
    return found.get("value", "error: " + str(found.get("error")))


def is_error(found: object) -> bool:
    return isinstance(found, str) and found.startswith("error: ")


@pytest.mark.parametrize(
    "expr",
    [
        "7 / 2 == 3",
        "-7 / 2 == -3",
        "7 / -2 == -3",
        "-7 % 2 == -1",
        "7 % -2 == 1",
        "-9223372036854775807 % -1 == 0",
        "1 == 1.0",
        "1 < 1.5",
        "2 > 1.5",
        "9007199254740993 != 9007199254740992.0",
        "!(true == 1)",
        "0.1 + 0.2 == 0.3",
        "1.10 == 1.1",
        "1.5 * 2.0 == 3.0",
        "'a' + 'b' == 'ab'",
        "'a' < 'b' && 'Z' < 'a' && '' < 'a'",
        "'\\uffff' < '\\U00010000'",
        "false < true",
        "[1, 2] == [1.0, 2.0]",
        "[1] != [1, 1]",
        "[1] + [2] == [1, 2]",
        "1 in [3, 1.0]",
        "!(true in [1])",
        "size('\U0001f37a') == 1 && 'ab'.size() == 2 && size([1, 2]) == 2",
        "'abc'.startsWith('ab') && 'abc'.endsWith('') && 'abc'.contains('b')",
        "'abc'.matches('^a.c$') && matches('abc', 'b')",
        "!'a\\nb'.matches('a.b')",
        "date('2019-01-01') == timestamp('2019-01-01T00:00:00Z')",
        "date('2019-01-01') < timestamp('2019-01-01T00:00:00.000000001Z')",
        "timestamp('2019-01-01T01:00:00+01:00') == timestamp('2019-01-01T00:00:00Z')",
        "date('2019-01-02') - date('2019-01-01') == duration('24h')",
        "date('2019-01-01') + duration('24h') == date('2019-01-02')",
        "duration('24h') + date('2019-01-01') == date('2019-01-02')",
        "timestamp('2019-01-02T00:00:00Z') - duration('24h') == date('2019-01-01')",
        "duration('1h') == duration('60m') && duration('1h') - duration('2h') == duration('-1h')",
        "money('5.00', 'EUR') == money('5', 'EUR')",
        "money('5', 'EUR') < money('6', 'EUR')",
        "true || 1 / 0 == 1",
        "1 / 0 == 1 || true",
        "!(false && 1 / 0 == 1)",
        "!(1 / 0 == 1 && false)",
        "[0, 1].exists(x, 1 / x == 1)",
        "![0, 1].all(x, 1 / x == 2)",
        "[].all(x, false) && ![].exists(x, true)",
        "money('1', 'EUR') in [money('1', 'USD'), money('1', 'EUR')]",
        "[1, money('1', 'EUR')] != [2, money('1', 'USD')]",
        "1 != 'a'",
        "a.b == 1 && has(a.b) && !has(a.c)",
        "'b' in a",
    ],
)
def test_what_is_true_in_cel_is_true_here(expr: str) -> None:
    assert answer(expr, a={"b": 1}) is True


@pytest.mark.parametrize(
    "expr",
    [
        "9223372036854775807 + 1",
        "-9223372036854775808 - 1",
        "9223372036854775807 * 2",
        "-(-9223372036854775808)",
        "-9223372036854775808 / -1",
        "-9223372036854775808 % -1",
        "1 / 0",
        "1 % 0",
        "1.0 / 2.0",
        "1 + 1.0",
        "0.000000001 * 0.00000000001",
        "1 < 'a'",
        "true < 1",
        "[1] < [2]",
        "money('1', 'EUR') == money('1', 'USD')",
        "money('1', 'EUR') < money('1', 'USD')",
        "money('1', 'EUR') in [money('1', 'USD')]",
        "money('x', 'EUR')",
        "money('1', 'EURO')",
        "date('2019-02-30')",
        "timestamp('2019-02-30T00:00:00Z')",
        "timestamp('2019-01-01')",
        "duration('1 day')",
        "timestamp('9999-12-31T23:59:59Z') + duration('1s')",
        "timestamp('0001-01-01T00:00:00Z') - duration('1ns')",
        "duration('9223372036s') + duration('1s')",
        "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
        "duration('1h') * duration('1h')",
        "'a'.matches('(')",
        "'a'.matches('(?=a)')",
        "!1",
        "1 && true",
        "1 / 0 == 1 || false",
        "size(1)",
        "size('a', 'b')",
        "1 in 1",
        "-'a'",
        "-true",
        "'a' - 'b'",
        "true + true",
        "a.c",
        "a.b.c",
        "b",
        "f(1)",
        "has(a)",
        "[1].exists(1, true)",
        "1.exists(x, true)",
        "[1].exists(x, 1)",
        "[0].exists(x, 1 / x == 1)",
    ],
)
def test_what_has_no_value_is_an_error(expr: str) -> None:
    assert is_error(answer(expr, a={"b": 1}))


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        ("1", "1"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("1.50", "1.5"),
        ("2.0", "2.0"),
        ("'é'", '"é"'),
        ("[1, 'a', true]", '[1, "a", true]'),
        ("date('2019-01-01')", '"2019-01-01"'),
        ("timestamp('2019-01-01T00:00:00.5Z')", '"2019-01-01T00:00:00.5Z"'),
        ("duration('90m')", '"5400s"'),
        ("money('5.00', 'EUR')", '{"amount": "5", "currency": "EUR"}'),
        ("a", '{"b": 1}'),
    ],
)
def test_values_are_written_exactly(expr: str, text: str) -> None:
    line = json.dumps({"expr": expr, "bindings": {"a": {"b": 1}}})
    assert answer_expression(line) == '{"value": ' + text + "}"


def test_a_hostile_pattern_takes_linear_time_or_is_refused() -> None:
    assert answer("('a' + 'a').matches('(a*)*b')") is False
    assert is_error(answer("'a'.matches(p)", p="(" * 500 + ")" * 500 + "{1000}" * 10))
    assert is_error(answer("'a'.matches(p)", p="a" * 1001))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "5",
        "{}",
        '{"expr": 5}',
        '{"expr": "1", "bindings": []}',
        '{"expr": "1", "binding": {}}',
        '{"expr": "a", "bindings": {"a": null}}',
        '{"expr": "a", "bindings": {"a": 9223372036854775808}}',
        '{"expr": "a", "bindings": {"a": 1e-19}}',
        '{"expr": "1", "expr": "2"}',
        '{"expr": "a ? b : c"}',
        '{"expr": "map(a, b)"}',
    ],
)
def test_a_line_that_is_no_question_is_answered_with_an_error(line: str) -> None:
    assert set(json.loads(answer_expression(line))) == {"error"}


def test_decimals_of_bindings_keep_their_digits() -> None:
    assert (
        answer_expression('{"expr": "a == 0.1 && b + 1 == 3", "bindings": {"a": 0.1, "b": 2}}')
        == '{"value": true}'
    )
