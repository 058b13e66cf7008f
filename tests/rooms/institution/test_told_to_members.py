"""What an advertiser's people read in the log of their own matters: nothing of who works here, nothing of others."""

import json
from dataclasses import fields, replace

import pytest

from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind
from adjudge.errors import NotFoundError
from adjudge.institution.hearing.handling import assign
from adjudge.institution.hearing.relief import pause, resume
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.resending import correct
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.record import log
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.record.log import OPEN_TO_MEMBERS, part_with
from adjudge.institution.record.replay import replay
from adjudge.institution.ticking.extending import extend
from adjudge.ledger.entry import Entry
from adjudge.people.act import ACTS
from adjudge.people.role import Role
from adjudge.records.ports import Writing
from adjudge.records.rows import DecisionRow, Purpose
from adjudge.records.shelf import CLOCKS, DECISIONS, NOTICES, PEOPLE
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.drivers_heard import HEARD
from tests.rooms.institution.heard import clock_of, excluded, filed, somebody, upheld
from tests.rooms.institution.test_audit_heard import copied, heard
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, World

DAY = 86_400 * NANOS
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


def test_what_people_wrote_of_a_rest_and_of_more_time_stands_in_sealed_parts_alone(
    quick_world: World,
) -> None:
    world, staff = quick_world, quick_world.who(Role.APPEALS)
    appeal = filed(world, excluded(world))
    made = make_owed(world.house)
    assign(world.house, staff, appeal.id, somebody(world, "judge", Role.APPEALS).person, "took no part")
    pause(world.house, staff, appeal.id, "Jo Bloggs is ill")
    resume(world.house, staff, appeal.id, "Jo Bloggs is back")
    clock = clock_of(world, appeal.id, ClockKind.DECIDE)
    extend(
        world.house, world.who(Role.LEGAL), clock.id, Instant(clock.due_at.nanos + DAY), "Jo Bloggs is heard"
    )
    correct(world.house, staff, made[0].id, "it said Jo Bloggs")
    with world.house.records.reading() as records:
        entries = list(records.entries())
        parts = [part_with(records, entry.private[0]) for entry in entries[-4:]]
    assert [
        next(iter(part.content.values())) for part in parts if part and isinstance(part.content, dict)
    ] == [
        "Jo Bloggs is ill",
        "Jo Bloggs is back",
        "Jo Bloggs is heard",
        "it said Jo Bloggs",
    ]
    assert not [entry.kind for entry in entries if "Bloggs" in str(entry.body)]
    make_owed(world.house)
    assert not check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier).findings
    with world.house.records.writing() as records:
        (told,) = records.find(NOTICES, purpose=Purpose.EXTENDED.value)
        records.put(NOTICES, replace(told, facts={**told.facts, "reason": "none"}))
        row = clock_of(world, appeal.id, ClockKind.DECIDE)
        records.put(CLOCKS, replace(row, extensions=(replace(row.extensions[0], reason="none"),)))
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier).findings
    assert {item.where for item in found} == {f"notice {told.id}", f"clock {row.id}"}


TOLD_OF_A_DECISION = {
    "id",
    "matter",
    "subject",
    "advertiser",
    "state",
    "proposed_at",
    "package",
    "proposal",
    "digest",
    "outcome",
    "signatures",
    "valid_at",
    "known_at",
    "issued_at",
    "automated",
    "statement",
    "notice",
    "grounds",
    "contrary",
    "rules",
    "supersedes",
    "entry",
    "appeal",
}


def test_of_a_decision_members_are_told_the_fields_that_are_listed_and_no_others(quick_world: World) -> None:
    world, note = quick_world, "a note for those who sign"
    world.ad("a", beer=True)
    decision = world.issued("a", replace(EXCLUDING, reason=note))
    with world.house.records.writing() as records:
        row = replace(_kept(records, decision.id), reason=note, answer={"others": note}, appeal="A-000001")
        records.put(DECISIONS, row)
        staff = {item.id for item in records.find(PEOPLE) if not item.advertiser}
    assert row.signatures
    assert row.issued_by in staff
    told = decision_overview(world.house, world.who(Role.MEMBER), row.id).decision
    for item in fields(DecisionRow):
        value, kept = getattr(told, item.name), getattr(row, item.name)
        assert not [person for person in staff if person in str(value)], item.name
        assert note not in str(value), item.name
        if item.name not in TOLD_OF_A_DECISION:
            assert not value, item.name
        elif item.name not in {"proposal", "signatures"}:
            assert value == kept, item.name
    assert [item.role for item in told.signatures] == [item.role for item in row.signatures]
    assert {**told.proposal, "reason": note} == row.proposal


def test_the_receipt_of_a_decision_has_nothing_that_was_noted_for_those_who_sign(quick_world: World) -> None:
    world, note = quick_world, "a note for those who sign"
    world.ad("a", beer=True)
    row = world.issued("a", replace(EXCLUDING, reason=note))
    found = log.receipt(world.house, world.who(Role.MEMBER), row.id, SIGNER)
    (part,) = found.parts
    assert isinstance(part.content, dict)
    assert part.content["statement"] == row.statement
    assert note not in str([found.entry.body, part.content])
    assert not check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier).findings
    again = replay(world.house, world.who(Role.AUDITOR), row.id)
    assert again.same
    assert not again.flaws


def _kept(records: Writing, decision: str) -> DecisionRow:
    row = records.get(DECISIONS, decision)
    assert row is not None
    return row


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
