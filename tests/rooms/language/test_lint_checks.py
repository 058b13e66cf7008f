"""Where lint speaks and where it is silent: the edges of each check, on packages of one or two rules."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudge.basis.problem import LIMIT, ProblemLog
from adjudge.basis.reading.json_text import node_of
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.basis.weight import Pair, conjunction, disjunction, negation
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.analysis.worlds import Worlds
from adjudge.language.checks.definitions import has_definition
from adjudge.language.core import And, Condition, Has, Not, Or
from adjudge.language.lint import lint
from adjudge.language.package import Package
from adjudge.language.package_printer import package_form
from adjudge.language.reading.package import read_package

VOCABULARY = """
vocabulary: shop
version: 1
taxonomies: {product: {alcohol: {beer: {}}, software: {}}}
facts:
  advertiser:
    verified: {type: bool, complete: true, definition: {en: Checked.}, proof: [{document: check, weight: 4}]}
    fate: {type: bool, changeable_by: nobody, definition: {en: What a coin shows.}}
    proven: {type: bool, definition: {en: Read in a paper.}, proof: [{document: paper, weight: 2}]}
    papers: {type: {record: {kind: string, until: date, valid: bool}}, many: true, changeable_by: advertiser,
             definition: {en: Seen.}}
  ad:
    paid: {type: bool, changeable_by: advertiser, definition: {en: Read in the record.}}
    shown: {type: bool, changeable_by: advertiser, definition: {en: Seen on a page.}}
    views: {type: int, changeable_by: advertiser, definition: {en: Counted.}}
    product: {type: code<product>, changeable_by: advertiser, definition: {en: What is sold.}}
    origin: {type: {record: {country: country, sold: bool}}, changeable_by: advertiser, definition: {en: Label.}}
