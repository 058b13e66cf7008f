"""Values, and reading each type from claims. LANGUAGE.md 1.2, 9."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.instant import parse_duration, parse_timestamp
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.codes import COUNTRIES, CURRENCIES, canonical_language
from adjudge.facts.type import CodeType, ListType, RecordType, Simple, Type
from adjudge.facts.value import (
    Money,
    Record,
    Value,
    decimal_in_range,
    decimal_text,
    parse_decimal,
    value_json,
    value_key,
)
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Taxonomy

PRODUCT = Taxonomy("product", {"software": None, "antivirus": "software"})
CERTIFICATE = RecordType((("kind", Simple.STRING), ("level", Simple.INT)))


def read(plain: Plain, kind: Type) -> tuple[Value | None, list[str]]:
    log = ProblemLog()
    found = read_value(Shape(log), node_of(plain, ""), kind, {"product": PRODUCT})
    return found, [problem.code for problem in log.problems]


@pytest.mark.parametrize(
    ("plain", "kind", "value"),
    [
        (True, Simple.BOOL, True),
        (-(2**63), Simple.INT, -(2**63)),
        ("1.50", Simple.DECIMAL, Decimal("1.5")),
        (2, Simple.DECIMAL, Decimal(2)),
        (Decimal("0.25"), Simple.DECIMAL, Decimal("0.25")),
        ("e\u0301", Simple.STRING, "é"),
        ("2019-06-01T02:00:00+02:00", Simple.TIMESTAMP, parse_timestamp("2019-06-01T00:00:00Z")),
        ("2019-06-01", Simple.TIMESTAMP, parse_timestamp("2019-06-01T00:00:00Z")),
        ("1h30m", Simple.DURATION, parse_duration("90m")),
        ("FR", Simple.COUNTRY, "FR"),
        ("ZH-hant-tw", Simple.LANGUAGE, "zh-Hant-TW"),
        ({"amount": "5.00", "currency": "EUR"}, Simple.MONEY, Money(Decimal(5), "EUR")),
        ("antivirus", CodeType("product"), "antivirus"),
        ({"level": 1, "kind": "g"}, CERTIFICATE, Record((("kind", "g"), ("level", 1)))),
    ],
)
def test_a_value_is_read_by_its_type(plain: Plain, kind: Type, value: Value) -> None:
    assert read(plain, kind) == (value, [])


@pytest.mark.parametrize(
    ("plain", "kind", "code"),
    [
        ("true", Simple.BOOL, "bad-value"),
        (1, Simple.BOOL, "bad-value"),
        ("1", Simple.INT, "bad-value"),
        (2**63, Simple.INT, "bad-value"),
        (Decimal("1.0"), Simple.INT, "bad-value"),
        (True, Simple.INT, "bad-value"),
        ("0." + "0" * 18 + "1", Simple.DECIMAL, "bad-value"),
        ("1,5", Simple.DECIMAL, "bad-value"),
        ("NaN", Simple.DECIMAL, "bad-value"),
        ("1" * 101, Simple.DECIMAL, "bad-value"),
        (5, Simple.STRING, "bad-value"),
        (None, Simple.STRING, "bad-value"),
        ("2019-02-30", Simple.DATE, "bad-value"),
        ("2019-01-01T00:00:00Z", Simple.DATE, "bad-value"),
        ("yesterday", Simple.TIMESTAMP, "bad-value"),
        ("1d", Simple.DURATION, "bad-value"),
        ("fr", Simple.COUNTRY, "bad-value"),
        ("UK", Simple.COUNTRY, "bad-value"),
        ("french!", Simple.LANGUAGE, "bad-value"),
        ([], Simple.STRING, "bad-value"),
        ({}, Simple.INT, "bad-value"),
        ("5 EUR", Simple.MONEY, "wrong-shape"),
        ({"amount": "5"}, Simple.MONEY, "missing-key"),
        ({"amount": "5", "currency": "EURO"}, Simple.MONEY, "unknown-code"),
        ({"amount": "five", "currency": "EUR"}, Simple.MONEY, "bad-value"),
        ({"amount": "5", "currency": "EUR", "x": 1}, Simple.MONEY, "unknown-key"),
        ("Antivirus", CodeType("product"), "unknown-code"),
        (1, CodeType("product"), "wrong-shape"),
        ({"kind": "g"}, CERTIFICATE, "missing-key"),
        ({"kind": "g", "level": 1, "x": 1}, CERTIFICATE, "unknown-key"),
        ({"kind": "g", "level": "1"}, CERTIFICATE, "bad-value"),
        ("g", CERTIFICATE, "wrong-shape"),
    ],
)
def test_a_value_outside_its_type_is_a_problem(plain: Plain, kind: Type, code: str) -> None:
    assert read(plain, kind)[1] == [code]


def test_no_fact_has_a_list_as_its_type() -> None:
    assert read([], ListType(Simple.INT)) == (None, [])


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    log = ProblemLog()
    read_value(Shape(log), node_of("antivirs", ""), CodeType("product"), {"product": PRODUCT})
    assert log.problems[0].hint == "did you mean `antivirus`?"


decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=18, min_value=-(10**30), max_value=10**30
)


@given(decimals)
def test_a_decimal_is_read_back_from_its_text(value: Decimal) -> None:
    normal = decimal_in_range(value)
    assert normal is not None
    assert parse_decimal(decimal_text(normal)) == normal == value


def test_equal_decimals_are_equal_in_every_way_of_writing() -> None:
    ways = ["1", "1.0", "1.00", "+1", "10e-1", "0.1e1", "1."]
    assert {parse_decimal(way) for way in ways} == {Decimal(1)}
    assert decimal_text(Decimal("1E+2")) == "100"
    assert parse_decimal("-0.0") == 0
    assert str(parse_decimal("-0")) == "0"


@pytest.mark.parametrize(
    "text", ["", ".", "e5", "1e", "0x1", "1_0", "Infinity", "1e99999", "1 ", "٣", "1" * 401]
)
def test_what_is_no_decimal_is_refused(text: str) -> None:
    assert parse_decimal(text) is None


def test_the_greatest_and_least_decimals() -> None:
    assert parse_decimal("9" * 100 + "." + "9" * 18) is not None
    assert parse_decimal("1e100") is None
    assert parse_decimal("1e-18") is not None
    assert parse_decimal("1e-19") is None


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("zh-hant", "zh-Hant"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("de-CH-1901", "de-CH-1901"),
        ("en-a-myext-b-another", "en-a-myext-b-another"),
        ("sl-rozaj-biske", "sl-rozaj-biske"),
        ("x-private-US", "x-private-us"),
        ("en-x-us", "en-x-us"),
    ],
)
def test_language_tags_take_the_case_of_rfc_5646(tag: str, canonical: str) -> None:
    assert canonical_language(tag) == canonical


@pytest.mark.parametrize(
    "tag", ["", "f", "fr_FR", "fr-", "-fr", "français", "en-x", "abcdefghi", "a" * 101, "fr-F", "fr "]
)
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    assert canonical_language(tag) is None


def test_the_tables_of_codes_have_the_official_numbers() -> None:
    assert len(COUNTRIES) == 249
    assert "NO" in COUNTRIES
    assert {"EUR", "USD", "XAU"} <= CURRENCIES


def test_values_of_unlike_types_have_unlike_keys() -> None:
    assert len({value_key(True), value_key(1), value_key("1"), value_key(Decimal(1))}) == 4


def test_the_form_for_hashing_has_no_numbers() -> None:
    record = Record((("level", 1), ("ok", True), ("sum", Money(Decimal("5.00"), "EUR"))))
    assert value_json(record) == {"level": "1", "ok": True, "sum": {"amount": "5", "currency": "EUR"}}
    assert record.get("level") == 1
    assert record.get("x") is None
