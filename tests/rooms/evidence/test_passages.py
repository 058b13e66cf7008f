"""Passages of claims in a text: found whatever the spaces, marked where they stand, not found where nobody quoted."""

import time

from adjudge.evidence.passages import Passage, Piece, passages, pieces

TEXT = ("The first one.", "It is ordered that\n the company   shall not sell.", "It is ordered again.")


def test_a_quotation_is_found_whatever_its_spaces_and_quotation_marks() -> None:
    places = {
        "a": "the company shall not sell",
        "b": "“ordered that the company”",
        "c": 'page 3: "It is ordered again."',
        "d": "« The first one. »",
    }
    found = passages(TEXT, places)
    assert found["a"] == Passage(1, 20, 48)
    assert TEXT[1][found["b"].start : found["b"].end] == "ordered that\n the company"
    assert (found["c"].paragraph, found["d"].paragraph) == (2, 0)


def test_a_place_that_quotes_nothing_is_not_found() -> None:
    assert (
        passages(TEXT, {"a": "ordered", "b": "second paragraph", "c": "", "d": "x" * 5_000, "e": "page 2"})
        == {}
    )


def test_a_paragraph_is_cut_where_passages_begin_and_end() -> None:
    spans = {"a": Passage(0, 2, 6), "b": Passage(0, 4, 8)}
    assert pieces("0123456789", spans) == (
        Piece("01"),
        Piece("23", ("a",)),
        Piece("45", ("a", "b")),
        Piece("67", ("b",)),
        Piece("89"),
    )
    assert pieces("whole", {}) == (Piece("whole"),)
    assert pieces("whole", {"a": Passage(0, 0, 5)}) == (Piece("whole", ("a",)),)


def test_many_hostile_places_take_no_time_beyond_their_length() -> None:
    text = ["a " * 1_400] * 400
    places = {str(number): "a " * 900 + str(number) for number in range(200)}
    start = time.monotonic()
    assert passages(text, places) == {}
    assert time.monotonic() - start < 10
