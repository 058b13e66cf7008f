"""A case for the tests of figures: a rule with every kind of part, an exception, and ways out of it."""

from pathlib import Path

from adjudge.answers.answer import Asked
from adjudge.answers.rules.figures import FigureView
from adjudge.app.explain import RuleExplained, explain_rule
from adjudge.app.figures import figure_of
from adjudge.app.on_files import load_case
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.tongues.tongue import Tongue, tongue_of

VOCABULARY = """
vocabulary: pub
version: 1
facts:
  advertiser:
    licences: {type: {record: {country: country, until: date}}, many: true, complete: true,
      changeable_by: advertiser, effort: 3000, proof: [{document: register_extract, weight: 4}]}
    owner: {type: string, changeable_by: third_party}
  ad:
    beer: {type: bool, changeable_by: advertiser, effort: 1200}
    country: {type: country, changeable_by: nobody, definition: {en: Where the ad is shown.}}
    sober: {type: bool, changeable_by: nobody}
    size: {type: int, changeable_by: nobody}
    notes: {type: string, changeable_by: nobody}
"""
WHEN = "ad.beer && (ad.country in ['FR', 'BE'] || !(ad.sober && ad.size > 3))"
PACKAGE = """
package: pub
version: '1'
language: 1
vocabulary: pub
published_at: 2020-01-01
rules:
  - id: beer
    title: {en: "TITLE", fr: Bière}
    subject: ad
    kind: restriction
    ground: {terms: "1", url: "https://example.org/1"}
    territory: worldwide
    when: >-
      WHEN
    standard: corroborated
    unless:
      - id: licensed
        title: {en: Licensed for the country}
        when: advertiser.licences.exists(l, l.country == ad.country && l.until > now)
        standard: official
    measure: {exclude: {}}
  - id: bought
    subject: advertiser
    kind: restriction
    ground: {terms: "2", url: "https://example.org/2"}
    territory: worldwide
    when: advertiser.owner == 'brewer'
    standard: reported
    measure: {exclude: {}}
"""
CASE = """
case: beer
title: {en: A beer}
policy: pub
subjects:
  - {id: brewer, kind: advertiser, title: {en: A brewer}}
  - {id: ad, kind: ad, advertiser: brewer, title: {en: An ad}}
"""
DOCUMENTS = """
documents:
  - {id: register, kind: register_extract, title: Extract <b>of</b> the register, publisher: The registrar,
     published: 2020-01-15, precision: day, language: en, status: primary, sources: [the registrar],
     summary: {en: It says so.}}
"""
GERMAN = "{country: DE, until: 2030-01-01}"
CLAIMS = (
    "{id: product, subject: ad, fact: ad.beer, value: true, weight: 3, origin: a}",
    "{id: other, subject: ad, fact: ad.beer, value: false, weight: 2, origin: b}",
    "{id: place, subject: ad, fact: ad.country, value: FR, weight: 4, origin: c}",
    "{id: sober, subject: ad, fact: ad.sober, value: true, weight: 1, origin: d}",
    "{id: size, subject: ad, fact: ad.size, value: 2, weight: 5, origin: e}",
    "{id: owner, subject: brewer, fact: advertiser.owner, value: brewer, weight: 4, origin: f}",
    f"{{id: g, subject: brewer, fact: advertiser.licences, value: {GERMAN}, weight: 4, origin: g}}",
)
REST = "stance: asserts, document: register, recorded_at: 2020-01-20}"


def folder_of(
    at: Path, claims: tuple[str, ...] = CLAIMS, *, title: str = "Ads for beer", when: str = WHEN
) -> Path:
    """Write the case and its policy, and return the folder of the case."""
    policy, case = at / "policies" / "pub", at / "case"
    policy.mkdir(parents=True)
    case.mkdir()
    package = PACKAGE.replace("TITLE", title).replace("WHEN", when)
    texts = {
        policy / "vocabulary.yaml": VOCABULARY,
        policy / "1.yaml": package,
        case / "case.yaml": CASE,
        case / "documents.yaml": DOCUMENTS,
        case / "claims.yaml": "claims:\n" + "".join(f"  - {claim[:-1]}, {REST}\n" for claim in claims),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return case


def explained_in(case: Path, subject: str = "ad", rule: str = "beer") -> RuleExplained:
    """The rule explained as of 1 June 2020."""
    log, at = ProblemLog(), parse_instant("2020-06-01")
    loaded = load_case(case, log)
    assert loaded is not None, log.problems
    assert at is not None
    found = explain_rule(loaded, Asked(valid_at=at, known_at=at, territory=None), (subject, rule), log)
    assert found is not None, log.problems
    return found


def view_in(case: Path, subject: str = "ad", rule: str = "beer", tongue: Tongue | None = None) -> FigureView:
    """The figure of the rule."""
    return figure_of(explained_in(case, subject, rule), tongue or tongue_of("en"))
