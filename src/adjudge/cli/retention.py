"""`adjudge retention`: what would go by the rules that are settled, what stands in the way, and legal holds."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from adjudge.cli.session import Session, add_below, add_most, add_reason
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.institution.keeping.carrying_out import Seen
    from adjudge.records.rows import ProcedureRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "retention",
        help="what is kept for how long: show, hold, release",
        description="What is no longer needed goes after so many days as are settled (`adjudge procedure settle`, "
        "under `retention`); where nothing is settled, everything is kept. Nothing goes while a measure is in force, a "
        "clock runs, something is open, one may still complain, or a legal hold stands.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "show", _show, "show the rules, and what would go now; nothing is changed")
    add_most(below)
    add_below(kinds, "holds", _holds, "list the legal holds that stand")
    for name, do, told in (
        ("hold", _hold, "hold what is kept of a matter or of an advertiser: nothing of it goes"),
        ("release", _release, "end a legal hold"),
    ):
        below = add_below(kinds, name, do, told)
        below.add_argument("id", metavar="ID", help="the matter, or the advertiser with all its matters")
        add_reason(below)


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.binding.procedure import read_procedure
    from adjudge.institution.keeping.carrying_out import show_due

    row = read_procedure(session.house, session.actor)
    found = show_due(session.house, session.actor, most=asked.most)
    tongue = session.tongue
    items = [
        {
            "rule": item.due.rule,
            "id": item.due.id,
            "advertiser": item.due.advertiser,
            "since": str(item.due.since),
            "standing": [tongue.of(told) for told in item.standing],
        }
        for item in found
    ]
    return session.tell(_lines(row, found, tongue), {"rules": dict(row.retention), "due": items})


def _lines(row: "ProcedureRow", found: "Sequence[Seen]", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.binding.retention import RULES, kept_days

    for name, rule in RULES.items():
        days = kept_days(row, name)
        if days:
            yield tongue.plural(
                "{rule}: {count} day. {what}",
                "{rule}: {count} days. {what}",
                days,
                rule=name,
                what=rule.title,
            )
        else:
            yield tongue(
                "{rule}: kept; {suggested} days are suggested. {what}",
                rule=name,
                suggested=rule.suggested,
                what=rule.title,
            )
    for item in found:
        if item.standing:
            yield tongue(
                "stays: {rule} {id}, since {day}; {why}",
                rule=item.due.rule,
                id=item.due.id,
                day=item.due.since,
                why=tongue.parted([tongue.of(told) for told in item.standing]),
            )
        else:
            yield tongue(
                "goes: {rule} {id}, since {day}", rule=item.due.rule, id=item.due.id, day=item.due.since
            )
    free = sum(not item.standing for item in found)
    yield tongue.plural("{count} thing would go now.", "{count} things would go now.", free)


def _holds(session: Session, _: argparse.Namespace) -> int:
    from adjudge.institution.binding.holds import list_holds

    found = list_holds(session.house, session.actor)
    lines = [
        session.tongue(
            "{id}: held since {day}, by entry {entry}", id=item.subject, day=item.at, entry=str(item.seq)
        )
        for item in found
    ]
    empty = [session.tongue("No legal hold stands.")]
    holds = [{"id": item.subject, "entry": str(item.seq), "at": str(item.at)} for item in found]
    return session.tell(lines or empty, {"holds": holds})


def _hold(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.binding.holds import hold

    entry = hold(session.house, session.actor, asked.id, asked.reason)
    line = session.tongue("{id} is held: nothing of it goes until the hold is ended.", id=entry.subject)
    return session.tell([line], {"id": entry.subject, "entry": str(entry.seq), "held": True})


def _release(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.binding.holds import release

    entry = release(session.house, session.actor, asked.id, asked.reason)
    line = session.tongue("The hold on {id} is ended.", id=entry.subject)
    return session.tell([line], {"id": entry.subject, "entry": str(entry.seq), "held": False})
