"""`adjudge config`: every setting as it is and where from, what was found of the machine, and what is wrong."""

import argparse
import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from adjudge.answers.forms.harmless import harmless
from adjudge.basis.problem import ProblemLog
from adjudge.cli.problems import REFUSED_INPUT, report
from adjudge.cli.session import add_institution, table
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.mount.config.check import Configuration


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "config",
        help="show every setting, and look for what would keep the institution from running",
        description="Show every setting, its value and where it comes from (secrets are not shown), what is found of "
        "the machine and the database, and what is wrong with any of it; nothing is changed. Exits with 2 where the "
        "institution could not run.",
    )
    add_institution(command)
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Show what was found; 2 with problems."""
    from adjudge.mount.config.check import check_configuration

    tongue, log = tongue_of(asked.lang), ProblemLog()
    found = check_configuration(os.environ, log, asked.data)
    if asked.format == "json":
        print(json.dumps(_form(found, log, tongue), ensure_ascii=False, indent=2))
        return REFUSED_INPUT if log.refuses else 0
    for line in _lines(found, tongue):
        print(harmless(line))
    if not log.problems:
        print(tongue("nothing is wrong"))
        return 0
    return report(log, tongue)


def _lines(found: "Configuration", tongue: Tongue) -> Iterable[str]:
    from adjudge.mount.config.values import HIDDEN

    rows = [
        (value.name, tongue.of(HIDDEN) if value.text is None else value.text, tongue.of(value.source))
        for value in found.values
    ]
    yield from table([(tongue("setting"), tongue("value"), tongue("where from")), *rows])
    yield ""
    yield from (tongue.of(line) for line in found.found)
    yield ""


def _form(found: "Configuration", log: ProblemLog, tongue: Tongue) -> dict[str, Any]:
    from adjudge.app.exchange import problem_form

    return {
        "settings": [
            {
                "name": value.name,
                "value": value.text,
                "secret": value.text is None,
                "from": tongue.of(value.source),
            }
            for value in found.values
        ],
        "found": [tongue.of(line) for line in found.found],
        "problems": [problem_form(problem, tongue.of) for problem in log.problems],
    }
