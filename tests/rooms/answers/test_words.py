"""The words of answers: days no more exact than is known, extents, measures, and a word for everything that ships."""

import gettext
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale

from adjudge.answers.claims import says_text
from adjudge.answers.dates import bounds_text, holds_text, instant_text, published_text
from adjudge.answers.decision.lines import together_text
from adjudge.answers.decision.measures import duration_text, measure_text, surfaces_text, territory_text
from adjudge.answers.forms.sayings import Sayings
from adjudge.answers.words import document_kind_text, tally_text, weight_text
from adjudge.app.on_files import load_case, load_policy
from adjudge.basis.ids import ClaimId, DocumentId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant, Interval, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import Standard
from adjudge.decisions.scope import Extent
from adjudge.decisions.words import ROLES, role_text
from adjudge.evidence.document import Document, Precision, Status
from adjudge.evidence.words import DOCUMENT_KINDS, WEIGHTS
from adjudge.facts.claim import NO_OTHER, Claim, NoOther, Stance
from adjudge.facts.value import Money, Value, value_text
from adjudge.language.package import Measure, MeasureKind
from adjudge.outcome import Verdict
from adjudge.tongues.tongue import Tongue, tongue_of

CHECKOUT = Path(__file__).resolve().parents[3]
ENGLISH = tongue_of("en")
BARE_FRENCH = Tongue("fr", gettext.NullTranslations(), Locale.parse("fr"))
"""French days, countries and lists before anything is translated."""


def at(text: str) -> Instant:
    found = parse_instant(text)
    assert found is not None
    return found


def document(published: str | None, precision: Precision) -> Document:
    return Document(
        id=DocumentId("d"),
        kind="statute",
        title="",
        publisher="",
        language="en",
        precision=precision,
        status=Status.PRIMARY,
        sources=(),
        summary={},
        published=at(published) if published else None,
    )


def claim(value: Value | NoOther, stance: Stance = Stance.ASSERTS) -> Claim:
    return Claim(
        id=ClaimId("c"),
        subject=SubjectId("s"),
        fact=FactName("ad.f"),
        value=value,
        stance=stance,
        weight=3,
        origin=OriginId("o"),
        recorded_at=at("2018-01-31"),
    )


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        ("2018-01-31", "31 January 2018, 00:00 UTC", "31 janvier 2018, 00:00 UTC"),
        ("0001-01-01", "1 January 1, 00:00 UTC", None),
        (
            "2018-01-31T12:00:00Z",
            "31 January 2018 (2018-01-31T12:00:00Z)",
            "31 janvier 2018 (2018-01-31T12:00:00Z)",
        ),
    ],
)
def test_an_instant_is_its_day_and_the_time_that_is_meant(day: str, english: str, french: str | None) -> None:
    assert instant_text(at(day), ENGLISH) == english
    if french:
        assert instant_text(at(day), BARE_FRENCH) == french


@pytest.mark.parametrize(
    ("published", "precision", "text"),
    [
        ("2018-01-31", Precision.DAY, "31 January 2018"),
        ("2018-01-31T18:30:00Z", Precision.DAY, "31 January 2018"),
        ("2018-01-01", Precision.MONTH, "January 2018"),
        ("2018-01-01", Precision.YEAR, "2018"),
        ("2018-01-01", Precision.UNKNOWN, "undated"),
        (None, Precision.DAY, "undated"),
    ],
)
def test_a_publication_is_dated_no_more_exactly_than_is_known(
    published: str | None, precision: Precision, text: str
) -> None:
    assert published_text(document(published, precision), ENGLISH) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, ""),
        ("2018-01-31", None, "holds from 31 January 2018"),
        (None, "2019-01-31", "holds until 31 January 2019"),
        ("2018-01-31", "2019-01-31", "holds from 31 January 2018 until 31 January 2019"),
    ],
)
def test_an_interval_is_one_phrase(start: str | None, end: str | None, text: str) -> None:
    interval = Interval(at(start) if start else None, at(end) if end else None)
    assert holds_text(interval, ENGLISH) == text


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (None, None, "undated"),
        ("2018-01-01", None, "1 January 2018 or later"),
        (None, "2018-02-28", "28 February 2018 or earlier"),
        ("2018-01-01", "2018-02-28", "1 January 2018 to 28 February 2018"),
        ("2018-01-01", "2018-01-01", "1 January 2018"),
    ],
)
def test_a_day_within_bounds_is_said_with_them(earliest: str | None, latest: str | None, text: str) -> None:
    found = bounds_text(at(earliest) if earliest else None, at(latest) if latest else None, ENGLISH)
    assert found == text


@pytest.mark.parametrize(
    ("names", "all_but", "english", "french"),
    [
        ((), True, "worldwide", "worldwide"),
        (("US",), False, "United States only", "États-Unis only"),
        (("US", "DE"), False, "Germany and United States only", "Allemagne et États-Unis only"),
        (("US",), True, "worldwide except United States", "worldwide except États-Unis"),
    ],
)
def test_countries_have_their_names(names: tuple[str, ...], all_but: bool, english: str, french: str) -> None:  # noqa: FBT001 - data
    extent = Extent(frozenset(names), all_but=all_but)
    assert territory_text(extent, ENGLISH) == english
    assert territory_text(extent, BARE_FRENCH) == french


