"""Texts as sentences: what ends one, and that nothing makes it fail or dawdle."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.notices.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \n", []),
        ("One. Two.", ["One.", "Two."]),
        ("One! Two? Three.", ["One!", "Two?", "Three."]),
        ("See Art. 17 and no. 4 of it. Then act.", ["See Art. 17 and no. 4 of it.", "Then act."]),
        ("L'article L. 5125 vaut. Ensuite.", ["L'article L. 5125 vaut.", "Ensuite."]),
        ("Version 2.1 is out. Read it.", ["Version 2.1 is out.", "Read it."]),
        ("One\nline. And\ntwo.", ["One line.", "And two."]),
        ("A heading\n\nA text", ["A heading", "A text"]),
        ("Facts:\n- one thing\n- another thing", ["Facts:", "- one thing", "- another thing"]),
        ("Facts:\n1. one\n2) two", ["Facts:", "1. one", "2) two"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("Il a dit « Non. » Puis rien.", ["Il a dit « Non. »", "Puis rien."]),
        ("the end. no capital follows.", ["the end. no capital follows."]),
        ("Élan. Ému.", ["Élan.", "Ému."]),
    ],
)
def test_a_text_is_parted_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from("aA1.!? \n\t-“”«»()é\u202e"), max_size=200))
def test_nothing_is_lost_but_space(text: str) -> None:
    found = sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence == " ".join(sentence.split()) and sentence for sentence in found)


@pytest.mark.parametrize("unit", ["Art. A ", "a. ", "\n \n", "\n", "A. ", "- \n", "“. ", " ", "x"])
def test_a_hostile_text_takes_no_longer_than_its_length_asks_for(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 2
