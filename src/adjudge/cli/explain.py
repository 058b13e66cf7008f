"""`adjudge explain`: why one rule has its verdict for one subject of a case, part by part."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import width, write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.question import add_question, question_of
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.app.explain import RuleExplained

FORMATS = ("text", "json", "md", "svg", "html")
DRAWN = frozenset({"svg", "html"})
"""Those that show the figure, and mark in it what would lift the measure."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "explain",
        help="explain one rule for one subject, part by part",
        description="Explain the verdict of one rule for one subject of a case: the condition and its exceptions as "
        "trees, each part with the weight for it and against it, and the claims that speak there. A date means 00:00 "
        "UTC of that day.",
    )
    add_question(command)
    command.add_argument("--subject", metavar="ID", required=True, help="a subject of the case")
    command.add_argument("--rule", metavar="ID", required=True, help="a rule of the policy")
    command.add_argument("--format", choices=FORMATS, default="text", help="form (default: text)")
    arguments.add_language(command)
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Explain and write; 2 with the problems where there is nothing to explain."""
    from adjudge.app.explain import explain_rule
    from adjudge.app.on_files import load_case

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    loaded = load_case(asked.case, log, asked.policies, alone=True)
    found = explain_rule(loaded, question_of(asked), (asked.subject, asked.rule), log) if loaded else None
    if found is None:
        return report(log, tongue) or REFUSED_INPUT
    write(written(found, asked.format, tongue), asked.output)
    return 0


def written(found: "RuleExplained", form: str, tongue: Tongue) -> str:
    """The explanation in one of the formats."""
    if form in DRAWN:
        return drawn(found, form, tongue)
    from adjudge.answers.rules.explained import explained_view

    view = explained_view(found.answer, found.subject, found.outcome, found.tree, tongue)
    if form == "json":
        from adjudge.answers.rules.explained_json import explained_json

        return explained_json(view, found.answer, found.outcome, found.tree, tongue)
    if form == "md":
        from adjudge.answers.rules.explained_markdown import explained_markdown

        return explained_markdown(view, tongue)
    from adjudge.answers.rules.explained_text import explained_text

    return explained_text(view, tongue, width())


def drawn(found: "RuleExplained", form: str, tongue: Tongue) -> str:
    """The figure: alone, or in a page with the same in words."""
    from adjudge.app.figures import figure_of

    view = figure_of(found, tongue)
    if form == "html":
        from adjudge.answers.rules.figure_html import figure_html

        return figure_html(view, tongue)
    from adjudge.answers.rules.figure_svg import figure_svg

    return figure_svg(view, tongue)
