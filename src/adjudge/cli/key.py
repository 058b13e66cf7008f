"""`adjudge key`: keys of programs and of one's own; a secret is shown once."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.output import secret_file
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import (
    Session,
    add_below,
    add_institution,
    add_output,
    add_paging,
    add_reason,
    form_of,
    opened_by,
    page_of,
    table,
    tell,
    tell_secret,
)
from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.house import House
    from adjudge.institution.staff.keys import MadeKey
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
    below = add_below(kinds, "list", _list, "list the keys, those that were revoked too")
    below.add_argument("--own", action="store_true", help="those only for which you answer")
    add_paging(below)
    below = kinds.add_parser(
        "make",
        help="make a key for a person, or for a program for which a person answers",
        description="Make a key for a person, or for a program for which a person answers; on the machine of the "
        "institution, in the name of its founder, which stands in the log. No key is asked for: none makes keys. "
        "People make keys on the page of their keys too.",
    )
    add_institution(below)
    below.set_defaults(run=_make)
    below.add_argument("name", metavar="NAME", help="what the key is called")
    below.add_argument(
        "--for", metavar="PERSON", dest="person", required=True, help="who answers for it, as P-000004"
    )
    which = below.add_mutually_exclusive_group(required=True)
    which.add_argument("--own", action="store_true", help="it may do what the person may, and is that person")
    which.add_argument(
        "--act", metavar="ACT", choices=_ACTS, action="append", default=[],
        help=f"an act that it may do; may be given again. One of: {', '.join(_ACTS)}",
    )  # fmt: skip
    below.add_argument(
        "--until", metavar="DATE", type=arguments.instant, help="when it stops working (default: never)"
    )
    add_output(below, "write the key to a new file")
    below = add_below(kinds, "revoke", _revoke, "revoke a key of your own, or as an administrator any")
    below.add_argument("id", metavar="KEY", help="the key's id, as K-000007")
    add_reason(below)


def _list(session: Session, asked: argparse.Namespace) -> int:
    found = _found(session, asked)
    keys, more = page_of(found, asked.most, session.tongue)
    lines = table([_cells(key, session) for key in keys])
    return session.tell([*lines, *more], [form_of(key, "digest") for key in keys])


def _found(session: Session, asked: argparse.Namespace) -> "Sequence[KeyRow]":
    """The keys behind the one named, one more than are shown."""
    from adjudge.institution.staff.keys import list_keys, own_keys

    if not asked.own:
        return list_keys(session.house, session.actor, after=asked.after, most=asked.most + 1)
    return [key for key in own_keys(session.house, session.actor) if key.id > asked.after][: asked.most + 1]


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


def _make(asked: argparse.Namespace) -> int:
    """Whoever has the machine needs no key; 2 with the problems of the settings."""
    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    with secret_file(asked.output) as keep:
        made = _made(opened.house, asked)
        keep(made.secret)
    tongue = tongue_of(asked.lang)
    line = tongue(
        "The key {key} is made, and {person} answers for it.", key=made.key.id, person=made.key.person
    )
    form = {
        "key": form_of(made.key, "digest"),
        "secret": made.secret if asked.output is None else None,
    }
    tell([line, *tell_secret(tongue, made.secret, asked.output)], form, as_json=asked.format == "json")
    return 0


def _made(house: "House", asked: argparse.Namespace) -> "MadeKey":
    from adjudge.institution.staff.keys import make_key, make_own_key
    from adjudge.institution.staff.people import FOUNDER

    if asked.own:
        return make_own_key(house, FOUNDER, asked.name, asked.until, person=asked.person)
    return make_key(house, FOUNDER, asked.name, map(Act, asked.act), asked.until, person=asked.person)


def _revoke(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.keys import revoke_key

    key = revoke_key(session.house, session.actor, asked.id, asked.reason)
    line = session.tongue("The key {key} works no more.", key=key.id)
    return session.tell([line], form_of(key, "digest"))
