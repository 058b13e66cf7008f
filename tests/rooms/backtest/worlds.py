"""Small worlds to set two packages against: folders of data, and packages that differ in every way that is told."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from adjudge.app.changes import load_named
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.facts.vocabulary import Vocabulary
from adjudge.interchange.tables.cells import Cells, list_cell, time_cells, truth
from adjudge.interchange.tables.to_cells import subject_cells
from adjudge.interchange.tables.values import value_cells
from adjudge.language.package import Package
from tests.generators.data_folders import write_tables

ROOT = Path(__file__).resolve().parents[3]
STANDARD = ROOT / "policies" / "ads-standard"


def at(text: str) -> Instant:
    """An instant."""
    found = parse_instant(text)
    assert found is not None
    return found


def package_of(name: Path | str) -> Package:
    """A package by its name on the command line."""
    log = ProblemLog()
    found = load_named(str(name), log)
    assert found is not None, [str(problem.message) for problem in log.problems]
    return found


def subject(name: str, advertiser: str = "") -> Cells:
    """A subject: an ad where its advertiser is named."""
    kind = "ad" if advertiser else "advertiser"
    return subject_cells(name, kind, advertiser or name, {"title": {"en": name.title()}})


def claim(
    number: int,
    who: str,
    fact: str,
    value: object,
    vocabulary: Vocabulary,
    *,
    weight: int = 4,
    denies: bool = False,
    origin: str = "",
    recorded: str = "2019-01-01",
) -> Cells:
    """A claim, of an origin of its own unless one is named."""
    declared = next((item for name, item in vocabulary.facts.items() if name == fact), None)
    return {
        "id": f"c-{number:05d}",
        "subject": who,
        "fact": fact,
        "stance": "denies" if denies else "asserts",
        "weight": str(weight),
        "origin": origin or f"o-{number}",
        "document": "d",
        "none": truth(False),
        **value_cells(value, declared, vocabulary),  # type: ignore[arg-type]  # as JSON
        **time_cells("holds_from", None),
        **time_cells("holds_to", None),
        **time_cells("recorded_at", at(recorded)),
        **time_cells("withdrawn_at", None),
        "place": None,
        "note": None,
        "weight_reason": None,
    }


def spent(number: int, who: str, amount: str, currency: str = "EUR", when: str = "2019-05-01") -> Cells:
    """An amount spent within a day."""
    start = at(when)
    return {
        "id": f"p-{number:05d}",
        "subject": who,
        **time_cells("from", start),
        **time_cells("to", Instant(start.nanos + 86_400_000_000_000)),
        "amount": str(Decimal(amount)),
        "currency": currency,
        **time_cells("recorded_at", start),
    }


def decision(number: int, who: str, rules: Mapping[str, str]) -> tuple[Cells, list[Cells]]:
    """A decision that is in force, with a measure of some kind by each of its rules."""
    name, when = f"dec-{number}", at("2019-01-02")
    measures = [
        {
            "id": f"m-{number}-{place}",
            "decision": name,
            "subject": who,
            "rule": rule,
            "kind": kind,
            "territories": list_cell(()),
            "all_but": truth(True),
            "surfaces": list_cell(()),
            "surfaces_all_but": truth(True),
            **time_cells("start", when),
            **time_cells("end", None),
            **time_cells("lifted_at", None),
        }
        for place, (rule, kind) in enumerate(rules.items())
    ]
    return {
        "id": name,
        "matter": f"M-{number}",
        "subject": who,
        "policy": "p",
        "version": "1",
        "package": "sha256:" + "0" * 64,
        **time_cells("issued_at", when),
        **time_cells("valid_at", when),
        **time_cells("known_at", when),
        "automated": truth(False),
        "supersedes": None,
        "bound_to": None,
        "in_force": truth(True),
        "rules": list_cell(rules),
        "grounds": list_cell(()),
        "entry": str(number),
    }, measures


MEDIA: Mapping[str, tuple[tuple[str, object], ...]] = {
    "rt": (("country", "RU"), ("news_media", True), ("state_financial_control", True)),
    "sputnik": (("country", "RU"), ("news_media", True), ("state_financial_control", True)),
    "public-one": (
        ("country", "GB"),
        ("news_media", True),
        ("state_financial_control", True),
        ("public_service_charter", True),
        ("editorial_independence_guaranteed", True),
    ),
    "sports-channel": (
        ("country", "FR"),
        ("news_media", True),
        ("state_financial_control", True),
        ("entertainment_only", True),
    ),
    "private-paper": (("country", "FR"), ("news_media", True)),
    "bad-software": (("product_works_against_user", True),),
    "nobody-knows": (),
}


def media(folder: Path) -> Path:
    """News media and others, with an ad of each, as ads-standard speaks of them."""
    vocabulary = package_of(f"{STANDARD}@2019-08").vocabulary
    claims: list[Cells] = []
    for who, facts in MEDIA.items():
        for name, value in facts:
            claims.append(claim(len(claims), who, f"advertiser.{name}", value, vocabulary))
    # One of whom two say that a state controls it, and two that none does.
    for denies in (False, True):
        for _ in range(2):
            fact = "advertiser.state_financial_control"
            made = claim(
                len(claims), "disputed", fact, True, vocabulary, denies=denies, recorded="2019-08-01"
            )
            claims.append(made)
    claims.append(claim(len(claims), "disputed", "advertiser.news_media", True, vocabulary))
    claims.append(claim(len(claims), "ad-of-rt", "ad.misleading", True, vocabulary, weight=1))
    everybody: Iterable[str] = (*MEDIA, "disputed")
    decided, measures = decision(1, "bad-software", {"malicious-software": "exclude"})
    rows = {
        "subjects": [row for who in everybody for row in (subject(who), subject(f"ad-of-{who}", who))],
        "claims": claims,
        "spend": [
            spent(1, "ad-of-rt", "1234.56"),
            spent(2, "ad-of-rt", "10", "USD"),
            spent(3, "sputnik", "99.99"),
            spent(4, "ad-of-public-one", "7"),
            spent(5, "ad-of-rt", "5000000", when="2016-01-01"),
        ],
        "decisions": [decided],
        "measures": measures,
    }
    return write_tables(folder, rows, at("2019-08-19"))


TRADE_VOCABULARY = """
vocabulary: trade
version: 1
facts:
  advertiser:
    country: {type: country, changeable_by: nobody}
    barred: {type: bool, changeable_by: nobody}
    owner: {type: string, changeable_by: third_party}
    unverified: {type: bool, changeable_by: advertiser, effort: 3,
      proof: [{document: register_extract, weight: 5}]}
  ad:
    wrong: {type: bool, changeable_by: advertiser, effort: 2, proof: [{document: register_extract, weight: 5}]}
    beer: {type: bool, changeable_by: advertiser, effort: 2, proof: [{document: register_extract, weight: 5}]}
    health: {type: bool, changeable_by: advertiser, effort: 2, proof: [{document: register_extract, weight: 5}]}
