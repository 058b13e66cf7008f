"""Expressions to trees: CEL's grammar, positions, and limits that hold whatever the input."""

import gc
import time

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.basis.span import Source, Span
from adjudge.language.expression.parser import HIGHEST, LONGEST, parse, read_expression
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
    children,
)
from adjudge.language.expression.tokens import ExpressionError

A, B, C = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a || b && c", Logic("||", (A, Logic("&&", (B, C))))),
        ("a && b || c", Logic("||", (Logic("&&", (A, B)), C))),
        ("(a || b) && c", Logic("&&", (Logic("||", (A, B)), C))),
        ("a && b && c", Logic("&&", (A, B, C))),
        ("a && (b && c)", Logic("&&", (A, B, C))),
        ("a == b && c", Logic("&&", (Binary("==", A, B), C))),
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a - (b - c)", Binary("-", A, Binary("-", B, C))),
        ("a / b % c", Binary("%", Binary("/", A, B), C)),
        ("a + b < c", Binary("<", Binary("+", A, B), C)),
        ("a < b == c", Binary("==", Binary("<", A, B), C)),
        ("a in [b, c]", Binary("in", A, Listing((B, C)))),
        ("a in [b,]", Binary("in", A, Listing((B,)))),
        ("[]", Listing(())),
        ("!a.b", Unary("!", Select(A, "b"))),
        ("!!a", Unary("!", Unary("!", A))),
        ("!a == b", Binary("==", Unary("!", A), B)),
        ("-a * b", Binary("*", Unary("-", A), B)),
        ("-5", Literal(-5)),
        ("- 5", Unary("-", Literal(5))),
        ("--5", Unary("-", Literal(-5))),
        ("-9223372036854775808", Literal(-(2**63))),
        ("a-5", Binary("-", A, Literal(5))),
        ("a - -5", Binary("-", A, Literal(-5))),
        ("a.b.c", Select(Select(A, "b"), "c")),
        ("a.f(b, c)", Call(A, "f", (B, C))),
        ("f()", Call(None, "f", ())),
        ("a.f().b", Select(Call(A, "f", ()), "b")),
        ("'a'.size()", Call(Literal("a"), "size", ())),
        ("(a)", A),
        ("((a))", A),
        ("a//b", A),
        ("a.exists(x, x == 1)", Call(A, "exists", (Name("x"), Binary("==", Name("x"), Literal(1))))),
    ],
)
def test_the_grammar_is_that_of_cel(text: str, tree: Syntax) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("", 0, 0, "ends where a value"),
        ("a &&", 4, 4, "ends where a value"),
        ("a b", 2, 3, "where an operator"),
        ("a == == b", 5, 7, "where a value"),
        ("(a", 0, 1, "never closed"),
        ("f(a", 1, 2, "never closed"),
        ("[a, b", 0, 1, "never closed"),
        ("a)", 1, 2, "where an operator"),
        ("(a]", 2, 3, "where an operator"),
        ("()", 1, 2, "where a value"),
        ("(a, b)", 2, 3, "where an operator"),
        ("f(a,)", 4, 5, "where a value"),
        ("[,]", 1, 2, "where a value"),
        ("a.", 2, 2, "ends where a name"),
        ("a.1", 2, 3, ""),
        ("a.'b'", 2, 5, "where a name"),
        ("if", 0, 2, "reserved word"),
        ("a in in", 5, 7, "where a value"),
        ("a[0]", 1, 2, "indexing"),
        ("9223372036854775808", 0, 19, "64 bits"),
        ("-9223372036854775809", 1, 20, "64 bits"),
        ("-(9223372036854775808)", 2, 21, "64 bits"),
        ("- 9223372036854775808", 2, 21, "64 bits"),
        ("* a", 0, 1, "where a value"),
        (".a", 0, 1, ""),
        ("f(a)(b)", 4, 5, "where an operator"),
    ],
)
def test_what_cannot_be_read_says_what_and_where(text: str, start: int, end: int, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert said in caught.value.message
    assert (caught.value.place.start, caught.value.place.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("(a || b) && c", "(a || b) && c"),
        ("a && (b || c)", "a && (b || c)"),
        ("a && (b && c) || (d)", "a && (b && c) || (d)"),
        ("!(a || b)", "!(a || b)"),
        ("((a)) == ((b))", "((a)) == ((b))"),
        ("-(1) + (2)", "-(1) + (2)"),
        ("(a).b.f((c), d)", "(a).b.f((c), d)"),
        ("(((a && b) && (c)))", "(a && b) && (c)"),
    ],
)
def test_what_is_made_of_something_in_brackets_begins_and_ends_with_them(text: str, whole: str) -> None:
    node = parse(text)
    assert text[node.place.start : node.place.end] == whole


def test_what_stands_in_brackets_has_its_own_place_within() -> None:
    text = "(a || b) && (c == (d))"
    assert [text[part.place.start : part.place.end] for part in children(parse(text))] == [
        "a || b",
        "c == (d)",
    ]


