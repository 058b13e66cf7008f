"""Points of an appeal: nothing of what was written is lost, and no bound is passed."""

from hypothesis import given
from hypothesis import strategies as st

from adjudge.appeals.points import LONGEST, MOST, paragraphs, points_of

WORDS = st.text("ab \n\r", max_size=400)


def test_a_paragraph_that_is_too_long_is_parted_at_a_space() -> None:
    found = paragraphs(("word " * 1_200).strip())
    assert [len(piece) <= LONGEST for piece in found] == [True, True]
    assert all(piece.endswith("word") for piece in found)


def test_a_text_without_any_space_is_parted_where_it_must_be() -> None:
    assert [len(piece) for piece in paragraphs("x" * 12_000)] == [5_000, 5_000, 2_000]


def test_too_many_paragraphs_are_put_together() -> None:
    text = "\n\n".join(f"Point {number}." for number in range(1_000))
    found = paragraphs(text)
    assert len(found) <= MOST
    assert "\n\n".join(found) == text


def test_several_texts_are_points_as_they_are() -> None:
    assert [point.text for point in points_of(["One\n\nstill one.", " ", "Two."])] == [
        "One\n\nstill one.",
        "Two.",
    ]
    assert [point.id for point in points_of(["a", "b"])] == ["p1", "p2"]


@given(WORDS)
def test_every_word_of_a_text_stands_in_its_points_in_order(text: str) -> None:
    found = [point.text for point in points_of([text])]
    assert " ".join(found).split() == text.split()
    assert all(piece == piece.strip() and piece for piece in found)


@given(st.lists(st.integers(0, 12_000), max_size=40))
def test_pieces_are_never_longer_than_a_point_may_be(lengths: list[int]) -> None:
    found = paragraphs("\n\n".join("x" * length for length in lengths))
    assert all(len(piece) <= LONGEST for piece in found)
    assert sum(piece.count("x") for piece in found) == sum(lengths)
