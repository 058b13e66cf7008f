"""Words as they are sought: folded alike in what is kept and in what is asked, whatever the script."""

import pytest

from adjudge.records.sought import LONGEST_WORD, is_word
from adjudge.redaction.folding import MOST_ASKED, asked_words, kept_words, token, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kaspersky Lab", ["kaspersky", "lab"]),
        ("ÉTÉ à l'Œuvre", ["ete", "a", "l", "œuvre"]),
        ("Лаборатория КАСПЕРСКОГО", ["лаборатория", "касперского"]),
        ("Straße", ["strasse"]),
        ("X-000015", ["x", "000015"]),
        ("北京市", ["北京", "京市"]),
        ("中", ["中"]),
        ("한국어", ["한국", "국어"]),
        ("ﬁne print", ["fine", "print"]),
        ("<b>&amp;\u202e\x00 _", ["b", "amp"]),
        ("", []),
    ],
)
def test_words_have_no_case_no_accents_and_no_signs(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words
    assert all(map(is_word, words))


def test_what_is_asked_is_found_in_what_is_kept() -> None:
    text = "Élan Vital – 東京 Лаб «été»"
    kept = kept_words([text], [token("r", "rule-1")]).split(" ")
    short, longer = asked_words(text.upper())
    assert set(short) <= set(kept)
    assert all(any(word.startswith(start) for word in kept) for start in longer)


def test_a_question_has_so_many_words_and_no_more() -> None:
    short, longer = asked_words("word " + " ".join(f"w{number}ord" for number in range(1_000)))
    assert len(short) + len(longer) == MOST_ASKED


def test_no_text_holds_the_word_of_a_filter() -> None:
    tokens = [
        token("r", "a-rule"),
        token("r", "A rule"),
        token("r", "a_rule"),
        token("a", "Élan " * 40),
        token("t", "*"),
    ]
    assert len(set(tokens)) == len(tokens)
    for item in tokens:
        assert is_word(item)
        assert len(item) <= LONGEST_WORD
        assert item not in words_of(item)
        assert item not in " ".join(words_of(f"x {item} y")).split(" ")


def test_a_long_text_is_not_kept_whole_and_filters_always_are() -> None:
    kept = kept_words([" ".join(f"word{number}" for number in range(5_000))], [token("s", "stands")]).split(
        " "
    )
    assert kept[0] == token("s", "stands")
    assert len(kept) < 1_000
