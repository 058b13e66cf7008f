"""The written statement: it passes its own examination whatever the outcome, and claims no right that is not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.answers.answer import Answer
from adjudge.app.notices import background, statement_of
from adjudge.basis.ids import ClaimId, RuleId, SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.decisions.scope import Extent
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Element, Notice, Source
from adjudge.language.package import DecidedBy, Measure, MeasureKind, Package, Rule
from adjudge.notices.background import Background
from adjudge.notices.examine import examine
from adjudge.notices.redress import EEA, redress
from adjudge.notices.statement import Statement, as_notice
from adjudge.tongues.tongue import tongue_of
from tests.rooms.notices.parts import (
    FOUNDING,
    OWN,
    PHARMACY,
    TONGUES,
    Tried,
    answer,
    answered,
    day,
    handled,
    loaded,
    measured,
    notified,
    statement,
)
from tests.turns import some_of

EVERY = [pytest.param(tried, id=tried.name) for tried in measured()]
STATUTE = "certified under Article 21"
OFFERED = "We also offer settlement out of court at"
DETAILS: dict[MeasureKind, dict[str, object]] = {
    MeasureKind.NOTIFY: {},
    MeasureKind.LABEL: {"text": {"en": "Paid by nobody known", "fr": "Payé par on ne sait qui"}},
    MeasureKind.REQUIRE: {"verification": "identity"},
    MeasureKind.LIMIT: {"min_age": 18},
    MeasureKind.SUSPEND: {"days": 30},
    MeasureKind.EXCLUDE: {},
}


def text(written: Statement, language: str = "en") -> str:
    return next(letter.text for letter in written.letters if letter.language == language)


def with_measure(package: Package, rule: RuleId, **changed: object) -> Package:
    """The package, with one rule changed."""
    rules = tuple(replace(item, **changed) if item.id == rule else item for item in package.rules)  # type: ignore[arg-type]
    return replace(package, rules=rules)


def applied_rule(tried: Tried) -> Rule:
    found = next(item for item in tried.answer().subjects if item.outcome.subject == tried.subject)
    name = found.decision.measures[0].rule
    return next(item.rule for item in found.explanations if item.rule.id == name)


# --- complete, whatever the outcome ---


def test_the_cases_of_the_terms_have_every_kind_of_measure() -> None:
    kinds = {
        item.measure.kind
        for tried in measured()
        for found in tried.answer(package=tried.trial.package).subjects  # without what would change it
        for item in found.decision.measures
    }
    assert kinds == set(MeasureKind)


def known_of(found: Answer, subject: str) -> Background:
    known = background(found, SubjectId(subject), found.asked.valid_at)
    assert known is not None
    return known


@pytest.mark.parametrize("tried", some_of(EVERY, one_in=5))
@pytest.mark.parametrize("by_notice", [False, True], ids=["on our own", "on a notice"])
def test_every_statement_passes_its_own_examination_in_every_language(
    tried: Tried, *, by_notice: bool
) -> None:
    claims = sorted(known_of(tried.answer(), tried.subject).claims)
    found = tried.answer(notified(OWN, claims[0]) if by_notice else OWN)
    known = known_of(found, tried.subject)
    notice = as_notice(statement(found, tried.subject))
    assert set(notice.text) == {tongue.code for tongue in TONGUES}
    for language in notice.text:
        assert examine(replace(notice, text={language: notice.text[language]}), known).complete
    assert examine(notice).complete


@pytest.mark.parametrize("kind", MeasureKind)
@pytest.mark.parametrize("by", some_of(DecidedBy, one_in=2))
@pytest.mark.parametrize("cure", [0, 14])
def test_every_kind_of_measure_can_be_stated(kind: MeasureKind, by: DecidedBy, cure: int) -> None:
    tried = measured()[0]
    measure = Measure(kind=kind, details=DETAILS[kind], surfaces=frozenset({"search"}))  # type: ignore[arg-type]
    package = with_measure(
        tried.trial.package, applied_rule(tried).id, measure=measure, decided_by=by, cure_days=cure
    )
    written = statement(tried.answer(package=package), tried.subject)
    assert ("You have 14 days" in text(written)) is bool(cure)
    assert ("decision was taken by automated means" in text(written)) is (by is DecidedBy.AUTOMATION)
    assert "search" in text(written)


def several(*measures: Measure) -> Statement:
    """The statement on one advertiser against whom several rules are met."""
    tried = next(item for item in measured() if "breach" in item.name)
    rule = applied_rule(tried)
    copies = tuple(
        replace(rule, id=RuleId(f"copy-{number}"), measure=measure) for number, measure in enumerate(measures)
    )
    package = tried.trial.package
    kept = tuple(item for item in package.rules if item.id != rule.id)
    return statement(tried.answer(package=replace(package, rules=(*kept, *copies))), tried.subject)


def suspension(days: int, *countries: str) -> Measure:
    return Measure(
        kind=MeasureKind.SUSPEND,
        details={"days": days},
        territory=frozenset(countries) if countries else None,
    )


def test_measures_of_different_lengths_and_places_stand_side_by_side() -> None:
    written = several(
        suspension(7, "FR"),
        suspension(30, "DE"),
        Measure(kind=MeasureKind.EXCLUDE, territory=frozenset({"US"})),
        Measure(kind=MeasureKind.NOTIFY),
    )
    notice = as_notice(written)
    assert {passage.pointer.days for passage in notice.of(Element.DURATION)} == {7, 30, None}
    assert {passage.pointer.territory for passage in notice.of(Element.TERRITORY)} >= {
        frozenset({"FR"}),
        frozenset({"DE"}),
        frozenset({"US"}),
    }
    assert any(passage.pointer.worldwide for passage in notice.of(Element.TERRITORY))
    assert "worldwide, except in" in text(written)


def test_two_suspensions_of_one_place_stand_side_by_side() -> None:
    written = several(suspension(7), suspension(30))
    assert {passage.pointer.days for passage in as_notice(written).of(Element.DURATION)} == {7, 30}


def test_the_silence_of_a_complete_record_and_what_speaks_against_are_told() -> None:
    written = text(statement(answer(PHARMACY, "2026-07-01", "FR"), "ad-antibiotics"))
    assert "Our record of this is complete" in written
    assert "answer by e-mail" in written
    assert "Our answer: this was weighed" in written


def test_a_claim_of_a_notice_need_not_count_for_the_rule() -> None:
    found = answered(handled(PHARMACY, notified(OWN, ClaimId("c-word"))), "2026-07-01", "FR")
    notice = as_notice(statement(found, "ad-antibiotics"))
    assert [passage.pointer.claims for passage in notice.of(Element.THIRD_PARTY_NOTICES)] == [("c-word",)]


def test_a_notice_of_which_nothing_is_on_record_is_a_problem_and_no_statement() -> None:
    case = handled(PHARMACY, notified(OWN, ClaimId("never-recorded")))
    log = ProblemLog()
    found = answered(case, "2026-07-01", "FR")
    assert statement_of(found, "ad-antibiotics", day("2026-07-01"), TONGUES, log) is None
    assert [problem.code for problem in log.problems] == ["missing-handling"]


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("detection", Automation)
def test_every_way_in_which_a_case_begins_is_told(source: Source, detection: Automation) -> None:
    claims = (ClaimId("n-orders"),) if source is not Source.OWN_INITIATIVE else ()
    handling = replace(OWN, source=source, detection=detection, notified=claims)
    notice = as_notice(statement(answered(handled(PHARMACY, handling), "2026-07-01", "FR"), "ad-antibiotics"))
    assert [passage.pointer.source for passage in notice.of(Element.SOURCE)] == [source]
    detected = notice.of(Element.AUTOMATED_DETECTION)
    assert [passage.pointer.automated for passage in detected] == [detection]


# --- days ---


def durations(notice: Notice) -> list[str]:
    return [str(passage.pointer.start) for passage in notice.of(Element.DURATION)]


@pytest.mark.parametrize(
    ("informed", "starts"),
    [
        ("2026-07-01", "2026-07-15T00:00:00Z"),
        ("2026-07-10", "2026-07-24T00:00:00Z"),
        ("2026-07-01T10:00:00Z", "2026-07-16T00:00:00Z"),
    ],
)
def test_a_measure_begins_when_the_time_to_put_things_right_is_over(informed: str, starts: str) -> None:
    found = answer(PHARMACY, "2026-07-01", "FR")
    assert durations(as_notice(statement(found, "ad-antibiotics", day(informed)))) == [starts]


def test_a_measure_begins_no_earlier_than_the_addressee_is_informed() -> None:
    found = answer(FOUNDING, "2024-10-01", "US")
    late = as_notice(statement(found, "ad-antivirus", day("2024-12-24")))
    assert durations(late) == ["2024-12-24T00:00:00Z"]
    assert [str(passage.pointer.last_day) for passage in late.of(Element.COMPLAINT)] == [
        "2025-06-24T00:00:00Z"
    ]


# --- rights ---


def test_a_right_is_claimed_in_the_economic_area() -> None:
    written = text(statement(answer(PHARMACY, "2026-07-01", "FR"), "ad-antibiotics"))
    assert STATUTE in written
    assert OFFERED not in written


@pytest.mark.parametrize("informed", ["2024-10-01", "2026-07-01", "9999-01-01"])
def test_no_right_is_claimed_where_the_measure_stays_outside_the_economic_area(informed: str) -> None:
    written = text(statement(answer(FOUNDING, "2024-10-01", "US"), "ad-antivirus", day(informed)))
    assert STATUTE not in written
    assert OFFERED in written


@pytest.mark.parametrize(("informed", "claimed"), [("2024-02-16", False), ("2024-02-17", True)])
def test_a_right_is_claimed_from_the_day_on_which_the_regulation_applies(
    informed: str, *, claimed: bool
) -> None:
    everywhere = Extent(frozenset(), all_but=True)
    clauses = redress(OWN, [everywhere], day(informed), day("2030-01-01"), tongue_of("en"))
    written = " ".join(clause.text for clause in clauses)
    assert (STATUTE in written) is claimed
    assert (OFFERED in written) is not claimed


@pytest.mark.parametrize("tried", some_of(EVERY, one_in=5, turn=1))
def test_a_right_is_claimed_exactly_where_a_measure_reaches_the_economic_area(tried: Tried) -> None:
    found = tried.answer()
    decision = next(item.decision for item in found.subjects if item.outcome.subject == tried.subject)
    extents = [item.territory for item in decision.measures]
    reaches = any(bool(EEA - e.names) if e.all_but else bool(EEA & e.names) for e in extents)
    written = text(statement(found, tried.subject))
    assert (STATUTE in written) is (reaches and found.asked.valid_at >= day("2024-02-17"))


def test_the_economic_area_has_thirty_members_and_the_united_kingdom_is_none() -> None:
    assert len(EEA) == 30
    assert not EEA & {"GB", "CH", "US", "EL"}


# --- what is not written ---


@pytest.mark.parametrize(
    ("folder", "as_of", "subject", "code"),
    [
        (FOUNDING, "2018-01-31", "ad-antivirus", "no-measure"),
        (FOUNDING, "2024-10-01", "ad-antivirius", "unknown-subject"),
    ],
)
def test_where_there_is_nothing_to_state_reasons_for_a_problem_says_so(
    folder: Path, as_of: str, subject: str, code: str
) -> None:
    log = ProblemLog()
    found = answer(folder, as_of, "US")
    assert statement_of(found, subject, day(as_of), TONGUES, log) is None
    assert [problem.code for problem in log.problems] == [code]


def test_without_handling_no_statement_is_written() -> None:
    case = loaded(PHARMACY)
    bare = replace(case, case=replace(case.case, file=replace(case.case.file, handling=None)))
    log = ProblemLog()
    found = answered(bare, "2026-07-01", "FR")
    assert statement_of(found, "ad-antibiotics", day("2026-07-01"), TONGUES, log) is None
    assert [problem.code for problem in log.problems] == ["missing-handling"]


def test_a_statement_in_one_language_has_only_that() -> None:
    log = ProblemLog()
    found = answer(PHARMACY, "2026-07-01", "FR")
    written = statement_of(found, "ad-antibiotics", day("2026-07-01"), [tongue_of("fr")], log)
    assert written is not None
    assert set(as_notice(written).text) == {"fr"}


def test_the_name_of_the_platform_is_told_whatever_its_language() -> None:
    handling: Handling = replace(OWN, platform={"fr": "La place"})
    written = statement(answered(handled(PHARMACY, handling), "2026-07-01", "FR"), "ad-antibiotics")
    assert written.sender == "La place"
    assert "From La place" in text(written)
