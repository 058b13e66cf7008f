"""Where it is asked: a place that is misspelt must let nothing run that is stopped there."""

from pathlib import Path

import pytest

from adjudge.enforcement.current import file_name
from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.measure import Scope, Served
from adjudge.enforcement.terms import Terms
from adjudge.serve.answer import FREE, UNKNOWN_LANDING, UNKNOWN_SURFACE
from adjudge.serve.batch import Table, hashes_of
from adjudge.serve.batches import Batches
from adjudge.serve.follow import Follower
from adjudge.serve.layers import Layers
from adjudge.serve.sidecar.asking import Question, answered_by
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import ORIGIN, Folder, parts, resealed, trusted, written

IN_FRANCE = Scope(
    kind="exclude",
    reason="ads/1",
    territories=("FR",),
    all_but=False,
    surfaces=("ads", "feed"),
    surfaces_all_but=False,
)
ELSEWHERE = Scope(
    kind="exclude", reason="ads/2", territories=("FR",), surfaces=("ads",), surfaces_all_but=False
)
HELD = {
    f"c:{name}": (Served(scope=scope, decision="X-000001"),)
    for name, scope in (("one", IN_FRANCE), ("two", ELSEWHERE))
}


def layers(path: Path, *others: str) -> Layers:
    """A base, and a delta that declares one surface more."""
    written(path / "base", HELD, surfaces=("ads",))
    base = open_trusted(path / "base", [trusted()])
    written(path / "delta", {}, Terms(origin=ORIGIN, log_size=8, base=base.digest), ("ads", "offers"))
    return Layers(base, open_trusted(path / "delta", [trusted()]), *([others] if others else []))


@pytest.mark.parametrize("surface", ["Ads", "adds", "ads ", "", "feed", "organics"])
def test_a_surface_that_nobody_declared_is_denied_whatever_is_asked(tmp_path: Path, surface: str) -> None:
    asked = layers(tmp_path)
    for ad in ("one", "free"):
        assert asked.check(ad=ad, territory="FR", surface=surface) == UNKNOWN_SURFACE
        assert asked.base.check(ad=ad, territory="FR", surface=surface) == UNKNOWN_SURFACE
    for table in (Table(asked), Table(asked.base)):
        with pytest.raises(ValueError, match="nobody declared the surface"):
            table.at("FR", surface, 5)


def test_those_of_the_newer_layer_and_what_is_no_advertising_are_asked(tmp_path: Path) -> None:
    asked = layers(tmp_path)
    assert asked.check(ad="one", territory="FR").reason_code == "ads/1"
    assert asked.check(ad="one", territory="FR", surface="offers") == FREE
    assert asked.check(ad="one", territory="FR", surface="organic") == FREE
    assert asked.base.check(ad="one", territory="FR", surface="offers") == UNKNOWN_SURFACE


def test_whoever_asks_says_what_else_is_no_advertising_and_what_names_it_stops_there(tmp_path: Path) -> None:
    asked = layers(tmp_path, "feed", "profile")
    assert asked.check(ad="one", territory="FR", surface="feed").reason_code == "ads/1"
    assert asked.check(ad="two", territory="DE", surface="feed") == FREE
    assert asked.check(ad="one", territory="FR", surface="profile") == FREE
    assert asked.check(ad="one", territory="FR", surface="organic") == UNKNOWN_SURFACE


