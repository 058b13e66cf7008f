"""The drafts of `tests/golden/notices`: what is found of each, by item, by element and by language."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from adjudge.app.notices import examined, load_notice
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.notice import Element, Notice
from adjudge.notices.examination import Examination, Status
from adjudge.notices.examine import examine
from tests.rooms.notices.parts import GOLDEN, ROOT, answer

EXPECTED: dict[str, dict[str, Any]] = yaml.load(
    (GOLDEN / "expected.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,  # noqa: S506 - the safest of all: it makes nothing but texts, lists and mappings
)
DRAFTS = sorted(path.stem for path in GOLDEN.glob("[0-9]*.yaml"))
SEARCHED = frozenset({"en", "fr"})


def notice_of(draft: str) -> Notice:
    log = ProblemLog()
    found = load_notice(GOLDEN / f"{draft}.yaml", "en", log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def found_of(draft: str, notice: Notice) -> Examination:
    asked = EXPECTED[draft].get("asked")
    if asked is None:
        return examine(notice)
    return examined(answer(ROOT / asked["case"], asked["as_of"], asked.get("territory")), notice)


def test_every_draft_has_its_expected_result_and_there_are_twenty() -> None:
    assert sorted(EXPECTED) == DRAFTS
    assert len(DRAFTS) >= 20


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_item_of_the_law_has_the_status_that_is_expected(draft: str) -> None:
    found = found_of(draft, notice_of(draft))
    shown = {item.requirement.id: item.status.value for item in found.items}
    assert {name: status for name, status in shown.items() if status != "present"} == EXPECTED[draft][
        "requirements"
    ]
    assert str(found.complete).lower() == EXPECTED[draft]["complete"]
    assert str(found.by_pattern).lower() == EXPECTED[draft]["by_pattern"]


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_element_has_the_status_that_is_expected(draft: str) -> None:
    found = found_of(draft, notice_of(draft))
    assert [finding.element for finding in found.findings] == list(Element)
    defects = {item.element.value: item.status.value for item in found.findings if item.status.is_defect}
    assert defects == EXPECTED[draft]["elements"]


@pytest.mark.parametrize("draft", DRAFTS)
def test_each_language_alone_gives_the_same_unless_the_draft_is_about_that(draft: str) -> None:
    notice = notice_of(draft)
    whole = [finding.status for finding in found_of(draft, notice).findings]
    alone = {
        language: [f.status for f in found_of(draft, replace(notice, text={language: text})).findings]
        for language, text in notice.text.items()
    }
    assert set(alone) >= SEARCHED
    differing = [language for language, statuses in alone.items() if statuses != whole]
    assert differing == EXPECTED[draft].get("differs", [])


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_defect_has_a_reason_and_the_words_that_would_cure_it(draft: str) -> None:
    for finding in found_of(draft, notice_of(draft)).findings:
        assert bool(finding.why) is finding.status.is_defect
        assert bool(finding.cure) is finding.status.is_defect
        # What is missing has no words; whatever else was found is quoted.
        assert bool(finding.passages) is (finding.status is not Status.MISSING)


def test_there_are_complete_drafts_of_every_sort() -> None:
    complete = [draft for draft in DRAFTS if EXPECTED[draft]["complete"] == "true"]
    searched = [draft for draft in complete if not notice_of(draft).passages]
    marked = [draft for draft in complete if notice_of(draft).passages]
    compared = [draft for draft in marked if "asked" in EXPECTED[draft]]
    assert len(searched) >= 2
    assert len(compared) >= 2
    assert set(marked) - set(compared)


def test_what_patterns_find_is_marked_as_found_so() -> None:
    for draft in DRAFTS:
        notice = notice_of(draft)
        for finding in found_of(draft, notice).findings:
            assert finding.by_pattern is (bool(finding.passages) and not notice.passages)


def test_an_invented_case_of_ours_is_a_case_that_can_be_read() -> None:
    assert answer(GOLDEN / "cases" / "pharmacy-2026", "2026-07-01", "FR").subjects
