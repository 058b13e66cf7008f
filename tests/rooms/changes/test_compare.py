"""What counts as a change: meaning, not text; and what each change can alter."""

import pytest

from adjudge.changes.change import Aspect, Bearing, Change, Comparison, Status
from adjudge.changes.compare import compare
from adjudge.language.package import Package
from tests.rooms.changes.pairs import ALTERING, RULE, SECOND, VOCABULARY, package, rule


def changes(compared: Comparison, name: str = "one") -> tuple[Change, ...]:
    return next((item.changes for item in compared.rules if item.id == name), ())


def of_keys(old: dict[str, str], new: dict[str, str]) -> tuple[Change, ...]:
    return changes(compare(package(rule(**old)), package(rule(**new))))


@pytest.mark.parametrize("name", ALTERING)
def test_a_change_is_found_in_its_aspect_and_in_no_other(name: str) -> None:
    pair = ALTERING[name]
    found = changes(compare(pair.old, pair.new))
    assert {item.aspect.value for item in found} == pair.aspects
    assert any(item.bearing is Bearing.OUTCOME for item in found)


@pytest.mark.parametrize("name", ALTERING)
def test_a_package_does_not_differ_from_itself(name: str) -> None:
    for side in (ALTERING[name].old, ALTERING[name].new):
        found = compare(side, side)
        assert (found.rules, found.definitions, found.differs_in_meaning) == ((), (), False)


LAYOUT = {
    "spacing": ("advertiser.listed&&advertiser.sued", "  advertiser.listed   &&\n advertiser.sued"),
    "parentheses": ("advertiser.listed && advertiser.sued", "((advertiser.listed) && (advertiser.sued))"),
    "digits": ("advertiser.share > 1.0", "advertiser.share > 1.000"),
}


@pytest.mark.parametrize(("one", "other"), LAYOUT.values(), ids=LAYOUT)
def test_layout_is_no_change(one: str, other: str) -> None:
    assert of_keys({"when": one}, {"when": other}) == ()


ALIKE = {
    "order": ("advertiser.listed && advertiser.sued", "advertiser.sued && advertiser.listed"),
    "de-morgan": ("!(advertiser.listed || advertiser.sued)", "!advertiser.listed && !advertiser.sued"),
    "distribution": (
        "advertiser.listed && (advertiser.sued || advertiser.verified)",
        "advertiser.listed && advertiser.sued || advertiser.listed && advertiser.verified",
    ),
    "absorption": ("advertiser.listed", "advertiser.listed || advertiser.listed && advertiser.sued"),
    "a-variable": (
        "advertiser.markets.exists(m, m == 'FR')",
        "advertiser.markets.exists(land, land == 'FR')",
    ),
    "a-mirrored-comparison": ("advertiser.staff > 3", "3 < advertiser.staff"),
    "a-mirrored-range": (
        "advertiser.staff >= 3 && advertiser.share < 10.0",
        "3 <= advertiser.staff && 10.0 > advertiser.share",
    ),
    "a-mirrored-equation": ("advertiser.staff == 3", "3 == advertiser.staff"),
    "all-as-exists": (
        "advertiser.markets.all(m, m == 'FR')",
        "!advertiser.markets.exists(land, !(land == 'FR'))",
    ),
    "exists-as-all": (
        "advertiser.markets.exists(m, m != 'FR')",
        "!advertiser.markets.all(m, 'FR' == m)",
    ),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE)
def test_a_condition_that_is_proven_to_weigh_alike_is_a_change_of_text(one: str, other: str) -> None:
    (found,) = of_keys({"when": one}, {"when": other})
    assert (found.aspect, found.bearing, found.same_meaning) == (Aspect.WHEN, Bearing.TEXTS, True)


UNLIKE = {
    # For weights neither is a law: contradiction and ignorance stay.
    "excluded-middle": ("advertiser.listed", "advertiser.listed && (advertiser.sued || !advertiser.sued)"),
    "another-constant": ("advertiser.staff == 1", "advertiser.staff == 2"),
    "another-type": ("advertiser.share == 1", "advertiser.share == 1.5"),
    "another-direction": ("advertiser.staff < 3", "advertiser.staff > 3"),
    "a-mirrored-edge": ("advertiser.staff > 3", "3 <= advertiser.staff"),
    "not-all-for-exists": (
        "!advertiser.markets.all(m, m == 'FR')",
        "advertiser.markets.exists(m, m == 'FR')",
    ),
    # A fact of which nothing is claimed speaks for neither.
    "negation-of-a-comparison": ("!(advertiser.staff > 3)", "advertiser.staff <= 3"),
    "all-for-exists": ("advertiser.markets.all(m, m == 'FR')", "advertiser.markets.exists(m, m == 'FR')"),
}


