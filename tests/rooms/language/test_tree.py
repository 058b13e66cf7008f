"""A syntax tree as canonical JSON, and back."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.digest import Json, canonical_bytes
from adjudge.language.expression.parser import HIGHEST, parse
from adjudge.language.expression.printer import print_expression
from adjudge.language.expression.syntax import (
    Binary,
    Call,
    Listing,
    Literal,
    Logic,
    Name,
    Select,
    Syntax,
    Unary,
)
from adjudge.language.expression.tree import syntax_of, tree_of

NAMES = st.sampled_from(["a", "b1", "_x", "advertiser", "now"])
LITERALS = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.decimals(-1000, 1000, places=3).map(lambda value: value.normalize() if value else Decimal(0)),
    st.text(max_size=8),
).map(Literal)


def larger(inner: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
    some = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Select, st.one_of(NAMES.map(Name), st.builds(Select, NAMES.map(Name), NAMES)), NAMES),
        st.builds(Call, st.one_of(st.none(), inner), NAMES, some),
        st.builds(Unary, st.sampled_from(["!", "-"]), inner),
        st.builds(Binary, st.sampled_from(["==", "!=", "<", "in", "+", "-", "*", "%"]), inner, inner),
        st.builds(Logic, st.sampled_from(["&&", "||"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Listing, some),
    )


EXPRESSIONS = (
    st.recursive(st.one_of(LITERALS, NAMES.map(Name)), larger, max_leaves=12).map(print_expression).map(parse)
)


@given(EXPRESSIONS)
def test_to_a_tree_and_back_is_the_identity(syntax: Syntax) -> None:
    tree = tree_of(syntax)
    assert syntax_of(tree) == syntax
    assert syntax_of(json.loads(canonical_bytes(tree))) == syntax


@given(EXPRESSIONS, EXPRESSIONS)
def test_two_expressions_have_one_tree_only_if_they_are_equal(one: Syntax, other: Syntax) -> None:
    assert (tree_of(one) == tree_of(other)) is (one == other)


def test_the_three_kinds_of_one_stay_apart() -> None:
    assert tree_of(parse("1")) == {"lit": {"int": "1"}}
    assert tree_of(parse("1.0")) == {"lit": {"decimal": "1"}}
    assert tree_of(parse("'1'")) == {"lit": {"string": "1"}}
    assert tree_of(parse("true")) == {"lit": {"bool": True}}


def test_layout_comments_and_brackets_leave_no_trace() -> None:
    assert tree_of(parse("a.b && (c || d) // why")) == tree_of(parse("((a.b)\n&&(c||d))"))


def test_the_highest_expression_that_is_read_has_a_tree_and_canonical_bytes() -> None:
    syntax = parse(" + ".join(["1"] * HIGHEST))
    assert syntax_of(json.loads(canonical_bytes(tree_of(syntax)))) == syntax


BAD: list[Json] = [
    None,
    "a",
    [],
    {},
    {"name": "a", "lit": {"int": "1"}},
    {"unknown": "a"},
    {"name": "a b"},
    {"name": "null"},
    {"name": True},
    {"lit": {"int": "01"}},
    {"lit": {"int": "-0"}},
    {"lit": {"int": "9223372036854775808"}},
    {"lit": {"int": "٣"}},
    {"lit": {"decimal": "1.50"}},
    {"lit": {"decimal": "x"}},
    {"lit": {"bool": "true"}},
    {"lit": {"float": "1"}},
    {"list": {}},
    {"select": {"of": {"name": "a"}}},
    {"select": {"of": {"name": "a"}, "field": "a.b"}},
    {"call": {"function": "f", "arguments": [], "other": []}},
    {"unary": {"operator": "+", "of": {"name": "a"}}},
    {"binary": {"operator": "&&", "left": {"name": "a"}, "right": {"name": "b"}}},
    {"logic": {"operator": "&&", "of": [{"name": "a"}]}},
    {"logic": {"operator": "==", "of": [{"name": "a"}, {"name": "b"}]}},
]


@pytest.mark.parametrize("tree", BAD, ids=str)
def test_a_tree_that_no_text_has_is_a_value_error(tree: Json) -> None:
    with pytest.raises(ValueError, match=r"tree|node|literal|text"):
        syntax_of(tree)


def test_a_chain_inside_a_chain_is_not_the_tree_of_its_text() -> None:
    chain: Json = {"logic": {"operator": "&&", "of": [{"name": "a"}, {"name": "b"}]}}
    with pytest.raises(ValueError, match="own text"):
        syntax_of({"logic": {"operator": "&&", "of": [chain, {"name": "c"}]}})


def test_a_tree_of_any_depth_is_refused_without_recursion_error() -> None:
    tree: Json = {"name": "a"}
    for _ in range(100_000):
        tree = {"unary": {"operator": "!", "of": tree}}
    with pytest.raises(ValueError, match="levels high"):
        syntax_of(tree)
