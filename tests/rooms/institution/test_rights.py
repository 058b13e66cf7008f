"""Who may do what: every act, by every role, on an object of one's own advertiser and of another one.

Generated from the table of acts, through the procedures themselves. A missing right is answered like a missing object.
"""

import copy
from dataclasses import replace

import pytest

from adjudge.errors import NotFoundError
from adjudge.people.act import ACTS, About, Act
from adjudge.people.actor import INSTITUTION, Actor
from adjudge.people.role import OF_ADVERTISERS, Role
from adjudge.storage.memory import MemoryBlobs, MemoryRecords
from tests.databases import Place, in_memory_of
from tests.rooms.institution.drivers import DRIVERS, Work
from tests.rooms.institution.world import ACME, OTHER, World, world_in

NOTHING = "nothing-has-this-name"


def test_every_act_has_a_driver() -> None:
    assert set(DRIVERS) == set(Act) == set(ACTS)


@pytest.mark.parametrize("advertiser", [ACME, OTHER])
@pytest.mark.parametrize("act", DRIVERS, ids=str)
def test_a_role_may_do_what_the_table_says_and_nothing_else(
    in_memory: Place, act: Act, advertiser: str
) -> None:
    world = world_in(in_memory)
    name, work = DRIVERS[act](world, advertiser)
    wrong = [
        role.value
        for role in Role
        if _done(world, work, act, role, name) is not _allowed(act, role, advertiser)
    ]
    assert wrong == []


@pytest.mark.parametrize("act", DRIVERS, ids=str)
def test_a_missing_right_is_told_in_the_words_of_a_missing_object(in_memory: Place, act: Act) -> None:
    world = world_in(in_memory)
    name, work = DRIVERS[act](world, ACME)
    barred = [role for role in Role if not _allowed(act, role, ACME) and act is not Act.JOIN]
    told = {_told(fork(world), work, _actor(world, role), name) for role in barred}
    if name:
        entitled = next(role for role in Role if _allowed(act, role, ACME))
        told |= {_told(fork(world), work, _actor(world, role), NOTHING) for role in {*Role} - OF_ADVERTISERS}
        told.add(_told(fork(world), work, _actor(world, entitled), NOTHING))
    if act is Act.JOIN:
        told.add(_told(fork(world), work, _actor(world, Role.LEGAL), NOTHING))
    assert told == ({MISSING} if barred or name or act is Act.JOIN else set())


@pytest.mark.parametrize("act", sorted(set(DRIVERS) - {Act.JOIN}), ids=str)
def test_nobody_and_the_institution_itself_may_do_nothing(in_memory: Place, act: Act) -> None:
    world = world_in(in_memory)
    name, work = DRIVERS[act](world, ACME)
    nobody = replace(world.who(Role.AUDITOR), roles=frozenset())
    keyless = replace(world.who("service"), acts=frozenset())
    for actor in (nobody, INSTITUTION, keyless):
        if act is not Act.SIGN:  # a signature names a role of one's own
            assert _told(fork(world), work, actor, name) == MISSING


MISSING = (
    "there is nothing of this name here",
    "check the name; if it is right, ask for the rights that it needs",
)


def fork(world: World) -> World:
    """The same institution, on which one act is tried and forgotten."""
    records = in_memory_of(world.house)
    kept = world.house.blobs
    assert isinstance(kept, MemoryBlobs)
    clock = copy.copy(world.clock)
    house = replace(
        world.house, clock=clock, records=MemoryRecords(records.state), blobs=MemoryBlobs(dict(kept.kept))
    )
    return replace(world, clock=clock, house=house)


def _allowed(act: Act, role: Role, advertiser: str) -> bool:
    right = ACTS[act]
    if act is Act.JOIN:
        return role is not Role.SERVICE  # nobody invites a program
    foreign = role in OF_ADVERTISERS and right.about is About.ADVERTISER and advertiser != ACME
    return role in right.roles and not foreign


def _actor(world: World, role: Role) -> Actor:
    return world.who(role)


def _done(world: World, work: Work, act: Act, role: Role, name: str) -> bool:
    """Whether it was done: then exactly one entry of the act's kind bears the actor's name, otherwise none."""
    tried = fork(world)
    actor = _actor(world, role)
    before = len(tried.kinds())
    try:
        work(tried, actor, name)
    except NotFoundError:
        assert len(tried.kinds()) == before
        return False
    except Exception as error:
        if act is Act.JOIN and role is Role.SERVICE:
            return False
        raise AssertionError(f"{act} by {role}: {error}") from error
    with tried.house.records.reading() as records:
        new = [entry for entry in records.entries(before) if entry.actor != INSTITUTION.name]
    expected = [ACTS[act].writes] if ACTS[act].writes else []
    assert [entry.kind for entry in new][-len(expected) or len(new) :] == expected
    assert act is Act.JOIN or [entry.actor for entry in new] == [actor.name] * len(expected)
    return True


def _told(world: World, work: Work, actor: Actor, name: str) -> tuple[str, str]:
    with pytest.raises(NotFoundError) as raised:
        work(world, actor, name)
    return str(raised.value.message), str(raised.value.hint)
