"""What follows from the time and from what is settled is told by every face of the register at once."""

from dataclasses import replace

import pytest

from adjudge.basis.reading.json_text import Plain
from adjudge.institution.deciding.decisions import read_decision
from adjudge.institution.house import time_of
from adjudge.institution.published.asked import Asked
from adjudge.institution.published.reading import (
    is_registered,
    register_decision,
    register_found,
    register_stream,
)
from adjudge.institution.published.statistics import counted
from adjudge.institution.published.table import csv_pieces, json_pieces
from adjudge.institution.queue.keeping import queued
from adjudge.institution.record.audit.register import flaws_of_register
from adjudge.institution.register import keeping
from adjudge.institution.register.lines import line_of
from adjudge.institution.register.mending import mend_register
from adjudge.people.role import Role
from adjudge.records.rows import RegisterRow
from adjudge.records.shelf import REGISTER
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.test_register import named, settled
from tests.rooms.institution.world import ACME, World


def kept(world: World, line: RegisterRow) -> None:
    """Put a line as it would be if nobody had made it anew."""
    with queued(world.house.records).kept.writing() as records:
        records.put(REGISTER, line)


def lines(world: World) -> dict[str, RegisterRow]:
    with world.house.records.reading() as records:
        return {row.id: row for row in records.find(REGISTER)}


def files(world: World, asked: Asked = Asked()) -> str:  # noqa: B008 - it is frozen
    """The register as its files have it."""
    house = world.house
    pieces = (csv_pieces(register_stream(house, asked)), json_pieces(register_stream(house, asked)))
    return "".join(piece.decode() for found in pieces for piece in found)


@pytest.mark.parametrize("person", ["natural", None], ids=str)
def test_of_many_lines_of_a_name_some_are_made_at_once_and_no_face_shows_the_others(
    quick_world: World, monkeypatch: pytest.MonkeyPatch, person: str | None
) -> None:
    world = quick_world
    named(world, "legal")
    rows = [excluded(world, f"ad-{number}") for number in range(4)]
    assert files(world).count("Acme Brewers") == 2 * len(rows)
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    named(world, person)
    still = [line.id for line in lines(world).values() if "Acme Brewers" in repr(line.shown)]
    assert len(still) == 2, "what one transaction makes anew is bounded"
    assert "Acme Brewers" not in files(world)
    for row in rows:
        assert register_decision(world.house, row.id).name == ""
    for asked in (Asked(text="brewers"), Asked(advertiser="Acme Brewers")):
        found = register_found(world.house, asked)
        assert (found.items, found.count) == ([], None), "nor does a count tell of it"
        assert "X-" not in files(world, asked)
    with world.house.records.reading() as records:
        assert list(flaws_of_register(records)) == [], "they wait to be made anew, and that is no flaw"
    assert mend_register(world.house.records) == 2
    assert "Brewers" not in repr(lines(world))


def test_an_advertiser_is_found_by_each_of_its_names(world: World) -> None:
    from adjudge.institution.material import subjects
    from tests.rooms.institution.world import subject

    told: dict[str, Plain] = {"language": "en", "status": "verified", "person": "legal"}
    names: list[Plain] = [
        {**told, "text": "Acme Brewers", "script": "Latn"},
        {**told, "text": "Акме", "script": "Cyrl"},
    ]
    subjects.record_subject(world.house, world.who(Role.REVIEWER), {**subject(ACME), "names": names})
    row = excluded(world)
    for name in ("Acme Brewers", "Акме"):
        assert [item.id for item in register_found(world.house, Asked(advertiser=name)).items] == [row.id]
    assert register_found(world.house, Asked(advertiser="Acme")).items == []


def superseded(world: World) -> tuple[str, str]:
    """A decision against which an appeal was decided, and the one that took its place."""
    decision = excluded(world)
    upheld(world, filed(world, decision))
    first = decision.id
    later = register_decision(world.house, first).superseded_by
    assert later
    return first, later


def test_a_decision_that_cannot_be_read_is_not_named_by_another(world: World) -> None:
    first, later = superseded(world)
    found = register_decision(world.house, first)
    assert [appeal.decision for appeal in found.appeals] == [later]
    assert register_decision(world.house, later).supersedes == first
    line = lines(world)[later]
    kept(world, replace(line, cell="", words="", shown={}, terms=""))  # as of what the terms keep out
    found = register_decision(world.house, first)
    assert (found.superseded_by, [appeal.decision for appeal in found.appeals]) == ("", [""])
    assert not is_registered(world.house, later)
    assert later not in files(world)
    kept(world, line)
    assert register_decision(world.house, first).superseded_by == later


def test_one_that_is_public_later_is_named_when_it_is(world: World) -> None:
    first, later = superseded(world)
    settled(world, after_days="3")
    at = read_decision(world.house, world.who(Role.LEGAL), later).issued_at
    assert at is not None
    with queued(world.house.records).kept.writing() as records:  # the first was issued long before
        line = records.get(REGISTER, first)
        assert line is not None
        records.put(REGISTER, replace(line, issued="0".zfill(len(line.issued))))
    assert register_decision(world.house, first).superseded_by == ""
    assert is_registered(world.house, first)
    assert not is_registered(world.house, later)
    world.clock.nanos += 4 * 86_400_000_000_000
    assert register_decision(world.house, first).superseded_by == later


def test_what_is_over_is_in_force_on_no_face(world: World) -> None:
    row = excluded(world)
    line = lines(world)[row.id]
    shown = replace(register_decision(world.house, row.id), until=str(time_of(world.house)))
    kept(world, line_of(row, shown, line.terms))
    assert register_decision(world.house, row.id).state.value == "over"
    assert [item.state.value for item in register_found(world.house, Asked()).items] == ["over"]
    assert ",over," in files(world)
    assert '"state":"over"' in files(world)
    assert "stands" not in files(world)
    assert dict(counted(world.house).plain["states"]) == {("over",): 1}


def test_statistics_name_no_rule_that_is_kept_out_though_lines_do(quick_world: World) -> None:
    row = excluded(quick_world)
    before = lines(quick_world)[row.id]
    assert counted(quick_world.house).total == 1
    settled(quick_world, rules=" ".join(row.rules))
    kept(quick_world, before)
    assert counted(quick_world.house).total == 0
