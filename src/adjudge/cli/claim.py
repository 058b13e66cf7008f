"""`adjudge claim`: claims recorded, withdrawn, and discounted with reasons; none is deleted, and none is raised."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, add_reason, form_of, read_object, refuse

if TYPE_CHECKING:
    from adjudge.records.rows import ClaimRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "claim",
        help="claims: record, withdraw, discount",
        description="Claims about advertisers and ads. Whatever rests on one that is withdrawn or discounted is "
        "reopened.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "record", _record, "record a claim")
    below.add_argument(
        "file",
        metavar="FILE",
        type=arguments.path,
        help="YAML, as one item of a claims file, without id and recorded_at, which the institution gives",
    )
    below.add_argument(
        "--policy", metavar="POLICY", required=True, help="the policy whose vocabulary it speaks"
    )
    below = add_below(kinds, "withdraw", _withdraw, "withdraw a claim, from now on")
    below.add_argument("id", metavar="CLAIM", help="the claim's id")
    add_reason(below)
    below = add_below(kinds, "discount", _discount, "lower the weight of a claim, from now on")
    below.add_argument("id", metavar="CLAIM", help="the claim's id")
    below.add_argument(
        "--weight", metavar="N", type=int, required=True, help="the new weight, below the present one"
    )
    add_reason(below)


def _record(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.claims import record_claim

    log = ProblemLog()
    content = read_object(asked.file, log)
    if content is None:
        return refuse(session, log)
    row = record_claim(session.house, session.actor, asked.policy, content)
    return _told(session, row, session.tongue("The claim {claim} is recorded.", claim=row.id))


def _withdraw(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.claims import withdraw_claim

    row = withdraw_claim(session.house, session.actor, asked.id, asked.reason)
    return _told(session, row, session.tongue("The claim {claim} is withdrawn.", claim=row.id))


def _discount(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.claims import discount

    row = discount(session.house, session.actor, asked.id, asked.weight, asked.reason)
    line = session.tongue(
        "The claim {claim} takes the place of {old}, and weighs {weight}.",
        claim=row.id,
        old=row.replaces,
        weight=row.weight,
    )
    return _told(session, row, line)


def _told(session: Session, row: "ClaimRow", line: str) -> int:
    return session.tell([line], form_of(row))
