"""The table of events is what is written: every kind has its fields there, and no entry has others."""

import pytest

from adjudge.errors import AdjudgeError
from adjudge.institution.hooks.bodies import BODIES, FIELDS, FOLLOWS
from adjudge.institution.hooks.kinds import BY_RULE, KINDS
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import INSTITUTION
from adjudge.people.role import Role
from tests.databases import Place
from tests.rooms.institution.drivers import DRIVERS
from tests.rooms.institution.world import ACME, world_in


def test_every_kind_and_every_field_is_told_of() -> None:
    assert set(BODIES) == set(KINDS)
    assert {name for names in BODIES.values() for name in names} == set(FIELDS)
    assert all(list(names) == sorted(names) for names in BODIES.values())


@pytest.mark.parametrize("act", DRIVERS, ids=str)
def test_an_act_writes_no_field_that_the_table_does_not_have(in_memory: Place, act: Act) -> None:
    """By whoever may do it; what led there has written most other kinds too."""
    world = world_in(in_memory)
    name, work = DRIVERS[act](world, ACME)
    for role in sorted(ACTS[act].roles):
        try:
            work(world, world.who(Role(role)), name)
            break
        except AdjudgeError:
            continue  # somebody else may do it to this
    with world.house.records.reading() as records:
        entries = list(records.entries())
    unknown = {
        f"{entry.kind}: {name}"
        for entry in entries
        for name in entry.body.keys() - {FOLLOWS}
        if name not in BODIES[entry.kind]
    }
    assert unknown == set()
    assert {entry.kind for entry in entries if entry.actor == INSTITUTION.name} <= set(BY_RULE)
