"""`adjudge register`: the public register by commands, and replies in it."""

import csv
import json
from pathlib import Path

import pytest

from adjudge.institution.staff import keys, people
from adjudge.people.role import Role
from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.cli.test_hearing_commands import MINE, issued, written


@pytest.fixture
def desk() -> Desk:
    found = new_desk()
    invited = people.invite(
        found.house, people.FOUNDER, "owner@example.org", "Owner", (Role.MEMBER,), advertiser=MINE
    )
    actor = people.actor_of(people.join(found.house, invited.secret))
    found.keys["owner"] = keys.make_own_key(found.house, actor, "mine").secret
    return found


def test_what_everybody_sees_is_listed_shown_and_written(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    assert decision in desk.done("author", "register", "list")
    assert "Nothing in the register" in desk.done("author", "register", "list", "--text", "nowhere")
    shown = desk.done("author", "register", "show", decision)
    assert "Withheld: statement (personal_data)" in shown
    assert "licence is on record" not in shown
    for ending in ("csv", "json", "parquet"):
        desk.done("author", "register", "export", tmp_path / f"all.{ending}")
        assert (tmp_path / f"all.{ending}").stat().st_size
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == [decision]
    assert [item["id"] for item in json.loads((tmp_path / "all.json").read_text())] == [decision]
    assert desk.run("author", "register", "export", tmp_path / "all.xlsx").returncode != 0
    assert not (tmp_path / "all.xlsx").exists()
    assert "withheld" in desk.done("author", "register", "figures")


def test_a_reply_is_given_refused_answered_and_restored(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    words = written(tmp_path / "words.txt", "We sell beer without alcohol.")
    desk.done("owner", "register", "reply", decision, "--text", words)
    assert "beer without alcohol" in desk.done("author", "register", "show", decision)
    refused = desk.run("lawyer", "register", "refuse", decision, "rude", "--reason", "It is rude.")
    assert refused.returncode != 0
    assert "others" in refused.stderr
    desk.done("lawyer", "register", "refuse", decision, "others", "--reason", "It names a neighbour.")
    assert "beer without alcohol" not in desk.done("author", "register", "show", decision)
    desk.done("owner", "register", "answer", decision, "--text", words)
    assert desk.run("lawyer", "register", "restore", decision, "--reason", "so").returncode != 0
    desk.done("owner", "register", "take-back", decision)
    assert desk.run("author", "register", "reply", decision, "--text", words).returncode != 0
