"""Keys: made by people and by nobody's key, rotated by themselves alone, revoked by whoever answers for them."""

from dataclasses import replace

import pytest

from adjudge.basis.instant import NANOS, Duration, Instant
from adjudge.desk.words.page import role_text
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.staff import keys, people
from adjudge.people.act import NEVER_BY_KEY, Act
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.records.rows import KeyRow
from adjudge.records.shelf import KEYS, PEOPLE
from adjudge.tongues.tongue import tongue_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import World, codes


def by_key(world: World, name: str) -> Actor:
    """Somebody by a key of the own."""
    return keys.key_actor(world.house, keys.make_own_key(world.house, world.who(name), "laptop").secret)


def test_no_key_makes_keys(quick_world: World) -> None:
    """What was lost must be over when it is revoked: it leaves no other key behind."""
    house, before = quick_world.house, by_key(quick_world, "administrator")
    size = len(quick_world.kinds())
    with pytest.raises(NotFoundError):
        keys.make_own_key(house, before, "another")
    with pytest.raises(NotFoundError):
        keys.make_key(house, before, "a program", [Act.RECORD_CLAIM])
    assert len(quick_world.kinds()) == size
    assert {Act.MAKE_KEY, Act.MAKE_OWN_KEY} == NEVER_BY_KEY
    assert keys.make_own_key(house, quick_world.who("administrator"), "another").key.own


def test_nobody_has_keys_without_end(quick_world: World) -> None:
    house, who = quick_world.house, quick_world.who("reviewer")
    made = [keys.make_own_key(house, who, "one more") for _ in range(keys.MOST_OWN)]
    with pytest.raises(RefusedError) as raised:
        keys.make_own_key(house, who, "one too many")
    assert codes(raised.value) == ["bad-key"]
    keys.revoke_key(house, who, made[0].key.id, "lost")
    assert keys.make_own_key(house, who, "in its place").key.own


@pytest.mark.parametrize("name", ["reviewer", "member", "legal", "administrator"])
def test_anybody_revokes_a_key_of_ones_own_and_by_that_key_too(quick_world: World, name: str) -> None:
    house, who = quick_world.house, quick_world.who(name)
    lost = keys.make_own_key(house, who, "lost")
    keys.revoke_key(house, who, lost.key.id, "left in a train")
    with pytest.raises(NotFoundError):
        keys.key_actor(house, lost.secret)
    other = by_key(quick_world, name)
    assert other.key is not None
    keys.revoke_key(house, other, str(other.key), "no longer needed")
    assert [key.revoked_at is not None for key in keys.own_keys(house, who) if key.own] == [True, True]


def test_nobody_but_an_administrator_revokes_the_key_of_another(quick_world: World) -> None:
    house = quick_world.house
    key = keys.make_own_key(house, quick_world.who("reviewer"), "mine").key
    for name in ("legal", "member", "auditor", "service"):
        with pytest.raises(NotFoundError):
            keys.revoke_key(house, quick_world.who(name), key.id, "not mine")
    assert keys.revoke_key(house, quick_world.who("administrator"), key.id, "left").revoked_at is not None


def test_who_is_no_administrator_any_more_still_revokes_what_they_answer_for(quick_world: World) -> None:
    house, name = quick_world.house, "former"
    former = quick_world.join(name, Role.ADMINISTRATOR)
    made = keys.make_key(house, former, "a program", [Act.RECORD_CLAIM])
    people.change_roles(
        house, quick_world.who("administrator"), former.person, [Role.LEGAL], reason="other work"
    )
    now = people.person_actor(house, former.person)
    assert [key.id for key in keys.own_keys(house, now)] == [made.key.id]
    keys.revoke_key(house, now, made.key.id, "nobody looks after it")
    with pytest.raises(NotFoundError):
        keys.key_actor(house, made.secret)


def test_on_the_machine_a_key_is_made_for_somebody_and_the_log_says_so(quick_world: World) -> None:
    house, reviewer = quick_world.house, quick_world.who("reviewer")
    made = keys.make_own_key(house, people.FOUNDER, "laptop", person=reviewer.person)
    assert keys.key_actor(house, made.secret).person == reviewer.person
    with house.records.reading() as records:
        [entry] = records.entries_of(made.key.id)
    assert (entry.actor, entry.body["person"]) == ("person:founder", reviewer.person)
    assert made.key.id in [key.id for key in keys.own_keys(house, reviewer)]
    with pytest.raises(NotFoundError):  # nobody else makes a key in another's name
        keys.make_own_key(house, quick_world.who("administrator"), "x", person=reviewer.person)
    with pytest.raises(RefusedError) as raised:  # who could not make it does not answer for it
        keys.make_key(house, people.FOUNDER, "x", [Act.RECORD_CLAIM], person=reviewer.person)
    assert codes(raised.value) == ["unknown-person"]
    gone = quick_world.join("gone", Role.REVIEWER)
    people.deactivate(house, quick_world.who("administrator"), gone.person, "left")
    with pytest.raises(RefusedError):
        keys.make_own_key(house, people.FOUNDER, "x", person=gone.person)


