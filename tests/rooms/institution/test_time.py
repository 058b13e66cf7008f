"""Time: a clock that was set back, the end of a year, hours that are skipped or come twice, leap days."""

import pytest

from adjudge.basis.reading.json_text import Plain
from adjudge.errors import NotFoundError
from adjudge.institution.deciding import matters
from adjudge.institution.material.view import evaluate
from adjudge.institution.record import replay
from adjudge.institution.staff import keys, people
from adjudge.people.role import Role
from adjudge.records.shelf import MEASURES
from tests.rooms.institution.world import PLAIN, World

FACTS: dict[str, Plain] = {"loud": True}


def test_a_clock_that_was_set_back_makes_nothing_earlier(world: World) -> None:
    world.ad("ad", **FACTS)
    world.clock.set("2020-01-01T00:00:00Z")
    issued = world.issued("ad", PLAIN)
    with world.reopened().house.records.reading() as records:
        times = [entry.at for entry in records.entries()]
        assert times == sorted(times)
        assert records.count(MEASURES, decision=issued.id) == 1, "what was known is known still"
    assert issued.rules == ("loud",)
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


@pytest.mark.parametrize(
    "at",
    [
        "2026-12-31T23:59:58Z",  # a year ends between proposal and decision
        "2027-03-28T00:59:58Z",  # an hour is skipped in Europe
        "2026-10-25T00:59:58Z",  # an hour comes twice
        "2028-02-28T23:59:58Z",  # a leap day begins
        "2038-01-19T03:14:06Z",  # 32 bits end
        "2099-12-31T23:59:58Z",
    ],
)
def test_what_is_decided_across_a_turn_of_the_clock_holds(world: World, at: str) -> None:
    world.clock.set("2026-10-20T00:00:00Z")
    world.ad("ad", lottery=True)
    world.clock.set(at)
    issued = world.issued("ad", PLAIN)
    with world.reopened().house.records.reading() as records:
        [measure] = records.find(MEASURES, decision=issued.id)
    assert measure.end is not None
    days = (measure.end.nanos - measure.start.nanos) / (86_400 * 10**9)
    assert 29 < days <= 30
    assert str(measure.end).endswith("T00:00:00Z"), "days are days of UTC, whatever the country"
    assert replay.replay(world.house, world.who("auditor"), issued.id).same


def test_every_earlier_view_can_be_had_again(world: World) -> None:
    seen = []
    world.ad("ad")
    matter = world.matter()
    for fact in ("beer", "loud", "lottery"):
        world.claim("ad", fact)
        at = world.clock()
        with world.house.records.reading() as records:
            seen.append((at, evaluate(records, matter, at, at).subjects[1].outcome))
    for at, outcome in seen:
        with world.reopened().house.records.reading() as records:
            assert evaluate(records, matter, at, at).subjects[1].outcome == outcome
    assert len({str(outcome) for _, outcome in seen}) == 3


def test_an_invitation_is_over_after_a_week_and_works_once(world: World) -> None:
    administrator = world.who(Role.ADMINISTRATOR)
    late = people.invite(world.house, administrator, "late@example.org", "Late", (Role.LEGAL,))
    early = people.invite(world.house, administrator, "early@example.org", "Early", (Role.LEGAL,))
    people.join(world.house, early.secret)
    world.clock.set("2026-11-29T01:00:00Z")
    for secret in (late.secret, early.secret, "", "0" * 48, "\x00", "\ud83d"):
        with pytest.raises(NotFoundError):
            people.join(world.house, secret)


def test_a_key_ends_when_it_says_and_with_its_person(world: World) -> None:
    administrator = world.who(Role.ADMINISTRATOR)
    person = world.join("leaving", Role.REVIEWER)
    until = people.after(world.clock.last, people.WEEK)
    short = keys.make_own_key(world.house, person, "laptop", until)
    long = keys.make_own_key(world.house, person, "desk")
    assert keys.key_actor(world.house, short.secret).person == person.person
    world.clock.set("2026-11-30T00:00:00Z")
    with pytest.raises(NotFoundError):
        keys.key_actor(world.house, short.secret)
    assert keys.key_actor(world.house, long.secret).roles == person.roles
    people.deactivate(world.house, administrator, person.person, "left")
    with pytest.raises(NotFoundError):
        keys.key_actor(world.house, long.secret)


def test_a_matter_closed_in_one_year_is_reopened_in_the_next(world: World) -> None:
    matter = world.matter()
    world.clock.set("2026-12-31T23:59:59Z")
    closed = matters.close(world.house, world.who("reviewer"), matter.id, reason="done", seen=matter.seen)
    world.clock.set("2026-06-01T00:00:00Z")  # somebody mends the clock the wrong way
    again = matters.reopen(world.house, world.who("reviewer"), matter.id, reason="anew", seen=closed.seen)
    with world.house.records.reading() as records:
        one, two = records.entries_of(again.id)[-2:]
    assert one.at == two.at
    assert str(one.at).startswith("2027-01-01T00:00:00")
