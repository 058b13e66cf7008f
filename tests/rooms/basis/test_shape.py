"""The furniture of all readers: what it takes, and what it says to what it does not take."""

import pytest

from adjudge.basis.instant import Interval, parse_instant
from adjudge.basis.problem import LIMIT, Problem, ProblemLog, did_you_mean, quoted
from adjudge.basis.reading.node import Mapping, Node
from adjudge.basis.reading.shape import Fields, Shape, key_named, nearest, whole_number
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.basis.weight import Standard
from adjudge.facts.claim import Stance


def shape_and(text: str) -> tuple[Shape, Node]:
    log = ProblemLog()
    node = read_yaml(Source("x", text), log)
    assert node is not None
    return Shape(log), node


def fields_of(text: str) -> Fields:
    shape, node = shape_and(text)
    fields = shape.mapping(node, say("a thing"))
    assert fields is not None
    return fields


def only(shape: Shape) -> Problem:
    assert len(shape.log.problems) == 1, shape.log.problems
    return shape.log.problems[0]


def test_an_unknown_key_is_reported_with_the_nearest_known_one() -> None:
    fields = fields_of("tittle: 1")
    fields.optional("title")
    fields.done()
    problem = only(fields.shape)
    assert problem.code == "unknown-key"
    assert problem.hint == "did you mean `title`?"
    assert (problem.line, problem.column) == (1, 1)


def test_a_missing_key_is_reported_where_its_mapping_begins() -> None:
    fields = fields_of("other: 1")
    assert fields.required("title") is None
    problem = only(fields.shape)
    assert problem.code == "missing-key"
    assert problem.hint == "add `title:`"


@pytest.mark.parametrize(
    ("text", "said"),
    [("[1]", "a list"), ("5", "a number"), ("x", "a text"), ("true", "a truth value"), ("~", "nothing")],
)
def test_a_wrong_shape_says_what_stands_there(text: str, said: str) -> None:
    shape, node = shape_and(text)
    assert shape.mapping(node, say("a thing")) is None
    assert only(shape).message == f"a thing must be a mapping, not {said}"


@pytest.mark.parametrize("text", ["5", "true", "1.5"])
def test_a_number_where_a_text_is_wanted_must_be_quoted(text: str) -> None:
    shape, node = shape_and(text)
    assert shape.text(node, say("the title")) is None
    assert only(shape).hint == "write it in quotes"


def test_texts_are_in_nfc() -> None:
    shape, node = shape_and('"e\u0301"')
    assert shape.text(node, say("x")) == "é"


@pytest.mark.parametrize("text", ["''", "' a'", "'a '", '"a\\nb"', '"\\u202e"', "x" * 201])
def test_what_is_no_identifier_is_refused(text: str) -> None:
    shape, node = shape_and(text)
    shape.identifier(node, say("the id"))
    assert only(shape).code == "bad-identifier"


@pytest.mark.parametrize("text", ["Лаборатория", "a b", "r-1", "日本", "x" * 200])
def test_identifiers_are_of_any_script(text: str) -> None:
    shape, node = shape_and(text)
    assert shape.identifier(node, say("the id")) == text
    assert not shape.log.problems


@pytest.mark.parametrize("text", ["'1a'", "a-b", "é", "''", "x" * 65])
def test_a_name_is_what_expressions_can_speak(text: str) -> None:
    shape, node = shape_and(text)
    shape.name(node, say("a fact"))
    assert only(shape).code == "bad-identifier"


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", 5), ("+5", 5), ("0x5", 5), ("0o5", 5), ("6", None), ("0", None), ("9" * 5000, None)],
)
def test_a_whole_number_lies_between_its_bounds(text: str, value: int | None) -> None:
    shape, node = shape_and(text)
    assert shape.integer(node, key_named("weight"), 1, 5) == value
    assert [problem.code for problem in shape.log.problems] == ([] if value else ["bad-value"])


@pytest.mark.parametrize("text", ["'5'", "1.0", "x", "[5]", "~"])
def test_what_is_no_whole_number_is_of_the_wrong_shape(text: str) -> None:
    shape, node = shape_and(text)
    assert shape.integer(node, key_named("weight"), 1, 5) is None
    assert only(shape).code == "wrong-shape"


@pytest.mark.parametrize(
    ("text", "said"),
    [("3.0", "a number with a fraction"), ("1e5", "`1e5`"), (".inf", "`.inf`"), ("x", "a text")],
)
def test_what_is_no_whole_number_is_named(text: str, said: str) -> None:
    shape, node = shape_and(text)
    assert shape.integer(node, key_named("weight"), 1, 5) is None
    assert only(shape).message == f"`weight` must be a whole number, not {said}"


