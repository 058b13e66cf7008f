"""Each act leaves exactly one entry of its own, which is still there when the program is started again."""

import itertools
import re
from dataclasses import fields, replace

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.institution.material import subjects
from adjudge.people.act import ACTS, Act
from adjudge.people.actor import INSTITUTION
from adjudge.people.role import Role
from adjudge.settings.schema import SETTINGS, read_settings
from tests.rooms.institution.drivers import DRIVERS
from tests.rooms.institution.world import ACME, World, subject

OFF = ("", "0", "no", "off", "false", "none", "disabled")


@pytest.mark.parametrize("act", DRIVERS, ids=str)
def test_an_act_leaves_one_entry_of_its_kind(kept_world: World, act: Act) -> None:
    name, work = DRIVERS[act](kept_world, ACME)
    with kept_world.house.records.reading() as records:
        before = records.size()
    role = next(role for role in (Role.REVIEWER, *Role) if role in ACTS[act].roles)
    work(kept_world, kept_world.who(role), name)
    again = kept_world.reopened()
    with again.house.records.reading() as records:
        new = list(records.entries(before))
        assert records.size() == before + len(new)
        assert all(records.entries_of(entry.subject)[-1].seq >= entry.seq for entry in new)
    own = [entry for entry in new if entry.actor != INSTITUTION.name]
    if act is Act.JOIN:
        own = own[1:]  # somebody invited first
    assert [entry.kind for entry in own] == ([ACTS[act].writes] if ACTS[act].writes else [])
    assert all(entry.actor and entry.at <= again.clock.last for entry in new)


def test_kinds_say_which_act_it_was() -> None:
    """Two acts share a kind only where both make or revoke a key; whose it is tells them apart."""
    kinds = [right.writes for right in ACTS.values() if right.writes]
    assert sorted(kind for kind in set(kinds) if kinds.count(kind) > 1) == ["key:made", "key:revoked"]


def test_no_setting_switches_the_log_off(quick_world: World) -> None:
    """Each setting in turn is set to what would switch something off; an act is on record all the same."""
    assert {item.name for item in fields(quick_world.house)} == {
        "records",
        "blobs",
        "clock",
        "random",
        "largest_upload",
        "origin",
        "address",
        "looked_at",
    }
    for number, (setting, text) in enumerate(itertools.product(SETTINGS, OFF)):
        settings = read_settings({setting.name: text}, ProblemLog())
        house = replace(quick_world.house, largest_upload=settings.largest_upload)
        before = len(quick_world.kinds())
        subjects.record_subject(house, quick_world.who("reviewer"), subject(f"ad-{number}", ACME))
        assert quick_world.kinds()[before:] == ["subject:recorded"]


def test_no_setting_is_about_the_log_but_its_name() -> None:
    words = {item.name: set(re.findall("[a-z]+", f"{item.name} {item.title}".lower())) for item in SETTINGS}
    assert {
        name for name in words if words[name] & {"log", "logs", "ledger", "audit", "entries", "record"}
    } == {
        "ADJUDGE_ORIGIN",
        "ADJUDGE_LOG_KEY_FILE",
        # what the program tells of itself, which is another log
        "ADJUDGE_LOG_FORMAT",
        "ADJUDGE_LOG_LEVEL",
        # the key by which a sidecar knows whose snapshot it is
        "ADJUDGE_SERVE_LOG_KEY",
    }
