"""How an advertiser is reached beside its page: mail addresses, a webhook with its secret, the language that it reads.

Addresses stand in the log as a sealed part only; the secret of a webhook stands nowhere there, and is shown once.
"""

from collections.abc import Sequence
from dataclasses import replace

from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.institution.house import House, doing, need, refused
from adjudge.institution.material.subjects import subject_row
from adjudge.institution.staff.settling import institution_row
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.permission import not_found, permit
from adjudge.post.message import is_address
from adjudge.post.reaching import target_of
from adjudge.post.signing import SECRET_BYTES, secret_of
from adjudge.records.ports import Reading
from adjudge.records.rows import ContactRow
from adjudge.records.shelf import CONTACTS
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
        part = act.seal({"emails": [*addresses], "webhook": hook})
        row = ContactRow(
            id=owner,
            language=language,
            emails=addresses,
            webhook=hook,
            webhook_secret=(made or kept) if hook else "",
            part=part.digest,
        )
        act.records.put(CONTACTS, row)
        body = {"advertiser": owner, "language": language, "reason": need(reason, say("the reason"))}
        act.write(owner, body, further=[part])
    return replace(row, webhook_secret=made)


def read_contact(house: House, actor: Actor, advertiser: str) -> ContactRow:
    """How an advertiser is reached, for whoever may settle it. The secret stays here."""
    permit(actor, Act.SETTLE_CONTACT, advertiser)
    with house.records.reading() as records:
        return replace(contact_of(records, advertiser), webhook_secret="")


def contact_of(records: Reading, advertiser: str) -> ContactRow:
    """What is settled; the institution's first language and the page alone where nothing was."""
    found = records.get(CONTACTS, advertiser)
    return found or ContactRow(id=advertiser, language=institution_row(records).languages[0])


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
