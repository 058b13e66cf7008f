"""A full disk: the act is refused, with a hint; nothing is half written, and once there is room it goes on."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.institution.places import Clerk, Place, fill, small_disk
from tests.journeys.institution.test_crashes import ACTS

COUNT = 10
ROOMS = (0, 100, 4_000, 8_000, 16_000, 32_000, 48_000)
"""Bytes by which a file may still grow, so that writing stops at the first page of an act or at a later one."""


@pytest.fixture
def small() -> Iterator[Place]:
    """A place on a disk of its own, which is small."""
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        try:
            with small_disk(Path(folder) / "disk", "8m") as disk:
                found = Place(disk / "data")
                yield found
                found.close()
        except PermissionError as error:
            pytest.skip(f"allowed: this user may mount no disk ({error})")


def _is_refused(clerk: Clerk, name: str, number: int, size: int) -> bool:
    """Whether an act is refused, and then not kept. It may still find room in what the database has already."""
    answer = clerk.tell(name, number).answer()
    if "error" not in answer:
        assert clerk.ask("size") == size + 1, "an act that was done is not in the log"
        return False
    assert answer["error"] == "UnavailableError", answer
    assert "disk" in answer["hint"]
    assert clerk.ask("size") == size, "an act that was refused is in the log"
    return True


def _assert_all_decided(clerk: Clerk) -> None:
    clerk.ask("work", list(range(COUNT)))
    checked = clerk.ask("check")
    assert checked["flaws"] == []
    kinds = [kind for kind, _ in checked["entries"]]
    assert [kinds.count(act) for act in ACTS] == [COUNT] * 3


def test_a_database_that_may_not_grow_refuses_acts_and_keeps_nothing_of_them(sqlite: Place) -> None:
    clerk = sqlite.founded(COUNT)
    acts = [(name, number) for number in range(COUNT) for name in ("propose", "confirm", "issue")]
    refused = 0
    for (name, number), room in zip(acts, ROOMS * 3, strict=False):
        size = clerk.ask("size")
        log = sqlite.folder / "adjudge.sqlite3-wal"
        clerk.ask("starve", str(log), room)
        answer = clerk.tell(name, number).answer()
        clerk.ask("starve", str(log), -1)
        if "error" in answer:
            refused += 1
            assert answer["error"] == "UnavailableError", answer
            assert "disk" in answer["hint"]
            assert clerk.ask("size") == size, "an act that was refused is in the log"
            clerk.ask(name, number)
        assert clerk.ask("size") == size + 1
    assert refused >= len(ROOMS)
    _assert_all_decided(clerk)


def test_on_a_disk_that_is_full_acts_are_refused_until_there_is_room(small: Place) -> None:
    clerk = small.founded(COUNT)
    filler = small.folder.parent / "filler"
    acts = [(name, number) for number in range(3) for name in ("propose", "confirm", "issue")]
    refused = 0
    for name, number in acts:
        size = clerk.ask("size")
        fill(filler)
        is_refused = _is_refused(clerk, name, number, size)
        filler.unlink()
        if is_refused:
            refused += 1
            clerk.ask(name, number)
    assert refused >= len(acts) // 2
    fill(filler)
    assert small.clerk().ask("size") == clerk.ask("size"), "what is there can be read meanwhile"
    filler.unlink()
    _assert_all_decided(clerk)


def test_an_institution_for_which_there_is_no_room_is_made_once_there_is(small: Place) -> None:
    filler = small.folder.parent / "filler"
    fill(filler)
    refused = small.start(migrate=True).answer()
    assert (refused["error"], "disk" in refused["hint"]) == ("UnavailableError", True), refused
    for room in (100_000, 300_000):
        os.truncate(filler, filler.stat().st_size - room)
        refused = small.start(migrate=True).answer()
        assert (refused["error"], "disk" in refused["hint"]) == ("UnavailableError", True), refused
    filler.unlink()
    _assert_all_decided(small.founded(COUNT))
