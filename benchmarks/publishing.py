"""From a decision to the folder that servers of ads follow: quietly, with many keys in force, while a base is built.

Run as `python -m benchmarks.publishing`. A clerk decides in a process of its own, that of `adjudge up` publishes,
and this one waits for the folder to tell of the decision. SQLite; what is in force beside the decisions is written into
its table in bulk. Nothing is asserted about time; whether the folder denies what was decided is.
"""

import argparse
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from adjudge.basis.instant import Instant
from adjudge.enforcement.build import Builder, write_snapshot
from adjudge.enforcement.current import CURRENT, read_current
from adjudge.enforcement.key import AD
from adjudge.enforcement.measure import Scope, Served
from adjudge.enforcement.rules import name_rules
from adjudge.enforcement.table import Table, table_of
from adjudge.enforcement.terms import REVIEW, Terms
from adjudge.institution.serving.approved import Rule
from adjudge.institution.serving.building import Changes
from adjudge.institution.serving.hosts import Hosts
from adjudge.ledger.signer import read_signer
from adjudge.records.rows import MeasureRow
from adjudge.records.shelf import MEASURES
from adjudge.serve.follow import Follower
from adjudge.serve.reading import mapped
from adjudge.serve.trust import read_trusted
from benchmarks.timing import Times, heading, line
from tests.generators.institutions import ad
from tests.journeys.institution.places import CHECKOUT, Clerk, Place
from tests.journeys.institution.served import MIGRATING

LONGEST = 600.0
LOOK = 0.002
DELTAS = (100, 2_000, 10_000, 50_000)


def keep_in_force(place: Place, count: int) -> None:
    """So many ads that are stopped, ten of each advertiser, in as many decisions."""
    row = MeasureRow(
        id="<id>",
        decision="<decision>",
        subject="<subject>",
        advertiser="<advertiser>",
        rule="beer",
        kind="exclude",
        territories=(),
        all_but=True,
        surfaces=(),
        surfaces_all_but=True,
        start=Instant(0),
    )
    text = MEASURES.write(row).decode()
    with sqlite3.connect(place.folder / "adjudge.sqlite3") as database:
        database.executemany(
            "INSERT INTO adjudge_measure (id, decision, subject, advertiser, data) VALUES (?, ?, ?, ?, ?)",
            (_row(text, at) for at in range(count)),
        )
    database.close()


def _row(text: str, at: int) -> tuple[str, ...]:
    told = {
        "<id>": f"Q-{at:08d}",
        "<decision>": f"X-{at:06d}",
        "<subject>": f"shown-{at}",
        "<advertiser>": f"advertiser-{at // 10}",
    }
    for name, given in told.items():
        text = text.replace(name, given)
    return (*told.values(), text)


