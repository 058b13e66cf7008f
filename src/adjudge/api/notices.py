"""Notices over HTTP: listed, read as they were sent, opened, sent again, corrected; and previewed for a decision.

That a member's program reads a notice does not open it: whoever shows it to somebody says so (`open`).
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from adjudge.api.caller import Caller, caller_of
from adjudge.api.choosing import Asked, as_file, chosen
from adjudge.api.decisions import receipt_answer
from adjudge.api.endpoint import acts, reads
from adjudge.api.paging import PART, Cursor, Limit, behind, page_of
from adjudge.api.shapes.matters import Reason
from adjudge.api.shapes.notices import DeliveryShape, LetterShape, NoticeShape, NoticeWholeShape
from adjudge.api.shapes.shape import Bytes, Page
from adjudge.institution.notifying import reading, resending
from adjudge.institution.notifying.making import preview
from adjudge.institution.reading.hearing import notice_overview
from adjudge.institution.reading.queues import Sent, notice_list
from adjudge.letters.forms import HTML, JSON, PDF, TEXT
from adjudge.letters.html import html_of
from adjudge.letters.letter import Letter
from adjudge.letters.pdf import pdf_of
from adjudge.letters.text import text_of
from adjudge.people.act import Act
from adjudge.people.permission import permit
from adjudge.records.rows import NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import NOTICES

router = Router(tags=["notices"])
SENT_AS = (TEXT, HTML, PDF)
"""The forms in which a notice is sent to people."""
_ENDINGS: Mapping[str, str] = {TEXT: "txt", HTML: "html", PDF: "pdf"}
_MADE = ("notice:made",)
Language = Annotated[str, Query(max_length=35)]


@reads(router, "/notices", act=Act.READ_MATTER, gives=Page[NoticeShape])
def list_notices(
    request: HttpRequest,
    *,
    advertiser: Asked = "",
    about: Asked = "",
    of: Asked = "",
    purpose: Purpose | None = None,
    state: NoticeState | None = None,
    unread: bool = False,
    failed: bool = False,
    cursor: Cursor = "",
    limit: Limit = PART,
) -> Page[NoticeShape]:
    """List the notices that one may read.

    Advertisers see those that are made. `about` is a decision, `of` an appeal, a clock, a dispute or a procedure for
    misuse; `unread` are those that nobody of the advertiser opened, `failed` those that a channel could not deliver.
    """
    caller = caller_of(request)
    whose = advertiser or caller.actor.advertiser
    permit(caller.actor, Act.READ_MATTER, whose)
    if caller.actor.advertiser:
        if state is NoticeState.OWED:
            return Page[NoticeShape](items=[], next=None)
        state = NoticeState.MADE
    wanted = {
        "advertiser": whose,
        "about": about,
        "of": of,
        "purpose": purpose.value if purpose else "",
        "state": state.value if state else "",
    }
    where = {name: value for name, value in wanted.items() if value}
    undelivered = _failed(caller, whose) if failed else frozenset()

    def found(after: str, most: int) -> Sequence[NoticeRow]:
        with caller.house.records.reading() as records:
            return records.find(NOTICES, after=after, most=most, **where)

    def keeps(row: NoticeRow) -> bool:
        is_unread = row.state is NoticeState.MADE and row.opened_at is None
        return (is_unread or not unread) and (row.id in undelivered or not failed)

    return page_of(
        request, Page[NoticeShape], found, NoticeShape.model_validate, cursor=cursor, limit=limit, keeps=keeps
    )


def _failed(caller: Caller, advertiser: str) -> frozenset[str]:
    """Notices that some channel could not deliver; advertisers are told nothing of how they were sent."""
    if caller.actor.advertiser:
        return frozenset()
    return frozenset(notice_list(caller.house, caller.actor, Sent.FAILED, advertiser).ids)


@reads(router, "/notices/{notice_id}", act=Act.READ_MATTER, gives=NoticeWholeShape)
def read_notice(request: HttpRequest, notice_id: str) -> NoticeWholeShape:
    """Read what is known of a notice."""
    caller = caller_of(request)
    found = notice_overview(caller.house, caller.actor, notice_id)
    row = NoticeShape.model_validate(found.notice)
    return NoticeWholeShape(**row.model_dump(), replaced_by=[item.id for item in found.later])


@reads(router, "/notices/{notice_id}/content", act=Act.READ_MATTER, gives=Bytes, media=SENT_AS)
def read_notice_content(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Read a notice as it was sent, byte for byte, in the form that `Accept` asks for.

    It does not count as opened by this: a program that shows it to somebody of the advertiser says so (`open`).
    """
    caller = caller_of(request)
    reading.read_notice(caller.house, caller.actor, notice_id)
    media_type = chosen(request, SENT_AS)
    content = reading.form_of(caller.house, caller.actor, notice_id, media_type)
    return as_file(content, media_type, f"notice-{notice_id}.{_ENDINGS[media_type]}")


