"""`adjudge appeal`: appeals and requests for reasons, filed, talked about, acknowledged, assigned, answered, withdrawn.

How an appeal is decided is `adjudge decision propose`, with a file that names the appeal and answers its points.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.cli import arguments
from adjudge.cli.output import write_chunks
from adjudge.cli.session import (
    Session,
    add_below,
    add_output,
    add_paging,
    add_reason,
    add_words,
    form_of,
    page_of,
    read_bytes,
    read_words,
    refuse,
    refuse_existing,
    table,
)
from adjudge.records.rows import AppealKind, AppealState

if TYPE_CHECKING:
    from adjudge.basis.reading.json_text import Plain
    from adjudge.institution.material.documents import Upload
    from adjudge.records.rows import AppealRow


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "appeal",
        help="appeals and requests for reasons: list, show, file, write, attach, withdraw, handle, pack",
        description="Appeals are free and need no form. Each has clocks from the instant at which it is filed. One is "
        "decided by `adjudge decision propose`, by somebody who took no part in what was decided.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_reading(kinds)
    _add_file(add_below(kinds, "file", _file, "appeal against a decision, or ask for its reasons"))
    _add_talking(kinds)
    _add_handling(kinds)


def _add_reading(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(kinds, "list", _list, "list the appeals that you may see")
    below.add_argument("--advertiser", metavar="SUBJECT", default="", help="of this advertiser only")
    below.add_argument(
        "--state", choices=[item.value for item in AppealState], default="", help="in this state only"
    )
    below.add_argument("--mine", action="store_true", help="those only that are assigned to you")
    add_paging(below)
    _add_appeal(
        add_below(
            kinds, "show", _show, "show an appeal: points and answers, what was said, its clocks, what rests"
        )
    )
    below = add_below(
        kinds, "pack", _pack, "write all of a dispute that both sides may see, for the body that settles it"
    )
    below.add_argument("dispute", metavar="DISPUTE", help="the dispute's id, as S-000031")
    add_output(below, "write it to a new file, `.json` or `.pdf` (default: JSON to standard output)")


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")
    command.add_argument(
        "--reasons",
        action="store_true",
        help="ask for the reasons; the decision itself is not appealed by it",
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument(
        "--point",
        metavar="TEXT",
        action="append",
        default=[],
        help="one point, in your words; may be given again",
    )
    which.add_argument(
        "--text",
        metavar="FILE",
        type=arguments.path,
        help="all of it as a text, whose paragraphs are its points: a text file, or - for the standard input",
    )
    command.add_argument(
        "--document",
        metavar="FILE",
        type=arguments.path,
        action="append",
        default=[],
        help="a document to go with it: PDF, PNG, JPEG or plain text; may be given again",
    )
    command.add_argument(
        "--language",
        metavar="TAG",
        default="",
        help="in which it is written, as fr (default: that of the contact)",
    )


def _add_talking(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(kinds, "write", _write, "write in an open appeal; both sides have it")
    _add_appeal(below)
    add_words(below, "what you write")
    below = add_below(kinds, "attach", _attach, "attach a document to an open appeal")
    _add_appeal(below)
    below.add_argument(
        "file", metavar="FILE", type=arguments.path, help="the document: PDF, PNG, JPEG or plain text"
    )
    below.add_argument("--title", metavar="TEXT", required=True, help="what it is")


def _add_handling(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(kinds, "acknowledge", _acknowledge, "say that you have read it, and what happens next")
    _add_appeal(below)
    add_words(below, "what happens next")
    below = add_below(kinds, "assign", _assign, "assign it to somebody who took no part in what was decided")
    _add_appeal(below)
    below.add_argument("--to", metavar="PERSON", required=True, help="the person's id, as P-000003")
    add_reason(below)
    below = add_below(
        kinds, "answer", _answer, "answer a request for reasons; the statement is sent anew with it"
    )
    _add_appeal(below)
    add_words(below, "the answer")
    for name, do, told in (
        ("withdraw", _withdraw, "withdraw your own appeal; you may appeal again in time"),
        ("pause", _pause, "let the measures rest while the appeal is open"),
        ("resume", _resume, "let measures that rest by the appeal have effect again"),
    ):
        below = add_below(kinds, name, do, told)
        _add_appeal(below)
        add_reason(below)


def _add_appeal(command: argparse.ArgumentParser) -> None:
    command.add_argument("appeal", metavar="APPEAL", help="the appeal's id, as A-000021")


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.appeal_text import appeal_cells
    from adjudge.institution.hearing.reading import appeals_of

    mine = {"assignee": session.actor.person} if asked.mine else {}
    found = appeals_of(
        session.house,
        session.actor,
        advertiser=asked.advertiser,
        state=asked.state,
        after=asked.after,
        most=asked.most + 1,
        **mine,
    )
    rows, more = page_of(found, asked.most, session.tongue)
    lines = (
        table([appeal_cells(row) for row in rows]) if rows else [session.tongue("There are no appeals here.")]
    )
    return session.tell([*lines, *more], [form_of(row, "part") for row in rows])


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.appeal_text import appeal_form, appeal_lines
    from adjudge.cli.clock_text import watch_over
    from adjudge.institution.reading.hearing import appeal_overview, decision_heard

    found = appeal_overview(session.house, session.actor, asked.appeal)
    watch = watch_over(session, found.clocks, str(found.appeal.state))
    measures = decision_heard(session.house, session.actor, found.appeal.decision).measures
    return session.tell(
        appeal_lines(found, measures, watch, session.tongue), appeal_form(found, measures, watch)
    )


def _file(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.filing import file_appeal

    points = [read_words(asked.text)] if asked.text is not None else asked.point
    kind = AppealKind.REASONS if asked.reasons else AppealKind.APPEAL
    row = file_appeal(
        session.house,
        session.actor,
        asked.decision,
        points,
        kind=kind,
        documents=_received(session, asked) if asked.document else (),
        language=asked.language,
    )
    lines = [session.tongue("It is filed as {appeal}, and free of charge.", appeal=row.id)]
    return session.tell([*lines, *_due(session, row)], form_of(row, "part"))


def _received(session: Session, asked: argparse.Namespace) -> Sequence[str]:
    """The documents that go with it, of which none is received before all were read."""
    from adjudge.institution.deciding.decisions import read_decision
    from adjudge.institution.material.documents import receive_once

    advertiser = read_decision(session.house, session.actor, asked.decision).advertiser
    uploads = [_upload(session, file) for file in asked.document]
    return [
        receive_once(
            session.house, session.actor, advertiser, _described(asked, advertiser, upload), upload
        ).id
        for upload in uploads
    ]


def _described(asked: argparse.Namespace, advertiser: str, upload: "Upload") -> "dict[str, Plain]":
    """What can be said of a document that comes with an appeal, which is its name and from where it is."""
    return {
        "kind": "other",
        "title": upload.file_name,
        "publisher": advertiser,
        "language": asked.language or asked.lang,
        "precision": "unknown",
        "status": "primary",
        "sources": [f"decision:{asked.decision}"],
        "summary": {},
    }


def _upload(session: Session, file: Path) -> "Upload":
    from adjudge.institution.material.documents import Upload, media_type_of

    content = read_bytes(file, session.house.largest_upload)
    media_type_of(content, session.house.largest_upload)
    return Upload(content=content, file_name=file.name)


def _due(session: Session, row: "AppealRow") -> Sequence[str]:
    """Until when the platform has to do what, and what happens by itself otherwise."""
    from adjudge.cli.appeal_text import clock_lines
    from adjudge.cli.clock_text import watch_over
    from adjudge.institution.reading.hearing import appeal_overview

    found = appeal_overview(session.house, session.actor, row.id)
    watch = watch_over(session, found.clocks, str(row.state))
    return clock_lines(found.clocks, watch, session.tongue)


def _write(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.talking import write

    row = write(session.house, session.actor, asked.appeal, read_words(asked.text))
    line = session.tongue("It stands in the appeal {appeal} as {message}.", appeal=row.appeal, message=row.id)
    return session.tell([line], form_of(row, "part"))


def _attach(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.talking import attach

    upload = _upload(session, asked.file)
    row = attach(session.house, session.actor, asked.appeal, upload, asked.title)
    line = session.tongue("The document {document} is received.", document=row.id)
    return session.tell([line], form_of(row))


def _acknowledge(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.handling import acknowledge

    return _told(session, acknowledge(session.house, session.actor, asked.appeal, read_words(asked.text)))


def _assign(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.handling import assign

    return _told(session, assign(session.house, session.actor, asked.appeal, asked.to, asked.reason))


def _answer(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.handling import answer_reasons

    return _told(session, answer_reasons(session.house, session.actor, asked.appeal, read_words(asked.text)))


def _withdraw(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.filing import withdraw

    return _told(session, withdraw(session.house, session.actor, asked.appeal, asked.reason))


def _pause(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.relief import pause

    row = pause(session.house, session.actor, asked.appeal, asked.reason)
    line = session.tongue("The measures rest while {appeal} is open; that is told.", appeal=row.id)
    return session.tell([line], form_of(row, "part"))


def _resume(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.relief import resume

    row = resume(session.house, session.actor, asked.appeal, asked.reason)
    line = session.tongue("What rested by {appeal} has effect again; that is told.", appeal=row.id)
    return session.tell([line], form_of(row, "part"))


def _told(session: Session, row: "AppealRow") -> int:
    line = session.tongue("{appeal} is now: {state}", appeal=row.id, state=str(row.state))
    whose = session.tongue("It is assigned to {person}.", person=row.assignee)
    return session.tell([line, whose] if row.assignee else [line], form_of(row, "part"))


def _pack(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.hearing.pack import pack

    found = pack(session.house, session.actor, asked.dispute)
    if asked.output is None:
        return session.tell(_json(found).splitlines(), found)
    log = ProblemLog()
    refuse_existing(asked.output, log)
    if log.problems:
        return refuse(session, log)
    write_chunks(
        asked.output, [_pack_pdf(session, asked) if _is_pdf(asked.output) else _json(found).encode()]
    )
    file = str(asked.output)
    return session.tell([session.tongue("{file} is written.", file=file)], {"file": file})


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def _pack_pdf(session: Session, asked: argparse.Namespace) -> bytes:
    from adjudge.institution.notifying.packing import pack_letter
    from adjudge.letters.pdf import pdf_of

    return pdf_of(pack_letter(session.house, session.actor, asked.dispute, asked.lang))