@contextmanager
def running(place: Place, *line_: str) -> "Iterator[subprocess.Popen[bytes]]":
    """A process of the institution, for as long as it is needed."""
    process = subprocess.Popen(
        [sys.executable, "-m", *line_], cwd=CHECKOUT, env=place.environment, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def offered(folder: Path) -> int:
    """The size of the log of which a folder tells; 0 where there is nothing yet."""
    try:
        return read_current((folder / CURRENT).read_bytes())[0].log_size
    except FileNotFoundError:
        return 0


def wait(until: Callable[[], bool]) -> float:
    """Wait for something; after how many seconds it was so. Raises TimeoutError."""
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST:
        if until():
            return time.perf_counter() - began
        time.sleep(LOOK)
    raise TimeoutError


def decided(clerk: Clerk, follower: Follower, folder: Path, number: int) -> float:
    """Decide on an ad; seconds from the decision until the folder tells of it."""
    clerk.ask("propose", number)
    clerk.ask("confirm", number)
    decision = clerk.ask("issue", number)
    size = clerk.ask("size")
    seconds = wait(lambda: offered(folder) >= size)
    follower.refresh()
    answer = follower.check(ad=ad(number))
    if (answer.allow, answer.decision_id) != (False, decision):
        raise ValueError(answer)
    return seconds


def time_decisions(place: Place, clerk: Clerk, count: int, keys: int) -> None:
    """Decisions one after the other, first quietly, then while a base of all is built again and again."""
    folder = place.folder / "serving"
    signer = read_signer((place.folder / "log.key").read_text().strip())
    if signer is None:
        raise ValueError
    follower = Follower(folder, [read_trusted(str(signer.verifier))], without="allow")
    with running(place, "adjudge.mount.publisher"):
        base = wait(lambda: offered(folder) > 0)
        quiet, built, busy = Times(), Times(), Times()
        numbers = iter(range(2 * count))
        for _ in range(count):
            quiet.seconds.append(decided(clerk, follower, folder, next(numbers)))
        while len(busy.seconds) < count:
            with running(place, "adjudge.mount.bases", str(folder)) as builder:
                began = time.perf_counter()
                while builder.poll() is None and len(busy.seconds) < count:
                    busy.seconds.append(decided(clerk, follower, folder, next(numbers)))
                if builder.poll() is not None:
                    built.seconds.append(time.perf_counter() - began)
    line(f"{keys:,} keys: the first base, from the start of the process", base)
    heading("from the decision until the folder tells of it", "p50 ms", "p99 ms", "most ms")
    line(f"{keys:,} keys in force", quiet.at(0.5), quiet.at(0.99), quiet.at(1))
    line(f"{keys:,} keys, while a base is built", busy.at(0.5), busy.at(0.99), busy.at(1))
    with running(place, "adjudge.mount.publisher") as again:
        before = (folder / CURRENT).stat().st_ino
        line(
            "a process that begins anew offers again after",
            wait(lambda: (folder / CURRENT).stat().st_ino != before),
        )
        again.terminate()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"the largest of these processes took {peak} MB at most")


def time_deltas(folder: Path, times: int) -> None:
    """Deltas of many keys, built and written."""
    heading("a delta, built, sealed by nobody and on the disk", "p50 ms", "most ms", "bytes")
    scope = Scope(
        kind="exclude", reason="beer", territories=(), all_but=True, surfaces=("ads",), surfaces_all_but=False
    )
    terms = Terms(origin="example.org", log_size=1, base=f"sha256:{0:064x}").told()
    for count in DELTAS:
        changes = Changes(
            0, Rule(REVIEW, ("ads",)), Hosts(sqlite3.connect(":memory:")), _empty(folder, terms)
        )
        for at in range(count):
            changes.keys[f"{AD}shown-{at}"] = (Served(scope=scope, decision=f"X-{at:06d}", start=0),)
        path, taken = folder / "delta", Times()
        for _ in range(times):
            taken.take(partial(_write, path, changes, terms))
        line(f"{count:,} keys", taken.at(0.5), taken.at(1), path.stat().st_size)


def _empty(folder: Path, terms: dict[str, Any]) -> Table:
    """What a base says that has no keys."""
    write_snapshot(folder / "base", Builder(), terms, name_rules(), None)
    whole, header = mapped(folder / "base")
    return table_of(memoryview(whole), header)


def _write(path: Path, changes: Changes, terms: dict[str, Any]) -> None:
    write_snapshot(path, changes.builder(1), terms, name_rules(), None)


def main() -> None:
    """Measure; print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=1_000_000)
    parser.add_argument("--decisions", type=int, default=100)
    parser.add_argument("--deltas", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Place(Path(name) / "data")
        clerk = place.founded(2 * given.decisions)
        subprocess.run([sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=place.environment, check=True)
        keep_in_force(place, given.keys)
        time_decisions(place, clerk, given.decisions, given.keys)
        place.close()
        time_deltas(Path(name), given.deltas)


if __name__ == "__main__":
    main()
