"""`adjudge subject`: advertisers and their ads, recorded in the form of a case file."""

import argparse

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, form_of, read_object, refuse


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and the one below it."""
    command = commands.add_parser(
        "subject",
        help="advertisers and their ads: record",
        description="Advertisers and their ads. One that is on record already is recorded anew, with other names.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "record", _record, "record an advertiser, or an ad of one that is recorded")
    below.add_argument(
        "file", metavar="FILE", type=arguments.path, help="YAML, as one item under subjects: of a case"
    )


def _record(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.subjects import record_subject

    log = ProblemLog()
    content = read_object(asked.file, log)
    if content is None:
        return refuse(session, log)
    row = record_subject(session.house, session.actor, content)
    line = session.tongue("{subject} is on record.", subject=row.id)
    return session.tell([line], form_of(row))
