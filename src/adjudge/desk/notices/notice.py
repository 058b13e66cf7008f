"""The page of one notice: its letter as it was sent, and for staff how it was delivered, sent again, corrected."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from adjudge.desk.frame.acting import FRESH, Forms, acting
from adjudge.desk.frame.framing import show
from adjudge.desk.frame.visit import Visit
from adjudge.desk.words.hearing import CHANNELS, DELIVERY_STATES, PURPOSES
from adjudge.institution.notifying.making import letter_for
from adjudge.institution.notifying.reading import form_of, open_notice, read_notice
from adjudge.institution.notifying.resending import correct, resend
from adjudge.institution.reading.hearing import notice_overview
from adjudge.institution.reading.listing import names_of
from adjudge.institution.record.log import receipt
from adjudge.ledger.receipt import receipt_bytes
from adjudge.letters.letter import Letter
from adjudge.letters.spans import fit_letter
from adjudge.letters.text import text_of
from adjudge.people.act import Act
from adjudge.people.permission import not_found
from adjudge.records.rows import NoticeRow, NoticeState

TEXT = "text/plain"
FORMS = {"pdf": "application/pdf", "txt": TEXT, "html": "text/html"}
"""By the ending of the file: the forms in which a notice is sent."""
MADE = ("notice:made",)


def notice_page(visit: Visit, notice_id: str, forms: Forms = FRESH) -> HttpResponseBase:
    """A notice; that a member opened it is noted, once."""
    row = read_notice(visit.house, visit.actor, notice_id)
    if row.state is NoticeState.MADE and row.opened_at is None and visit.may(Act.OPEN_NOTICE, row.advertiser):
        open_notice(visit.house, visit.actor, notice_id)
    found = notice_overview(visit.house, visit.actor, notice_id)
    is_made = found.notice.state is NoticeState.MADE
    letter, text = _words(visit, found.notice) if is_made else (None, "")
    return show(
        visit,
        "notices/notice.html",
        status=forms.status,
        forms=forms,
        row=found.notice,
        letter=letter,
        text=text,
        deliveries=found.deliveries,
        later=found.later,
        endings=[ending for ending, media in FORMS.items() if media in found.notice.forms],
        purposes=PURPOSES,
        channels=CHANNELS,
        delivery_states=DELIVERY_STATES,
        names=names_of(visit.house, [found.notice.advertiser]),
        is_member=bool(visit.actor.advertiser),
        may_reach=visit.may(Act.SETTLE_CONTACT, row.advertiser),
        may_resend=is_made and visit.may(Act.RESEND, row.advertiser),
        may_correct=is_made and found.may_correct and visit.may(Act.CORRECT, row.advertiser),
    )


def _words(visit: Visit, row: NoticeRow) -> tuple[Letter | None, str]:
    """The letter, where writing it anew gives what was sent; else the text that was sent, which is what holds."""
    sent = form_of(visit.house, visit.actor, row.id, TEXT).decode(errors="replace")
    with visit.house.records.reading() as records:
        letter = letter_for(records, row, address=visit.house.address)
    return (fit_letter(letter), "") if text_of(letter) == sent else (None, sent)


def notice_file(visit: Visit, notice_id: str, ending: str) -> HttpResponseBase:
    """A form as it was sent, always as something to save."""
    if ending not in FORMS:
        raise not_found()
    content = form_of(visit.house, visit.actor, notice_id, FORMS[ending])
    response = HttpResponse(content, content_type=FORMS[ending])
    response["Content-Disposition"] = f'attachment; filename="notice-{notice_id}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def notice_receipt(visit: Visit, notice_id: str) -> HttpResponseBase:
    """The receipt of the entry by which it was made."""
    read_notice(visit.house, visit.actor, notice_id)
    found = receipt(visit.house, visit.actor, notice_id, visit.opened.signer, kinds=MADE)
    response = HttpResponse(receipt_bytes(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{notice_id}.json"'
    return response


def _act_on(visit: Visit, notice_id: str, form: str, act: Callable[[], str]) -> HttpResponseBase:
    read_notice(visit.house, visit.actor, notice_id)
    address = reverse("notice", args=[notice_id])
    return acting(visit, form, act, address, lambda forms: notice_page(visit, notice_id, forms))


def resending(visit: Visit, notice_id: str) -> HttpResponseBase:
    """Send it again, as it was."""

    def act() -> str:
        resend(visit.house, visit.actor, notice_id, visit.sent("reason"))
        return visit.tongue("The notice is sent again.")

    return _act_on(visit, notice_id, "resend", act)


def correcting(visit: Visit, notice_id: str) -> HttpResponseBase:
    """Have a new one take its place."""

    def act() -> str:
        correct(visit.house, visit.actor, notice_id, visit.sent("reason"))
        return visit.tongue("A correction will be sent.")

    return _act_on(visit, notice_id, "correct", act)
