"""The benchmark of the API runs, short: no request fails, each act is in the log once, and it says each figure."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
FIGURES = (
    "nothing: /health",
    "question: small policy, 2 subjects",
    "question: the founding case",
    "read: a matter",
    "act: a claim recorded",
)


@pytest.mark.skipif(
    importlib.util.find_spec("locust") is None, reason="allowed: only `make bench` installs locust"
)
@pytest.mark.usefixtures("postgres")
@pytest.mark.parametrize(
    "seconds", ["5", pytest.param("120", marks=pytest.mark.slow, id="two minutes, without an error")]
)
def test_the_benchmark_says_all_its_figures(seconds: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.api", "--seconds", seconds, "--users", "4"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    for figure in FIGURES:
        assert sum(line.startswith(figure) for line in lines) == 4, (
            "on two databases, by one caller and by several"
        )
    assert sum(line.startswith("the log is sound") for line in lines) == 2
