"""The files of what is measured: their room is taken before they are used, and never outgrown."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from adjudge.mount.watching.files import give_back
from tests.journeys.institution.places import small_disk
from tests.rooms.mount.running import environment

MEASURED = """
import os, sys
from pathlib import Path
folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
from adjudge.mount.watching import measuring
measuring.begin()
def sizes():
    return {path.name: (path.stat().st_size, path.stat().st_blocks) for path in folder.glob("*.db")}
before = sizes()
if "fill" in sys.argv:
    try:
        with open(folder / "fill", "wb", 0) as stream:
            while True:
                stream.write(bytes(4096))
    except OSError as error:
        print(error.strerror)
for method in ("GET", "POST", "OTHER"):
    for number in range(600):
        route = f"/api/v1/matters/<matter_id>/subjects/<path:subject_id>/thing-{number:04d}"
        for status in (200, 404):
            measuring.request_ended(route, method, status, 0.1)
from adjudge.people.act import Act
for number in range(300):
    measuring.problem_told(f"a-code-that-is-rather-long-{number}")
for act in Act:
    for end in ("done", "refused", "failed"):
        measuring._ended("act", act.value, end, 0.1)
print(sizes() == before, len(before), os.getpid())
"""


def measured(folder: Path, *said: str) -> list[str]:
    """What a process says that measures more than there is, into a folder."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *said],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(PROMETHEUS_MULTIPROC_DIR=str(folder)),
    )
    assert done.returncode == 0, done
    return done.stdout.splitlines()


def test_no_file_grows_whatever_is_measured(tmp_path: Path) -> None:
    from prometheus_client.multiprocess import MultiProcessCollector

    told, files, process = measured(tmp_path)[-1].split()
    assert (told, files) == ("True", "4")
    taken = sum(path.stat().st_size for path in tmp_path.iterdir())
    give_back(tmp_path, int(process))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < taken
    found = {metric.name: metric for metric in MultiProcessCollector(None, str(tmp_path)).collect()}  # type: ignore[no-untyped-call]
    counted = found["adjudge_requests"].samples
    assert sum(sample.value for sample in counted) == 3_600
    assert 1_000 < len(counted) <= 2_501
    others = [sample.value for sample in counted if sample.labels["route"] == "OTHER"]
    assert others == [3_600 - (len(counted) - 1)]


def test_a_disk_that_fills_up_ends_no_process_that_measures() -> None:
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        try:
            with small_disk(Path(folder) / "disk", "8m") as disk:
                filled, told = measured(disk, "fill")
        except PermissionError as error:
            pytest.skip(f"allowed: this user may mount no disk ({error})")
    assert filled == "No space left on device"
    assert told.startswith("True 4 ")


def test_on_a_disk_without_room_nothing_is_measured_and_nothing_ends() -> None:
    with tempfile.TemporaryDirectory(prefix="adjudge-") as folder:
        try:
            with small_disk(Path(folder) / "disk", "1m") as disk:
                told = measured(disk)[-1]
                assert list(disk.iterdir()) == []
        except PermissionError as error:
            pytest.skip(f"allowed: this user may mount no disk ({error})")
    assert told.startswith("True 0 ")
