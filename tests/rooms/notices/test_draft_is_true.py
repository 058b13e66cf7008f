"""A draft states nothing untrue: where and when measures apply, who decides, what speaks against, who gave notice."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.app.decide import decide
from adjudge.app.notices import statement_of
from adjudge.app.on_files import LoadedCase, load_case
from adjudge.basis.ids import ClaimId
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source as SourceText
from adjudge.evidence.handling import Handling
from adjudge.evidence.notice import Automation, Element, Notice, Source
from adjudge.evidence.notice_reader import read_notice
from adjudge.notices.printer import notice_yaml
from adjudge.notices.statement import as_notice
from adjudge.tongues.tongue import tongue_of
from tests.rooms.notices.parts import OWN, day

ENGLISH = [tongue_of("en")]
RULES = """package: shelf
version: "1"
language: 1
vocabulary: shelf
published_at: 2020-01-01
rules:
  - id: r-alone
    title: {en: Left to automation}
    subject: ad
    kind: restriction
    ground: {terms: "1", url: "https://terms.example/1"}
    territory: [FR]
    when: ad.a || ad.b
    standard: corroborated
    measure: {exclude: {}}
    decided_by: automation
  - id: r-pause
    title: {en: A pause}
    subject: ad
    kind: restriction
    ground: {law: "Act 5 of 2010", url: "https://terms.example/2"}
    in_force: {from: 2020-01-01, to: 2026-03-01}
    territory: [US]
    when: ad.a
    standard: corroborated
    measure: {suspend: {days: 7}}
    cure: {days: 5}
  - id: r-label
    title: {en: A label}
    subject: ad
    kind: restriction
    ground: {terms: "3"}
    territory: worldwide
    when: ad.a
    standard: corroborated
    measure: {label: {text: {en: Caution}}}
    review: [legal]
  - id: r-owner
    title: {en: The advertiser}
    subject: advertiser
    kind: restriction
    ground: {terms: "4"}
    territory: worldwide
    when: advertiser.bad
    standard: corroborated
    measure: {exclude: {}}
"""
VOCABULARY = """vocabulary: shelf
version: 1
facts:
  advertiser:
    bad: {type: bool, changeable_by: advertiser, definition: {en: Seen to do it.}}
  ad:
    a: {type: bool, changeable_by: advertiser, definition: {en: The ad shows A.}}
    b: {type: bool, changeable_by: advertiser, definition: {en: The ad shows B.}}
"""
CASE = """case: shelf
title: {en: Shelf}
summary: {en: Invented.}
policy: shelf
subjects:
  - {id: owner, kind: advertiser, title: {en: The owner}}
  - {id: ad, kind: ad, advertiser: owner, title: {en: The ad}}
handling:
  platform: {en: The platform}
  source: own_initiative
  detection: fully
  complaint: "https://example.org/complaints"
  settlement: "https://example.org/settlement"
"""
DOCUMENTS = """documents:
  - {id: seen, kind: ad_review, title: A review, publisher: Us, published: 2025-01-01, precision: day, language: en,
     status: primary, sources: [x], summary: {en: s}}
  - {id: told, kind: user_report, title: Report by Jane Doe, publisher: Jane Doe, published: 2026-01-20, precision: day,
     language: en, status: primary, sources: [x], summary: {en: s}}
