"""How hard the advertiser's pages are to read: as plain as is wanted, and what the documentation says of it holds."""

import re

import pytest

from adjudge.tongues.tongue import LANGUAGES, tongue_of
from tools.reading_level import LEAST, NAMES, PAGE, level_of, sentences_of, texts_of, too_hard

NEAR = 3
"""Points of the score between what stands in the documentation and what is measured: one more sentence is no error."""


def test_no_language_reads_harder_than_is_wanted() -> None:
    assert too_hard() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_documentation_says_is_near_what_is_measured(language: str) -> None:
    row = re.search(
        rf"^\| {NAMES[language]} \| (\d+) \| [\d.]+ \| [\d.]+ \| (\d+) \| (\d+) \|$",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert row is not None
    sentences, score, least = (int(item) for item in row.groups())
    found = [item for text in texts_of(tongue_of(language)) for item in sentences_of(text)]
    assert abs(level_of(found, language).score - score) <= NEAR
    assert abs(len(found) - sentences) <= len(found) // 10
    assert least == LEAST[language]


def test_long_words_and_long_sentences_read_harder() -> None:
    easy = level_of(["You can ask us."], "en").score
    assert easy > level_of(["Institutional reconsideration necessitates documentation."], "en").score
    assert (
        easy
        > level_of(["You can ask us if you want it and then we look at it and say so to you."], "en").score
    )