@reads(router, "/notices/{notice_id}/deliveries", act=Act.READ_MATTER, gives=Page[DeliveryShape])
def list_deliveries(
    request: HttpRequest, notice_id: str, *, cursor: Cursor = "", limit: Limit = PART
) -> Page[DeliveryShape]:
    """List how a notice went out."""
    caller = caller_of(request)
    rows = reading.deliveries_of(caller.house, caller.actor, notice_id)
    return page_of(
        request,
        Page[DeliveryShape],
        partial(behind, rows),
        DeliveryShape.model_validate,
        cursor=cursor,
        limit=limit,
    )


@reads(router, "/notices/{notice_id}/receipt", act=Act.READ_MATTER, gives=Bytes, media=(JSON,))
def read_notice_receipt(request: HttpRequest, notice_id: str) -> HttpResponse:
    """Read the receipt of the entry by which a notice was made, as `adjudge verify` takes it."""
    caller = caller_of(request)
    reading.read_notice(caller.house, caller.actor, notice_id)
    return receipt_answer(caller, notice_id, kinds=_MADE)


@acts(router, "/notices/{notice_id}/open", act=Act.OPEN_NOTICE, gives=NoticeShape)
def open_notice(request: HttpRequest, notice_id: str) -> NoticeShape:
    """Note that somebody of the advertiser opened a notice. The first time stands."""
    caller = caller_of(request)
    row = reading.read_notice(caller.house, caller.actor, notice_id)
    permit(caller.actor, Act.OPEN_NOTICE, row.advertiser)
    return NoticeShape.model_validate(reading.open_notice(caller.house, caller.actor, notice_id))


@acts(router, "/notices/{notice_id}/resend", act=Act.RESEND, gives=NoticeShape, of=read_notice)
def resend_notice(request: HttpRequest, notice_id: str, body: Reason) -> NoticeShape:
    """Send a notice again, as it was, to the addresses of now."""
    caller = caller_of(request)
    row = resending.resend(caller.house, caller.actor, notice_id, body.reason)
    return NoticeShape.model_validate(row)


@acts(router, "/notices/{notice_id}/correct", act=Act.CORRECT, gives=NoticeShape, status=201, of=read_notice)
def correct_notice(request: HttpRequest, notice_id: str, body: Reason) -> NoticeShape:
    """Owe a notice in place of one that had a mistake; the reason says what was wrong, and is told in it."""
    caller = caller_of(request)
    row = resending.correct(caller.house, caller.actor, notice_id, body.reason)
    return NoticeShape.model_validate(row)


@reads(
    router,
    "/decisions/{decision_id}/notice",
    act=Act.READ_MATTER,
    gives=LetterShape,
    media=SENT_AS,
)
def preview_notice(
    request: HttpRequest, decision_id: str, *, purpose: Purpose = Purpose.DECISION, language: Language = ""
) -> LetterShape | HttpResponse:
    """Read what would be told of a decision now; of a proposal, as if it were issued now. Nothing is sent or kept."""
    caller = caller_of(request)
    letter = preview(caller.house, caller.actor, decision_id, purpose, language)
    media_type = chosen(request, (JSON, *SENT_AS))
    if media_type == JSON:
        return LetterShape.model_validate({**_told(letter), "text": text_of(letter)})
    return as_file(_form(letter, media_type), media_type, f"preview-{decision_id}.{_ENDINGS[media_type]}")


def _told(letter: Letter) -> dict[str, object]:
    names = ("id", "language", "sender", "addressee", "references", "day", "title")
    return {name: getattr(letter, name) for name in names}


def _form(letter: Letter, media_type: str) -> bytes:
    if media_type == PDF:
        return pdf_of(letter)
    return (html_of(letter) if media_type == HTML else text_of(letter)).encode()
