"""Whoever publishes is measured: when the folder was confirmed, how far behind it is, what was built, what failed."""

from pathlib import Path

import pytest

from adjudge.errors import UnavailableError
from adjudge.mount.bases import LONGEST_PAUSE, PAUSE, Apart
from adjudge.mount.publisher import looked
from adjudge.mount.watching import measuring
from adjudge.mount.watching.meters import LOCAL
from tests.rooms.institution.heard import excluded
from tests.rooms.institution.serving.asked import published
from tests.rooms.institution.world import World


def figure(name: str, **labels: str) -> float:
    return LOCAL.get_sample_value(f"adjudge_serving_{name}", labels) or 0


def test_each_look_is_measured(quick_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measuring.begin()
    before = figure("builds_total", kind="delta", end="done")
    with published(quick_world.house, tmp_path) as folder:
        publisher = folder.publisher
        assert looked(publisher)
        assert figure("builds_total", kind="delta", end="done") == before
        excluded(quick_world, "a")
        assert looked(publisher)
        assert figure("builds_total", kind="delta", end="done") == before + 1
        assert figure("build_seconds_count", kind="delta") >= 1
        assert figure("confirmed_timestamp_seconds") == folder.current.confirmed_at / 1000
        assert (figure("behind_entries"), figure("keys", kind="delta")) == (0, 1)

        excluded(quick_world, "b")
        faults = figure("faults_total")
        with monkeypatch.context() as patch:
            patch.setattr("adjudge.institution.serving.folder.Folder.offer", full)
            assert not looked(publisher)
            patch.setattr("adjudge.institution.serving.publishing.Publisher.look", broken)
            assert not looked(publisher)
        assert figure("faults_total") == faults + 2
        assert publisher.standing is None, "what a fault of ours left is not trusted"
        assert figure("confirmed_timestamp_seconds") == folder.current.confirmed_at / 1000
        assert looked(publisher)
        assert figure("behind_entries") == 0


def full(*_: object) -> None:
    raise UnavailableError("the disk is full", hint="make room")


def broken(*_: object) -> None:
    raise ZeroDivisionError


def test_who_is_not_published_is_behind(quick_world: World, tmp_path: Path) -> None:
    with published(quick_world.house, tmp_path) as folder:
        publisher, told = folder.publisher, folder.current.log_size
        excluded(quick_world, "a")
        with quick_world.house.records.reading() as records:
            publisher.size = records.size()
        assert publisher.behind == publisher.size - told > 0
        publisher.forget()
        assert publisher.behind == publisher.size - told


class Process:
    """A process that ended with a code, or runs on."""

    def __init__(self, returncode: int | None, said: str = "", pid: int = 99) -> None:
        self.returncode, self.said, self.pid = returncode, said, pid

    def poll(self) -> int | None:
        return self.returncode

    def communicate(self, timeout: float = 0) -> tuple[str, None]:
        assert self.returncode is not None or timeout
        return self.said, None

    def terminate(self) -> None:
        self.returncode = -15


def test_a_base_that_fails_is_begun_again_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, started = [0.0], list[Process]()
    apart = Apart(tmp_path, clock=lambda: now[0])

    def start(*_: object, **__: object) -> Process:
        started.append(Process(None))
        return started[-1]

    monkeypatch.setattr("subprocess.Popen", start)
    measuring.begin()
    failed = figure("builds_total", kind="base", end="failed")
    pause = PAUSE
    for _ in range(8):
        before = len(started)
        apart.begin()
        apart.begin()
        assert len(started) == before + 1, "one at a time"
        assert apart.built() == ""
        started[-1].returncode = -9
        assert apart.built() == ""
        now[0] += pause - 0.1
        apart.begin()
        assert len(started) == before + 1, "not at once"
        now[0] += 0.2
        pause = min(2 * pause, LONGEST_PAUSE)
    assert figure("builds_total", kind="base", end="failed") == failed + 8
    for is_used, count in ((False, 9), (True, 10)):
        apart.begin()
        assert len(started) == count
        started[-1].returncode, started[-1].said = 0, "snapshot-1-000000000000.adj\n"
        assert apart.built() == "snapshot-1-000000000000.adj"
        assert apart.built() == ""
        apart.took(is_used=is_used)
        apart.begin()
        assert len(started) == (count if not is_used else 11), "of no use: the next would hardly be of more"
        now[0] += LONGEST_PAUSE + 0.1
    assert len(started) == 11, "one that went well is followed by the next at once"


@pytest.mark.parametrize("end", ["killed", "ended"])
def test_what_a_killed_builder_left_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    process = Process(None, pid=99)
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: process)
    apart = Apart(tmp_path)
    apart.begin()
    left = ("..snapshot-99.new.0badcafe", ".snapshot-99.new", ".snapshot-hosts-99.new")
    others = (
        ".delta-990.new",
        "..snapshot-100.new.0badcafe",
        ".snapshot-hosts-9.new",
        ".hosts-snapshot-99.new",
    )
    for name in (*left, *others):
        (tmp_path / name).write_bytes(b"half")
    if end == "ended":
        apart.end()
    else:
        process.returncode = -9
        assert apart.built() == ""
    assert {item.name for item in tmp_path.iterdir()} == set(others)
