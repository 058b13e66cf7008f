"""Minimal pairs of packages: one change each, written as an author would write it."""

import json
from dataclasses import dataclass

from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package

VOCABULARY = """
vocabulary: ads
version: 1
taxonomies:
  product: {drinks: {beer: {}, wine: {}}, software: {antivirus: {}}}
facts:
  advertiser:
    verified: {type: bool, complete: true, definition: {en: "Passed."}}
    listed: {type: bool, definition: {en: "Listed."}}
    sued: {type: bool, definition: {en: "Sued."}}
    country: {type: country}
    speaks: {type: language}
    staff: {type: int}
    share: {type: decimal}
    limit: {type: decimal}
    name: {type: string}
    founded: {type: date}
    seen_at: {type: timestamp}
    notice_given: {type: duration}
    spend: {type: money}
    markets: {type: country, many: true}
    certificates:
      type: {record: {kind: string, country: country, expires: date, grade: int}}
      many: true
      complete: true
  ad:
    product: {type: code<product>}
    audience: {type: string}
"""
HEAD = """
package: terms
version: "{version}"
language: 1
vocabulary: ads
published_at: 2020-01-01
"""
RULE = {
    "id": "one",
    "subject": "advertiser",
    "kind": "prohibition",
    "ground": '{terms: "1"}',
    "territory": "worldwide",
    "when": "advertiser.listed",
    "standard": "corroborated",
    "measure": "{exclude: {}}",
}
SECOND = {**RULE, "id": "two", "when": "advertiser.sued", "measure": "{notify: {}}"}


def rule(base: dict[str, str] = RULE, /, **keys: str) -> str:
    """A rule in its written form; an empty text leaves a key out."""
    fields = {**base, **keys}
    return "\n".join(
        f"  {'-' if key == 'id' else ' '} {key}: {json.dumps(text) if key == 'when' else text}"
        for key, text in fields.items()
        if text
    )


def package(
    *rules: str, version: str = "1", tables: str = "", vocabulary: str = VOCABULARY, head: str = HEAD
) -> Package:
    """A package read from its text; a problem fails the test."""
    log = ProblemLog()
    words = read_vocabulary(read_yaml(Source("vocabulary", vocabulary), log), log)
    assert words is not None, [problem.message for problem in log.problems]
    listed = "rules:\n" + "\n".join(rules) if rules else "rules: []"
    text = f"{head.format(version=version)}\n{tables}\n{listed}\n"
    found = read_package(read_yaml(Source("package", text), log), words, log)
    assert found is not None, [(problem.message, problem.hint) for problem in log.problems]
    return found


@dataclass(frozen=True)
class Pair:
    """Two packages, the aspects in which rule `one` differs, and the effects that cases must show."""

    old: Package
    new: Package
    aspects: frozenset[str]
    effects: frozenset[str]


def _when(old: str, new: str, effects: str, **keys: str) -> Pair:
    return Pair(
        package(rule(when=old, **keys)),
        package(rule(when=new, **keys), version="2"),
        frozenset({"when"}),
        frozenset(effects.split()),
    )


def _keys(aspects: str, effects: str, old: dict[str, str], new: dict[str, str]) -> Pair:
    return Pair(
        package(rule(**old), rule(SECOND)),
        package(rule(**new), rule(SECOND), version="2"),
        frozenset(aspects.split()),
        frozenset(effects.split()),
    )


def _tables(aspect: str, effects: str, when: str, old: str, new: str) -> Pair:
    return Pair(
        package(rule(when=when), tables=old),
        package(rule(when=when), tables=new, version="2"),
        frozenset({aspect}),
        frozenset(effects.split()),
    )


def _words(aspect: str, effects: str, when: str, change: tuple[str, str]) -> Pair:
    assert change[0] in VOCABULARY
    return Pair(
        package(rule(when=when)),
        package(rule(when=when), vocabulary=VOCABULARY.replace(*change), version="2"),
        frozenset({aspect}),
        frozenset(effects.split()),
    )


