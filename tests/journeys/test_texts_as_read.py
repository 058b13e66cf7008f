"""Problems, examinations and statements as people read them, in every language; kept, so that a change is read.

After a change of wording run with ADJUDGE_RECORD=1, then read the diff of `tests/golden/said`.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.answers.answer import Answer, Asked
from adjudge.answers.decision.text import render_text
from adjudge.answers.decision.view import view_of
from adjudge.answers.notices.examination import examination_view
from adjudge.answers.notices.examination_forms import examination_text
from adjudge.app.check import check_path
from adjudge.app.decide import decide
from adjudge.app.notices import statement_of
from adjudge.app.on_files import load_case
from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.cli.problems import problem_text
from adjudge.tongues.tongue import LANGUAGES, Tongue, tongue_of
from tests.rooms.population.comparing import compared, write_case

CHECKOUT = Path(__file__).resolve().parents[2]
GOLDEN = CHECKOUT / "tests" / "golden"
FOUNDING = CHECKOUT / "examples" / "cases" / "kaspersky-2018"
PHARMACY = GOLDEN / "notices" / "cases" / "pharmacy-2026"
BAD = {
    "yaml": "package: [a\n",
    "keys": "package: shop\nversion: 1\nlanguage: 2\nvocabulary: other\npublished_at: someday\nrulez: []\n",
    "expressions": """
package: p
version: "1"
language: 1
vocabulary: checks
published_at: 2026-01-01
rules:
  - id: r
    title: {en: A rule}
    subject: ad
    kind: prohibition
    ground: {terms: "1"}
    territory: worldwide
    when: ad.nothing == 1 && (
    standard: certain
    measure: {exclude: {}}
""",
}


def answer(case: Path, day: str, territory: str) -> Answer:
    log, at = ProblemLog(), parse_instant(day)
    loaded = load_case(case, log, CHECKOUT / "policies")
    assert loaded is not None, [problem.message for problem in log.problems]
    assert at is not None
    found = decide(loaded, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert found is not None
    return found


def problems(tongue: Tongue, folder: Path) -> str:
    """Everything that lint refuses or warns of, and some bad files, one below the other."""
    texts = []
    vocabulary = (GOLDEN / "lint" / "vocabulary.yaml").read_text("utf-8")
    sources = {path.stem: path.read_text("utf-8") for path in sorted((GOLDEN / "lint").glob("*.yaml"))}
    for name, source in {**sources, **BAD}.items():
        if name == "vocabulary":
            continue
        place = folder / name
        place.mkdir()
        (place / "vocabulary.yaml").write_text(vocabulary, "utf-8")
        (place / "package.yaml").write_text(source, "utf-8")
        log = ProblemLog()
        check_path(place / "package.yaml", log)
        shown = "\n\n".join(problem_text(problem, tongue) for problem in log.problems)
        texts.append(f"# {name}\n\n{shown.replace(str(folder) + '/', '')}\n")
    return "\n".join(texts)


def examination(tongue: Tongue, _: Path) -> str:
    found = answer(FOUNDING, "2018-01-31", "US").examination
    assert found is not None
    return examination_text(examination_view(found, tongue), tongue, width=100, colour=False)


def _statement(case: Path, day: str, territory: str, subject: str, tongue: Tongue) -> str:
    found, at, log = answer(case, day, territory), parse_instant(day), ProblemLog()
    assert at is not None
    statement = statement_of(found, subject, at, [tongue], log)
    assert statement is not None, [problem.message for problem in log.problems]
    return statement.letters[0].text


def american_statement(tongue: Tongue, _: Path) -> str:
    return _statement(FOUNDING, "2024-10-01", "US", "ad-antivirus", tongue)


def european_statement(tongue: Tongue, _: Path) -> str:
    found = answer(PHARMACY, "2026-09-01", "FR")
    subject = next(str(item.outcome.subject) for item in found.subjects if item.decision.measures)
    return _statement(PHARMACY, "2026-09-01", "FR", subject, tongue)


def who_else(tongue: Tongue, folder: Path) -> str:
    """A small case: a rule that reaches others, like cases treated otherwise, and a stated reason."""
    found = compared(write_case(folder))
    subjects = tuple(replace(item, recourse=None) for item in found.subjects)
    view = view_of(replace(found, subjects=subjects, examination=None), tongue)
    return render_text(view, tongue, width=100, colour=False)


TEXTS: dict[str, Callable[[Tongue, Path], str]] = {
    "problems": problems,
    "examination-2018": examination,
    "who-else": who_else,
    "statement-2024-us": american_statement,
    "statement-2026-fr": european_statement,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_one_that_was_read(name: str, language: str, tmp_path: Path) -> None:
    found = TEXTS[name](tongue_of(language), tmp_path)
    expected = GOLDEN / "said" / f"{name}.{language}.txt"
    if os.environ.get("ADJUDGE_RECORD") == "1":
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def test_the_languages_say_the_same_number_of_things() -> None:
    for name in TEXTS:
        texts = [(GOLDEN / "said" / f"{name}.{language}.txt").read_text("utf-8") for language in LANGUAGES]
        assert len({text.count("\n\n") for text in texts}) == 1, name
