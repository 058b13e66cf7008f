"""What lint says, as people read it. Each package in `tests/golden/lint` is named by its defect.

After a change of wording run with ADJUDGE_RECORD=1, then read the diff.
"""

import os
from pathlib import Path

import pytest

from adjudge.basis.codes import CODES
from adjudge.basis.problem import Problem, ProblemLog
from adjudge.basis.reading.yaml_text import read_yaml
from adjudge.basis.span import Source
from adjudge.facts.vocabulary_reader import read_vocabulary
from adjudge.language.lint import lint
from adjudge.language.package import Package
from adjudge.language.reading.package import read_package

CHECKOUT = Path(__file__).resolve().parents[3]
GOLDEN = CHECKOUT / "tests" / "golden" / "lint"
DEFECTS = sorted(path.stem for path in GOLDEN.glob("*.yaml") if path.stem != "vocabulary")
SHIPPED = sorted(path.name for path in (CHECKOUT / "policies" / "ads-standard").glob("20*.yaml"))


def read(path: Path) -> Package:
    log = ProblemLog()
    beside = path.with_name("vocabulary.yaml")
    vocabulary = read_vocabulary(read_yaml(Source(beside.name, beside.read_text()), log), log)
    assert vocabulary is not None
    package = read_package(read_yaml(Source(path.name, path.read_text()), log), vocabulary, log)
    assert not log.problems, [problem.message for problem in log.problems]
    assert package is not None
    return package


def problems_of(package: Package) -> list[Problem]:
    log = ProblemLog()
    lint(package, log)
    return log.problems


def rendered(problem: Problem) -> str:
    place = f"{problem.file}:{problem.line}:{problem.column}" if problem.span else problem.where
    lines = [f"{problem.severity} {problem.code}: {problem.message}", f"--> {place}"]
    if problem.span:
        lines += [f"  | {line}" for line in problem.span.excerpt()]
    return "\n".join([*lines, f"  = {problem.hint}", ""])


@pytest.mark.parametrize("defect", DEFECTS)
def test_lint_says_what_is_wrong_where_and_what_to_do(defect: str) -> None:
    found = "\n".join(rendered(problem) for problem in problems_of(read(GOLDEN / f"{defect}.yaml")))
    expected = GOLDEN / f"{defect}.txt"
    if os.environ.get("ADJUDGE_RECORD") == "1":
        expected.write_text(found)
    assert found == expected.read_text()


def all_problems() -> list[Problem]:
    return [problem for defect in DEFECTS for problem in problems_of(read(GOLDEN / f"{defect}.yaml"))]


def test_messages_are_in_the_style_of_the_house() -> None:
    for problem in all_problems():
        assert problem.message[0].islower() or problem.message[0] == "`"
        assert not problem.message.endswith(".")
        assert "\n" not in problem.message
        assert problem.hint
        assert not problem.hint.endswith(".")


WITH_POPULATION = {"reaches-nobody", "reaches-one", "shadowed-in-population", "no-recourse-in-population"}
"""What only a population can show; tested beside it."""


def test_every_lint_code_has_a_golden_package() -> None:
    lint_codes = [
        code for code in list(CODES)[list(CODES).index("no-ground") :] if code not in WITH_POPULATION
    ]
    assert {problem.code for problem in all_problems()} >= {*lint_codes, "overlapping-entries"}


@pytest.mark.parametrize("name", SHIPPED)
def test_lint_has_nothing_to_say_about_the_policies_that_ship(name: str) -> None:
    assert problems_of(read(CHECKOUT / "policies" / "ads-standard" / name)) == []


@pytest.mark.parametrize(
    ("name", "code"), [("domestic-company", "protected-fact"), ("vague-business-model", "no-definition")]
)
def test_the_bad_examples_are_refused_for_what_is_bad_in_them(name: str, code: str) -> None:
    found = problems_of(read(CHECKOUT / "examples" / "bad" / name / "package.yaml"))
    assert [(problem.code, problem.severity.value) for problem in found] == [(code, "refused")]