def test_a_follower_knows_them_too(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for others, reason in ((("feed",), "ads/1"), ((), "unknown-surface"), (("organic",), "unknown-surface")):
        follower = Follower(
            tmp_path, [trusted()], without="allow", others=others, clock=lambda: folder.now * 10**6
        )
        folder.publish(1, HELD)
        follower.refresh()
        assert follower.check(ad="one", territory="FR", surface="feed").reason_code == reason
        answers = Batches(follower).check(None, ["one"], territory="FR", surface="feed").answers
        assert answers.reasons[answers.reason[0]] == reason


@pytest.mark.parametrize(
    ("territory", "stopped"),
    [
        ("FR", {"one"}),
        ("fr", {"one"}),
        ("Fr", {"one"}),
        ("DE", {"two"}),
        ("de", {"two"}),
        ("T1", {"one", "two"}),
        ("UK", {"one", "two"}),
        ("EL", {"one", "two"}),
        ("ZZ", {"one", "two"}),
        ("zw", {"two"}),
        ("\ufb01", {"one", "two"}),
        ("", {"two"}),
        ("FRA", {"one", "two"}),
        (" FR", {"one", "two"}),
        ("France", {"one", "two"}),
        ("éé", {"one", "two"}),
        ("F", {"one", "two"}),
    ],
)
def test_codes_of_countries_are_read_in_any_case_and_what_is_none_is_in_all(
    tmp_path: Path, territory: str, stopped: set[str]
) -> None:
    asked = layers(tmp_path)
    ads = ("one", "two", "free")
    for _ in range(2):  # what is remembered is the same
        assert {ad for ad in ads if not asked.check(ad=ad, territory=territory).allow} == stopped
    table = Table(asked)
    handles = table.handles(hashes_of(f"c:{ad}" for ad in ads))
    allowed = table.at(territory, "ads", 5).allows(handles)
    assert {ad for ad, allows in zip(ads, allowed, strict=True) if not allows} == stopped


@pytest.mark.parametrize("told", [None, 5, ["FR"]])
def test_a_header_that_lists_no_countries_is_refused(tmp_path: Path, told: object) -> None:
    written(tmp_path / "one", HELD)
    header, sections = parts(tmp_path / "one")
    resealed(tmp_path / "two", {**header, "countries": told}, sections)
    with pytest.raises(BadSnapshotError, match="countries"):
        open_trusted(tmp_path / "two", [trusted()])


def test_what_is_no_advertising_runs_wherever_it_leads(tmp_path: Path) -> None:
    written(tmp_path / "one", HELD, Terms(origin=ORIGIN, log_size=7, unknown_landing="deny"), ("ads",))
    asked = open_trusted(tmp_path / "one", [trusted()])
    for landing in ("", "not a host"):
        assert asked.check("x", "post", landing, surface="organic") == FREE
        assert asked.check("x", "post", landing) == UNKNOWN_LANDING
    table = Table(asked)
    handles = table.handles(hashes_of(["c:post"]))
    assert table.at("", "organic", 5).allows(handles).tolist() == [True]


def test_what_is_no_advertising_runs_though_the_snapshot_is_stale(tmp_path: Path) -> None:
    folder = Folder(tmp_path, when_stale=(("exclude", "deny"), ("suspend", "allow")))
    named = Scope(kind="exclude", reason="ads/3", surfaces=("organic",), surfaces_all_but=False)
    lifted = Scope(kind="suspend", reason="ads/4", surfaces=("organic",), surfaces_all_but=False)
    stopped = {"c:three": Served(scope=named, decision="X-3"), "c:four": Served(scope=lifted, decision="X-4")}
    written(tmp_path / "new", {key: (item,) for key, item in stopped.items()}, Terms(
        origin=ORIGIN, log_size=7, when_stale=folder.when_stale
    ), ("ads",))  # fmt: skip
    digest = open_trusted(tmp_path / "new", [trusted()]).digest
    name = file_name(digest, 7, delta=False)
    (tmp_path / "new").replace(tmp_path / name)
    folder.name(7, name)
    late = (folder.now + 61_000) * 1_000_000
    follower = Follower(tmp_path, [trusted()], without="deny", clock=lambda: late, steady=lambda: 0)
    follower.refresh()
    batches, ads = Batches(follower), ["one", "three", "four"]
    for surface, allowed in (
        ("ads", [False, False, False]),
        ("organic", [True, False, True]),
        ("adds", [False] * 3),
    ):
        assert [follower.check(ad=ad, surface=surface).allow for ad in ads] == allowed
        assert batches.check(ads=ads, surface=surface).answers.allow.tolist() == allowed
        holding = follower.holding()
        asked = answered_by([Question(ad=ad, surface=surface) for ad in ads], holding)
        assert [answer.allow for answer in asked] == allowed
    assert follower.check(ad="one").reason_code == "stale"
    assert follower.check(ad="one", surface="adds") == UNKNOWN_SURFACE
