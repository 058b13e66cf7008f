"""The desk under load: people who read its pages, and people who act meanwhile, through the server that really serves.

Run as `python -m benchmarks.load`. An institution of very many matters over SQLite, and one over PostgreSQL; beside the
server its sweeper goes on. Readers look at a page for a while before they ask for the next one. Nothing is asserted
about time, but no request may fail, and afterwards the log must hold each act that was acknowledged, once.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import dj_database_url

from adjudge.settings.schema import DATABASE
from adjudge.settings.web import sqlite
from benchmarks.timing import heading, line
from tests.generators.large.filled import Large, filled, pointed_at
from tests.journeys.institution.crowd import Noted, called, lost, work_for
from tests.journeys.institution.places import CHECKOUT, Place
from tests.journeys.institution.served import served
from tests.journeys.institution.servers import server

MOST_TOLD = 10
ROUND = 5
"""Acts of a writer before the next matter's turn."""


def main() -> int:
    """Both databases."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--matters", type=int, default=100_000)
    asked.add_argument("--readers", type=int, default=200)
    asked.add_argument("--writers", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--pause", type=float, default=10, help="seconds between two requests of a person")
    told = asked.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {told.matters:,} matters;", end=" ")
    print(
        f"{told.readers} read and {told.writers} act for {told.seconds:.0f} s, every {told.pause:.0f} s each"
    )
    with tempfile.TemporaryDirectory() as name, server() as postgres:
        for place in (Place(Path(name) / "sqlite"), Place(Path(name) / "postgres", postgres.database())):
            place.folder.mkdir()
            _measured(place, told)
    return 0


def _measured(place: Place, told: argparse.Namespace) -> None:
    database = dict(dj_database_url.parse(place.url)) if place.url else sqlite(str(place.folder / DATABASE))
    with pointed_at(database), filled(place.folder, told.matters) as large:
        called_on(place, large, told)


def called_on(place: Place, large: Large, told: argparse.Namespace) -> None:
    """Serve it, let everybody call, and print a table. Raises SystemExit where anything failed."""
    rounds = 2 + int(told.seconds / (ROUND * told.pause / 2))
    work = work_for(large, place.folder, told.readers, told.writers, rounds * told.writers)
    with served(place, ADJUDGE_LOG_LEVEL="warning") as site:
        site.start()
        sweeper = subprocess.Popen(
            [sys.executable, "-m", "adjudge.mount.sweeper"], cwd=CHECKOUT, env=place.environment
        )
        before = os.getloadavg()[0]
        noted = called(site.port, work, told.seconds, told.pause)
        sweeper.terminate()
        sweeper.wait()
        site.stop()
    _tell("PostgreSQL" if place.url else "SQLite", noted, told.seconds, before)
    wrong = lost(large.site.house, work, noted)
    if noted.errors or wrong:
        sys.exit(f"{len(noted.errors)} failed: {noted.errors[:MOST_TOLD]}; of the log: {wrong}")


def _tell(name: str, noted: Noted, seconds: float, load: float) -> None:
    heading(f"{name}; load before {load:.1f}, after {os.getloadavg()[0]:.1f}", "requests", "p50 ms", "p95 ms")
    for what, taken in sorted(noted.taken.items()):
        ordered = sorted(taken)
        late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        line(what, len(ordered), ordered[len(ordered) // 2], late)
    every = sorted(item for taken in noted.taken.values() for item in taken)
    line("all", len(every), every[len(every) // 2], every[int(0.95 * len(every))])
    print(f"{len(every) / seconds:.1f} requests a second; {len(noted.errors)} failed")


if __name__ == "__main__":
    raise SystemExit(main())