def test_surfaces_are_named_as_the_policy_names_them() -> None:
    assert surfaces_text(Extent(frozenset(), all_but=True), ENGLISH) == "all surfaces"
    assert surfaces_text(Extent(frozenset({"US", "feed"}), all_but=False), ENGLISH) == "US and feed only"
    assert surfaces_text(Extent(frozenset({"feed"}), all_but=True), ENGLISH) == "all surfaces except feed"


@pytest.mark.parametrize(
    ("measure", "text", "duration"),
    [
        (Measure(kind=MeasureKind.NOTIFY), "notify", "once"),
        (Measure(kind=MeasureKind.EXCLUDE), "exclude", "until lifted"),
        (Measure(kind=MeasureKind.SUSPEND, details={"days": 1}), "suspend", "1 day"),
        (Measure(kind=MeasureKind.SUSPEND, details={"days": 30}), "suspend", "30 days"),
        (
            Measure(kind=MeasureKind.REQUIRE, details={"certificate": "gambling_licence"}),
            "require (certificate: gambling_licence)",
            "until lifted",
        ),
        (
            Measure(kind=MeasureKind.REQUIRE, details={"verification": "owner"}),
            "require (verification: owner)",
            "until lifted",
        ),
        (
            Measure(kind=MeasureKind.LIMIT, details={"min_age": 18, "hours": "22:00-06:00"}),
            "limit (minimum age: 18; hours: 22:00-06:00)",
            "until lifted",
        ),
        (
            Measure(kind=MeasureKind.LABEL, details={"text": {"fr": "Publicité", "en": "Paid {for}"}}),
            "label (text: Paid {for})",
            "until lifted",
        ),
    ],
)
def test_a_measure_is_said_with_its_details(measure: Measure, text: str, duration: str) -> None:
    assert measure_text(measure, ENGLISH) == text
    assert duration_text(measure, ENGLISH) == duration


def test_a_label_is_quoted_in_the_language_of_the_answer() -> None:
    measure = Measure(kind=MeasureKind.LABEL, details={"text": {"fr": "Publicité", "en": "Paid for"}})
    assert measure_text(measure, BARE_FRENCH) == "label (text: Publicité)"


@pytest.mark.parametrize("tongue", [ENGLISH, BARE_FRENCH], ids=lambda tongue: tongue.code)
def test_values_are_written_as_the_policy_language_writes_them(tongue: Tongue) -> None:
    money = Money(Decimal(75000), "EUR")
    assert says_text(claim(money), tongue) == "= 75000 EUR"
    assert says_text(claim(money, Stance.DENIES), tongue) == "is not 75000 EUR"
    assert says_text(claim(NO_OTHER), tongue) == "no other value than those asserted"
    assert value_text(True) == "true"


def test_words_are_bent_to_the_number_before_them() -> None:
    assert [tally_text(verdict, 2, ENGLISH) for verdict in Verdict] == [f"2 {verdict}" for verdict in Verdict]
    say = Sayings(ENGLISH)
    assert say.tally([(Verdict.MET, 1)]) == "1 rule in force: 1 met."
    assert say.tally([(Verdict.MET, 1), (Verdict.UNKNOWN, 2)]) == "3 rules in force: 1 met, 2 unknown."
    assert [say.claims_for(count) for count in range(3)] == ["no claims for", "1 claim for", "2 claims for"]
    assert "this would have to be shown" in say.missing("3 corroborated", 1)
    assert "any one of these would do" in say.missing("3 corroborated", 2)


def test_what_belongs_together_is_joined_in_one_sentence() -> None:
    assert together_text(["a"], "3 corroborated", ENGLISH) == "a, shown to 3 corroborated"
    assert together_text(["a", "{b}", "c"], "x", ENGLISH) == "a; and {b}; and c, shown to x"


def test_every_weight_has_its_word() -> None:
    assert [weight_text(weight, ENGLISH) for weight in range(6)] == [
        "0 none",
        *(f"{standard.value} {standard.word}" for standard in Standard),
    ]
    assert set(WEIGHTS) == set(range(6))


def test_what_only_a_policy_knows_is_shown_as_it_is() -> None:
    assert document_kind_text("audit_of_the_moon", ENGLISH) == "audit of the moon"
    assert role_text("astronomer", ENGLISH) == "astronomer"


def test_everything_that_ships_has_its_words() -> None:
    log = ProblemLog()
    policy, loaded = (
        load_policy(CHECKOUT / "policies" / "ads-standard", log),
        load_case(CHECKOUT / "examples" / "cases" / "kaspersky-2018", log),
    )
    assert policy is not None
    assert loaded is not None
    kinds = {proof.document for fact in policy.vocabulary.facts.values() for proof in fact.proof}
    kinds |= {item.kind for item in loaded.case.documents.values()}
    roles = {role for package in policy.packages for rule in package.rules for role in rule.review}
    assert kinds - set(DOCUMENT_KINDS) == set()
    assert roles - set(ROLES) == set()
    assert all(said == name.replace("_", " ") for name, said in DOCUMENT_KINDS.items())