"""
CLAIMS = """claims:
  - {id: a, subject: ad, fact: ad.a, value: true, stance: asserts, weight: 4, origin: o1, document: seen,
     place: page 1, recorded_at: 2025-01-01}
  - {id: not-b, subject: ad, fact: ad.b, value: false, stance: asserts, weight: 5, origin: o2, document: seen,
     place: page 2, recorded_at: 2025-01-01}
  - {id: reported, subject: ad, fact: ad.a, value: true, stance: asserts, weight: 5, origin: o3, document: told,
     place: Jane Doe's house, recorded_at: 2026-01-25}
  - {id: bad, subject: owner, fact: advertiser.bad, value: true, stance: asserts, weight: 4, origin: o4, document: seen,
     place: page 3, recorded_at: 2025-01-01}
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., LoadedCase]:
    """A case of four rules; `rules` and `claims` change its texts, `handling` how it was handled."""

    def loaded(rules: str = RULES, claims: str = CLAIMS, handling: Handling = OWN) -> LoadedCase:
        policy, case = tmp_path / "policies" / "shelf", tmp_path / "case"
        for folder in (policy, case):
            folder.mkdir(parents=True, exist_ok=True)
        (policy / "shelf.yaml").write_text(rules, "utf-8")
        (policy / "vocabulary.yaml").write_text(VOCABULARY, "utf-8")
        texts = {"case": CASE, "documents": DOCUMENTS, "claims": claims}
        for name, text in texts.items():
            (case / f"{name}.yaml").write_text(text, "utf-8")
        log = ProblemLog()
        found = load_case(case, log, tmp_path / "policies")
        assert found is not None, [problem.message for problem in log.problems]
        file = replace(found.case.file, handling=handling)
        return replace(found, case=replace(found.case, file=file))

    return loaded


def answer(case: LoadedCase, as_of: str = "2026-02-01", territory: str | None = None) -> Answer:
    asked = Asked(valid_at=day(as_of), known_at=day(as_of), territory=territory)
    found = decide(case, asked, ProblemLog())
    assert found is not None
    return found


def written(found: Answer, subject: str = "ad", informed: str = "") -> str:
    log = ProblemLog()
    at = day(informed) if informed else found.asked.valid_at
    statement = statement_of(found, subject, at, ENGLISH, log)
    assert statement is not None, [problem.message for problem in log.problems]
    return statement.letters[0].text


def refused(found: Answer, informed: str = "") -> list[str]:
    log = ProblemLog()
    at = day(informed) if informed else found.asked.valid_at
    assert statement_of(found, "ad", at, ENGLISH, log) is None
    assert all(problem.hint for problem in log.problems)
    return [problem.code for problem in log.problems]


# --- what applies where and when ---


def test_a_lesser_measure_is_stated_before_and_after_a_suspension(shelf: Callable[..., LoadedCase]) -> None:
    log = ProblemLog()
    statement = statement_of(answer(shelf()), "ad", day("2026-02-01"), ENGLISH, log)
    assert statement is not None
    notice = as_notice(statement)
    places = [passage.pointer for passage in notice.of(Element.TERRITORY)]
    times = [passage.pointer for passage in notice.of(Element.DURATION)]
    kinds = [passage.pointer.measure for passage in notice.of(Element.RESTRICTION)]
    stated = [
        (kind, place.worldwide, sorted(place.excepted or place.territory), str(time.start)[:10])
        for kind, place, time in zip(kinds, places, times, strict=True)
    ]
    assert stated == [
        ("exclude", False, ["FR"], "2026-02-01"),
        ("suspend", False, ["US"], "2026-02-06"),
        ("label", False, ["US"], "2026-02-01"),
        ("label", True, ["FR", "US"], "2026-02-01"),
        ("label", False, ["US"], "2026-02-13"),
    ]
    assert times[2].end == day("2026-02-06")
    text = written(answer(shelf()))
    assert "It applies from 1 February 2026 until 6 February 2026, when a severer measure begins." in text
    assert "the lesser one applies in its place" in text


def read_back(text: str) -> tuple[Notice | None, list[str]]:
    log = ProblemLog()
    return read_notice(read_yaml(SourceText("statement.yaml", text), log), log), [
        p.code for p in log.problems
    ]


def test_the_countries_left_out_are_written_and_read_back(shelf: Callable[..., LoadedCase]) -> None:
    statement = statement_of(answer(shelf()), "ad", day("2026-02-01"), ENGLISH, ProblemLog())
    assert statement is not None
    text = notice_yaml(as_notice(statement))
    assert read_back(text) == (as_notice(statement), [])
    assert read_back(text.replace("territory: worldwide", "territory: [FR]"))[1] == ["wrong-shape"]
    assert read_back(text.replace("except:\n    - FR\n    - US", "except: FR"))[1] == ["wrong-shape"]
    assert read_back(text.replace("except:\n    - FR\n    - US", "except:\n    - FR\n    - ZZ"))[1] == [
        "unknown-code"
    ]


