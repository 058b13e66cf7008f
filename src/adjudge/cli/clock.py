"""`adjudge clock`: the clocks that bind the platform; listed, given more time, and run out where it is due."""

import argparse
import datetime as dt
from functools import partial

from adjudge.cli import arguments
from adjudge.cli.clock_text import Watch, clock_cells, clock_form, consequence_said
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import (
    Session,
    add_below,
    add_institution,
    add_most,
    add_reason,
    first_of,
    form_of,
    opened_by,
    table,
    tell,
)
from adjudge.clocks.term import ClockKind, Consequence
from adjudge.records.rows import ClockRow, ClockState
from adjudge.tongues.tongue import Tongue, tongue_of


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "clock",
        help="clocks that bind the platform: list, extend, tick",
        description="Clocks that bind the platform. When one runs out, what was declared happens by itself; none of it "
        "is a rejection.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(
        kinds,
        "list",
        _list,
        "list what is owed, whatever is due first before the rest, and what happens at zero",
    )
    which = below.add_mutually_exclusive_group()
    which.add_argument("--overdue", action="store_true", help="only what is overdue and not done yet")
    which.add_argument("--all", action="store_true", help="also what was done, in time or too late")
    below.add_argument("--advertiser", metavar="SUBJECT", default="", help="of this advertiser only")
    add_most(below)
    below = add_below(
        kinds, "extend", _extend, "give a clock more time, for reasons that are told; not your own"
    )
    below.add_argument("clock", metavar="CLOCK", help="the clock's id, as A-000021-decide")
    below.add_argument(
        "--until", metavar="DAY", type=arguments.day, required=True, help="the last day, which counts whole"
    )
    add_reason(below)
    below = kinds.add_parser(
        "tick",
        help="let the clocks run out that are due now",
        description="Let the clocks run out that are due now, as `adjudge up` does by itself. On the machine "
        "of the institution; no key is asked for, since it is no act of anybody.",
    )
    add_institution(below)
    below.set_defaults(run=_tick)


def _list(session: Session, asked: argparse.Namespace) -> int:
    watch = watch_of(session)
    found = [row for row in _rows(session, asked.advertiser) if _is_asked(row, asked, watch)]
    rows, more = first_of(found, asked.most, session.tongue)
    lines = (
        table([clock_cells(row, watch, session.tongue) for row in rows]) if rows else [_none(session, asked)]
    )
    return session.tell([*lines, *more], [clock_form(row, watch) for row in rows])


def _rows(session: Session, advertiser: str) -> list[ClockRow]:
    from adjudge.institution.ticking.reading import clocks_of

    return [*clocks_of(session.house, session.actor, advertiser=advertiser)]


def _is_asked(row: ClockRow, asked: argparse.Namespace, watch: Watch) -> bool:
    late = row.id in watch.late
    return late if asked.overdue else bool(asked.all) or late or row.state is ClockState.RUNNING


def _none(session: Session, asked: argparse.Namespace) -> str:
    return session.tongue("Nothing is overdue.") if asked.overdue else session.tongue("No clock runs.")


def watch_of(session: Session) -> Watch:
    """By what clocks are read now."""
    from adjudge.institution.binding.procedure import calendar_of, read_procedure
    from adjudge.institution.house import time_of
    from adjudge.institution.reading.hearing import foreseen
    from adjudge.institution.ticking.reading import clocks_of

    late = clocks_of(session.house, session.actor, overdue=True)
    return Watch(
        calendar=calendar_of(read_procedure(session.house, session.actor)),
        now=time_of(session.house),
        late=frozenset(row.id for row in late),
        foreseen=partial(foreseen, session.house),
    )


def _extend(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.binding.procedure import calendar_of, read_procedure
    from adjudge.institution.ticking.extending import extend

    calendar = calendar_of(read_procedure(session.house, session.actor))
    due_at = calendar.begins(asked.until + dt.timedelta(days=1))
    row = extend(session.house, session.actor, asked.clock, due_at, asked.reason)
    day = asked.until.isoformat()
    line = session.tongue(
        "The clock {clock} runs until the end of {day}; that is told.", clock=row.id, day=day
    )
    return session.tell([line], form_of(row))


def _tick(asked: argparse.Namespace) -> int:
    """Whoever has the machine needs no key; 2 with the problems of the settings."""
    from adjudge.institution.ticking.tick import tick

    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    tongue = tongue_of(asked.lang)
    rows = tick(opened.house)
    lines = [_ran_out(row, tongue) for row in rows] or [tongue("No clock is due.")]
    tell(lines, [form_of(row) for row in rows], as_json=asked.format == "json")
    return 0


def _ran_out(row: ClockRow, tongue: Tongue) -> str:
    """What was declared; whether it could still be done is told by the log."""
    then = consequence_said(ClockKind(row.kind), Consequence(row.consequence))
    return tongue(
        "The clock {clock} has run out; declared for that: {consequence}.", clock=row.id, consequence=then
    )
