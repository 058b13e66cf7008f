"""Backups by the command line: while others work, killed in the middle, on a full disk, at full size."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.institution.places import CHECKOUT, Clerk, Place, small_disk
from tests.journeys.institution.servers import Server

COUNT = 6
PATIENCE = 300
SLOW = """
import sys, time
import adjudge.institution.backup.{room} as room
{slow}
from adjudge.cli.main import main
sys.exit(main())
"""
"""The program as it is, but for one step of it that says that it has come so far, and waits to be killed."""


def started(place: Place, *words: str | Path, program: str = "") -> "subprocess.Popen[str]":
    start = ["-c", program] if program else ["-m", "adjudge.cli.main"]
    return subprocess.Popen(
        [sys.executable, *start, *map(str, words), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=place.environment,
    )


def done(place: Place, *words: str | Path) -> tuple[int, dict[str, Any]]:
    process = started(place, *words)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in err, err
    return process.returncode, json.loads(out)


@pytest.fixture
def other() -> Iterator[Path]:
    """Give an empty folder."""
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        yield Path(folder)


def checked(clerk: Clerk) -> list[list[str]]:
    """What the log says was done, in which everything fits together."""
    found = clerk.ask("check")
    assert found["flaws"] == []
    entries: list[list[str]] = found["entries"]
    return entries


def test_a_backup_that_is_taken_while_others_work_is_restored_and_goes_on(
    place: Place, postgres: Server, other: Path
) -> None:
    place.founded(COUNT)
    worker = place.clerk().tell("work", list(range(COUNT)))
    acknowledged: list[list[str]] = []
    codes = []
    for number in range(2):
        acknowledged.append(next(line for line in worker.lines() if "ack" in line)["ack"])
        code, made = done(place, "backup", other / f"{number}.tar")
        codes.append((code, made["verified"]))
    assert codes == [(0, True)] * 2
    assert worker.answer() == {"done": COUNT}
    url = "" if place.url else postgres.database()  # from each database into the other one
    restored = Place(other / "restored", url)
    code, told = done(restored, "restore", other / "1.tar", "--keys", place.folder)
    assert (code, told["findings"]) == (0, [])
    clerk = restored.clerk()
    entries = checked(clerk)
    assert len(entries) == told["entries"] == made["entries"]
    assert acknowledged[-1] in entries, "what was acknowledged before is in the backup"
    clerk.ask("work", list(range(COUNT)))
    assert [kind for kind, _ in checked(clerk)].count("decision:issued") == COUNT
    restored.close()


@pytest.mark.parametrize(
    ("room", "step"),
    [
        ("making", "_write_log"),
        pytest.param("making", "_write_documents", marks=pytest.mark.slow),
        ("making", "verify"),
    ],
)
def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole(
    sqlite: Place, other: Path, room: str, step: str
) -> None:
    sqlite.founded(2)
    process = started(sqlite, "backup", other / "b.tar", program=_waiting(room, step))
    _kill_there(process)
    left = sorted(path.name for path in other.iterdir())
    assert "b.tar" not in left
    assert all(name.startswith(".") and name.endswith(".part") for name in left)
    for name in left:
        assert done(sqlite, "backup", other / name, "--verify")[0] == 1 or step == "verify"
    assert done(sqlite, "backup", other / "b.tar")[0] == 0


@pytest.mark.parametrize(
    ("room", "step"),
    [
        ("restoring", "_Restoring._build"),
        pytest.param("restoring", "_Restoring._put_documents", marks=pytest.mark.slow),
        ("aside", "_sync_folders"),
    ],
)
def test_a_restore_that_is_killed_leaves_no_institution_and_is_given_again(
    place: Place, postgres: Server, other: Path, room: str, step: str
) -> None:
    place.founded(2)
    assert done(place, "backup", other / "b.tar")[0] == 0
    target = Place(other / "restored", postgres.database() if place.url else "")
    words = ("restore", other / "b.tar", "--keys", place.folder)
    _kill_there(started(target, *words, program=_waiting(room, step)))
    refused = target.start(migrate=True).answer()
    assert refused["error"] == "RefusedError"
    assert "restore" in refused["message"]
    code, told = done(target, *words)
    assert (code, told["findings"]) == (0, [])
    assert len(checked(target.clerk())) == told["entries"]
    target.close()


def _waiting(room: str, step: str) -> str:
    """The program with a step before which it says that it is there, and waits."""
    slow = (
        f"before = room.{step}\n"
        "def there(*a, **k):\n    print('there', flush=True)\n    time.sleep(600)\n    return before(*a, **k)\n"
        f"room.{step} = there"
    )
    return SLOW.format(room=room, slow=slow)


def _kill_there(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    line = process.stdout.readline()
    if line != "there\n":
        raise AssertionError(line + process.communicate(timeout=PATIENCE)[1])
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)


def test_a_full_disk_is_told_of_and_nothing_is_left(sqlite: Place, other: Path) -> None:
    sqlite.founded(COUNT)
    assert done(sqlite, "backup", other / "b.tar")[0] == 0
    try:
        with small_disk(other / "disk", f"{(other / 'b.tar').stat().st_size // 2048}k") as disk:
            code, told = done(sqlite, "backup", disk / "b.tar")
            assert (code, told["error"]["kind"], "disk" in told["error"]["hint"]) == (1, "unavailable", True)
            assert list(disk.iterdir()) == []
        (other / "disk").rmdir()
        with small_disk(other / "disk", "600k") as disk:
            target = Place(disk / "data")
            code, told = done(target, "restore", other / "b.tar", "--keys", sqlite.folder)
            assert (code, told["error"]["kind"], "disk" in told["error"]["hint"]) == (1, "unavailable", True)
            assert not target.folder.exists() or list(target.folder.iterdir()) == []
    except PermissionError as error:
        pytest.skip(f"allowed: this user may mount no disk ({error})")


def test_a_database_that_goes_away_is_told_of(postgresql: Place, postgres: Server, other: Path) -> None:
    postgresql.founded(2)
    postgres.stop()
    try:
        code, told = done(postgresql, "backup", other / "b.tar")
    finally:
        postgres.start()
    assert (code, told["error"]["kind"]) == (1, "unavailable")
    assert list(other.iterdir()) == []


@pytest.mark.slow
def test_a_hundred_thousand_decisions_are_backed_up_verified_and_restored() -> None:
    assert _sized(100_000) == []


@pytest.mark.usefixtures("postgres")
def test_the_benchmark_of_backups_says_all_its_figures() -> None:
    assert _sized(30) == []


def _sized(decisions: int) -> list[str]:
    """The figures that are not said; every step succeeds, and a restore holds every row to the log."""
    start = time.monotonic()
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.backup", "--decisions", str(decisions)],
        cwd=CHECKOUT,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=4 * 3600,
    )
    assert process.returncode == 0, process.stderr
    assert time.monotonic() > start
    figures = (
        f"SQLite, {decisions:,} decisions",
        f"PostgreSQL, {decisions:,} decisions",
        "adjudge backup, verified",
        "adjudge backup --verify",
        "adjudge restore, every row held to the log",
        "SQLite's own copy",
        "pg_dump",
        "cp of the backup",
    )
    return [figure for figure in figures if figure not in process.stdout]
