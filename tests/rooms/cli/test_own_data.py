"""`adjudge data export --advertiser`: what is kept of one advertiser, taken out by its people or by administrators."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.cli.test_people_commands import NO_SUCH_THING

MINE = "brewer-00000"


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def test_a_member_takes_its_own_out(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "mine.zip"
    told = desk.done("member 0", "data", "export", "--advertiser", MINE, "-o", target)
    assert told == f"{target} is written.\n"
    with zipfile.ZipFile(target) as archive:
        assert json.loads(archive.read("manifest.json"))["advertiser"] == MINE
        assert [row["id"] for row in json.loads(archive.read("rows/subjects.json"))][-1] == MINE
    again = desk.run("member 0", "data", "export", "--advertiser", MINE, "-o", target)
    assert again.returncode == 2
    assert "the file is there already" in again.stderr


def test_nobody_takes_out_what_is_kept_of_another(desk: Desk, tmp_path: Path) -> None:
    for who, whose in (("member 0", "brewer-00001"), ("lawyer", MINE), ("administrator", "nobody")):
        found = desk.run(who, "data", "export", "--advertiser", whose, "-o", tmp_path / "no.zip")
        assert found.returncode != 0
        assert NO_SUCH_THING in found.stderr
    assert not list(tmp_path.iterdir())


def test_it_is_whole_and_as_of_now(desk: Desk, tmp_path: Path) -> None:
    line = ("data", "export", "--advertiser", MINE, "-o", tmp_path / "no.zip")
    for more in (("--policy", "ads"), ("--known-at", "2018-01-01")):
        found = desk.run("administrator", *line, *more)
        assert found.returncode == 2
        assert "given out whole, as of now" in found.stderr
    assert not list(tmp_path.iterdir())
