"""The lexis of CEL, less what version 1 leaves out. LANGUAGE.md 3.9; cel-spec, Syntax."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.language.expression.printer import literal_text
from adjudge.language.expression.tokens import RESERVED, ExpressionError, TokenKind, tokens_of

LITERALS = [
    ("0", 0),
    ("9223372036854775807", 2**63 - 1),
    ("0x1F", 31),
    ("0XfF", 255),
    ("007", 7),
    ("1.5", Decimal("1.5")),
    (".5", Decimal("0.5")),
    ("1e3", Decimal(1000)),
    ("1.5E-2", Decimal("0.015")),
    ("1e+2", Decimal(100)),
    ("true", True),
    ("false", False),
    ("'a'", "a"),
    ('"a"', "a"),
    ("'''a'b''c'''", "a'b''c"),
    ('"""a\n"b"""', 'a\n"b'),
    ("''", ""),
    ("''''''", ""),
    (r"'\a\b\f\n\r\t\v\\\?\"\'\`'", "\a\b\f\n\r\t\v\\?\"'`"),
    (r"'\x41\X41\u00e9\U0001F37A\101'", "AAé\U0001f37aA"),
    (r"r'\n\d'", "\\n\\d"),
    (r"R'\n'", r"\n"),
    (r"r'\'", "\\"),
    ('r"it\'s"', "it's"),
    ('r"""\\"""', None),
    ("'\\\\'", "\\"),
    ("'é日本'", "é日本"),
]


@pytest.mark.parametrize(("text", "value"), [pair for pair in LITERALS if pair[1] is not None])
def test_literals_have_their_values(text: str, value: object) -> None:
    token, end = tokens_of(text)
    assert token.kind is TokenKind.LITERAL
    assert token.value == value
    assert type(token.value) is type(value)
    assert (token.place.start, token.place.end) == (0, len(text))
    assert end.kind is TokenKind.END


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ("1u", "unsupported-feature", 0, 1),
        ("b'a'", "unsupported-feature", 0, 2),
        ("rb'a'", "unsupported-feature", 0, 3),
        ("null", "unsupported-feature", 0, 4),
        ("a ? b", "unsupported-feature", 2, 3),
        ("{'a': 1}", "unsupported-feature", 0, 1),
        ("1a", "expression-syntax", 0, 1),
        ("0x", "expression-syntax", 0, 1),
        ("1_000", "expression-syntax", 0, 1),
        ("a = b", "expression-syntax", 2, 3),
        ("a & b", "expression-syntax", 2, 3),
        ("a | b", "expression-syntax", 2, 3),
        ("`a`", "expression-syntax", 0, 1),
        ("a # b", "expression-syntax", 2, 3),
        ("é", "expression-syntax", 0, 1),
        ("٣", "expression-syntax", 0, 1),
        ("a \u00a0b", "expression-syntax", 2, 3),
        ("'abc", "expression-syntax", 0, 1),
        ("'a\nb'", "expression-syntax", 0, 1),
        ("'''a''", "expression-syntax", 0, 3),
        (r"'a\z'", "expression-syntax", 2, 4),
        (r"'a\400'", "expression-syntax", 2, 4),
        (r"'\ud800'", "expression-syntax", 1, 7),
        (r"'\U00110000'", "expression-syntax", 1, 11),
        ("9223372036854775809", "bad-value", 0, 19),
        ("0xFFFFFFFFFFFFFFFFF", "bad-value", 0, 19),
        ("1.0000000000000000001", "bad-value", 0, 21),
        ("1e9999", "bad-value", 0, 6),
    ],
)
def test_what_is_no_token_of_version_one_says_why_and_where(
    text: str, code: str, start: int, end: int
) -> None:
    with pytest.raises(ExpressionError) as caught:
        tokens_of(text)
    assert caught.value.code == code
    assert (caught.value.place.start, caught.value.place.end) == (start, end)


def test_comments_and_white_space_are_passed_over() -> None:
    tokens = tokens_of(" a\t// one && two\r\n\f b // three")
    assert [token.text for token in tokens] == ["a", "b", ""]


def test_the_longest_mark_is_taken() -> None:
    assert [token.text for token in tokens_of("a<=b!=!c")][:-1] == ["a", "<=", "b", "!=", "!", "c"]


def test_a_point_behind_an_operand_selects_and_begins_no_number() -> None:
    with pytest.raises(ExpressionError):
        tokens_of("a.5b")
    assert [token.text for token in tokens_of("a.b")][:-1] == ["a", ".", "b"]
    assert [token.text for token in tokens_of("[.5]")][:-1] == ["[", ".5", "]"]


def test_reserved_words_are_those_of_cel() -> None:
    assert {"null", "in", "true", "false", "package", "while"} <= RESERVED


@given(st.text(max_size=30))
def test_every_text_is_read_back_from_its_literal(text: str) -> None:
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    [token, _] = tokens_of(literal_text(text))
    assert token.value == text
