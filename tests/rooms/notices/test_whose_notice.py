"""A third party's notice is told to the one it is about, and to nobody else."""

from dataclasses import replace

import pytest

from adjudge.app.notices import background
from adjudge.basis.ids import ClaimId, SubjectId
from adjudge.evidence.handling import handling_for
from adjudge.evidence.notice import Element, Pointer, Source
from adjudge.facts.claim import Subject
from adjudge.facts.vocabulary import Kind
from adjudge.notices.background import Background
from adjudge.notices.cures import cure
from adjudge.notices.pointers import contradicts
from tests.rooms.notices.parts import OWN, PHARMACY, answer, answered, day, handled, loaded, statement

AS_OF = "2026-07-20"
AD = Subject(id=SubjectId("ad-antibiotics"), kind=Kind.AD, advertiser=SubjectId("pharmacie-du-nord"))
OTHER_AD = replace(AD, id=SubjectId("ad-other"))
PHARMACIST = Subject(id=SubjectId("pharmacie-du-nord"), kind=Kind.ADVERTISER)
SHOP = Subject(id=SubjectId("shop-of-breaches"), kind=Kind.ADVERTISER)
ABOUT_AD, ABOUT_PHARMACIST, NOWHERE = ClaimId("n-orders"), ClaimId("c-belgium"), ClaimId("gone")
FLAGGED = replace(OWN, source=Source.TRUSTED_FLAGGER)


@pytest.mark.parametrize(
    ("subject", "notified", "left"),
    [
        (AD, (ABOUT_AD,), (ABOUT_AD,)),
        (AD, (ABOUT_AD, ABOUT_PHARMACIST), (ABOUT_AD, ABOUT_PHARMACIST)),
        (OTHER_AD, (ABOUT_AD, ABOUT_PHARMACIST), (ABOUT_PHARMACIST,)),
        (OTHER_AD, (ABOUT_AD,), ()),
        (PHARMACIST, (ABOUT_AD,), ()),
        (SHOP, (ABOUT_AD, ABOUT_PHARMACIST), ()),
        (SHOP, (NOWHERE,), (NOWHERE,)),
    ],
)
def test_only_notices_about_a_subject_or_its_advertiser_led_to_it(
    subject: Subject, notified: tuple[ClaimId, ...], left: tuple[ClaimId, ...]
) -> None:
    found = handling_for(replace(FLAGGED, notified=notified), subject, loaded(PHARMACY).case.claims)
    assert found.notified == left
    assert found.source is (Source.TRUSTED_FLAGGER if left else Source.OWN_INITIATIVE)


def test_where_no_claim_of_a_notice_is_named_nothing_is_guessed() -> None:
    assert handling_for(FLAGGED, SHOP, loaded(PHARMACY).case.claims) == FLAGGED


def letter(subject: str, number: int = 0) -> str:
    return statement(answer(PHARMACY, AS_OF), subject).letters[number].text


def test_a_statement_tells_no_notice_about_somebody_else() -> None:
    text = letter("shop-of-breaches")
    assert (
        "We acted on our own initiative; no notice of a third party about A shop of toys (`shop-of-breaches`) led"
        in text
    )
    for part in ("Article 16 of Regulation", "It said", "medicine"):
        assert part not in text


def test_a_statement_tells_the_notice_about_its_own_subject() -> None:
    text = letter("ad-antibiotics")
    assert "A notice under Article 16 of Regulation (EU) 2022/2065 led to this decision." in text
    assert "It said: " in text


def test_who_wrote_a_notice_about_another_subject_stays_untold_all_the_same() -> None:
    case = handled(PHARMACY, replace(OWN, source=Source.ARTICLE_16, notified=(ABOUT_AD,)))
    moved = tuple(
        replace(claim, document=next(c.document for c in case.case.claims if c.id == ABOUT_AD))
        if claim.id == "c-breaches"
        else claim
        for claim in case.case.claims
    )
    found = answered(replace(case, case=replace(case.case, claims=moved)), AS_OF)
    text = statement(found, "shop-of-breaches").letters[0].text
    assert "Read in: a notice of a third party" in text


def known(subject: str) -> Background:
    found = background(answer(PHARMACY, AS_OF), SubjectId(subject), day(AS_OF))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("subject", "claim", "holds"),
    [
        ("ad-antibiotics", "n-orders", True),
        ("ad-antibiotics", "c-orders", False),
        ("shop-of-breaches", "n-orders", False),
        ("shop-of-breaches", "c-breaches", False),
    ],
)
def test_a_passage_may_tell_only_what_a_notice_about_the_subject_said(
    subject: str, claim: str, *, holds: bool
) -> None:
    doubt = contradicts(Element.THIRD_PARTY_NOTICES, Pointer(claims=(ClaimId(claim),)), known(subject))
    assert (not doubt) is holds


def test_what_led_to_it_is_compared_for_the_subject() -> None:
    own, notice = Pointer(source=Source.OWN_INITIATIVE), Pointer(source=Source.ARTICLE_16)
    assert contradicts(Element.SOURCE, notice, known("shop-of-breaches"))
    assert not contradicts(Element.SOURCE, own, known("shop-of-breaches"))
    assert contradicts(Element.SOURCE, own, known("ad-antibiotics"))
    assert not contradicts(Element.SOURCE, notice, known("ad-antibiotics"))


def test_the_cure_names_the_claims_of_the_notice_that_led_to_it_and_of_no_other() -> None:
    assert "`n-orders`" in cure(Element.THIRD_PARTY_NOTICES, known("ad-antibiotics"))
    assert "n-orders" not in cure(Element.THIRD_PARTY_NOTICES, known("shop-of-breaches"))
    assert "n-orders" not in cure(Element.SOURCE, known("shop-of-breaches"))
