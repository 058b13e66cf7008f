"""`adjudge dispute`: disputes before a body of out-of-court settlement; referred, decided there, answered here."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.instant import Instant, start_of_day
from adjudge.basis.said import say
from adjudge.cli import arguments
from adjudge.cli.session import (
    Session,
    add_below,
    add_most,
    add_reason,
    add_words,
    first_of,
    form_of,
    read_bytes,
    read_words,
    table,
)
from adjudge.records.rows import DisputeState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adjudge.basis.reading.json_text import Plain
    from adjudge.institution.material.documents import Upload
    from adjudge.records.rows import DisputeRow
    from adjudge.tongues.tongue import Tongue

RECORDED = {
    "advertiser": say("It was recorded by the advertiser."),
    "platform": say("It was recorded by the platform."),
}
"""Who recorded what a body found."""
OUTCOMES = ("for_advertiser", "partly", "for_platform")


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "dispute",
        help="settlement out of court: list, show, refer, outcome, carry-out, not-follow, end",
        description="An advertiser may bring a decision before a certified body of its choice. Its outcome does not "
        "bind, and is answered: carried out by a decision, or not followed, with reasons. `adjudge appeal pack` gives "
        "what the body needs.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    below = add_below(kinds, "list", _list, "list the disputes that you may see")
    below.add_argument("--advertiser", metavar="SUBJECT", default="", help="of this advertiser only")
    below.add_argument("--decision", metavar="DECISION", default="", help="about this decision only")
    below.add_argument(
        "--state", choices=[item.value for item in DisputeState], default="", help="in this state only"
    )
    add_most(below)
    _add_dispute(add_below(kinds, "show", _show, "show a dispute"))
    below = add_below(kinds, "refer", _refer, "record that a decision was brought before a body")
    below.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")
    below.add_argument("--body", metavar="NAME", required=True, help="what the body is called")
    below.add_argument(
        "--reference", metavar="TEXT", default="", help="under what reference it has the dispute"
    )
    add_reason(below)
    _add_answering(kinds)


def _add_answering(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(kinds, "outcome", _outcome, "record what the body found, in its own words")
    _add_dispute(below)
    below.add_argument("outcome", metavar="FOR", choices=OUTCOMES, help=f"one of: {', '.join(OUTCOMES)}")
    add_words(below, "what it found")
    below.add_argument(
        "--document",
        metavar="FILE",
        type=arguments.path,
        action="append",
        default=[],
        help="what the body sent: PDF, PNG, JPEG or plain text; may be given again. Members give one, or name one",
    )
    below.add_argument(
        "--received",
        metavar="DOCUMENT",
        action="append",
        default=[],
        help="the id of a document that was received already; may be given again",
    )
    below = add_below(
        kinds, "carry-out", _carry_out, "record that the outcome was carried out, by a decision"
    )
    _add_dispute(below)
    below.add_argument(
        "--by", metavar="DECISION", required=True, help="a decision on the same subject that was issued since"
    )
    add_reason(below)
    for name, do, told in (
        ("not-follow", _not_follow, "record that the outcome is not followed; the reason is sent"),
        ("end", _end, "record that it ended without an outcome: withdrawn, or not taken by the body"),
    ):
        below = add_below(kinds, name, do, told)
        _add_dispute(below)
        add_reason(below)


def _add_dispute(command: argparse.ArgumentParser) -> None:
    command.add_argument("dispute", metavar="DISPUTE", help="the dispute's id, as S-000031")


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import disputes_of

    found = disputes_of(
        session.house, session.actor, advertiser=asked.advertiser, decision=asked.decision, state=asked.state
    )
    rows, more = first_of(found, asked.most, session.tongue)
    cells = [(row.id, str(row.state), row.decision, row.advertiser, row.body) for row in rows]
    lines = table(cells) if rows else [session.tongue("There are no disputes here.")]
    return session.tell([*lines, *more], [form_of(row) for row in rows])


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import read_dispute

    row = read_dispute(session.house, session.actor, asked.dispute)
    lines = [*_lines(row, session.tongue)]
    if row.state is DisputeState.REFERRED:
        lines.append(session.tongue("The body decides by {day} at the latest.", day=_last_day(session, row)))
    return session.tell(lines, form_of(row))


def _last_day(session: Session, row: "DisputeRow") -> Instant:
    """The last whole day before it is too late, in the institution's zone."""
    from adjudge.institution.reading.hearing import calendar_now

    calendar, _ = calendar_now(session.house)
    return start_of_day(calendar.day(Instant(row.due_at.nanos - 1)))