@pytest.mark.parametrize(("one", "other"), UNLIKE.values(), ids=UNLIKE)
def test_what_is_not_proven_is_never_called_alike(one: str, other: str) -> None:
    (found,) = of_keys({"when": one}, {"when": other})
    assert (found.bearing, found.same_meaning) == (Bearing.OUTCOME, False)


CONSEQUENCES: dict[str, tuple[Aspect, dict[str, str], dict[str, str]]] = {
    "ground": (Aspect.GROUND, {}, {"ground": '{law: "An act"}'}),
    "address-of-the-ground": (Aspect.GROUND, {}, {"ground": '{terms: "1", url: "https://example.org/1"}'}),
    "kind": (Aspect.KIND, {}, {"kind": "restriction"}),
    "cure": (Aspect.CURE, {}, {"cure": "{days: 7}"}),
    "on-unproven": (Aspect.ON_UNPROVEN, {}, {"on_unproven": "request_evidence"}),
    "decided-by": (Aspect.DECIDED_BY, {}, {"decided_by": "automation"}),
    "review": (Aspect.REVIEW, {}, {"review": "[legal]"}),
    "codes": (Aspect.CODES, {}, {"codes": "{dsa: {category: OTHER}}"}),
    "surfaces": (Aspect.MEASURE_SURFACES, {}, {"measure": "{exclude: {surfaces: [search]}}"}),
    "measure-territory": (Aspect.MEASURE_TERRITORY, {}, {"measure": "{exclude: {territory: [FR]}}"}),
    "measure-details": (
        Aspect.MEASURE_DETAILS,
        {"measure": "{suspend: {days: 7}}"},
        {"measure": "{suspend: {days: 8}}"},
    ),
}


@pytest.mark.parametrize(("aspect", "old", "new"), CONSEQUENCES.values(), ids=CONSEQUENCES)
def test_what_only_follows_from_an_outcome_alters_none(
    aspect: Aspect, old: dict[str, str], new: dict[str, str]
) -> None:
    compared = compare(package(rule(**old)), package(rule(**new)))
    (found,) = changes(compared)
    assert (found.aspect, found.bearing) == (aspect, Bearing.CONSEQUENCE)
    assert compared.rules[0].status is Status.CHANGED
    assert compared.differs_in_meaning


TEXTS: dict[str, tuple[set[Aspect], dict[str, str], dict[str, str]]] = {
    "title": ({Aspect.TITLE}, {"title": "{en: A}"}, {"title": "{en: B}"}),
    "title-in-another-script": ({Aspect.TITLE}, {"title": "{uk: Реклама}"}, {"title": "{uk: Оголошення}"}),
    "explanation": ({Aspect.EXPLANATION}, {}, {"explanation": "{en: Because.}"}),
    "title-of-an-exception": (
        {Aspect.UNLESS_TITLE},
        {"unless": "[{id: u, title: {en: A}, when: advertiser.sued, standard: final}]"},
        {"unless": "[{id: u, title: {en: B}, when: advertiser.sued, standard: final}]"},
    ),
}


@pytest.mark.parametrize(("aspects", "old", "new"), TEXTS.values(), ids=TEXTS)
def test_texts_only_are_no_change_of_meaning(
    aspects: set[Aspect], old: dict[str, str], new: dict[str, str]
) -> None:
    compared = compare(package(rule(**old)), package(rule(**new)))
    assert {item.aspect for item in changes(compared)} == aspects
    assert compared.rules[0].status is Status.TEXTS
    assert not compared.differs_in_meaning


def test_the_order_of_rules_exceptions_and_names_is_no_change() -> None:
    both = "[{id: a, when: advertiser.sued, standard: final}, {id: b, when: advertiser.verified, standard: final}]"
    turned = "[{id: b, when: advertiser.verified, standard: final}, {id: a, when: advertiser.sued, standard: final}]"
    one = package(rule(unless=both, review="[a, b]"), rule(SECOND))
    other = package(rule(SECOND), rule(unless=turned, review="[b, a]"))
    assert compare(one, other).rules == ()


