"""People who read and people who act at once: nothing fails, and each act that was acknowledged is in the log once."""

import subprocess
import sys

from tests.journeys.institution.crowd import KINDS, TAKEN
from tests.journeys.institution.places import CHECKOUT
from tests.journeys.institution.servers import Server

FEW = ["--matters", "200", "--readers", "6", "--writers", "3", "--seconds", "8", "--pause", "0.5"]


def test_the_desk_fails_nobody_who_reads_or_acts_while_others_do(postgres: Server) -> None:
    """Of either database. The benchmark ends with an error where a request failed, or an act is not in the log once."""
    assert postgres.address()  # skipped where none can be started
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load", *FEW],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5_000:]
    assert done.stdout.count("0 failed") == 2
    for act in (TAKEN, *KINDS):
        assert done.stdout.count(f"\n{act} ") == 2, act
