"""YAML as we take it: events only, core schema, no features that hide what a text means."""

import time

import pytest

from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.node import Mapping, Node, Scalar, Sequence
from adjudge.basis.reading.yaml_text import DEEPEST, MOST_NODES, read_yaml
from adjudge.basis.span import Source


def read(text: str) -> tuple[Node | None, list[Problem]]:
    log = ProblemLog()
    return read_yaml(Source("x.yaml", text), log), log.problems


def node_of(text: str) -> Node:
    node, problems = read(text)
    assert node is not None, problems
    return node


def problem_of(text: str) -> Problem:
    node, problems = read(text)
    assert node is None
    assert len(problems) == 1, problems
    return problems[0]


def scalar_of(text: str) -> Scalar:
    node = node_of(text)
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NO", "text"),
        ("no", "text"),
        ("yes", "text"),
        ("on", "text"),
        ("y", "text"),
        ("2019-08-19", "text"),
        ("12:30:45", "text"),
        ("1_000", "text"),
        ("0b11", "text"),
        ("true", "bool"),
        ("False", "bool"),
        ("tRue", "text"),
        ("~", "null"),
        ("null", "null"),
        ("017", "int"),
        ("0o17", "int"),
        ("0x1F", "int"),
        ("-7", "int"),
        ("1.5", "number"),
        ("1e3", "number"),
        (".inf", "number"),
        (".NaN", "number"),
        ("'5'", "text"),
        ('"true"', "text"),
        ("|\n  5", "text"),
        ("٣", "text"),
    ],
)
def test_plain_scalars_are_of_the_core_schema(text: str, kind: str) -> None:
    assert scalar_of(text).kind == kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &x 1\nb: 2", "anchors"),
        ("a: [&x 1, *x]", "anchors"),
        ("a: *x", "aliases"),
        ("&x {a: 1}", "anchors"),
        ("a: !!str 5", "tags"),
        ("a: !local {b: 1}", "tags"),
        ("!!python/object/apply:os.system [ls]", "tags"),
        ("{<<: {a: 1}, b: 2}", "merge"),
        ("a: 1\n---\nb: 2", "second document"),
    ],
)
def test_features_that_hide_what_a_text_means_are_refused(text: str, said: str) -> None:
    problem = problem_of(text)
    assert problem.code == "yaml-feature"
    assert said in problem.message
    assert problem.hint


def test_a_quoted_merge_key_is_a_key() -> None:
    node = node_of("'<<': 1")
    assert isinstance(node, Mapping)
    assert list(node.items) == ["<<"]


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    text = "a: &a [x,x,x]\n" + "".join(
        f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problem_of(text).line == 1


def test_a_key_that_stands_twice_is_a_problem_that_names_the_first_place() -> None:
    problem = problem_of("a: 1\nb: 2\na: 3\n")
    assert (problem.code, problem.line, problem.column) == ("duplicate-key", 3, 1)
    assert "line 1" in problem.hint


def test_all_duplicate_keys_are_reported() -> None:
    _, problems = read("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [problem.line for problem in problems] == [2, 3]


def test_depth_is_limited() -> None:
    assert isinstance(node_of("[" * DEEPEST + "]" * DEEPEST), Sequence)
    problem = problem_of("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))
    assert (problem.code, problem.column) == ("too-deep", DEEPEST + 1)


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 200_000, "- " * 200_000, "? " * 200_000])
def test_extreme_depth_is_a_problem_and_quick(text: str) -> None:
    started = time.process_time()
    assert problem_of(text).code in {"too-deep", "wrong-shape", "yaml-syntax"}
    assert time.process_time() - started < 1


def test_too_many_values_are_a_problem() -> None:
    assert problem_of("- a\n" * (MOST_NODES + 1)).code == "file-too-large"


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "# only a comment"])
def test_a_text_that_holds_nothing_is_a_problem_or_no_node(text: str) -> None:
    node, problems = read(text)
    assert node is None
    assert [problem.code for problem in problems] in (["empty-file"], [])


@pytest.mark.parametrize(
    "text", ["a: [1", "a: 'x", "a: b: c", "a:\n\t- b", "%FOO\n---\n%", "a: \x07", "\ud800", "}", "a\n b: c"]
)
def test_bad_syntax_is_a_problem_with_a_place(text: str) -> None:
    problem = problem_of(text)
    assert problem.code == "yaml-syntax"
    assert problem.line is not None
    assert problem.span is not None
    assert problem.span.excerpt()


def test_line_ends_of_other_systems_do_not_move_places() -> None:
    node = node_of("a: 1\r\nb:\r\n  c: x\r\n")
    assert isinstance(node, Mapping)
    inner = node.items["b"]
    assert isinstance(inner, Mapping)
    span = inner.items["c"].span
    assert span is not None
    assert (span.line, span.column) == (3, 6)
    assert span.excerpt()[0] == "  c: x"


def test_a_byte_order_mark_changes_nothing() -> None:
    node = node_of("\ufeffa: 1")
    assert isinstance(node, Mapping)
    assert list(node.items) == ["a"]


def test_a_collection_cannot_be_a_key() -> None:
    assert problem_of("{[1]: 2}").code == "wrong-shape"


def test_places_are_counted_in_code_points() -> None:
    node = node_of('a: {"\N{BEER MUG}é": x}')
    assert isinstance(node, Mapping)
    inner = node.items["a"]
    assert isinstance(inner, Mapping)
    span = inner.items["\N{BEER MUG}é"].span
    assert span is not None
    assert span.column == 11


def test_paths_name_keys_and_items() -> None:
    node = node_of("rules:\n  - id: a\n  - id: b\n")
    assert isinstance(node, Mapping)
    rules = node.items["rules"]
    assert isinstance(rules, Sequence)
    second = rules.items[1]
    assert isinstance(second, Mapping)
    assert second.items["id"].path == "rules[1].id"
