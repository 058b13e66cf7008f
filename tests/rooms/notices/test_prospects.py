"""What a notice says can be done, beside the recourse of the case: no way that is none, none denied that is there."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from adjudge.app.notices import background, examined
from adjudge.basis.ids import FactName, SubjectId
from adjudge.evidence.notice import Element, Passage, Pointer, Prospect
from adjudge.language.package import MeasureKind
from adjudge.notices.background import Background
from adjudge.notices.cures import NO_REASON, cure
from adjudge.notices.pointers import NO_MEASURE, contradicts
from adjudge.notices.prospects import NOT_IN_VAIN, doubts_of_recourse, own_ways, turning_facts
from adjudge.recourse.way import Recourse, Turning
from tests.rooms.notices.parts import FOUNDING, PHARMACY, SEVERAL, answer, day
from tests.rooms.notices.test_golden import notice_of

COUNTRY, CERTIFICATES = "advertiser.country", "advertiser.certificates"
PRICE, PRIZE = "ad.draw_price", "ad.offers_cash_prize"


def known(which: str) -> Background:
    folder, as_of, territory, subject = {
        "pharmacy": (PHARMACY, "2026-07-01", "FR", "ad-antibiotics"),
        "draw": (SEVERAL, "2026-02-02", None, "ad-draw"),
        "company": (FOUNDING, "2018-04-23", "US", "kaspersky-lab"),
    }[which]
    found = background(answer(folder, as_of, territory), SubjectId(subject), day(as_of))
    assert found is not None
    return found


def shut(*facts: str, to_a_person: bool = False) -> Background:
    """The pharmacy as if nothing that it can do lifted the measure, which turns on these facts."""
    found = known("pharmacy")
    assert found.recourse is not None
    ways = tuple(way for way in found.recourse.ways if way.ends_contested) if to_a_person else ()
    rule = found.recourse.lifted[0]
    turning = tuple(Turning(rule=rule, fact=FactName(name), protected=True) for name in facts)
    recourse: Recourse = replace(found.recourse, ways=ways, turning=turning)
    return replace(found, recourse=recourse)


def passages(*stated: tuple[Prospect, Iterable[str]]) -> list[Passage]:
    return [
        Passage(
            element=Element.RECOURSE,
            text={"en": "words"},
            pointer=Pointer(recourse=prospect, facts=tuple(FactName(name) for name in facts)),
        )
        for prospect, facts in stated
    ]


def doubt(case: Background, *stated: tuple[Prospect, Iterable[str]]) -> str:
    found = doubts_of_recourse(passages(*stated), case)
    return str(found[Element.RECOURSE][1]) if found else ""


RELEASE, PERSON, NONE = Prospect


@pytest.mark.parametrize("facts", [[CERTIFICATES], ["ad.shown_in"], [CERTIFICATES, "ad.shown_in"]])
def test_facts_that_a_verified_way_takes_hold(facts: list[str]) -> None:
    assert not doubt(known("pharmacy"), (RELEASE, facts))


def test_each_passage_may_tell_a_way_of_its_own() -> None:
    assert not doubt(known("pharmacy"), (RELEASE, [CERTIFICATES]), (RELEASE, ["ad.shown_in"]))
    assert not doubt(known("pharmacy"), (RELEASE, [CERTIFICATES]), (PERSON, ["ad.orders_medicines"]))


@pytest.mark.parametrize(
    ("case", "stated", "said"),
    [
        ("pharmacy", (RELEASE, [COUNTRY]), "no change and no proof of `advertiser.country` obtains that"),
        ("pharmacy", (RELEASE, [CERTIFICATES, COUNTRY]), "no change and no proof of `advertiser.country`"),
        (
            "draw",
            (RELEASE, [PRICE]),
            "`ad.draw_price` alone obtains nothing: it also takes `ad.offers_cash_prize`",
        ),
        ("pharmacy", (PERSON, ["ad.orders_medicines"]), "the measure is lifted by changing or proving"),
        ("pharmacy", (NONE, [CERTIFICATES]), "the measure is lifted by changing or proving"),
    ],
)
def test_what_the_recourse_of_the_case_does_not_bear_out_is_doubted(
    case: str, stated: tuple[Prospect, list[str]], said: str
) -> None:
    assert said in doubt(known(case), stated)


def test_all_that_a_way_takes_must_be_named() -> None:
    assert not doubt(known("draw"), (RELEASE, [PRICE, PRIZE]))


def test_where_nothing_helps_that_must_be_said_with_all_that_the_decision_turns_on() -> None:
    case = shut(COUNTRY, "ad.category")
    assert not doubt(case, (NONE, [COUNTRY, "ad.category"]))
    assert not doubt(case, (NONE, [COUNTRY]), (NONE, ["ad.category"]))
    assert "it leaves out `ad.category`" in doubt(case, (NONE, [COUNTRY]))
    assert "`ad.shown_in` is not what the decision turns on" in doubt(
        case, (NONE, [COUNTRY, "ad.category", "ad.shown_in"])
    )
    assert "no change and no proof" in doubt(case, (RELEASE, [COUNTRY]))


def test_a_way_to_a_person_does_not_hide_that_there_is_no_way_out() -> None:
    case = shut(COUNTRY, to_a_person=True)
    assert doubt(case, (PERSON, ["ad.orders_medicines"])) == NOT_IN_VAIN
    assert not doubt(case, (NONE, [COUNTRY]), (PERSON, ["ad.orders_medicines"]))


def test_where_no_fact_is_beyond_change_the_decision_turns_on_what_the_rule_reads() -> None:
    case = shut()
    assert "ad.orders_medicines" in turning_facts(case)
    assert not doubt(case, (NONE, turning_facts(case)))


def test_where_no_measure_follows_there_is_nothing_to_lift() -> None:
    case = known("company")
    assert case.recourse is None
    assert doubt(case, (RELEASE, [COUNTRY])) == NO_MEASURE
    assert turning_facts(case) == ()
    assert cure(Element.RECOURSE, case) == NO_REASON


def test_a_fact_that_nobody_declares_is_no_way_out() -> None:
    pointer = Pointer(recourse=RELEASE, facts=(FactName("ad.none"),))
    assert "declares no fact `ad.none`" in contradicts(Element.RECOURSE, pointer, known("pharmacy"))


def test_the_cure_is_the_cheapest_way_or_that_there_is_none() -> None:
    assert "the least is: prove, to weight 4 official, that `advertiser.certificates` holds" in cure(
        Element.RECOURSE, known("pharmacy")
    )
    assert "on which facts it turns: `advertiser.country`" in cure(Element.RECOURSE, shut(COUNTRY))


def test_the_ways_are_told_cheapest_first_and_need_nobody_else() -> None:
    found = known("pharmacy").recourse
    assert found is not None
    costs = [way.cost for way in own_ways(found)]
    assert costs == sorted(costs)
    assert len(own_ways(found)) == len(found.own)
    assert len(own_ways(found, with_detours=True)) > len(found.own)
    assert found.target is None
    assert MeasureKind.EXCLUDE in {kind for _, kind in found.measures}


def test_words_must_give_the_facts_that_they_point_to() -> None:
    notice = notice_of("04-pharmacy-marked")
    blurred = [
        replace(passage, text={code: text.replace("France", "…") for code, text in passage.text.items()})
        if passage.element is Element.RECOURSE
        else passage
        for passage in notice.passages
    ]
    found = examined(answer(PHARMACY, "2026-07-01", "FR"), replace(notice, passages=tuple(blurred)))
    recourse = next(item for item in found.findings if item.element is Element.RECOURSE)
    assert "its words give neither what `advertiser.certificates` means nor a value" in recourse.why
