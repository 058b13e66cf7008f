"""`adjudge notice`: notices to advertisers; listed, shown as they were sent, previewed, sent, sent again, corrected."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.problem import ProblemLog
from adjudge.basis.said import say
from adjudge.cli.output import write_chunks
from adjudge.cli.problems import REFUSED_INPUT
from adjudge.cli.session import (
    FORMS,
    Session,
    add_below,
    add_institution,
    add_output,
    add_paging,
    add_reason,
    form_of,
    opened_by,
    page_of,
    refuse,
    refuse_existing,
    table,
    tell,
)
from adjudge.errors import RefusedError
from adjudge.people.act import Act
from adjudge.people.permission import may
from adjudge.records.rows import NoticeState, Purpose
from adjudge.tongues.tongue import Tongue, tongue_of

if TYPE_CHECKING:
    from adjudge.institution.house import House
    from adjudge.letters.letter import Letter
    from adjudge.post.post import Post
    from adjudge.records.rows import DeliveryRow, NoticeRow

JSON, PDF = "json", "pdf"
_ALL_FORMS = (*FORMS, "html", PDF)
_PREVIEWED = (Purpose.DECISION.value, Purpose.REMINDER.value)
"""What tells of a decision alone; the others tell of what was done since."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and those below it."""
    command = commands.add_parser(
        "notice",
        help="notices: list, show, preview, send, resend, correct",
        description="Notices to advertisers. One is owed with what it tells of, made from what is committed, and "
        "delivered by each channel until that is proven. What was sent is kept byte for byte and never changed.",
    )
    kinds = command.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_reading(kinds)
    below = kinds.add_parser(
        "send",
        help="make what is owed, and deliver what is due now",
        description="Make what is owed, and deliver what is due now, as `adjudge up` does by itself. On the machine of "
        "the institution; no key is asked for, since it is no act of anybody.",
    )
    add_institution(below)
    below.add_argument(
        "--all", action="store_true", help="before that, let clocks run out that are due, and owe reminders"
    )
    below.set_defaults(run=_send)
    below = add_below(kinds, "resend", _resend, "send the same bytes again, to the addresses of now")
    _add_notice(below)
    add_reason(below)
    below = add_below(
        kinds, "correct", _correct, "owe a notice in place of one that had a mistake; the reason is told"
    )
    _add_notice(below)
    add_reason(below)


