"""An institution with somebody of every role and a key for each, whose API is called and that then forgets it.

One for all tests of a module: what is done within `forgotten` is undone at its end, in the database that is served.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import TracebackType

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.on_database import Opened
from adjudge.institution.premises import occupy
from adjudge.institution.staff import keys
from adjudge.ledger.signer import signer_of
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from adjudge.settings.schema import Settings
from adjudge.storage.blobs import FolderBlobs
from adjudge.storage.records import DatabaseRecords
from tests.databases import Place
from tests.rooms.institution.world import World, world_in
from tests.sites import pointed_to

HOUR = 3_600 * NANOS
SERVING = frozenset(item for item in Act if Role.SERVICE in ACTS[item].roles and item is not Act.JOIN)
"""What a program may do at all."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who calls: a key, and what its holder may do; without an actor the key is none, or works no more."""

    name: str
    secret: str
    actor: Actor | None


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give an institution on the database that the API uses."""
    folder = tmp_path_factory.mktemp("matrix")
    pointed_to(folder)
    call_command("migrate", verbosity=0)
    blobs = FolderBlobs(folder / "documents")
    place = Place(kind="sqlite", records=DatabaseRecords(), blobs=blobs, folder=folder, alias="default")
    yield world_in(place)
    connections["default"].close()


@pytest.fixture(scope="module")
def everybody(world: World) -> list[Somebody]:
    """Give a person of each role with a key, a member of another advertiser, and keys that work no more."""
    found = []
    for role in Role:
        if role is not Role.SERVICE:
            made = keys.make_own_key(world.house, world.who(role), "tests")
            found.append(_holder(world, role.value, made.secret))
    stranger = keys.make_own_key(world.house, world.who("stranger"), "tests")
    found.append(_holder(world, "member of another advertiser", stranger.secret))
    administrator = world.who(Role.ADMINISTRATOR)
    revoked = keys.make_own_key(world.house, administrator, "revoked")
    keys.revoke_key(world.house, administrator, revoked.key.id, "lost")
    soon = Instant(world.clock.nanos + HOUR)
    over = keys.make_own_key(world.house, administrator, "over", soon)
    world.clock.nanos += 2 * HOUR
    found += [Somebody("revoked key", revoked.secret, None), Somebody("key that is over", over.secret, None)]
    return [*found, Somebody("no key", "", None)]


def _holder(world: World, name: str, secret: str) -> Somebody:
    return Somebody(name, secret, keys.key_actor(world.house, secret))


def program(world: World, name: str, acts: frozenset[Act]) -> Somebody:
    """A program with a key for some acts."""
    made = keys.make_key(world.house, world.who(Role.ADMINISTRATOR), name, sorted(acts))
    return _holder(world, name, made.secret)


def prepared(world: World) -> World:
    """The institution for one operation, with a clock and people of its own: what is done is forgotten afterwards."""
    clock = type(world.clock)()
    clock.nanos = world.clock.nanos
    tried = replace(world, clock=clock, house=replace(world.house, clock=clock), people=dict(world.people))
    settings = Settings(
        data=world.place.folder,
        secret_key="for tests",  # noqa: S106 - of a test
        api_rate=1_000_000,
        api_rate_of_strangers=1_000_000,
    )
    occupy(Opened(house=tried.house, signer=signer_of("adjudge.test", bytes(32)), settings=settings))
    return tried


def size_of(world: World) -> int:
    with world.house.records.reading() as records:
        return records.size()


class forgotten:  # noqa: N801 - read as a word in `with`
    """Whatever is done meanwhile is undone at the end."""

    def __enter__(self) -> None:
        self.within = transaction.atomic()
        self.within.__enter__()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        transaction.set_rollback(True)
        self.within.__exit__(None, None, None)
