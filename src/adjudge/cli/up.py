"""`adjudge up`: the institution of a data folder, set up on first use, served, and looked after until it is stopped."""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog, quoted
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.problems import REFUSED_INPUT, problem_text, report
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.settings.schema import Settings

FOUNDING_CASE = Path("examples/cases/kaspersky-2018")
LOOPBACK = frozenset({"127.0.0.1", "::1", "[::1]", "localhost"})


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "up",
        help="serve the institution of a data folder, set up on first use",
        description="Make the data folder and its database where they are missing, bring in the founding case as an "
        "open matter, print a one-time link for the first administrator, and serve the pages until stopped. "
        "Everything is set by the environment (ADJUDGE_*), but for what is said here.",
    )
    command.add_argument(
        "--data",
        metavar="DIR",
        type=arguments.path,
        help="the data folder (default: ADJUDGE_DATA_DIR, else adjudge-data)",
    )
    command.add_argument("--port", metavar="N", type=_port, help="default: ADJUDGE_PORT, else 8411")
    command.add_argument("--empty", action="store_true", help="bring in no case")
    arguments.add_language(command)
    command.set_defaults(run=run)


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65_535:  # noqa: PLR2004 - ports of TCP
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number from 1 to 65535")


def run(asked: argparse.Namespace) -> int:
    """Set up, say where, and serve until stopped."""
    from adjudge.cli.upkeep import held, refuse_taken_port
    from adjudge.mount.config.machine import check_machine
    from adjudge.settings.schema import read_settings

    tongue, log = tongue_of(asked.lang), ProblemLog()
    settings = read_settings(os.environ, log, asked.data)
    _check_reach(settings, log)
    if log.refuses:
        return report(log, tongue) or REFUSED_INPUT
    port = asked.port or settings.port
    settings = replace(settings, data=settings.data.absolute(), port=port)
    with held(settings.data):
        refuse_taken_port(settings.host, settings.port)
        return _refused(check_machine, settings, tongue) or _served(settings, asked, tongue)


def _served(settings: "Settings", asked: argparse.Namespace, tongue: Tongue) -> int:
    """Found the institution where it is not, look at its database, and serve it."""
    from adjudge.cli.upkeep import Upkeep
    from adjudge.mount.config.database import check_database

    lines = _founded(settings, asked, tongue)
    return _refused(check_database, settings, tongue) or Upkeep(settings, tongue).run(lines)


def _refused(check: "Callable[[Settings, ProblemLog], object]", settings: "Settings", tongue: Tongue) -> int:
    """Tell what a check finds to be wrong; the exit code where it refuses, else 0."""
    log = ProblemLog()
    check(settings, log)
    for problem in log.problems:
        print(problem_text(problem, tongue), file=sys.stderr)
    return REFUSED_INPUT if log.refuses else 0


def _check_reach(settings: "Settings", log: ProblemLog) -> None:
    """Passwords do not travel in plain text between machines."""
    if settings.host in LOOPBACK or settings.secure:
        return
    message = say("{host} is reached from other machines, in plain text", host=quoted(settings.host))
    hint = say(
        "put a proxy with HTTPS before it and set {setting}, or serve this machine only",
        setting="`ADJUDGE_SECURE=yes`",
    )
    log.add("bad-value", message, where="ADJUDGE_HOST", hint=hint)


def _founded(settings: "Settings", asked: argparse.Namespace, tongue: Tongue) -> list[str]:
    """Set the institution up as far as it is not; what to say once it is served."""
    from adjudge.institution.founding import found
    from adjudge.mount.site import open_site

    opened = open_site(settings, migrated=True)
    case = FOUNDING_CASE if FOUNDING_CASE.is_dir() else None
    secret = found(opened, empty=asked.empty, case=case)
    address = address_of(settings)
    lines = [
        tongue("The institution of {folder} is served at {address}", folder=settings.data, address=address)
    ]
    if secret is not None:
        if case is None and not asked.empty:
            lines.append(
                tongue(
                    "There is no case to practise on, so that it begins empty: the founding case is in the checkout of "
                    "the program. To have it, stop this and run the same there, with another data folder."
                )
            )
        elif not asked.empty:
            lines.append(tongue("The founding case is in it as an open matter, to practise on."))
        link = f"{address}join/{secret}"
        lines.append(
            tongue("First administrator, join here (the link works once, for a week): {link}", link=link)
        )
    lines.append(tongue("Stop it with Ctrl+C."))
    return lines


def address_of(settings: "Settings") -> str:
    """Where the pages are. `localhost` and not its number, since passkeys are bound to names."""
    host = "localhost" if settings.host in LOOPBACK else settings.host
    if settings.secure:
        names = [name for name in settings.hosts if name not in LOOPBACK]
        return f"https://{names[-1] if names else host}/"
    return f"http://{host}:{settings.port}/"
