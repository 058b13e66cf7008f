"""An institution in which everything happened of which a notice tells, in one story; for tests of what notices say.

Words of the appellant and of the platform are hostile where they can be; notes of the staff are marked as such.
"""

from dataclasses import replace

from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind, ClockTerm, Consequence, Term
from adjudge.institution.deciding import decisions
from adjudge.institution.hearing import handling, misuse, relief, settlement, talking
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.material import claims
from adjudge.institution.material.subjects import record_subject
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.reminding import remind
from adjudge.institution.notifying.resending import correct
from adjudge.institution.published import replying
from adjudge.institution.ticking.extending import extend
from adjudge.institution.ticking.tick import tick
from adjudge.matters.proposal import Proposal
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, AppealRow, DecisionRow, NoticeRow, Purpose
from adjudge.records.shelf import CLAIMS, NOTICES
from tests.rooms.institution.heard import (
    assigned,
    clock_of,
    due,
    excluded,
    filed,
    misused,
    settled,
    somebody,
    upheld,
)
from tests.rooms.institution.world import ACME, EXCLUDING, OTHER, PLAIN, World, subject

NOTE = "NOTE-OF-THE-STAFF"
"""Stands in every text that is for the staff alone."""
HOSTILE = "<script>alert(1)</script> `code` #set $x$ \\u{0} \x1b[31m \u202ereversed"
QUIET = replace(EXCLUDING, reason=f"{NOTE} " * 500)
DAY = 86_400 * NANOS


def everything(world: World) -> list[NoticeRow]:
    """Every notice that was made."""
    _terms(world)
    settle_contact(
        world.house, world.who(Role.MEMBER), ACME, language="en", emails=("a@example.org",), reason="as asked"
    )
    first = excluded(world, "a")
    made = [*make_owed(world.house)]
    correct(world.house, world.who(Role.APPEALS), made[0].id, "The name of the ad was wrong.")
    _asked_for_reasons(world, first)
    _appealed(world, first)
    _reversed(world)
    _lifted(world)
    _late(world)
    _misused(world)
    _disputed(world)
    _reminded(world)
    _edited(world)
    _replied(world, first)
    make_owed(world.house)
    with world.house.records.reading() as records:
        return list(records.find(NOTICES))


def _replied(world: World, decision: DecisionRow) -> None:
    """A reply in the public register, refused."""
    replying.give_reply(world.house, world.who(Role.MEMBER), decision.id, "We have a licence.")
    reason = f"It names a neighbour.\n\n{HOSTILE}"
    replying.refuse_reply(world.house, world.who(Role.LEGAL), decision.id, "others", reason)


def _edited(world: World) -> None:
    """An ad that was approved, and is another one now."""
    reviewer, landing = world.who(Role.REVIEWER), f"sha256:{'b' * 64}"
    for letter in "ac":
        content = {**subject("edited", ACME), "creative": f"sha256:{letter * 64}", "landing": landing}
        record_subject(world.house, reviewer, content)
        if letter == "a":
            world.issued("edited", Proposal(reason="Nothing in it meets a rule."))


def _terms(world: World) -> None:
    settled(
        world,
        [
            ClockTerm(ClockKind.ACKNOWLEDGE, Term(2), Consequence.SUSPEND_MEASURE),
            ClockTerm(ClockKind.DECIDE, Term(14), Consequence.REINSTATE),
        ],
    )


def _asked_for_reasons(world: World, decision: DecisionRow) -> None:
    asked = filed(world, decision, AppealKind.REASONS)
    staff = world.who(Role.APPEALS)
    handling.acknowledge(world.house, staff, asked.id, f"We look into it.\n\n{HOSTILE}")
    handling.answer_reasons(
        world.house, staff, asked.id, "What was seen on the round is the bottle in the picture."
    )


def _appealed(world: World, decision: DecisionRow) -> None:
    staff, member = world.who(Role.APPEALS), world.who(Role.MEMBER)
    row = file_appeal(world.house, member, decision.id, ["We have a licence.", HOSTILE])
    relief.pause(world.house, staff, row.id, "The harm of waiting is yours.")
    relief.resume(world.house, staff, row.id, "You asked for it.")
    handling.acknowledge(world.house, staff, row.id, "Somebody else reads the file.")
    talking.write(world.house, staff, row.id, "Please send the licence.")
    clock = clock_of(world, row.id, ClockKind.DECIDE)
    assigned(world, row)
    extend(world.house, world.who(Role.LEGAL), clock.id, Instant(clock.due_at.nanos + DAY), "Holidays.")
    upheld(world, row)


