"""Reminders: each once, in time, and only of what can still be done."""

from dataclasses import replace

import pytest

from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.reminding import remind
from adjudge.institution.record.audit.check import check_now
from adjudge.ledger.signer import signer_of
from adjudge.records.rows import DecisionRow, Purpose
from adjudge.records.shelf import NOTICES
from tests.rooms.institution.begun import Service, service_in, told_in_advance
from tests.rooms.institution.world import ACME, PLAIN, World


@pytest.fixture
def service(quick_world: World) -> Service:
    """Give an institution with a policy whose measures begin later, in memory."""
    return service_in(quick_world)


def reminded(service: Service, at: str) -> list[tuple[str, str]]:
    """What is reminded of at an instant: what, and the day of it."""
    service.world.clock.set(at)
    return [(str(row.facts["what"]), str(row.facts["when"])[:10]) for row in remind(service.world.house)]


def opened(service: Service, decision: DecisionRow, at: str) -> None:
    """The notice of a decision is made and was opened at an instant, so that its advertiser was informed."""
    house = service.world.house
    service.world.clock.set(at)
    with house.records.writing() as records:
        [row] = records.find(NOTICES, about=decision.id, purpose=Purpose.DECISION.value)
        records.put(NOTICES, replace(row, opened_at=service.world.clock.last))


def test_a_measure_that_begins_later_is_reminded_of_once(world: World) -> None:
    service = service_in(world)
    told_in_advance(world, 30)
    service.claim(ACME, "fraud")
    world.clock.set("2026-11-25T10:00:00Z")
    service.issued(ACME)
    assert not reminded(service, "2026-12-18T23:00:00Z")
    assert reminded(service, "2026-12-19T00:00:00Z") == [("measure", "2026-12-26")]
    assert not reminded(service, "2026-12-19T00:01:00Z")
    assert world.kinds().count("notice:owed") == 1
    made = [row for row in make_owed(world.house) if row.purpose is Purpose.REMINDER]
    assert [row.title for row in made] == ["A measure begins soon: Acme"]
    with world.reopened().house.records.reading() as records:
        assert records.count(NOTICES, purpose=Purpose.REMINDER.value, advertiser=ACME) == 1
    assert not check_now(world.house, signer_of("adjudge.test", bytes(32)).verifier).findings


def test_what_begins_sooner_is_not_reminded_of(service: Service) -> None:
    service.claim("ad", "beer")
    service.world.clock.set("2026-11-25T10:00:00Z")
    service.issued("ad")
    told_in_advance(service.world, reminder_days=8)
    assert not reminded(service, "2026-11-26T00:00:00Z"), "it was told with the decision itself"


def test_after_an_outage_it_is_reminded_of_what_is_still_ahead_only(service: Service) -> None:
    told_in_advance(service.world, 30)
    service.claim(ACME, "fraud")
    service.claim("ad", "beer")
    service.world.clock.set("2026-11-25T10:00:00Z")
    service.issued(ACME)
    service.issued("ad")
    assert reminded(service, "2026-12-25T23:00:00Z") == [("measure", "2026-12-26")]
    assert not reminded(service, "2026-12-26T00:00:00Z")


def test_a_measure_at_rest_is_not_reminded_of(service: Service) -> None:
    told_in_advance(service.world, 30, relief=("exclude",))
    service.claim(ACME, "fraud")
    service.world.clock.set("2026-11-25T10:00:00Z")
    service.filed(service.issued(ACME))
    assert not reminded(service, "2026-12-20T00:00:00Z")


def test_nothing_is_reminded_of_where_no_days_are_settled(service: Service) -> None:
    told_in_advance(service.world, 30, reminder_days=0)
    service.claim(ACME, "fraud")
    service.issued(ACME)
    assert not reminded(service, "2026-12-20T00:00:00Z")


def test_the_end_of_the_time_for_complaining_is_reminded_of_once(service: Service) -> None:
    service.claim("ad", "lottery")
    service.world.clock.set("2026-11-25T10:00:00Z")
    issued = service.issued("ad", PLAIN)
    assert not reminded(service, "2027-05-20T00:00:00Z"), "while nothing shows that it was informed"
    opened(service, issued, "2026-12-01T10:00:00Z")
    assert not reminded(service, "2027-05-24T00:00:00Z")
    [(what, when)] = reminded(service, "2027-05-30T00:00:00Z")
    assert (what, when[:7]) == ("complaint", "2027-06")
    assert not reminded(service, "2027-05-30T00:01:00Z")


def test_whoever_has_appealed_is_not_reminded_to(service: Service) -> None:
    service.claim("ad", "lottery")
    service.world.clock.set("2026-11-25T10:00:00Z")
    issued = service.issued("ad", PLAIN)
    opened(service, issued, "2026-12-01T10:00:00Z")
    appeal = service.filed(issued)
    withdraw(service.world.house, service.world.who("member"), appeal.id, "another time")
    assert not reminded(service, "2027-05-30T00:00:00Z")
