"""Keys: made by people and by nobody's key, revoked by whoever answers for them, made on the machine in the open."""

import pytest

from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution.reading.listing import own_keys
from adjudge.institution.staff import people
from adjudge.people.act import NEVER_BY_KEY, Act
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from tests.rooms.institution.world import World, codes


def by_key(world: World, name: str) -> Actor:
    """Somebody by a key of the own."""
    return people.key_actor(world.house, people.make_own_key(world.house, world.who(name), "laptop").secret)


def test_no_key_makes_keys(quick_world: World) -> None:
    """What was lost must be over when it is revoked: it leaves no other key behind."""
    house, before = quick_world.house, by_key(quick_world, "administrator")
    size = len(quick_world.kinds())
    with pytest.raises(NotFoundError):
        people.make_own_key(house, before, "another")
    with pytest.raises(NotFoundError):
        people.make_key(house, before, "a program", [Act.RECORD_CLAIM])
    assert len(quick_world.kinds()) == size
    assert {Act.MAKE_KEY, Act.MAKE_OWN_KEY} == NEVER_BY_KEY
    assert people.make_own_key(house, quick_world.who("administrator"), "another").key.own


@pytest.mark.parametrize("name", ["reviewer", "member", "legal", "administrator"])
def test_anybody_revokes_a_key_of_ones_own_and_by_that_key_too(quick_world: World, name: str) -> None:
    house, who = quick_world.house, quick_world.who(name)
    lost = people.make_own_key(house, who, "lost")
    people.revoke_key(house, who, lost.key.id, "left in a train")
    with pytest.raises(NotFoundError):
        people.key_actor(house, lost.secret)
    other = by_key(quick_world, name)
    assert other.key is not None
    people.revoke_key(house, other, str(other.key), "no longer needed")
    assert [key.revoked_at is not None for key in own_keys(house, who) if key.own] == [True, True]


def test_nobody_but_an_administrator_revokes_the_key_of_another(quick_world: World) -> None:
    house = quick_world.house
    key = people.make_own_key(house, quick_world.who("reviewer"), "mine").key
    for name in ("legal", "member", "auditor", "service"):
        with pytest.raises(NotFoundError):
            people.revoke_key(house, quick_world.who(name), key.id, "not mine")
    assert people.revoke_key(house, quick_world.who("administrator"), key.id, "left").revoked_at is not None


def test_who_is_no_administrator_any_more_still_revokes_what_they_answer_for(quick_world: World) -> None:
    house, name = quick_world.house, "former"
    former = quick_world.join(name, Role.ADMINISTRATOR)
    made = people.make_key(house, former, "a program", [Act.RECORD_CLAIM])
    people.change_roles(
        house, quick_world.who("administrator"), former.person, [Role.LEGAL], reason="other work"
    )
    now = people.person_actor(house, former.person)
    assert [key.id for key in own_keys(house, now)] == [made.key.id]
    people.revoke_key(house, now, made.key.id, "nobody looks after it")
    with pytest.raises(NotFoundError):
        people.key_actor(house, made.secret)


def test_on_the_machine_a_key_is_made_for_somebody_and_the_log_says_so(quick_world: World) -> None:
    house, reviewer = quick_world.house, quick_world.who("reviewer")
    made = people.make_own_key(house, people.FOUNDER, "laptop", person=reviewer.person)
    assert people.key_actor(house, made.secret).person == reviewer.person
    with house.records.reading() as records:
        [entry] = records.entries_of(made.key.id)
    assert (entry.actor, entry.body["person"]) == ("person:founder", reviewer.person)
    assert made.key.id in [key.id for key in own_keys(house, reviewer)]
    with pytest.raises(NotFoundError):  # nobody else makes a key in another's name
        people.make_own_key(house, quick_world.who("administrator"), "x", person=reviewer.person)
    with pytest.raises(RefusedError) as raised:  # who could not make it does not answer for it
        people.make_key(house, people.FOUNDER, "x", [Act.RECORD_CLAIM], person=reviewer.person)
    assert codes(raised.value) == ["unknown-person"]
    gone = quick_world.join("gone", Role.REVIEWER)
    people.deactivate(house, quick_world.who("administrator"), gone.person, "left")
    with pytest.raises(RefusedError):
        people.make_own_key(house, people.FOUNDER, "x", person=gone.person)
