"""`adjudge key`: keys of programs and of one's own; a secret is shown once."""

import argparse
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.output import secret_file
from adjudge.cli.session import (
    Session,
    add_below,
    add_output,
    add_paging,
    add_reason,
    form_of,
    page_of,
    table,
    tell_secret,
)
from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.institution.staff.people import MadeKey
    from adjudge.records.rows import KeyRow

_ACTS = [act.value for act in Act if Role.SERVICE in ACTS[act].roles and act is not Act.JOIN]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "key",
        help="keys: list, make, revoke",
        description="Keys by which programs act, and people on the command line. Only the digest of a key is kept.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_paging(add_below(kinds, "list", _list, "list the keys, those that were revoked too"))
    below = add_below(kinds, "make", _make, "make a key for some acts, or with --own one that is you")
    below.add_argument("name", metavar="NAME", help="what the key is called")
    which = below.add_mutually_exclusive_group(required=True)
    which.add_argument("--own", action="store_true", help="it may do what you may, and is you")
    which.add_argument(
        "--act", metavar="ACT", choices=_ACTS, action="append", default=[],
        help=f"an act that it may do; may be given again. One of: {', '.join(_ACTS)}",
    )  # fmt: skip
    below.add_argument(
        "--until", metavar="DATE", type=arguments.instant, help="when it stops working (default: never)"
    )
    add_output(below, "write the key to a new file")
    below = add_below(kinds, "revoke", _revoke, "revoke a key, from now on")
    below.add_argument("id", metavar="KEY", help="the key's id, as K-000007")
    add_reason(below)


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import list_keys

    found = list_keys(session.house, session.actor, after=asked.after, most=asked.most + 1)
    keys, more = page_of(found, asked.most, session.tongue)
    lines = table([_cells(key, session) for key in keys])
    return session.tell([*lines, *more], [form_of(key, "digest") for key in keys])


def _cells(key: "KeyRow", session: Session) -> tuple[str, ...]:
    acts = session.tongue("all that its person may") if key.own else ", ".join(key.acts)
    return key.id, key.person, _state(key, session), key.name, acts


def _state(key: "KeyRow", session: Session) -> str:
    tongue: Tongue = session.tongue
    if key.revoked_at is not None:
        return tongue("revoked")
    if key.expires_at is None:
        return tongue("works")
    if key.expires_at <= session.house.clock():
        return tongue("is over")
    return tongue("works until {day}", day=key.expires_at)


def _make(session: Session, asked: argparse.Namespace) -> int:
    with secret_file(asked.output) as keep:
        made = _made(session, asked)
        keep(made.secret)
    line = session.tongue("The key {key} is made.", key=made.key.id)
    form = {
        "key": form_of(made.key, "digest"),
        "secret": made.secret if asked.output is None else None,
    }
    return session.tell([line, *tell_secret(session.tongue, made.secret, asked.output)], form)


def _made(session: Session, asked: argparse.Namespace) -> "MadeKey":
    from adjudge.institution.staff.people import make_key, make_own_key

    if asked.own:
        return make_own_key(session.house, session.actor, asked.name, asked.until)
    return make_key(session.house, session.actor, asked.name, map(Act, asked.act), asked.until)


def _revoke(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import revoke_key

    key = revoke_key(session.house, session.actor, asked.id, asked.reason)
    line = session.tongue("The key {key} works no more.", key=key.id)
    return session.tell([line], form_of(key, "digest"))
