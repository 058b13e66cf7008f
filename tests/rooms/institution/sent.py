"""A notice that is made and waits for its deliveries, and an advertiser that is reached; for tests of sending.

Its bytes are the test's own: what a notice says is not looked at here.
"""

from dataclasses import dataclass, field

from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now
from adjudge.institution.notifying.channels import on_the_page, to_addresses
from adjudge.institution.notifying.contacts import contact_of, settle_contact
from adjudge.ledger.entry import Entry
from adjudge.people.actor import Actor
from adjudge.post.attempt import Attempt, Delivered
from adjudge.post.outgoing import Call, Mail
from adjudge.post.post import Post
from adjudge.records.rows import ContactRow, DeliveryRow, NoticeRow, NoticeState, Purpose
from adjudge.records.shelf import DELIVERIES, NOTICES

FORMS = {"text/plain": "words", "text/html": "<h1>words</h1>", "application/pdf": "%PDF-1.7 words"}


def made_notice(house: House, advertiser: str, name: str = "N-000001-1") -> NoticeRow:
    """A notice that is made, with a delivery for each way in which its advertiser is reached."""
    with house.records.writing() as records:
        at = now(house, records)
        notice = NoticeRow(
            id=name,
            purpose=Purpose.DECISION,
            state=NoticeState.MADE,
            advertiser=advertiser,
            about="X-000001",
            of="",
            owed_at=at,
            made_at=at,
            language="en",
            title="A decision",
            forms={kind: house.blobs.put(text.encode()) for kind, text in FORMS.items()},
        )
        records.put(NOTICES, notice)
        page = on_the_page(house, notice, at)
        records.put_all(DELIVERIES, [page, *to_addresses(house, notice, contact_of(records, advertiser), at)])
    return notice


def reached(house: House, actor: Actor, advertiser: str, *emails: str, webhook: str = "") -> ContactRow:
    """An advertiser reached at some addresses."""
    return settle_contact(
        house, actor, advertiser, language="en", emails=emails, webhook=webhook, reason="as asked"
    )


def deliveries(house: House, notice: str = "") -> dict[str, DeliveryRow]:
    """Deliveries but for the page, by their addresses."""
    with house.records.reading() as records:
        rows = records.find(DELIVERIES, notice=notice) if notice else records.find(DELIVERIES)
    return {row.address: row for row in rows if row.address}


def entries(house: House, *kinds: str) -> list[Entry]:
    """Entries of some kinds."""
    with house.records.reading() as records:
        return [entry for entry in records.entries() if entry.kind in kinds]


@dataclass
class Answering:
    """What takes mail and calls and answers as told, in order; then takes all."""

    answers: list[Attempt] = field(default_factory=list)
    sent: list[Mail | Call] = field(default_factory=list)

    def send(self, given: Mail | Call) -> Attempt:
        """Try once."""
        self.sent.append(given)
        return self.answers.pop(0) if self.answers else Delivered("250 OK")


def post_to(mailer: Answering | None, webhooks: Answering | None = None) -> Post:
    """A post whose answers a test tells."""
    return Post(mailer=mailer, webhooks=webhooks or Answering())


def minutes_after(at: Instant, minutes: int) -> Instant:
    """An instant so many minutes later."""
    return Instant(at.nanos + minutes * 60 * 10**9)
