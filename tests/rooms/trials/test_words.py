"""Every word in reports of tests, in explanations and in problems with test files goes through a tongue."""

import re
from collections.abc import Iterator

import pytest

from adjudge.answers.rules.explained import row_text
from adjudge.answers.rules.tree_text import wrapped
from adjudge.answers.trials.coverage_text import coverage_lines
from adjudge.answers.trials.junit import junit_text
from adjudge.answers.trials.text import coverage_text, trials_text
from adjudge.basis.problem import Problem
from adjudge.basis.weight import Pair
from adjudge.cli.problems import problem_text
from adjudge.outcome import RuleOutcome, Verdict
from adjudge.trials.coverage import coverage_of
from tests.pseudo import left_out, pseudo
from tests.rooms.trials.policy import LICENCE, read, run, versions
from tests.rooms.trials.test_reader import BAD

TONGUE = pseudo()
NAMES = """
    ad advertiser beer brewer owner owner_hidden product place licence licensed licences country until exists now true
    tests yaml first second third fourth fifth France Belgium at known_at territory June July January December February
    Forbidden FR hidden known and
""".split()  # names of the policy, of the cases and of keys, and what CLDR says of days and countries
_CODE = re.compile(r"`[^`]*`")

FAILING = f"""cases:
  - {{case: first, title: {{en: Forbidden}}, at: 2020-06-01, expect: {{ad: {{rules: {{beer: unknown}}, measures: [],
      referred: true}}}}}}
  - {{case: second, beside: first, with: {LICENCE}, expect: {{ad: {{rules: {{beer: {{verdict: met, for: 2, against: 1,
      unless: {{licensed: [0, 0]}}}}}}}}}}}}
  - {{case: third, beside: second, at: 2020-01-01, expect: {{ad: {{rules: {{beer: met}}, measures: [beer]}}}}}}
  - {{case: fourth, beside: first, territory: FR, expect: {{ad: {{rules: {{beer: inapplicable}}, referred: true}}}}}}
  - {{case: fifth, beside: first, without: place, expect: {{ad: {{rules: {{beer: contested}}}}}}}}
never:
  - {{rule: owner, verdict: unknown, why: {{en: Forbidden}}}}
"""


def test_every_word_of_a_report_is_said() -> None:
    results = [run(FAILING)]
    assert results[0].failed == 5
    coverage = coverage_of(results)
    shown = [
        trials_text(results, ["tests.yaml"], TONGUE, 10_000),
        coverage_text(coverage, TONGUE, 10_000, whole=True),
        *(line for version in coverage for line in coverage_lines(version, TONGUE)),
    ]
    expressions = "advertiser.licences.exists(l, l.country == ad.country && l.until > now)"
    for text in shown:
        assert left_out(text.replace(expressions, ""), NAMES) == []


def test_the_failures_of_a_junit_report_are_said() -> None:
    text = junit_text([run(FAILING)], [], TONGUE)
    bodies = re.findall(r"<failure[^>]*>(.*?)</failure>", text, re.DOTALL)
    assert len(bodies) == 5
    for body in bodies:
        assert left_out(body.replace("&gt;", "").replace("&amp;", "").replace("&#x27;", ""), NAMES) == []


def outcomes() -> Iterator[RuleOutcome]:
    """Every verdict of the rule, contested in both ways."""
    pairs = {
        Verdict.UNKNOWN: (0, 0),
        Verdict.REFUTED: (1, 2),
        Verdict.UNPROVEN: (2, 1),
        Verdict.EXCEPTED: (4, 0),
        Verdict.MET: (4, 1),
        Verdict.CONTESTED: (4, 4),
    }
    for verdict, pair in pairs.items():
        yield RuleOutcome(rule=BEER.id, verdict=verdict, pair=Pair(*pair), unless=(("licensed", Pair(4, 3)),))
    yield RuleOutcome(
        rule=BEER.id, verdict=Verdict.CONTESTED, pair=Pair(4, 0), unless=(("licensed", Pair(4, 5)),)
    )


BEER = next(rule for rule in versions().packages[0].rules if rule.id == "beer")


def test_every_row_of_the_table_is_said_and_each_otherwise() -> None:
    rows = [row_text(BEER, outcome, TONGUE) for outcome in outcomes()]
    assert len(set(rows)) == len(rows)
    for row in rows:
        assert left_out(row, NAMES) == []


def texts(problem: Problem) -> str:
    """A problem without the excerpt of its source."""
    return "\n".join(
        line for line in problem_text(problem, TONGUE).splitlines() if not re.match(r"  +[0-9]* \| ", line)
    )


@pytest.mark.parametrize(("text", "code", "_part"), BAD.values(), ids=BAD.keys())
def test_every_word_of_a_problem_with_a_test_file_is_said(text: str, code: str, _part: str) -> None:
    _, problems = read(text)
    for problem in problems:
        shown = _CODE.sub(" ", texts(problem)).replace(f"[{problem.code}]", "")
        shown = shown.replace(f"[{code}]", "").replace("tests.yaml", "")
        weights = {"alleged", "reported", "corroborated", "official", "final"}
        assert left_out(shown, weights) == []


@pytest.mark.parametrize("width", [24, 40, 100])
def test_a_text_is_wrapped_to_its_columns_and_wide_characters_count_as_two(width: int) -> None:
    lines = wrapped("広告 の 規則 は 明確 で なければ ならない " * 5, width)
    assert all(sum(2 if ord(char) > 0x2E80 else 1 for char in line) <= width for line in lines)
    assert len(lines) > 1
