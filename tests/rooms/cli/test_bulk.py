"""`adjudge bulk`: what it says, what it writes, and what is wrong on its line."""

import json
from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.bulk.manifest import read_outcomes
from tests.rooms.bulk.small import VOCABULARY, claim, data, many, package_text
from tests.rooms.cli.inside import adjudge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "vocabulary.yaml").write_text(VOCABULARY)
    (tmp_path / "policy" / "1.yaml").write_text(package_text())
    (tmp_path / "policy" / "2.yaml").write_text(package_text(language=2).replace('"1"', '"2"', 1))
    subjects, claims = many(6)
    data(tmp_path / "data", subjects, [*claims, claim(99, "nobody", "advertiser.staff", 3)])
    return tmp_path


def test_it_says_how_many_have_which_verdict(folder: Path) -> None:
    done = adjudge("bulk", folder / "data", "--package", folder / "policy" / "1.yaml", "-o", folder / "out")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == f"{folder / 'out'} is written."
    assert lines[1] == "small@1, valid at 2020-01-01T00:00:00Z, known at 2020-01-01T00:00:00Z"
    assert "12 subjects" in lines
    assert "18 claims count" in lines
    assert "1 claim is about nobody in the data" in lines
    assert any(line.startswith("beer refuted 3") for line in lines)


def test_for_programs_it_prints_the_manifest(folder: Path) -> None:
    line = ("bulk", folder / "data", "--package", folder / "policy" / "1.yaml", "-o", folder / "out")
    done = adjudge(*line, "--format", "json", "--pairs", "--as-of", "2019-06-01", "--territory", "FR")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads((folder / "out" / "manifest.json").read_text())
    written = read_outcomes(folder / "out", ProblemLog())
    assert written is not None
    assert (str(written.valid_at), written.territory, written.pairs) == ("2019-06-01T00:00:00Z", "FR", True)


def test_a_package_of_another_version_of_the_language_is_refused(folder: Path) -> None:
    done = adjudge("bulk", folder / "data", "--package", folder / "policy" / "2.yaml", "-o", folder / "out")
    assert done.returncode == 2
    assert "language version 2 is not known here" in done.stderr
    assert not (folder / "out").exists()


def test_problems_of_the_data_are_told_to_people_and_to_programs(folder: Path) -> None:
    (folder / "data" / "claims.parquet").write_bytes(b"PAR1")
    line = ("bulk", folder / "data", "--package", folder / "policy" / "1.yaml", "-o", folder / "out")
    done = adjudge(*line)
    assert done.returncode == 2
    assert "[altered-data]" in done.stderr
    found = json.loads(adjudge(*line, "--format", "json").stdout)
    assert [problem["code"] for problem in found["problems"]] == ["altered-data"]


@pytest.mark.parametrize(
    "more",
    [("--memory", "3"), ("--memory", "599MB"), ("--memory", "1TB"), ("--threads", "0"), ("--threads", "x")],
)
def test_amounts_that_do_not_do_are_refused(folder: Path, more: tuple[str, str]) -> None:
    line = ("bulk", folder / "data", "--package", folder / "policy" / "1.yaml", "-o", folder / "out", *more)
    done = adjudge(*line)
    assert done.returncode == 2
    assert more[1] in done.stderr
