"""A sealed package: what its digest tells apart, and what it is blind to."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adjudge.basis.digest import canonical_bytes
from adjudge.basis.problem import ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.said import say
from adjudge.basis.span import Source
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package
from adjudge.language.seal import Sealed, digest_of_package, package_form, read_sealed, seal, vocabulary_form

CHECKOUT = Path(__file__).resolve().parents[3]
POLICIES = CHECKOUT / "policies" / "ads-standard"
SHIPPED = sorted(path.name for path in POLICIES.glob("20*.yaml"))
VOCABULARY = """
vocabulary: shop
version: 3
taxonomies: {product: {alcohol: {beer: {}, wine: {}}, software: {}}, empty: {}}
facts:
  advertiser:
    papers: {type: {record: {kind: string, at: date, more: {record: {product: code<product>}}}}, many: true,
             complete: true, changeable_by: platform, effort: 3, definition: {en: Seen., fr: Vu.},
             proof: [{document: paper, weight: 4}, {document: article, weight: 2}]}
  ad:
    paid: {type: bool, changeable_by: advertiser, definition: {en: Read in the record., fr: Lu au registre.}}
    views: {type: int, changeable_by: advertiser, definition: {en: Counted., fr: Compté.}}
    share: {type: decimal, changeable_by: advertiser, definition: {en: Counted., fr: Compté.}}
    text: {type: string, changeable_by: advertiser, definition: {en: As shown., fr: Affiché.}}
    country: {type: country, protected: true, changeable_by: nobody, definition: {en: Register., fr: Registre.}}
"""
PACKAGE = """
package: shop-rules
version: "1.0"
language: 1
vocabulary: shop
published_at: 2020-01-01T10:00:00Z
lists:
  banned: [{to: 2021-01-01, values: [SA, KW]}, {from: 2021-01-01, values: []}]
  words: [{values: ["true", "1", "ÿ\\n"]}]
params:
  most: [{from: 2015-01-01, to: 2020-01-01, value: 9007199254740993}, {from: 2020-01-01, value: -1}]
  share: [{from: 2015-01-01, value: 2}, {to: 2015-01-01, value: 0.10}]
  on: [{value: true}]
rules:
  - id: b
    title: {en: B, fr: B}
    subject: ad
    kind: restriction
    ground: {law: "Law 1", url: "https://example.org"}
    in_force: {from: 2019-01-01, to: 2029-01-01}
    territory: [FR, BE]
    when: "ad.views >   params.most && ad.country in lists.banned && (ad.share > params.share || !ad.paid)"
    standard: reported
    unless:
      - {id: z, title: {en: Z, fr: Z}, when: "ad.text in lists.words", standard: final}
      - {id: a, title: {en: A, fr: A}, when: "has(advertiser.papers)", standard: alleged}
    overrides: [c, a]
    measure: {label: {text: {en: Ad, fr: Publicité}, surfaces: [feed, search], territory: [FR]}}
    cure: {days: 0}
    on_unproven: refer
    decided_by: automation
    review: [legal, ads]
    explanation: {en: E, fr: E}
    codes: {dsa: {category: C}, empty: {}}
  - {id: a, subject: ad, kind: requirement, ground: {terms: "1"}, territory: worldwide, when: ad.paid && params.on,
     standard: official, measure: {require: {certificate: paper}}}
  - {id: c, subject: ad, kind: prohibition, ground: {terms: "2"}, territory: [FR], when: ad.views > 3,
     standard: official, measure: {suspend: {days: 30, territory: worldwide}}}
  - {id: d, subject: ad, kind: exemption, ground: {terms: "3"}, territory: worldwide, exempts: [c],
     when: "advertiser.papers.exists(p, p.more.product.under('beer') && p.at < now)", standard: official}
  - {id: e, subject: ad, kind: restriction, ground: {terms: "4"}, territory: worldwide, when: ad.views > 30,
     standard: final, measure: {limit: {min_age: 18, hours: 22-06}}}
