"""What entries tell of notices as they were made, sent and opened, of deliveries, and how advertisers are reached."""

from collections.abc import Iterator, Sequence

from adjudge.basis.digest import Digest, Json
from adjudge.institution.record.audit.followed import FOLLOWS
from adjudge.institution.record.audit.told import Told, items, text
from adjudge.ledger.entry import Entry
from adjudge.records.rows import Channel, DeliveryState, NoticeState
from adjudge.records.shelf import CONTACTS, DELIVERIES, NOTICES


def contact_settled(told: Told, entry: Entry) -> None:
    """How an advertiser is reached; the secret of its webhook is not told. Notices that waited go to the new ways."""
    fields: dict[str, object] = {
        "language": text(entry, "language"),
        "part": entry.private[0] if entry.private else "",
    }
    for digest in entry.private[:1]:
        told.sealed[digest] = (CONTACTS.name, entry.subject)
    content = told.content(entry)
    if content is not None:
        fields |= {"emails": content.get("emails"), "webhook": content.get("webhook")}
    told.put(CONTACTS, entry.subject, entry, fields)
    follows = entry.body.get(FOLLOWS)
    moved = items(follows.get("deliveries")) if isinstance(follows, dict) else []
    addresses = told.content(entry, 1) if moved else {}
    for form in moved:
        _waiting(told, entry, form, addresses)


def made(told: Told, entry: Entry) -> None:
    """A notice with its words and the digests of its bytes, and the deliveries that wait for it."""
    fields: dict[str, object] = {
        "state": NoticeState.MADE.value,
        "language": text(entry, "language"),
        "forms": entry.body.get("forms"),
        "made_at": entry.at,
        "part": entry.private[0] if entry.private else "",
    }
    content = told.content(entry)
    if content is not None:
        fields["title"] = content.get("title")
    told.put(NOTICES, entry.subject, entry, fields)
    addresses = told.content(entry, 1) if len(entry.private) > 1 else {}
    for form in items(entry.body.get("deliveries")):
        _waiting(told, entry, form, addresses)
        if form.get("channel") != Channel.PAGE.value:
            _addressed(told, entry.private[1:], str(form.get("id")))


def opened(told: Told, entry: Entry) -> None:
    """Somebody of the advertiser has opened it for the first time."""
    told.put(NOTICES, entry.subject, entry, {"opened_at": entry.at})


# --- deliveries ---


def resent(told: Told, entry: Entry) -> None:
    """The same bytes once more, to the addresses of now."""
    content = told.content(entry)
    addresses = content.get("addresses") if content is not None else None
    for form in items(entry.body.get("deliveries")):
        _waiting(told, entry, form, addresses)
        _addressed(told, entry.private[:1], str(form.get("id")))


def _addressed(told: Told, digests: Sequence[Digest], delivery: str) -> None:
    """A sealed part holds the address of a delivery."""
    for digest in digests:
        told.addresses.setdefault(digest, []).append(delivery)


def _waiting(told: Told, entry: Entry, form: dict[str, Json], addresses: Json) -> None:
    key = str(form.get("id"))
    fields: dict[str, object] = {
        "notice": form.get("notice") or entry.subject,
        "advertiser": text(entry, "advertiser"),
        "channel": form.get("channel"),
        "message": form.get("message"),
        "state": DeliveryState.WAITING.value,
        "first_due_at": entry.at,
        "delivered_at": None,
        "proof": "",
    }
    if isinstance(addresses, dict):
        fields["address"] = addresses.get(key, "")
    told.put(DELIVERIES, key, entry, fields)


def delivered(told: Told, entry: Entry) -> None:
    """A delivery of which the receiver has answered that it has the notice."""
    _ended(told, entry, {"state": DeliveryState.DELIVERED.value, "delivered_at": entry.at}, "proof")


def failed(told: Told, entry: Entry) -> None:
    """A delivery that was refused for good, or tried for too long."""
    _ended(told, entry, {"state": DeliveryState.FAILED.value, "delivered_at": None}, "last_error")


def _ended(told: Told, entry: Entry, fields: dict[str, object], said: str) -> None:
    if text(entry, "channel") != Channel.PAGE.value:
        _addressed(told, entry.private[:1], text(entry, "delivery"))
    content = told.content(entry)
    if content is not None:
        fields |= {"address": content.get("address"), said: content.get("said")}
    named = dict(_named(entry))
    told.put(DELIVERIES, text(entry, "delivery"), entry, {**fields, **named, "notice": entry.subject})


def _named(entry: Entry) -> Iterator[tuple[str, object]]:
    for name in ("advertiser", "channel", "message"):
        yield name, text(entry, name)
    attempts = text(entry, "attempts")
    yield "attempts", int(attempts) if attempts.isdigit() else 0
