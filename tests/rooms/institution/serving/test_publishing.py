"""What is published is what the rows say, after each act, as a delta and as a base; it can be cut off anywhere."""

import errno
import os
from pathlib import Path

import pytest

from adjudge.basis.instant import NANOS
from adjudge.enforcement.current import CURRENT
from adjudge.errors import ConflictError, UnavailableError
from adjudge.institution.data.bringing import Brought, bring_in
from adjudge.institution.hearing import relief
from adjudge.institution.serving import publishing
from adjudge.institution.serving.folder import KEPT_DELTAS, held_folder
from adjudge.institution.ticking.tick import tick
from adjudge.ledger.part import Tombstone
from adjudge.people.role import Role
from adjudge.records.shelf import SHELVES
from adjudge.serve.follow import Follower
from tests.databases import Place
from tests.rooms.institution.begun import service_in
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.serving.asked import KEYS, Folder, answers, layers, offered, published, told
from tests.rooms.institution.world import ACME, OTHER, PLAIN, World, subject


def agrees(world: World, folder: Folder, fresh: Path) -> None:
    """The folder says what the rows say, and so does a base that is built from all of it."""
    with published(world.house, fresh), world.house.records.reading() as records:
        assert answers(folder.looked().path, records) == told(records)
        assert answers(fresh, records) == told(records)


def test_each_act_is_published_as_the_rows_say(world: World, tmp_path: Path) -> None:
    with published(world.house, tmp_path / "served") as folder:
        world.ad("free", beer=False)
        agrees(world, folder, tmp_path / "fresh")
        decision = excluded(world, "a")
        agrees(world, folder, tmp_path / "fresh")
        world.ad("b", OTHER, lottery=True)
        world.issued("b", PLAIN)
        agrees(world, folder, tmp_path / "fresh")
        appeal = filed(world, decision)
        clerk = world.who(Role.APPEALS)
        relief.pause(world.house, clerk, appeal.id, "it is not clear yet")
        agrees(world, folder, tmp_path / "fresh")
        relief.resume(world.house, clerk, appeal.id, "it is clear now")
        agrees(world, folder, tmp_path / "fresh")
        upheld(world, appeal)
        agrees(world, folder, tmp_path / "fresh")
        world.clock.nanos += 40 * 86_400 * NANOS
        tick(world.house)
        agrees(world, folder, tmp_path / "fresh")
        assert folder.current.delta, "all of it as a delta"


def test_what_is_on_an_advertiser_stops_all_that_it_shows(world: World, tmp_path: Path) -> None:
    service = service_in(world)
    with published(world.house, tmp_path / "served") as folder:
        service.claim(ACME, "fraud")
        service.issued(ACME)
        agrees(world, folder, tmp_path / "fresh")
        with world.house.records.reading() as records:
            now = world.clock.last.nanos
            said = {
                key: stopped for (key, _, at), stopped in answers(folder.path, records).items() if at > now
            }
        assert {key for key, stopped in said.items() if stopped} == {f"a:{ACME}", "c:ad", "c:second"}
        world.ad("third", beer=False)
        agrees(world, folder, tmp_path / "fresh")
        service.claim("ad", "beer")
        service.issued("ad")
        agrees(world, folder, tmp_path / "fresh")


def test_the_same_log_gives_the_same_bytes_wherever_it_is_kept(
    quick_world: World, database: Place, tmp_path: Path
) -> None:
    excluded(quick_world, "a")
    quick_world.ad("b", OTHER, lottery=True)
    filed(quick_world, excluded(quick_world, "c"))
    with quick_world.house.records.reading() as records, database.records.writing() as writing:
        for shelf in SHELVES:
            writing.put_all(shelf, records.find(shelf))
        for entry in records.entries():
            writing.append(entry)
    places = {"first": quick_world.house, "again": quick_world.house}
    places["kept"] = database.house(quick_world.clock)
    places["reopened"] = database.reopened().house(quick_world.clock)
    found = {}
    for name, house in places.items():
        with published(house, tmp_path / name) as folder:
            found[name] = (folder.current.base, (folder.path / folder.current.base).read_bytes())
    assert len(set(found.values())) == 1


def test_what_was_built_on_twice_is_the_same_delta(quick_world: World, tmp_path: Path) -> None:
    with (
        published(quick_world.house, tmp_path / "one") as one,
        published(quick_world.house, tmp_path / "two") as two,
    ):
        excluded(quick_world, "a")
        one.looked()
        excluded(quick_world, "b")
        assert one.looked().current.delta == two.looked().current.delta
        assert (one.path / one.current.delta).read_bytes() == (two.path / two.current.delta).read_bytes()


