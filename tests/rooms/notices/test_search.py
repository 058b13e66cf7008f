"""The search of a text without marks: the best sentence, plain texts, redress apart, hostile texts."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.ids import SubjectId
from adjudge.evidence.notice import Element, Notice
from adjudge.notices.examination import Status
from adjudge.notices.examine import examine
from adjudge.notices.patterns import LANGUAGES
from adjudge.notices.plain import plain
from adjudge.notices.search import NO_LAST_DAY, TOO_EARLY, Search
from adjudge.notices.unmarked import NOT_SEARCHED
from tests.rooms.notices.parts import day
from tests.turns import some_of


def notice(**text: str) -> Notice:
    return Notice(
        id="n",
        sender="",
        to=SubjectId("a"),
        about=SubjectId("a"),
        earliest=None,
        latest=None,
        language="",
        text={language.replace("_", "-"): words for language, words in text.items()},
        signed=False,
        sources=(),
    )


def test_the_sentence_that_says_enough_is_preferred_to_the_first() -> None:
    search = Search("Your account is temporarily suspended. It is suspended for 30 days.", "en")
    found = search.sightings(Element.DURATION)
    assert found[0].sentence == "It is suspended for 30 days."
    assert [bool(sighting.lacks) for sighting in found] == [False, True]


def test_what_is_not_spoken_of_is_not_sighted() -> None:
    assert not Search("Good morning.", "en").sightings(Element.COURT)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("États-Unis", "Etats-Unis"),
        ("l’œuvre", "l'oeuvre"),
        ("sus\u200bpen\u00added", "suspended"),
        ("12\u202f%\u00a0et", "12 % et"),
        ("\u202eabc\u202c", "abc"),
    ],
)
def test_a_text_is_met_without_accents_and_without_what_cannot_be_seen(text: str, bare: str) -> None:
    assert plain(text) == bare


def test_a_sentence_on_redress_states_nothing_else() -> None:
    search = Search("You may complain about the removal of your ad in France until 3 May 2026.", "en")
    assert search.sightings(Element.COMPLAINT)
    for element in (Element.RESTRICTION, Element.TERRITORY, Element.DURATION, Element.FACTS):
        assert not search.sightings(element)


def test_a_complaint_with_too_little_time_is_told_from_one_with_no_last_day() -> None:
    reasons = {
        text: sighting.lacks
        for text in ("You may appeal.", "You may appeal within 14 days.", "You may appeal within six months.")
        for sighting in Search(text, "en").sightings(Element.COMPLAINT)
    }
    assert list(reasons.values()) == [NO_LAST_DAY, TOO_EARLY, ""]


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN-gb", "fr", "fr-CA"])
def test_a_regional_text_is_searched_as_its_language(tag: str) -> None:
    words = "This applies worldwide." if tag.lower().startswith("en") else "Cela s'applique partout."
    found = examine(notice(**{tag: words}))
    assert found.findings[list(Element).index(Element.TERRITORY)].passages == {tag: words}


def test_a_text_in_another_language_is_not_searched_and_says_so() -> None:
    found = examine(notice(de="Wir haben Ihr Konto gesperrt.", en="This applies worldwide."))
    assert {finding.why for finding in found.findings} == {NOT_SEARCHED}
    assert all("de" in finding.languages for finding in found.findings)
    territory = found.findings[list(Element).index(Element.TERRITORY)]
    assert territory.languages == ("de",)


def test_a_notice_without_any_text_states_nothing() -> None:
    found = examine(notice())
    assert not found.complete
    assert all(finding.status.is_defect and finding.cure for finding in found.findings)


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_text_makes_the_search_fail(text: str, language: str) -> None:
    search = Search(text, language)
    assert search.alleges_illegality in {True, False}
    for element in Element:
        for sighting in search.sightings(element):
            assert " ".join(sighting.sentence.split()) in " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "unit",
    some_of(
        ["ad account not not ", "Your ad is. ", "decision by by ", "(", "\u202e", "“a", "1,", "and 3 May. "],
        one_in=3,
    ),
)
def test_a_text_of_the_greatest_length_is_examined_in_seconds(language: str, unit: str) -> None:
    text = (unit * (200_000 // len(unit) + 1))[:200_000]
    begun = time.process_time()
    assert not examine(notice(**{language: text})).complete
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    ("sentence", "early"),
    [
        ("You may complain until 31 October 2026.", True),
        ("You may complain until 1 November 2026.", False),
        ("You may complain within six months, until 1 December 2026.", False),
        ("You may complain within six months.", False),
        ("You may complain within 14 days, by 1 December 2026 at the latest.", True),
        ("We answer within 14 days; you may complain until 1 December 2026.", False),
    ],
)
def test_a_last_day_is_compared_with_the_day_of_the_notice(sentence: str, *, early: bool) -> None:
    sent = replace(notice(en=sentence), earliest=day("2026-05-01"))
    complaint = examine(sent).findings[list(Element).index(Element.COMPLAINT)]
    assert (complaint.status is Status.TOO_VAGUE) is early


@pytest.mark.parametrize(
    ("ground", "law", "terms"),
    [
        ("This is contrary to clause 4 of our terms.", False, True),
        ("The Gaming Act 2021 says that this is illegal.", True, False),
        ("This is illegal under the Gaming Act 2021, and contrary to clause 4 of our terms.", True, True),
        ("Hello.", False, True),
    ],
)
def test_a_notice_that_rests_on_law_and_on_terms_must_state_both(
    ground: str, *, law: bool, terms: bool
) -> None:
    items = {item.requirement.id: item.status for item in examine(notice(en=ground)).items}
    assert (items["DSA-17.3d"] is not Status.NOT_APPLICABLE) is law
    assert (items["DSA-17.3e"] is not Status.NOT_APPLICABLE) is terms
