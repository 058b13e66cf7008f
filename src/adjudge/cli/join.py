"""`adjudge join`: joins by the secret of an invitation, and makes a key of one's own for the command line."""

import argparse
import sys
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.output import secret_file
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import add_institution, opened_by, tell
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.house import House
    from adjudge.institution.staff.keys import MadeKey

FROM_INPUT = "-"
_LONGEST_SECRET = 2_000


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    command = commands.add_parser(
        "join",
        help="join an institution by an invitation, and have a key",
        description="Join by the secret of an invitation, or by its whole link, which works once and for a week. A key "
        "of your own is made, which is shown once: with it you act on the command line.",
    )
    command.add_argument("secret", metavar="SECRET", help="the secret, or the link; `-`: from standard input")
    command.add_argument(
        "--name", metavar="NAME", default="command line", help="what the key is called (default: %(default)s)"
    )
    add_institution(command)
    command.add_argument(
        "-o", "--output", metavar="FILE", type=arguments.path, help="write the key to a new file"
    )
    command.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Join, and say how to use the key."""
    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    given = sys.stdin.read(_LONGEST_SECRET) if asked.secret == FROM_INPUT else asked.secret
    last = given.strip().rstrip("/").rpartition("/")[2]
    with secret_file(asked.output) as keep:
        made = _joined(opened.house, last, asked.name)
        keep(made.secret)
    shown = made.secret if asked.output is None else None
    form = {"person": made.key.person, "key": made.key.id, "secret": shown}
    tell(_lines(made, asked, tongue_of(asked.lang)), form, as_json=asked.format == "json")
    return 0


def _joined(house: "House", secret: str, name: str) -> "MadeKey":
    from adjudge.institution.staff.keys import make_own_key
    from adjudge.institution.staff.people import actor_of, join

    return make_own_key(house, actor_of(join(house, secret)), name)


def _lines(made: "MadeKey", asked: argparse.Namespace, tongue: Tongue) -> list[str]:
    key, person = made.key.id, made.key.person
    done = tongue("You have joined as {person}, and your key is {key}.", person=person, key=key)
    if asked.output is not None:
        how = tongue("It stands in {file}, which nobody else can read. Use it so:", file=str(asked.output))
        return [done, how, f'  export ADJUDGE_KEY="$(cat {asked.output})"']
    how = tongue("It is shown once, and kept nowhere. Keep it where nobody else can read it:")
    return [done, how, f"  export ADJUDGE_KEY={made.secret}"]
