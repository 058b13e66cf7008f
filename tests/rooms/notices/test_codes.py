"""What a statement says can be done, code by code: what lifts nothing is not let pass."""

from dataclasses import replace

import pytest

from adjudge.app.notices import background
from adjudge.basis.ids import FactName, SubjectId
from adjudge.evidence.notice import Element, Passage, Pointer, Prospect
from adjudge.notices.background import Background
from adjudge.notices.codes import doubts_of_codes
from tests.rooms.notices.parts import FOUNDING, answer, day

RELEASE = Pointer(facts=(FactName("ad.product"),), recourse=Prospect.RELEASE)


def known() -> Background:
    found = background(answer(FOUNDING, "2024-10-01", "US"), SubjectId("ad-antivirus"), day("2024-10-01"))
    assert found is not None
    return found


def doubt(
    words: str, language: str = "en", pointer: Pointer = RELEASE, about: Background | None = None
) -> str:
    passage = Passage(element=Element.RECOURSE, text={language: words}, pointer=pointer)
    found = doubts_of_codes([passage], language, about or known())
    return str(found[Element.RECOURSE][1]) if found else ""


FALSE = {
    "change `ad.product` from antivirus to firewall or anything within security_software": "firewall",
    "change `ad.product` from antivirus to anything within security_software": "security_software",
    "Advertise a Firewall instead.": "firewall",
    "Offer security software in place of antivirus.": "security_software",
    "Offer anything outside security_software, or a vpn.": "vpn",
    "change it from security_software to vpn": "vpn",
    "change it to anything outside firewall; to backup": "backup",
}


@pytest.mark.parametrize("words", FALSE)
def test_a_code_under_which_the_measure_stays_is_no_way_out(words: str) -> None:
    assert doubt(words) == f"`{FALSE[words]}` in place of what `ad.product` is now lifts nothing"


def test_so_it_is_in_french() -> None:
    assert "`firewall`" in doubt("faire passer `ad.product` de antivirus à firewall", "fr")
    assert not doubt("faire passer `ad.product` de antivirus à un code hors de security_software", "fr")
    assert not doubt("remplacer antivirus par n'importe quel code non rattaché à security_software", "fr")
    assert doubt("remplacer antivirus par n'importe quel code rattaché à security_software", "fr")
    assert not doubt("proposer autre chose que antivirus, vpn ou firewall", "fr")


@pytest.mark.parametrize(
    "words",
    [
        "change `ad.product` from antivirus to anything outside security_software",
        "change `ad.product` from antivirus to threat_intelligence",
        "prove that `ad.product` is not antivirus, firewall or `vpn`",
        "Offer no longer what you offer now.",
        "Offer something that is no security software.",
        "Stop offering security_software.",
        "Offer threat_intelligence instead of firewall or vpn.",
        "Change it from security software to threat intelligence.",
        "change `ad.product` from antivirus to anything but firewall, vpn, backup and security_software",
    ],
)
def test_what_lifts_it_and_what_is_to_be_kept_away_from_may_be_named(words: str) -> None:
    assert doubt(words) == ""


def test_the_policys_own_definition_may_name_any_code() -> None:
    about = known()
    vocabulary = about.package.vocabulary
    fact = vocabulary.facts[FactName("ad.product")]
    explained = replace(fact, definition={"en": "What is offered, such as firewall."})
    facts = {**vocabulary.facts, fact.full_name: explained}
    package = replace(about.package, vocabulary=replace(vocabulary, facts=facts))
    words = "Offer something outside security_software. What it means: What is offered, such as firewall."
    assert doubt(words)
    assert not doubt(words, about=replace(about, package=package))


def test_nothing_is_doubted_that_cannot_be_known() -> None:
    words = "change it to firewall"
    recourse = known().recourse
    assert recourse is not None
    assert not doubt(words, "de")
    assert not doubt(words, about=replace(known(), recourse=replace(recourse, complete=False)))
    assert not doubt(words, pointer=replace(RELEASE, recourse=Prospect.NONE))
    assert not doubt(words, pointer=replace(RELEASE, facts=(FactName("ad.shown_in"),)))