def _add_reading(kinds: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    below = add_below(kinds, "list", _list, "list the notices that you may see, newest first")
    below.add_argument("--advertiser", metavar="SUBJECT", default="", help="to this advertiser only")
    which = below.add_mutually_exclusive_group()
    which.add_argument(
        "--state", choices=[item.value for item in NoticeState], default="", help="in this state only"
    )
    which.add_argument(
        "--failed", action="store_true", help="those only that could not be delivered by some channel"
    )
    add_paging(below)
    below = add_below(
        kinds, "show", _show, "show a notice as it was sent, and its deliveries", forms=_ALL_FORMS
    )
    _add_notice(below)
    add_output(below, "write it to a new file, as it was sent")
    below = add_below(
        kinds,
        "preview",
        _preview,
        "show what would be told of a decision, in the language of --lang; nothing is sent",
        forms=_ALL_FORMS,
    )
    below.add_argument("decision", metavar="DECISION", help="the decision's id, as X-000015")
    below.add_argument(
        "--purpose",
        choices=_PREVIEWED,
        default=Purpose.DECISION.value,
        help="what it tells (default: %(default)s)",
    )
    add_output(below, "write it to a new file")


def _add_notice(command: argparse.ArgumentParser) -> None:
    command.add_argument("notice", metavar="NOTICE", help="the notice's id, as N-000017-1")


# --- read ---


def _list(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.notice_text import notice_cells
    from adjudge.institution.reading.queues import notices_named

    ids = _behind(_ids(session, asked), asked.after)[: asked.most + 1]
    rows, more = page_of(notices_named(session.house, session.actor, ids), asked.most, session.tongue)
    lines = (
        table([notice_cells(row) for row in rows]) if rows else [session.tongue("There are no notices here.")]
    )
    return session.tell([*lines, *more], [form_of(row, "part") for row in rows])


def _ids(session: Session, asked: argparse.Namespace) -> Sequence[str]:
    """Of the part that is asked for; advertisers see what was made, and nothing of how it was sent."""
    from adjudge.institution.reading.queues import Sent, notice_list

    def part(which: Sent) -> Sequence[str]:
        return notice_list(session.house, session.actor, which, asked.advertiser).ids

    is_member = bool(session.actor.advertiser)
    if asked.failed:
        return () if is_member else part(Sent.FAILED)
    if not asked.state or is_member:
        return () if asked.state == NoticeState.OWED else part(Sent.ALL)
    owed = part(Sent.OWED)
    if asked.state == NoticeState.OWED:
        return owed
    waiting = set(owed)
    return [key for key in part(Sent.ALL) if key not in waiting]


def _behind(ids: Sequence[str], after: str) -> Sequence[str]:
    return ids[ids.index(after) + 1 :] if after in ids else () if after else ids


def _show(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.notice_text import MEDIA_TYPES, notice_form, notice_lines
    from adjudge.institution.notifying.reading import form_of as bytes_of
    from adjudge.institution.reading.hearing import notice_overview

    _opened(session, asked.notice)
    found = notice_overview(session.house, session.actor, asked.notice)
    is_made = found.notice.state is NoticeState.MADE
    media_type = MEDIA_TYPES.get(asked.format, MEDIA_TYPES["text"])
    content = bytes_of(session.house, session.actor, asked.notice, media_type) if is_made else b""
    if is_made and (asked.output is not None or asked.format not in FORMS):
        return _written(session, content, asked.output)
    words = content.decode()
    return session.tell(notice_lines(found, words, session.tongue), notice_form(found, words))


def _opened(session: Session, notice: str) -> None:
    """Whoever of the advertiser reads it here has opened it, as on the page."""
    from adjudge.institution.notifying.reading import open_notice, read_notice

    row = read_notice(session.house, session.actor, notice)
    is_new = row.state is NoticeState.MADE and row.opened_at is None
    if is_new and may(session.actor, Act.OPEN_NOTICE, row.advertiser):
        open_notice(session.house, session.actor, row.id)


def _preview(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.cli.notice_text import letter_form
    from adjudge.institution.notifying.making import preview
    from adjudge.letters.text import text_of

    letter = preview(session.house, session.actor, asked.decision, Purpose(asked.purpose), asked.lang)
    if asked.output is not None or asked.format not in FORMS:
        return _written(session, _form(letter, asked.format), asked.output)
    return session.tell(text_of(letter).splitlines(), letter_form(letter))


def _form(letter: "Letter", form: str) -> bytes:
    from adjudge.letters.html import html_of
    from adjudge.letters.pdf import pdf_of
    from adjudge.letters.text import text_of

    if form == PDF:
        return pdf_of(letter)
    return (html_of(letter) if form == "html" else text_of(letter)).encode()


def _written(session: Session, content: bytes, output: Path | None) -> int:
    """To a new file, or as it is to the standard output. Raises RefusedError for bytes that drive a terminal."""
    log = ProblemLog()
    if output is None:
        return _put_out(content)
    refuse_existing(output, log)
    if log.problems:
        return refuse(session, log)
    write_chunks(output, [content])
    file = str(output)
    return session.tell([session.tongue("{file} is written.", file=file)], {"file": file})


def _put_out(content: bytes) -> int:
    if not content.startswith(b"%PDF-"):
        sys.stdout.write(content.decode())
        return 0
    if sys.stdout.isatty():
        raise RefusedError(say("a PDF is not shown on a terminal"), hint=say("write it to a file with `-o`"))
    sys.stdout.buffer.write(content)
    return 0


# --- sent ---


def _send(asked: argparse.Namespace) -> int:
    """Whoever has the machine needs no key; 2 with the problems of the settings."""
    from adjudge.institution.notifying.delivering import deliver_due
    from adjudge.institution.notifying.making import make_owed
    from adjudge.institution.notifying.posting import post_of

    opened = opened_by(asked)
    if opened is None:
        return REFUSED_INPUT
    tongue, post = tongue_of(asked.lang), post_of(opened.settings)
    if asked.all:
        _sweep(opened.house)
    made = make_owed(opened.house)
    tried = deliver_due(opened.house, post)
    waiting = _waiting(opened.house, post)
    form = {
        "made": [form_of(row, "part") for row in made],
        "deliveries": [form_of(row) for row in tried],
        "waiting_for_mail": waiting,
    }
    tell(_sent_lines(made, tried, waiting, tongue), form, as_json=asked.format == JSON)
    return 0


def _sweep(house: "House") -> None:
    """What owes notices by itself."""
    from adjudge.institution.notifying.reminding import remind
    from adjudge.institution.ticking.tick import tick

    tick(house)
    remind(house)


def _waiting(house: "House", post: "Post") -> int:
    from adjudge.institution.notifying.delivering import waiting_for_mail

    with house.records.reading() as records:
        return waiting_for_mail(records, post)


def _sent_lines(
    made: Sequence["NoticeRow"], tried: Sequence["DeliveryRow"], waiting: int, tongue: Tongue
) -> Iterator[str]:
    from adjudge.cli.notice_text import delivery_line

    for row in made:
        yield tongue("The notice {notice} is made: {title}", notice=row.id, title=row.title)
    for item in tried:
        yield delivery_line(item, tongue)
    if waiting:
        yield tongue.plural(
            "{count} e-mail waits: no mail server is set ({setting}).",
            "{count} e-mails wait: no mail server is set ({setting}).",
            waiting,
            setting="ADJUDGE_SMTP_HOST",
        )
    if not made and not tried and not waiting:
        yield tongue("Nothing is owed, and nothing is due.")


def _resend(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.resending import resend

    row = resend(session.house, session.actor, asked.notice, asked.reason)
    line = session.tongue("The notice {notice} is sent again, as it was.", notice=row.id)
    return session.tell([line], form_of(row, "part"))


def _correct(session: Session, asked: argparse.Namespace) -> int:
    from adjudge.institution.notifying.resending import correct

    row = correct(session.house, session.actor, asked.notice, asked.reason)
    line = session.tongue(
        "The notice {notice} is owed in place of {before}, and says what was wrong.",
        notice=row.id,
        before=row.replaces,
    )
    return session.tell([line], form_of(row, "part"))