def _lines(row: "DisputeRow", tongue: "Tongue") -> "Iterator[str]":
    yield tongue(
        "The dispute {dispute} ({state}) about the decision {decision}, of {advertiser}",
        dispute=row.id,
        state=str(row.state),
        decision=row.decision,
        advertiser=row.advertiser,
    )
    yield tongue("Before {body} since {day}.", body=row.body, day=row.referred_at)
    if row.reference:
        yield tongue("Its reference there: {reference}", reference=row.reference)
    if row.outcome:
        yield tongue("Outcome: {outcome}", outcome=row.outcome)
        yield row.recommended
        if row.recorded_by:
            yield tongue.of(RECORDED[row.recorded_by])
        for document in row.documents:
            yield tongue("Shown by the document {document}", document=document)
    if row.result:
        yield tongue("Carried out by the decision {decision}.", decision=row.result)
    if row.reason:
        yield tongue("The last reason that was given: {reason}", reason=row.reason)


def _refer(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import refer

    row = refer(session.house, session.actor, asked.decision, asked.body, asked.reference, asked.reason)
    return _told(session, row)


def _outcome(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import record_outcome, refuse_outcome

    words = read_words(asked.text)
    refuse_outcome(session.house, session.actor, asked.dispute, asked.outcome, words)
    documents = [*asked.received, *(_received(session, asked) if asked.document else ())]
    row = record_outcome(
        session.house, session.actor, asked.dispute, asked.outcome, words, documents=documents
    )
    return _told(session, row)


def _received(session: Session, asked: argparse.Namespace) -> Sequence[str]:
    """What the body sent, of which nothing is received before all was read."""
    from adjudge.institution.hearing.settlement import read_dispute
    from adjudge.institution.material.documents import receive_once

    row = read_dispute(session.house, session.actor, asked.dispute)
    uploads = [_upload(session, file) for file in asked.document]
    return [
        receive_once(session.house, session.actor, row.advertiser, _described(asked, row, upload), upload).id
        for upload in uploads
    ]


def _described(asked: argparse.Namespace, row: "DisputeRow", upload: "Upload") -> "dict[str, Plain]":
    """What can be said of a document of a body, which is its name and from where it is."""
    return {
        "kind": "other",
        "title": upload.file_name,
        "publisher": row.body,
        "language": asked.lang,
        "precision": "unknown",
        "status": "primary",
        "sources": [f"dispute:{row.id}"],
        "summary": {},
    }


def _upload(session: Session, file: Path) -> "Upload":
    from adjudge.institution.material.documents import Upload, media_type_of

    content = read_bytes(file, session.house.largest_upload)
    media_type_of(content, session.house.largest_upload)
    return Upload(content=content, file_name=file.name)


def _carry_out(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import carry_out

    return _told(session, carry_out(session.house, session.actor, asked.dispute, asked.by, asked.reason))


def _not_follow(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import not_follow

    return _told(session, not_follow(session.house, session.actor, asked.dispute, asked.reason))


def _end(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.settlement import end_dispute

    return _told(session, end_dispute(session.house, session.actor, asked.dispute, asked.reason))


def _told(session: Session, row: "DisputeRow") -> int:
    line = session.tongue("The dispute {dispute} is now: {state}", dispute=row.id, state=str(row.state))
    return session.tell([line], form_of(row))