"""


def read(package: str = PACKAGE, vocabulary: str = VOCABULARY) -> Package:
    log = ProblemLog()
    words = read_vocabulary(read_yaml(Source("vocabulary", vocabulary), log), log)
    assert words is not None
    found = read_package(read_yaml(Source("package", package), log), words, log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def sealed(package: Package) -> Sealed:
    log = ProblemLog()
    found = seal(package, log)
    assert found is not None, [problem.message for problem in log.problems]
    return found


def shipped(name: str) -> Package:
    return read((POLICIES / name).read_text(), (POLICIES / "vocabulary.yaml").read_text())


def codes_of(text: str) -> list[str]:
    log = ProblemLog()
    assert read_sealed(text, log, "package.sealed.json") is None
    return [problem.code for problem in log.problems]


SEALED = sealed(read())


@pytest.mark.parametrize("package", [read(), *map(shipped, SHIPPED)], ids=lambda package: package.version)
def test_reading_what_was_sealed_gives_an_equal_package(package: Package) -> None:
    found, log = sealed(package), ProblemLog()
    again = read_sealed(found.text + "\n", log, "package.sealed.json")
    assert not log.problems
    assert again is not None
    assert package_form(again) == package_form(package)
    assert again.vocabulary == package.vocabulary or vocabulary_form(again.vocabulary) == vocabulary_form(
        package.vocabulary
    )
    assert {rule.id: rule.when.core for rule in again.rules} == {
        rule.id: rule.when.core for rule in package.rules
    }
    assert digest_of_package(again) == found.digest == digest_of_package(package)
    assert sealed(again).text == found.text


def test_the_form_is_read_by_the_readers_of_what_people_write() -> None:
    package, log = read(), ProblemLog()
    vocabulary = read_vocabulary(node_of(vocabulary_form(package.vocabulary), "form"), log)
    assert vocabulary is not None
    again = read_package(node_of(package_form(package), "form"), vocabulary, log)
    assert not log.problems
    assert again is not None
    assert package_form(again) == package_form(package)


def test_exact_numbers_of_parameters_survive() -> None:
    again = read_sealed(SEALED.text, ProblemLog(), "sealed")
    assert again is not None
    assert [entry.value for entry in again.params["most"]] == [9007199254740993, -1]
    assert [entry.value for entry in again.params["share"]] == [Decimal("0.1"), Decimal(2)]
    assert all(isinstance(entry.value, Decimal) for entry in again.params["share"])


LAYOUTS = [
    ("ad.views >   params.most", "ad.views>params.most"),
    ("(ad.share > params.share || !ad.paid)", "((ad.share > (params.share)) || !ad.paid)"),
    ("values: [SA, KW]", "values: [KW, SA]"),
    ("[FR, BE]", "[BE, FR]"),
    ("overrides: [c, a]", "overrides: [a, c]"),
    ("review: [legal, ads]", "review: [ads, legal]"),
    ("surfaces: [feed, search]", "surfaces: [search, feed]"),
    ("2020-01-01T10:00:00Z", "2020-01-01T11:00:00+01:00"),
    (
        "{from: 2015-01-01, value: 2}, {to: 2015-01-01, value: 0.10}",
        "{to: 2015-01-01, value: 0.1}, {from: 2015-01-01, value: 2.0}",
    ),
    ("title: {en: B, fr: B}", "title: {fr: B, en: B}  # a comment"),
    ("when: ad.paid && params.on,", "when: ad.paid && params.on, overrides: [], on_unproven: nothing,"),
]


@pytest.mark.parametrize(("one", "other"), LAYOUTS)
def test_what_has_no_meaning_does_not_change_the_digest(one: str, other: str) -> None:
    assert one in PACKAGE
    again = sealed(read(PACKAGE.replace(one, other)))
    assert (again.digest, again.text) == (SEALED.digest, SEALED.text)


def test_the_order_of_rules_exceptions_and_facts_does_not_change_the_digest() -> None:
    head, _, rules = PACKAGE.partition("rules:\n")
    parts = ["  - " + part for part in rules.split("  - {id: a, sub", 1)[0].split("  - id: ") if part]
    assert len(parts) == 1
    rest = "  - {id: a, sub" + rules.split("  - {id: a, sub", 1)[1]
    turned = head + "rules:\n" + rest.rstrip() + "\n" + rules.split("  - {id: a, sub", 1)[0]
    assert digest_of_package(read(turned)) == SEALED.digest
    lines = PACKAGE.splitlines()
    at = next(index for index, line in enumerate(lines) if "- {id: z" in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    assert digest_of_package(read("\n".join(lines))) == SEALED.digest


def test_the_order_of_a_list_that_is_read_otherwise_than_by_in_has_a_meaning() -> None:
    when = "ad.country in lists.banned + ['FR']"
    one = PACKAGE.replace("ad.country in lists.banned", when)
    assert digest_of_package(read(one)) != digest_of_package(
        read(one.replace("values: [SA, KW]", "values: [KW, SA]"))
    )


MEANINGS = [
    ("> 3,", "> 4,"),
    ("ad.views > 30", "ad.views >= 30"),
    ("values: [SA, KW]", "values: [SA]"),
    ("value: 9007199254740993", "value: 9007199254740992"),
    ("value: 0.10", "value: 0.11"),
    ("on: [{value: true}]", "on: [{value: true, from: 2000-01-01}]"),
    ("days: 30", "days: 31"),
    ("standard: final}", "standard: official}"),
    ("Publicité", "Annonce"),
    ("{category: C}", "{category: D}"),
    ("cure: {days: 0}", "cure: {days: 1}"),
    ("worldwide, exempts", "[FR], exempts"),
    ("days: 30, territory: worldwide", "days: 30"),
    ('version: "1.0"', 'version: "1.00"'),
]


@pytest.mark.parametrize(("one", "other"), MEANINGS)
def test_what_has_a_meaning_changes_the_digest(one: str, other: str) -> None:
    assert one in PACKAGE
    assert digest_of_package(read(PACKAGE.replace(one, other))) != SEALED.digest


@pytest.mark.parametrize(
    ("one", "other"),
    [("weight: 4", "weight: 5"), ("effort: 3", "effort: 4"), ("beer: {}, wine: {}", "beer: {wine: {}}"),
     ("complete: true", "complete: false"), ("As shown.", "As seen."), ("version: 3", "version: 4")],
)  # fmt: skip
def test_the_vocabulary_is_part_of_the_digest(one: str, other: str) -> None:
    assert one in VOCABULARY
    assert digest_of_package(read(vocabulary=VOCABULARY.replace(one, other))) != SEALED.digest


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, len(SEALED.text) - 1), st.sampled_from('0a" ,}x\u00e9'))
def test_any_changed_character_is_detected(position: int, char: str) -> None:
    changed = SEALED.text[:position] + char + SEALED.text[position + 1 :]
    if changed != SEALED.text:
        assert codes_of(changed)


@given(st.integers(0, len(SEALED.text) - 1))
def test_any_lost_character_is_detected(position: int) -> None:
    assert codes_of(SEALED.text[:position] + SEALED.text[position + 1 :])


def altered(*path: str, value: object) -> str:
    tree = json.loads(SEALED.text)
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return canonical_bytes(tree).decode()


def test_an_altered_content_does_not_give_the_stated_digest() -> None:
    assert codes_of(altered("package", "version", value="2")) == ["digest-mismatch"]
    assert codes_of(altered("digest", value="sha256:" + "0" * 64)) == ["digest-mismatch"]


def test_an_altered_text_of_the_same_meaning_is_detected_too() -> None:
    assert codes_of(json.dumps(json.loads(SEALED.text), indent=1)) == ["digest-mismatch"]
    assert codes_of(SEALED.text.replace("ad.views > 30", "ad.views  > 30")) == ["digest-mismatch"]


def test_another_file_or_format_is_named_as_such() -> None:
    assert codes_of(altered("format", value="2")) == ["bad-word"]
    assert codes_of(altered("adjudge", value="ledger")) == ["bad-word"]
    assert "unknown-key" in codes_of(altered("more", value="x"))
    assert codes_of("{") == ["json-syntax"]
    assert codes_of("[]") == ["wrong-shape"]
    assert "missing-key" in codes_of("{}")
    assert "missing-key" in codes_of('{"package": {}, "vocabulary": {}}')


@pytest.mark.parametrize(
    "value",
    [{"int": "x"}, {"int": 5}, {"decimal": "x"}, {"float": "1"}, {"int": "5", "decimal": "5"}, [], None],
)
def test_a_tag_that_is_none_is_a_problem_and_no_crash(value: object) -> None:
    assert codes_of(altered("package", "params", value={"most": [{"value": value}]}))


def test_problems_of_a_sealed_file_name_the_file() -> None:
    log = ProblemLog()
    read_sealed(altered("package", "version", value="2"), log, "package.sealed.json")
    assert log.problems[0].file.startswith("package.sealed.json")
    assert log.problems[0].hint


def test_what_lint_refuses_is_not_sealed() -> None:
    log = ProblemLog()
    assert seal(read(PACKAGE.replace("ad.views > 3,", "1 < 2,")), log) is None
    assert "met-without-claim" in [problem.code for problem in log.problems]


def test_what_lint_warns_of_is_sealed_and_reported() -> None:
    log = ProblemLog()
    assert seal(read(PACKAGE.replace("fr: Publicité", "de: Anzeige")), log) is not None
    assert "missing-translation" in [problem.code for problem in log.problems]


def test_a_refusal_holds_where_the_log_is_full() -> None:
    log = ProblemLog()
    for _ in range(300):
        log.add("no-recourse", say("x"))
    assert seal(read(PACKAGE.replace("ad.views > 3,", "1 < 2,")), log) is None


def test_overlapping_entries_keep_their_order_since_the_first_counts() -> None:
    one = PACKAGE.replace("on: [{value: true}]", "on: [{value: true}, {value: false}]")
    other = PACKAGE.replace("on: [{value: true}]", "on: [{value: false}, {value: true}]")
    assert digest_of_package(read(one)) != digest_of_package(read(other))