DAY = 86_400 * NANOS
WEEK = Duration(7 * DAY)


def later(world: World, days: int) -> Instant:
    return Instant(world.clock.nanos + days * DAY)


def works(world: World, secret: str) -> bool:
    try:
        return bool(keys.key_actor(world.house, secret))
    except NotFoundError:
        return False


def row(world: World, key_id: str) -> KeyRow:
    with world.house.records.reading() as records:
        found = records.get(KEYS, key_id)
    assert found is not None
    return found


def test_a_new_key_takes_the_place_of_one_which_goes_on_for_a_while(world: World) -> None:
    house, admin = world.house, world.who("administrator")
    old = keys.make_key(house, admin, "a program", [Act.RECORD_CLAIM], later(world, 90))
    new = keys.rotate_key(house, admin, old.key.id, overlap=WEEK)
    assert works(world, old.secret)
    assert works(world, new.secret)
    assert (new.key.acts, new.key.name, new.key.person) == (old.key.acts, old.key.name, old.key.person)
    assert (new.key.own, new.key.replaces) == (False, old.key.id)
    assert new.key.expires_at is not None, "for as long as the one before was made for"
    assert new.key.expires_at.nanos - new.key.made_at.nanos == 90 * DAY - NANOS
    world.clock.nanos += 8 * DAY
    assert not works(world, old.secret)
    assert works(world, new.secret)
    with house.records.reading() as records:
        (entry,) = [item for item in records.entries_of(old.key.id) if item.kind == "key:rotated"]
    assert (entry.body["by"], entry.body["person"]) == (new.key.id, admin.person)
    assert entry.body["ends_at"] == str(row(world, old.key.id).expires_at)
    assert entry.private == ()
    assert new.secret not in str(entry.body)


def test_a_key_rotates_itself_alone_and_lives_no_longer_by_it(quick_world: World) -> None:
    world, house, admin = quick_world, quick_world.house, quick_world.who("administrator")
    acts, end = [Act.RECORD_CLAIM, Act.ROTATE_KEY], later(quick_world, 20)
    own, other = (keys.make_key(house, admin, name, acts, end) for name in ("one", "two"))
    by_itself = keys.key_actor(house, own.secret)
    with pytest.raises(NotFoundError):
        keys.rotate_key(house, by_itself, other.key.id, overlap=WEEK)
    with pytest.raises(RefusedError):
        keys.rotate_key(house, by_itself, own.key.id, overlap=WEEK, expires_at=Instant(end.nanos + 1))
    made = keys.rotate_key(house, by_itself, own.key.id, overlap=Duration(0))
    assert made.key.expires_at == end
    assert not works(world, own.secret), "without an overlap it ends at once"
    again = keys.rotate_key(house, keys.key_actor(house, made.secret), made.key.id, overlap=WEEK)
    assert again.key.expires_at == end
    laptop = keys.make_own_key(house, admin, "laptop")
    with pytest.raises(NotFoundError):  # by a key not even what its person may do to other keys
        keys.rotate_key(house, keys.key_actor(house, laptop.secret), other.key.id, overlap=WEEK)


def test_nobody_rotates_the_own_key_of_somebody_else(quick_world: World) -> None:
    house = quick_world.house
    key = keys.make_own_key(house, quick_world.who("reviewer"), "mine").key
    for name in ("administrator", "legal", "member", "service"):
        with pytest.raises(NotFoundError):
            keys.rotate_key(house, quick_world.who(name), key.id, overlap=WEEK)
    assert keys.rotate_key(house, quick_world.who("reviewer"), key.id, overlap=WEEK).key.own


@pytest.mark.parametrize("days", [-1, 8])
def test_keys_go_on_beside_each_other_for_a_week_at_most(quick_world: World, days: int) -> None:
    house, reviewer = quick_world.house, quick_world.who("reviewer")
    key = keys.make_own_key(house, reviewer, "mine").key
    with pytest.raises(RefusedError) as raised:
        keys.rotate_key(house, reviewer, key.id, overlap=Duration(days * DAY))
    assert codes(raised.value) == ["bad-key"]
    assert row(quick_world, key.id).expires_at is None


def test_whoever_revokes_a_key_revokes_all_that_came_in_its_place(world: World) -> None:
    house, admin = world.house, world.who("administrator")
    first = keys.make_key(house, admin, "a program", [Act.RECORD_CLAIM, Act.ROTATE_KEY])
    stolen = keys.rotate_key(house, keys.key_actor(house, first.secret), first.key.id, overlap=WEEK)
    last = keys.rotate_key(house, keys.key_actor(house, stolen.secret), stolen.key.id, overlap=WEEK)
    other = keys.make_key(house, admin, "another", [Act.RECORD_CLAIM])
    keys.revoke_key(house, admin, first.key.id, "found on the net")
    assert not any(works(world, made.secret) for made in (first, stolen, last))
    assert works(world, other.secret)
    assert keys.revoked_with(house, admin, first.key.id) == [stolen.key.id, last.key.id]
    with pytest.raises(ConflictError):
        keys.rotate_key(house, admin, first.key.id, overlap=WEEK)
    assert audited(world) == []


