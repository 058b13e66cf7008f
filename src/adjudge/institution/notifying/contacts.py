"""How an advertiser is reached beside its page: mail addresses, a webhook with its secret, the language that it reads.

Addresses stand in the log as a sealed part only; the secret of a webhook stands nowhere there, and is shown once.
Notices that wait for an address that is taken away go to those that are there now: none is lost on the way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adjudge.basis.digest import Json
from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.institution.house import Doing, House, doing, need, refused
from adjudge.institution.material.subjects import subject_row
from adjudge.institution.notifying.channels import to_addresses
from adjudge.institution.staff.reached import refuse_last_address
from adjudge.institution.staff.settling import institution_row
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.post.message import is_address
from adjudge.post.reaching import target_of
from adjudge.post.signing import SECRET_BYTES, secret_of
from adjudge.records.ports import Reading
from adjudge.records.rows import Channel, ContactRow, DeliveryRow, DeliveryState
from adjudge.records.shelf import CONTACTS, DELIVERIES, NOTICES
from adjudge.tongues.tongue import LANGUAGES

MOST_ADDRESSES = 10


def settle_contact(
    house: House,
    actor: Actor,
    advertiser: str,
    *,
    language: str,
    emails: Sequence[str] = (),
    webhook: str = "",
    reason: str,
    new_secret: bool = False,
) -> ContactRow:
    """Settle it anew. The row has the webhook's secret only where one was just made: then it is shown, once.

    A webhook that stays keeps its secret, unless a new one is asked for.
    """
    addresses, hook = _addresses(emails), _hook(webhook)
    if language not in LANGUAGES:
        message = say("no catalogue speaks {languages}", languages=(language,))
        hint = say("choose among: {languages}", languages=tuple(LANGUAGES))
        raise refused("unknown-language", message, hint)
    owner = _owner(house, advertiser)
    with doing(house, actor, Act.SETTLE_CONTACT, owner) as act:
        before = act.records.get(CONTACTS, owner)
        kept = before.webhook_secret if before is not None and before.webhook == hook else ""
        made = "" if not hook or (kept and not new_secret) else secret_of(house.random(SECRET_BYTES))
        # The reason too: whoever writes it may be an advertiser's, and say whom one reaches there.
        told = need(reason, say("the reason"))
        part = act.seal({"emails": [*addresses], "webhook": hook, "reason": told})
        row = ContactRow(
            id=owner,
            language=language,
            emails=addresses,
            webhook=hook,
            webhook_secret=(made or kept) if hook else "",
            part=part.digest,
        )
        refuse_last_address(house, act.records, before, row)
        act.records.put(CONTACTS, row)
        moved = _taken_along(act, row)
        body: dict[str, Json] = {"advertiser": owner, "language": language}
        if moved:
            body["follows"] = {"deliveries": [_told_of(item) for item in moved]}
            ways = act.seal({item.id: item.address for item in moved})
        act.write(owner, body, further=[part, ways] if moved else [part])
    return replace(row, webhook_secret=made)


def taken_along(house: House, actor: Actor, advertiser: str) -> int:
    """How many notices waited for an address that the last settlement took away, and go to others since."""
    permit(actor, Act.SETTLE_CONTACT, advertiser)
    kind = ACTS[Act.SETTLE_CONTACT].writes
    with house.records.reading() as records:
        settled = [entry for entry in records.entries_of(advertiser) if entry.kind == kind]
    follows = settled[-1].body.get("follows") if settled else None
    moved = follows.get("deliveries") if isinstance(follows, dict) else None
    return (
        len({str(item["notice"]) for item in moved if isinstance(item, dict)})
        if isinstance(moved, list)
        else 0
    )


def is_reached_so(contact: ContactRow, row: DeliveryRow) -> bool:
    """Whether the address is still one of the advertiser's: nothing goes where it was taken away."""
    return row.address in (contact.emails if row.channel is Channel.EMAIL else (contact.webhook,))


def read_contact(house: House, actor: Actor, advertiser: str) -> ContactRow:
    """How an advertiser is reached, for whoever may settle it. The secret stays here."""
    permit(actor, Act.SETTLE_CONTACT, advertiser)
    with house.records.reading() as records:
        return replace(contact_of(records, advertiser), webhook_secret="")


def contact_of(records: Reading, advertiser: str) -> ContactRow:
    """What is settled; the institution's first language and the page alone where nothing was."""
    found = records.get(CONTACTS, advertiser)
    return found or ContactRow(id=advertiser, language=institution_row(records).languages[0])


def _taken_along(act: Doing, contact: ContactRow) -> tuple[DeliveryRow, ...]:
    """Deliveries to the addresses of now, of each notice that waits for one that was taken away: the same bytes.

    The delivery that waits is left as it is: at its next turn it ends as refused, and operators see why.
    """
    waiting = act.records.find(DELIVERIES, advertiser=contact.id, state=DeliveryState.WAITING.value)
    lost = [row for row in waiting if not is_reached_so(contact, row)]
    made = tuple(
        item for notice in dict.fromkeys(row.notice for row in lost) for item in _anew(act, notice, contact)
    )
    act.records.put_all(DELIVERIES, made)
    return made


def _anew(act: Doing, notice_id: str, contact: ContactRow) -> Iterator[DeliveryRow]:
    """Deliveries of a notice to the addresses to which it did not go out yet."""
    notice, before = act.records.get(NOTICES, notice_id), act.records.find(DELIVERIES, notice=notice_id)
    if notice is None:
        return
    known = {(row.channel, row.address) for row in before}
    emails = tuple(address for address in contact.emails if (Channel.EMAIL, address) not in known)
    webhook = "" if (Channel.WEBHOOK, contact.webhook) in known else contact.webhook
    fresh = replace(contact, emails=emails, webhook=webhook)
    yield from to_addresses(act.house, notice, fresh, act.at, first=len(before) + 1)


def _told_of(row: DeliveryRow) -> dict[str, Json]:
    return {"id": row.id, "notice": row.notice, "channel": str(row.channel), "message": row.message}


def _owner(house: House, advertiser: str) -> str:
    """The advertiser, who must be one that is on record."""
    with house.records.reading() as records:
        owner = subject_row(records, advertiser).advertiser
    if owner != advertiser:
        raise not_found()
    return owner


def _addresses(given: Sequence[str]) -> tuple[str, ...]:
    """Each address once, however it is written. Raises RefusedError for what is none."""
    found: dict[str, str] = {}
    for address in filter(None, (text.strip() for text in given)):
        if not is_address(address):
            message = say("{text} is no e-mail address", text=quoted(address))
            raise refused("bad-address", message, say("write `name@example.org`"))
        found.setdefault(address.casefold(), address)
    if len(found) > MOST_ADDRESSES:
        message = say("an advertiser has at most {most} addresses", most=MOST_ADDRESSES)
        raise refused("bad-address", message, say("use an address that goes on to the others"))
    return tuple(found.values())


def _hook(given: str) -> str:
    text = given.strip()
    if text and target_of(text) is None:
        message = say("{text} is no address of a webhook", text=quoted(text))
        hint = say("write one that begins with `https://`, without a name, a password or a `#`")
        raise refused("bad-address", message, hint)
    return text
