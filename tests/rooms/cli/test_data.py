"""`adjudge data`: what comes in and goes out, told in both forms and both languages; nothing half-written."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from adjudge.records.shelf import CLAIMS, SUBJECTS
from tests.generators.institutions import ticking
from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.cli.inside import adjudge

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "examples" / "data"
SUBJECTS_MAPPING = (
    "mapping: adjudge-mapping/1\nkind: subjects\nfields: {id: id, kind: kind, advertiser: owner}\n"
)
CLAIMS_MAPPING = """
mapping: adjudge-mapping/1
kind: claims
fields:
  id: id
  subject: who
  fact: {constant: ad.beer}
  value: {column: beer, words: {yes: true, no: false}}
  stance: {constant: asserts}
  weight: {constant: 3}
  origin: {constant: o}
  document: {constant: d}
documents:
  - {id: d, kind: x, title: t, publisher: p, precision: unknown, language: en, status: primary, sources: [s],
     summary: {en: s}}
"""
WHY = ("--reason", "moving in")


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "subjects.yaml").write_text(SUBJECTS_MAPPING)
    (tmp_path / "claims.yaml").write_text(CLAIMS_MAPPING)
    (tmp_path / "subjects.csv").write_text("id,kind,owner\na,advertiser,\nad-1,ad,a\n")
    (tmp_path / "claims.csv").write_text("id,who,beer\nc-1,ad-1,yes\nc-2,ad-1,no\n")
    (tmp_path / "bad.csv").write_text("id,who,beer\nc-3,ad-1,yes\nc-4,ad-l,=1+1\nc-5,ad-1,\n")
    return tmp_path


def brought(desk: Desk, folder: Path) -> None:
    desk.done(
        "administrator",
        "data",
        "import",
        folder / "subjects.csv",
        "--mapping",
        folder / "subjects.yaml",
        *WHY,
    )


def claims(folder: Path, name: str = "claims.csv") -> tuple[str | Path, ...]:
    return ("data", "import", folder / name, "--mapping", folder / "claims.yaml", "--policy", "brewers", *WHY)


def test_rows_come_in_and_are_counted(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    told = desk.done("administrator", *claims(folder))
    assert "claims.csv: 2 rows read, 2 fit, 0 refused" in told
    assert "2 brought in; 0 here already" in told
    assert "0 brought in; 2 here already" in desk.done("administrator", *claims(folder))
    with desk.house.records.reading() as records:
        assert records.get(CLAIMS, "c-1") is not None


def test_what_is_refused_is_told_by_file_row_and_column(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    done = desk.run("administrator", *claims(folder, "bad.csv"))
    assert done.returncode == 2
    assert (
        "bad.csv, row 3, column beer: error: `=1+1` is not among the words of the mapping [bad-word]"
        in done.stderr
    )
    assert (
        "bad.csv, row 3, column who: error: the subject `ad-l` is not on record [unknown-subject]"
        in done.stderr
    )
    assert "hint: did you mean `ad-1`?" in done.stderr
    assert "3 rows read, 1 fit, 2 refused\n  nothing of it comes in" in done.stdout
    with desk.house.records.reading() as records:
        assert records.get(CLAIMS, "c-3") is None


def test_problems_are_capped_and_counted(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    (folder / "bad.csv").write_text("id,who,beer\n" + "".join(f"c-{n},ad-1,maybe\n" for n in range(300)))
    done = desk.run("administrator", *claims(folder, "bad.csv"))
    assert "300 rows read, 0 fit, 300 refused" in done.stdout
    assert "200 errors, and 100 more that are not shown" in done.stderr


def test_bad_rows_are_written_with_their_reasons_where_they_are_skipped(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    left = folder / "left.jsonl"
    done = desk.run("administrator", *claims(folder, "bad.csv"), "--skip-bad", left)
    assert done.returncode == 0
    rows = [json.loads(line) for line in left.read_text().splitlines()]
    assert [row["row"] for row in rows] == [3, 4]
    assert rows[0]["cells"] == {"id": "c-4", "who": "ad-l", "beer": "=1+1"}
    assert {problem["code"] for problem in rows[0]["problems"]} == {"bad-word", "unknown-subject"}
    again = desk.run("administrator", *claims(folder, "bad.csv"), "--skip-bad", left)
    assert (again.returncode, "already-there" in again.stderr) == (2, True)
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_a_file_that_is_sound_comes_in_beside_one_that_is_not(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    done = desk.run(
        "administrator", "data", "import", folder / "bad.csv", folder / "claims.csv",
        "--mapping", folder / "claims.yaml", "--policy", "brewers", *WHY,
    )  # fmt: skip
    assert done.returncode == 2
    with desk.house.records.reading() as records:
        assert records.get(CLAIMS, "c-1") is not None
        assert records.get(CLAIMS, "c-3") is None


def test_the_answer_for_programs_says_the_same(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    done = desk.run("administrator", *claims(folder, "bad.csv"), "--format", "json", "--dry-run")
    form = json.loads(done.stdout)
    assert done.returncode == 2
    file = form["files"][0]
    assert (form["dry_run"], file["rows"], file["taken"], file["refused"]) == (True, 3, 1, 2)
    assert {problem["code"] for problem in form["problems"]} == {"bad-word", "unknown-subject", "missing-key"}


def test_it_is_told_in_french(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    done = desk.run("administrator", *claims(folder, "bad.csv"), "--lang", "fr")
    assert "ligne 3" in done.stderr
    assert "rows read" not in done.stdout


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("--mapping", "{folder}/none.yaml"), "unreadable-file"),
        (("--mapping", "{folder}/subjects.csv"), "wrong-shape"),
        (("--mapping", "{folder}/claims.yaml", "--kind", "spend"), "bad-value"),
        (("--mapping", "{folder}/claims.yaml"), "unknown-package"),
        (("--mapping", "{folder}/claims.yaml", "--policy", "brewers", "--delimiter", ";"), "missing-key"),
        ((), "missing-key"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(
    desk: Desk, folder: Path, changed: tuple[str, ...], code: str
) -> None:
    brought(desk, folder)
    options = [item.format(folder=folder) for item in changed]
    done = desk.run("administrator", "data", "import", folder / "claims.csv", *options, *WHY)
    assert done.returncode == 2
    assert f"[{code}]" in done.stderr


def test_a_missing_right_is_answered_like_a_missing_thing(desk: Desk, folder: Path) -> None:
    for who in ("author", "auditor", "member 0"):
        done = desk.run(who, *claims(folder))
        assert (done.returncode, "there is nothing of this name here" in done.stderr) == (2, True)
    for who in ("author", "member 0"):
        done = desk.run(who, "data", "export", "-o", folder / "out")
        assert (done.returncode, "there is nothing of this name here" in done.stderr) == (2, True)
    assert not (folder / "out").exists()


# --- export ---


def test_an_export_is_there_whole_and_sound(desk: Desk, folder: Path) -> None:
    out = folder / "deep" / "out"
    told = desk.done("auditor", "data", "export", "-o", out)
    assert "subjects: 4 rows" in told
    assert sorted(path.name for path in out.iterdir()) == [
        "claims.parquet", "decisions.parquet", "documents.parquet", "manifest.json", "measures.parquet",
        "spend.parquet", "subjects.parquet",
    ]  # fmt: skip
    assert adjudge("data", "validate", out).returncode == 0
    form = json.loads(adjudge("data", "validate", out, "--format", "json").stdout)
    assert form["problems"] == []
    again = desk.run("auditor", "data", "export", "-o", out)
    assert (again.returncode, "already-there" in again.stderr) == (2, True)


def test_an_export_that_fails_leaves_nothing(desk: Desk, folder: Path) -> None:
    done = desk.run("auditor", "data", "export", "-o", folder / "out", "--known-at", "9000-01-01")
    assert done.returncode == 2
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["bad.csv", "claims.csv", "claims.yaml", "subjects.csv", "subjects.yaml"]
    )


def test_the_same_records_give_the_same_bytes(desk: Desk, folder: Path) -> None:
    for name in ("one", "two"):
        desk.done("auditor", "data", "export", "-o", folder / name, "--as-of", "2026-11-23")
    for path in (folder / "one").iterdir():
        assert path.read_bytes() == (folder / "two" / path.name).read_bytes(), path.name


def test_an_export_comes_in_elsewhere(desk: Desk, folder: Path) -> None:
    brought(desk, folder)
    desk.done("administrator", *claims(folder))
    desk.done("administrator", "data", "export", "-o", folder / "out")
    other = new_desk()
    other = replace(other, house=replace(other.house, clock=ticking("2026-11-24T00:00:00Z")))
    told = other.done("administrator", "data", "import", folder / "out", "--policy", "brewers", *WHY)
    assert "subjects.parquet: 6 rows read" in told
    assert "2 brought in" in told
    with other.house.records.reading() as records:
        assert records.get(SUBJECTS, "ad-1") is not None
        assert records.get(CLAIMS, "c-2") is not None
    done = other.run("administrator", "data", "import", folder / "out", *WHY)
    assert "[unknown-package]" in done.stderr


def test_an_export_that_was_altered_does_not_come_in(desk: Desk, folder: Path) -> None:
    desk.done("administrator", "data", "export", "-o", folder / "out")
    shutil.copy(folder / "out" / "spend.parquet", folder / "out" / "claims.parquet")
    done = desk.run("administrator", "data", "import", folder / "out", "--policy", "brewers", *WHY)
    assert done.returncode == 2
    assert "[wrong-column]" in done.stderr
    assert adjudge("data", "validate", folder / "out").returncode == 2


# --- a program that is killed ---


def test_an_import_that_was_killed_is_given_again_and_brings_the_rest(tmp_path: Path) -> None:
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("ADJUDGE_")},
        "ADJUDGE_DATA_DIR": str(tmp_path / "institution"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    program = [sys.executable, "-m", "adjudge.cli.main"]

    def run(*line: str | Path) -> str:
        done = subprocess.run(
            [*program, *map(str, line)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("init", "--empty", "-o", "invitation")
    with (tmp_path / "invitation").open() as secret:
        subprocess.run(
            [*program, "join", "-", "-o", "key"], env=environment, cwd=tmp_path, stdin=secret, check=True
        )
    rows = 12_000
    (tmp_path / "m.yaml").write_text(
        SUBJECTS_MAPPING.replace("kind: kind, advertiser: owner", "kind: {constant: advertiser}")
    )
    (tmp_path / "rows.csv").write_text("id\n" + "".join(f"a-{n:06d}\n" for n in range(rows)))
    line = ("data", "import", "rows.csv", "--mapping", "m.yaml", "--key", "key", "--reason", "x")
    killed = subprocess.Popen([*program, *line], env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL)
    database = tmp_path / "institution" / "adjudge.sqlite3"
    assert _until_some(database)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    here = _count(database)
    assert 0 < here < rows
    told = json.loads(run(*line, "--format", "json"))["files"][0]
    assert (told["known"], told["brought"]) == (here, rows - here)
    assert _count(database) == rows
    assert _entries(database) * 5_000 >= rows


def _count(database: Path) -> int:
    return int(_asked(database, "SELECT count(*) FROM adjudge_subject"))


def _entries(database: Path) -> int:
    return int(_asked(database, "SELECT count(*) FROM adjudge_entry WHERE kind = 'data:imported'"))


def _asked(database: Path, query: str) -> str:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)
    try:
        return str(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


def _until_some(database: Path) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if _count(database):
            return True
        time.sleep(0.02)
    return False
