"""Notices, appeals, clocks, disputes and misuse held to the log: what is altered behind its back is found."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from adjudge.basis.instant import NANOS, Instant
from adjudge.clocks.term import ClockKind
from adjudge.institution.hearing import filing, handling, misuse, relief, settlement, talking
from adjudge.institution.house import write_by_institution
from adjudge.institution.notifying import contacts, delivering, making, resending
from adjudge.institution.notifying import reading as notices
from adjudge.institution.record.audit.check import TELLING, check_log
from adjudge.institution.ticking.extending import extend
from adjudge.institution.ticking.tick import tick
from adjudge.people.act import ACTS, Act
from adjudge.people.role import Role
from adjudge.post.attempt import Attempt, Delivered, Refused
from adjudge.post.outgoing import Call, Mail
from adjudge.post.post import Post
from adjudge.records.rows import AppealKind, DeliveryState, MisuseState, NoticeState
from adjudge.records.shelf import (
    APPEALS,
    CLOCKS,
    CONTACTS,
    DELIVERIES,
    DISPUTES,
    MEASURES,
    MESSAGES,
    MISUSES,
    NOTICES,
    PROCEDURES,
    Shelf,
)
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.drivers_heard import ANSWER, HEARD, unheeded
from tests.rooms.institution.heard import assigned, clock_of, due, excluded, filed, upheld
from tests.rooms.institution.world import ACME, World

DAY = 86_400 * NANOS


def flaws(world: World) -> list[tuple[str, str]]:
    found = check_log(world.house, world.who(Role.AUDITOR), SIGNER.verifier)
    return [(item.where, str(item.message)) for item in found.findings]


class Taken:
    """Takes all mail, and refuses all calls."""

    def send(self, what: Mail | Call) -> Attempt:
        return Delivered("250 taken") if isinstance(what, Mail) else Refused("410 gone")


def heard(world: World) -> None:
    """An institution in which everything that can come after a decision came once."""
    house, member, appeals = world.house, world.who(Role.MEMBER), world.who(Role.APPEALS)
    contacts.settle_contact(
        house,
        member,
        ACME,
        language="fr",
        emails=["post@example.org"],
        webhook="https://example.org/hook",
        reason="so",
    )
    first = filed(world, excluded(world, "a"))
    handling.acknowledge(house, appeals, first.id, "It is looked at until Friday.")
    talking.write(house, member, first.id, "One thing more.")
    talking.write(house, appeals, first.id, "We have read it.")
    relief.pause(house, appeals, first.id, "it is not clear yet")
    relief.resume(house, appeals, first.id, "it is clear now")
    clock = clock_of(world, first.id, ClockKind.DECIDE)
    assigned(world, first)
    extend(house, world.who(Role.LEGAL), clock.id, Instant(clock.due_at.nanos + DAY), "an expert is heard")
    decision = excluded(world, "b")
    request = filed(world, decision, AppealKind.REASONS)
    relief.pause(house, appeals, request.id, "it is not clear yet")
    handling.answer_reasons(house, appeals, request.id, ANSWER)
    filing.withdraw(house, member, filed(world, decision).id, "all is well")
    third = filed(world, excluded(world, "c"))
    due(world, clock_of(world, third.id, ClockKind.DECIDE))
    tick(house)
    upheld(world, first)
    dispute = settlement.refer(house, member, decision.id, "A body", "12/26", "nothing else helped")
    clock = clock_of(world, dispute.id, ClockKind.SETTLE)
    extend(house, appeals, clock.id, Instant(clock.due_at.nanos + DAY), "it asks for a day")
    settlement.record_outcome(
        house, appeals, dispute.id, settlement.Found.FOR_PLATFORM, "What the body says."
    )
    settlement.carry_out(house, appeals, dispute.id, decision.id, "it stands")
    procedure, until = unheeded(world, ACME)
    misuse.suspend(house, appeals, procedure.id, until, "it was not heeded")
    held = filed(world, excluded(world, "held"))
    assert held.held_until == until
    misuse.end_misuse(house, appeals, procedure.id, "they have understood")
    _send(world)


def _send(world: World) -> None:
    """Everything that is owed is made and sent; one is opened, one sent again, one corrected."""
    house, appeals = world.house, world.who(Role.APPEALS)
    made = [row for row in making.make_owed(house) if row.advertiser == ACME]
    delivering.deliver_due(house, Post(mailer=Taken(), webhooks=Taken()))
    notices.open_notice(house, world.who(Role.MEMBER), made[0].id)
    resending.resend(house, appeals, made[1].id, "it was not found")
    resending.correct(house, appeals, made[2].id, "a wrong day")


@pytest.fixture(scope="module")
def told(founded_in_memory: World) -> World:
    """Give an institution in which all of it came; nobody writes into this one."""
    world = copied(founded_in_memory)
    heard(world)
    return world


def copied(world: World) -> World:
    from tests.rooms.institution.test_rights import fork

    return fork(replace(world, people=dict(world.people)))


def test_what_came_after_decisions_is_what_the_log_says(told: World) -> None:
    assert flaws(told) == []
    kinds = set(told.kinds())
    after = {ACTS[act].writes for act in HEARD if ACTS[act].writes} - {
        "appeal:assigned",
        "dispute:not_followed",
        "dispute:ended",
    }
    by_rule = {"notice:made", "notice:delivered", "notice:failed", "clock:ran_out", "appeal:decided"}
    assert kinds >= after | by_rule | {"appeal:granted", "notice:corrected"}


@pytest.mark.slow
def test_and_so_it_is_in_each_database(kept_world: World) -> None:
    heard(kept_world)
    assert flaws(kept_world) == []


@pytest.mark.parametrize("act", HEARD, ids=str)
def test_each_act_tells_of_all_that_it_changes(quick_world: World, act: Act) -> None:
    name, work = HEARD[act](quick_world, ACME)
    by_hand = {Act.OPEN_NOTICE, Act.RESEND, Act.CORRECT}  # of a notice that the test has made itself
    role = next(role for role in Role if role in ACTS[act].roles and role is not Role.SERVICE)
    work(quick_world, quick_world.who(role), name)
    found = flaws(quick_world)
    if act in by_hand:
        found = [(where, said) for where, said in found if not where.startswith("notice ")]
    assert found == []


ALTERED: Mapping[str, tuple[Shelf[Any], str, dict[str, Any]]] = {
    "what was asked": (APPEALS, "decided", {"points": ()}),
    "how an appeal ended": (APPEALS, "decided", {"outcome": "reversed"}),
    "to whom it was assigned": (APPEALS, "decided", {"assignee": "P-000001"}),
    "when it was filed": (APPEALS, "decided", {"filed_at": Instant(0)}),
    "an answer": (APPEALS, "answered", {"answer": "None."}),
    "what was said": (MESSAGES, "", {"text": "Something else."}),
    "who said it": (MESSAGES, "", {"side": "nobody"}),
    "a day that slid": (CLOCKS, "", {"due_at": Instant(10**18)}),
    "a consequence": (CLOCKS, "", {"consequence": "nothing"}),
    "a clock that stopped by itself": (CLOCKS, "running", {"state": "stopped"}),
    "an extension": (CLOCKS, "", {"extensions": ()}),
    "a rest": (MEASURES, "", {"pauses": ()}),
    "a notice that was made otherwise": (NOTICES, "made", {"forms": {"text/plain": "sha256:0"}}),
    "what a notice is about": (NOTICES, "made", {"about": "X-000001"}),
    "a notice that was never opened": (NOTICES, "", {"opened_at": Instant(0)}),
    "a delivery": (DELIVERIES, "failed", {"state": DeliveryState.DELIVERED}),
    "a proof": (DELIVERIES, "delivered", {"proof": "250 of course"}),
    "an address": (CONTACTS, "", {"emails": ("other@example.org",)}),
    "a clock's term": (PROCEDURES, "", {"clocks": {"decide": {"count": "900"}}}),
    "what a body found": (DISPUTES, "", {"outcome": "for_advertiser"}),
    "a suspension": (MISUSES, "", {"state": MisuseState.WARNED}),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_row_that_was_altered_is_found(told: World, name: str) -> None:
    shelf, state, fields = ALTERED[name]
    world = copied(told)
    row = _row(world, shelf, state, fields)
    with world.house.records.writing() as records:
        records.put(shelf, replace(row, **fields))
    field = next(iter(fields))
    assert flaws(world)[0][0] == f"{shelf.name} {row.id}"
    assert any(f"`{field}` is not what entry" in said for _, said in flaws(world))


def _row(world: World, shelf: Shelf[Any], state: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 - of any shelf
    """The first row in a state that would be another one."""
    with world.house.records.reading() as records:
        rows = [row for row in records.find(shelf) if not state or str(row.state) == state]
    return next(row for row in rows if any(getattr(row, key) != value for key, value in fields.items()))


def test_rows_that_were_put_in_or_taken_away_are_found(told: World) -> None:
    world = copied(told)
    with world.house.records.writing() as records:
        row = records.find(NOTICES, state=NoticeState.MADE.value)[0]
        records.put(NOTICES, replace(row, id="N-999999-1"))
        clock = records.find(CLOCKS)[0]
        records.put(CLOCKS, replace(clock, id="A-999999-decide"))
    assert {where for where, _ in flaws(world)} == {"notice N-999999-1", "clock A-999999-decide"}


def test_every_kind_that_the_institution_writes_is_known(told: World) -> None:
    """What it writes by rule tells of rows, or of nothing but what follows."""
    with told.house.records.reading() as records:
        by_rule = {entry.kind for entry in records.entries() if entry.actor == "institution"}
    assert by_rule - set(TELLING) <= {"notice:owed"}


def test_an_entry_that_nobody_of_ours_wrote_breaks_nothing(quick_world: World) -> None:
    odd: Mapping[str, Any] = {"advertiser": ACME, "follows": {"clocks": [{"count": "x"}], "paused": "all"}}
    with quick_world.house.records.writing() as records:
        for kind in ("clock:ran_out", "appeal:decided", "notice:made", "institution:procedure_settled"):
            write_by_institution(records, quick_world.clock(), kind, "odd", odd)
    assert any(where.startswith("log ") for where, _ in flaws(quick_world))
