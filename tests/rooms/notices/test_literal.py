"""What a passage points to stands in its words, in each language: days, countries, addresses, clauses, rules, facts."""

import pytest

from adjudge.app.notices import background
from adjudge.basis.ids import ClaimId, FactName, RuleId, SubjectId
from adjudge.evidence.notice import POINTS_NOWHERE, Automation, Element, Pointer, Prospect, Source
from adjudge.notices.background import Background
from adjudge.notices.literal import DENIES, OTHERWISE, TOO_FEW, UNSAID, cites, gives_address, unsaid
from tests.rooms.notices.parts import PHARMACY, answer, day

FR = Pointer(territory=frozenset({"FR"}))
WORLD = Pointer(worldwide=True)
BUT_FRANCE = Pointer(worldwide=True, excepted=frozenset({"FR"}))
LIFTED = Pointer(start=day("2026-07-15"), until_lifted=True)
DAYS = Pointer(start=day("2026-07-15"), days=30)
SPAN = Pointer(start=day("2026-07-15"), end=day("2026-08-14"))
CLAUSE = Pointer(terms="7.3")
LAW = Pointer(law="15 CFR part 791; Final Determination ICTS-2021-002, 89 FR 52434 (United States)")
RULE = Pointer(rule=RuleId("pharmacy-accreditation"), version="2026.6")
COMPLAINT = Pointer(address="https://ads.example/complaints", last_day=day("2027-01-01"))
BY_MAIL = Pointer(address="complaints@ads.example", last_day=day("2027-01-01"))
LICENCE = Pointer(recourse=Prospect.RELEASE, facts=(FactName("advertiser.licence"),))
ANEW = Pointer(recourse=Prospect.PERSON, facts=(FactName("advertiser.licence"),))
VAIN = Pointer(recourse=Prospect.NONE, facts=(FactName("advertiser.country"),))
SETTLEMENT = Pointer(address="https://ads.example/settlement")
OWN, FLAGGED = Pointer(source=Source.OWN_INITIATIVE), Pointer(source=Source.TRUSTED_FLAGGER)
NOT, PARTLY, FULLY = (
    Pointer(automated=Automation.NOT),
    Pointer(automated=Automation.PARTIALLY),
    Pointer(automated=Automation.FULLY),
)

