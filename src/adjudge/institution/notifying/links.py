"""The link that goes out with a notice by mail: whoever opens it is let in to the advertiser's own file, once.

Not the notice: its bytes are the same for everybody, and are kept; the secret of a link is kept as a digest only. It is
bound to the notice and to the address to which that went, and ends with the address. It lets in whoever reads the mail,
who is known by no name: what can be done so is in `adjudge.people.act.BY_LINK`.
"""

import datetime as dt
import hmac
from dataclasses import dataclass, replace
from enum import StrEnum

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.instant import Instant
from adjudge.institution.binding.procedure import calendar_of, procedure_row
from adjudge.institution.house import House, now, time_of
from adjudge.institution.notifying.contacts import contact_of, is_reached_so
from adjudge.institution.notifying.wording.times import until_in
from adjudge.people.act import BY_LINK
from adjudge.people.actor import NOBODY, Actor
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import Channel, DeliveryRow, Link, NoticeRow
from adjudge.records.shelf import DELIVERIES, can_be_key
from adjudge.tongues.tongue import tongue_of

SECRET_BYTES = 24
MOST_KEPT = 10
"""Links of one delivery that are kept, the last ones: of attempts before them none is on its way any more."""


class Standing(StrEnum):
    """What can be said of a link to whoever has it."""

    READY = "ready"
    USED = "used"
    OVER = "over"
    UNKNOWN = "unknown"
    """None of ours, or one that went to an address that is no longer the advertiser's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link that somebody came with; `delivery` and `link` are None where it is unknown."""

    standing: Standing
    delivery: DeliveryRow | None = None
    link: Link | None = None


_UNKNOWN = Found(Standing.UNKNOWN)


def with_link(house: House, records: Reading, row: DeliveryRow, at: Instant) -> tuple[DeliveryRow, str]:
    """A delivery with one link more, and its secret; none where it goes by no mail, or links are not sent."""
    procedure = procedure_row(records)
    if row.channel is not Channel.EMAIL or not house.address or not procedure.link_days:
        return row, ""
    calendar, secret = calendar_of(procedure), house.random(SECRET_BYTES).hex()
    last = calendar.day(at) + dt.timedelta(days=procedure.link_days)
    made = Link(digest=digest_of_bytes(secret.encode()), until=calendar.begins(last + dt.timedelta(days=1)))
    return replace(row, links=(*row.links, made)[-MOST_KEPT:]), secret


def told_by(
    house: House, records: Reading, notice: NoticeRow, row: DeliveryRow, secret: str
) -> tuple[str, str]:
    """What a mail says of its link, and the link; both empty where it has none."""
    if not secret or not row.links:
        return "", ""
    tongue = tongue_of(notice.language)
    day = until_in(tongue, calendar_of(procedure_row(records)), row.links[-1].until)
    words = tongue(
        "This letter is on your page too. You can answer it there, and you need no password: use this link. It works "
        "once, until {day}. Whoever has it can use it: hand it on only to people who act for you.",
        day=day,
    )
    return words, f"{house.address}/link/{row.id}.{secret}"


def look(house: House, token: str) -> Found:
    """What there is to say of a link. Nothing changes: mail servers open links before people do."""
    with house.records.reading() as records:
        return _found(records, token, time_of(house))


def use(house: House, token: str) -> Found:
    """Use it up; as it stood before, so that whoever was first is let in and nobody else."""
    with house.records.writing() as records:
        at = now(house, records)
        found = _found(records, token, at)
        row, link = found.delivery, found.link
        if found.standing is Standing.READY and row is not None and link is not None:
            used = replace(link, opened_at=at)
            links = tuple(used if item == link else item for item in row.links)
            records.put(DELIVERIES, replace(row, links=links))
    return found


def actor_by(house: House, delivery_id: str, digest: str) -> Actor | None:
    """Who acts by a link that was used; None where the address is no longer the advertiser's, or was expunged."""
    with house.records.reading() as records:
        row = records.get(DELIVERIES, delivery_id)
        if row is None or not _is_reached(records, row):
            return None
        used = any(item.digest == digest and item.opened_at is not None for item in row.links)
    if not used:
        return None
    return Actor(
        person=NOBODY,
        roles=frozenset({Role.MEMBER}),
        advertiser=row.advertiser,
        acts=BY_LINK,
        link=row.notice,
    )


def _found(records: Reading, token: str, at: Instant) -> Found:
    delivery_id, _, secret = token.rpartition(".")
    row = records.get(DELIVERIES, delivery_id) if delivery_id and can_be_key(delivery_id) else None
    digest = digest_of_bytes(secret.encode(errors="replace"))
    link = (
        next((item for item in row.links if hmac.compare_digest(item.digest, digest)), None) if row else None
    )
    if row is None or link is None or not _is_reached(records, row):
        return _UNKNOWN
    if link.opened_at is not None:
        return Found(Standing.USED, row, link)
    return Found(Standing.OVER if link.until <= at else Standing.READY, row, link)


def _is_reached(records: Reading, row: DeliveryRow) -> bool:
    return row.channel is Channel.EMAIL and is_reached_so(contact_of(records, row.advertiser), row)