def test_a_quiet_folder_is_confirmed_and_not_written_anew(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        before = folder.current
        quick_world.clock.nanos += 5 * NANOS
        assert not folder.publisher.look()
        after = folder.current
        assert after.confirmed_at > before.confirmed_at
        assert (after.base, after.delta, after.log_size) == (before.base, before.delta, before.log_size)
        quick_world.clock.nanos -= NANOS
        assert not folder.publisher.look()
        assert folder.current == after, "it was confirmed just now"
        quick_world.clock.nanos -= 3_600 * NANOS
        folder.publisher.look()
        assert folder.current.confirmed_at > after.confirmed_at, "by a clock that was set back, too"


@pytest.mark.parametrize("jump", [-86_400, -3_600, -1, 1, 3_600, 86_400])
def test_who_follows_hears_of_a_folder_whose_clock_jumps(
    quick_world: World, tmp_path: Path, jump: int
) -> None:
    """The clocks of both jump at once; the steady one does not. Then time goes on, and the folder is abandoned."""
    clock, steady = quick_world.clock, [0]
    with published(quick_world.house, tmp_path) as folder:
        follower = Follower(
            tmp_path, KEYS, without="deny", clock=lambda: clock.nanos, steady=lambda: steady[0]
        )
        follower.refresh()
        clock.nanos += jump * NANOS
        for _ in range(40):
            clock.nanos += 2 * NANOS
            steady[0] += 3 * NANOS
            folder.looked()
            follower.refresh()
            assert (follower.state().stale, follower.state().alarms) == (False, {})
        decision = excluded(quick_world, "a")
        folder.looked()
        follower.refresh()
        assert follower.check(ad="a").decision_id == decision.id
        clock.nanos += 61 * NANOS
        steady[0] += 61 * NANOS
        assert follower.state().stale, "whoever publishes is gone"


def test_what_concerns_no_measure_changes_no_file(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        before = sorted(item.name for item in tmp_path.iterdir())
        quick_world.join("somebody", Role.AUDITOR)
        folder.looked()
        assert sorted(item.name for item in tmp_path.iterdir()) == before


def test_one_process_at_a_time_publishes(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path), pytest.raises(ConflictError), held_folder(tmp_path):
        pass


def test_what_a_killed_process_left_is_removed(quick_world: World, tmp_path: Path) -> None:
    left = [tmp_path / name for name in (".snapshot.new", "..delta.new.1a2b", f".{CURRENT}.new")]
    for path in left:
        path.write_bytes(b"half")
    with published(quick_world.house, tmp_path) as folder:
        assert not any(path.exists() for path in left)
        assert (tmp_path / folder.current.base).exists()


def test_a_full_disk_keeps_what_was_published_and_the_next_look_does_the_rest(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with published(quick_world.house, tmp_path) as folder:
        before = folder.current
        excluded(quick_world, "a")
        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", full)
            for _ in range(2):
                with pytest.raises(UnavailableError):
                    folder.publisher.look()
        assert offered(tmp_path) == before
        with quick_world.house.records.reading() as records:
            assert answers(folder.looked().path, records) == told(records)
        assert folder.current.delta
        assert not [item for item in tmp_path.iterdir() if item.name.startswith("..")]


def test_a_delta_that_grows_too_large_becomes_a_base(
    quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "FEWEST", 2)
    with published(quick_world.house, tmp_path) as folder:
        bases = set()
        for number in range(5):
            excluded(quick_world, f"ad-{number}")
            bases.add(folder.looked().current.base)
            with quick_world.house.records.reading() as records:
                assert answers(tmp_path, records) == told(records)
        assert 1 < len(bases) < 5


def test_few_files_are_kept_that_count_no_more(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        for number in range(KEPT_DELTAS + 3):
            quick_world.ad(f"ad-{number}", beer=True)
            quick_world.issued(f"ad-{number}") if number == 0 else None
            folder.looked()
            folder.publisher.standing.unwritten = True  # type: ignore[union-attr]  # as if each changed something
        assert len(list(tmp_path.glob("delta-*"))) <= KEPT_DELTAS + 1
        assert (tmp_path / folder.current.delta).exists()


def test_what_is_imported_is_stopped_with_its_advertiser(world: World, tmp_path: Path) -> None:
    service = service_in(world)
    service.claim(ACME, "fraud")
    service.issued(ACME)
    with published(world.house, tmp_path / "served") as folder:
        before = folder.current
        brought = Brought(
            subjects=[{**subject("new", ACME), "domains": ["new.example"]}, subject("free", OTHER)]
        )
        bring_in(world.house, world.who(Role.ADMINISTRATOR), brought, None, "brought too")
        agrees(world, folder, tmp_path / "fresh")
        after = folder.current
        assert (after.base, bool(after.delta)) == (before.base, True)
        assert layers(folder.path)[0].slot("d:new.example") >= 0
        again = Brought(subjects=[subject("new", ACME)])
        bring_in(world.house, world.who(Role.ADMINISTRATOR), again, None, "without its shop")
        agrees(world, folder, tmp_path / "fresh")
        assert folder.current.base == before.base
        assert not any(item.slot("d:new.example") >= 0 for item in layers(folder.path)), "as in the base"


def test_an_import_of_which_the_log_kept_nothing_makes_a_new_base(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        before = folder.current
        brought = Brought(subjects=[subject("new", ACME)])
        seq = bring_in(quick_world.house, quick_world.who(Role.ADMINISTRATOR), brought, None, "brought too")
        with quick_world.house.records.writing() as records:
            entry = records.entry(seq)
            assert entry is not None
            gone = Tombstone(digest=entry.private[0], at=entry.at, why="it was asked for", entry=seq)
            records.expunge(gone)
        after = folder.looked().current
        assert (after.base != before.base, after.delta) == (True, "")
