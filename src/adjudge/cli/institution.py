"""`adjudge institution`: what statements of reasons say of the platform, shown and settled.

What all commands of an institution share (`--data`, who acts, forms) is in `adjudge.cli.session`.
"""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, add_reason, form_of, refuse
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.records.rows import InstitutionRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "institution",
        help="what statements say of the platform: show, settle",
        description="The name of the platform, where one complains and who settles disputes: what every statement of "
        "reasons says. What was sent before it is settled anew keeps what it said.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    add_below(kinds, "show", _show, "show what is settled")
    below = add_below(kinds, "settle", _settle, "settle it anew, from a file")
    below.add_argument(
        "file",
        metavar="FILE",
        type=arguments.path,
        help="YAML: platform and review (a text for each language), complaint, settlement, languages",
    )
    add_reason(below)


def _show(session: Session, _: argparse.Namespace) -> int:
    from adjudge.institution.staff.settling import read_institution

    row = read_institution(session.house, session.actor)
    return session.tell(_lines(row, session.tongue), form_of(row))


def _settle(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.app.files import read_yaml_file
    from adjudge.institution.staff.settlement_file import read_settled
    from adjudge.institution.staff.settling import settle_institution

    log = ProblemLog()
    settled = read_settled(read_yaml_file(asked.file, log), log)
    if settled is None:
        return refuse(session, log)
    row = settle_institution(
        session.house,
        session.actor,
        platform=settled.platform,
        complaint=settled.complaint,
        settlement=settled.settlement,
        review=settled.review,
        languages=settled.languages,
        reason=asked.reason,
    )
    return session.tell(_lines(row, session.tongue), form_of(row))


def _lines(row: "InstitutionRow", tongue: Tongue) -> Iterator[str]:
    if not row.platform:
        yield tongue("Nothing is settled yet: no statement of reasons can be written.")
        return
    yield tongue("Platform: {name}", name=tongue.text(row.platform))
    yield tongue("Complaints: {address}", address=row.complaint)
    yield tongue("Settlement out of court: {address}", address=row.settlement)
    if row.review:
        yield tongue("How complaints are decided: {text}", text=tongue.text(row.review))
    yield tongue("Statements are written in: {languages}", languages=", ".join(row.languages))