def test_a_number_with_more_digits_than_any_bound_is_none() -> None:
    assert whole_number("1" * 26) is None
    assert whole_number("0x1f") == 31


def test_a_wrong_word_is_answered_with_the_known_ones() -> None:
    shape, node = shape_and("assert")
    assert shape.word(node, key_named("stance"), Stance) is None
    problem = only(shape)
    assert problem.code == "bad-word"
    assert "asserts" in problem.hint


@pytest.mark.parametrize(("text", "code"), [("2", "bad-word"), ("true", "bad-word"), ("[]", "wrong-shape")])
def test_what_is_no_text_where_a_word_is_wanted_is_answered_with_the_words(text: str, code: str) -> None:
    shape, node = shape_and(text)
    assert shape.word(node, key_named("stance"), Stance) is None
    assert (only(shape).code, only(shape).hint) == (code, "known here: `asserts`, `denies`")


def test_of_many_known_words_the_first_are_named_and_the_others_counted() -> None:
    known = [f"w{number:02}" for number in range(40)]
    assert nearest("w0", known[:1]) == "did you mean `w00`?"
    assert nearest("zzz", known[:20]) == "known here: " + ", ".join(f"`{word}`" for word in known[:20])
    assert nearest("zzz", known).endswith("`w29` and 10 more")
    assert nearest("zzz", []) == ""


@pytest.mark.parametrize(("text", "value"), [("true", True), ("FALSE", False)])
def test_a_truth_value_is_true_or_false(text: str, value: bool) -> None:  # noqa: FBT001 - a table
    shape, node = shape_and(text)
    assert shape.truth(node, key_named("many")) is value
    assert not shape.log.problems


@pytest.mark.parametrize("text", ["yes", "'true'", "1"])
def test_what_is_no_truth_value_is_refused(text: str) -> None:
    shape, node = shape_and(text)
    assert shape.truth(node, key_named("many")) is False
    assert only(shape).code == "wrong-shape"


def test_an_interval_that_ends_before_it_starts_is_refused_at_its_end() -> None:
    fields = fields_of("from: 2020-01-01\nto: 2019-01-01\n")
    found = fields.shape.interval(fields.optional("from"), fields.optional("to"), say("the rule"))
    assert found == Interval()
    problem = only(fields.shape)
    assert (problem.code, problem.line) == ("reversed-interval", 2)


def test_bounds_are_dates_or_timestamps_quoted_or_not() -> None:
    fields = fields_of("from: 2019-01-01\nto: '2019-01-01T00:00:00.5Z'\n")
    found = fields.shape.interval(fields.optional("from"), fields.optional("to"), say("the rule"))
    assert found == Interval(parse_instant("2019-01-01"), parse_instant("2019-01-01T00:00:00.5Z"))


def test_texts_have_a_language_each() -> None:
    shape, node = shape_and("{en: ' a ', fr: b}")
    assert shape.texts(node, say("the title")) == {"en": "a", "fr": "b"}
    shape, node = shape_and("{english please: a}")
    shape.texts(node, say("the title"))
    assert only(shape).code == "bad-word"


def test_a_log_keeps_so_many_problems_and_counts_the_rest() -> None:
    log = ProblemLog()
    for _ in range(LIMIT + 7):
        log.add("bad-value", say("x"))
    assert len(log.problems) == LIMIT
    assert log.left_out == 7
    assert log.refuses


def test_a_problem_has_a_documented_code() -> None:
    with pytest.raises(ValueError, match="undocumented"):
        Problem(code="nonsense", message=say("x"))


def test_user_text_in_messages_is_cut_and_on_one_line() -> None:
    assert quoted("a\nb\u202ec") == "`a b c`"
    assert quoted("x" * 100) == "`" + "x" * 60 + "…`"


def test_few_known_words_are_listed_and_many_are_not() -> None:
    assert did_you_mean("zzz", ["b", "a"]) == "known here: `a`, `b`"
    assert did_you_mean("zzz", [f"w{n}" for n in range(20)]) == ""


def test_standards_of_proof_have_words() -> None:
    assert [standard.word for standard in Standard] == [
        "alleged",
        "reported",
        "corroborated",
        "official",
        "final",
    ]


def test_a_mapping_keeps_the_order_of_its_text() -> None:
    _, node = shape_and("{b: 1, a: 2}")
    assert isinstance(node, Mapping)
    assert list(node.items) == ["b", "a"]
