"""Values stand at and beside what conditions name, within their type, and in a fixed order."""

import datetime as dt
from decimal import Decimal

import pytest

from adjudge.basis.instant import AFTER_LAST, FIRST, Duration, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import Plain, node_of
from adjudge.basis.reading.shape import Shape
from adjudge.candidates.values import MOST_VALUES, values_of
from adjudge.changes.marking import MOST_WORDS, Mark, Piece, marked
from adjudge.facts.type import CodeType, RecordType, Simple, Type
from adjudge.facts.value import INT_GREATEST, INT_LEAST, Money, exchange_value
from adjudge.facts.value_reader import read_value
from adjudge.facts.vocabulary import Taxonomy
from adjudge.language.operators import Concrete

TREES = {"product": Taxonomy("product", {"drinks": None, "beer": "drinks", "ale": "beer", "wine": "drinks"})}
NOW = Instant(0)
EVERYTHING: list[Concrete] = [
    18,
    Decimal("0.25"),
    "Реклама",
    "beer",
    "FR",
    "zh-hant",
    "^a[0-9]+|b$",
    "(((",
    dt.date(2000, 2, 29),
    dt.date.min,
    dt.date.max,
    FIRST,
    Instant(AFTER_LAST.nanos - 1),
    Duration(1),
    Duration(2**63 - 1),
    Money(Decimal("5.00"), "EUR"),
    INT_GREATEST,
    INT_LEAST,
    Decimal(10) ** 99,
    Decimal("1e-18"),
    True,
]
TYPES: list[Type] = [
    *Simple,
    CodeType("product"),
    RecordType((("kind", Simple.STRING), ("code", CodeType("product")), ("sum", Simple.MONEY))),
]


@pytest.mark.parametrize("kind", TYPES, ids=str)
@pytest.mark.parametrize("mentions", [[], EVERYTHING], ids=["nothing-named", "everything-named"])
def test_every_value_is_one_that_a_claim_can_hold(kind: Type, mentions: list[Concrete]) -> None:
    found = values_of(kind, mentions, TREES, NOW)
    assert 0 < len(found) <= MOST_VALUES
    assert found == values_of(kind, mentions, TREES, NOW)
    for value in found:
        log = ProblemLog()
        tree: Plain = exchange_value(value)  # type: ignore[assignment]  # a tree of truth values, numbers and texts
        assert read_value(Shape(log), node_of(tree, ""), kind, TREES) == value
        assert not log.problems


@pytest.mark.parametrize(
    ("kind", "named", "expected"),
    [
        (Simple.INT, 18, {17, 18, 19}),
        (Simple.DECIMAL, Decimal("0.5"), {Decimal("0.4"), Decimal("0.5"), Decimal("0.6")}),
        (Simple.DATE, dt.date(2000, 2, 29), {dt.date(2000, 2, 28), dt.date(2000, 3, 1)}),
        (
            Simple.MONEY,
            Money(Decimal("5.25"), "EUR"),
            {Money(Decimal("5.24"), "EUR"), Money(Decimal(1), "USD")},
        ),
        (Simple.STRING, "名", {"名", "名x", ""}),
        (CodeType("product"), "beer", {"beer", "drinks", "ale", "wine"}),
    ],
    ids=["int", "decimal", "date", "money", "string", "code"],
)
def test_edges_come_with_their_neighbours(kind: Type, named: Concrete, expected: set[object]) -> None:
    assert expected <= set(values_of(kind, [named], TREES, NOW))


# marks


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a && b", "a || b"),
        ("", "a"),
        ("a.b == 'x y'", "a.b == 'x z'"),
        ("реклама.名 == 1", "реклама.名 == 2"),
        ("a " * (MOST_WORDS + 1), "b " * (MOST_WORDS + 1)),
        ("same", "same"),
    ],
)
def test_the_marked_text_gives_both_texts_back(old: str, new: str) -> None:
    pieces = marked(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.IN) == old
    assert "".join(piece.text for piece in pieces if piece.mark is not Mark.OUT) == new


def test_words_are_marked_and_texts_in_quotes_stay_whole() -> None:
    assert marked("staff < 18", "staff < 21") == (
        Piece(Mark.KEPT, "staff < "),
        Piece(Mark.OUT, "18"),
        Piece(Mark.IN, "21"),
    )
    assert Piece(Mark.IN, "'a c'") in marked("x == 'a b'", "x == 'a c'")
