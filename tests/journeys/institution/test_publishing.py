"""A decision in the folder that servers of ads follow, a moment after it is issued, whatever befalls who publishes.

Killed at each step of writing, one of two, without room on the disk: who follows never meets anything that it refuses,
and in the end it knows every decision.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT, read_current
from adjudge.institution.serving.folder import _HALF
from adjudge.ledger.signer import read_signer
from adjudge.serve.follow import Follower
from adjudge.serve.trust import TrustedKey, open_trusted, read_trusted
from tests.generators.institutions import ad
from tests.journeys.institution.places import CHECKOUT, Clerk, Place, fill, small_disk, until
from tests.journeys.institution.served import MIGRATING

SOON = 20.0
"""Seconds within which a decision is there on a machine that does much else; figures are in the benchmarks."""


CUT = """
import os, signal, sys
from pathlib import Path

left = int(sys.argv.pop(1))

def cut(do):
    def done(*args):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return do(*args)
    return done

os.fsync, Path.replace = cut(os.fsync), cut(Path.replace)
from adjudge.mount.{module} import main
main()
"""
"""A process that kills itself at a step of writing: before bytes are on the disk, or before a file has its name."""
STEPS_OF_BASE = (1, 2, 3, 4, 5)
CUTTING = """
import os
from pathlib import Path
from adjudge.mount import bases, publisher

steps, started = list({steps}), bases.subprocess.Popen

def cut(line, **how):
    if steps:
        with (Path(os.environ["ADJUDGE_DATA_DIR"]) / "cut").open("a") as file:
            file.write(str(steps[0]))
        line = [line[0], "-c", {cut!r}, str(steps.pop(0)), *line[3:]]
    return started(line, **how)

def rest(apart):
    apart.again_at = apart.clock()