_UNLESS = "[{id: shown, when: advertiser.verified, standard: official}]"
_CERTIFIED = "advertiser.certificates.exists(c, c.kind == 'safety' && c.country == 'FR' && c.grade > {grade})"

ALTERING: dict[str, Pair] = {
    # conditions
    "an-operand-more": _when("advertiser.listed", "advertiser.listed || advertiser.sued", "reached"),
    "an-operand-less": _when("advertiser.listed || advertiser.sued", "advertiser.sued", "released"),
    "a-conjunct-more": _when("advertiser.listed", "advertiser.listed && advertiser.sued", "released"),
    "a-negation": _when("advertiser.listed", "!advertiser.listed", "reached released"),
    "another-fact": _when("advertiser.listed", "advertiser.sued", "reached released"),
    "a-whole-number": _when("advertiser.staff < 18", "advertiser.staff < 21", "reached"),
    "an-edge-taken-in": _when("advertiser.staff < 18", "advertiser.staff <= 18", "reached"),
    "a-decimal": _when("advertiser.share > 0.25", "advertiser.share > 0.250000000000000001", "released"),
    "a-decimal-edge": _when("advertiser.share >= 0.5", "advertiser.share > 0.5", "released"),
    "an-amount": _when(
        "advertiser.spend > money('5000.00', 'EUR')", "advertiser.spend > money('4999.99', 'EUR')", "reached"
    ),
    "another-currency": _when(
        "advertiser.spend > money('5', 'EUR')", "advertiser.spend > money('5', 'USD')", "reached released"
    ),
    "a-country": _when("advertiser.country == 'RU'", "advertiser.country in ['RU', 'BY']", "reached"),
    "a-language": _when("advertiser.speaks == 'fr'", "advertiser.speaks == 'fr-CA'", "reached released"),
    "a-date": _when(
        "advertiser.founded < date('2000-02-29')", "advertiser.founded <= date('2000-02-29')", "reached"
    ),
    "a-timestamp": _when(
        "advertiser.seen_at >= timestamp('2020-01-01T12:00:00Z')",
        "advertiser.seen_at > timestamp('2020-01-01T12:00:00Z')",
        "released",
    ),
    "a-duration": _when(
        "advertiser.notice_given < duration('720h')", "advertiser.notice_given < duration('721h')", "reached"
    ),
    "a-text": _when("advertiser.name == 'Acme'", "advertiser.name == 'acme'", "reached released"),
    "a-text-in-another-script": _when(
        "advertiser.name == 'Реклама'", "advertiser.name == '广告'", "reached released"
    ),
    "a-beginning": _when("advertiser.name.startsWith('Ac')", "advertiser.name.startsWith('Acm')", "released"),
    "a-pattern": _when(
        "advertiser.name.matches('^casino[0-9]+$')", "advertiser.name.matches('^casino')", "reached"
    ),
    "a-size": _when("advertiser.name.size() > 5", "advertiser.name.size() > 6", "released"),
    "a-sum": _when("advertiser.staff + 5 > 20", "advertiser.staff + 6 > 20", "reached"),
    "two-facts-compared": _when(
        "advertiser.share > advertiser.limit", "advertiser.share >= advertiser.limit", "reached"
    ),
    "now-moved": _when(
        "advertiser.seen_at > now - duration('48h')", "advertiser.seen_at > now - duration('24h')", "released"
    ),
    "now-against-a-constant": _when(
        "advertiser.listed && now < timestamp('2021-01-01T00:00:00Z')",
        "advertiser.listed && now <= timestamp('2021-01-01T00:00:00Z')",
        "reached",
    ),
    "a-code": _when("ad.product.under('drinks')", "ad.product.under('beer')", "released", subject="ad"),
    "a-record": _when(_CERTIFIED.format(grade=2), _CERTIFIED.format(grade=3), "released"),
    "for-all": _when(
        "advertiser.markets.all(m, m == 'FR')", "advertiser.markets.all(m, m in ['FR', 'BE'])", "reached"
    ),
    "a-member": _when("'FR' in advertiser.markets", "'DE' in advertiser.markets", "reached released"),
    "has": _when("has(advertiser.name)", "has(advertiser.country)", "reached released"),
    "a-quantifier-over-an-ad": _when(
        "ad.audience == 'adults' && advertiser.markets.exists(m, m == 'FR')",
        "ad.audience == 'adults'",
        "reached",
        subject="ad",
    ),
    # other keys
    "standard": _keys("standard", "released", {}, {"standard": "official"}),
    "in-force-later": _keys("in_force", "released", {}, {"in_force": "{from: 2021-06-01}"}),
    "in-force-until": _keys("in_force", "released", {}, {"in_force": "{to: 2019-06-01}"}),
    "territory": _keys("territory measure_territory", "released", {}, {"territory": "[FR, BE]"}),
    "other-countries": _keys(
        "territory measure_territory",
        "reached released",
        {"territory": "[DE, FR]"},
        {"territory": "[FR, BE]"},
    ),
    "unless-added": _keys("unless", "released", {}, {"unless": _UNLESS}),
    "unless-removed": _keys("unless", "reached", {"unless": _UNLESS}, {}),
    "unless-standard": _keys(
        "unless_standard",
        "released",
        {"unless": _UNLESS},
        {"unless": _UNLESS.replace("official", "reported")},
    ),
    "unless-when": _keys(
        "unless_when",
        "reached released",
        {"unless": _UNLESS},
        {"unless": _UNLESS.replace("verified", "sued")},
    ),
    "overrides": _keys("overrides", "other_lifted", {}, {"overrides": "[two]"}),
    "overrides-no-more": _keys("overrides", "other_applies", {"overrides": "[two]"}, {}),
    "measure": _keys("measure_kind", "measure", {}, {"measure": "{notify: {}}"}),
    "on-unproven": _keys("on_unproven", "referred", {}, {"on_unproven": "refer"}),
    "to-exemption": _keys(
        "kind measure_kind exempts",
        "other_lifted measure",
        {},
        {"kind": "exemption", "measure": "", "exempts": "[two]"},
    ),
    "subject": _keys("subject", "reached released", {}, {"subject": "ad"}),
    # what the rule reads
    "list": _tables(
        "list",
        "reached",
        "advertiser.country in lists.banned",
        "lists: {banned: [{values: [SA]}]}",
        "lists: {banned: [{values: [SA, KW]}]}",
    ),
    "list-from-a-later-day": _tables(
        "list",
        "reached",
        "advertiser.country in lists.banned",
        "lists: {banned: [{values: [SA]}]}",
        "lists: {banned: [{to: 2022-01-01, values: [SA]}, {from: 2022-01-01, values: [SA, KW]}]}",
    ),
    "param": _tables(
        "param",
        "reached",
        "advertiser.staff < params.least",
        "params: {least: [{value: 18}]}",
        "params: {least: [{value: 21}]}",
    ),
    "complete-fact": _words(
        "fact",
        "released",
        "!advertiser.verified",
        ("verified: {type: bool, complete: true,", "verified: {type: bool,"),
    ),
    "type-of-a-fact": _words(
        "fact", "reached", "advertiser.staff > 5", ("staff: {type: int}", "staff: {type: decimal}")
    ),
    "one-value-to-many": _words(
        "fact",
        "verdict",
        "has(advertiser.name)",
        ("name: {type: string}", "name: {type: string, many: true}"),
    ),
    "taxonomy": Pair(
        package(rule(subject="ad", when="ad.product.under('drinks')")),
        package(
            rule(subject="ad", when="ad.product.under('drinks')"),
            vocabulary=VOCABULARY.replace("wine: {}", "wine: {}, cider: {}"),
            version="2",
        ),
        frozenset({"taxonomy"}),
        frozenset({"reached"}),
    ),
}
