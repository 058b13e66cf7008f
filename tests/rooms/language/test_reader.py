"""Packages from YAML: rules, measures, dated entries, circles. LANGUAGE.md 4.1, 5, 9."""

from decimal import Decimal

import pytest

from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.basis.weight import Standard
from adjudge.facts.vocabulary import Vocabulary
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.package import (
    DecidedBy,
    Ground,
    MeasureKind,
    OnUnproven,
    Package,
    RuleKind,
    latest,
)
from adjudge.language.reading.package import read_package

VOCABULARY = """{vocabulary: v, version: 1, facts: {
  advertiser: {age: {type: int}, where: {type: country}}, ad: {text: {type: string}}}}"""
HEAD = 'package: p\nversion: "1"\nlanguage: 1\nvocabulary: v\npublished_at: 2019-01-01\n'
RULE = """  - id: r
    subject: advertiser
    kind: prohibition
    ground: {terms: "1"}
    territory: worldwide
    when: advertiser.age > 18
    standard: reported
    measure: {exclude: {}}
"""


def vocabulary() -> Vocabulary:
    log = ProblemLog()
    found = read_vocabulary(read_yaml(Source("v", VOCABULARY), log), log)
    assert found is not None
    return found


def read(text: str) -> tuple[Package | None, list[Problem]]:
    log = ProblemLog()
    return read_package(read_yaml(Source("p.yaml", text), log), vocabulary(), log), log.problems


def package(rules: str = RULE, more: str = "") -> Package:
    found, problems = read(HEAD + more + "rules:\n" + rules)
    assert found is not None, problems
    return found


def problems_of(rules: str = RULE, more: str = "", head: str = HEAD) -> list[str]:
    found, problems = read(head + more + "rules:\n" + rules)
    assert found is None or not problems
    return [problem.code for problem in problems]


def test_everything_that_a_rule_can_have_is_read() -> None:
    rule = package(
        """  - id: r
    title: {en: Title, fr: Titre}
    subject: ad
    kind: restriction
    ground: {law: Act 1, url: "https://example.org"}
    in_force: {from: 2019-01-01, to: 2020-01-01}
    territory: [FR, NO]
    when: advertiser.age > 18
    standard: final
    unless:
      - {id: u, title: {en: x}, when: "ad.text == 'a'", standard: alleged}
    overrides: []
    measure: {suspend: {days: 7, surfaces: [feed], territory: [FR]}}
    cure: {days: 7}
    on_unproven: request_evidence
    decided_by: automation
    review: [legal]
    explanation: {en: Because.}
    codes: {dsa: {category: X}}
"""
    ).rules[0]
    assert rule.kind is RuleKind.RESTRICTION
    assert rule.ground == Ground("law", "Act 1", "https://example.org")
    assert rule.territory == frozenset({"FR", "NO"})
    assert rule.standard is Standard.FINAL
    assert [(item.id, item.standard) for item in rule.unless] == [("u", Standard.ALLEGED)]
    assert rule.measure is not None
    assert rule.measure.kind is MeasureKind.SUSPEND
    assert rule.measure.details == {"days": 7}
    assert rule.measure.surfaces == frozenset({"feed"})
    assert rule.measure.territory == frozenset({"FR"})
    assert (rule.cure_days, rule.on_unproven, rule.decided_by, rule.review) == (
        7,
        OnUnproven.REQUEST_EVIDENCE,
        DecidedBy.AUTOMATION,
        ("legal",),
    )
    assert rule.codes == {"dsa": {"category": "X"}}
    assert len(rule.conditions) == 2


def test_defaults_are_those_of_the_page() -> None:
    rule = package().rules[0]
    assert (rule.on_unproven, rule.decided_by, rule.review, rule.unless) == (
        OnUnproven.NOTHING,
        DecidedBy.PERSON,
        (),
        (),
    )
    assert rule.territory is None
    assert rule.in_force.start is None


def test_a_measure_has_the_territory_of_its_rule_where_it_names_none() -> None:
    rule = package(RULE.replace("worldwide", "[FR]")).rules[0]
    assert rule.measure is not None
    assert rule.measure.territory == frozenset({"FR"})


def test_a_version_is_kept_as_written() -> None:
    found, _ = read(HEAD.replace('"1"', "2019.10") + "rules: []\n")
    assert found is not None
    assert found.version == "2019.10"


@pytest.mark.parametrize("key", ["id", "subject", "kind", "territory", "when", "standard"])
def test_nothing_that_decides_is_inferred(key: str) -> None:
    rule = "".join(line + "\n" for line in RULE.splitlines() if f"{key}:" not in line or "- id" in line)
    if key == "id":
        rule = RULE.replace("- id: r\n    subject", "- subject")
    assert problems_of(rule) == ["missing-key"]