SAID = {
    Element.RESTRICTION: [
        (Pointer(measure="exclude"), "en", "We no longer run this ad."),
        (Pointer(measure="notify"), "en", "We tell you what was found of the ad."),
        (Pointer(measure="exclude"), "de", "Wir schalten diese Anzeige nicht mehr."),
    ],
    Element.TERRITORY: [
        (FR, "en", "in France"),
        (FR, "en", "in: FR"),
        (FR, "fr", "en France"),
        (FR, "de", "in Frankreich"),
        (WORLD, "en", "This applies worldwide."),
        (WORLD, "de", "Das gilt weltweit."),
        (BUT_FRANCE, "en", "worldwide, but not in France"),
        (BUT_FRANCE, "fr", "dans le monde entier, sauf en France"),
    ],
    Element.DURATION: [
        (LIFTED, "en", "from 15 July 2026 until it is lifted"),
        (LIFTED, "en", "from July 15, 2026, as long as the licence is missing"),
        (LIFTED, "fr", "à partir du 15 juillet 2026, tant que la licence manque"),
        (LIFTED, "de", "ab dem 15. Juli 2026 bis auf Widerruf"),
        (DAYS, "en", "from 15 July 2026 for thirty days"),
        (DAYS, "en", "from 15 July 2026 for 30 full days"),
        (DAYS, "en", "from 15 July to 14 August 2026"),
        (DAYS, "fr", "du 15 juillet 2026, pendant 30 jours"),
        (DAYS, "de", "ab dem 15. Juli 2026 für 30 Tage"),
        (SPAN, "en", "from 15 July until 14 August 2026"),
    ],
    Element.SOURCE: [
        (OWN, "en", "We acted on our own initiative."),
        (OWN, "fr", "Personne ne nous a signalé la publicité."),
        (FLAGGED, "en", "A notice of a trusted flagger led to this."),
    ],
    Element.AUTOMATED_DETECTION: [
        (NOT, "en", "No automated means were used to detect this."),
        (NOT, "en", "A person found the ad."),
        (PARTLY, "en", "Automated means helped to detect this; a person looked at it."),
        (FULLY, "en", "This was detected by automated means."),
        (FULLY, "fr", "Un programme a repéré la publicité."),
    ],
    Element.AUTOMATED_DECISION: [
        (NOT, "en", "A person takes this decision; no automated means are used to take it."),
        (PARTLY, "en", "Automated means worked out what follows; a person takes the decision."),
        (FULLY, "en", "The decision was taken by automated means."),
    ],
    Element.GROUND: [
        (CLAUSE, "en", "clause 7.3 of our terms"),
        (Pointer(terms="1"), "en", "section 1"),
        (Pointer(terms="1"), "fr", "l'article 1 de nos conditions"),
        (LAW, "en", "a final determination (89 FR 52434)"),
        (LAW, "en", "15 CFR part 791"),
    ],
    Element.EXPLANATION: [
        (RULE, "en", "The rule pharmacy-accreditation, version 2026.6, covers whoever takes orders."),
        (
            RULE,
            "en",
            "“Online pharmacy without accreditation for the country”, 2026.6: this covers your page.",
        ),
        (RULE, "fr", "« Pharmacie en ligne sans agrément pour le pays » (2026.6) : votre page en relève."),
    ],
    Element.RECOURSE: [
        (LICENCE, "en", "To have this lifted, show us a licence for France."),
        (LICENCE, "en", "You can change `advertiser.licence` so that it is lifted."),
        (
            LICENCE,
            "fr",
            "Vous avez 14 jours pour montrer une licence ; la mesure ne commence pas si vous le faites.",
        ),
        (LICENCE, "en", "What you can do: prove a licence (exception: A decision that you appeal)."),
        (LICENCE, "de", "Zeigen Sie uns bitte eine Erlaubnis."),
        (ANEW, "en", "What you can do so that a person decides anew: prove a licence."),
        (VAIN, "en", "Nothing that you can change lifts this: it turns on the country of the register."),
        (
            VAIN,
            "fr",
            "Rien de ce que vous pouvez changer ne lève cela : la décision tient au pays du registre.",
        ),
    ],
    Element.COMPLAINT: [
        (COMPLAINT, "en", "You may complain at https://ads.example/complaints until 1 January 2027."),
        (
            COMPLAINT,
            "fr",
            "Vous pouvez réclamer ou contester sur https://ads.example/complaints jusqu'au 1/1/2027.",
        ),
    ],
    Element.SETTLEMENT: [(SETTLEMENT, "en", "You may turn to a mediator: https://ads.example/settlement.")],
    Element.COURT: [
        (POINTS_NOWHERE, "en", "You may also go to court."),
        (POINTS_NOWHERE, "de", "Sie können auch vor Gericht gehen."),
    ],
    Element.THIRD_PARTY_NOTICES: [
        (OWN, "en", "No notice of a third party led to this."),
        (Pointer(claims=(ClaimId("c"),)), "en", "It said that the page sells antibiotics."),
    ],
    Element.FACTS: [
        (Pointer(claims=(ClaimId("c"),)), "en", "On 3 May 2026 the page offered antibiotics."),
        (Pointer(claims=(ClaimId("c"),)), "en", "Our register holds no licence."),
        (Pointer(facts=(FactName("ad.x"),)), "de", "Am 3. Mai 2026 bot die Seite Antibiotika an."),
    ],
}
UNSAID_OF = {
    Element.RESTRICTION: [
        (Pointer(measure="exclude"), "en", "ads"),
        (Pointer(measure="exclude"), "en", "We do not restrict your ads."),
        (Pointer(measure="exclude"), "en", "We exclude none of your ads."),
        (Pointer(measure="exclude"), "en", "We tell you what was found of the ad."),
        (Pointer(measure="exclude"), "de", "Anzeige gesperrt"),
    ],
    Element.TERRITORY: [
        (FR, "en", "a"),
        (FR, "en", "in Germany"),
        (FR, "en", "in France and Germany"),
        (FR, "en", "This would never apply in France."),
        (FR, "en", "This applies everywhere, but not in France."),
        (WORLD, "en", "This applies nowhere in the world, worldwide."),
        (WORLD, "en", "in France"),
        (WORLD, "en", "worldwide, except in France"),
        (BUT_FRANCE, "en", "worldwide"),
        (WORLD, "de", "Das gilt in Deutschland."),
    ],
    Element.DURATION: [
        (LIFTED, "en", "a"),
        (LIFTED, "en", "It does not apply from 15 July 2026 until it is lifted."),
        (LIFTED, "fr", "Cela ne s'applique pas à partir du 15 juillet 2026, jusqu'à la levée de la mesure."),
        (LIFTED, "en", "until it is lifted"),
        (LIFTED, "en", "from 15 July 2026"),
        (LIFTED, "en", "from 7/15/26 until it is lifted"),
        (DAYS, "en", "from 15 July 2026 for 7 days"),
        (DAYS, "en", "from 15 July 2026, no. 30"),
        (SPAN, "en", "from 15 July 2026 until 15 August 2026"),
    ],
    Element.SOURCE: [
        (OWN, "en", "Your company"),
        (OWN, "en", "We did not act on our own initiative."),
        (OWN, "fr", "Nous n'avons pas agi de notre propre initiative."),
        (FLAGGED, "en", "It was not a notice of a trusted flagger that led to this."),
        (OWN, "en", "A complaint from a competitor led to this."),
        (FLAGGED, "en", "We acted on our own initiative."),
        (FLAGGED, "en", "No notice of a trusted flagger led to this; we acted on our own initiative."),
        (OWN, "en", "We do not say what notice led to this."),
    ],
    Element.AUTOMATED_DETECTION: [
        (NOT, "en", "operates"),
        (NOT, "en", "This was detected by automated means."),
        (FULLY, "en", "No automated means were used to detect this."),
        (FULLY, "en", "We do not say whether automated means detected this."),
        (PARTLY, "en", "This was detected by automated means."),
    ],
    Element.AUTOMATED_DECISION: [
        (NOT, "en", "This decision was not taken by a person."),
        (NOT, "en", "The decision was taken by automated means."),
        (FULLY, "en", "A person took the decision."),
    ],
    Element.GROUND: [
        (CLAUSE, "en", "The ground is not clause 7.3 of our terms."),
        (CLAUSE, "fr", "Le fondement n'est pas la clause 7.3 de nos conditions."),
        (CLAUSE, "en", "practices"),
        (CLAUSE, "en", "clause 17.3 of our terms"),
        (CLAUSE, "en", "clause 7.30 of our terms"),
        (CLAUSE, "en", "clause 7.3.1 of our terms"),
        (Pointer(terms="1"), "en", "our terms of 1 May"),
        (LAW, "en", "the law of the United States"),
    ],
    Element.EXPLANATION: [
        (RULE, "en", "The rule pharmacy-accreditation, version 2026.6, does not cover your page."),
        (RULE, "en", "inherently conflicts"),
        (RULE, "en", "The rule pharmacy-accreditation covers whoever takes orders for medicines."),
        (RULE, "en", "The rule pharmacy, version 2026.6, covers whoever takes orders."),
        (RULE, "en", "pharmacy-accreditation, 2026.6"),
    ],
    Element.RECOURSE: [
        (LICENCE, "en", "practices"),
        (LICENCE, "en", "You can change your ads so that they comply with our policies."),
        (LICENCE, "en", "This will not be lifted even if you prove a licence."),
        (LICENCE, "en", "There is nothing you can do about your licence."),
        (LICENCE, "fr", "Vous ne pouvez rien faire de votre licence."),
        (LICENCE, "de", "Erlaubnis"),
        (ANEW, "en", "To have this lifted, show us a licence for France."),
        (VAIN, "en", "To have this lifted, show us a licence for France."),
        (VAIN, "en", "There is nothing you can do."),
    ],
    Element.COMPLAINT: [
        (BY_MAIL, "en", "You may not complain at complaints@ads.example until 1 January 2027."),
        (BY_MAIL, "en", "Nobody may complain at complaints@ads.example until 1 January 2027."),
        (BY_MAIL, "en", "You have no right to complain at complaints@ads.example until 1 January 2027."),
        (BY_MAIL, "en", "Complaints to complaints@ads.example until 1 January 2027 are not read."),
        (BY_MAIL, "en", "Complaints cannot be made at complaints@ads.example until 1 January 2027."),
        (
            BY_MAIL,
            "fr",
            "Vous n'avez pas le droit de former une réclamation à complaints@ads.example avant le 1/1/2027.",
        ),
        (
            BY_MAIL,
            "fr",
            "Il est interdit de former une réclamation à complaints@ads.example jusqu'au 1/1/2027.",
        ),
        (COMPLAINT, "en", "acceptable"),
        (COMPLAINT, "en", "You may complain at https://ads.example/complaints."),
        (COMPLAINT, "en", "You may complain until 1 January 2027."),
        (COMPLAINT, "en", "You may complain at https://ads.example/complaints-archive until 1 January 2027."),
        (COMPLAINT, "en", "You may not complain at https://ads.example/complaints until 1 January 2027."),
    ],
    Element.SETTLEMENT: [
        (SETTLEMENT, "en", "You may turn to a mediator."),
        (SETTLEMENT, "en", "Mediation is refused; see https://ads.example/settlement."),
        (SETTLEMENT, "en", "There is no mediation: https://ads.example/settlement."),
    ],
    Element.COURT: [
        (POINTS_NOWHERE, "en", "a"),
        (POINTS_NOWHERE, "en", "You cannot go to court about this."),
        (POINTS_NOWHERE, "fr", "Vous n'avez aucun recours devant un tribunal."),
        (POINTS_NOWHERE, "de", "Gericht"),
        (POINTS_NOWHERE, "zh", "法院"),
    ],
    Element.THIRD_PARTY_NOTICES: [
        (OWN, "en", "A complaint led to this."),
        (Pointer(claims=(ClaimId("c"),)), "en", "It said so."),
    ],
    Element.FACTS: [
        (Pointer(claims=(ClaimId("c"),)), "en", "a business model that conflicts"),
        (Pointer(claims=(ClaimId("c"),)), "en", "Your ad shows “risks”, see https://ads.example/policies."),
        (Pointer(claims=(ClaimId("c"),)), "fr", "un modèle économique en conflit"),
        (Pointer(claims=(ClaimId("c"),)), "de", "Ihr Geschäftsmodell ist bedenklich."),
    ],
}


