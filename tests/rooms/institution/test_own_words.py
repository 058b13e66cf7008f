"""What the institution says of itself is known again by its words, and said in the language of whoever reads it."""

import pytest

from adjudge.institution import own_words
from adjudge.institution.own_words import said_again
from adjudge.tongues.tongue import tongue_of

OURS = [
    own_words.BY_AUTOMATION,
    own_words.FROM_CASE,
    own_words.case_is_brought_in("kaspersky-2018"),
    own_words.case_was_brought_in("kaspersky-2018"),
    own_words.fell_away("X-000016", own_words.CLAIMS_FELL, ["C-1", "C-2"]),
    own_words.fell_away("X-000016", own_words.RULES_GONE, ["prohibited-sale"]),
    own_words.fell_away("X-000016", own_words.NO_LONGER_MET, ["prohibited-sale"]),
]


@pytest.mark.parametrize("said", OURS, ids=str)
def test_a_reason_of_ours_is_said_again_in_each_language(said: str) -> None:
    kept = "".join(said)  # the words alone, as rows keep them
    english, french = (tongue_of(code).of(said_again(kept)) for code in ("en", "fr"))
    assert english == kept
    assert french not in {"", kept}


@pytest.mark.parametrize(
    "text",
    ["", "seen on a round", "X-1: because: C-1", "the case was brought in", "<b>: no longer: x", "a: b"],
)
def test_a_reason_of_a_person_stays_as_it_is(text: str) -> None:
    assert said_again(text) is text
