"""Several processes follow one folder, whatever becomes of the one that writes it: nobody ever answers wrongly."""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT
from adjudge.errors import UnavailableError
from adjudge.serve.follow import Follower
from tests.journeys.institution.places import CHECKOUT, small_disk
from tests.rooms.serve import followers
from tests.rooms.serve.folder import Folder, trusted

READERS = 3
Program = subprocess.Popen[str]


def started(way: str, folder: Path, last: int) -> Program:
    line = [sys.executable, "-m", "tests.rooms.serve.followers", way, str(folder), str(last)]
    return subprocess.Popen(line, cwd=CHECKOUT, text=True, stdout=subprocess.PIPE)


@pytest.fixture
def small() -> Iterator[Path]:
    """A folder on a disk of its own, of 400 kB."""
    try:
        with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder) / "disk", "400k") as disk:
            yield disk
    except PermissionError as error:
        pytest.skip(f"allowed: this user may mount no disk ({error})")


@pytest.mark.parametrize(
    ("states", "kills"), [(120, 4), pytest.param(3_000, 60, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_processes_that_ask_while_the_writer_is_killed_never_see_half_of_a_state(
    tmp_path: Path, states: int, kills: int
) -> None:
    followers.publish(tmp_path, 1)
    readers = [started("follow", tmp_path, states) for _ in range(READERS)]
    chance = random.Random(states)  # noqa: S311 - no secrets
    killed = 0
    try:
        for number in range(kills, 0, -1):
            writer = started("publish", tmp_path, states - number)
            assert writer.stdout is not None
            writer.stdout.readline()  # it has begun
            time.sleep(chance.random() * 0.1)
            writer.kill()
            writer.stdout.close()
            killed += writer.wait() != 0
        writer = started("publish", tmp_path, states)
        assert writer.communicate(timeout=followers.PATIENCE)[0].split()[-1] == str(states)
        told = [json.loads(reader.communicate(timeout=followers.PATIENCE)[0]) for reader in readers]
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    assert killed > kills // 2
    for found in told:
        assert (found["wrong"], found["alarms"], found["last"]) == ([], {}, states)
        assert found["states"] > states // 40
        assert found["asked"] > states


def test_a_full_disk_changes_no_answer_and_is_over_when_there_is_room(small: Path) -> None:
    folder = Folder(small)
    folder.publish(1, followers.state(1))
    follower = Follower(small, [trusted()], without="deny")
    assert follower.refresh()
    whole = next(small.glob("snapshot-1-*")).read_bytes()
    filling = small / "filling"
    with pytest.raises(OSError, match="No space"):
        filling.write_bytes(bytes(1 << 20))
    with pytest.raises(UnavailableError):
        folder.publish(2, followers.state(2))
    assert not follower.refresh()
    # Somebody copies in place, and gets no further than the disk does.
    copied = small / "snapshot-3-000000000000.adj"
    with pytest.raises(OSError, match="No space"):
        copied.write_bytes(whole)
    (small / CURRENT).write_bytes(b"")
    assert not follower.refresh()
    assert dict(follower.state().alarms) == {"damaged": 1}
    assert follower.check(ad="all").decision_id == "X-000001"
    filling.unlink()
    folder.publish(2, followers.state(2))
    assert follower.refresh()
    assert follower.check(ad="all").decision_id == "X-000002"
    assert follower.state().refused == ""
