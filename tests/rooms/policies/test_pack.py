"""What can be said of the example terms without running their tests: texts, codes, grounds, proof, the founding case.

Not here: lint, which `tests/rooms/language/test_lint_golden.py` runs, and verdicts, which the policy's own tests name.
"""

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from adjudge.app.on_files import LoadedCase, Policy, load_case, load_policy
from adjudge.basis.ids import FactName
from adjudge.basis.instant import start_of_day
from adjudge.basis.problem import ProblemLog
from adjudge.language.core import facts_of
from adjudge.language.package import MeasureKind, Package, Rule, RuleKind, latest
from adjudge.spec.resolve import outcomes
from tools import ad_product

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "policies" / "ads-standard"
CASE = ROOT / "examples" / "cases" / "kaspersky-2018"
LANGUAGES = {"en", "fr"}
RULES = {"2017-12": 6, "2019-08": 7, "2024-10": 8, "2026.6": 26}
PREFIX = "STATEMENT_CATEGORY_"
CATEGORIES = {
    PREFIX + name
    for name in """ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN
    DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH INTELLECTUAL_PROPERTY_INFRINGEMENTS
    NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC PROTECTION_OF_MINORS
    RISK_FOR_PUBLIC_SECURITY SCAMS_AND_FRAUD SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE""".split()
}
"""The categories that the transparency database of the DSA takes."""
MOVED = {"1037", "1038", "1039", "1040", "1041", "1426"}
"""Categories whose Parent ID in the list is not the one that their tiers name; 1000 is its own, and stays a root."""


def loaded() -> Policy:
    log = ProblemLog()
    policy = load_policy(FOLDER, log)
    assert policy is not None, log.problems
    return policy


POLICY = loaded()
NEWEST = max(POLICY.packages, key=lambda package: package.published_at)
EVERY = [
    pytest.param(package, rule, id=f"{package.version}:{rule.id}")
    for package in POLICY.packages
    for rule in package.rules
]


def test_every_version_has_the_rules_that_it_should_have() -> None:
    assert {package.version: len(package.rules) for package in POLICY.packages} == RULES


def test_each_version_keeps_the_rules_of_the_version_before_as_they_were() -> None:
    texts = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("20*.yaml"))]
    for before, after in pairwise(texts):
        kept = {rule["id"]: rule for rule in after["rules"]}
        assert [rule for rule in before["rules"] if kept.get(rule["id"]) != rule] == []


@pytest.mark.parametrize(("package", "rule"), EVERY)
def test_a_rule_speaks_english_and_french_wherever_it_speaks(package: Package, rule: Rule) -> None:
    del package
    label = rule.measure.details.get("text") if rule.measure else None
    texts = [rule.title, rule.explanation, *(item.title for item in rule.unless)]
    texts += [label] if isinstance(label, Mapping) else []
    for text in texts:
        assert set(text) == LANGUAGES
        assert all(words.strip() for words in text.values())
        assert text["en"] != text["fr"]


@pytest.mark.parametrize(("package", "rule"), EVERY)
def test_a_rule_names_an_official_category(package: Package, rule: Rule) -> None:
    del package
    assert rule.codes["dsa"]["category"] in CATEGORIES


@pytest.mark.data
def test_keywords_and_categories_are_those_of_the_transparency_database(adjudge_data: Path) -> None:
    enums: dict[str, list[str]] = yaml.safe_load((adjudge_data / "dsa" / "enums.json").read_text())
    assert set(enums["category"]) == CATEGORIES
    keywords = {rule.codes["dsa"].get("specification") for rule in NEWEST.rules} - {None}
    assert keywords
    assert keywords <= set(enums["category_specification"])


@pytest.mark.parametrize(("package", "rule"), EVERY)
def test_a_ground_in_the_terms_leads_to_its_clause(package: Package, rule: Rule) -> None:
    if rule.ground.source == "terms":
        assert rule.ground.url == f"https://example.org/ads-standard#{rule.ground.clause}"
        others = [other for other in package.rules if other.ground.source == "terms" and other is not rule]
        assert rule.ground.clause not in {other.ground.clause for other in others}
    else:
        assert rule.ground.url


@pytest.mark.parametrize(("package", "rule"), EVERY)
def test_a_protected_fact_decides_only_on_a_ground_in_law(package: Package, rule: Rule) -> None:
    read = {name for written in rule.conditions for name in facts_of(written.core)}
    protected = {name for name in read if package.vocabulary.facts[name].protected}
    assert not protected or rule.ground.source == "law"


def heaviest(name: FactName) -> int:
    """The weight that some kind of document, or the record's own silence, can carry for a fact."""
    fact = POLICY.vocabulary.facts[name]
    return max([*(proof.weight for proof in fact.proof), 4 if fact.complete else 0])


@pytest.mark.parametrize(("package", "rule"), EVERY)
def test_there_is_a_document_that_can_prove_each_condition(package: Package, rule: Rule) -> None:
    """A standard that no document reaches would make a rule that is never met, or an exception that nobody can show."""
    del package
    conditions = [(rule.when, rule.standard), *((item.when, item.standard) for item in rule.unless)]
    for written, standard in conditions:
        assert [name for name in facts_of(written.core) if heaviest(name) < standard] == []


def test_every_fact_says_in_both_languages_how_it_is_observed_and_what_can_prove_it() -> None:
    for name, fact in POLICY.vocabulary.facts.items():
        assert set(fact.definition) == LANGUAGES, name
        assert fact.definition["en"] != fact.definition["fr"], name
        assert fact.proof, name
        kinds = [proof.document for proof in fact.proof]
        assert len(kinds) == len(set(kinds)), name


