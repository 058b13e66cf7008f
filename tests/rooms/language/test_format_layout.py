"""Conditions on lines: where they are parted, what stays as written, what is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.language.expression.parser import parse
from adjudge.language.formatting.layout import laid_out
from adjudge.language.formatting.plain import scalar_text
from tests.generators.plan import World
from tests.generators.strategies import conditions

WIDE = 100_000

SPACED = {
    "a&&b": "a && b",
    "a==1||!b": "a == 1 || !b",
    "! a": "!a",
    "a . b . c": "a.b.c",
    "f . under ( 'x' )": "f.under('x')",
    "f in[1,2 , 3]": "f in [1, 2, 3]",
    "f.exists(x,x.a==1)": "f.exists(x, x.a == 1)",
    "( a||b )&&c": "(a || b) && c",
    "((a))": "((a))",
    "a-1 > - 1": "a - 1 > - 1",
    "a-1 > -1": "a - 1 > -1",
    "a - -1": "a - -1",
    "a\n  &&\tb": "a && b",
    'a=="it\'s"': 'a == "it\'s"',
    "a==r'\\d'": "a == r'\\d'",
    "a== 0x10": "a == 0x10",
    "a==1.50": "a == 1.50",
    "a== .5": "a == .5",
    "a=='x  &&  y'": "a == 'x  &&  y'",
    "имя == 'x'": None,
    "a == 'Zürich\u00a0'": None,
    "a // why\n && b": None,
    "a == '''x\ny'''": None,
    "a ==": None,
    "a b": None,
    "f in ['x',]": "f in ['x',]",
    "(a": None,
    "a)": None,
}


@pytest.mark.parametrize("text", SPACED)
def test_spaces_stand_round_operators_and_nothing_else_changes(text: str) -> None:
    wanted = SPACED[text]
    assert laid_out(text, WIDE) == (None if wanted is None else [wanted])


PARTED = {
    "aaaa && bbbb && ccccc": ["aaaa", "&& bbbb", "&& ccccc"],
    "aaaa && bbbb || cccc && dddd": ["aaaa && bbbb", "|| cccc && dddd"],
    "aaaaaaaa && bbbbbbbb || cccc": ["aaaaaaaa", "  && bbbbbbbb", "|| cccc"],
    "aaaa && (bbbbbbbb || cccccccc)": ["aaaa", "&& (bbbbbbbb", "    || cccccccc)"],
    "f.exists(x, x.aaaa && x.bbbb)": ["f.exists(x,", "  x.aaaa && x.bbbb)"],
    "f.exists(x, x.aaaaaa && x.bbbbbb)": ["f.exists(x,", "  x.aaaaaa", "  && x.bbbbbb)"],
    "f in ['aaaaaa', 'bbbbbb', 'cc', 'd']": ["f in [", "  'aaaaaa',", "  'bbbbbb', 'cc',", "  'd']"],
    "f in ['aaaaaa', 'bbbbbb', 'c',]": ["f in [", "  'aaaaaa',", "  'bbbbbb', 'c',]"],
    "!(aaaaaaaaaa && bbbbbbbbbb)": ["!(aaaaaaaaaa", "  && bbbbbbbbbb)"],
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    "fffffffffffff.startsWith('xxxxxxxxxx')": ["fffffffffffff.startsWith('xxxxxxxxxx')"],
}


@pytest.mark.parametrize("text", PARTED)
def test_long_conditions_are_parted_at_their_loosest_operator(text: str) -> None:
    assert laid_out(text, 20) == PARTED[text]


def test_brackets_nested_too_deeply_are_left_alone() -> None:
    assert laid_out("(" * 5_000 + "a" + ")" * 5_000, 80) is None


def test_a_chain_of_thousands_is_laid_out() -> None:
    lines = laid_out(" && ".join(["a"] * 5_000), 80)
    assert lines is not None
    assert len(lines) == 5_000


@given(case=conditions(), width=st.integers(min_value=1, max_value=120))
def test_the_lines_of_a_condition_are_the_same_condition(case: tuple[World, str], width: int) -> None:
    _, text = case
    lines = laid_out(text, width)
    if lines is None:
        return
    assert parse("\n".join(lines)) == parse(text)
    assert laid_out("\n".join(lines), width) == lines
    assert all(line == line.rstrip() for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(case=conditions())
def test_a_line_that_is_too_long_holds_one_operand(case: tuple[World, str]) -> None:
    for line in laid_out(case[1], 40) or []:
        assert len(line) <= 40 or not re.search(r"&&|\|\|", re.sub(r"'.*?'", "", line.lstrip(" &|")))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a && b", "a && b"),
        ("!a", '"!a"'),
        ("'x' in f", "\"'x' in f\""),
        ("true", '"true"'),
        ("a == 'b: c'", "\"a == 'b: c'\""),
        ("a == 'b #c'", "\"a == 'b #c'\""),
        ("a == 'b#c'", "a == 'b#c'"),
        ('!(a == "x")', "'!(a == \"x\")'"),
        ('!(a == "it\'s")', None),
        ("!a.matches('\\\\d')", None),
        ("", '""'),
    ],
)
def test_a_text_on_one_line_is_quoted_only_where_it_must_be(text: str, written: str | None) -> None:
    assert scalar_text(text) == written
