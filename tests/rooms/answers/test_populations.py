"""Answers about populations in words: every one goes through a tongue, and long lists are cut and say so."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from adjudge.answers.answer import Asked
from adjudge.answers.populations.alike import alike_view
from adjudge.answers.populations.alike_markdown import alike_markdown
from adjudge.answers.populations.alike_text import alike_text
from adjudge.answers.populations.answer import AlikeAnswer, ReachAnswer
from adjudge.answers.populations.reach import reach_view
from adjudge.answers.populations.reach_json import reach_json
from adjudge.answers.populations.reach_markdown import reach_markdown
from adjudge.answers.populations.reach_text import reach_text
from adjudge.answers.populations.words import MOST_ROWS
from adjudge.app.populations import alike_of, reach_of
from adjudge.basis.problem import ProblemLog
from adjudge.facts.codes import CURRENCIES
from adjudge.tongues.tongue import Tongue, tongue_of
from tests.pseudo import left_out, pseudo
from tests.rooms.answers.test_every_word_is_said import MONTHS
from tests.rooms.population.asking import asked
from tests.rooms.population.folder import SUBJECTS, write
from tests.rooms.population.test_alike import shops

PSEUDO = pseudo()
OUTSIDE = {
    *SUBJECTS,
    *("Shop Shops in people shops market potions Potions without licence advertiser model country").split(),
    *("spend staff paid_by_users paid by users UTC France Belgium Netherlands Germany and or").split(),
}
"""What the folder says itself, and what CLDR says."""


def reach_answer(folder: Path) -> ReachAnswer:
    package, population, view = asked(folder)
    question = Asked(valid_at=view.valid_at, known_at=view.known_at, territory="FR")
    answer = reach_of(population, package, question, "potions", ProblemLog())
    assert answer is not None
    return answer


def alike_answer(folder: Path, subject: str | None = None) -> AlikeAnswer:
    package, population, view = asked(folder)
    question = Asked(valid_at=view.valid_at, known_at=view.known_at, territory=None)
    answer = alike_of(population, package, question, (subject, None), ProblemLog())
    assert answer is not None
    return answer


def counted(folder: Path) -> Path:
    subjects, claims, decisions = shops({"FR": (4, 6), "BE": (1, 8), "NL": (1, 2), "ZZ": (0, 1)})
    return write(folder, subjects=subjects, claims=claims, decisions=decisions)


FORMS: dict[str, Callable[[Path, Tongue], str]] = {
    "reach as text": lambda folder, tongue: reach_text(
        reach_view(reach_answer(folder), tongue), tongue, width=100, colour=False
    ),
    "reach as Markdown": lambda folder, tongue: reach_markdown(
        reach_view(reach_answer(folder), tongue), tongue
    ),
    "alike as text": lambda folder, tongue: alike_text(
        alike_view(alike_answer(folder), tongue), tongue, width=100, colour=False
    ),
    "alike as Markdown": lambda folder, tongue: alike_markdown(
        alike_view(alike_answer(folder), tongue), tongue
    ),
    "comparators": lambda folder, tongue: alike_text(
        alike_view(alike_answer(folder, "cyd"), tongue), tongue, width=100, colour=False
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_an_answer_is_said(form: str, tmp_path: Path) -> None:
    shown = FORMS[form](write(tmp_path), PSEUDO).replace("\\", "").replace("\n", " ")
    assert left_out(shown, OUTSIDE | MONTHS | CURRENCIES) == []


def test_every_word_of_the_counts_is_said(tmp_path: Path) -> None:
    answer = alike_answer(counted(tmp_path))
    shown = alike_text(alike_view(answer, PSEUDO), PSEUDO, width=400, colour=False)
    known = (
        OUTSIDE
        | MONTHS
        | {str(member.subject.id) for group in answer.alike.groups for member in group.members}
    )
    assert "withheld" in shown
    assert [word for word in left_out(shown, known) if word not in {"fr", "be", "nl", "zz"}] == []


def test_a_long_list_is_cut_and_says_so_but_json_has_all(tmp_path: Path) -> None:
    count = MOST_ROWS + 7
    subjects, claims, decisions = shops({"FR": (count, count)})
    answer = reach_answer(write(tmp_path, subjects=subjects, claims=claims, decisions=decisions))
    english = tongue_of("en")
    view = reach_view(answer, english)
    (section,) = view.sections
    assert len(section.rows) == MOST_ROWS
    assert section.more == "and 7 more, whom `--format json` lists"
    assert len(json.loads(reach_json(answer))["subjects"]) == count


def test_the_library_of_intervals_is_loaded_only_where_one_is_shown() -> None:
    program = "import sys, adjudge.answers.populations.alike, adjudge.app.populations; print('scipy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_french_is_spoken_where_it_is_asked_for(tmp_path: Path) -> None:
    french = tongue_of("fr")
    shown = reach_text(reach_view(reach_answer(write(tmp_path)), french), french, width=100, colour=False)
    assert "1er juin 2020" in shown