def test_a_secret_that_was_lost_on_the_way_is_made_again_and_the_lost_one_is_over(world: World) -> None:
    house, admin = world.house, world.who("administrator")
    old = keys.make_key(house, admin, "a program", [Act.RECORD_CLAIM])
    lost = keys.rotate_key(house, admin, old.key.id, overlap=WEEK)
    new = keys.rotate_key(house, admin, old.key.id, overlap=WEEK)
    assert not works(world, lost.secret)
    assert works(world, new.secret)
    with pytest.raises(
        ConflictError
    ):  # once it is used, whoever holds the old one takes nothing over any more
        keys.rotate_key(house, admin, old.key.id, overlap=WEEK)
    assert audited(world) == []


@pytest.mark.parametrize("days", [None, 300])
@pytest.mark.parametrize("by_itself", [True, False])
def test_what_is_made_again_ends_as_what_was_lost_would_have(
    world: World, days: int | None, *, by_itself: bool
) -> None:
    """The overlap of the first time is no end of the key's own."""
    house, admin = world.house, world.who("administrator")
    end = later(world, days) if days else None
    first = keys.make_key(house, admin, "a program", [Act.RECORD_CLAIM, Act.ROTATE_KEY], end)
    for _ in range(2):  # for a key that was made, and for one that came in the place of another
        who = keys.key_actor(house, first.secret) if by_itself else admin
        lost = keys.rotate_key(house, who, first.key.id, overlap=Duration(DAY))
        world.clock.nanos += DAY // 4
        keys.rotate_key(house, who, first.key.id, overlap=Duration(DAY))
        first = keys.rotate_key(house, who, first.key.id, overlap=Duration(DAY))
        if days is None:
            assert first.key.expires_at is None
        else:
            assert lost.key.expires_at is not None
            assert first.key.expires_at is not None
            later_by = first.key.expires_at.nanos - lost.key.expires_at.nanos
            assert 0 <= later_by - (0 if by_itself else DAY // 4) < DAY // 100
    assert audited(world) == []


def test_a_key_that_is_over_is_not_put_new_life_into(quick_world: World) -> None:
    house, admin = quick_world.house, quick_world.who("administrator")
    made = keys.make_key(house, admin, "short", [Act.RECORD_CLAIM], later(quick_world, 1))
    quick_world.clock.nanos += 2 * DAY
    with pytest.raises(RefusedError):
        keys.rotate_key(house, admin, made.key.id, overlap=WEEK)


def test_the_day_of_its_last_use_is_noted_once_a_day_and_in_no_entry(quick_world: World) -> None:
    world, house = quick_world, quick_world.house
    made = keys.make_own_key(house, world.who("reviewer"), "mine")
    assert row(world, made.key.id).used_on is None
    before = len(world.kinds())
    keys.key_actor(house, made.secret)
    first = row(world, made.key.id)
    keys.key_actor(house, made.secret)
    assert str(first.used_on) == "2026-11-22T00:00:00Z"
    assert row(world, made.key.id) == first
    world.clock.nanos += DAY
    keys.key_actor(house, made.secret)
    assert str(row(world, made.key.id).used_on) == "2026-11-23T00:00:00Z"
    assert len(world.kinds()) == before


def test_whoever_answers_for_a_key_is_reminded_before_it_ends_until_another_is_in_its_place(
    quick_world: World,
) -> None:
    world, house, admin = quick_world, quick_world.house, quick_world.who("administrator")
    made = keys.make_key(house, admin, "a program", [Act.RECORD_CLAIM], later(world, 40))
    assert keys.ending_soon(house, admin) == []
    world.clock.nanos += 15 * DAY
    assert [key.id for key in keys.ending_soon(house, admin)] == [made.key.id]
    assert keys.ending_soon(house, world.who("reviewer")) == []
    keys.rotate_key(house, admin, made.key.id, overlap=WEEK)
    assert keys.ending_soon(house, admin) == []


def test_acts_and_roles_that_a_newer_program_gave_grant_nothing_here_and_hinder_nothing(
    quick_world: World,
) -> None:
    """A program that is started again after a newer one ran reads keys and people that know more than it does."""
    world, house = quick_world, quick_world.house
    made = keys.make_key(house, world.who("administrator"), "a program", [Act.RECORD_CLAIM])
    person = world.who("reviewer").person
    with house.records.writing() as records:
        records.put(KEYS, replace(row(world, made.key.id), acts=("claim.record", "claim.foresee")))
        kept = records.get(PEOPLE, person)
        assert kept is not None
        records.put(PEOPLE, replace(kept, roles=("reviewer", "seer")))
    assert keys.key_actor(house, made.secret).acts == frozenset({Act.RECORD_CLAIM})
    assert people.person_actor(house, person).roles == {Role.REVIEWER}
    assert [item.acts for item in keys.list_keys(house, world.who("administrator")) if item.id == made.key.id]
    assert role_text("seer", tongue_of("en")) == "seer"


def audited(world: World) -> list[str]:
    found = check_log(world.house, world.who("auditor"), SIGNER.verifier)
    return [f"{item.where}: {item.message}" for item in found.findings]
