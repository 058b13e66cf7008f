"""Drivers for the acts on hooks: as `drivers.py` has them."""

from collections.abc import Callable, Mapping

from adjudge.institution.hooks import settling as hooks
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from adjudge.people.role import Role
from tests.rooms.institution.world import World

Work = Callable[[World, Actor, str], object]
Driver = Callable[[World, str], tuple[str, Work]]
URL = "https://program.example/events"


def hooked(world: World, *kinds: str, url: str = URL, since: int | None = None) -> hooks.MadeHook:
    """A program that is told of what happens."""
    return hooks.settle_hook(
        world.house,
        world.who(Role.ADMINISTRATOR),
        name="the ad server",
        url=url,
        kinds=kinds,
        since=since,
        reason="it stops ads",
    )


def _read_hooks(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return hooked(world).hook.id, lambda w, actor, name: (
        hooks.hooks_of(w.house, actor),
        hooks.read_hook(w.house, actor, name),
    )


def _settle_hook(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return hooked(world).hook.id, lambda w, actor, name: hooks.settle_anew(
        w.house, actor, name, name="another", url=URL, reason="it moved"
    )


def _replay_hook(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return hooked(world).hook.id, lambda w, actor, name: hooks.replay_hook(
        w.house, actor, name, 0, "it lost some"
    )


def _end_hook(world: World, advertiser: str) -> tuple[str, Work]:
    del advertiser
    return hooked(world).hook.id, lambda w, actor, name: hooks.end_hook(w.house, actor, name, "it is gone")


HOOKED: Mapping[Act, Driver] = {
    Act.READ_HOOKS: _read_hooks,
    Act.SETTLE_HOOK: _settle_hook,
    Act.REPLAY_HOOK: _replay_hook,
    Act.END_HOOK: _end_hook,
}
