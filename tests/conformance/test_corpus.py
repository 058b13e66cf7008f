"""The corpus: small cases worked by hand from the page, against every engine that is built."""

import json
from pathlib import Path

import pytest

from adjudge.app.exchange import answer_line
from adjudge.cli.conform import BUILT, evaluator
from tests.differential import naive
from tests.laws.asking import question_of

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.json"))
PARAGRAPHS = {
    f"{section}.{n}" for section, last in ((1, 6), (2, 2), (3, 9), (4, 4), (5, 4)) for n in range(1, last + 1)
}


def load(path: Path) -> dict[str, dict[str, object]]:
    tree: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return tree


def test_there_are_at_least_sixty_cases_and_no_two_of_one_name() -> None:
    assert len(CORPUS) >= 60
    assert len({str(load(path)["name"]) for path in CORPUS}) == len(CORPUS)


def test_every_case_cites_a_paragraph_of_sections_one_to_five() -> None:
    cited = {str(load(path)["paragraph"]) for path in CORPUS}
    assert cited <= PARAGRAPHS
    # 1.4 and 4.3 only name things, 2.3 and 5.3 are of engines and of institutions.
    assert PARAGRAPHS - cited <= {"1.4", "4.3", "2.3", "5.3"}


@pytest.mark.parametrize("engine", BUILT)
@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_every_engine_gives_what_was_worked_out_by_hand(path: Path, engine: str) -> None:
    case = load(path)
    found = answer_line(json.dumps(case["in"]), evaluator(engine))
    if "problems" in case["out"]:
        problems = found.get("problems")
        assert isinstance(problems, list), found
        assert [problem["code"] for problem in problems] == case["out"]["problems"], problems
    else:
        assert found == case["out"]


@pytest.mark.parametrize("path", CORPUS, ids=[path.stem for path in CORPUS])
def test_the_second_reading_gives_what_was_worked_out_by_hand(path: Path) -> None:
    case = load(path)
    if "outcomes" in case["out"]:
        assert naive.outcomes(question_of(json.dumps(case["in"]))) == case["out"]["outcomes"]
