"""What passages point to: each element must name something, and each contradiction with the case is found."""

import pytest

from adjudge.app.notices import background
from adjudge.basis.ids import ClaimId, FactName, RuleId, SubjectId
from adjudge.evidence.notice import POINTS_NOWHERE, Automation, Element, Passage, Pointer, Source
from adjudge.notices.background import Background
from adjudge.notices.pointers import contradicts, lacks
from adjudge.notices.stated import doubts_of_measures
from tests.rooms.notices.parts import FOUNDING, PHARMACY, answer, day

LIFTED = Pointer(start=day("2026-07-15"), until_lifted=True)
DURING = Pointer(start=day("2026-07-15"), days=30)


def known(which: str) -> Background:
    folder, as_of, territory, subject = {
        "pharmacy": (PHARMACY, "2026-07-01", "FR", "ad-antibiotics"),
        "shop": (PHARMACY, "2026-07-01", "FR", "shop-of-breaches"),
        "antivirus": (FOUNDING, "2024-10-01", "US", "ad-antivirus"),
        "company": (FOUNDING, "2018-04-23", "US", "kaspersky-lab"),
    }[which]
    found = background(answer(folder, as_of, territory), SubjectId(subject), day(as_of))
    assert found is not None
    return found


@pytest.mark.parametrize("element", [element for element in Element if element is not Element.COURT])
def test_a_passage_that_points_nowhere_lacks_something(element: Element) -> None:
    assert lacks(element, POINTS_NOWHERE)


def test_the_courts_need_no_address() -> None:
    assert not lacks(Element.COURT, POINTS_NOWHERE)


@pytest.mark.parametrize(
    ("element", "pointer", "enough"),
    [
        (Element.RESTRICTION, Pointer(measure="exclude"), True),
        (Element.RESTRICTION, Pointer(measure="banish"), False),
        (Element.TERRITORY, Pointer(worldwide=True), True),
        (Element.TERRITORY, Pointer(territory=frozenset({"FR"})), True),
        (Element.DURATION, LIFTED, True),
        (Element.DURATION, DURING, True),
        (Element.DURATION, Pointer(start=day("2026-07-15"), end=day("2026-08-15")), True),
        (Element.DURATION, Pointer(start=day("2026-07-15")), False),
        (Element.DURATION, Pointer(days=30), False),
        (Element.FACTS, Pointer(claims=(ClaimId("c"),)), True),
        (Element.FACTS, Pointer(facts=(FactName("ad.x"),)), True),
        (Element.SOURCE, Pointer(source=Source.ARTICLE_16), True),
        (Element.AUTOMATED_DETECTION, Pointer(automated=Automation.NOT), True),
        (Element.AUTOMATED_DECISION, Pointer(automated=Automation.FULLY), True),
        (Element.GROUND, Pointer(law="Act 7"), True),
        (Element.GROUND, Pointer(terms="7.3"), True),
        (Element.EXPLANATION, Pointer(rule=RuleId("r"), version="1"), True),
        (Element.EXPLANATION, Pointer(rule=RuleId("r")), False),
        (Element.EXPLANATION, Pointer(version="1"), False),
        (Element.THIRD_PARTY_NOTICES, Pointer(claims=(ClaimId("c"),)), True),
        (Element.THIRD_PARTY_NOTICES, Pointer(source=Source.OWN_INITIATIVE), True),
        (Element.THIRD_PARTY_NOTICES, Pointer(source=Source.TRUSTED_FLAGGER), False),
        (Element.COMPLAINT, Pointer(address="a", last_day=day("2027-01-01")), True),
        (Element.COMPLAINT, Pointer(address="a"), False),
        (Element.COMPLAINT, Pointer(last_day=day("2027-01-01")), False),
        (Element.SETTLEMENT, Pointer(address="a"), True),
    ],
)
def test_what_an_element_asks_for_must_be_named(element: Element, pointer: Pointer, *, enough: bool) -> None:
    assert (not lacks(element, pointer)) is enough