@pytest.mark.parametrize("key", ["package", "version", "language", "vocabulary", "published_at"])
def test_a_package_says_what_it_is(key: str) -> None:
    head = "".join(line + "\n" for line in HEAD.splitlines() if not line.startswith(key + ":"))
    assert problems_of(head=head) == ["missing-key"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("worldwide", "everywhere", "bad-value"),
        ("worldwide", "[]", "bad-value"),
        ("worldwide", "[UK]", "unknown-code"),
        ("worldwide", "[FR, 5]", "wrong-shape"),
        ("standard: reported", "standard: proven", "bad-word"),
        ("standard: reported", "standard: 2", "bad-word"),
        ("kind: prohibition", "kind: ban", "bad-word"),
        ("subject: advertiser", "subject: campaign", "bad-word"),
        ("measure: {exclude: {}}", "measure: {}", "wrong-shape"),
        ("measure: {exclude: {}}", "measure: {ban: {}}", "unknown-key"),
        ("measure: {exclude: {}}", "measure: {exclude: {}, notify: {}}", "wrong-shape"),
        ("measure: {exclude: {}}", "measure: {exclude: 5}", "wrong-shape"),
        ("measure: {exclude: {}}", "measure: {exclude: {days: 5}}", "unknown-key"),
        ("measure: {exclude: {}}", "measure: {exclude: {surfaces: []}}", "bad-value"),
        ("measure: {exclude: {}}", "measure: {suspend: {}}", "missing-key"),
        ("measure: {exclude: {}}", "measure: {suspend: {days: 0}}", "bad-value"),
        ("measure: {exclude: {}}", "measure: {label: {}}", "missing-key"),
        ("measure: {exclude: {}}", "measure: {require: {}}", "missing-key"),
        ("measure: {exclude: {}}", "measure: {require: {certificate: a, verification: b}}", "missing-key"),
        ("measure: {exclude: {}}", "measure: {limit: {min_age: 200}}", "bad-value"),
        ("measure: {exclude: {}}", "exempts: [r]", "exemption-shape"),
        ('{terms: "1"}', '{terms: "1", law: "2"}', "missing-key"),
        ('{terms: "1"}', "{url: x}", "missing-key"),
        ("when: advertiser.age > 18", "when: [1]", "wrong-shape"),
        ("when: advertiser.age > 18", "when: ''", "expression-syntax"),
        ("when: advertiser.age > 18", "when: 1", "type-error"),
        (
            "    standard",
            "    in_force: {from: 2020-01-01, to: 2019-01-01}\n    standard",
            "reversed-interval",
        ),
        ("    standard", "    in_force: {from: soon}\n    standard", "bad-value"),
        ("    standard", "    on_unproven: panic\n    standard", "bad-word"),
        ("    standard", "    decided_by: robot\n    standard", "bad-word"),
        ("    standard", "    cure: {days: -1}\n    standard", "bad-value"),
        ("    standard", "    severity: 5\n    standard", "unknown-key"),
        ("    standard", "    overrides: [q]\n    standard", "unknown-rule"),
        ("    standard", "    overrides: [r]\n    standard", "override-circle"),
        ("    standard", "    unless: [{id: u, when: 'true'}]\n    standard", "missing-key"),
        ("    standard", "    codes: {dsa: {a: 1}}\n    standard", "wrong-shape"),
    ],
)
def test_what_does_not_fit_is_a_problem(old: str, new: str, code: str) -> None:
    assert code in problems_of(RULE.replace(old, new, 1))


def test_when_true_is_an_expression_too() -> None:
    assert package(RULE.replace("advertiser.age > 18", "true")).rules[0].when.text == "true"


def test_two_rules_or_exceptions_of_one_id_are_a_problem() -> None:
    assert problems_of(RULE + RULE) == ["duplicate-id"]
    twice = "    unless:\n" + "      - {id: u, when: 'true', standard: alleged}\n" * 2
    assert problems_of(RULE + twice) == ["duplicate-id"]


def test_the_package_speaks_the_vocabulary_that_it_is_read_with() -> None:
    assert problems_of(head=HEAD.replace("vocabulary: v", "vocabulary: w")) == ["vocabulary-mismatch"]


def test_another_language_version_is_refused() -> None:
    assert problems_of(head=HEAD.replace("language: 1", "language: 2")) == ["unsupported-language"]


def rules(**overrides: str) -> str:
    return "".join(
        RULE.replace("id: r", f"id: {name}") + (f"    overrides: [{above}]\n" if above else "")
        for name, above in overrides.items()
    )


def test_each_circle_is_reported_once() -> None:
    _, problems = read(HEAD + "rules:\n" + rules(a="b", b="c", c="a", d="a", e="f", f="e"))
    assert [problem.code for problem in problems] == ["override-circle", "override-circle"]
    assert "`a` over `b` over `c` over `a`" in problems[0].message