def test_a_rule_of_one_side_is_added_or_removed() -> None:
    few, many = package(rule()), package(rule(), rule(SECOND), version="2")
    (added,) = compare(few, many).rules
    (removed,) = compare(many, few).rules
    assert (added.id, added.status, removed.status) == ("two", Status.ADDED, Status.REMOVED)
    assert added.changes[0].aspect is Aspect.RULE


def test_prevailing_over_a_rule_that_only_one_side_has_is_not_asked_for_by_itself() -> None:
    old, new = package(rule()), package(rule(overrides="[two]"), rule(SECOND), version="2")
    assert [item.bearing for item in changes(compare(old, new))] == [Bearing.CONSEQUENCE]
    assert [item.aspect for item in changes(compare(old, new), "two")] == [Aspect.RULE]


def test_empty_packages_are_compared() -> None:
    empty = package()
    assert compare(empty, empty).rules == ()
    (added,) = compare(empty, package(rule())).rules
    assert added.status is Status.ADDED


def test_the_version_and_the_date_alone_are_no_difference() -> None:
    assert not compare(package(rule()), package(rule(), version="2")).differs_in_meaning


# what rules read


def with_tables(tables: str, when: str = "advertiser.country in lists.banned") -> Package:
    return package(rule(when=when), rule(SECOND), tables=tables)


def test_a_list_names_the_rules_that_read_it() -> None:
    compared = compare(
        with_tables("lists: {banned: [{values: [SA]}]}"), with_tables("lists: {banned: [{values: [KW]}]}")
    )
    (found,) = compared.definitions
    assert (found.name, found.read_by, found.bearing) == ("banned", ("one",), Bearing.OUTCOME)
    assert [item.id for item in compared.rules] == ["one"]


def test_the_order_of_a_list_that_is_only_asked_for_members_is_no_change() -> None:
    one, other = "lists: {banned: [{values: [SA, KW]}]}", "lists: {banned: [{values: [KW, SA]}]}"
    assert compare(with_tables(one), with_tables(other)).definitions == ()


def test_a_list_that_no_rule_reads_alters_no_outcome() -> None:
    tables = "lists: {banned: [{values: [SA]}], spare: [{values: [FR]}]}"
    compared = compare(with_tables("lists: {banned: [{values: [SA]}]}"), with_tables(tables))
    (found,) = compared.definitions
    assert (found.name, found.read_by, found.bearing, found.old) == ("spare", (), Bearing.CONSEQUENCE, None)
    assert compared.rules == ()


FACTS = {
    "protected": ("country: {type: country}", "country: {type: country, protected: true}"),
    "changeable_by": ("sued: {type: bool,", "sued: {type: bool, changeable_by: nobody,"),
    "effort": ("sued: {type: bool,", "sued: {type: bool, effort: 3,"),
    "proof": ("sued: {type: bool,", "sued: {type: bool, proof: [{document: court_ruling, weight: 5}],"),
    "definition": ('{en: "Sued."}', '{en: "Sued before a court."}'),
}


@pytest.mark.parametrize(("trait", "change"), FACTS.items(), ids=FACTS)
def test_traits_that_evaluation_does_not_read_alter_no_outcome(trait: str, change: tuple[str, str]) -> None:
    compared = compare(
        package(rule(SECOND)), package(rule(SECOND), vocabulary=VOCABULARY.replace(*change), version="2")
    )
    (found,) = compared.definitions
    assert (found.traits, found.bearing) == ((trait,), Bearing.CONSEQUENCE)
    assert compared.rules == ()
    assert compared.differs_in_meaning


def test_a_fact_that_comes_or_goes_is_named() -> None:
    more = VOCABULARY.replace("sued:", "late: {type: bool}\n    sued:")
    (added,) = compare(package(rule()), package(rule(), vocabulary=more)).definitions
    (removed,) = compare(package(rule(), vocabulary=more), package(rule())).definitions
    assert (added.name, added.old, removed.new) == ("advertiser.late", None, None)


def test_the_rule_of_the_fixtures_is_complete() -> None:
    assert compare(package(rule(RULE)), package(rule())).rules == ()
