"""What goes out for a delivery: the bytes of the notice as they were made, addressed; nothing is worded anew.

A mail says before them how its reader gets to the page of the advertiser, which is for that reader alone.
"""

from collections.abc import Mapping

from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.institution.house import House, now
from adjudge.institution.notifying.contacts import contact_of, is_reached_so
from adjudge.institution.notifying.links import told_by
from adjudge.institution.staff.settling import institution_row
from adjudge.letters.forms import HTML, PDF, TEXT
from adjudge.post.attempt import Refused, Retry
from adjudge.post.outgoing import Call, Mail
from adjudge.post.signing import webhook_id
from adjudge.records.ports import Reading
from adjudge.records.rows import Channel, DeliveryRow, NoticeRow, NoticeState
from adjudge.records.shelf import NOTICES
from adjudge.tongues.tongue import tongue_of

Ready = Mail | Call | Retry | Refused


def ready(house: House, records: Reading, row: DeliveryRow, secret: str = "") -> Ready:
    """What goes out, with the link of a secret; or why nothing can."""
    notice, contact = records.get(NOTICES, row.notice), contact_of(records, row.advertiser)
    if notice is None or notice.state is not NoticeState.MADE:
        return Retry(say("the notice is not made"))
    if not is_reached_so(contact, row):
        return Refused(say("the advertiser is no longer reached so"))
    forms = {kind: house.blobs.get(digest) for kind, digest in notice.forms.items()}
    text, html, pdf = (forms.get(kind) for kind in (TEXT, HTML, PDF))
    if text is None or html is None or pdf is None:
        return Retry(say("the bytes of the notice are not in the folder of documents"))
    at = now(house, records)
    if row.channel is Channel.WEBHOOK:
        body = call_body(notice, row, text.decode(), house.address)
        return Call(message=row.message, url=row.address, secret=contact.webhook_secret, body=body, at=at)
    words, link = told_by(house, records, notice, row, secret)
    return Mail(
        message=row.message,
        to=row.address,
        sender=_platform(records, notice.language),
        title=notice.title,
        language=notice.language,
        text=text.decode(),
        html=html.decode(),
        pdf=pdf,
        pdf_name=f"{notice.id}.pdf",
        words=words,
        link=link,
        button=tongue_of(notice.language)("Open your page") if link else "",
        at=at,
    )


def call_body(notice: NoticeRow, row: DeliveryRow, text: str, address: str) -> Mapping[str, object]:
    """The body of a webhook's call: `type` as Standard Webhooks has it, and what the notice is about."""
    pages = {
        "notice": f"/notices/{notice.id}",
        "decision": f"/decisions/{notice.about}" if notice.about else "",
    }
    return {
        "id": webhook_id(row.message),
        "type": f"notice.{notice.purpose}",
        "timestamp": _text(notice.made_at),
        "data": {
            "notice": notice.id,
            "purpose": str(notice.purpose),
            "advertiser": notice.advertiser,
            "decision": notice.about,
            "of": notice.of,
            "replaces": notice.replaces,
            "language": notice.language,
            "title": notice.title,
            "text": text,
            "digests": dict(notice.forms),
            "links": {name: f"{address}{page}" for name, page in pages.items() if address and page},
        },
    }


def _platform(records: Reading, language: str) -> str:
    names = institution_row(records).platform
    return names.get(language) or names.get("en", "")


def _text(at: Instant | None) -> str:
    return "" if at is None else str(at)
