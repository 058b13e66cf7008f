"""A notice sent once more because its addressee asks for it, by whom nobody is signed in: with it comes a new link.

Whoever asks learns nothing: not whether an address is one of ours, nor whether anything was sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adjudge.basis.digest import Json
from adjudge.basis.instant import Instant
from adjudge.institution.house import House, now, write_by_institution
from adjudge.institution.notifying.channels import to_addresses
from adjudge.institution.notifying.contacts import contact_of
from adjudge.institution.own_words import ASKED_AGAIN
from adjudge.ledger.part import SALT_BYTES, sealed
from adjudge.people.act import ACTS, Act
from adjudge.post.message import is_address
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import Channel, ContactRow, DeliveryRow, NoticeRow, NoticeState
from adjudge.records.shelf import APPEALS, DECISIONS, DELIVERIES, NOTICES, can_be_key

MINUTE = 60_000_000_000
PAUSE, DAY = 10 * MINUTE, 24 * 60 * MINUTE
MOST_IN_A_DAY = 4
"""So often in a day the same notice goes out to one address, and no sooner than after a pause."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    notice: NoticeRow
    contact: ContactRow


def ask_again(house: House, address: str, reference: str) -> None:
    """Send a notice again to an address of its advertiser's, if that is one and it was not sent just now.

    `reference` is the notice, or the decision or the appeal that it tells of: what stands at the head of each letter.
    """
    typed, named = address.strip(), reference.strip().strip("`").upper()
    if not is_address(typed) or not named or not can_be_key(named):
        return
    with house.records.reading() as records:
        found = _wanted(records, typed, named)
    if found is not None:
        with house.records.writing() as records:
            _send(house, records, typed, found.notice.id)


def _wanted(records: Reading, typed: str, named: str) -> _Wanted | None:
    """The newest notice of the reference, where its advertiser is reached at the address."""
    notices = [row for row in _about(records, named) if row.state is NoticeState.MADE]
    if not notices:
        return None
    newest = max(notices, key=lambda row: (row.made_at or row.owed_at, row.id))
    contact = contact_of(records, newest.advertiser)
    return _Wanted(newest, contact) if _own(contact, typed) else None


def _about(records: Reading, named: str) -> Iterable[NoticeRow]:
    notice = records.get(NOTICES, named)
    if notice is not None:
        return (notice,)
    if records.get(DECISIONS, named) is not None:
        return records.find(NOTICES, about=named)
    return records.find(NOTICES, of=named) if records.get(APPEALS, named) is not None else ()


def _own(contact: ContactRow, typed: str) -> str:
    """The address as the advertiser settled it; empty where it is none of its."""
    return next((item for item in contact.emails if item.casefold() == typed.casefold()), "")


def _send(house: House, records: Writing, typed: str, notice_id: str) -> None:
    notice, at = records.get(NOTICES, notice_id), now(house, records)
    if notice is None:
        return
    contact = contact_of(records, notice.advertiser)
    own, before = _own(contact, typed), records.find(DELIVERIES, notice=notice.id)
    if not own or _is_too_often(before, own, at):
        return
    only = ContactRow(id=contact.id, language=contact.language, emails=(own,))
    (row,) = to_addresses(house, notice, only, at, first=len(before) + 1)
    records.put(DELIVERIES, row)
    part = sealed({"addresses": {row.id: row.address}}, house.random(SALT_BYTES))
    sent: list[Json] = [{"id": row.id, "channel": str(row.channel), "message": row.message}]
    body: dict[str, Json] = {"advertiser": notice.advertiser, "deliveries": sent, "reason": str(ASKED_AGAIN)}
    write_by_institution(records, at, ACTS[Act.RESEND].writes, notice.id, body, parts=[part])


def _is_too_often(before: Sequence[DeliveryRow], own: str, at: Instant) -> bool:
    """Whether it went out to the address just now, or is on its way there, or went too often in a day."""
    times = [
        at.nanos - row.first_due_at.nanos
        for row in before
        if row.channel is Channel.EMAIL and row.address == own
    ]
    return any(age < PAUSE for age in times) or sum(age < DAY for age in times) >= MOST_IN_A_DAY