def cases(table: dict[Element, list[tuple[Pointer, str, str]]]) -> list[object]:
    return [
        pytest.param(element, *case, id=f"{element.value}: {case[2]}")
        for element, listed in table.items()
        for case in listed
    ]


def pharmacy() -> Background:
    found = background(answer(PHARMACY, "2026-07-01", "FR"), SubjectId("ad-antibiotics"), day("2026-07-01"))
    assert found is not None
    return found


@pytest.mark.parametrize(("element", "pointer", "language", "words"), cases(SAID))
def test_what_stands_in_the_words_is_said(
    element: Element, pointer: Pointer, language: str, words: str
) -> None:
    known = pharmacy() if element is Element.EXPLANATION else None
    assert unsaid(element, pointer, words, language, known) == ""


@pytest.mark.parametrize(("element", "pointer", "language", "words"), cases(UNSAID_OF))
def test_what_does_not_stand_in_the_words_is_not_said(
    element: Element, pointer: Pointer, language: str, words: str
) -> None:
    known = pharmacy() if element is Element.EXPLANATION else None
    assert unsaid(element, pointer, words, language, known)


def test_every_element_has_words_that_say_it_and_words_that_do_not() -> None:
    assert set(SAID) == set(UNSAID_OF) == set(Element)


def test_the_reasons_are_told_apart() -> None:
    def why(element: Element, pointer: Pointer, words: str, language: str = "en") -> str:
        return unsaid(element, pointer, words, language, None)

    assert why(Element.COURT, POINTS_NOWHERE, "a") == UNSAID
    assert why(Element.COURT, POINTS_NOWHERE, "You cannot go to court.") == DENIES
    assert why(Element.AUTOMATED_DETECTION, NOT, "This was detected by automated means.") == OTHERWISE
    assert why(Element.COURT, POINTS_NOWHERE, "Gericht", "de") == TOO_FEW


