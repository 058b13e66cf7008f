"""Outcomes are there whole or not at all; what was cut off goes on, and comes to the same bytes."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.manifest import read_outcomes
from adjudge.bulk.model import Asked, How, Progress, Written
from adjudge.bulk.run import write_outcomes
from adjudge.errors import UnavailableError
from tests.rooms.bulk.small import data, many, of_parts, package


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data(tmp_path_factory.mktemp("bulk") / "data", *many(40))


def evaluated(folder: Path, out: Path, how: How | None = None) -> Written:
    log = ProblemLog()
    found = write_outcomes(Asked(data=folder, package=package(), pairs=True), out, log, how)
    assert found is not None, log.problems
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_written_says_of_itself_what_it_is(folder: Path, tmp_path: Path) -> None:
    found = evaluated(folder, tmp_path / "out")
    log = ProblemLog()
    assert read_outcomes(tmp_path / "out", log) == found
    assert not log.problems
    assert (found.subjects, found.package, found.version) == (80, "small", "1")
    beer = next(rule for rule in found.rules if rule.rule == "beer")
    assert sum(beer.verdicts.values()) == 40
    assert (
        sum(beer.verdicts.values()) != beer.verdicts[max(beer.verdicts, key=lambda item: beer.verdicts[item])]
    )


def test_nothing_is_left_beside_the_outcomes(folder: Path, tmp_path: Path) -> None:
    evaluated(folder, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert sorted(files(tmp_path / "out")) == ["evidence.parquet", "manifest.json", "part-00000.parquet"]


def test_subjects_of_one_advertiser_stand_together_and_the_advertiser_first(
    folder: Path, tmp_path: Path
) -> None:
    evaluated(folder, tmp_path / "out")
    rows = duckdb.connect().execute(
        "SELECT subject, kind, advertiser FROM read_parquet(?)",
        [str(tmp_path / "out" / "part-00000.parquet")],
    )
    assert rows.fetchall()[:4] == [
        ("a-0000", "advertiser", "a-0000"),
        ("b-0000", "ad", "a-0000"),
        ("a-0001", "advertiser", "a-0001"),
        ("b-0001", "ad", "a-0001"),
    ]


def test_memory_and_threads_change_no_byte(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_parts(7, monkeypatch.setattr)
    for number, how in enumerate((How(), How(threads=1), How(threads=4, memory=600_000_000))):
        evaluated(folder, tmp_path / str(number), how)
    assert len(files(tmp_path / "0")) == 14
    assert files(tmp_path / "0") == files(tmp_path / "1") == files(tmp_path / "2")


KILLED = """
import os, signal, sys
from pathlib import Path
import adjudge.bulk.run
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked, How
from tests.rooms.bulk.small import of_parts, package

of_parts(7)
after = int(sys.argv[3])
seen = []

def watch(progress):
    seen.append(progress)
    if len(seen) > after:
        os.kill(os.getpid(), signal.SIGKILL)

asked = Asked(data=Path(sys.argv[1]), package=package(), pairs=True)
adjudge.bulk.run.write_outcomes(asked, Path(sys.argv[2]), ProblemLog(), How(progress=watch))
"""


@pytest.mark.parametrize("after", [1, 3, 5, 8, 15])
def test_a_run_that_was_killed_goes_on_to_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    command = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "out"), str(after)]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert ended.returncode == -9, ended.stderr.decode()
    assert not (tmp_path / "out").exists()
    assert (tmp_path / ".out.bulk").is_dir()
    of_parts(7, monkeypatch.setattr)
    steps = list[Progress]()
    evaluated(folder, tmp_path / "out", How(resume=True, progress=steps.append))
    evaluated(folder, tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")
    assert not (tmp_path / ".out.bulk").exists()
    # Once claims are in the database they are not read again.
    assert len({step.stage for step in steps}) == (2 if after < 5 else 1)


def test_a_part_that_was_altered_meanwhile_is_made_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "out"), "12"]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    done = sorted((tmp_path / ".out.bulk" / "parts").glob("part-*.parquet"))
    done[0].write_bytes(b"something else")
    of_parts(7, monkeypatch.setattr)
    evaluated(folder, tmp_path / "out", How(resume=True))
    evaluated(folder, tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_what_another_question_left_behind_is_not_taken_up(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "out"), "12"]
    subprocess.run(command, check=False, capture_output=True, timeout=120)
    evaluated(folder, tmp_path / "out", How(resume=True))
    evaluated(folder, tmp_path / "whole")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


FULL = """
import resource, signal, sys
from pathlib import Path
from adjudge.basis.problem import ProblemLog
from adjudge.bulk.model import Asked
from adjudge.bulk.run import write_outcomes
from adjudge.errors import UnavailableError
from tests.rooms.bulk.small import package

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    write_outcomes(Asked(data=Path(sys.argv[1]), package=package()), Path(sys.argv[2]), ProblemLog())
except UnavailableError as error:
    assert error.hint
    sys.exit(5)
"""


@pytest.mark.parametrize("size", [1_000, 300_000])
def test_a_disk_that_is_full_leaves_nothing_that_looks_whole(folder: Path, tmp_path: Path, size: int) -> None:
    command = [sys.executable, "-c", FULL, str(folder), str(tmp_path / "out"), str(size)]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert ended.returncode == 5, ended.stderr.decode()
    assert not (tmp_path / "out").exists()
    assert not list((tmp_path / ".out.bulk").glob("work.duckdb*"))
    evaluated(folder, tmp_path / "out", How(resume=True))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_two_at_once_do_not_write_one_folder(folder: Path, tmp_path: Path) -> None:
    refused = list[UnavailableError]()

    def meanwhile(progress: Progress) -> None:
        if not refused and progress.done:
            with pytest.raises(UnavailableError) as told:
                evaluated(folder, tmp_path / "out")
            refused.append(told.value)

    evaluated(folder, tmp_path / "out", How(progress=meanwhile))
    assert "another evaluation" in refused[0].message


def test_a_package_of_which_no_rule_applies_says_so_of_everybody(folder: Path, tmp_path: Path) -> None:
    log = ProblemLog()
    asked = Asked(data=folder, package=package(), known_at=package().published_at.__class__(0))
    found = write_outcomes(asked, tmp_path / "out", log)
    assert found is not None
    assert (found.rules, found.subjects, found.claims) == ((), 80, 0)


def test_data_without_subjects_give_outcomes_of_nobody(tmp_path: Path) -> None:
    found = evaluated(data(tmp_path / "data", [], []), tmp_path / "out")
    assert (found.subjects, found.claims, [part.rows for part in found.parts]) == (0, 0, [0])


def test_a_folder_of_something_else_is_no_folder_of_outcomes(folder: Path) -> None:
    log = ProblemLog()
    assert read_outcomes(folder, log) is None
    assert [problem.code for problem in log.problems] == ["not-data"]
