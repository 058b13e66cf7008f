"""What a statement says that can be done, and of others: every way as verified, none where there is none, no names."""

from dataclasses import replace

import pytest

from adjudge.answers.answer import Answer
from adjudge.app.on_files import load_case
from adjudge.app.others import with_others
from adjudge.basis.ids import FactName, SubjectId
from adjudge.basis.problem import ProblemLog
from adjudge.evidence.notice import Element, Pointer, Prospect
from adjudge.facts.claim import Subject
from adjudge.facts.settle import settle
from adjudge.language.package import MeasureKind, Rule
from adjudge.notices.remedies import MOST_TOLD, told_ways
from adjudge.notices.statement import Statement, as_notice
from adjudge.population.alike import Member
from adjudge.population.model import Decided, DecisionStatus, PopulationFile
from adjudge.population.others import LikeCases, Others, RuleOthers
from adjudge.population.reach import Reach, ReachRow
from adjudge.population.view import PopulationView
from adjudge.recourse.way import Recourse, Turning
from tests.rooms.notices.parts import (
    FOUNDING,
    PHARMACY,
    ROOT,
    Tried,
    answer,
    answered,
    day,
    measured,
    statement,
)

EVERY = [pytest.param(tried, id=tried.name) for tried in measured()[::6]]
HEADINGS = {
    "en": ("What you can do", "How you can object"),
    "fr": ("Ce que vous pouvez faire", "Comment vous pouvez"),
}


def section(written: Statement, language: str = "en") -> str:
    """The text from what can be done up to how one can object, who else included."""
    text = next(letter.text for letter in written.letters if letter.language == language)
    first, end = HEADINGS[language]
    return text[text.index(f"\n{first}\n") : text.index(f"\n{end}")]


def told(written: Statement) -> list[Pointer]:
    return [passage.pointer for passage in as_notice(written).of(Element.RECOURSE)]


def with_recourse(found: Answer, subject: str, **changed: object) -> Answer:
    """The answer with the recourse of one subject changed."""

    def other(recourse: Recourse | None) -> Recourse | None:
        return replace(recourse, **changed) if recourse is not None else None  # type: ignore[arg-type]

    subjects = (
        replace(item, recourse=other(item.recourse)) if item.outcome.subject == subject else item
        for item in found.subjects
    )
    return replace(found, subjects=tuple(subjects))


def pharmacy() -> Answer:
    return answer(PHARMACY, "2026-07-01", "FR")


def recourse_of(found: Answer, subject: str) -> Recourse:
    recourse = next(item.recourse for item in found.subjects if item.outcome.subject == subject)
    assert recourse is not None
    return recourse


@pytest.mark.parametrize("tried", EVERY)
def test_every_way_that_is_told_is_one_that_was_verified(tried: Tried) -> None:
    found = tried.answer()
    recourse = recourse_of(found, tried.subject)
    own = {frozenset(step.action.fact for step in way.steps) for way in recourse.own}
    pointers = told(statement(found, tried.subject))
    assert pointers
    if own:
        release = [pointer for pointer in pointers if pointer.recourse is Prospect.RELEASE]
        assert len(release) == min(MOST_TOLD, len(told_ways(recourse)))
        assert {frozenset(pointer.facts) for pointer in release} <= own
        person = {frozenset(step.action.fact for step in way.steps) for way in recourse.to_a_person}
        assert {frozenset(pointer.facts) for pointer in pointers if pointer not in release} <= person
    else:
        assert pointers[0].recourse is Prospect.NONE


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "change `ad.shown_in` from France to Belgium",
                "proof: ad record",
                "make `ad.orders_medicines` no",
                "expires: any day after 1 July 2026",
            ],
        ),
        (
            "fr",
            [
                "pour `ad.shown_in`, remplacer France par Belgique",
                "preuve : enregistrement",
                "toute date après le 1er juillet 2026",
            ],
        ),
    ],
)
def test_steps_are_told_in_words_with_their_documents(language: str, words: list[str]) -> None:
    shown = section(statement(pharmacy(), "ad-antibiotics"), language).replace("\N{NO-BREAK SPACE}", " ")
    assert all(part in shown for part in words)
    assert "proof of an exception: Accredited for the country" in shown or language == "fr"


