"""`adjudge alike`: subjects that a rule cannot tell apart, and that were treated differently."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.population import add_population, loaded
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.answers.populations.answer import AlikeAnswer

FORMATS = ("text", "json", "md")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "alike",
        help="like cases that were treated differently",
        description="Find subjects of a population that a rule cannot tell apart, since all parts of its conditions "
        "weigh the same for them, and that were treated differently. With --subject: who is like that one, and how "
        "each was treated. Counts by protected facts stand beside, small ones withheld.",
    )
    add_population(command)
    command.add_argument("--subject", metavar="ID", help="a subject of the population (default: all)")
    command.add_argument("--rule", metavar="ID", help="a rule of the package (default: all that apply)")
    command.add_argument("--format", choices=FORMATS, default="text", help="form (default: text)")
    arguments.add_language(command)
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Compare and write; 2 with the problems where something that was given is wrong."""
    from adjudge.app.populations import alike_of

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    given = loaded(asked, log)
    answer = alike_of(*given, (asked.subject, asked.rule), log) if given is not None else None
    if answer is None:
        return report(log, tongue) or REFUSED_INPUT
    colour = asked.output is None and is_terminal()
    write(written(answer, asked.format, tongue, colour=colour), asked.output)
    return 0


def written(answer: "AlikeAnswer", form: str, tongue: Tongue, *, colour: bool = False) -> str:
    """The answer in one of the formats."""
    if form == "json":
        from adjudge.answers.populations.alike_json import alike_json

        return alike_json(answer)
    from adjudge.answers.populations.alike import alike_view

    view = alike_view(answer, tongue)
    if form == "md":
        from adjudge.answers.populations.alike_markdown import alike_markdown

        return alike_markdown(view, tongue)
    from adjudge.answers.populations.alike_text import alike_text

    return alike_text(view, tongue, width=width(), colour=colour)
