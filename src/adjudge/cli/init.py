"""`adjudge init`: an institution made in a data folder, and the link by which its first administrator joins."""

import argparse
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.demo import FOUNDING_CASE
from adjudge.cli.output import secret_file
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import add_institution, opened_by, tell
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.on_database import Opened


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "init",
        help="set an institution up in a data folder",
        description="Make the data folder and the database, or bring it up to date, bring a case in as an open matter, "
        "and print the secret by which the first administrator joins. While nobody has joined, another secret can be "
        "had by running it again; the one before it stops working then.",
    )
    add_institution(command)
    command.add_argument("--empty", action="store_true", help="bring no case in")
    command.add_argument(
        "--case",
        metavar="CASE_DIR",
        type=arguments.path,
        default=FOUNDING_CASE,
        help="the case that becomes an open matter (default: %(default)s)",
    )
    command.add_argument(
        "--email", metavar="ADDRESS", help="the first administrator's address, in a new institution"
    )
    command.add_argument(
        "--name", metavar="NAME", help="the first administrator's name, in a new institution"
    )
    command.add_argument(
        "-o", "--output", metavar="FILE", type=arguments.path, help="write the secret to a new file"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Set it up; 2 with the problems of the settings, or of the case."""
    opened = opened_by(asked, migrated=True)
    if opened is None:
        return REFUSED_INPUT
    with secret_file(asked.output) as keep:
        secret = _found(opened, asked)
        if secret is not None:
            keep(secret)
    return _tell(asked, secret)


def _found(opened: "Opened", asked: argparse.Namespace) -> str | None:
    from adjudge.institution.founding import FIRST_EMAIL, FIRST_NAME, found

    return found(
        opened,
        empty=asked.empty,
        case=asked.case,
        email=asked.email or FIRST_EMAIL,
        name=asked.name or FIRST_NAME,
    )


def _tell(asked: argparse.Namespace, secret: str | None) -> int:
    tongue = tongue_of(asked.lang)
    form = {"secret": secret if asked.output is None else None, "joined": secret is None}
    tell(_lines(asked, secret, tongue), form, as_json=asked.format == "json")
    return 0


def _lines(asked: argparse.Namespace, secret: str | None, tongue: Tongue) -> list[str]:
    if secret is None:
        return [tongue("Somebody has joined this institution already: an administrator invites others.")]
    how = f"- < {asked.output}" if asked.output is not None else secret
    return [
        tongue("The institution is ready. Its first administrator joins by this, once, within a week:"),
        f"  adjudge join {how}",
    ]
