"""`adjudge matter`: matters listed, shown as of any time, opened, assigned, evaluated, closed, reopened."""

import argparse
from typing import TYPE_CHECKING

from adjudge.cli import arguments
from adjudge.cli.session import (
    Session,
    add_below,
    add_paging,
    add_reason,
    form_of,
    page_of,
    table,
)
from adjudge.evidence.notice import Automation, Source
from adjudge.institution.queue.asked import Order, View
from adjudge.institution.queue.digits import WAITERS
from adjudge.records.rows import MatterState

if TYPE_CHECKING:
    from adjudge.records.rows import MatterRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "matter",
        help="matters: list, show, open, assign, evaluate, close, reopen",
        description="A matter is an advertiser with its ads, looked at under one policy.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "list", _list, "list the matters that you may see")
    _add_list(below)
    _add_show(add_below(kinds, "show", _show, "show a matter: what is known, what follows, what was decided"))
    _add_open(add_below(kinds, "open", _open, "open a matter"))
    below = add_below(kinds, "assign", _assign, "assign a matter to somebody who works on matters")
    _add_matter(below)
    below.add_argument("person", metavar="PERSON", help="the person's id, as P-000003")
    _add_seen(below)
    _add_matter(add_below(kinds, "evaluate", _evaluate, "evaluate a matter now, on record"))
    for name, do, told in (
        ("close", _close, "close a matter in which nothing is left to decide"),
        ("reopen", _reopen, "reopen a matter"),
    ):
        below = add_below(kinds, name, do, told)
        _add_matter(below)
        _add_seen(below)


def _add_list(command: argparse.ArgumentParser) -> None:
    """What of the queue is listed."""
    command.add_argument(
        "--view", choices=[view.value for view in View if view is not View.WAITING], default=View.ALL.value,
        help="a part of the queue (default: %(default)s)",
    )  # fmt: skip
    command.add_argument("--waiting", choices=WAITERS, help="only those that wait for them")
    command.add_argument(
        "--sort", choices=[order.value for order in Order], default=Order.OLDEST.value,
        help="what stands first (default: %(default)s)",
    )  # fmt: skip
    command.add_argument("--state", choices=[state.value for state in MatterState], help="in this state only")
    command.add_argument("--policy", metavar="POLICY", default="", help="under this policy only")
    command.add_argument("--advertiser", metavar="SUBJECT", default="", help="of this advertiser only")
    command.add_argument("--territory", metavar="CC", type=arguments.country, help="of this country only")
    add_paging(command)


def _add_matter(command: argparse.ArgumentParser) -> None:
    command.add_argument("matter", metavar="MATTER", help="the matter's id, as M-000013")


def _add_seen(command: argparse.ArgumentParser) -> None:
    """How the matter was when it was looked at: what was changed since is not overruled unseen."""
    command.add_argument(
        "--seen",
        metavar="N",
        type=int,
        help="the state number that `matter show` gave (default: as it is now)",
    )
    add_reason(command)


def _add_show(command: argparse.ArgumentParser) -> None:
    _add_matter(command)
    command.add_argument(
        "--as-of", metavar="DATE", type=arguments.instant, help="the valid time (default: now)"
    )
    command.add_argument(
        "--known-at", metavar="DATE", type=arguments.instant, help="what was known by then (default: now)"
    )
    command.add_argument("--full", action="store_true", help="the answer with every detail")


def _add_open(command: argparse.ArgumentParser) -> None:
    command.add_argument("--advertiser", metavar="SUBJECT", required=True, help="whom it is about")
    command.add_argument("--policy", metavar="POLICY", required=True, help="by which policy")
    command.add_argument(
        "--territory",
        metavar="CC",
        type=arguments.country,
        help="a country (default: everywhere)",
    )
    command.add_argument(
        "--source", choices=[item.value for item in Source], default=Source.OWN_INITIATIVE.value,
        help="what led to it (default: %(default)s)",
    )  # fmt: skip
    command.add_argument(
        "--detection", choices=[item.value for item in Automation], default=Automation.NOT.value,
        help="how far automated means detected it (default: %(default)s)",
    )  # fmt: skip
    command.add_argument(
        "--notified", metavar="CLAIM", action="append", default=[],
        help="a claim that was read in the notice of a third party; may be given again",
    )  # fmt: skip
    add_reason(command)


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.queue.asked import asked_from
    from adjudge.institution.reading.queued import queue_page, standing_at

    told = {
        "view": View.WAITING.value if asked.waiting else asked.view,
        "on": asked.waiting or "",
        "order": asked.sort,
        "territory": asked.territory or "",
        **{name: getattr(asked, name) or "" for name in ("state", "policy", "advertiser")},
    }
    wanted = asked_from(told, session.actor)
    after = standing_at(session.house, session.actor, wanted, asked.after) if asked.after else None
    page = queue_page(session.house, session.actor, wanted, after=after, most=asked.most + 1)
    rows, more = page_of([item.matter for item in page.rows], asked.most, session.tongue)
    lines = table([(row.id, row.state.value, row.advertiser, row.policy, row.assignee) for row in rows])
    if not rows:
        lines = [session.tongue("There are no matters here.")]
    return session.tell([*lines, *more], [form_of(row) for row in rows])


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.matter_text import overview_form, overview_lines
    from adjudge.institution.reading.overview import matter_overview

    found = matter_overview(
        session.house, session.actor, asked.matter, valid_at=asked.as_of, known_at=asked.known_at
    )
    if session.as_json:
        return session.tell((), overview_form(found, session.tongue))
    return session.tell(overview_lines(found, session.tongue, full=asked.full), None)


def _open(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.matters import open_matter

    row = open_matter(
        session.house,
        session.actor,
        asked.advertiser,
        asked.policy,
        reason=asked.reason,
        territory=asked.territory or "",
        source=Source(asked.source),
        detection=Automation(asked.detection),
        notified=asked.notified,
    )
    return _told(session, row)


def _assign(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.matters import assign

    seen = _seen(session, asked)
    row = assign(session.house, session.actor, asked.matter, asked.person, reason=asked.reason, seen=seen)
    return _told(session, row)


def _evaluate(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.matter_text import evaluation_lines
    from adjudge.institution.deciding.matters import evaluate_matter

    found = evaluate_matter(session.house, session.actor, asked.matter)
    return session.tell(evaluation_lines(found, session.tongue), found)


def _close(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.matters import close

    seen = _seen(session, asked)
    return _told(session, close(session.house, session.actor, asked.matter, reason=asked.reason, seen=seen))


def _reopen(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.matters import reopen

    seen = _seen(session, asked)
    return _told(session, reopen(session.house, session.actor, asked.matter, reason=asked.reason, seen=seen))


def _seen(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.deciding.matters import read_matter

    if asked.seen is not None:
        return int(asked.seen)
    return read_matter(session.house, session.actor, asked.matter).seen


def _told(session: Session, row: "MatterRow") -> int:
    line = session.tongue("The matter {matter} is now: {state}", matter=row.id, state=row.state.value)
    whose = session.tongue("It is assigned to {person}.", person=row.assignee)
    return session.tell([line, whose] if row.assignee else [line], form_of(row))
