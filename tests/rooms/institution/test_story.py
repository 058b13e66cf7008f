"""The founding case from a vague notice to a proof that trusts nobody, in memory and in both databases."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from adjudge.errors import RefusedError
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.house import House
from adjudge.institution.material import claims
from adjudge.institution.material.view import evaluate, outcome_form
from adjudge.institution.record import log, replay
from adjudge.institution.staff import people
from adjudge.ledger.entry import Entry
from adjudge.ledger.log_file import read_lines
from adjudge.ledger.part import Part
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.verify_log import verify_log
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import ClaimRow, DecisionRow, DecisionState, MatterState
from adjudge.records.shelf import CLAIMS, MEASURES
from tests.databases import Place
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import Clock, World, codes, settle

FOLDER = Path("examples/cases/kaspersky-2018")
AD = "ad-antivirus"
VAGUE = "Your ads are in breach of our policies. The Google Ads team"
REASONED = Proposal(
    reason="The determination forbids the sale of the product to US persons.",
    milder="A label would not stop a sale that the law forbids.",
    rights="The freedom to conduct a business; the ad may run everywhere else.",
)


def test_from_a_vague_notice_to_a_proof_that_trusts_nobody(place: Place) -> None:
    clock = Clock()
    world = World(place, clock, place.house(clock))
    world.join("administrator", Role.ADMINISTRATOR, by=people.FOUNDER)
    for role in (Role.REVIEWER, Role.SECOND_REVIEWER, Role.LEGAL, Role.AUDITOR, Role.APPEALS):
        world.join(role.value, role)
    settle(world)
    house, reviewer = world.house, world.who(Role.REVIEWER)
    matter = bring_case(house, world.who(Role.ADMINISTRATOR), reviewer, FOLDER)

    _a_vague_notice_is_refused(world, matter.id)
    issued = _a_proper_decision_is_issued(world, matter.id)
    again = world.reopened()
    _it_is_made_again_from_the_log_alone(again, issued)
    _receipts_and_the_log_verify_offline(again, issued)
    _a_doubt_about_its_ground_reopens_it(again, matter.id, issued)
    _receipts_and_the_log_verify_offline(again, issued)


def _a_vague_notice_is_refused(world: World, matter: str) -> None:
    with pytest.raises(RefusedError) as raised:
        decisions.propose(world.house, world.who(Role.REVIEWER), matter, AD, Proposal(reason=VAGUE))
    assert codes(raised.value) == ["milder-not-weighed", "rights-not-considered"]
    row = decisions.propose(
        world.house, world.who(Role.REVIEWER), matter, AD, replace(REASONED, wording=VAGUE)
    )
    _all_sign(world, row)
    with pytest.raises(RefusedError) as raised:
        decisions.issue(world.house, world.who(Role.REVIEWER), row.id)
    assert codes(raised.value).count("incomplete-statement") >= 5, (
        "ground, facts, scope, redress are all missing"
    )
    with world.house.records.reading() as records:
        assert records.count(MEASURES) == 0
    decisions.give_back(world.house, world.who(Role.SECOND_REVIEWER), row.id, "it says nothing")


def _a_proper_decision_is_issued(world: World, matter: str) -> DecisionRow:
    house, reviewer = world.house, world.who(Role.REVIEWER)
    row = decisions.propose(house, reviewer, matter, AD, REASONED)
    with pytest.raises(RefusedError) as raised:
        decisions.issue(house, reviewer, row.id)
    assert codes(raised.value) == ["not-signed", "not-signed"], "a second person, and legal"
    assert decisions.open_needs(house, reviewer, row.id) == ("second_reviewer", "legal")
    _all_sign(world, row)
    assert decisions.standing_in_the_way(house, reviewer, row.id) == ()
    issued = decisions.issue(house, reviewer, row.id)
    assert issued.state is DecisionState.ISSUED
    assert set(issued.statement) == {"en", "fr"}
    for text in ("ICTS-2021-002", REASONED.milder, REASONED.rights, "https://example.org/complain"):
        assert text in issued.statement["en"]
    with house.records.reading() as records:
        measures = records.find(MEASURES, decision=issued.id)
        assert [(item.kind, item.territories, item.all_but) for item in measures] == [
            ("exclude", ("US",), False)
        ]
        entry = records.entry(issued.entry)
        assert entry is not None
        assert [reason["rule"] for reason in entry.body["reasons"]] == list(issued.rules)  # type: ignore[index,union-attr,call-overload]
    return issued


def _it_is_made_again_from_the_log_alone(world: World, issued: DecisionRow) -> None:
    found = replay.replay(world.house, world.who(Role.AUDITOR), issued.id)
    assert found.same
    assert found.missing == ()
    assert b"prohibited-sale" in found.found
    from_file = replay.replay_entries(_with_parts(exported(world.house, world)), issued.id)
    assert from_file == found


def _receipts_and_the_log_verify_offline(world: World, issued: DecisionRow) -> None:
    content = receipt_bytes(log.receipt(world.house, world.who(Role.REVIEWER), issued.id, SIGNER))
    report = verify_receipt(content, SIGNER.verifier)
    assert report.is_verified
    assert report.entry is not None
    assert report.entry.kind == "decision:issued"
    file = exported(world.house, world)
    with world.house.records.reading() as records:
        assert verify_log(BytesIO(file), SIGNER.verifier).is_verified
        assert file.count(b'"format":"adjudge-entry/1"') == records.size()
    spoilt = file.replace(b"prohibited-sale", b"prohibited-sa1e", 1)
    assert not verify_log(BytesIO(spoilt), SIGNER.verifier).is_verified


def _a_doubt_about_its_ground_reopens_it(world: World, matter: str, issued: DecisionRow) -> None:
    house, reviewer = world.house, world.who(Role.REVIEWER)
    before = world.clock.last
    with house.records.reading() as records:
        old = records.get(CLAIMS, issued.grounds[0])
    assert isinstance(old, ClaimRow)
    with pytest.raises(RefusedError):
        claims.discount(house, reviewer, old.id, old.weight + 1, "sure of it")
    claims.discount(house, reviewer, old.id, 1, "the page has changed since")
    row = matters.read_matter(house, reviewer, matter)
    assert row.state is MatterState.REOPENED
    assert issued.id in row.reason
    assert old.id in row.reason
    with house.records.reading() as records:
        then = evaluate(records, row, before, before)
        now = evaluate(records, row, world.clock.last, world.clock.last)
    assert outcome_form(then, AD) == issued.outcome["outcome"], "every earlier view can be had again"
    assert outcome_form(now, AD) != outcome_form(then, AD), "and now it is another one"
    assert decisions.read_decision(house, reviewer, issued.id).state is DecisionState.ISSUED, (
        "a person decides anew"
    )
    assert replay.replay(house, world.who(Role.AUDITOR), issued.id).same


def _all_sign(world: World, row: DecisionRow) -> None:
    second, legal = world.who(Role.SECOND_REVIEWER), world.who(Role.LEGAL)
    decisions.confirm(world.house, second, row.id, row.digest, "read and agreed")
    decisions.sign(world.house, legal, row.id, "legal", row.digest, reason="lawful")


def exported(house: House, world: World) -> bytes:
    """The log as one file."""
    return b"".join(log.export_log(house, world.who(Role.AUDITOR), log.Exported(signer=SIGNER)))


def _with_parts(file: bytes) -> Iterator[tuple[Entry, Part | None]]:
    """The entries of a file, each with its part."""
    waiting: Entry | None = None
    for line in read_lines(BytesIO(file)):
        if isinstance(line.found, Entry):
            if waiting is not None:
                yield waiting, None
            waiting = line.found
        elif isinstance(line.found, Part) and waiting is not None:
            yield waiting, line.found
            waiting = None
    if waiting is not None:
        yield waiting, None
