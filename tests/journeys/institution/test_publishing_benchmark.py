"""The benchmark of publishing runs, small: every decision is denied where it should be, and it says each figure."""

import subprocess
import sys

from tests.journeys.institution.places import CHECKOUT

SMALL = "--keys 500 --decisions 2 --deltas 1".split()
FIGURES = (
    "500 keys: the first base",
    "500 keys in force",
    "500 keys, while a base is built",
    "a process that begins anew",
    "50,000 keys",
)


def test_the_benchmark_says_all_its_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.publishing", *SMALL],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert [figure for figure in FIGURES if figure not in done.stdout] == []