bases.subprocess.Popen, bases.Apart._rest = cut, rest
publisher.main()
"""
"""One that publishes, and whose builders are cut so, each at another step."""


@contextmanager
def publishing(place: Place, *code: str, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    """The process that publishes, or one that does as it is told."""
    environment = {**place.environment, **settings}
    line = [sys.executable, *(code or ("-m", "adjudge.mount.publisher"))]
    process = subprocess.Popen(line, cwd=CHECKOUT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def key_of(place: Place) -> TrustedKey:
    """The key by which it is sealed."""
    signer = read_signer((place.folder / "log.key").read_text().strip())
    assert signer is not None
    return read_trusted(str(signer.verifier))


def decision_on(folder: Path, key: str, trusted: TrustedKey) -> str:
    """The decision by which a key is stopped; empty where it is not."""
    current, _ = read_current((folder / CURRENT).read_bytes())
    for name in filter(None, (current.delta, current.base)):
        snapshot = open_trusted(folder / name, [trusted])
        slot = snapshot.slot(key)
        if slot >= 0:
            return snapshot.answer_of((slot,), "", "ads", time.time_ns()).decision_id
    return ""


def decide(clerk: Clerk, number: int) -> str:
    """Decide on the ad of a matter; the decision."""
    clerk.ask("propose", number)
    clerk.ask("confirm", number)
    return str(clerk.ask("issue", number))


def migrated(place: Place) -> None:
    """Bring the tables of the pages up to date, too."""
    subprocess.run([sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=place.environment, check=True)


def follower_of(place: Place, folder: Path | None = None) -> Follower:
    """A server of ads."""
    return Follower(folder or place.folder / "serving", [key_of(place)], without="allow")


def knows(follower: Follower, decisions: dict[int, str]) -> bool:
    """Whether it denies what was decided; never by anything that it had to refuse."""
    follower.refresh()
    assert follower.state().alarms.keys() <= {"missing"}, follower.state()
    said = {number: follower.check(ad=ad(number)).decision_id for number in decisions}
    assert all(found in {"", decisions[number]} for number, found in said.items())
    return said == decisions


def half_written(folder: Path) -> list[str]:
    """What lies there and is nothing yet."""
    return [item.name for item in folder.iterdir() if _HALF.fullmatch(item.name)]


@pytest.mark.parametrize("steps", [(2, 5), pytest.param(range(1, 9), marks=pytest.mark.slow)])
def test_whoever_publishes_is_killed_at_a_step_of_writing(sqlite: Place, steps: Sequence[int]) -> None:
    clerk = sqlite.founded(max(steps) + 1)
    migrated(sqlite)
    with publishing(sqlite):
        assert any((sqlite.folder / "serving" / CURRENT).exists() for _ in until(60))
    follower, decisions = follower_of(sqlite), dict[int, str]()
    for step in steps:
        with publishing(sqlite, "-c", CUT.format(module="publisher"), str(step)) as process:
            decisions[step] = decide(clerk, step)
            assert any(process.poll() is not None for _ in until(60)), "there are fewer steps"
            assert process.returncode == -signal.SIGKILL
        knows(follower, decisions)
    with publishing(sqlite):
        assert any(knows(follower, decisions) for _ in until(SOON))
    assert follower.state().alarms == {}


def test_whoever_builds_a_base_is_killed_at_each_step(sqlite: Place) -> None:
    clerk = sqlite.founded(1)
    migrated(sqlite)
    folder = sqlite.folder / "serving"
    folder.mkdir()
    decision = decide(clerk, 0)
    for step in STEPS_OF_BASE:
        with publishing(sqlite, "-c", CUT.format(module="bases"), str(step), str(folder)) as process:
            assert process.wait(60) == -signal.SIGKILL
        assert not (folder / CURRENT).exists()
        assert half_written(folder)
    cutting = CUTTING.format(cut=CUT.format(module="bases"), steps=STEPS_OF_BASE)
    with publishing(sqlite, "-c", cutting):
        follower = follower_of(sqlite)
        assert any(knows(follower, {0: decision}) for _ in until(60)), "another one is begun"
        assert (sqlite.folder / "cut").read_text() == "".join(map(str, STEPS_OF_BASE))
        assert not half_written(folder), "also what those left whom it began itself"


def test_the_second_of_two_takes_over(sqlite: Place) -> None:
    clerk = sqlite.founded(2)
    migrated(sqlite)
    follower = follower_of(sqlite)
    with publishing(sqlite) as first:
        assert any((sqlite.folder / "serving" / CURRENT).exists() for _ in until(60))
        with publishing(sqlite) as second:
            decisions = {0: decide(clerk, 0)}
            assert any(knows(follower, decisions) for _ in until(SOON))
            time.sleep(2)
            assert second.poll() is None, "it waits"
            first.kill()
            first.wait()
            decisions[1] = decide(clerk, 1)
            assert any(knows(follower, decisions) for _ in until(SOON))
    assert follower.state().alarms.keys() <= {"missing"}


def test_a_full_disk_keeps_what_was_published_until_there_is_room(sqlite: Place) -> None:
    clerk = sqlite.founded(2)
    migrated(sqlite)
    try:
        with small_disk(sqlite.folder / "small", "3m") as disk:
            folder, filler = disk / "serving", disk / "filler"
            follower = follower_of(sqlite, folder)
            fill(filler)
            with publishing(sqlite, ADJUDGE_SERVING_DIR=str(folder)) as process:
                decisions = {0: decide(clerk, 0)}
                time.sleep(5)
                assert not follower.refresh()
                filler.unlink()
                assert any(knows(follower, decisions) for _ in until(60))
                fill(filler)
                known, decisions[1] = dict(decisions), decide(clerk, 1)
                for _ in until(4):
                    assert knows(follower, known)
                assert not knows(follower, decisions)
                filler.unlink()
                assert any(knows(follower, decisions) for _ in until(60))
                assert process.poll() is None
    except PermissionError as error:
        pytest.skip(f"allowed: this user may mount no disk ({error})")


def test_a_decision_is_published_soon_and_again_after_a_kill(place: Place) -> None:
    clerk = place.founded(3)
    subprocess.run([sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=place.environment, check=True)
    folder, trusted = place.folder / "serving", key_of(place)

    def decided(number: int) -> None:
        clerk.ask("propose", number)
        clerk.ask("confirm", number)
        decision = clerk.ask("issue", number)
        for _ in until(SOON):
            if decision_on(folder, f"c:{ad(number)}", trusted) == decision:
                return
        raise TimeoutError

    with publishing(place) as process:
        assert any((folder / CURRENT).exists() for _ in until(60))
        decided(0)
        decided(1)
        process.kill()
        process.wait()
    clerk.ask("propose", 2)
    clerk.ask("confirm", 2)
    decision = clerk.ask("issue", 2)
    assert decision_on(folder, f"c:{ad(2)}", trusted) == "", "nobody publishes"
    (folder / ".snapshot.new").write_bytes(b"half")
    with publishing(place) as process:
        assert any(decision_on(folder, f"c:{ad(2)}", trusted) == decision for _ in until(60))
        assert not (folder / ".snapshot.new").exists()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
