"""`adjudge key`: keys of programs and of one's own, made, rotated and revoked; a secret is shown once."""

import argparse
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from adjudge.basis.instant import NANOS, Duration, Instant, day_of, start_of_day
from adjudge.cli import arguments
from adjudge.cli.output import secret_file
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import (
    Session,
    add_actor,
    add_below,
    add_institution,
    add_output,
    add_paging,
    add_reason,
    form_of,
    in_session,
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
    from adjudge.people.actor import Actor
    from adjudge.records.rows import KeyRow

_TIME = re.compile(r"(\d{1,6})([dhms])", re.ASCII)
_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_ACTS = [act.value for act in Act if Role.SERVICE in ACTS[act].roles and act is not Act.JOIN]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "key",
        help="keys: list, make, rotate, revoke",
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
    _add_rotate(kinds)
    below = add_below(kinds, "revoke", _revoke, "revoke a key of your own, or as an administrator any")
    below.add_argument("id", metavar="KEY", help="the key's id, as K-000007")
    add_reason(below)


def _add_rotate(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = kinds.add_parser(
        "rotate",
        help="put a new key in place of one, for the same acts",
        description="Put a new key in place of the one with which you act, for the same acts; the one before goes on "
        "beside it for a while, in which the new one can be handed round. A key that is rotated by itself works no "
        "longer than it would have. On the machine of the institution the key of a program can be named instead: "
        "that is done in the name of the founder. People rotate any key of theirs on the page of their keys.",
    )
    add_actor(below)
    below.set_defaults(run=_rotate)
    below.add_argument(
        "--machine",
        metavar="KEY",
        dest="named",
        help="rotate the key of a program, as K-000007, on the machine of the institution and without a key",
    )
    below.add_argument(
        "--overlap",
        metavar="TIME",
        type=overlap,
        default=overlap("24h"),
        help="for how long the one before goes on, as 30m, 24h or 7d, a week at most (default: 24h)",
    )
    below.add_argument(
        "--until",
        metavar="DATE",
        type=arguments.instant,
        help="when the new one stops working (default: made for as long as the one before; by itself, as the one "
        "before)",
    )
    add_output(below, "write the new key to a new file")


def overlap(text: str) -> Duration:
    """A time in days, hours, minutes or seconds."""
    found = _TIME.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no such time: write 30m, 24h or 7d")
    return Duration(int(found[1]) * _UNITS[found[2]] * NANOS)


def _list(session: Session, asked: argparse.Namespace) -> int:
    found = _found(session, asked)
    keys, more = page_of(found, asked.most, session.tongue)
    lines = table([_cells(key, session) for key in keys])
    endless = sum(key.expires_at is None and key.revoked_at is None for key in keys)
    return session.tell(
        [*lines, *more, *_warned(endless, session.tongue)], [form_of(key, "digest") for key in keys]
    )


def _warned(endless: int, tongue: Tongue) -> list[str]:
    """Of keys that never end: one that is lost works until somebody notices."""
    if not endless:
        return []
    return [
        tongue.plural(
            "{count} key works without an end: rotate it with a last day, so that it ends if it is lost.",
            "{count} keys work without an end: rotate them with a last day, so that they end if they are lost.",
            endless,
        )
    ]


def _found(session: Session, asked: argparse.Namespace) -> "Sequence[KeyRow]":
    """The keys behind the one named, one more than are shown."""
    from adjudge.institution.staff.keys import list_keys, own_keys

    if not asked.own:
        return list_keys(session.house, session.actor, after=asked.after, most=asked.most + 1)
    return [key for key in own_keys(session.house, session.actor) if key.id > asked.after][: asked.most + 1]


def _cells(key: "KeyRow", session: Session) -> tuple[str, ...]:
    tongue = session.tongue
    acts = tongue("all that its person may") if key.own else ", ".join(key.acts)
    made = tongue("made {day}", day=_day(key.made_at))
    if key.replaces:
        made = tongue("made {day} for {key}", day=_day(key.made_at), key=key.replaces)
    used = tongue("used {day}", day=key.used_on) if key.used_on else tongue("never used")
    return key.id, key.person, _state(key, session), made, used, key.name, acts


def _day(at: Instant) -> Instant:
    """The day alone: of keys nobody asks for the second."""
    return start_of_day(day_of(at))


def _state(key: "KeyRow", session: Session) -> str:
    from adjudge.institution.staff.keys import ends_soon

    tongue: Tongue = session.tongue
    if key.revoked_at is not None:
        return tongue("revoked")
    if key.expires_at is None:
        return tongue("works without an end")
    if key.expires_at <= session.house.clock():
        return tongue("is over")
    if ends_soon(key, session.house.clock()):
        return tongue("ends soon: {day}", day=key.expires_at)
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


def _rotate(asked: argparse.Namespace) -> int:
    """By the key itself; or by whoever has the machine, of the key of a program."""
    if asked.named is None:
        return in_session(asked, lambda session: _rotated(session.house, session.actor, asked))
    from adjudge.institution.staff.people import FOUNDER

    opened = opened_by(asked)
    return REFUSED_INPUT if opened is None else _rotated(opened.house, FOUNDER, asked)


def _rotated(house: "House", actor: "Actor", asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.keys import rotate_key

    name = asked.named or str(actor.key)
    with secret_file(asked.output) as keep:
        made = rotate_key(house, actor, name, overlap=asked.overlap, expires_at=asked.until)
        keep(made.secret)
    tongue = tongue_of(asked.lang)
    lines = [tongue("The key {key} is in place of {old}.", key=made.key.id, old=name)]
    if made.key.expires_at is not None:
        lines.append(tongue("It works until {day}.", day=made.key.expires_at))
    form = {"key": form_of(made.key, "digest"), "secret": made.secret if asked.output is None else None}
    lines += tell_secret(tongue, made.secret, asked.output)
    tell(lines, form, as_json=asked.format == "json")
    return 0


def _revoke(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.keys import revoke_key, revoked_with

    key = revoke_key(session.house, session.actor, asked.id, asked.reason)
    also = revoked_with(session.house, session.actor, asked.id)
    lines = [session.tongue("The key {key} works no more.", key=key.id)]
    if also:
        keys = session.tongue.listed(also)
        lines.append(session.tongue("Nor does what came in its place: {keys}.", keys=keys))
    return session.tell(lines, {**form_of(key, "digest"), "also": list(also)})