def test_every_node_knows_its_place() -> None:
    text = "  advertiser.f( 'x' ,-1) in [ a , !b ] && c - 1 < 2"
    seen = []
    stack = [parse(text)]
    while stack:
        node = stack.pop()
        seen.append(text[node.place.start : node.place.end])
        stack += children(node)
    assert seen[0] == text.strip()
    assert {
        "advertiser.f( 'x' ,-1)",
        "'x'",
        "-1",
        "[ a , !b ]",
        "!b",
        "c - 1",
        "c - 1 < 2",
        "advertiser",
    } <= set(seen)


def too_large(text: str) -> ExpressionError:
    started = time.process_time()
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert time.process_time() - started < 2
    return caught.value


@pytest.mark.parametrize("mark", ["(", "[", "!", "-", "f(", "a.f(", "[[", "!("])
def test_two_hundred_thousand_brackets_are_a_problem_and_quick(mark: str) -> None:
    assert too_large(mark * 200_000 + "a" + ")" * 200_000).code == "expression-too-large"


@pytest.mark.parametrize("mark", ["(", "[", "!", "-", "f("])
def test_depth_within_the_length_is_a_problem_too(mark: str) -> None:
    assert too_large(mark * (LONGEST // 2 // len(mark)) + "a").code == "expression-too-large"


@pytest.mark.parametrize(
    "text", ["a" + ".b" * 30_000, "1" + "+1" * 30_000, "1" + " in [1]" * 9_000, "a" + "==a" * 20_000]
)
def test_a_tree_that_grows_to_one_side_is_a_problem_too(text: str) -> None:
    assert too_large(text).code == "expression-too-large"


def test_brackets_up_to_the_limit_are_read() -> None:
    depth = HIGHEST - 1
    assert parse("(" * depth + "a" + ")" * depth) == A
    assert print_expression(parse("[" * depth + "]" * depth))
    assert too_large("(" * (depth + 1) + "a" + ")" * (depth + 1)).code == "expression-too-large"


def test_cel_asks_for_thirty_two_repetitions_and_twelve_nestings() -> None:
    for mark in ("||", "&&", "==", "+", "*"):
        assert print_expression(parse(f" {mark} ".join(["a"] * 33)))
    assert print_expression(parse("!" * 32 + "a"))
    assert print_expression(parse("-" * 32 + "a"))
    assert print_expression(parse("a" + ".b" * 32))
    assert print_expression(parse("f(" * 12 + "a" + ")" * 12))


def test_an_expression_has_a_greatest_length() -> None:
    assert parse("a" + " " * (LONGEST - 1)) == A
    assert too_large("a" + " " * LONGEST).code == "expression-too-large"


@pytest.mark.parametrize("mark", ["&&", "||"])
def test_a_chain_of_ten_thousand_is_read_in_linear_time(mark: str) -> None:
    def seconds(count: int) -> float:
        text = mark.join(["a"] * count)
        spent = []
        for _ in range(3):
            started = time.process_time()
            tree = parse(text)
            spent.append(time.process_time() - started)
            assert isinstance(tree, Logic)
            assert len(tree.operands) == count
        return min(spent)

    # What other tests of this process hold would be gone through by the collector, at a bad moment.
    gc.collect()
    gc.freeze()
    seconds(100)
    # Ten times as many in at most forty times the time: linear with room for noise; quadratic would be a hundred.
    try:
        assert seconds(10_000) < 40 * max(seconds(1_000), 0.005)
    finally:
        gc.unfreeze()


def test_a_chain_that_mixes_operators_in_brackets_is_flat() -> None:
    tree = parse("(a && b) && (c && (a && b))")
    assert isinstance(tree, Logic)
    assert len(tree.operands) == 5


def test_a_problem_stands_where_the_expression_stands() -> None:
    source, log = Source("p.yaml", "when: a ?? b"), ProblemLog()
    assert read_expression("a ?? b", log, lambda place: Span(source, place.start + 6, place.end + 6)) is None
    assert (log.problems[0].line, log.problems[0].column) == (1, 9)
    assert log.problems[0].code == "unsupported-feature"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((a))", "a"),
        ("a&&(b||c)", "a && (b || c)"),
        ("(a&&b)||c", "a && b || c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("!(a==b)", "!(a == b)"),
        ("- 5", "-(5)"),
        ("-(-5)", "-(-5)"),
        ("-5", "-5"),
        ("(-5).f()", "(-5).f()"),
        ("-(5.0)", "-(5.0)"),
        ("1e3", "1000.0"),
        ("0x10", "16"),
        ('"a\'b"', "'a\\'b'"),
        ("r'\\d'", "'\\\\d'"),
        ("'\\u202e'", "'\\U0000202e'"),
        ("a in[b,c,]", "a in [b, c]"),
        ("(a+b).size()", "(a + b).size()"),
        ("a==(b==c)", "a == (b == c)"),
    ],
)
def test_the_printer_writes_the_fewest_brackets(text: str, printed: str) -> None:
    assert print_expression(parse(text)) == printed
    assert parse(printed) == parse(text)
