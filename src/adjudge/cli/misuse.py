"""`adjudge misuse`: appeals that are misused; counted, warned of, suspended by somebody else, ended."""

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, add_most, add_reason, first_of, form_of, table
from adjudge.records.rows import MisuseState

if TYPE_CHECKING:
    from adjudge.records.rows import MisuseRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "misuse",
        help="misuse of appeals: figures, list, warn, suspend, end",
        description="Whoever often files what is manifestly unfounded can be warned, and after a warning by somebody "
        "else have the handling of appeals suspended for a time. What is filed meanwhile is kept; requests for reasons "
        "are always answered.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "figures", _figures, "count an advertiser's appeals of the last year")
    below.add_argument("advertiser", metavar="ADVERTISER", help="the advertiser's id")
    below = add_below(kinds, "list", _list, "list the procedures that you may see")
    below.add_argument("--advertiser", metavar="SUBJECT", default="", help="of this advertiser only")
    below.add_argument(
        "--state", choices=[item.value for item in MisuseState], default="", help="in this state only"
    )
    add_most(below)
    below = add_below(kinds, "warn", _warn, "warn an advertiser; the reason is sent")
    below.add_argument("advertiser", metavar="ADVERTISER", help="the advertiser's id")
    below.add_argument(
        "--gravity", metavar="TEXT", required=True, help="how grave it is, and what followed from it"
    )
    below.add_argument(
        "--intention", metavar="TEXT", required=True, help="what the intention was, where it can be known"
    )
    add_reason(below)
    below = add_below(kinds, "suspend", _suspend, "suspend the handling, after a warning by somebody else")
    _add_misuse(below)
    below.add_argument(
        "--until", metavar="DAY", type=arguments.day, required=True, help="the last day, which counts whole"
    )
    add_reason(below)
    below = add_below(kinds, "end", _end, "end a procedure before its day")
    _add_misuse(below)
    add_reason(below)


def _add_misuse(command: argparse.ArgumentParser) -> None:
    command.add_argument("misuse", metavar="PROCEDURE", help="the procedure's id, as U-000041")


def _figures(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.misuse import figures_of

    found, tongue = figures_of(session.house, session.actor, asked.advertiser), session.tongue
    lines = [
        tongue.plural("{count} appeal filed in a year", "{count} appeals filed in a year", found.filed),
        tongue.plural("{count} appeal decided", "{count} appeals decided", found.decided),
        tongue(
            "Manifestly unfounded of these: {number}, which is {share} of a hundred",
            number=found.unfounded,
            share=found.share,
        ),
    ]
    counts = {
        "filed": found.filed,
        "decided": found.decided,
        "unfounded": found.unfounded,
        "share": found.share,
    }
    return session.tell(lines, {"advertiser": asked.advertiser, **counts})


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.misuse import misuses_of

    found = misuses_of(session.house, session.actor, advertiser=asked.advertiser, state=asked.state)
    rows, more = first_of(found, asked.most, session.tongue)
    lines = (
        table([_cells(row) for row in rows])
        if rows
        else [session.tongue("There are no such procedures here.")]
    )
    return session.tell([*lines, *more], [form_of(row) for row in rows])


def _cells(row: "MisuseRow") -> tuple[str, ...]:
    return row.id, str(row.state), row.advertiser, str(row.warned_at), str(row.until or "–"), row.reason


def _warn(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.misuse import warn

    weighed = {"gravity": asked.gravity, "intention": asked.intention}
    return _told(session, warn(session.house, session.actor, asked.advertiser, weighed, asked.reason))


def _suspend(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.misuse import suspend
    from adjudge.institution.reading.hearing import calendar_now

    calendar, _ = calendar_now(session.house)
    until = calendar.begins(asked.until + dt.timedelta(days=1))
    return _told(session, suspend(session.house, session.actor, asked.misuse, until, asked.reason))


def _end(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.misuse import end_misuse

    return _told(session, end_misuse(session.house, session.actor, asked.misuse, asked.reason))


def _told(session: Session, row: "MisuseRow") -> int:
    line = session.tongue("The procedure {misuse} is now: {state}", misuse=row.id, state=str(row.state))
    return session.tell([line], form_of(row))
