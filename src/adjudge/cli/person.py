"""`adjudge person`: who works with the institution; invited, given other roles, shut out."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from adjudge.cli.output import secret_file
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import (
    Session,
    add_actor,
    add_below,
    add_output,
    add_paging,
    add_reason,
    form_of,
    in_session,
    opened_by,
    page_of,
    table,
    tell,
)
from adjudge.people.role import Role
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.staff.people import Invited
    from adjudge.records.rows import PersonRow

_ROLES = [role.value for role in Role if role is not Role.SERVICE]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "person",
        help="people: list, invite, change roles, shut out, expunge",
        description="Who works with the institution, and who of an advertiser may see its matters.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_paging(add_below(kinds, "list", _list, "list everybody who was invited"))
    below = add_below(kinds, "invite", _invite, "invite somebody, by a secret that works once, for a week")
    below.add_argument("email", metavar="ADDRESS", help="the e-mail address")
    below.add_argument("--name", metavar="NAME", required=True, help="what the person is called")
    _add_roles(below)
    add_output(below, "write the secret to a new file")
    _add_again(kinds)
    below = add_below(kinds, "roles", _roles, "give somebody other roles, in place of those before")
    below.add_argument("person", metavar="PERSON", help="the person's id, as P-000003")
    _add_roles(below)
    add_reason(below)
    below = add_below(kinds, "deactivate", _deactivate, "shut somebody out; the person's keys stop working")
    below.add_argument("person", metavar="PERSON", help="the person's id, as P-000003")
    add_reason(below)
    below = add_below(kinds, "expunge", _expunge, "expunge the name and address of somebody who was shut out")
    below.add_argument("person", metavar="PERSON", help="the person's id, as P-000003")
    add_reason(below)


def _add_again(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = kinds.add_parser(
        "invite-again",
        help="make another secret: the one before was lost, or the way to sign in",
        description="Make another secret for somebody who was invited. To somebody who has joined it goes by mail: "
        "whoever had it could take over the account. Where no mail server is set, it can be made on the machine of "
        "the institution, in the name of the founder.",
    )
    add_actor(below)
    below.set_defaults(run=_again)
    below.add_argument("person", metavar="PERSON", help="the person's id, as P-000003")
    below.add_argument(
        "--machine", action="store_true", help="show it, on the machine of the institution and without a key"
    )
    add_output(below, "write the secret to a new file")


def _add_roles(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--role", metavar="ROLE", choices=_ROLES, action="append", required=True,
        help=f"a role; may be given again. One of: {', '.join(_ROLES)}",
    )  # fmt: skip
    command.add_argument(
        "--advertiser", metavar="SUBJECT", default="", help="of a member: the advertiser that it belongs to"
    )


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import list_people

    found = list_people(session.house, session.actor, after=asked.after, most=asked.most + 1)
    people, more = page_of(found, asked.most, session.tongue)
    lines = table([_cells(person, session.tongue) for person in people])
    return session.tell([*lines, *more], [form_of(person, "invitation") for person in people])


def _cells(person: "PersonRow", tongue: Tongue) -> tuple[str, ...]:
    roles = ", ".join((*person.roles, *filter(None, [person.advertiser])))
    return person.id, roles, _state(person, tongue), f"{person.name} <{person.email}>"


def _state(person: "PersonRow", tongue: Tongue) -> str:
    if not person.active:
        return tongue("shut out")
    return tongue("has joined") if person.joined_at is not None else tongue("invited")


def _invite(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import invite

    roles = [Role(role) for role in asked.role]
    return _told(
        session,
        asked,
        lambda: invite(
            session.house, session.actor, asked.email, asked.name, roles, advertiser=asked.advertiser
        ),
    )


def _again(asked: argparse.Namespace) -> int:
    """By whoever may invite; or by whoever has the machine."""
    if not asked.machine:
        return in_session(asked, lambda session: _again_by(session, asked))
    from adjudge.institution.staff.people import FOUNDER, invite_again

    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    lines, form = _made(
        asked, tongue_of(asked.lang), lambda: invite_again(opened.house, FOUNDER, asked.person)
    )
    tell(lines, form, as_json=asked.format == "json")
    return 0


def _again_by(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.letting_in import let_in_again
    from adjudge.institution.notifying.posting import mailer_of

    mailer = mailer_of(session.settings)
    return _told(session, asked, lambda: let_in_again(session.house, mailer, session.actor, asked.person))


def _told(session: Session, asked: argparse.Namespace, make: "Callable[[], Invited]") -> int:
    """Invite, and say by what the person joins."""
    return session.tell(*_made(asked, session.tongue, make))


def _made(
    asked: argparse.Namespace, tongue: Tongue, make: "Callable[[], Invited]"
) -> tuple[Iterable[str], object]:
    """The lines and the form of an invitation; one that was mailed leaves no file."""
    with secret_file(asked.output) as keep:
        invited = make()
        if invited.secret:
            keep(invited.secret)
    shown = invited.secret if asked.output is None and invited.secret else None
    return _invited_lines(invited, asked, tongue), {
        "person": form_of(invited.person, "invitation"),
        "secret": shown,
    }


def _invited_lines(invited: "Invited", asked: argparse.Namespace, tongue: Tongue) -> Iterator[str]:
    name, person = invited.person.name, invited.person.id
    if not invited.secret:
        yield tongue("A link went by mail to {name}.", name=name)
        return
    yield tongue(
        "{name} is invited as {person}, and joins by this, once, within a week:", name=name, person=person
    )
    yield f"  adjudge join - < {asked.output}" if asked.output else f"  adjudge join {invited.secret}"


def _roles(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import change_roles

    roles = [Role(role) for role in asked.role]
    person = change_roles(
        session.house,
        session.actor,
        asked.person,
        roles,
        reason=asked.reason,
        advertiser=asked.advertiser,
    )
    line = session.tongue(
        "{person} has from now on: {roles}", person=person.id, roles=", ".join(person.roles)
    )
    return session.tell([line], form_of(person, "invitation"))


def _deactivate(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import deactivate

    person = deactivate(session.house, session.actor, asked.person, asked.reason)
    line = session.tongue("{person} is shut out from now on.", person=person.id)
    return session.tell([line], form_of(person, "invitation"))


def _expunge(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.staff.people import expunge_person

    person = expunge_person(session.house, session.actor, asked.person, asked.reason)
    line = session.tongue("The name of {person} is expunged; the log shows that it was.", person=person.id)
    return session.tell([line], form_of(person, "invitation"))
