"""Disputes before a body of settlement: brought, decided there, and never left without an answer here."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from adjudge.basis.ids import RuleId
from adjudge.clocks.term import ClockKind, Consequence, Term, Unit
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.hearing.filing import file_appeal, withdraw
from adjudge.institution.hearing.handling import acknowledge
from adjudge.institution.hearing.pack import pack
from adjudge.institution.hearing.settlement import (
    carry_out,
    disputes_of,
    end_dispute,
    not_follow,
    read_dispute,
    record_outcome,
    refer,
)
from adjudge.institution.hearing.talking import attach, write
from adjudge.institution.material.documents import Upload, expunge, receive
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.packing import pack_letter
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.ticking.tick import tick
from adjudge.letters.letter import all_texts
from adjudge.letters.pdf import pdf_of
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import (
    AppealKind,
    AppealRow,
    ClockState,
    DecisionRow,
    DisputeRow,
    DisputeState,
    Purpose,
)
from adjudge.records.shelf import DECISIONS
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.heard import clock_of, due, effective, excluded, only, owed, settled
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, PLAIN, World, codes, document

PDF = Upload(content=b"%PDF-1.7 a licence", file_name="licence.pdf")


def filed(world: World, decision: DecisionRow, kind: AppealKind = AppealKind.APPEAL) -> AppealRow:
    """An appeal of one point by the advertiser, or a request for reasons."""
    return file_appeal(world.house, world.who(Role.MEMBER), decision.id, ["We have a licence."], kind=kind)


def referred(world: World, decision: DecisionRow, role: Role = Role.MEMBER) -> DisputeRow:
    return refer(world.house, world.who(role), decision.id, "Settlement House", "SH-17", "We disagree.")


def found_for(world: World, dispute: DisputeRow, outcome: str) -> DisputeRow:
    return record_outcome(world.house, world.who(Role.APPEALS), dispute.id, outcome, "Lift it.")


def milder(decision: DecisionRow) -> Proposal:
    return replace(EXCLUDING, instead={RuleId(decision.rules[0]): None}, why_departing="As was recommended.")


@pytest.mark.parametrize("role", [Role.MEMBER, Role.APPEALS])
def test_a_dispute_is_brought_before_any_body_with_or_without_an_appeal(
    quick_world: World, role: Role
) -> None:
    decision = excluded(quick_world)
    dispute = referred(quick_world, decision, role)
    clock = clock_of(quick_world, dispute.id, ClockKind.SETTLE)
    assert (dispute.state, dispute.appeal, dispute.due_at) == (DisputeState.REFERRED, "", clock.due_at)
    assert read_dispute(quick_world.house, quick_world.who(Role.MEMBER), dispute.id) == dispute
    with pytest.raises(ConflictError, match=dispute.id):
        referred(quick_world, decision)


def test_a_dispute_names_the_appeal_that_came_before(quick_world: World) -> None:
    decision = excluded(quick_world)
    row = filed(quick_world, decision)
    withdraw(quick_world.house, quick_world.who(Role.MEMBER), row.id, "")
    assert referred(quick_world, decision).appeal == row.id


def test_an_outcome_is_carried_out_by_a_decision_issued_since(world: World) -> None:
    decision = excluded(world)
    dispute, clerk = referred(world, decision), world.who(Role.APPEALS)
    with pytest.raises(RefusedError):
        carry_out(world.house, clerk, dispute.id, decision.id, "as recommended")
    told = found_for(world, dispute, "for_advertiser")
    assert clock_of(world, dispute.id, ClockKind.SETTLE).state is ClockState.STOPPED
    assert clock_of(world, dispute.id, ClockKind.CARRY_OUT).state is ClockState.RUNNING
    assert told.recommended == "Lift it."
    with pytest.raises(RefusedError) as caught:
        carry_out(world.house, clerk, dispute.id, decision.id, "as recommended")
    assert codes(caught.value) == ["too-early"]
    anew = world.issued("a", milder(decision))
    ended = carry_out(world.house, clerk, dispute.id, anew.id, "as recommended")
    assert (ended.state, ended.result) == (DisputeState.CARRIED_OUT, anew.id)
    assert clock_of(world, dispute.id, ClockKind.CARRY_OUT).state is ClockState.STOPPED
    (notice,) = owed(world, Purpose.SETTLEMENT)
    assert (notice.about, notice.of, notice.facts) == (anew.id, dispute.id, {"what": "carried_out"})
    assert not effective(world, decision)


def test_the_same_measures_carry_nothing_out(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    dispute = referred(world, decision)
    found_for(world, dispute, "partly")
    again, other = world.issued("a"), excluded(world, "b")
    for name, code in ((again.id, "not-carried-out"), (other.id, "other-subject"), ("X-9", "other-subject")):
        with pytest.raises(RefusedError) as caught:
            carry_out(world.house, world.who(Role.APPEALS), dispute.id, name, "as recommended")
        assert codes(caught.value) == [code]


def test_an_outcome_is_not_followed_with_reasons_that_are_told(world: World) -> None:
    decision = excluded(world)
    dispute = referred(world, decision)
    found_for(world, dispute, "partly")
    with pytest.raises(RefusedError):
        not_follow(world.house, world.who(Role.LEGAL), dispute.id, " ")
    ended = not_follow(world.house, world.who(Role.LEGAL), dispute.id, "The licence was forged.")
    assert ended.state is DisputeState.NOT_FOLLOWED
    (notice,) = owed(world, Purpose.SETTLEMENT)
    assert (notice.about, notice.facts) == (decision.id, {"what": "not_followed"})
    assert effective(world, decision)
    assert referred(world, decision).state is DisputeState.REFERRED


def test_what_was_found_for_the_platform_is_carried_out_by_what_is_in_force(quick_world: World) -> None:
    world, decision = quick_world, excluded(quick_world)
    dispute = referred(world, decision)
    found_for(world, dispute, "for_platform")
    with pytest.raises(RefusedError) as caught:
        not_follow(world.house, world.who(Role.APPEALS), dispute.id, "We won.")
    assert codes(caught.value) == ["nothing-to-refuse"]
    ended = carry_out(world.house, world.who(Role.APPEALS), dispute.id, decision.id, "it stands")
    assert ended.result == decision.id


@pytest.mark.parametrize(("role", "notices"), [(Role.MEMBER, 0), (Role.APPEALS, 1)])
def test_a_dispute_can_end_without_an_outcome(quick_world: World, role: Role, notices: int) -> None:
    dispute = referred(quick_world, excluded(quick_world))
    ended = end_dispute(quick_world.house, quick_world.who(role), dispute.id, "It was not taken.")
    assert ended.state is DisputeState.ENDED
    assert clock_of(quick_world, dispute.id, ClockKind.SETTLE).state is ClockState.STOPPED
    assert len(owed(quick_world, Purpose.SETTLEMENT)) == notices


def test_an_advertiser_records_an_outcome_with_what_the_body_sent(world: World) -> None:
    """The clock that binds the platform does not wait for the platform to begin it."""
    dispute, member = referred(world, excluded(world)), world.who(Role.MEMBER)
    with pytest.raises(RefusedError) as caught:
        record_outcome(world.house, member, dispute.id, "for_advertiser", "Lift it.")
    assert codes(caught.value) == ["missing-document"]
    foreign = receive(world.house, world.who("stranger"), OTHER, document(), PDF)
    with pytest.raises(NotFoundError):
        record_outcome(world.house, member, dispute.id, "for_advertiser", "Lift it.", documents=[foreign.id])
    letter = receive(world.house, member, ACME, document(), PDF)
    told = record_outcome(
        world.house, member, dispute.id, "for_advertiser", "Lift it.", documents=[letter.id]
    )
    assert (told.state, told.recorded_by, told.documents) == (
        DisputeState.DECIDED,
        "advertiser",
        (letter.id,),
    )
    assert clock_of(world, dispute.id, ClockKind.CARRY_OUT).started_at == told.decided_at
    with pytest.raises(RefusedError) as caught:
        expunge(world.house, world.who(Role.ADMINISTRATOR), letter.id, "They asked for it.")
    assert codes(caught.value) == ["still-needed"]
    found = pack(world.house, world.who(Role.APPEALS), dispute.id)
    assert isinstance(found["dispute"], dict)
    assert found["dispute"]["recorded_by"] == "advertiser"
    assert [item["id"] for item in packed_documents(found)] == [letter.id]
    checked = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    assert [f"{item.where}: {item.message}" for item in checked.findings] == []


def packed_documents(found: dict[str, Any]) -> list[dict[str, Any]]:
    return list(found["documents"])


@pytest.mark.parametrize("role", [Role.MEMBER, Role.APPEALS])
def test_a_dispute_with_an_outcome_does_not_end_without_an_answer(quick_world: World, role: Role) -> None:
    dispute = referred(quick_world, excluded(quick_world))
    assert found_for(quick_world, dispute, "partly").recorded_by == "platform"
    with pytest.raises(RefusedError):
        end_dispute(quick_world.house, quick_world.who(role), dispute.id, "We say that it is over.")


def test_why_a_dispute_ended_is_told_by_those_who_end_it(quick_world: World) -> None:
    world, clerk = quick_world, quick_world.who(Role.APPEALS)
    dispute = referred(world, excluded(world))
    with pytest.raises(RefusedError):
        end_dispute(world.house, clerk, dispute.id, " ")
    end_dispute(world.house, clerk, dispute.id, "The body wrote that it takes no cases of this kind.")
    make_owed(world.house)
    (notice,) = owed(world, Purpose.SETTLEMENT)
    text = world.house.blobs.get(notice.forms["text/plain"])
    assert text is not None
    assert "takes no cases of this kind" in " ".join(text.decode().split())


def test_a_severer_decision_carries_nothing_out(quick_world: World) -> None:
    world = quick_world
    world.ad("a", ACME, lottery=True)
    decision = world.issued("a", PLAIN)
    dispute = referred(world, decision)
    found_for(world, dispute, "for_advertiser")
    world.claim("a", "beer")
    severer = world.issued("a", EXCLUDING)
    with pytest.raises(RefusedError) as caught:
        carry_out(world.house, world.who(Role.APPEALS), dispute.id, severer.id, "as recommended")
    assert codes(caught.value) == ["not-carried-out"]


def test_an_outcome_is_one_of_three(quick_world: World) -> None:
    dispute = referred(quick_world, excluded(quick_world))
    with pytest.raises(RefusedError) as caught:
        found_for(quick_world, dispute, "draw")
    assert codes(caught.value) == ["bad-value"]
    assert read_dispute(quick_world.house, quick_world.who(Role.APPEALS), dispute.id).outcome == ""


def test_measures_that_rest_since_an_outcome_has_no_answer_have_effect_when_it_has(
    quick_world: World,
) -> None:
    world = quick_world
    settled(world, only(ClockKind.CARRY_OUT, Consequence.SUSPEND_MEASURE, Term(3, Unit.DAYS)))
    decision = excluded(world)
    dispute = referred(world, decision)
    found_for(world, dispute, "for_advertiser")
    due(world, clock_of(world, dispute.id, ClockKind.CARRY_OUT))
    tick(world.house)
    assert not effective(world, decision)
    not_follow(world.house, world.who(Role.APPEALS), dispute.id, "The licence was forged.")
    assert effective(world, decision)


def test_disputes_of_others_are_not_there(quick_world: World) -> None:
    decision = excluded(quick_world)
    dispute = referred(quick_world, decision)
    house, stranger = quick_world.house, quick_world.who("stranger")
    foreign: tuple[Callable[[], object], ...] = (
        lambda: refer(house, stranger, decision.id, "Body", "", ""),
        lambda: read_dispute(house, stranger, dispute.id),
        lambda: end_dispute(house, stranger, dispute.id, "no"),
        lambda: pack(house, stranger, dispute.id),
        lambda: disputes_of(house, stranger, advertiser=ACME),
        lambda: record_outcome(house, stranger, dispute.id, "partly", "Lift it."),
    )
    for act in foreign:
        with pytest.raises(NotFoundError):
            act()
    assert list(disputes_of(house, stranger)) == []
    assert [row.id for row in disputes_of(house, quick_world.who(Role.MEMBER), state="referred")] == [
        dispute.id
    ]
    assert list(disputes_of(house, quick_world.who(Role.APPEALS), advertiser=OTHER)) == []


# --- the pack ---


def packed(world: World) -> tuple[DisputeRow, dict[str, Any]]:
    decision = excluded(world)
    row = filed(world, decision)
    acknowledge(world.house, world.who(Role.APPEALS), row.id, "We read it by Friday.")
    write(world.house, world.who(Role.MEMBER), row.id, "Here is the licence.")
    attach(world.house, world.who(Role.MEMBER), row.id, PDF, "Licence")
    dispute = referred(world, decision)
    return dispute, pack(world.house, world.who(Role.MEMBER), dispute.id)


def test_a_pack_has_all_that_both_sides_may_see(world: World) -> None:
    dispute, found = packed(world)
    text = json.dumps(found)
    for words in ("We have a licence.", "We read it by Friday.", "Here is the licence.", "Settlement House"):
        assert words in text
    (document,) = found["documents"]
    assert document["digest"].startswith("sha256:")
    assert found["format"] == "adjudge-dispute/1"
    assert "Clause on beer" in found["statement"]["en"]
    assert {item["kind"] for item in found["log"]} >= {
        "decision:issued",
        "appeal:filed",
        "appeal:acknowledged",
        "dispute:referred",
    }
    assert {item["kind"] for item in found["clocks"]} == {"acknowledge", "decide", "settle"}
    assert dispute.id in text


def test_both_sides_get_the_same_pack_and_nobody_of_the_staff_is_in_it(quick_world: World) -> None:
    dispute, found = packed(quick_world)
    again = pack(quick_world.house, quick_world.who(Role.APPEALS), dispute.id)
    assert {**again, "at": found["at"]} == found
    text = json.dumps(found)
    staff = {actor.person for name, actor in quick_world.people.items() if name not in {"member", "stranger"}}
    assert not [person for person in staff if person in text]
    assert EXCLUDING.reason not in text


@pytest.mark.parametrize("language", ["en", "fr", "xx"])
def test_the_pack_can_be_printed_and_says_the_same(quick_world: World, language: str) -> None:
    dispute, found = packed(quick_world)
    letter = pack_letter(quick_world.house, quick_world.who(Role.MEMBER), dispute.id, language)
    text = " ".join(all_texts(letter))
    for words in (
        "We have a licence.",
        "We read it by Friday.",
        "Here is the licence.",
        "We disagree.",
        "SH-17",
    ):
        assert words in text
    assert found["documents"][0]["digest"].removeprefix("sha256:") in text
    assert all(item["subject"] in text for item in found["log"])
    assert letter.language == ("fr" if language == "fr" else "en")
    assert letter.addressee == ("Settlement House",)
    assert pdf_of(letter).startswith(b"%PDF-")
    with pytest.raises(NotFoundError):
        pack_letter(quick_world.house, quick_world.who("stranger"), dispute.id, language)


def test_rows_follow_from_the_log_through_a_whole_dispute(quick_world: World) -> None:
    world = quick_world
    settled(world, only(ClockKind.CARRY_OUT, Consequence.SUSPEND_MEASURE, Term(3, Unit.DAYS)))
    dispute, _ = packed(world)
    found_for(world, dispute, "for_advertiser")
    due(world, clock_of(world, dispute.id, ClockKind.CARRY_OUT))
    tick(world.house)
    not_follow(world.house, world.who(Role.LEGAL), dispute.id, "The licence was forged.")
    with world.house.records.reading() as records:
        row = records.get(DECISIONS, dispute.decision)
    assert row is not None
    second = referred(world, row)
    end_dispute(world.house, world.who(Role.MEMBER), second.id, "We took it back.")
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    assert [f"{item.where}: {item.message}" for item in found.findings] == []
