"""The benchmark of the institution runs, small: what it checks of what it times holds, and it says each figure."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
SMALL = "--decisions 2 --acts 3 --claims 5 --reads 2 --entries 1000 --proofs 10".split()
FIGURES = (
    "SQLite, a whole decision in three acts",
    "SQLite, one act: a matter assigned",
    "PostgreSQL, a whole decision in three acts",
    "PostgreSQL, one act: a matter assigned",
    "reading a matter with 5 claims",
    "SQLite, its rows, evaluated",
    "PostgreSQL, proof that an entry is in the log",
    "SQLite, proof that the log only grew",
    "every line, the tree, every checkpoint",
    "SHA-256 of the same bytes",
)


@pytest.mark.usefixtures("postgres")
def test_the_benchmark_says_all_its_figures() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.institution", *SMALL],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert [figure for figure in FIGURES if figure not in done.stdout] == []