def test_the_days_to_put_things_right_are_told_of_one_rule(shelf: Callable[..., LoadedCase]) -> None:
    assert "Of the rule `r-pause`: you have 5 days" in written(answer(shelf()))


def test_what_was_asked_is_said_and_nothing_is_denied(shelf: Callable[..., LoadedCase]) -> None:
    everywhere, american = written(answer(shelf())), written(answer(shelf(), territory="US"))
    assert "asked about" not in everywhere
    assert "Only rules that apply in this country were asked about: United States." in american
    assert "Nothing beyond this" not in everywhere + american


def test_a_statement_that_stays_in_the_country_asked_about_concerns_only_that(
    shelf: Callable[..., LoadedCase],
) -> None:
    rules = RULES.replace("territory: worldwide", "territory: [US]", 1)
    text = written(answer(shelf(rules), territory="US"))
    assert "This statement concerns only: United States. Other countries were not asked about." in text


def test_measures_on_the_advertiser_are_named(shelf: Callable[..., LoadedCase]) -> None:
    assert "Measures follow for the advertiser The owner (`owner`) as well (exclude)" in written(
        answer(shelf())
    )
    claims = CLAIMS.replace("advertiser.bad, value: true", "advertiser.bad, value: false")
    assert "Measures follow for" not in written(answer(shelf(claims=claims)))


def test_a_notification_goes_on_about_nothing(shelf: Callable[..., LoadedCase]) -> None:
    rules = RULES.replace("measure: {exclude: {}}\n    decided_by", "measure: {notify: {}}\n    decided_by")
    claims = CLAIMS.replace("fact: ad.a", "fact: ad.b").replace("id: not-b", "id: b")
    claims = claims.replace(
        "fact: ad.b, value: false, stance: asserts, weight: 5",
        "fact: ad.b, value: true, stance: asserts, weight: 4",
    )
    text = written(answer(shelf(rules, claims)))
    assert "We tell you what was found of the ad The ad (`ad`); this by itself restricts nothing." in text
    assert "It is told once, on 1 February 2026" in text
    assert "until it is lifted" not in text


@pytest.mark.parametrize(
    ("subject", "words"), [("ad", "The ad The ad (`ad`) may run"), ("owner", "The ads of")]
)
def test_what_is_required_is_worded_by_whom_it_is_asked_of(
    shelf: Callable[..., LoadedCase], subject: str, words: str
) -> None:
    rules = RULES.replace("{exclude: {}}", "{require: {verification: identity}}")
    text = written(answer(shelf(rules)), subject)
    assert words in text
    assert "only once this is shown: verification: identity." in text


# --- days that cannot be ---


@pytest.mark.parametrize(("as_of", "informed"), [("2026-02-25", ""), ("2026-02-01", "2027-01-01")])
def test_a_measure_that_would_begin_after_its_rule_is_refused(
    shelf: Callable[..., LoadedCase], as_of: str, informed: str
) -> None:
    assert refused(answer(shelf(), as_of), informed) == ["measure-after-rule"]


def test_nobody_is_informed_before_what_was_known(shelf: Callable[..., LoadedCase]) -> None:
    assert refused(answer(shelf()), "2026-01-31") == ["informed-too-early"]


# --- who decides ---


def test_a_mixed_decision_says_for_each_measure_who_takes_it(shelf: Callable[..., LoadedCase]) -> None:
    text = written(answer(shelf()))
    assert "A person takes the decision on the measure of: `r-pause` and `r-label`." in text
    assert "The decision on the measure of `r-alone` was taken by automated means alone." in text
    assert "It needs the signature of: legal." in text


def test_a_signature_that_an_automated_rule_asks_for_makes_it_a_persons_decision(
    shelf: Callable[..., LoadedCase],
) -> None:
    rules = RULES.replace("decided_by: automation", "decided_by: automation\n    review: [legal]")
    text = written(answer(shelf(rules), territory="FR"))
    assert "Automated means worked out what the rules call for; a person takes the decision." in text
    assert "It needs the signature of: legal." in text


