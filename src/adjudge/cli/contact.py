"""`adjudge contact`: how an advertiser is reached beside its page, shown and settled; secrets are shown once."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.cli.output import secret_file
from adjudge.cli.session import Session, add_below, add_output, add_reason, form_of, tell_secret
from adjudge.tongues.tongue import LANGUAGES, Tongue

if TYPE_CHECKING:
    from adjudge.records.rows import ContactRow

_SECRET = "webhook_secret"  # noqa: S105 - the name of a field


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "contact",
        help="how advertisers are reached: show, settle, expunge",
        description="How an advertiser is reached beside its page, on which every notice stands in any case, and in "
        "which language it is written to.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_advertiser(add_below(kinds, "show", _show, "show how an advertiser is reached"))
    below = add_below(kinds, "settle", _settle, "settle anew how an advertiser is reached")
    _add_advertiser(below)
    below.add_argument("--language", choices=LANGUAGES, required=True, help="in which it is written to")
    below.add_argument(
        "--email",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="an e-mail address; may be given again",
    )
    below.add_argument(
        "--webhook", metavar="URL", default="", help="an HTTPS address to which notices are posted, signed"
    )
    below.add_argument(
        "--new-secret",
        action="store_true",
        help="make another secret for the webhook: the one before was lost",
    )
    add_output(below, "write the secret of the webhook to a new file")
    add_reason(below)
    below = add_below(
        kinds, "expunge", _expunge, "expunge the addresses of an advertiser, also those to which notices went"
    )
    _add_advertiser(below)
    add_reason(below)


def _add_advertiser(command: argparse.ArgumentParser) -> None:
    command.add_argument("advertiser", metavar="ADVERTISER", help="the advertiser's id")


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.contacts import read_contact

    row = read_contact(session.house, session.actor, asked.advertiser)
    return session.tell(_lines(row, session.tongue), form_of(row, _SECRET, "part"))


def _settle(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.contacts import settle_contact, taken_along

    output = asked.output if asked.webhook else None
    with secret_file(output) as keep:
        row = settle_contact(
            session.house,
            session.actor,
            asked.advertiser,
            language=asked.language,
            emails=tuple(asked.email),
            webhook=asked.webhook,
            reason=asked.reason,
            new_secret=asked.new_secret,
        )
        if row.webhook_secret:
            keep(row.webhook_secret)
    lines = [*_lines(row, session.tongue)]
    if row.webhook_secret:
        lines.append(session.tongue("What is posted is signed with a secret, which the receiver needs."))
        lines.append(session.tongue("The institution keeps it in its database, to sign with."))
        lines.extend(tell_secret(session.tongue, row.webhook_secret, output, is_kept=True))
    moved = taken_along(session.house, session.actor, asked.advertiser)
    if moved:
        lines.append(_moved(moved, session.tongue))
    shown = (row.webhook_secret or None) if output is None else None
    return session.tell(
        lines, {**form_of(row, _SECRET, "part"), "secret": shown, "notices_taken_along": moved}
    )


def _expunge(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.forgetting import expunge_contact

    row = expunge_contact(session.house, session.actor, asked.advertiser, asked.reason)
    line = session.tongue(
        "The addresses of {advertiser} are expunged; the log shows that they were.", advertiser=row.id
    )
    return session.tell([line], form_of(row, _SECRET, "part"))


def _moved(count: int, tongue: Tongue) -> str:
    return tongue.plural(
        "{count} notice that waited for an address that is gone goes to those of now.",
        "{count} notices that waited for an address that is gone go to those of now.",
        count,
    )


def _lines(row: "ContactRow", tongue: Tongue) -> Iterator[str]:
    yield tongue(
        "{advertiser} is written to in {language}, and finds every notice on its page.",
        advertiser=row.id,
        language=row.language,
    )
    for address in row.emails:
        yield tongue("By e-mail to {address}", address=address)
    if row.webhook:
        yield tongue("By webhook to {address}", address=row.webhook)