"""
RULE = {
    "subject": "ad",
    "kind": "prohibition",
    "ground": '{terms: "1"}',
    "territory": "worldwide",
    "standard": "official",
    "measure": "{exclude: {}}",
}


def package(*rules: dict[str, str], tables: str = "") -> Package:
    log = ProblemLog()
    vocabulary = read_vocabulary(read_yaml(Source("vocabulary", VOCABULARY), log), log)
    assert vocabulary is not None
    lines = [
        "package: p",
        "version: '1'",
        "language: 1",
        "vocabulary: shop",
        "published_at: 2020-01-01",
        tables,
        "rules:",
    ]
    for number, rule in enumerate(rules):
        whole = {"id": f"r{number}", **RULE, **rule}
        whole["when"] = f'"{whole["when"]}"'
        lines.append("  - {" + ", ".join(f"{key}: {value}" for key, value in whole.items() if value) + "}")
    read = read_package(read_yaml(Source("package", "\n".join(lines)), log), vocabulary, log)
    assert read is not None, [problem.message for problem in log.problems]
    return read


def codes(*rules: dict[str, str], tables: str = "") -> list[str]:
    log = ProblemLog()
    lint(package(*rules, tables=tables), log)
    return [problem.code for problem in log.problems]


def of(when: str, **rest: str) -> dict[str, str]:
    return {"when": when, **rest}


@pytest.mark.parametrize(
    "when",
    [
        "ad.paid && !ad.shown",
        "ad.paid && now > date('2030-01-01')",
        "!advertiser.verified",
        "has(advertiser.papers) || advertiser.papers.exists(p, p.until > now)",
        "ad.views > 3 && ad.views > 5",
        "ad.product in ['beer'] && advertiser.proven",
    ],
)
def test_an_ordinary_condition_has_no_problem(when: str) -> None:
    assert codes(of(when)) == []


@pytest.mark.parametrize(
    "when",
    [
        "true",
        "1 < 2 || ad.paid",
        "now > date('1990-01-01') && now > date('1991-01-01')",
        "!(ad.product in [])",
        "ad.product in [] || !(ad.paid && ad.product in [])",
    ],
)
def test_a_rule_that_silence_meets_is_refused(when: str) -> None:
    assert "met-without-claim" in codes(of(when))


@pytest.mark.parametrize(
    ("when", "in_force"),
    [
        ("ad.paid || now < date('2010-01-01')", "{from: 2010-01-01}"),
        ("ad.paid || now >= date('2010-01-01')", "{to: 2010-01-01}"),
        ("ad.paid || now == date('2010-01-01')", "{from: 2010-01-02}"),
    ],
)
def test_a_time_in_which_the_rule_is_not_in_force_does_not_count(when: str, in_force: str) -> None:
    assert codes(of(when, in_force=in_force)) == []


def test_the_last_nanosecond_of_a_rule_counts() -> None:
    found = codes(
        of("ad.paid || now >= timestamp('2009-12-31T23:59:59.999999999Z')", in_force="{to: 2010-01-01}")
    )
    assert found == ["met-without-claim"]


def test_a_parameter_counts_only_with_the_values_that_it_has_while_the_rule_is_in_force() -> None:
    tables = "params: {on: [{to: 2015-01-01, value: true}, {from: 2015-01-01, value: false}]}"
    assert codes(of("ad.paid || params.on", in_force="{from: 2015-01-01}"), tables=tables) == []
    assert codes(of("ad.paid || params.on"), tables=tables) == ["met-without-claim"]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("ad.paid && !ad.paid", "never-met"),
        ("ad.paid && (1 == 2 || false)", "never-met"),
        ("(ad.paid || ad.shown) && !ad.paid && !ad.shown", "never-met"),
        ("now < date('2001-01-01') && now > date('2001-01-01') && ad.paid", "never-met"),
    ],
)
def test_a_rule_that_no_claims_meet_is_noticed(when: str, code: str) -> None:
    assert codes(of(when)) == [code]


def test_nothing_is_said_of_a_condition_with_too_many_leaves() -> None:
    many = " && ".join(f"ad.views != {number}" for number in range(8))
    assert codes(of(f"ad.paid && !ad.paid && {many}")) == []


def test_an_exception_of_a_higher_standard_leaves_room_for_the_rule() -> None:
    unless = "[{id: u, when: ad.paid, standard: %s}]"
    assert codes(of("ad.paid && ad.shown", unless=unless % "official")) == ["never-met"]
    assert codes(of("ad.paid && ad.shown", unless=unless % "final")) == []
    assert codes(of("ad.paid", unless="[{id: u, when: 1 < 2, standard: final}]")) == ["never-met"]


PAIRS = [Pair(for_, against) for for_, against in product(range(6), repeat=2)]
LEAVES = (Has("ad.a"), Has("ad.b"))  # type: ignore[arg-type]  # names of facts


def conditions() -> st.SearchStrategy[Condition]:
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(lambda one, other: And((one, other)), inner, inner),
            st.builds(lambda one, other: Or((one, other)), inner, inner),
        ),
        max_leaves=6,
    )


def pair_of(condition: Condition, pairs: dict[Condition, Pair]) -> Pair:
    match condition:
        case Not():
            return negation(pair_of(condition.operand, pairs))
        case And():
            return conjunction(pair_of(operand, pairs) for operand in condition.operands)
        case Or():
            return disjunction(pair_of(operand, pairs) for operand in condition.operands)
        case _:
            return pairs[condition]


@given(conditions(), st.integers(1, 5))
def test_the_extreme_pairs_decide_as_all_pairs_do(condition: Condition, standard: int) -> None:
    worlds = Worlds(LEAVES)
    for_, against = worlds.bits(condition, {})
    met = for_ & ~against
    results = []
    for chosen in product(PAIRS, repeat=2):
        pair = pair_of(condition, dict(zip(LEAVES, chosen, strict=True)))
        results.append(pair.for_ >= standard and pair.for_ > pair.against)
    assert (met == 0) is (not any(results))
    assert (met == worlds.every) is all(results)


@pytest.mark.parametrize(
    ("below", "is_shadowed"),
    [
        ({}, True),
        ({"when": "ad.paid && ad.views > 3"}, True),
        ({"when": "ad.shown || ad.paid"}, True),
        ({"when": "ad.paid || ad.views > 3"}, False),
        ({"territory": "[FR]"}, True),
        ({"in_force": "{from: 2020-01-01}"}, True),
        ({"standard": "final"}, True),
        ({"standard": "corroborated"}, False),
        ({"measure": "{notify: {}}"}, True),
        ({"measure": "{suspend: {days: 9, surfaces: [feed]}}"}, True),
        ({"unless": "[{id: u, when: ad.shown, standard: final}]"}, True),
        ({"kind": "restriction"}, True),
        ({"on_unproven": "refer"}, False),
        ({"overrides": "[r0]"}, False),
    ],
)
def test_a_rule_is_shadowed_only_where_it_adds_nothing(*, below: dict[str, str], is_shadowed: bool) -> None:
    found = codes(of("ad.paid || ad.shown"), {**of("ad.paid"), **below})
    assert ("shadowed-rule" in found) is is_shadowed


@pytest.mark.parametrize(
    "above",
    [
        {"territory": "[FR]"},
        {"in_force": "{to: 2030-01-01}"},
        {"measure": "{label: {text: {en: a}}}"},
        {"measure": "{exclude: {surfaces: [feed]}}"},
        {"measure": "{exclude: {territory: [FR]}}"},
        {"unless": "[{id: u, when: ad.shown, standard: final}]"},
        {"kind": "exemption", "exempts": "[r1]", "measure": ""},
    ],
)
def test_a_rule_that_reaches_less_or_does_less_casts_no_shadow(above: dict[str, str]) -> None:
    assert "shadowed-rule" not in codes({**of("ad.paid"), **above}, of("ad.paid && ad.views > 3"))


def test_a_rule_that_stands_alone_when_the_other_is_overridden_is_not_shadowed() -> None:
    lifting = of("ad.views > 3", overrides="[r0]", measure="{notify: {}}")
    assert codes(of("ad.paid"), of("ad.paid"), lifting) == ["shadowed-rule"]
    log = ProblemLog()
    lint(package(of("ad.paid"), of("ad.paid"), lifting), log)
    # r0 is lifted where r1 is not, so that r1 is the one that counts.
    assert "`r0` stands in the shadow of `r1`" in log.problems[0].message


def test_of_two_equal_rules_the_later_is_the_shadowed_one() -> None:
    log = ProblemLog()
    lint(package(of("ad.paid"), of("ad.paid")), log)
    assert [problem.message.split()[0] for problem in log.problems] == ["`r1`"]


def test_of_one_kind_of_measure_the_longer_suspension_covers_the_shorter() -> None:
    long, short = "{suspend: {days: 9}}", "{suspend: {days: 8}}"
    assert codes(of("ad.paid", measure=long), of("ad.paid && ad.shown", measure=short)) == ["shadowed-rule"]
    assert codes(of("ad.paid", measure=short), of("ad.paid && ad.shown", measure=long)) == []


def test_an_exemption_is_shadowed_by_one_that_exempts_as_much() -> None:
    def exempting(when: str, rules: str) -> dict[str, str]:
        return of(when, kind="exemption", exempts=rules, measure="")

    rules = [of("ad.views > 1"), of("ad.views > 2", measure="{notify: {}}", standard="reported")]
    wide, narrow = exempting("ad.paid", "[r0, r1]"), exempting("ad.paid && ad.shown", "[r0]")
    assert codes(*rules, wide, narrow) == ["shadowed-rule"]
    assert codes(*rules, exempting("ad.paid", "[r1]"), narrow) == []


def test_a_sealed_package_without_a_text_says_in_words_where() -> None:
    found, log = package(of("(ad.views > 3) == false")), ProblemLog()
    again = read_package(node_of(package_form(found), "sealed"), found.vocabulary, log)
    assert again is not None
    lint(again, log)
    assert [(problem.code, problem.span, problem.file) for problem in log.problems] == [
        ("negation-inside-atom", None, "rule r0")
    ]


def test_recourse_is_possible_by_a_change_a_proof_or_an_exception() -> None:
    about = {"subject": "advertiser"}
    assert codes({**of("advertiser.fate"), **about}) == ["no-recourse"]
    assert codes({**of("advertiser.fate && advertiser.proven"), **about}) == []
    unless = "[{id: u, when: advertiser.%s, standard: official}]"
    assert codes({**of("advertiser.fate", unless=unless % "proven"), **about}) == []
    assert codes(of("advertiser.fate && ad.paid")) == []


@pytest.mark.parametrize(
    "when",
    [
        "ad.origin.sold == true && ad.paid == false",
        "ad.views != 3",
        "advertiser.papers.exists(p, !(p.kind == 'a'))",
        "advertiser.papers.exists(p, p.valid)",
        "(ad.views > 3 && ad.views < 9) == true",
    ],
)
def test_a_negation_between_atoms_is_left_alone(when: str) -> None:
    assert codes(of(when)) == []


@pytest.mark.parametrize(
    "when",
    [
        "ad.origin.sold == false",
        "(ad.views > 3) == true",
        "(!ad.paid) == ad.shown",
        "(ad.views == 3) in [false]",
        "(ad.views == 3) < ad.paid",
        "(ad.views != 3 && ad.views < 9) == true",
        "advertiser.papers.all(p, p.kind != 'a' || p.valid)",
    ],
)
def test_a_negation_inside_an_atom_is_noticed_once(when: str) -> None:
    assert codes(of(when)) == ["negation-inside-atom"]


def test_an_entry_is_compared_with_the_type_beside_it_wherever_it_stands() -> None:
    tables = "lists: {l: [{values: [FR, XX]}]}"
    assert codes(of("ad.origin.country in lists.l"), tables=tables) == ["unknown-list-code"]
    tables = "params: {p: [{value: ber}]}"
    assert codes(of("ad.product in ['beer', params.p]"), tables=tables) == ["unknown-list-code"]
    assert codes(of("params.p == ad.product"), tables=tables) == ["unknown-list-code"]
    assert codes(of("advertiser.papers.exists(p, p.kind == params.p)"), tables=tables) == []


def test_an_entry_that_is_no_node_is_an_error_only_while_the_rule_is_in_force() -> None:
    tables = "params: {p: [{to: 2015-01-01, value: bear}, {from: 2015-01-01, value: beer}]}"
    assert codes(of("ad.product.under(params.p)"), tables=tables) == ["constant-error"]
    assert codes(of("ad.product.under(params.p)", in_force="{from: 2015-01-01}"), tables=tables) == []


@pytest.mark.parametrize(
    "part",
    [
        "ad.views == 9223372036854775807 + 1",
        "ad.views == 1 % 0",
        "advertiser.papers.exists(p, p.until > date('soon'))",
        "advertiser.papers.exists(p, p.kind.matches('('))",
        "ad.paid && now - duration('1x') > now",
        "ad.paid || (true || 1 / 0 == 1)",
        "ad.paid && -(1 / 0) == [1, 2 / 0].size()",
    ],
)
def test_a_part_that_can_only_fail_is_refused(part: str) -> None:
    assert "constant-error" in codes(of(part))


def test_a_gap_is_one_only_while_some_rule_that_reads_is_in_force() -> None:
    tables = "params: {p: [{from: 2019-01-01, to: 2022-01-01, value: 3}]}"
    assert codes(of("ad.views > params.p", in_force="{to: 2022-01-01}"), tables=tables) == []
    assert codes(of("ad.views > params.p", in_force="{to: 2022-01-02}"), tables=tables) == ["gap-in-entries"]
    assert codes(of("ad.views > params.p", in_force="{from: 2018-01-01, to: 2021-01-01}"), tables=tables) == [
        "gap-in-entries"
    ]


def test_entries_that_touch_do_not_overlap_and_an_empty_one_overlaps_nothing() -> None:
    tables = (
        "params: {p: [{to: 2019-01-01, value: 1}, {from: 2019-01-01, value: 2},"
        " {from: 2020-01-01, to: 2020-01-01, value: 3}]}"
    )
    assert codes(of("ad.views > params.p"), tables=tables) == []


@pytest.mark.parametrize(
    ("definition", "is_one"),
    [
        ("", False),
        ("  ", False),
        ("The business model.", False),
        ("Whether the advertiser's business models conflict: yes or no", False),
        ("The main source of income in the last accounts conflicts with the terms.", True),
    ],
)
def test_a_definition_says_more_than_the_name_of_its_fact(*, definition: str, is_one: bool) -> None:
    log = ProblemLog()
    text = (
        "vocabulary: v\nversion: 1\nfacts:\n  advertiser:\n    business_model_conflict:\n"
        f'      {{type: bool, definition: {{en: "{definition}"}}}}'
    )
    vocabulary = read_vocabulary(read_yaml(Source("v", text), log), log)
    assert vocabulary is not None
    fact = next(iter(vocabulary.facts.values()))
    assert has_definition(fact) is is_one


def test_a_refusal_is_not_lost_among_more_warnings_than_a_log_keeps() -> None:
    rules = [of(f"(ad.views > {number}) == false") for number in range(LIMIT + 5)]
    log = ProblemLog()
    lint(package(*rules, of("true")), log)
    assert len(log.problems) == LIMIT
    assert log.left_out > 0
    assert log.refuses
    starts = [problem.span.start for problem in log.problems if problem.span]
    assert starts == sorted(starts)
