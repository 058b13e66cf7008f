"""`adjudge demo`: the founding case, asked the questions that it names, on the screen and as files."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.instant import parse_instant
from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, make_folder, width, write_file
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.tongues.tongue import ENGLISH, Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.answers.answer import Answer
    from adjudge.answers.decision.html import IndexEntry
    from adjudge.app.on_files import LoadedCase
    from adjudge.evidence.case import CaseFile, Question

FOUNDING_CASE = Path("examples/cases/kaspersky-2018")
FOLDER = Path("out/kaspersky-2018")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "demo",
        help="decide the founding case at the dates that it names",
        description="Decide a case for every question that its case.yaml names; print the answers and write them as "
        "HTML and JSON, with a page that leads to them.",
    )
    command.add_argument(
        "case",
        metavar="CASE_DIR",
        nargs="?",
        type=arguments.path,
        default=FOUNDING_CASE,
        help="default: %(default)s",
    )
    command.add_argument(
        "-o", "--output", metavar="DIR", type=arguments.path, default=FOLDER, help="default: %(default)s"
    )
    arguments.add_language(command)
    command.add_argument("--full", action="store_true", help="print every detail on the screen too")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Answer all questions of the case, print and write them."""
    from adjudge.app.on_files import load_case

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    loaded = load_case(asked.case, log)
    if loaded is None:
        if asked.case == FOUNDING_CASE and not FOUNDING_CASE.exists():
            where = tongue("The founding case lies in the checkout: run this there, or name a case.")
            print(where, file=sys.stderr)
        return report(log, tongue) or REFUSED_INPUT
    questions = loaded.case.file.questions
    answers = [(question, _answer(loaded, question, log)) for question in questions]
    if log.refuses:
        return report(log, tongue)
    make_folder(asked.output)
    names = _names(questions)
    entries = [
        _write(question, answer, asked, name, tongue)
        for (question, answer), name in zip(answers, names, strict=True)
        if answer is not None
    ]
    _write_index(loaded.case.file, entries, asked.output, tongue)
    _say_where(asked.output, asked.case, tongue)
    return 0


def _answer(loaded: "LoadedCase", question: "Question", log: ProblemLog) -> "Answer | None":
    from adjudge.answers.answer import Asked
    from adjudge.app.decide import decide, with_recourse
    from adjudge.app.others import with_others

    at = parse_instant(question.as_of)
    if at is None:  # the reader of cases lets no other text through
        return None
    answer = decide(loaded, Asked(valid_at=at, known_at=at, territory=question.territory), log)
    if answer is None:
        return None
    return with_others(with_recourse(answer), loaded.population)


def _names(questions: "Sequence[Question]") -> list[str]:
    """A file name for each question: its day and place, numbered where two are alike."""
    names: list[str] = []
    for question in questions:
        name = "-".join(part for part in (question.as_of[:10], question.territory) if part)
        twins = sum(other == name or other.startswith(f"{name}-no-") for other in names)
        names.append(f"{name}-no-{twins + 1}" if twins else name)
    return names


def _write(
    question: "Question", answer: "Answer", asked: argparse.Namespace, name: str, tongue: Tongue
) -> "IndexEntry":
    """Print one answer and write its files."""
    from adjudge.answers.decision.html import IndexEntry, html_text
    from adjudge.answers.decision.json_form import json_text
    from adjudge.answers.decision.text import render_text
    from adjudge.answers.decision.view import view_of

    view = view_of(answer, tongue)
    write_file(asked.output / f"{name}.html", html_text(view, tongue))
    write_file(asked.output / f"{name}.json", json_text(answer, tongue))
    heading = tongue.text(question.title)
    print(
        render_text(view, tongue, width=width(), colour=is_terminal(), heading=heading, brief=not asked.full),
        flush=True,
    )
    return IndexEntry(
        title=heading or name,
        as_of=view.as_of,
        territory=view.territory,
        headlines=tuple((s.title, s.decision.disposition.value, s.decision.headline) for s in view.subjects),
        html=f"{name}.html",
        json=f"{name}.json",
        statements=_statements(answer, asked.output, name, tongue),
    )


def _statements(answer: "Answer", folder: Path, name: str, tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """Write the statement of reasons for every measure that follows: the title of its subject, and its file."""
    from adjudge.answers.notices.statement_forms import statement_html
    from adjudge.app.notices import statement_of

    if answer.case.file.handling is None:
        return ()
    found = []
    for number, item in enumerate((item for item in answer.subjects if item.decision.measures), start=1):
        log, at = ProblemLog(), answer.asked.valid_at
        statement = statement_of(answer, str(item.outcome.subject), at, [tongue], log)
        if statement is not None:
            file = f"{name}-statement-{number}.html"
            write_file(folder / file, statement_html(statement.letters[0], tongue))
            found.append((tongue.text(item.party.title) or str(item.outcome.subject), file))
    return tuple(found)


def _write_index(case: "CaseFile", entries: "list[IndexEntry]", folder: Path, tongue: Tongue) -> None:
    from adjudge.answers.decision.html import index_html

    title, summary = tongue.text(case.title), tongue.text(case.summary)
    write_file(folder / "index.html", index_html(entries, tongue, title=title, summary=summary))


def _say_where(folder: Path, case: Path, tongue: Tongue) -> None:
    page = folder / "index.html"
    print(tongue("Written: {page}, and for each answer an .html and a .json beside it.", page=page))
    command = f".venv/bin/adjudge decide {case} --as-of 2018-04-23"
    if tongue.code != ENGLISH:
        command += f" --lang {tongue.code}"
    print(tongue("Ask another question: {command}", command=command))