def _reversed(world: World) -> None:
    """An appeal that reached us by letter, and succeeds: the claim has fallen away."""
    found = world.ad("b", beer=True)
    decision = world.issued("b", QUIET)
    row = file_appeal(world.house, world.who(Role.APPEALS), decision.id, ["We do not sell beer."])
    claims.withdraw_claim(world.house, world.who(Role.REVIEWER), found["beer"].id, NOTE)
    _decided(world, row)


def _decided(world: World, row: AppealRow) -> DecisionRow:
    judge, other = somebody(world, "judge", Role.APPEALS), somebody(world, "other", Role.SECOND_REVIEWER)
    handling.assign(world.house, world.who(Role.APPEALS), row.id, judge.person, NOTE)
    replies = {point.id: "You are right." for point in row.points}
    proposal = replace(PLAIN, reason=NOTE, appeal=row.id, replies=replies)
    decision = decisions.propose(world.house, judge, row.matter, _subject(world, row), proposal)
    return _issued(world, judge, other, decision)


def _issued(world: World, judge: Actor, other: Actor, row: DecisionRow) -> DecisionRow:
    if decisions.open_needs(world.house, judge, row.id):
        decisions.confirm(world.house, other, row.id, row.digest, NOTE)
    return decisions.issue(world.house, judge, row.id)


def _subject(world: World, row: AppealRow) -> str:
    with world.house.records.reading() as records:
        return decisions.decision(records, row.decision).subject


def _lifted(world: World) -> None:
    """A decision without an appeal by which a measure is lifted."""
    found = world.ad("c", beer=True)
    world.issued("c", QUIET)
    with world.house.records.reading() as records:
        claim = records.get(CLAIMS, found["beer"].id)
    assert claim is not None
    claims.withdraw_claim(world.house, world.who(Role.REVIEWER), claim.id, NOTE)
    world.issued("c", replace(PLAIN, reason=NOTE))


def _late(world: World) -> None:
    """Nobody answers: first the measure rests, then it is lifted."""
    row = filed(world, excluded(world, "d"))
    for kind in (ClockKind.ACKNOWLEDGE, ClockKind.DECIDE):
        due(world, clock_of(world, row.id, kind))
        tick(world.house)


def _misused(world: World) -> None:
    for number in range(5):
        misused(world, f"m{number}", OTHER)
    staff = world.who(Role.APPEALS)
    weighed = {"gravity": "It keeps others waiting.", "intention": "It was said to be a game."}
    row = misuse.warn(world.house, staff, OTHER, weighed, "Five appeals that say nothing.")
    make_owed(world.house)
    world.clock.nanos += 20 * DAY
    misused(world, "m5", OTHER)
    until = Instant((world.clock.nanos // DAY + 30) * DAY)
    misuse.suspend(world.house, somebody(world, "judge", Role.APPEALS), row.id, until, "It goes on.")
    filed(world, excluded(world, "m6", OTHER))
    make_owed(world.house)
    misuse.end_misuse(world.house, staff, row.id, NOTE)


def _disputed(world: World) -> None:
    staff, member = world.who(Role.APPEALS), world.who(Role.MEMBER)
    decision = excluded(world, "e")
    row = settlement.refer(world.house, member, decision.id, "Body of Settlement", "7/2026", "unfair")
    settlement.record_outcome(world.house, staff, row.id, "for_advertiser", f"Lift it. {HOSTILE}")
    settlement.not_follow(world.house, staff, row.id, "The law leaves no choice.")


def _reminded(world: World) -> None:
    decision = excluded(world, "f")
    make_owed(world.house)
    with world.house.records.writing() as records:
        (row,) = records.find(NOTICES, about=decision.id, purpose=Purpose.DECISION.value)
        records.put(NOTICES, replace(row, opened_at=world.clock.last))
    world.clock.nanos += 178 * DAY
    remind(world.house)
