"""The register kept true with every act, redacted anew where terms change; and replies of advertisers in it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from adjudge.basis.reading.json_text import Plain
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.material import subjects
from adjudge.institution.published import reading, replying
from adjudge.institution.published.asked import Asked
from adjudge.institution.published.reading import register_decision, register_found, register_stream
from adjudge.institution.published.table import csv_pieces, json_pieces
from adjudge.institution.queue.keeping import queued
from adjudge.institution.record.audit.register import flaws_of_register
from adjudge.institution.register.lines import line_of
from adjudge.institution.register.mending import fill_register, mend_register
from adjudge.people.role import Role
from adjudge.records.shelf import REGISTER, REPLIES
from adjudge.redaction.folding import LONGEST_START, SHORTEST
from adjudge.redaction.public import What, Why
from tests.rooms.institution.drivers_replies import WORDS, refused, replied
from tests.rooms.institution.heard import excluded, filed, upheld
from tests.rooms.institution.world import ACME, World, subject


def named(world: World, person: str | None, advertiser: str = ACME) -> None:
    name = {"text": "Acme Brewers", "script": "Latn", "language": "en", "status": "verified"}
    names: list[Plain] = [{**name, "person": person} if person else {**name}]
    content: dict[str, Plain] = {**subject(advertiser), "names": names}
    subjects.record_subject(world.house, world.who(Role.REVIEWER), content)


def settled(world: World, **terms: str) -> None:
    settle_procedure(
        world.house, world.who(Role.ADMINISTRATOR), ProcedureSettled(public=terms), reason="tried"
    )


def is_true(world: World) -> None:
    with world.house.records.reading() as records:
        assert [str(item.message) for item in flaws_of_register(records)] == []
    assert mend_register(world.house.records) == 0


def test_it_is_true_after_every_act(world: World) -> None:
    is_true(world)
    decision = excluded(world)
    is_true(world)
    appeal = filed(world, decision)
    is_true(world)
    later = upheld(world, appeal)
    is_true(world)
    named(world, "legal")
    is_true(world)
    assert {item.id for item in register_found(world.house, Asked()).items} == {decision.id, later.id}
    assert register_decision(world.house, decision.id).superseded_by == later.id
    assert [item.outcome for item in register_decision(world.house, decision.id).appeals] == ["upheld"]


@pytest.mark.parametrize(
    ("person", "why"), [("natural", Why.PERSONAL), (None, Why.UNSAID), ("legal", None)], ids=str
)
def test_a_name_is_told_of_legal_persons_and_of_nobody_else(
    quick_world: World, person: str | None, why: Why | None
) -> None:
    named(quick_world, person)
    found = register_decision(quick_world.house, excluded(quick_world).id)
    assert found.name == ("Acme Brewers" if why is None else "")
    assert {item.why for item in found.withheld if item.what is What.ADVERTISER} == ({why} if why else set())


def test_a_line_that_was_altered_is_found_and_mended(quick_world: World) -> None:
    row = excluded(quick_world)
    with quick_world.house.records.writing() as records:
        line = records.get(REGISTER, row.id)
        assert line is not None
        records.put(REGISTER, replace(line, words="altered"))
    with quick_world.house.records.reading() as records:
        assert len(list(flaws_of_register(records))) == 1
    assert mend_register(quick_world.house.records) == 1
    is_true(quick_world)


def test_it_is_filled_where_it_was_not_kept(quick_world: World) -> None:
    row = excluded(quick_world)
    records = quick_world.house.records
    kept: Any = getattr(records, "kept", records)
    with kept.writing() as writing:
        writing.state.shelves["register"] = {}
    assert not register_found(quick_world.house, Asked()).items
    fill_register(records)
    assert register_decision(quick_world.house, row.id).id == row.id


def test_terms_hold_at_once_though_lines_are_made_anew_later(quick_world: World) -> None:
    named(quick_world, "legal")
    row = excluded(quick_world)
    records = quick_world.house.records
    with records.reading() as reading:
        before = reading.get(REGISTER, row.id)
    assert before is not None
    settled(quick_world, names="none")
    with getattr(records, "kept", records).writing() as writing:
        writing.put(REGISTER, before)  # as where there are too many to be made anew at once
    assert register_decision(quick_world.house, row.id).name == ""
    assert register_found(quick_world.house, Asked(text="brewers")).items == []
    assert b"Brewers" not in b"".join(csv_pieces(register_stream(quick_world.house, Asked())))
    assert list(register_stream(quick_world.house, Asked(text="brewers"))) == []
    assert mend_register(records) == 1


def test_what_is_kept_out_is_nowhere(quick_world: World) -> None:
    row = excluded(quick_world)
    settled(quick_world, rules="beer lottery")
    with pytest.raises(NotFoundError):
        register_decision(quick_world.house, row.id)
    assert list(register_stream(quick_world.house, Asked())) == []
    settled(quick_world)
    assert register_decision(quick_world.house, row.id).id == row.id


@pytest.mark.parametrize(
    "terms",
    [
        {"open": "perhaps"},
        {"names": "all"},
        {"after_days": "-1"},
        {"after_days": "367"},
        {"least": "1"},
        {"odd": "1"},
    ],
    ids=str,
)
def test_odd_terms_are_refused(quick_world: World, terms: dict[str, str]) -> None:
    with pytest.raises(RefusedError):
        settled(quick_world, **terms)


def test_files_hold_as_much_as_there_is_and_a_little_at_a_time(quick_world: World) -> None:
    for number in range(3):
        excluded(quick_world, f"ad-{number}")
    found = b"".join(json_pieces(register_stream(quick_world.house, Asked())))
    assert found.count(b'"id":"X-') == 3
    assert b"".join(json_pieces(iter(()))) == b"[\n[]\n".replace(b"[\n[", b"[")


# --- replies ---


def test_a_reply_is_beside_its_decision_until_it_is_taken_back(world: World) -> None:
    row = replied(world)
    found = register_decision(world.house, row.id).reply
    assert found is not None
    assert found.text == WORDS
    assert register_found(world.house, Asked(text="alcohol")).items
    replying.withdraw_reply(world.house, world.who(Role.MEMBER), row.id)
    assert register_decision(world.house, row.id).reply is None
    with world.house.records.reading() as records:
        kept = records.get(REPLIES, row.id)
        assert kept is not None
        assert kept.text == ""
        assert records.tombstone(kept.part) is not None
    is_true(world)


def test_a_refusal_is_told_answered_and_undone_by_somebody_else(quick_world: World) -> None:
    world = quick_world
    row = refused(world)
    found = register_decision(world.house, row.id).reply
    assert found is not None
    assert (found.state, found.text, found.ground) == ("refused", "", "others")
    member = world.who(Role.MEMBER)
    read = replying.reply_of(world.house, member, row.id)
    assert read is not None
    assert (read.reason, read.refused_by) == ("It names a neighbour.", "")
    replying.answer_refusal(world.house, member, row.id, "The neighbour is a firm.")
    with pytest.raises(ConflictError):
        replying.answer_refusal(world.house, member, row.id, "Again.")
    with pytest.raises(RefusedError):
        replying.restore_reply(world.house, world.who("refuser"), row.id, "I was wrong.")
    replying.restore_reply(world.house, world.who(Role.APPEALS), row.id, "It is a firm indeed.")
    assert register_decision(world.house, row.id).reply is not None
    is_true(world)


@pytest.mark.parametrize(
    "text", ["", "  ", "x" * 2_001, "half \ud83d"], ids=["none", "spaces", "long", "half"]
)
def test_what_is_no_reply_is_refused(quick_world: World, text: str) -> None:
    row = excluded(quick_world)
    with pytest.raises(RefusedError):
        replying.give_reply(quick_world.house, quick_world.who(Role.MEMBER), row.id, text)


def test_nobody_replies_for_another_nor_to_a_proposal(quick_world: World) -> None:
    world = quick_world
    row = excluded(world)
    world.ad("b", beer=True)
    proposed = world.proposed("b")
    with pytest.raises(NotFoundError):
        replying.give_reply(world.house, world.who("stranger"), row.id, WORDS)
    with pytest.raises(NotFoundError):
        replying.give_reply(world.house, world.who(Role.MEMBER), proposed.id, WORDS)
    with pytest.raises(NotFoundError):
        replying.refuse_reply(world.house, world.who(Role.MEMBER), row.id, "others", "No.")
    with pytest.raises(RefusedError):
        replying.refuse_reply(
            world.house, world.who(Role.LEGAL), replied_to(world, row.id), "insult", "It is rude."
        )


def replied_to(world: World, decision: str) -> str:
    return replying.give_reply(world.house, world.who(Role.MEMBER), decision, WORDS).id


@pytest.mark.parametrize(
    ("until", "state"),
    [("2026-10-01T00:00:00Z", "over"), ("2100-01-01T00:00:00Z", "in_force"), ("", "in_force")],
)
def test_what_has_come_to_its_end_is_over_and_all_else_in_force(world: World, until: str, state: str) -> None:
    row = excluded(world)
    shown = replace(register_decision(world.house, row.id), until=until)
    with queued(world.house.records).kept.writing() as records:
        line = records.get(REGISTER, row.id)
        assert line is not None
        records.put(REGISTER, line_of(row, shown, line.terms))
    for asked in ("over", "in_force"):
        found = [item.id for item in register_found(world.house, Asked(state=asked)).items]
        assert found == ([row.id] if asked == state else [])


def test_a_stream_holds_no_transaction_between_what_it_hands_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PORTION", 1)
    first = excluded(world)
    stream = register_stream(world.house, Asked())
    assert next(stream).id == first.id
    if world.place.alias:
        line = connections[world.place.alias].connection
        is_open = getattr(line, "in_transaction", None)
        assert not (is_open if is_open is not None else line.info.transaction_status)
    second = excluded(world, "another")  # somebody writes meanwhile
    assert [item.id for item in stream] == [second.id]


@pytest.mark.parametrize(
    ("text", "is_found"),
    {
        "brew": True,
        "brewers": True,
        "brewersx": False,
        "acm brew": True,
        "acme zzz": False,
        "unquesti": True,
        "unquestionably": True,
        "unquestionable": True,
        "unquestx": False,
    }.items(),
)
def test_of_the_beginning_of_a_word_eight_letters_count(world: World, text: str, *, is_found: bool) -> None:
    named(world, "legal")
    row = excluded(world)
    replying.give_reply(world.house, world.who(Role.MEMBER), row.id, "Unquestionably so.")
    found = [item.id for item in register_found(world.house, Asked(text=text)).items]
    assert found == ([row.id] if is_found else [])


def test_the_index_has_a_list_for_each_length_of_a_beginning(migrated_sqlite: Path) -> None:
    # Without one SQLite puts the list together for each question, which takes seconds of a word that all have.
    with closing(sqlite3.connect(migrated_sqlite)) as line:
        (made,) = line.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'adjudge_register_words'"
        ).fetchone()
    lengths = " ".join(map(str, range(SHORTEST, LONGEST_START + 1)))
    assert f"prefix='{lengths}'" in made
