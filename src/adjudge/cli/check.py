"""`adjudge check`: everything wrong with packages, vocabularies, claims and cases, all at once."""

import argparse

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.problems import count_text, problem_text, report
from adjudge.tongues.tongue import tongue_of


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "check",
        help="report everything wrong with a policy or a case",
        description="Check a file or a folder: vocabularies, packages (with lint), sealed packages, and cases with "
        "their documents, claims and notice. All problems are reported at once.",
    )
    command.add_argument("path", metavar="PATH", type=arguments.path, help="a file or a folder")
    command.add_argument("--format", choices=("text", "json"), default="text", help="form of the report")
    command.add_argument(
        "--policies", metavar="DIR", type=arguments.path, help="where policies lie (default: found)"
    )
    command.add_argument(
        "--population",
        metavar="DIR",
        type=arguments.path,
        help="a population with which a policy is checked too: whom its rules reach there",
    )
    arguments.add_language(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Check and report; 2 where something is refused, 0 with or without warnings."""
    from adjudge.app.check import check_path

    log, tongue = ProblemLog(), tongue_of(asked.lang)
    checked = check_path(asked.path, log, asked.policies)
    if asked.population is not None and not log.refuses:
        from adjudge.app.check_populations import check_with

        with_it = check_with(asked.path, asked.population, log, asked.policies)
        checked += [with_it] if with_it is not None else []
    if asked.format == "json":
        return report(log, tongue, as_json=True)
    path, things = str(asked.path), ", ".join(tongue.of(item) for item in checked)
    if not log.problems:
        print(harmless(tongue("{path}: checked {things}: no problem", path=path, things=things)))
        return 0
    if log.refuses:
        return report(log, tongue)
    for problem in log.problems:
        print(problem_text(problem, tongue) + "\n")
    counts = count_text(log, tongue)
    print(harmless(tongue("{path}: checked {things}: {counts}", path=path, things=things, counts=counts)))
    return 0