def test_a_long_circle_is_named_in_short() -> None:
    _, problems = read(HEAD + "rules:\n" + rules(**{f"r{n}": f"r{(n + 1) % 20}" for n in range(20)}))
    assert [problem.message for problem in problems] == [
        "these rules prevail in a circle: `r0` over `r1` over `r2` over `r3` over `r4` over `r5` and 14 more"
    ]


def test_a_long_chain_of_overrides_is_no_circle() -> None:
    text = rules(**{f"r{n}": f"r{n + 1}" if n < 999 else "" for n in range(1000)})
    assert len(package(text).rules) == 1000


def test_a_circle_closes_through_an_exemption() -> None:
    exemption = (
        RULE.replace("id: r", "id: x")
        .replace("prohibition", "exemption")
        .replace("measure: {exclude: {}}", "exempts: [r]")
    )
    assert problems_of(RULE + "    overrides: [x]\n" + exemption) == ["override-circle"]


def test_an_override_across_kinds_of_subject_is_refused() -> None:
    other = RULE.replace("id: r", "id: q").replace("subject: advertiser", "subject: ad")
    assert problems_of(RULE + "    overrides: [q]\n" + other) == ["override-across-kinds"]


def test_dated_lists_and_parameters_are_typed_by_how_they_are_written() -> None:
    more = """lists:
  banned: [{to: 2019-01-01, values: [SA]}, {from: 2019-01-01, values: [NO, KW]}]
  ages: [{values: [1, 2]}]
  empty: [{values: []}]
params:
  least: [{value: 18}, ]
  share: [{from: 2019-01-01, value: 2}, {to: 2019-01-01, value: 1.5}]
  on: [{value: true}]
"""
    rule = RULE.replace(
        "advertiser.age > 18", "advertiser.where in lists.banned && advertiser.age in lists.ages && params.on"
    )
    found = package(rule, more)
    at = parse_instant("2019-01-01")
    assert at is not None
    banned = found.entry(found.lists, "banned", at)
    share = found.entry(found.params, "share", at)
    assert banned is not None
    assert share is not None
    assert banned.value == ("NO", "KW")
    assert share.value == Decimal(2)
    assert isinstance(share.value, Decimal)
    assert found.entry(found.lists, "nothing", at) is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("lists: {a: [{values: [1, x]}]}\n", "type-error"),
        ("lists: {a: [{values: [1]}, {values: [x]}]}\n", "type-error"),
        ("lists: {a: [{values: 5}]}\n", "wrong-shape"),
        ("lists: {a: [{value: 5}]}\n", "missing-key"),
        ("lists: {a: [{values: [~]}]}\n", "bad-value"),
        ("lists: {a: [{values: [[1]]}]}\n", "bad-value"),
        ("lists: {a-b: []}\n", "bad-identifier"),
        ("params: {a: []}\n", "wrong-shape"),
        ("params: {a: 5}\n", "wrong-shape"),
        ("params: {a: [{value: 99999999999999999999}]}\n", "bad-value"),
        ("params: {a: [{from: 2020-01-01, to: 2019-01-01, value: 1}]}\n", "reversed-interval"),
        ("params: {a: [{value: 1, until: 2020-01-01}]}\n", "unknown-key"),
    ],
)
def test_what_is_no_dated_entry_is_a_problem(more: str, code: str) -> None:
    assert code in problems_of(more=more)


def test_a_problem_in_a_folded_condition_has_its_own_line() -> None:
    folded = RULE.replace(
        "when: advertiser.age > 18", "when: >-\n      advertiser.age > 18\n      && advertiser.aeg > 1"
    )
    _, problems = read(HEAD + "rules:\n" + folded)
    shown, carets = problems[0].span.excerpt() if problems[0].span else ("", "")
    assert problems[0].line == 14
    assert shown[carets.index("^") : carets.rindex("^") + 1] == "advertiser.aeg"


def test_the_latest_package_published_by_then_counts() -> None:
    old, new = package(), package()
    packages = [old, new]
    at = parse_instant("2018-01-01")
    assert at is not None
    assert latest(packages, at) is None
    assert latest([], at) is None
    assert latest(packages, old.published_at) is not None


def test_one_bad_rule_does_not_hide_the_problems_of_another() -> None:
    bad = RULE.replace("standard: reported", "standard: x")
    _, problems = read(HEAD + "rules:\n" + bad + bad.replace("id: r", "id: q").replace("> 18", "> ''"))
    assert [problem.code for problem in problems] == ["bad-word", "type-error", "bad-word"]


def test_measures_are_in_rising_severity() -> None:
    severities = [kind.severity for kind in MeasureKind]
    assert severities == sorted(severities)
    assert max(MeasureKind, key=lambda kind: kind.severity) is MeasureKind.EXCLUDE
