"""However many there are, memory stays under what was allowed, and no byte depends on it."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bulk_data import make_data

MEASURED = """
import resource, sys
from pathlib import Path
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How
from adjudge.bulk.run import write_outcomes
from benchmarks.wording import package_line, read_line
from benchmarks.workload import make

workload = make(1, 1)
package = read_line(package_line(workload.rules, list(workload.requests[0])))
how = How(memory=int(sys.argv[3]))
assert write_outcomes(Asked(data=Path(sys.argv[1]), package=package), Path(sys.argv[2]), ProblemLog(), how)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.mark.slow
def test_memory_stays_under_what_was_allowed(tmp_path: Path) -> None:
    data = make_data(tmp_path / "data", 400_000, 6_000_000)
    for memory in (600_000_000, 1_000_000_000):
        command = [sys.executable, "-c", MEASURED, str(data), str(tmp_path / str(memory)), str(memory)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
        assert int(done.stdout) < memory
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / str(memory)).iterdir()}
        for memory in (600_000_000, 1_000_000_000)
    )
    assert len(first) > 4
    assert first == second