def test_the_newest_version_uses_every_kind_of_rule_and_of_measure() -> None:
    assert {rule.kind for rule in NEWEST.rules} == set(RuleKind)
    assert {rule.measure.kind for rule in NEWEST.rules if rule.measure} == set(MeasureKind)


def test_every_rule_of_the_newest_version_has_a_file_of_tests_of_its_name() -> None:
    files = {path.stem: path for path in (FOLDER / "tests").glob("*.yaml")}
    assert [rule.id for rule in NEWEST.rules if rule.id not in files] == []
    for rule in NEWEST.rules:
        read: dict[str, Any] = yaml.safe_load(files[rule.id].read_text(encoding="utf-8"))
        assert NEWEST.version in (read.get("versions") or [read["version"]])
        named = {
            str(name)
            for case in read["cases"]
            for of in case["expect"].values()
            for name in of.get("rules", {})
        }
        assert str(rule.id) in named


def test_the_trade_s_list_has_one_code_for_each_category() -> None:
    tree = POLICY.vocabulary.taxonomies["ad_product"].parents
    assert len(tree) == 583
    numbers = {code.rsplit("_", 1)[1] for code in tree}
    assert numbers == {str(number) for number in range(1000, 1583)}


@pytest.mark.data
def test_the_taxonomy_is_what_the_list_makes_of_it(adjudge_data: Path) -> None:
    found = ad_product.categories(adjudge_data / ad_product.LIST)
    written = ad_product.written((FOLDER / "vocabulary.yaml").read_text(encoding="utf-8"))
    assert written == ad_product.block(found)


@pytest.mark.data
def test_the_tiers_and_the_parent_id_differ_only_where_the_list_contradicts_itself(
    adjudge_data: Path,
) -> None:
    parents = ad_product.parents(ad_product.categories(adjudge_data / ad_product.LIST))
    lines = (adjudge_data / ad_product.LIST).read_text(encoding="utf-8-sig").splitlines()[1:]
    parent_ids = {row[0]: row[1] for line in lines if (row := line.split("\t"))[0].strip()}
    differing = {
        category.id
        for category, parent in parents.items()
        if parent_ids[category.id] not in {category.id if parent is None else parent.id, ""}
    }
    assert differing == MOVED
    assert all(parent is None for category, parent in parents.items() if not parent_ids[category.id])


def case_and_policy() -> LoadedCase:
    log = ProblemLog()
    found = load_case(CASE, log)
    assert found is not None, log.problems
    return found


FOUNDING = case_and_policy()
NEVER_MET: dict[str, str] = {
    "kaspersky-lab/binding-government-measure": "refuted",
    "kaspersky-lab/blocked-person": "unknown",
    "kaspersky-lab/hidden-advertiser": "unknown",
    "ad-antivirus/misleading-ad": "unknown",
    "ad-threat-intelligence/misleading-ad": "unknown",
}
IN_2018 = {
    **NEVER_MET,
    "kaspersky-lab/malicious-software": "unknown",
    "kaspersky-lab/state-service-ties": "unknown",
}
IN_2024 = {
    **NEVER_MET,
    "kaspersky-lab/malicious-software": "refuted",
    "kaspersky-lab/state-service-ties": "refuted",
    "kaspersky-lab/state-controlled-media": "refuted",
}
SALE = {"ad-antivirus/prohibited-sale": "met", "ad-threat-intelligence/prohibited-sale": "refuted"}


def answered(day: str, territory: str | None) -> tuple[dict[str, str], list[str]]:
    """The verdicts of the founding case on a day, by subject and rule, and the rules whose measures apply."""
    instant = start_of_day(dt.date.fromisoformat(day))
    package = latest(list(FOUNDING.policy.packages), instant)
    assert package is not None
    found = outcomes(
        package,
        FOUNDING.case.claims,
        FOUNDING.case.subjects,
        valid_at=instant,
        known_at=instant,
        territory=territory,
    )
    verdicts = {f"{one.subject}/{item.rule}": item.verdict.value for one in found for item in one.rules}
    return verdicts, [f"{one.subject}/{rule}" for one in found for rule, _ in one.measures]


@pytest.mark.parametrize(
    ("day", "territory", "verdicts", "measures"),
    [
        ("2018-01-31", "US", IN_2018, []),
        ("2018-01-31", "DE", IN_2018, []),
        ("2024-10-01", "US", {**IN_2024, **SALE}, ["ad-antivirus/prohibited-sale"]),
        ("2024-10-01", "DE", IN_2024, []),
    ],
)
def test_the_founding_case_is_answered_as_it_was_before_the_policy_grew(
    day: str, territory: str, verdicts: dict[str, str], measures: list[str]
) -> None:
    assert answered(day, territory) == (verdicts, measures)


@pytest.mark.parametrize("territory", ["US", "DE", None])
def test_of_the_founding_case_no_new_rule_is_met_by_silence(territory: str | None) -> None:
    verdicts, measures = answered("2026-11-21", territory)
    old = {**IN_2024, **(SALE if territory != "DE" else {})}
    new = {name: verdict for name, verdict in verdicts.items() if name not in old}
    assert {name: verdicts[name] for name in old} == old
    assert new
    assert set(new.values()) <= {"unknown", "refuted"}
    assert measures == (["ad-antivirus/prohibited-sale"] if territory != "DE" else [])
