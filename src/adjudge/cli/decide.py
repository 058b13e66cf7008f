"""`adjudge decide`: from a case folder to a reasoned answer."""

import argparse
import time
from typing import TYPE_CHECKING

from adjudge.answers.words import LANGUAGES
from adjudge.basis.instant import Instant, day_of, start_of_day
from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.problems import REFUSED_INPUT, report

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
    command.add_argument("case", metavar="CASE_DIR", type=arguments.path, help="a folder with a case.yaml")
    command.add_argument(
        "--as-of", metavar="DATE", type=arguments.instant, help="the valid time (default: today, 00:00 UTC)"
    )
    command.add_argument(
        "--known-at", metavar="DATE", type=arguments.instant, help="what was known by then (default: --as-of)"
    )
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country, as US (default: every rule applies)",
    )
    command.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of the answer (default: en)"
    )
    command.add_argument(
        "--format", choices=FORMATS, default="text", help="form of the answer (default: text)"
    )
    command.add_argument(
        "--policies", metavar="DIR", type=arguments.path, help="where policies lie (default: found)"
    )
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Decide and write; 2 with the problems where the case or the policy has any."""
    log = ProblemLog()
    answer = answer_of(asked, log)
    if answer is None:
        return report(log) or REFUSED_INPUT
    colour = asked.output is None and is_terminal()
    write(written(answer, asked.format, asked.lang, colour=colour), asked.output)
    return 0


def today() -> Instant:
    """The start of the present day in UTC; the one place of this command that reads a clock."""
    return start_of_day(day_of(Instant(time.time_ns())))


def answer_of(asked: argparse.Namespace, log: ProblemLog) -> "Answer | None":
    """Load and decide; None with problems in the log."""
    from adjudge.answers.answer import Asked
    from adjudge.app.decide import decide
    from adjudge.app.on_files import load_case

    loaded = load_case(asked.case, log, asked.policies)
    if loaded is None:
        return None
    as_of = asked.as_of or today()
    return decide(
        loaded, Asked(valid_at=as_of, known_at=asked.known_at or as_of, territory=asked.territory), log
    )


def written(answer: "Answer", form: str, language: str, *, colour: bool = False) -> str:
    """The answer in one of the formats."""
    from adjudge.answers.view import view_of

    if form == "json":
        from adjudge.answers.forms.json_form import json_text

        return json_text(answer, language)
    view = view_of(answer, language)
    if form == "html":
        from adjudge.answers.forms.html import html_text

        return html_text(view)
    if form == "md":
        from adjudge.answers.forms.markdown import markdown_text

        return markdown_text(view)
    from adjudge.answers.forms.text import render_text

    return render_text(view, width=width(), colour=colour)
