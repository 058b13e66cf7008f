"""A few advertisers and ads, a policy about them, and their data in a folder."""

import importlib
import json
from collections.abc import Callable
from pathlib import Path

from adjudge.app.exchange import read_question
from adjudge.basis.ids import ClaimId, FactName, OriginId, SubjectId
from adjudge.basis.instant import Instant, parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.facts.claim import Claim, Stance, Subject
from adjudge.facts.value import Value
from adjudge.facts.vocabulary import Kind
from adjudge.language.package import Package
from tests.generators.data_folders import write_data

KNOWN_AT = parse_instant("2020-01-01") or Instant(0)
SAID_AT = parse_instant("2019-01-01") or Instant(0)

VOCABULARY = """
vocabulary: small
version: 1
taxonomies: {product: {beer: {}, bread: {}}}
facts:
  advertiser:
    spend: {type: money, definition: {en: Invoiced.}}
    staff: {type: int, definition: {en: Counted.}}
    since: {type: date, definition: {en: Registered.}}
    rating: {type: decimal, definition: {en: Rated.}}
    licences: {type: string, many: true, definition: {en: Seen.}}
    verified: {type: bool, complete: true, definition: {en: Seen.}}
  ad:
    product: {type: code<product>, definition: {en: Sold.}}
"""
PACKAGE = """
package: small
version: "1"
language: 1
vocabulary: small
published_at: 2015-01-01
rules:
"""
RULE = """
  - id: {id}
    title: {{en: A}}
    subject: {subject}
    kind: prohibition
    ground: {{terms: "1"}}
    territory: worldwide
    when: "{when}"
    standard: reported
    measure: {{exclude: {{}}}}
"""
RULES = {
    "beer": ("ad", "ad.product == 'beer' && !advertiser.verified"),
    "big": ("advertiser", "advertiser.spend > money('100', 'EUR') || advertiser.staff >= 10"),
    "new": ("advertiser", "advertiser.since > date('2018-01-01') && advertiser.rating < 2.5"),
    "licensed": ("advertiser", "'beer' in advertiser.licences"),
}


def package(rules: dict[str, tuple[str, str]] | None = None, language: int = 1) -> Package:
    """The policy, or one of other rules: by id the kind of subject and the condition."""
    log = ProblemLog()
    line = json.dumps(
        {
            "vocabulary": VOCABULARY,
            "package": package_text(rules, language),
            "claims": [],
            "subjects": [],
            "valid_at": "2020-01-01",
            "known_at": "2020-01-01",
        }
    )
    question = read_question(line, log)
    assert question is not None, log.problems
    return question.package


def package_text(rules: dict[str, tuple[str, str]] | None = None, language: int = 1) -> str:
    """As YAML."""
    written = [
        RULE.format(id=rule, subject=subject, when=when) for rule, (subject, when) in (rules or RULES).items()
    ]
    return PACKAGE.replace("language: 1", f"language: {language}") + "".join(written)


def claim(
    number: int, subject: str, fact: str, value: Value, *, weight: int = 3, stance: Stance = Stance.ASSERTS
) -> Claim:
    """A claim that has held for ever and was recorded in 2019."""
    return Claim(
        id=ClaimId(f"c-{number:04d}"),
        subject=SubjectId(subject),
        fact=FactName(fact),
        value=value,
        stance=stance,
        weight=weight,
        origin=OriginId(f"o-{number % 3}"),
        recorded_at=SAID_AT,
    )


def advertiser(name: str) -> Subject:
    """An advertiser."""
    return Subject(id=SubjectId(name), kind=Kind.ADVERTISER)


def ad(name: str, owner: str) -> Subject:
    """An ad."""
    return Subject(id=SubjectId(name), kind=Kind.AD, advertiser=SubjectId(owner))


def many(count: int) -> tuple[list[Subject], list[Claim]]:
    """Advertisers with an ad each, of whom something of everything is claimed."""
    subjects, claims = list[Subject](), list[Claim]()
    for number in range(count):
        name = f"a-{number:04d}"
        subjects += [advertiser(name), ad(f"b-{number:04d}", name)]
        claims.append(claim(len(claims), name, "advertiser.staff", number % 17))
        claims.append(claim(len(claims), f"b-{number:04d}", "ad.product", ("beer", "bread")[number % 2]))
        claims.append(claim(len(claims), name, "advertiser.verified", number % 3 == 0, weight=1 + number % 5))
    return subjects, claims


def data(folder: Path, subjects: list[Subject], claims: list[Claim]) -> Path:
    """Their folder."""
    return write_data(folder, subjects, claims, package().vocabulary, KNOWN_AT)


_WITH_PARTS = ("anew", "evaluating", "merging", "parts", "previous", "question", "shared", "since", "writing")


def of_parts(size: int, put: Callable[[object, str, int], None] = setattr) -> None:
    """Have parts of so few subjects, by `setattr` or by what takes it back in the end."""
    for name in _WITH_PARTS:
        put(importlib.import_module(f"adjudge.bulk.{name}"), "PART", size)
