"""`adjudge subject`: advertisers and their ads, recorded in the form of a case file."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, form_of, read_object, refuse
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.records.rows import SubjectRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and the one below it."""
    command = commands.add_parser(
        "subject",
        help="advertisers and their ads: record",
        description="Advertisers and their ads. One that is on record already is recorded anew.",
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
    return session.tell(_lines(row, session.tongue), form_of(row))


def _lines(row: "SubjectRow", tongue: Tongue) -> Iterator[str]:
    from adjudge.institution.binding.approvals import changed, version_in

    yield tongue("{subject} is on record.", subject=row.id)
    version = version_in(row.content)
    if version:
        yield tongue("Its version is {version}.", version=version)
    for item in changed(row):
        yield tongue("It is not as it was approved by {decision}.", decision=item.decision)