FACTS = {
    "On 20 June 2026 the page was bad.": True,
    "On 21 June 2026 the page was bad.": False,
    "The capture of the page, made in June 2026, shows it.": True,
    "As the Small Ads Co-operative found, the page was bad.": True,
    "See Capture of the page.": True,
    "The page was bad.": False,
    "yes": False,
}


@pytest.mark.parametrize("words", FACTS)
def test_beside_a_case_facts_give_the_value_or_the_document_of_their_claim(words: str) -> None:
    pointer = Pointer(claims=(ClaimId("c-orders"),))
    assert (not unsaid(Element.FACTS, pointer, words, "en", pharmacy())) is FACTS[words]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("c-category", "The page offers `pharmaceuticals_1473`."),
        ("c-category", "The page offers pharmaceuticals 1473."),
        ("c-place", "The ad was shown in France."),
        ("c-place", "La publicité était montrée en France."),
        ("c-belgium", "The certificate no. B-12 is there."),
        ("c-belgium", "It expires on 30 June 2027."),
    ],
)
def test_the_value_of_a_claim_is_told_in_words(claim: str, words: str) -> None:
    language = "fr" if words.startswith("La") else "en"
    assert not unsaid(Element.FACTS, Pointer(claims=(ClaimId(claim),)), words, language, pharmacy())


