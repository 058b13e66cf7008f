"""`adjudge diff`: what differs in meaning between two packages, and cases that show it."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import is_terminal, width, write
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.changes.difference import Difference

FORMATS = ("text", "json", "md")
DIFFERENT = 1
"""Exit code, where `--exit-code` asks for it, of packages that differ in meaning."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "diff",
        help="compare two packages by meaning, with cases that show each change",
        description="Compare two packages rule by rule, by meaning and not by text. Each change that can alter an "
        "outcome is shown by a small case on which the two packages differ, found by search and confirmed by the "
        "reference evaluator. A package is a YAML file with its vocabulary.yaml beside it, a sealed file, or a "
        "version of a policy folder, written DIR@VERSION.",
    )
    command.add_argument("old", metavar="OLD", type=arguments.path, help="the package before")
    command.add_argument("new", metavar="NEW", type=arguments.path, help="the package after")
    command.add_argument("--format", choices=FORMATS, default="text", help="form (default: text)")
    command.add_argument("--rule", metavar="ID", help="compare this rule only")
    command.add_argument("--no-witness", action="store_true", help="search for no cases")
    command.add_argument(
        "--exit-code", action="store_true", help="exit with 1 where the packages differ in meaning"
    )
    arguments.add_language(command)
    command.add_argument("-o", "--output", metavar="FILE", type=arguments.path, help="write to a file")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Compare and write; 2 with the problems where a package or the rule is not there."""
    log, tongue = ProblemLog(), tongue_of(asked.lang)
    found = difference_of(asked, log)
    if found is None:
        return report(log, tongue) or REFUSED_INPUT
    colour = asked.output is None and is_terminal()
    write(written(found, asked.format, tongue, colour=colour), asked.output)
    return DIFFERENT if asked.exit_code and found.differs_in_meaning else 0


def difference_of(asked: argparse.Namespace, log: ProblemLog) -> "Difference | None":
    """Load and compare; None with problems in the log."""
    from adjudge.app.changes import known_rule, load_named
    from adjudge.changes.difference import difference

    old, new = load_named(str(asked.old), log), load_named(str(asked.new), log)
    if old is None or new is None:
        return None
    rule = None if asked.rule is None else known_rule(asked.rule, old, new, log)
    if log.refuses:
        return None
    return difference(old, new, rule=rule, searches=not asked.no_witness)


def written(found: "Difference", form: str, tongue: Tongue, *, colour: bool = False) -> str:
    """The difference in one of the formats."""
    if form == "json":
        from adjudge.answers.versions.json_form import differences_json

        return differences_json(found, tongue)
    from adjudge.answers.versions.differences import differences_view

    view = differences_view(found, tongue)
    if form == "md":
        from adjudge.answers.versions.markdown import differences_markdown

        return differences_markdown(view, tongue)
    from adjudge.answers.versions.text import differences_text

    return differences_text(view, tongue, width=width(), colour=colour)
