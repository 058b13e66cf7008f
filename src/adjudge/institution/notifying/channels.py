"""By which channels a notice goes out: one delivery for each address of the advertiser, beside its page.

Not the sending. A delivery bears the name of its message from the first, so that a receiver knows it again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from adjudge.basis.instant import Instant
from adjudge.institution.house import House
from adjudge.institution.own_words import ON_THE_PAGE
from adjudge.records.rows import Channel, ContactRow, DeliveryRow, DeliveryState, NoticeRow

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]+", re.ASCII)


def on_the_page(house: House, notice: NoticeRow, at: Instant) -> DeliveryRow:
    """The delivery on the advertiser's page: done once the notice is made."""
    row = _delivery(house, notice, at, 1, (Channel.PAGE, ""))
    return replace(row, state=DeliveryState.DELIVERED, attempts=1, delivered_at=at, proof=str(ON_THE_PAGE))


def to_addresses(
    house: House, notice: NoticeRow, contact: ContactRow | None, at: Instant, *, first: int = 2
) -> Iterator[DeliveryRow]:
    """A waiting delivery for each address and for the webhook; none where the advertiser has none."""
    if contact is None:
        return
    reached = [(Channel.EMAIL, address) for address in contact.emails]
    reached += [(Channel.WEBHOOK, contact.webhook)] if contact.webhook else []
    for number, way in enumerate(reached, start=first):
        yield _delivery(house, notice, at, number, way)


def _delivery(
    house: House, notice: NoticeRow, at: Instant, number: int, way: tuple[Channel, str]
) -> DeliveryRow:
    host = _NOT_IN_NAMES.sub("-", house.origin).strip(".-") or "adjudge.local"
    return DeliveryRow(
        id=f"{notice.id}-{number}",
        notice=notice.id,
        advertiser=notice.advertiser,
        channel=way[0],
        address=way[1],
        state=DeliveryState.WAITING,
        message=f"<{notice.id}-{number}@{host}>",
        due_at=at,
        first_due_at=at,
    )