def test_a_certificate_to_hold_and_to_prove_is_told_once_and_first() -> None:
    shown = section(statement(pharmacy(), "ad-antibiotics"))
    assert shown.count("kind: pharmacy_accreditation") == 1
    assert "where it is not so yet, you can first make it so" in shown
    assert "Each of the following ways obtains by itself that no measure remains." in shown
    assert shown.index("pharmacy_accreditation") < shown.index("change `ad.category`")


def test_the_cheapest_way_to_a_person_is_one_that_was_verified() -> None:
    found = pharmacy()
    shown = section(statement(found, "ad-antibiotics"))
    assert shown.count("so that a person decides anew") == 1
    assert "that `ad.category` is not" in shown
    none = tuple(way for way in recourse_of(found, "ad-antibiotics").ways if not way.ends_contested)
    assert "a person decides anew" not in section(
        statement(with_recourse(found, "ad-antibiotics", ways=none), "ad-antibiotics")
    )


def test_what_only_others_can_lift_is_told_beside_a_way_of_ones_own_with_who_they_are() -> None:
    shown = section(statement(answer(FOUNDING, "2024-10-01", "US"), "ad-antivirus"))
    assert (
        "Others could lift it as well, by changing `advertiser.sale_prohibitions` (a third party: `us_commerce`)."
        in shown
    )


def test_measures_that_stay_in_other_territories_are_told() -> None:
    found = answer(FOUNDING, "2024-10-01", "US")
    recourse = recourse_of(found, "ad-antivirus")
    ways = tuple(replace(way, elsewhere=recourse.measures) for way in recourse.ways)
    shown = section(statement(with_recourse(found, "ad-antivirus", ways=ways), "ad-antivirus"))
    assert "in other territories there may remain: Product whose sale" in shown


def test_what_a_fact_means_is_told_where_it_is_first_named() -> None:
    shown = section(statement(pharmacy(), "ad-antibiotics"))
    assert shown.count("What `ad.category` means:") == 1
    assert shown.count("`ad.category`") > 2


def test_of_many_ways_a_handful_is_told_and_how_many_more_there_are() -> None:
    found = pharmacy()
    recourse = recourse_of(found, "ad-antibiotics")
    many = with_recourse(found, "ad-antibiotics", ways=(*recourse.own, *recourse.own))
    written = statement(many, "ad-antibiotics")
    assert len(told(written)) == MOST_TOLD
    assert f"There are {2 * len(told_ways(recourse)) - MOST_TOLD} more such ways" in section(written)


def test_where_nothing_helps_it_is_said_with_what_the_decision_turns_on_and_who_else_could_change_it() -> (
    None
):
    found = answer(FOUNDING, "2024-10-01", "US")
    recourse = recourse_of(found, "ad-antivirus")
    others = tuple(way for way in recourse.ways if way.power.value == "others")
    turning = (Turning(rule=recourse.lifted[0], fact=FactName("advertiser.country"), protected=True),)
    shut = with_recourse(found, "ad-antivirus", ways=others, turning=turning)
    written = statement(shut, "ad-antivirus")
    assert told(written) == [Pointer(recourse=Prospect.NONE, facts=(FactName("advertiser.country"),))]
    shown = section(written)
    assert "Nothing that you can change or prove lifts this by itself." in shown
    assert "turns on `advertiser.country`, a protected characteristic" in shown
    assert "What only others can change so that no measure remains: remove from" in shown
    assert "(a third party: `us_commerce`; proof: court ruling" in shown


def test_where_only_a_person_can_be_obtained_both_are_said() -> None:
    found = pharmacy()
    ways = recourse_of(found, "ad-antibiotics").to_a_person
    written = statement(with_recourse(found, "ad-antibiotics", ways=ways), "ad-antibiotics")
    prospects = [pointer.recourse for pointer in told(written)]
    assert prospects == [Prospect.NONE, *[Prospect.PERSON] * min(MOST_TOLD, len(ways))]
    assert "What the decision turns on: `ad." in section(written)


