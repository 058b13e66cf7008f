"""Values typed into fields: each type has its fields, what is typed is read, and what is wrong stands at its field."""

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.shape import Shape
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.typed import leaves, plain_of, wrong
from adjudge.facts.value import value_text
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Taxonomy

TREES = {"place": Taxonomy("place", {"world": None, "US": "world"})}
RECORD = RecordType((("name", Simple.STRING), ("where", CodeType("place")), ("paid", Simple.MONEY)))
GOOD: list[tuple[Type, dict[str, str], str]] = [
    (Simple.BOOL, {"value": "true"}, "true"),
    (Simple.INT, {"value": " -12 "}, "-12"),
    (Simple.DECIMAL, {"value": "12.50"}, "12.5"),
    (Simple.STRING, {"value": "12"}, "12"),
    (Simple.DATE, {"value": "2019-08-19"}, "2019-08-19"),
    (Simple.COUNTRY, {"value": "FR"}, "FR"),
    (Simple.LANGUAGE, {"value": "fr"}, "fr"),
    (Simple.MONEY, {"value:amount": "5.00", "value:currency": "EUR"}, "5 EUR"),
    (CodeType("place"), {"value": "US"}, "US"),
    (
        RECORD,
        {"value:name": "x", "value:where": "US", "value:paid:amount": "1", "value:paid:currency": "USD"},
        "name: x, paid: 1 USD, where: US",
    ),
]


@pytest.mark.parametrize(("kind", "typed", "text"), GOOD)
def test_what_is_typed_is_read_as_its_type(kind: Type, typed: dict[str, str], text: str) -> None:
    assert wrong(kind, typed, TREES) == {}
    log = ProblemLog()
    value = read_value(Shape(log), node_of(plain_of(kind, typed), "value"), kind, TREES)
    assert value is not None
    assert value_text(value) == text
    assert {leaf.name for leaf in leaves(kind, TREES)} == set(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "names"),
    [
        (Simple.BOOL, {"value": "perhaps"}, ["value"]),
        (Simple.INT, {"value": "9" * 30}, ["value"]),
        (Simple.INT, {"value": "1.5"}, ["value"]),
        (Simple.DATE, {"value": "2019-13-01"}, ["value"]),
        (Simple.TIMESTAMP, {}, ["value"]),
        (Simple.MONEY, {"value:amount": "1e", "value:currency": "eur"}, ["value:amount", "value:currency"]),
        (
            RECORD,
            {"value:where": "XX", "value:paid:amount": "1"},
            ["value:name", "value:where", "value:paid:currency"],
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field_with_what_to_write(
    kind: Type, typed: dict[str, str], names: list[str]
) -> None:
    found = wrong(kind, typed, TREES)
    assert list(found) == names
    assert all(item.message and item.hint for item in found.values())