"""
_HEAD = """
package: trade
version: '{version}'
language: 1
vocabulary: trade
published_at: {published}
rules:
"""
_RULE = """
  - id: {id}
    title: {{en: "{title}", fr: "{title} (fr)"}}
    subject: {subject}
    kind: restriction
    ground: {{terms: "1", url: "https://example.org/1"}}
    territory: worldwide
    when: {when}
    standard: reported
    measure: {measure}
    on_unproven: refer
    explanation: {{en: "why"}}
{codes}
"""


def rule(name: str, subject_kind: str, when: str, measure: str, category: str = "") -> str:
    """A rule as YAML."""
    codes = f"    codes: {{dsa: {{category: {category}}}}}" if category else ""
    title = name.replace("-", " ").capitalize()
    return _RULE.format(id=name, title=title, subject=subject_kind, when=when, measure=measure, codes=codes)


CONSUMER, PRODUCTS = (
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
    "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
)
OLD_RULES = (
    rule("wrong-ad", "ad", "ad.wrong", "{exclude: {}}", CONSUMER),
    rule("beer-ad", "ad", "ad.beer", "{label: {text: {en: Beer}}}", PRODUCTS),
    rule("unverified", "advertiser", "advertiser.unverified", "{require: {verification: owner}}"),
)
NEW_RULES = (
    rule("wrong-ad", "ad", "ad.wrong", "{suspend: {days: 30}}", CONSUMER),
    rule("beer-ad", "ad", "ad.beer", "{exclude: {}}", PRODUCTS),
    rule("barred", "advertiser", "advertiser.barred", "{exclude: {}}", CONSUMER),
    rule("owned", "advertiser", "advertiser.owner == 'brewer'", "{exclude: {}}"),
    rule("health-ad", "ad", "ad.health", "{label: {text: {en: Health}}}", CONSUMER),
    rule("french-beer", "ad", "ad.beer && advertiser.country == 'FR'", "{label: {text: {en: Loi}}}"),
)


def trade_packages(folder: Path) -> tuple[Path, Path]:
    """The two versions as files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary.yaml").write_text(TRADE_VOCABULARY, encoding="utf-8")
    paths = []
    for version, published, rules in (("1", "2019-01-01", OLD_RULES), ("2", "2020-01-01", NEW_RULES)):
        path = folder / f"{version}.yaml"
        path.write_text(_HEAD.format(version=version, published=published) + "".join(rules), encoding="utf-8")
        paths.append(path)
    return paths[0], paths[1]


