"""No advertiser is left without a way to its own file: somebody who signs in for it, or a mail that brings a link.

Whatever is decided about it: who is shut out of the platform is not shut out of the reasons. DSA Art. 17, 20.
"""

from adjudge.basis.said import say
from adjudge.errors import RefusedError
from adjudge.institution.binding.procedure import procedure_row
from adjudge.institution.house import House, refused
from adjudge.people.role import Role, known_roles
from adjudge.records.ports import Reading
from adjudge.records.rows import ContactRow, PersonRow
from adjudge.records.shelf import CONTACTS, PEOPLE

_ANSWERING = frozenset({Role.OWNER, Role.MEMBER})


def can_act(person: PersonRow, advertiser: str) -> bool:
    """Whether somebody can answer for an advertiser, as one of its people who has joined."""
    is_its = person.advertiser == advertiser and bool(known_roles(person.roles) & _ANSWERING)
    return is_its and person.active and person.joined_at is not None


def links_reach(house: House, records: Reading, contact: ContactRow | None) -> bool:
    """Whether notices come with a link that lets their reader in: by mail, and to pages that have an address."""
    has_mail = contact is not None and bool(contact.emails)
    return has_mail and bool(house.address) and procedure_row(records).link_days > 0


def refuse_last_person(house: House, records: Reading, before: PersonRow, changed: PersonRow) -> None:
    """Raise RefusedError where somebody goes, or goes elsewhere, who is the advertiser's only way in."""
    advertiser = before.advertiser
    if not advertiser or not can_act(before, advertiser) or can_act(changed, advertiser):
        return
    if _somebody_acts(records, advertiser, but=before.id):
        return
    if not links_reach(house, records, records.get(CONTACTS, advertiser)):
        raise _left_alone(say("nobody would be left who can act for the advertiser"))


def refuse_last_address(house: House, records: Reading, before: ContactRow | None, after: ContactRow) -> None:
    """Raise RefusedError where the last mail address goes, and nobody is there who signs in."""
    if not links_reach(house, records, before) or links_reach(house, records, after):
        return
    if not _somebody_acts(records, after.id):
        raise _left_alone(say("the advertiser would not be reached any more, and nobody signs in for it"))


def _somebody_acts(records: Reading, advertiser: str, *, but: str = "") -> bool:
    people = records.find(PEOPLE, advertiser=advertiser)
    return any(can_act(person, advertiser) for person in people if person.id != but)


def _left_alone(message: str) -> RefusedError:
    hint = say(
        "invite somebody else of it first, or settle a mail address; links go out where the pages have an address "
        "(ADJUDGE_PUBLIC_URL) and the procedure gives links days"
    )
    return refused("last-of-advertiser", message, hint)
