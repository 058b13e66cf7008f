"""`adjudge retention`, and what is expunged by hand: shown before it goes, held, and told in both forms."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adjudge.basis.instant import NANOS, Instant
from tests.generators.institutions import ticking
from tests.rooms.cli.desk import Desk, new_desk

MINE, MATTER = "brewer-00000", "M-000013"
WHY = ("--reason", "needed no longer")


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def form(desk: Desk, who: str, *line: str | Path) -> Any:  # noqa: ANN401 - the JSON of any command
    return json.loads(desk.done(who, *line, "--format", "json"))


def later(desk: Desk, days: int) -> Desk:
    at = Instant(desk.house.clock().nanos + days * 86_400 * NANOS)
    return replace(desk, house=replace(desk.house, clock=ticking(str(at))))


def settled(desk: Desk, tmp_path: Path) -> None:
    """Contacts go after a year."""
    desk.done("member 0", "contact", "settle", MINE, "--language", "en", "--email", "a@private.example", *WHY)
    file = tmp_path / "procedure.yaml"
    file.write_text(desk.done("administrator", "procedure", "show", "--format", "yaml"))
    assert "retention:\n  documents: 0\n" in file.read_text()
    file.write_text(file.read_text().replace("contacts: 0", "contacts: 365"))
    told = desk.done("administrator", "procedure", "settle", file, *WHY)
    assert "Expunged after 365 days: addresses of advertisers" in told


def test_what_would_go_is_shown_with_what_stands_in_the_way(desk: Desk, tmp_path: Path) -> None:
    assert "Nothing is expunged by itself." in desk.done("administrator", "procedure", "show")
    told = desk.done("lawyer", "retention", "show")
    assert "documents: kept; 365 days are suggested." in told
    assert told.endswith("0 things would go now.\n")
    settled(desk, tmp_path)
    year = later(desk, 366)
    told = year.done("lawyer", "retention", "show")
    assert f"stays: contacts {MINE}, since " in told
    assert "matters are open: " in told
    found = form(year, "lawyer", "retention", "show")
    assert found["rules"] == {"contacts": "365"}
    assert [(item["rule"], item["id"]) for item in found["due"]] == [("contacts", MINE)]
    assert found["due"][0]["standing"]
    assert "contacts : 365 jours" in year.done("lawyer", "retention", "show", "--lang", "fr").replace(
        "\xa0", " "
    )


def test_a_hold_is_put_and_ended_with_reasons(desk: Desk) -> None:
    held = form(desk, "lawyer", "retention", "hold", MINE, *WHY)
    assert held["held"]
    again = desk.run("lawyer", "retention", "hold", MINE, *WHY)
    assert "a legal hold stands on brewer-00000 already" in again.stderr
    assert desk.run("administrator", "retention", "hold", MATTER, *WHY).returncode != 0
    told = desk.done("lawyer", "retention", "release", MINE, *WHY)
    assert told == f"The hold on {MINE} is ended.\n"


def test_addresses_and_names_are_expunged_by_hand(desk: Desk, tmp_path: Path) -> None:
    settled(desk, tmp_path)
    told = desk.done("administrator", "contact", "expunge", MINE, *WHY)
    assert told == f"The addresses of {MINE} are expunged; the log shows that they were.\n"
    assert form(desk, "member 0", "contact", "show", MINE)["emails"] == []
    people = form(desk, "administrator", "person", "list")
    person = next(row["id"] for row in people if row["roles"] == ["member"])
    assert desk.run("administrator", "person", "expunge", person, *WHY).returncode != 0
    last = desk.run("administrator", "person", "deactivate", person, *WHY)
    assert "nobody would be left who can act for the advertiser" in last.stderr
    desk.done("member 0", "contact", "settle", MINE, "--language", "en", "--email", "b@private.example", *WHY)
    reached = replace(desk, house=replace(desk.house, address="https://p.example"))  # by links in its mail
    reached.done("administrator", "person", "deactivate", person, *WHY)
    told = desk.done("administrator", "person", "expunge", person, *WHY)
    assert told == f"The name of {person} is expunged; the log shows that it was.\n"


@pytest.mark.parametrize("text", ["retention: {documents: -1}", "retention: {letters: 3}", "retention: 5"])
def test_a_rule_that_cannot_be_is_named(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "procedure.yaml"
    file.write_text(text + "\n")
    found = desk.run("administrator", "procedure", "settle", file, *WHY)
    assert found.returncode == 2
    assert "retention" in found.stderr


def test_the_holds_that_stand_are_listed(desk: Desk) -> None:
    assert desk.done("lawyer", "retention", "holds") == "No legal hold stands.\n"
    desk.done("lawyer", "retention", "hold", MINE, "--reason", "a court asks")
    assert desk.done("lawyer", "retention", "holds").startswith(f"{MINE}: held since ")
    (found,) = form(desk, "lawyer", "retention", "holds")["holds"]
    assert found["id"] == MINE