def trade(folder: Path, vocabulary: Vocabulary) -> Path:
    """Advertisers with several ads each: every way of changing, two currencies, decisions that part like cases."""
    said: list[tuple[str, str, object, dict[str, object]]] = [
        ("alpha", "advertiser.country", "FR", {}),
        ("alpha", "advertiser.barred", True, {}),
        ("beta", "advertiser.country", "DE", {}),
        ("beta", "advertiser.country", "AT", {}),
        ("beta", "advertiser.unverified", True, {}),
        ("gamma", "advertiser.owner", "brewer", {"recorded": "2019-12-20"}),
        ("delta", "advertiser.barred", True, {"weight": 1}),
        ("alpha-1", "ad.beer", True, {}),
        ("alpha-2", "ad.beer", True, {}),
        ("alpha-3", "ad.wrong", True, {}),
        ("beta-1", "ad.wrong", True, {}),
        ("beta-2", "ad.health", True, {"recorded": "2019-12-30"}),
        ("beta-3", "ad.health", True, {"recorded": "2019-12-30"}),
        ("beta-3", "ad.health", True, {"denies": True, "recorded": "2019-12-31"}),
        ("gamma-1", "ad.health", True, {"weight": 1, "recorded": "2019-10-01"}),
        ("gamma-2", "ad.wrong", True, {"weight": 1}),
        ("gamma-3", "ad.beer", True, {"recorded": "2030-01-01"}),
    ]
    owners = ("alpha", "beta", "delta", "gamma")
    ads = [f"{owner}-{number}" for owner in owners for number in (1, 2, 3)]
    decisions = [
        decision(1, "alpha-3", {"wrong-ad": "exclude"}),
        decision(2, "beta-1", {}),
    ]
    rows = {
        "subjects": [subject(who) for who in owners] + [subject(ad, ad.partition("-")[0]) for ad in ads],
        "claims": [
            claim(number, who, fact, value, vocabulary, **how)  # type: ignore[arg-type]  # by their names
            for number, (who, fact, value, how) in enumerate(said)
        ],
        "spend": [
            spent(number, who, amount, currency, "2019-06-01")
            for number, (who, amount, currency) in enumerate(
                (
                    ("alpha", "10.10", "EUR"),
                    ("alpha-1", "0.1", "EUR"),
                    ("alpha-2", "0.2", "EUR"),
                    ("beta-1", "500", "EUR"),
                    ("beta-1", "500", "USD"),
                    ("beta-2", "-3.5", "EUR"),
                    ("gamma-1", "123456789012345678.123456789", "EUR"),
                )
            )
        ],
        "decisions": [found for found, _ in decisions],
        "measures": [row for _, measures in decisions for row in measures],
    }
    return write_tables(folder, rows, at("2020-01-02"))
