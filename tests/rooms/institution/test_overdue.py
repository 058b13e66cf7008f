"""What is overdue, found by what is open: it costs no more because much ran out long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from adjudge.clocks.term import ClockKind, Consequence
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.ticking.reading import overdue_of
from adjudge.institution.ticking.tick import tick
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.shelf import Shelf
from tests.rooms.institution.heard import clock_of, due, excluded, filed, only, settled
from tests.rooms.institution.world import World


@dataclass(frozen=True)
class Noted:
    """Records that note which clocks are read."""

    records: Reading
    read: list[str]

    def __getattr__(self, name: str) -> object:
        return getattr(self.records, name)

    def find(self, shelf: Shelf[Any], /, **asked: Any) -> Sequence[Any]:  # noqa: ANN401 - as of any shelf
        found = self.records.find(shelf, **asked)
        self.read.extend(row.id for row in found)
        return found

    def get_many(self, shelf: Shelf[Any], keys: Sequence[str]) -> dict[str, Any]:
        found = self.records.get_many(shelf, keys)
        self.read.extend(found)
        return found


def test_what_is_overdue_costs_what_is_open_and_not_what_ever_ran_out(quick_world: World) -> None:
    world = quick_world
    settled(world, only(ClockKind.ACKNOWLEDGE, Consequence.ESCALATE))
    for number in range(4):
        appeal = filed(world, excluded(world, f"ad-{number}"))
        due(world, clock_of(world, appeal.id, ClockKind.ACKNOWLEDGE))
        tick(world.house)
        if number:
            withdraw(world.house, world.who(Role.MEMBER), appeal.id, "")
        else:
            kept = appeal
    with world.house.records.reading() as records:
        noted = Noted(records, [])
        late = overdue_of(cast("Reading", noted), world.clock.last)
    assert [row.of for row in late] == [kept.id]
    assert {key.rpartition("-")[0] for key in noted.read} == {kept.id}