def test_one_good_claim_excuses_no_other() -> None:
    both = Pointer(claims=(ClaimId("c-place"), ClaimId("c-belgium")))
    known = pharmacy()
    assert unsaid(Element.FACTS, both, "It was shown in France.", "en", known)
    assert not unsaid(
        Element.FACTS, both, "It was shown in France; certificate B-12 is Belgian.", "en", known
    )


@pytest.mark.parametrize(
    ("text", "clause", "cited"),
    [
        ("under 7.3.", "7.3", True),
        ("under 7.3; and so on", "7.3", True),
        ("under 1.7.3", "7.3", False),
        ("part 791 of 15 CFR", "15 CFR part 791", False),
        ("15 CFR  part 791", "15 CFR part 791", True),
        ("Act 12", "Act 12 of 2011, section 5", False),
        ("section 5", "Act 12 of 2011, section 5", True),
        ("Article 5 of the Charter", "Article 5 of the Charter", True),
        ("", "7.3", False),
        ("7", "", False),
    ],
)
def test_a_clause_is_cited_whole_or_by_a_part_with_a_figure(text: str, clause: str, *, cited: bool) -> None:
    assert cites(text, clause) is cited


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("at https://a.example/c.", True),
        ("(https://a.example/c)", True),
        ("https://a.example/c?", True),
        ("at https://a.example/c/d", False),
        ("at https://a.example/cd", False),
        ("at https://a.example/c?d=1", False),
        ("at xhttps://a.example/c", False),
        ("at https://a.example", False),
    ],
)
def test_an_address_stands_to_its_end(text: str, *, given: bool) -> None:
    assert gives_address(text, "https://a.example/c") is given