ONE_CONTESTED = (
    CLAIMS
    + """  - {id: b, subject: ad, fact: ad.b, value: true, stance: asserts, weight: 3, origin: o5, document: seen,
     place: page 4, recorded_at: 2025-01-01}
"""
)
ALL_AUTOMATED = RULES.replace("    cure: {days: 5}", "    decided_by: automation").replace(
    "    review: [legal]", "    decided_by: automation"
)


def test_where_another_rule_is_contested_a_person_decides_on_the_whole(
    shelf: Callable[..., LoadedCase],
) -> None:
    rules = ALL_AUTOMATED.replace("when: ad.a\n", "when: ad.b\n", 1)
    assert "a person takes the decision." in written(answer(shelf(rules, ONE_CONTESTED)))


@pytest.mark.parametrize("stated", [None, *Automation])
def test_where_every_rule_is_automated_it_is_said_unless_the_case_says_that_a_person_took_part(
    shelf: Callable[..., LoadedCase], stated: Automation | None
) -> None:
    found = answer(shelf(ALL_AUTOMATED, handling=replace(OWN, decision=stated)))
    if stated is Automation.NOT:
        assert refused(found) == ["contradicted-handling"]
        return
    text = written(found)
    assert ("The decision was taken by automated means." in text) is (stated is not Automation.PARTIALLY)


@pytest.mark.parametrize("stated", Automation)
def test_where_a_person_must_decide_the_case_cannot_say_that_none_did(
    shelf: Callable[..., LoadedCase], stated: Automation
) -> None:
    rules = RULES.replace("decided_by: automation", "decided_by: person")
    found = answer(shelf(rules, handling=replace(OWN, decision=stated)))
    if stated is Automation.FULLY:
        assert refused(found) == ["contradicted-handling"]
        return
    not_any = "no automated means are used to take it" in written(found)
    assert not_any is (stated is Automation.NOT)


# --- facts, rights, third parties ---


def test_a_heavier_claim_was_not_outweighed_where_the_condition_is_met_in_another_way(
    shelf: Callable[..., LoadedCase],
) -> None:
    text = written(answer(shelf()))
    assert "the condition of the rule `r-alone` is met in another way, which nothing opposes." in text
    assert "outweigh it" not in text


def test_a_heavier_claim_that_still_counts_is_not_called_outweighed(shelf: Callable[..., LoadedCase]) -> None:
    against = """  - {id: not-a, subject: ad, fact: ad.a, value: false, stance: asserts, weight: 2, origin: o6,
     document: seen, place: page 5, recorded_at: 2025-01-01}
"""
    text = written(answer(shelf(claims=CLAIMS + against)))
    assert (
        "the condition of the rule `r-alone` is met all the same: on the whole it weighs 5, and 2 against"
        in text
    )
    assert text.count("the facts above outweigh it") == 1


def test_no_statute_is_denied_and_the_page_is_that_of_our_rule(shelf: Callable[..., LoadedCase]) -> None:
    text = written(answer(shelf(), territory="US"), informed="2026-02-02")
    assert "statute" not in text
    assert "The ground is law: Act 5 of 2010. Our rule can be read at https://terms.example/2." in text


@pytest.mark.parametrize("source", [Source.ARTICLE_16, Source.OWN_INITIATIVE])
def test_who_gave_notice_stays_unnamed(shelf: Callable[..., LoadedCase], source: Source) -> None:
    handling = replace(OWN, source=source, notified=(ClaimId("reported"),))
    text = written(answer(shelf(handling=handling)))
    assert "Jane Doe" not in text
    assert "a notice of a third party, of 20 January 2026" in text
    assert ("It said:" in text) is (source is Source.ARTICLE_16)


def test_how_complaints_are_decided_is_said_only_as_the_platform_says_it(
    shelf: Callable[..., LoadedCase],
) -> None:
    promised = replace(OWN, review={"en": "Two colleagues decide who took no part."})
    words = "How we decide on complaints, in our own words: Two colleagues decide who took no part."
    assert words in written(answer(shelf(handling=promised)))
    bare = written(answer(shelf()))
    assert "in our own words" not in bare
    assert "The complaint is answered with reasons." in bare
