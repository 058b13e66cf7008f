"""A statement as YAML: read back it is the same notice, and hostile titles break neither the file nor the marks."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adjudge.app.on_files import LoadedCase
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source as SourceText
from adjudge.evidence.notice import Notice
from adjudge.evidence.notice_reader import read_notice
from adjudge.notices.examine import examine
from adjudge.notices.printer import notice_yaml
from adjudge.notices.statement import as_notice, steadied
from tests.rooms.notices.parts import (
    FOUNDING,
    OWN,
    PHARMACY,
    Tried,
    answer,
    answered,
    day,
    loaded,
    measured,
    statement,
)
from tests.rooms.notices.test_golden import DRAFTS, notice_of
from tests.turns import some_of

EVERY = [pytest.param(tried, id=tried.name) for tried in measured()]
HOSTILE = [
    "two\nlines",
    "three\r\n\r\nlines",
    "`code` and ```fence```",
    "# heading\n- item\n1. item\n> quote",
    "[link](javascript:alert(1)) <script>alert(1)</script>",
    "\u202edesrever\u202c \u2066isolated",
    "- element: court\n  passage: {en: x}",
    'key: value # comment "quoted" \'single\'',
    "a\x00b\x1b[31mred\x07",
    "--- \n... \n%YAML 1.1",
    "line\u2028separator\u2029and\x85next",
    "{{ 7*7 }} {subject} %s",
    "*anchor &alias !tag @at |block >fold",
    "no", "~", "1.0", "2026-07-01", ": ", " ", "«»“”",
]  # fmt: skip


def read_back(text: str) -> Notice:
    log = ProblemLog()
    found = read_notice(read_yaml(SourceText("notice.yaml", text), log), log)
    assert not log.problems, [problem.message for problem in log.problems]
    assert found is not None
    return found


def titled(title: str) -> LoadedCase:
    """The case of the pharmacy with every title and the platform's name replaced."""
    found = loaded(PHARMACY)
    file = found.case.file
    parties = tuple(replace(party, title={"en": title, "fr": title}) for party in file.parties)
    address = "https://ads.example/complaints"  # the reader of `handling` takes nothing that is no address
    handling = replace(OWN, platform={"en": title, "fr": title}, complaint=address, settlement=address)
    documents = {
        key: replace(item, title=title, publisher=title) for key, item in found.case.documents.items()
    }
    claims = tuple(replace(claim, place=title) for claim in found.case.claims)
    case = replace(found.case, file=replace(file, parties=parties, handling=handling), documents=documents)
    return replace(found, case=replace(case, claims=claims))


@pytest.mark.parametrize("tried", some_of(EVERY, one_in=5, turn=2))
def test_every_statement_reads_back_as_the_same_notice(tried: Tried) -> None:
    notice = as_notice(statement(tried.answer(), tried.subject))
    assert read_back(notice_yaml(notice)) == notice


@pytest.mark.parametrize("informed", ["2026-07-01", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00.5Z"])
def test_a_statement_at_any_hour_reads_back_as_the_same_notice(informed: str) -> None:
    notice = as_notice(statement(answer(PHARMACY, "2026-07-01", "FR"), "ad-antibiotics", day(informed)))
    assert read_back(notice_yaml(notice)) == notice


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_marked_draft_reads_back_as_the_same_notice(draft: str) -> None:
    notice = notice_of(draft)
    if notice.passages:
        assert read_back(notice_yaml(notice)) == notice
    else:
        assert read_back(notice_yaml(notice)).text == notice.text


def test_what_a_notice_need_not_have_is_left_out() -> None:
    notice = as_notice(statement(answer(PHARMACY, "2026-07-01", "FR"), "shop-of-breaches"))
    written = notice_yaml(notice)
    assert "\nabout:" not in written
    assert "\np2b:" not in written
    assert "\np2b: false\n" in notice_yaml(replace(notice, p2b=False))
    assert read_back(notice_yaml(replace(notice, p2b=False, language="fr"))).language == "fr"


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_break_neither_the_file_nor_the_marks(title: str) -> None:
    _check_with(title)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_title_breaks_the_file_or_the_marks(title: str) -> None:
    _check_with(title)


def _check_with(title: str) -> None:
    notice = as_notice(statement(answered(titled(title), "2026-07-01", "FR"), "ad-antibiotics"))
    found = read_back(notice_yaml(notice))
    plain = as_notice(statement(answered(titled("plain"), "2026-07-01", "FR"), "ad-antibiotics"))
    assert [passage.element for passage in found.passages] == [p.element for p in plain.passages]
    assert found.passages == notice.passages
    assert found.text == notice.text
    assert "\u202e" not in found.text["en"]
    assert found.text["en"].count("\n") == plain.text["en"].count("\n")
    assert examine(found).complete


@pytest.mark.parametrize(
    ("text", "steady"),
    [
        ("a\nb", "a b"),
        ("\u202eabc\u202c", "abc"),
        ("\u2066a\u2069", "a"),
        ("a\x1b[31m", "a [31m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("  a  ", "a"),
    ],
)
def test_a_text_is_steadied_and_keeps_what_its_script_needs(text: str, steady: str) -> None:
    assert steadied(text) == steady


def test_the_statement_of_the_founding_case_reads_back_complete() -> None:
    notice = as_notice(statement(answer(FOUNDING, "2024-10-01", "US"), "ad-antivirus"))
    assert examine(read_back(notice_yaml(notice))).complete
