"""`adjudge decide`: from a case folder to a reasoned answer."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import add_others, add_question, compared_answer_of
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.answers.answer import Answer

FORMATS = ("text", "html", "json", "md")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "decide",
        help="decide a case and show the reasons",
        description="Decide a case folder and show the reasons. A date means 00:00 UTC of that day: what was "
        "recorded during a day is known as of the next.",
    )
    add_question(command)
    add_others(command)
    arguments.add_language(command)
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="form of the answer (default: text)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Decide and write; 2 with the problems where the case or the policy has any."""
    log, tongue = ProblemLog(), tongue_of(asked.lang)
    answer = compared_answer_of(asked, log)
    if answer is None:
        return report(log, tongue) or REFUSED_INPUT
    from adjudge.app.decide import with_recourse

    answer = with_recourse(answer)
    colour = asked.output is None and is_terminal()
    write(written(answer, asked.format, tongue, colour=colour), asked.output)
    return 0


def written(answer: "Answer", form: str, tongue: Tongue, *, colour: bool = False) -> str:
    """The answer in one of the formats."""
    from adjudge.answers.decision.view import view_of

    if form == "json":
        from adjudge.answers.decision.json_form import json_text

        return json_text(answer, tongue)
    view = view_of(answer, tongue)
    if form == "html":
        from adjudge.answers.decision.html import html_text

        return html_text(view, tongue)
    if form == "md":
        from adjudge.answers.decision.markdown import markdown_text

        return markdown_text(view, tongue)
    from adjudge.answers.decision.text import render_text

    return render_text(view, tongue, width=width(), colour=colour)
