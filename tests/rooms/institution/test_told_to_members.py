"""What an advertiser's people read in the log of their own matters: nothing of who works here, nothing of others."""

import json
from dataclasses import replace

import pytest

from adjudge.errors import NotFoundError
from adjudge.institution.record import log
from adjudge.institution.record.log import OPEN_TO_MEMBERS, part_with
from adjudge.ledger.entry import Entry
from adjudge.people.act import ACTS
from adjudge.people.role import Role
from adjudge.records.shelf import PEOPLE
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.drivers_heard import HEARD
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.test_audit_heard import copied, heard
from tests.rooms.institution.world import ACME, OTHER, World

BY_RULE = {"notice:made", "notice:delivered", "clock:ran_out", "appeal:decided", "appeal:granted"}
KEPT_FROM_MEMBERS = {
    "institution:procedure_settled",
    "contact:settled",
    "notice:opened",
    "notice:resent",
    "notice:corrected",
    "notice:failed",
    "notice:owed",
    "appeal:assigned",
}


@pytest.fixture(scope="module")
def told(founded_in_memory: World) -> World:
    """Give an institution whose staff has names of its own, and two advertisers that were heard."""
    world = copied(founded_in_memory)
    with world.house.records.writing() as records:
        for row in records.find(PEOPLE):
            records.put(PEOPLE, replace(row, name=f"Zanzibar {row.id}"))
    other = filed(world, excluded(world, "ad-of-another", OTHER))
    upheld(world, other)
    heard(world)
    return world


def of_advertiser(world: World, advertiser: str) -> list[tuple[Entry, str]]:
    """The entries about an advertiser that its people read, with the first of the sealed parts, as a text."""
    found = []
    with world.house.records.reading() as records:
        for entry in records.entries():
            if entry.kind in OPEN_TO_MEMBERS and entry.body.get("advertiser") == advertiser:
                parts = [part_with(records, digest) for digest in entry.private[:1]]
                handed = [part.content for part in parts if part is not None]
                found.append((entry, json.dumps([entry.body, handed], ensure_ascii=False)))
    return found


def test_every_kind_of_these_rooms_is_open_to_members_or_kept_from_them_on_purpose() -> None:
    kinds = {ACTS[act].writes for act in HEARD if ACTS[act].writes} | BY_RULE | KEPT_FROM_MEMBERS
    assert kinds & OPEN_TO_MEMBERS == kinds - KEPT_FROM_MEMBERS


def test_nothing_of_it_names_staff(told: World) -> None:
    entries = of_advertiser(told, ACME)
    assert len({entry.kind for entry, _ in entries}) > 18
    with told.house.records.reading() as records:
        members = {row.id for row in records.find(PEOPLE) if row.advertiser}
        staff = [row for row in records.find(PEOPLE) if row.id not in members]
    for entry, text in entries:
        assert "Zanzibar" not in text, entry
        if entry.kind.startswith(("decision:", "matter:")):
            continue  # who signed is told by an id
        named = [row.id for row in staff if row.id in text or row.email in text]
        assert named == [], entry


def test_nothing_of_it_names_another_advertiser(told: World) -> None:
    for entry, text in of_advertiser(told, ACME):
        assert "ad-of-another" not in text, entry
        assert f'"{OTHER}"' not in text, entry
    for entry, text in of_advertiser(told, OTHER):
        assert f'"{ACME}"' not in text, entry


def test_members_have_receipts_of_their_own_and_of_no_others(told: World) -> None:
    world = copied(told)
    kinds = {entry.kind: entry for entry, _ in of_advertiser(world, ACME)}
    member, stranger = world.who(Role.MEMBER), world.who("stranger")
    for kind, entry in kinds.items():
        found = log.receipt(world.house, member, entry.subject, SIGNER, kinds=[kind])
        assert found.entry.kind == kind
        assert len(found.parts) <= 1
        with pytest.raises(NotFoundError):
            log.receipt(world.house, stranger, entry.subject, SIGNER, kinds=[kind])


def test_members_have_no_receipt_of_what_is_kept_from_them(told: World) -> None:
    world = copied(told)
    with world.house.records.reading() as records:
        entries = {entry.kind: entry for entry in records.entries() if entry.kind in KEPT_FROM_MEMBERS}
    assert len(entries) > 5
    for kind, entry in entries.items():
        with pytest.raises(NotFoundError):
            log.receipt(world.house, world.who(Role.MEMBER), entry.subject, SIGNER, kinds=[kind])
