"""`adjudge reach`: whom a rule, or a stated reason, reaches in a population, and how each of them was treated."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.weight import STANDARDS
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.population import add_population, loaded
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.facts.vocabulary import Kind
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.answers.populations.answer import ReachAnswer, Reason

FORMATS = ("text", "json", "csv", "md")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "reach",
        help="whom a rule or a stated reason reaches, and how each was treated",
        description="Ask a rule of a package, or a stated reason written as a condition, about every subject of a "
        "population: whom it reaches, what was decided for each, who was treated otherwise, and of whom too little is "
        "known. A reason is shown to `reported` unless --standard says otherwise.",
    )
    add_population(command)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--rule", metavar="ID", help="a rule of the package")
    what.add_argument("--reason", metavar="EXPRESSION", help="a condition over the vocabulary")
    command.add_argument(
        "--standard",
        choices=tuple(STANDARDS),
        default="reported",
        help="to what standard a reason is shown (default: reported)",
    )
    command.add_argument(
        "--subject-kind",
        choices=tuple(kind.value for kind in Kind),
        default=Kind.ADVERTISER.value,
        help="whom a reason speaks of (default: advertiser)",
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="form (default: text)")
    arguments.add_language(command)
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Ask and write; 2 with the problems where something that was given is wrong."""
    from adjudge.app.populations import reach_of

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    given = loaded(asked, log)
    answer = reach_of(*given, _what(asked), log) if given is not None else None
    if answer is None:
        return report(log, tongue) or REFUSED_INPUT
    colour = asked.output is None and is_terminal()
    write(written(answer, asked.format, tongue, colour=colour), asked.output)
    return 0


def _what(asked: argparse.Namespace) -> "str | Reason":
    from adjudge.answers.populations.answer import Reason

    if asked.reason is None:
        return str(asked.rule)
    return Reason(text=asked.reason, kind=Kind(asked.subject_kind), standard=STANDARDS[asked.standard])


def written(answer: "ReachAnswer", form: str, tongue: Tongue, *, colour: bool = False) -> str:
    """The answer in one of the formats."""
    if form == "json":
        from adjudge.answers.populations.reach_json import reach_json

        return reach_json(answer)
    if form == "csv":
        from adjudge.answers.populations.reach_csv import reach_csv

        return reach_csv(answer, tongue)
    from adjudge.answers.populations.reach import reach_view

    view = reach_view(answer, tongue)
    if form == "md":
        from adjudge.answers.populations.reach_markdown import reach_markdown

        return reach_markdown(view, tongue)
    from adjudge.answers.populations.reach_text import reach_text

    return reach_text(view, tongue, width=width(), colour=colour)
