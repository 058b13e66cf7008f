"""`adjudge document`: documents received with their bytes, and expunged where a person's data must go."""

import argparse
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.session import Session, add_below, add_reason, form_of, read_bytes, read_object, refuse

if TYPE_CHECKING:
    from adjudge.institution.material.documents import Upload


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "document",
        help="documents: receive, expunge",
        description="Documents about advertisers, from which claims are read.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "receive", _receive, "receive a document about an advertiser")
    below.add_argument(
        "file",
        metavar="FILE",
        type=arguments.path,
        help="YAML that describes it, as one item of a documents file, without id, which the institution gives",
    )
    below.add_argument("--about", metavar="SUBJECT", required=True, help="the advertiser, or an ad of it")
    below.add_argument(
        "--content",
        metavar="FILE",
        type=arguments.path,
        help="the document itself: PDF, PNG, JPEG or plain text (default: it is only described)",
    )
    below = add_below(kinds, "expunge", _expunge, "expunge the words and bytes of a document")
    below.add_argument("id", metavar="DOCUMENT", help="the document's id")
    add_reason(below)


def _receive(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.documents import receive

    log = ProblemLog()
    content = read_object(asked.file, log)
    if content is None:
        return refuse(session, log)
    row = receive(session.house, session.actor, asked.about, content, _upload(session, asked))
    line = session.tongue("The document {document} is received.", document=row.id)
    return session.tell([line], form_of(row))


def _upload(session: Session, asked: argparse.Namespace) -> "Upload | None":
    from adjudge.institution.material.documents import Upload

    if asked.content is None:
        return None
    content = read_bytes(asked.content, session.house.largest_upload)
    return Upload(content=content, file_name=asked.content.name)


def _expunge(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.material.documents import expunge

    row = expunge(session.house, session.actor, asked.id, asked.reason)
    line = session.tongue("The document {document} is expunged; the log shows that it was.", document=row.id)
    return session.tell([line], form_of(row))
