"""A policy checked with a population: rules for nobody, for one, in another's shadow, without recourse for anybody."""

from pathlib import Path

import pytest

from adjudge.app.check_populations import check_with
from adjudge.basis.problem import ProblemLog, Severity
from tests.rooms.population.folder import CLAIMS, PACKAGE, write

RULE = """
  - id: %s
    subject: advertiser
    kind: prohibition
    ground: {terms: "3"}
    territory: worldwide
    when: %s
    standard: reported
    unless: [{id: licensed, when: advertiser.licensed, standard: official, title: {en: Licence}}]
    measure: {%s: {}}
    explanation: {en: Why.}
"""


def found(folder: Path, rules: str = "", claims: tuple[str, ...] = CLAIMS) -> list[tuple[str, str]]:
    """The codes of a package of these rules alone, each with the rule of its message."""
    people = write(folder, claims=claims)
    path = folder / "policies" / "market" / "1.yaml"
    path.write_text(PACKAGE.partition("rules:")[0] + "rules:\n" + rules, encoding="utf-8")
    log = ProblemLog()
    assert check_with(path, people, log) is not None, log.problems
    assert all(problem.severity is Severity.WARNING and problem.span for problem in log.problems)
    return [(problem.code, problem.message.split("`")[1]) for problem in log.problems]


STUCK = "    unless: [{id: licensed, when: advertiser.licensed, standard: official, title: {en: Licence}}]\n"


def test_a_rule_that_many_come_under_and_can_leave_is_passed_over(tmp_path: Path) -> None:
    assert found(tmp_path, RULE % ("fine", "advertiser.potions", "exclude")) == []


def test_a_rule_that_reaches_nobody_says_of_how_many_too_little_is_known(tmp_path: Path) -> None:
    people = write(tmp_path)
    path = tmp_path / "policies" / "market" / "1.yaml"
    rule = RULE % ("nobody", "advertiser.staff > 1000", "exclude")
    path.write_text(PACKAGE.partition("rules:")[0] + "rules:\n" + rule, encoding="utf-8")
    log = ProblemLog()
    check_with(path, people, log)
    (problem,) = log.problems
    assert problem.code == "reaches-nobody"
    assert "of 3 too little is known" in problem.message


def test_a_rule_that_reaches_one_alone_is_a_ban_by_name(tmp_path: Path) -> None:
    rules = RULE % ("one", "advertiser.staff < 10 && advertiser.potions", "exclude")
    assert found(tmp_path, rules) == [("reaches-one", "one")]


@pytest.mark.parametrize(
    ("mild", "severe", "wanted"),
    [("notify", "exclude", ["mild"]), ("exclude", "exclude", ["mild"]), ("exclude", "notify", [])],
)
def test_a_rule_is_shadowed_where_all_it_reaches_are_reached_by_one_no_milder(
    mild: str, severe: str, wanted: list[str], tmp_path: Path
) -> None:
    wide = RULE % ("wide", "advertiser.potions", severe)
    narrow = RULE % ("mild", "advertiser.model == 'paid_by_users' && advertiser.potions", mild)
    codes = found(tmp_path, wide + narrow)
    assert codes == [("shadowed-in-population", name) for name in wanted]


def test_of_two_rules_that_reach_the_same_the_later_is_shadowed(tmp_path: Path) -> None:
    rules = RULE % ("first", "advertiser.potions", "exclude") + RULE % (
        "second",
        "advertiser.potions",
        "exclude",
    )
    assert found(tmp_path, rules) == [("shadowed-in-population", "second")]


def test_a_rule_of_which_enough_is_known_says_nothing_of_nobody(tmp_path: Path) -> None:
    people = write(tmp_path, subjects=("ann",), claims=(CLAIMS[0],), decisions=())
    path = tmp_path / "policies" / "market" / "1.yaml"
    rule = RULE % ("nobody", "'!advertiser.potions'", "exclude")
    path.write_text(PACKAGE.partition("rules:")[0] + "rules:\n" + rule, encoding="utf-8")
    log = ProblemLog()
    check_with(path, people, log)
    (problem,) = log.problems
    assert problem.message == "`nobody` reaches nobody in the population"


def test_rules_that_the_population_cannot_try_are_said_to_be_left_out(tmp_path: Path) -> None:
    people = write(tmp_path)
    path = tmp_path / "policies" / "market" / "1.yaml"
    assert check_with(path, people, ProblemLog()) == "version 1 with population shops-2020"
    of_ads = (RULE % ("words", "ad.text == 'x'", "exclude")).replace("subject: advertiser", "subject: ad")
    of_ads = of_ads.replace("advertiser.licensed", "ad.text == 'y'")
    path.write_text(path.read_text("utf-8") + of_ads.removeprefix("\n"), encoding="utf-8")
    assert check_with(path, people, ProblemLog()) == (
        "version 1 with population shops-2020, but for the rules on ads, of which it holds none"
    )


def test_a_rule_under_which_nobody_reached_can_help_themselves_is_reported(tmp_path: Path) -> None:
    assert found(tmp_path, (RULE % ("stuck", "advertiser.potions", "exclude")).replace(STUCK, "")) == [
        ("no-recourse-in-population", "stuck")
    ]


def test_a_rule_that_could_not_be_worked_out_is_not_said_to_reach_nobody(tmp_path: Path) -> None:
    assert (
        found(tmp_path, RULE % ("erring", "1 / (advertiser.staff - advertiser.staff) > 0", "exclude")) == []
    )


def test_of_a_folder_the_latest_version_is_checked(tmp_path: Path) -> None:
    people = write(tmp_path)
    policy = people.parent / "policies" / "market"
    later = PACKAGE.replace("version: '1'", "version: '2'").replace("2020-01-01", "2021-01-01")
    (policy / "2.yaml").write_text(later, encoding="utf-8")
    log = ProblemLog()
    assert check_with(policy, people, log) == "version 2 with population shops-2020"


def test_what_is_no_policy_cannot_be_checked_with_a_population(tmp_path: Path) -> None:
    people = write(tmp_path)
    log = ProblemLog()
    assert check_with(people, people, log) is None
    assert [problem.code for problem in log.problems] == ["unknown-package"]
