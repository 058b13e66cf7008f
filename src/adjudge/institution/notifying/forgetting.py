"""Addresses let go: those by which an advertiser is reached, and those to which its notices went.

That a notice went out, when and by which channel stays, and so do its bytes; where it went to does not. The addresses
of an advertiser stand in sealed parts of many entries, and all of them go.
"""

from collections.abc import Iterator
from dataclasses import replace

from adjudge.basis.digest import Digest
from adjudge.basis.instant import Instant
from adjudge.basis.said import say
from adjudge.errors import ConflictError
from adjudge.institution.binding.holds import refuse_held
from adjudge.institution.expunging import EXPUNGED, let_go
from adjudge.institution.house import House, doing, need, refused
from adjudge.ledger.part import Tombstone, expunging
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.records.ports import Reading, Writing
from adjudge.records.rows import Channel, ContactRow, DeliveryRow, DeliveryState, NoticeState
from adjudge.records.shelf import CONTACTS, DELIVERIES, NOTICES

SETTLED = ACTS[Act.SETTLE_CONTACT].writes
_MADE, _RESENT, _ENDED = "notice:made", "notice:resent", frozenset({"notice:delivered", "notice:failed"})


def expunge_contact(house: House, actor: Actor, advertiser: str, reason: str) -> ContactRow:
    """Expunge the addresses of an advertiser, everywhere. Its page stays, on which every notice stands.

    Refused while a notice is on its way, and under a legal hold. Raises NotFoundError where none was ever settled.
    """
    told = need(reason, say("the reason"))
    permit(actor, Act.EXPUNGE, advertiser)
    with house.records.reading() as records:
        if not parts_of_contact(records, advertiser):
            raise not_found()
    with doing(house, actor, Act.EXPUNGE, advertiser) as act:
        refuse_held(act.records, advertiser)
        if is_on_its_way(act.records, advertiser):
            message = say("a notice is on its way to these addresses")
            raise refused(
                "still-needed", message, say("wait until it is delivered, or settle other addresses")
            )
        there = [
            part for part in parts_of_contact(act.records, advertiser) if act.records.part(part) is not None
        ]
        if not there:
            raise ConflictError(say("the addresses were expunged already"))
        tombstone = Tombstone(digest=there[0], at=act.at, why=told, entry=act.records.size())
        act.append(expunging(tombstone, act.actor.name), [])
        act.records.expunge(tombstone)
        forget_contact(act.records, advertiser, act.at, told)
        for notice in notices_with_addresses(act.records, advertiser):
            forget_ways(act.records, notice, act.at, told)
        found = act.records.get(CONTACTS, advertiser)
    return found if found is not None else ContactRow(id=advertiser)


def is_on_its_way(records: Reading, advertiser: str) -> bool:
    """Whether something is owed to an advertiser, or waits to be delivered."""
    return bool(
        records.count(DELIVERIES, advertiser=advertiser, state=DeliveryState.WAITING.value)
        or records.count(NOTICES, advertiser=advertiser, state=NoticeState.OWED.value)
    )


def parts_of_contact(records: Reading, advertiser: str) -> tuple[Digest, ...]:
    """The sealed parts of all settlements of how an advertiser is reached; the newest first."""
    settled = [entry for entry in records.entries_of(advertiser) if entry.kind == SETTLED]
    return tuple(part for entry in reversed(settled) for part in entry.private)


def forget_contact(records: Writing, advertiser: str, at: Instant, why: str) -> int:
    """Let the addresses go by which an advertiser is reached; how many parts those were."""
    count = let_go(records, parts_of_contact(records, advertiser), at, why)
    row = records.get(CONTACTS, advertiser)
    if row is not None:
        records.put(CONTACTS, replace(row, emails=(), webhook="", webhook_secret=""))
    return count


# --- where notices went ---


def notices_with_addresses(records: Reading, advertiser: str) -> tuple[str, ...]:
    """The notices of an advertiser of which it is still kept where they went."""
    rows = records.find(DELIVERIES, advertiser=advertiser)
    return tuple(dict.fromkeys(row.notice for row in rows if has_address(row)))


def has_address(row: DeliveryRow) -> bool:
    """Whether a delivery went to an address that is still kept; its own page is none."""
    return row.channel is not Channel.PAGE and row.address != EXPUNGED


def forget_ways(records: Writing, notice: str, at: Instant, why: str) -> int:
    """Let go to which addresses a notice went, and what servers said; how many parts that were."""
    count = let_go(records, _parts_of_ways(records, notice), at, why)
    rows = [row for row in records.find(DELIVERIES, notice=notice) if has_address(row)]
    records.put_all(
        DELIVERIES, [replace(row, address=EXPUNGED, proof="", last_error="", links=()) for row in rows]
    )
    return count


def _parts_of_ways(records: Reading, notice: str) -> Iterator[Digest]:
    for entry in records.entries_of(notice):
        if entry.kind == _MADE:
            yield from entry.private[1:]
        elif entry.kind == _RESENT or (
            entry.kind in _ENDED and entry.body.get("channel") != Channel.PAGE.value
        ):
            yield from entry.private
