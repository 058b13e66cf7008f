"""`adjudge snapshot inspect` and `diff` of what an institution published: approvals beside measures."""

import json
from pathlib import Path

from adjudge.enforcement.key import version_key, version_of
from tests.rooms.cli.inside import adjudge
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.serving.asked import published
from tests.rooms.institution.test_approvals import approved, digest, recorded
from tests.rooms.institution.world import World

VERSION = version_of(digest("a"), digest("b"))


def test_approvals_are_shown_and_counted_apart_from_measures(quick_world: World, tmp_path: Path) -> None:
    decision = approved(quick_world)
    with published(quick_world.house, tmp_path / "before"):
        pass
    out = adjudge("snapshot", "inspect", tmp_path / "before", "--of", version_key("ad", VERSION)).stdout
    assert "0 keys have measures.\n2 keys have approvals.\n" in out
    assert ": 1 approval\n" in out
    assert "as it was approved" in out
    with published(quick_world.house, tmp_path / "after") as folder:
        recorded(quick_world, "ad", creative="c")
        excluded(quick_world, "stopped")
        assert folder.looked().current.delta
    found = adjudge("snapshot", "inspect", tmp_path / "after", "--of", "c:ad", "--of", "c:stopped")
    assert "1 key has measures.\n3 keys have approvals.\n" in found.stdout
    assert "c:ad: 1 approval\n  not as it was approved, and does not run" in found.stdout
    assert "c:stopped: 1 measure\n  exclude" in found.stdout
    told = json.loads(
        adjudge("snapshot", "inspect", tmp_path / "after", "--of", "v:ad", "--format", "json").stdout
    )
    assert (told["keys"], told["approvals"]) == (1, 3)
    assert told["kinds"] == {"approved": 1, "held": 2, "exclude": 1}
    assert told["decisions"][decision.id] == 3
    assert [item["kind"] for item in told["of"]["v:ad"]] == ["held"]


def test_what_a_delta_overrides_differs(quick_world: World, tmp_path: Path) -> None:
    approved(quick_world)
    with published(quick_world.house, tmp_path / "before"):
        pass
    with published(quick_world.house, tmp_path / "after") as folder:
        recorded(quick_world, "ad", creative="c")
        stop = excluded(quick_world, "stopped")
        folder.looked()
    found = adjudge("snapshot", "diff", tmp_path / "before", tmp_path / "after", "--format", "json")
    assert json.loads(found.stdout) == {
        "added": 2,
        "removed": 0,
        "changed": 0,
        "begun": [stop.id],
        "ended": [],
    }
    found = adjudge("snapshot", "diff", tmp_path / "after", tmp_path / "before", "--format", "json")
    assert json.loads(found.stdout)["removed"] == 2
