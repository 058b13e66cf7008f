"""Texts made from patterns: at least one matches, some do not, and no pattern is an error."""

import re2
from hypothesis import given
from hypothesis import strategies as st

from adjudge.candidates.patterns import LONGEST_READ, LONGEST_SAMPLE, MOST_SAMPLES, samples

PATTERNS = (
    "^ab+c$",
    "^ab*c$",
    r"^\d{4}-\d{2}$",
    "^(foo|bar[0-9]{2,3})?x$",
    "^[^a-c]z$",
    "^(?P<name>a+)b$",
    r"^\pL+\.$",
    "^[[:alpha:]]{3}$",
    r"^\w\s\S\D\W$",
    r"^a\tb$",
    "^(?:one|two){2}$",
)


def test_of_every_pattern_one_text_matches_and_another_does_not() -> None:
    for pattern in PATTERNS:
        found = {re2.search(pattern, text) is not None for text in samples(pattern)}
        assert found == {True, False}, pattern


def test_the_edges_of_a_repetition_are_met_on_both_sides() -> None:
    assert {"a" * count for count in (1, 2, 3, 4, 5, 6)} >= set(samples("a{2,5}")) - {"xaa", "aax"}
    assert {"a", "aa", "aaaaa", "aaaaaa"} <= set(samples("a{2,5}"))


def test_the_ends_of_a_class_and_a_letter_outside_are_tried() -> None:
    assert {"d", "h", "-"} <= set(samples("[d-h]"))


def test_no_part_of_a_long_pattern_is_left_out_for_another() -> None:
    pattern = "^[a-c][a-c][a-c][a-c][a-c]d?$"
    assert "aaaaa" in set(samples(pattern))


def test_a_plain_text_gives_none() -> None:
    assert list(samples("plain text")) == []
    assert list(samples("(" * (LONGEST_READ + 1))) == []


@given(st.text(alphabet="ab\\[](){}*+?|.^$-,19:P<p", max_size=60) | st.text(max_size=40))
def test_a_pattern_in_any_state_gives_a_few_short_texts(pattern: str) -> None:
    found = list(samples(pattern))
    assert len(found) <= MOST_SAMPLES
    assert all(len(text) <= LONGEST_SAMPLE for text in found)


def test_nested_repetitions_do_not_grow_without_limit() -> None:
    for pattern in (
        "((((((((a{60}){60}){60}){60}){60}){60}){60}){60})",
        "(a*)*" * 150,
        "(" * 900,
        "a|" * 450,
    ):
        assert len(list(samples(pattern))) <= MOST_SAMPLES
