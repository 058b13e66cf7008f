"""Who else: whom a rule that is met reaches, who is like the subject, and whom a stated reason reaches."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import decide
from adjudge.app.on_files import load_case
from adjudge.app.others import with_others
from adjudge.basis.ids import SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.errors import BugError
from adjudge.language.package import MeasureKind
from adjudge.population.alike import Member
from adjudge.population.others import Others, RuleOthers, kinds_by_severity
from adjudge.population.view import Treatment
from tests.rooms.population.comparing import NOTICE, claims_of, compared, instant, loaded, write_case
from tests.rooms.population.folder import CLAIMS, SUBJECTS, claim

FOUNDING = Path(__file__).resolve().parents[3] / "examples" / "cases" / "kaspersky-2018"
DECIDED = (
    "{subject: ann, measures: [exclude], document: register, status: verified}",
    "{subject: bob, measures: [], document: register, status: verified}",
    "{subject: dan, measures: [limit], document: register, status: verified}",
    "{subject: fay, measures: [limit], document: register, status: verified}",
)
FAY = (claim("p-fay", "fay", "potions", "true"), claim("m-fay", "fay", "model", "paid_by_users"))


def others_in(answer: Answer) -> Others:
    found = answer.subjects[0].others
    assert found is not None
    return found


def the_rule(answer: Answer) -> RuleOthers:
    (found,) = others_in(answer).by_rule
    return found


def names(members: Iterable[Member]) -> list[str]:
    return [str(item.subject.id) for item in members]


def founding(day: str, territory: str) -> Answer:
    log, at = ProblemLog(), instant(day)
    found = load_case(FOUNDING, log)
    assert found is not None, log.problems
    answer = decide(found, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert answer is not None
    return with_others(answer, found.population)


def test_a_rule_that_is_met_says_whom_it_reaches_those_spared_first(tmp_path: Path) -> None:
    found = the_rule(compared(write_case(tmp_path)))
    assert (found.rule.id, found.in_population) == ("potions", False)
    assert [(row.subject.id, row.treatment) for row in found.reached] == [
        ("bob", Treatment.NONE),
        ("cyd", Treatment.UNKNOWN),
        ("ann", Treatment.MEASURE),
    ]
    assert len(found.reach.rows) == len(SUBJECTS)
    assert [row.subject.id for row in found.spared] == ["bob"]


def test_like_cases_are_told_apart_by_what_was_decided_for_them(tmp_path: Path) -> None:
    subjects, claims = (*SUBJECTS, "fay"), (*CLAIMS, *FAY)
    case = write_case(tmp_path, subjects=subjects, claims=claims, decisions=DECIDED)
    found = the_rule(compared(case)).alike
    assert (names(found.otherwise), names(found.alike), names(found.unknown)) == (
        ["bob", "fay"],
        ["ann"],
        ["cyd"],
    )
    assert found.count == 4


def test_a_subject_that_the_population_holds_too_is_not_its_own_comparator(tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path, "ann", decisions=DECIDED[:3]))
    found = the_rule(answer)
    assert found.in_population
    assert "ann" in {row.subject.id for row in found.reach.reached}
    assert "ann" not in {row.subject.id for row in found.reached}
    assert (names(found.alike.otherwise), found.alike.alike, names(found.alike.unknown)) == (
        ["bob"],
        (),
        ["cyd"],
    )


def test_the_subject_is_known_by_its_case_and_not_by_the_population(tmp_path: Path) -> None:
    """The population says of Dan that others pay; the case says that his users do."""
    found = the_rule(compared(write_case(tmp_path, "dan")))
    assert names(found.alike.otherwise) == ["ann", "bob"]
    assert "dan" not in {row.subject.id for row in found.reach.reached}


def test_what_is_shown_more_heavily_is_not_alike(tmp_path: Path) -> None:
    found = the_rule(compared(write_case(tmp_path, own=claims_of("zoe", 4))))
    assert found.alike.count == 0
    assert len(found.reached) == 3


def test_decisions_count_from_their_day_on(tmp_path: Path) -> None:
    found = the_rule(compared(write_case(tmp_path), "2020-02-15"))
    treatment = {row.subject.id: row.treatment for row in found.reached}
    assert treatment[SubjectId("ann")] is Treatment.UNKNOWN


def test_without_a_measure_nobody_is_compared(tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path, own=()))
    assert answer.subjects[0].others is None
    assert answer.population is not None


def test_without_a_population_an_answer_stays_as_it_is(tmp_path: Path) -> None:
    answer = compared(write_case(tmp_path))
    plain = replace(
        answer, subjects=(replace(answer.subjects[0], others=None),), reason=None, population=None
    )
    assert with_others(plain, None) is plain


def test_two_days_of_one_population_are_two_views(tmp_path: Path) -> None:
    found = others_in(compared(write_case(tmp_path), "2020-07-01"))
    assert (str(found.valid_at), str(found.known_at)) == ("2020-07-01T00:00:00Z", "2020-07-01T00:00:00Z")


def test_a_reason_that_was_stated_is_asked_of_the_population(tmp_path: Path) -> None:
    found = compared(write_case(tmp_path)).reason
    assert found is not None
    assert found.text == "advertiser.potions && advertiser.model == 'paid_by_users'"
    assert [row.subject.id for row in found.reach.reached] == ["bob", "cyd", "ann"]


def test_a_reason_that_cannot_have_been_stated_by_then_is_not_asked(tmp_path: Path) -> None:
    case = write_case(tmp_path)
    assert compared(case, "2020-04-30").reason is None
    assert compared(case, "2020-05-01").reason is not None


def test_a_notice_without_a_reason_has_none(tmp_path: Path) -> None:
    without = "\n".join(line for line in NOTICE.splitlines() if not line.startswith("reason"))
    assert compared(write_case(tmp_path, notice=without)).reason is None


def test_a_reason_that_was_not_read_with_its_case_is_a_bug(tmp_path: Path) -> None:
    case = loaded(write_case(tmp_path))
    at = instant("2020-06-01")
    answer = decide(case, Asked(valid_at=at, known_at=at, territory=None), ProblemLog())
    assert answer is not None
    notice = answer.case.notice
    assert notice is not None
    assert notice.reason is not None
    reason = replace(notice.reason, scalar=replace(notice.reason.scalar, text="advertiser.nothing"))
    spoilt = replace(answer, case=replace(answer.case, notice=replace(notice, reason=reason)))
    with pytest.raises(BugError, match="stated reason"):
        with_others(spoilt, case.population)


def test_the_sentence_of_2018_reaches_fifteen_of_twenty_six() -> None:
    found = founding("2018-01-31", "US")
    assert found.reason is not None
    assert (len(found.reason.reach.reached), len(found.reason.reach.rows)) == (15, 26)
    assert [item.others for item in found.subjects] == [None, None, None]


def test_a_population_that_holds_no_ads_says_nothing_of_others_under_a_rule_about_ads() -> None:
    answer = founding("2024-10-01", "US")
    others = {str(item.party.subject.id): item.others for item in answer.subjects}
    found = others["ad-antivirus"]
    assert found is not None
    assert (found.by_rule, found.lacking) == ((), ("prohibited-sale",))
    assert others["ad-threat-intelligence"] is None


def test_kinds_of_measures_stand_once_and_by_rising_severity() -> None:
    given = [MeasureKind.EXCLUDE, MeasureKind.NOTIFY, MeasureKind.EXCLUDE]
    assert kinds_by_severity(given) == (MeasureKind.NOTIFY, MeasureKind.EXCLUDE)
