"""Backups at full size: taken, verified, restored on SQLite and PostgreSQL, beside the databases' own copies.

Run as `python -m benchmarks.backup`. Each step is a process of its own, as on the command line, so that its greatest
memory is its own; what it is compared with copies the same data in the same run. Nothing is asserted about time, but
each step must succeed, and a restore has held every row to the log.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import psutil

from benchmarks.timing import heading, line
from tests.journeys.institution.servers import Server, server

CHECKOUT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
_COPY = (
    "import sqlite3, sys\n"
    "one, other = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])\n"
    "one.backup(other)\n"
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a process took: seconds, processor seconds, and its greatest memory in megabytes."""

    seconds: float
    busy: float
    memory: float


def run(*words: str | Path, url: str = "") -> Step:
    """Run a program to its end. Raises CalledProcessError where it fails."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ADJUDGE_")}
    environment |= {"PYTHONPATH": os.pathsep.join(map(str, (CHECKOUT / "src", CHECKOUT)))}
    environment |= {"ADJUDGE_DATABASE_URL": url} if url else {}
    start = perf_counter()
    process = subprocess.Popen(
        list(map(str, words)), env=environment, stdout=subprocess.DEVNULL, cwd=CHECKOUT
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Step(perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MEGABYTE)


def adjudge(*words: str | Path, url: str = "") -> Step:
    """Run a command."""
    return run(sys.executable, "-m", "adjudge.cli.main", *words, url=url)


@dataclass(slots=True)
class Place:
    """An institution on one kind of database, and where its copies go."""

    name: str
    folder: Path
    server: Server | None = None
    url: str = ""

    def made(self, decisions: int) -> Step:
        """An institution with so many decisions."""
        self.url = self.server.database() if self.server is not None else ""
        words = ("-m", "benchmarks.many_decisions", "--decisions", str(decisions), "--data", self.data)
        return run(sys.executable, *words, url=self.url)

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / "data"

    @property
    def backup(self) -> Path:
        """Its backup."""
        return self.folder / "backup.tar"

    def restored(self, backup: Path, name: str) -> Step:
        """A backup restored into a new place, which is taken away again."""
        data, url = self.folder / name, self.server.database() if self.server is not None else ""
        step = adjudge("restore", backup, "--data", data, "--keys", self.data, url=url)
        shutil.rmtree(data)
        return step

    def copied(self) -> tuple[str, Step, int]:
        """The database's own copy: how it is made, what that took, and its bytes."""
        target = self.folder / "copy"
        if self.server is None:
            step = run(sys.executable, "-c", _COPY, self.data / "adjudge.sqlite3", target)
            return "SQLite's own copy of its file", step, _size(target)
        # The program that belongs to the server, wherever that lies.
        dump = Path(psutil.Process(self.server.handle.get_pid()).exe()).with_name("pg_dump")
        step = run(dump, "--format=custom", "--compress=3", f"--file={target}", self.url)
        return "pg_dump, compressed as much", step, _size(target)


def _size(path: Path) -> int:
    return path.stat().st_size


def _tell(name: str, step: Step, size: int | None = None) -> None:
    line(name, step.seconds, step.busy, step.memory, size / MEGABYTE if size is not None else "")
    sys.stdout.flush()


def time_place(place: Place, decisions: int) -> None:
    """Make an institution, back it up, verify, copy and restore it."""
    heading(f"{place.name}, {decisions:,} decisions", "s", "busy s", "peak MB", "MB")
    made = place.made(decisions)
    database = place.data / "adjudge.sqlite3"
    _tell("(written in bulk)", made, _size(database) if place.server is None else None)
    step = adjudge("backup", place.backup, "--data", place.data, url=place.url)
    _tell("adjudge backup, verified", step, _size(place.backup))
    name, step, size = place.copied()
    _tell(name, step, size)
    _tell("adjudge backup --verify", adjudge("backup", place.backup, "--verify"))
    _tell("cp of the backup", run("cp", place.backup, place.folder / "cp"), _size(place.backup))
    for path in (place.folder / "copy", place.folder / "cp"):
        path.unlink()
    _tell("adjudge restore, every row held to the log", place.restored(place.backup, "again"))


def main() -> None:
    """Time both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument(
        "--folder", type=Path, help="where there is room (default: the folder for temporary files)"
    )
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=given.folder)))
        if given.on != "postgresql":
            place = Place("SQLite", folder / "sqlite")
            place.folder.mkdir()
            time_place(place, given.decisions)
            shutil.rmtree(place.data)
        if given.on != "sqlite":
            place = Place("PostgreSQL", folder / "postgresql", stack.enter_context(server()))
            place.folder.mkdir()
            time_place(place, given.decisions)


if __name__ == "__main__":
    main()
