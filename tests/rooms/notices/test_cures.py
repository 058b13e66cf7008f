"""The words that would cure a defect: from the case where a measure follows, else as an example, or none at all."""

from dataclasses import replace

import pytest

from adjudge.app.notices import background
from adjudge.basis.ids import SubjectId
from adjudge.evidence.notice import Element
from adjudge.notices.background import Background
from adjudge.notices.cures import NO_REASON, cure
from adjudge.notices.examine import examine
from tests.rooms.notices.parts import FOUNDING, PHARMACY, answer, day
from tests.rooms.notices.test_golden import found_of, notice_of


def known(subject: str) -> Background:
    found = background(answer(PHARMACY, "2026-07-01", "FR"), SubjectId(subject), day("2026-07-01"))
    assert found is not None
    return found


@pytest.mark.parametrize("element", Element)
def test_without_a_case_every_element_has_an_example(element: Element) -> None:
    assert cure(element, None)


@pytest.mark.parametrize(
    ("subject", "element", "words"),
    [
        ("ad-antibiotics", Element.RESTRICTION, "exclude"),
        ("ad-antibiotics", Element.TERRITORY, "worldwide"),
        ("ad-antibiotics", Element.DURATION, "until it is lifted"),
        ("shop-of-breaches", Element.DURATION, "30 days"),
        ("ad-antibiotics", Element.FACTS, "`c-orders`"),
        ("ad-antibiotics", Element.GROUND, "clause 7.3 of the terms"),
        ("ad-antibiotics", Element.EXPLANATION, "`pharmacy-accreditation`"),
        ("ad-antibiotics", Element.EXPLANATION, "`2026.6`"),
    ],
)
def test_with_a_case_the_words_are_those_of_the_case(subject: str, element: Element, words: str) -> None:
    assert words in cure(element, known(subject))


def test_the_territory_and_the_law_of_the_case_are_named() -> None:
    found = background(answer(FOUNDING, "2024-10-01", "US"), SubjectId("ad-antivirus"), day("2024-10-01"))
    assert "US" in cure(Element.TERRITORY, found)
    assert "15 CFR part 791" in cure(Element.GROUND, found)


def test_where_no_measure_follows_there_is_nothing_to_explain() -> None:
    found = background(answer(FOUNDING, "2018-04-23", "US"), SubjectId("kaspersky-lab"), None)
    assert cure(Element.EXPLANATION, found) == NO_REASON
    assert cure(Element.COURT, found) != NO_REASON


def test_no_words_are_offered_for_a_measure_that_does_not_follow() -> None:
    draft = "12-rule-refuted"
    cures = {finding.element: finding.cure for finding in found_of(draft, notice_of(draft)).findings}
    for element in (Element.RESTRICTION, Element.TERRITORY, Element.DURATION, Element.EXPLANATION):
        assert cures[element] == NO_REASON


def test_an_item_gives_each_cure_once() -> None:
    for draft in ("06-policy-violation", "12-rule-refuted", "20-empty"):
        for item in found_of(draft, notice_of(draft)).items:
            assert len(item.cures) == len(set(item.cures))
            assert bool(item.cures) is item.status.is_defect


def test_words_that_cure_put_it_right() -> None:
    notice = notice_of("07-no-territory")
    cured = {
        "en": notice.text["en"] + "\n\nThis applies in Norway and Lithuania only.",
        "fr": notice.text["fr"] + "\n\nCela ne s'applique qu'en Norvège et en Lituanie.",
    }
    assert not examine(notice).complete
    assert examine(replace(notice, text=cured)).complete
