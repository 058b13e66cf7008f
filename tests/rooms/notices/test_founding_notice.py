"""The one sentence of 2018: refused in both languages, with at least five defects, seven of them known."""

from dataclasses import replace

import pytest

from adjudge.app.notices import examined
from adjudge.evidence.notice import Element
from adjudge.notices.examination import Status
from adjudge.notices.examine import examine
from tests.rooms.notices.parts import FOUNDING, answer, day, loaded

DEFECTS = {
    "DSA-17.3a": "too_vague",
    "DSA-17.3b": "too_vague",
    "DSA-17.3c": "missing",
    "DSA-17.3e": "too_vague",
    "DSA-17.3f": "missing",
    "DSA-17.4": "too_vague",
    "P2B-4.5": "too_vague",
}


@pytest.mark.parametrize("languages", [("en",), ("fr",), ("en", "fr")], ids="-".join)
@pytest.mark.parametrize("as_of", [None, "2018-04-20", "2024-10-01"])
def test_the_notice_is_refused_for_seven_defects(languages: tuple[str, ...], as_of: str | None) -> None:
    notice = loaded(FOUNDING).case.notice
    assert notice is not None
    read = replace(notice, text={language: notice.text[language] for language in languages})
    found = examine(read) if as_of is None else examined(answer(FOUNDING, as_of, "US"), read)
    assert not found.complete
    # Without a case nobody knows that no such measure follows, so that what is wanting is the territory and the time.
    expected = DEFECTS if as_of is not None else {**DEFECTS, "DSA-17.3a": "missing"}
    assert {item.requirement.id: item.status.value for item in found.defects} == expected
    assert next(i for i in found.items if i.requirement.id == "DSA-17.3d").status is Status.NOT_APPLICABLE


def test_what_the_notice_does_state_is_that_something_is_restricted() -> None:
    notice = loaded(FOUNDING).case.notice
    assert notice is not None
    stated = [item.element for item in examine(notice).findings if item.status is Status.PRESENT]
    assert stated == [Element.RESTRICTION]


def test_the_law_did_not_yet_apply_in_2018_and_is_kept_as_a_standard() -> None:
    notice = loaded(FOUNDING).case.notice
    assert notice is not None
    assert not any(item.as_law for item in examine(notice, on=day("2018-01-31")).items)
    assert all(item.as_law for item in examine(notice, on=day("2024-02-17")).items)
    before = examine(notice, on=day("2024-02-16")).items
    assert [item.requirement.id for item in before if item.as_law] == ["P2B-4.5"]