def test_a_search_that_stopped_does_not_say_that_nothing_helps() -> None:
    shut = with_recourse(pharmacy(), "ad-antibiotics", ways=(), complete=False)
    shown = section(statement(shut, "ad-antibiotics"))
    assert "We found nothing that you can change or prove" in shown
    assert "The search for ways stopped at its limit" in shown


# --- others ---


def compared(as_of: str, subject: str) -> tuple[Answer, Statement]:
    """The founding case beside the population that it names."""
    log = ProblemLog()
    case = load_case(FOUNDING, log, ROOT / "policies")
    assert case is not None, [problem.message for problem in log.problems]
    assert case.population is not None
    found = with_others(answered(case, as_of, "US"), case.population)
    return found, statement(found, subject)


def test_where_nobody_was_compared_it_is_said() -> None:
    assert "it was not compared" in section(statement(pharmacy(), "ad-antibiotics"))


def test_a_population_without_such_subjects_is_said_to_have_none() -> None:
    _, written = compared("2024-10-01", "ad-antivirus")
    assert "holds no ads, so that nothing can be said of others under the rule `prohibited-sale`" in section(
        written
    )


def test_others_are_counted_and_not_named() -> None:
    tried = next(item for item in measured() if item.name.endswith(": shop"))
    found = tried.answer()
    subject = next(item for item in found.subjects if item.outcome.subject == tried.subject)
    rule = next(item.rule for item in subject.explanations if item.rule.id == subject.outcome.measures[0][0])
    shown = section(
        statement(replace_others(found, tried.subject, others_of_three(rule, found)), tried.subject)
    )
    assert f"as of 1 January 2026: 3; the rule `{rule.id}` reaches 3 of them." in shown
    assert "a measure was decided for 1, none for 1, and of 1 no decision is known" in shown
    assert "3 of the others are like this case; decided otherwise: 1, decided alike: 1, not known: 1" in shown
    assert "secret" not in shown


def others_of_three(rule: Rule, found: Answer) -> Others:
    """A population of the subject and three others that the rule reaches: one measured, one spared, one unknown."""
    kinds = (measure_of(rule),)
    subjects = [
        Subject(id=SubjectId(name), kind=rule.subject) for name in ("secret-a", "secret-b", "secret-c")
    ]
    decided = [
        Decided(subject=subjects[0].id, measures=kinds, status=DecisionStatus.VERIFIED),
        Decided(subject=subjects[1].id, measures=(), status=DecisionStatus.VERIFIED),
        None,
    ]
    outcome = next(
        item.outcome for answer in found.subjects for item in answer.explanations if item.rule.id == rule.id
    )
    rows = tuple(
        ReachRow(subject=subject, outcome=outcome, decided=item, places=())
        for subject, item in zip(subjects, decided, strict=True)
    )
    members = [Member(subject, item) for subject, item in zip(subjects, decided, strict=True)]
    at = day("2026-01-01")
    view = PopulationView(
        subjects=tuple(subjects),
        evidence=settle([]),
        decisions={},
        vocabulary=found.package.vocabulary,
        dimensions=(),
        valid_at=at,
        known_at=at,
    )
    file = PopulationFile(
        id="three",
        title={"en": "Three others"},
        summary={},
        policy=str(found.package.id),
        as_of=at,
        parties=(),
        dimensions=(),
        documents="documents.yaml",
        claims="claims.yaml",
        decisions="decisions.yaml",
    )
    like = LikeCases(otherwise=(members[1],), alike=(members[0],), unknown=(members[2],))
    one = RuleOthers(
        subject=Subject(id=SubjectId("shop"), kind=rule.subject),
        rule=rule,
        reach=Reach(rule=rule, view=view, rows=rows, tallies=(), spend=()),
        alike=like,
        in_population=False,
    )
    return Others(population=file, valid_at=at, known_at=at, by_rule=(one,), lacking=())


def measure_of(rule: Rule) -> MeasureKind:
    assert rule.measure is not None
    return rule.measure.kind


def replace_others(found: Answer, subject: str, others: Others) -> Answer:
    subjects = (
        replace(item, others=others) if item.outcome.subject == subject else item for item in found.subjects
    )
    return replace(found, subjects=tuple(subjects))