COMPLAINTS = "https://ads.example/complaints"
HOLD = {
    "the measure": ("pharmacy", Element.RESTRICTION, Pointer(measure="exclude")),
    "worldwide": ("pharmacy", Element.TERRITORY, Pointer(worldwide=True)),
    "one country": ("antivirus", Element.TERRITORY, Pointer(territory=frozenset({"US"}))),
    "until lifted": ("pharmacy", Element.DURATION, LIFTED),
    "thirty days": ("shop", Element.DURATION, DURING),
    "to an end": ("shop", Element.DURATION, Pointer(start=day("2026-07-15"), end=day("2026-08-14"))),
    "a claim that counts": ("pharmacy", Element.FACTS, Pointer(claims=(ClaimId("c-orders"),))),
    "a record": ("pharmacy", Element.FACTS, Pointer(facts=(FactName("advertiser.certificates"),))),
    "a notice": ("pharmacy", Element.THIRD_PARTY_NOTICES, Pointer(claims=(ClaimId("n-orders"),))),
    "by a person": ("pharmacy", Element.AUTOMATED_DECISION, Pointer(automated=Automation.PARTIALLY)),
    "the clause": ("pharmacy", Element.GROUND, Pointer(terms="7.3")),
    "a clause where nothing is met": ("company", Element.GROUND, Pointer(terms="4.1")),
    "the rule": (
        "pharmacy",
        Element.EXPLANATION,
        Pointer(rule=RuleId("pharmacy-accreditation"), version="2026.6"),
    ),
    "six months": ("pharmacy", Element.COMPLAINT, Pointer(address=COMPLAINTS, last_day=day("2027-01-01"))),
    "more": ("pharmacy", Element.COMPLAINT, Pointer(address=COMPLAINTS, last_day=day("2028-01-01"))),
    "settlement": ("pharmacy", Element.SETTLEMENT, Pointer(address="https://ads.example/settlement")),
}
CONTRADICT = {
    "an unknown claim": ("pharmacy", Element.FACTS, Pointer(claims=(ClaimId("c-none"),)), "`c-none`"),
    "one unknown claim among others": (
        "pharmacy",
        Element.FACTS,
        Pointer(claims=(ClaimId("c-orders"), ClaimId("c-none"))),
        "`c-none`",
    ),
    "an unknown fact": ("pharmacy", Element.FACTS, Pointer(facts=(FactName("ad.none"),)), "`ad.none`"),
    "a claim that counts for nothing": (
        "pharmacy",
        Element.FACTS,
        Pointer(claims=(ClaimId("c-breaches"),)),
        "counts for no rule",
    ),
    "a notice that is not on record": (
        "pharmacy",
        Element.THIRD_PARTY_NOTICES,
        Pointer(claims=(ClaimId("n-none"),)),
        "`n-none`",
    ),
    "automation where a person decides": (
        "pharmacy",
        Element.AUTOMATED_DECISION,
        Pointer(automated=Automation.FULLY),
        "to a person",
    ),
    "a clause that is nowhere": ("pharmacy", Element.GROUND, Pointer(terms="17.3"), "no rule in force"),
    "a clause of the terms as law": ("pharmacy", Element.GROUND, Pointer(law="7.3"), "no rule in force"),
    "a clause of another rule": ("pharmacy", Element.GROUND, Pointer(terms="3.1"), "no rule that is met"),
    "an unknown rule": (
        "pharmacy",
        Element.EXPLANATION,
        Pointer(rule=RuleId("none"), version="2026.6"),
        "no rule `none`",
    ),
    "another version": (
        "pharmacy",
        Element.EXPLANATION,
        Pointer(rule=RuleId("pharmacy-accreditation"), version="2024-10"),
        "`2026.6`",
    ),
    "a rule that is refuted": (
        "company",
        Element.EXPLANATION,
        Pointer(rule=RuleId("state-service-ties"), version="2017-12"),
        "not met: refuted",
    ),
}


@pytest.mark.parametrize("case", HOLD)
def test_what_agrees_with_the_case_is_not_contradicted(case: str) -> None:
    which, element, pointer = HOLD[case]
    assert not contradicts(element, pointer, known(which))


@pytest.mark.parametrize("case", CONTRADICT)
def test_what_contradicts_the_case_is_found_and_said(case: str) -> None:
    which, element, pointer, said = CONTRADICT[case]
    assert said in contradicts(element, pointer, known(which))


def stated(case: str, **pointers: Pointer) -> list[str]:
    """What does not hold of the measures that passages state; each word is the name of an element."""
    passages = [
        Passage(element=Element(name), text={"en": "words"}, pointer=pointer)
        for name, pointer in pointers.items()
    ]
    return [str(doubt) for _, doubt in doubts_of_measures(passages, known(case)).values()]


AMERICAN = Pointer(territory=frozenset({"US"}))
FROM_OCTOBER = Pointer(start=day("2024-10-01"), until_lifted=True)


def test_a_measure_with_its_place_and_time_holds() -> None:
    exclude, worldwide = Pointer(measure="exclude"), Pointer(worldwide=True)
    assert stated("pharmacy", restriction=exclude, territory=worldwide, duration=LIFTED) == []
    assert stated("antivirus", restriction=exclude, territory=AMERICAN, duration=FROM_OCTOBER) == []
    assert stated("shop", restriction=Pointer(measure="suspend"), territory=worldwide, duration=DURING) == []


@pytest.mark.parametrize(
    ("measure", "territory", "duration"),
    [
        (Pointer(measure="notify"), AMERICAN, FROM_OCTOBER),
        (Pointer(measure="exclude"), Pointer(worldwide=True), FROM_OCTOBER),
        (Pointer(measure="exclude"), Pointer(territory=frozenset({"US", "FR"})), FROM_OCTOBER),
        (Pointer(measure="exclude"), Pointer(territory=frozenset({"FR"})), FROM_OCTOBER),
        (Pointer(measure="exclude"), AMERICAN, Pointer(start=day("2024-10-01"), days=30)),
        (Pointer(measure="exclude"), AMERICAN, Pointer(start=day("1999-01-01"), until_lifted=True)),
    ],
)
def test_a_measure_that_does_not_follow_in_that_place_and_time_is_doubted(
    measure: Pointer, territory: Pointer, duration: Pointer
) -> None:
    assert stated("antivirus", restriction=measure, territory=territory, duration=duration)


def test_where_no_measure_follows_none_can_be_stated() -> None:
    exclude, worldwide = Pointer(measure="exclude"), Pointer(worldwide=True)
    doubts = stated("company", restriction=exclude, territory=worldwide, duration=LIFTED)
    assert any("no measure follows" in doubt for doubt in doubts)


def test_a_measure_that_is_left_out_is_missed() -> None:
    assert stated(
        "shop", restriction=Pointer(measure="notify"), territory=Pointer(worldwide=True), duration=DURING
    )
