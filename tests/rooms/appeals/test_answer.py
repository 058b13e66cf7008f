"""What counts as the same answer."""

import pytest

from adjudge.appeals.answer import says_the_same


@pytest.mark.parametrize(
    ("one", "other", "within", "same"),
    [
        ("We do not sell beer.", "we  do NOT sell beer!", False, True),
        ("We do not sell beer.", "We do sell beer.", False, False),
        ("sell beer", "We do not sell beer.", True, True),
        ("sell bee", "We do not sell beer.", True, False),
        ("sell beer", "We do not sell beer.", False, False),
        ("ﬁne", "FINE", False, True),
    ],
)
def test_words_count_and_not_case_marks_or_spaces(one: str, other: str, within: bool, same: bool) -> None:  # noqa: FBT001
    assert says_the_same(one, other, within=within) is same
