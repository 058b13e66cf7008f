"""Everything that is kept, held to the log: nothing that is altered behind the institution's back goes unnoticed."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from adjudge.basis.instant import Instant
from adjudge.errors import NotFoundError, RefusedError
from adjudge.institution import packages
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.material import claims, documents
from adjudge.institution.material.documents import Upload
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.record import log
from adjudge.institution.record.audit import check as audit
from adjudge.institution.record.audit.check import Audited, check_log
from adjudge.institution.record.audit.discrepancy import Discrepancy
from adjudge.institution.record.audit.rows import flaws_of_rows
from adjudge.institution.record.audit.told import Told
from adjudge.institution.record.replay import replay
from adjudge.institution.staff import keys, people
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.signer import signer_of
from adjudge.ledger.tree import Frontier, leaf_hash
from adjudge.people.act import ACTS
from adjudge.people.role import Role
from adjudge.records.ports import Reading
from adjudge.records.rows import DecisionRow, VersionState
from adjudge.records.shelf import (
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    KEYS,
    MATTERS,
    MEASURES,
    PEOPLE,
    SHELVES,
    SUBJECTS,
    VERSIONS,
)
from tests.databases import in_memory_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.world import ACME, World, document, policy


def checked(world: World) -> Audited:
    return check_log(world.house, world.who("auditor"), SIGNER.verifier)


def wrong(world: World) -> list[tuple[str, str]]:
    return [(item.where, str(item.message)) for item in checked(world).findings]


def of_rows(world: World) -> list[tuple[str, str]]:
    """What is wrong but for the register, which follows from rows, and so differs where they were altered."""
    return [(where, message) for where, message in wrong(world) if not where.startswith("register ")]


def lived(world: World) -> DecisionRow:
    """An institution in which everything was done once; a decision in force."""
    house, reviewer = world.house, world.who("reviewer")
    admin = world.who("administrator")
    facts = world.ad("a", beer=True, licensed=False)
    old = world.issued("a")
    claims.discount(house, reviewer, facts["beer"].id, 3, "seen from afar")
    claims.withdraw_claim(house, reviewer, facts["licensed"].id, "not needed")
    world.claim("a", "beer", origin="another round")
    new = world.issued("a")
    assert new.supersedes == old.id
    received = documents.receive(
        house, reviewer, ACME, document(), Upload(content=b"words", file_name="a.txt")
    )
    documents.expunge(house, admin, received.id, "asked for")
    documents.receive(house, reviewer, ACME, document(), Upload(content=b"more words", file_name="b.txt"))
    _, package = policy("2", "2026-01-02")
    author, publisher = world.who("policy_author"), world.who("publisher")
    row = packages.draft(house, author, package, "clearer")
    packages.approve(house, publisher, row.id, "read in haste")
    packages.reject(house, publisher, row.id, "not clear enough")
    packages.draft(house, author, package, "it is clear")
    packages.shadow(house, author, row.id, "to see")
    packages.approve(house, publisher, row.id, "read")
    packages.publish(house, publisher, row.id, None, "now")
    packages.roll_back(house, publisher, row.id, "a mistake")
    gone = world.join("gone", Role.REVIEWER)
    people.change_roles(house, admin, gone.person, [Role.LEGAL], reason="other work")
    people.invite_again(house, people.FOUNDER, gone.person)
    people.deactivate(house, admin, gone.person, "left")
    people.expunge_person(house, admin, gone.person, "asked for")
    key = keys.make_own_key(house, reviewer, "mine", Instant(world.clock.nanos + 10**18)).key
    keys.revoke_key(house, admin, key.id, "lost")
    key = keys.make_own_key(house, people.FOUNDER, "on the machine", person=reviewer.person).key
    keys.revoke_key(house, reviewer, key.id, "not asked for")
    matter = world.matter()
    matters.assign(house, reviewer, matter.id, reviewer.person, reason="next", seen=matter.seen)
    world.ad("b", loud=True)
    decisions.automate(house, world.who("service"), matter.id, "b")
    log.checkpoint(house, world.who("auditor"), SIGNER)
    return new


def altered(world: World, shelf: Any, key: str, **fields: object) -> None:  # noqa: ANN401 - of any row
    """A row altered as by somebody with a shell on the database: the log hears nothing of it."""
    with world.house.records.writing() as records:
        records.put(shelf, replace(records.get(shelf, key), **fields))  # type: ignore[type-var]


def test_what_was_done_by_the_rules_is_what_the_log_says(world: World) -> None:
    lived(world)
    found = checked(world)
    assert [str(item.message) for item in found.findings] == []
    with world.house.records.reading() as records:
        assert found.entries == found.signed == records.size()
        assert found.rows == sum(records.count(shelf) for shelf in SHELVES)
    assert found.silent == 2, "what was said of a person and of a document is gone, and that is said"


def test_every_kind_of_entry_tells_of_rows_or_of_none_on_purpose() -> None:
    """Of a correction all is told by what follows; how far a hook has come by no entry, of a hold by entries alone."""
    silent = {right.writes for right in ACTS.values() if right.writes} - set(audit.TELLING)
    held = {"matter:held", "matter:released"}
    assert silent == {"matter:evaluated", "notice:corrected", "hook:replayed"} | held


ALTERING: dict[str, Callable[[World, DecisionRow], tuple[Any, str, dict[str, Any]]]] = {
    "the statement": lambda _, row: (DECISIONS, row.id, {"statement": {"en": "All is well.", "fr": "Bien."}}),
    "the outcome": lambda _, row: (DECISIONS, row.id, {"outcome": {"outcome": {}}}),
    "a signature": lambda _, row: (DECISIONS, row.id, {"signatures": ()}),
    "the grounds": lambda _, row: (DECISIONS, row.id, {"grounds": ()}),
    "the proposal": lambda _, row: (DECISIONS, row.id, {"proposal": {**row.proposal, "reason": "none"}}),
    "a measure": lambda _, row: (MEASURES, f"{row.id}-01", {"kind": "notify"}),
    "a title": lambda _, row: (SUBJECTS, row.subject, {"content": {"id": "a", "title": {"en": "Soap"}}}),
    "a role": lambda w, _: (PEOPLE, w.who("member").person, {"roles": ("administrator",)}),
    "a version": lambda _, row: (VERSIONS, row.package, {"state": VersionState.ROLLED_BACK}),
    "a matter": lambda _, row: (MATTERS, row.matter, {"assignee": "P-000001"}),
    "a document": lambda *_: (DOCUMENTS, "seen", {"content": {"id": "seen"}}),
    "a claim": lambda _, row: (CLAIMS, row.grounds[0], {"weight": 1}),
}


@pytest.mark.parametrize("name", ALTERING)
def test_a_row_that_was_altered_is_found(quick_world: World, name: str) -> None:
    row = lived(quick_world)
    shelf, key, fields = ALTERING[name](quick_world, row)
    altered(quick_world, shelf, key, **fields)
    found = of_rows(quick_world)
    assert [where for where, _ in found] == [f"{shelf.name} {key}"] * len(found)
    assert f"`{next(iter(fields))}` is not what entry" in found[0][1]


def test_a_row_that_was_put_in_or_taken_away_is_found(quick_world: World) -> None:
    row = lived(quick_world)
    with quick_world.house.records.writing() as records:
        records.put(DECISIONS, replace(row, id="X-999999"))
        key = records.find(KEYS)[0]
        records.put(KEYS, replace(key, id="K-999999"))
    state = _state(quick_world)
    del state.shelves["claim"][row.grounds[0]]
    assert of_rows(quick_world) == [
        ("key K-999999", "it is there, and no entry of the log tells of it"),
        (f"claim {row.grounds[0]}", "the log tells of it, and it is not there"),
        ("decision X-999999", "it is there, and no entry of the log tells of it"),
    ]


def test_what_is_altered_in_the_database_is_found(kept_world: World) -> None:
    row = lived(kept_world)
    with connections[kept_world.place.alias].cursor() as cursor:
        cursor.execute("SELECT data FROM adjudge_decision WHERE id = %s", [row.id])
        data = json.loads(cursor.fetchone()[0])
        data["statement"]["en"] = "Nothing was decided."
        cursor.execute("UPDATE adjudge_decision SET data = %s WHERE id = %s", [json.dumps(data), row.id])
        cursor.execute("UPDATE adjudge_claim SET subject = 'other' WHERE id = %s", [row.grounds[0]])
        cursor.execute("UPDATE adjudge_matter SET data = '{}' WHERE id = %s", [row.matter])
    assert of_rows(kept_world) == [
        (f"claim {row.grounds[0]}", "it is found by another `subject` than it has"),
        (f"matter {row.matter}", "it cannot be read"),
        (f"decision {row.id}", f"`statement` is not what entry {row.entry} says"),
    ]


def test_an_altered_log_is_found_and_nothing_is_made_of_it(quick_world: World) -> None:
    row = lived(quick_world)
    _rewrite(quick_world, row.entry, measures=[], reasons=[], signatures=[], statement={})
    where, message = wrong(quick_world)[0]
    assert (where, message) == (f"log {row.entry}", "the entry is not the one over which the tree was built")
    auditor = quick_world.who("auditor")
    with pytest.raises(RefusedError) as raised:
        b"".join(log.export_log(quick_world.house, auditor, log.Exported(signer=SIGNER)))
    assert [item.code for item in raised.value.findings] == ["log-altered"]
    with pytest.raises(RefusedError):
        log.receipt(quick_world.house, auditor, row.id, SIGNER)
    assert not replay(quick_world.house, auditor, row.id).same


def test_a_log_that_was_altered_with_its_tree_is_found_by_its_checkpoint(quick_world: World) -> None:
    row = lived(quick_world)
    _rewrite(quick_world, 0, advertiser="other")
    _grown_anew(quick_world)
    messages = [message for where, message in wrong(quick_world) if where == "log"]
    with quick_world.house.records.reading() as records:
        size = records.size()
    assert messages == [f"the first {size} entries are not those that were signed"]
    found = replay(quick_world.house, quick_world.who("auditor"), row.id)
    assert [str(flaw) for flaw in found.flaws] == ["the log is not the one that was signed"]
    assert found.recorded == found.found


def test_a_checkpoint_by_another_key_and_a_part_that_went_silently_are_found(quick_world: World) -> None:
    lived(quick_world)
    other = signer_of(SIGNER.verifier.name, bytes([7]) * 32)
    found = check_log(quick_world.house, quick_world.who("auditor"), other.verifier)
    assert [str(item.message).split()[-4:] for item in found.findings] == [["by", "this", "log's", "key"]]
    assert found.signed == 0
    state = _state(quick_world)
    with quick_world.house.records.reading() as records:
        entry = next(item for item in records.entries() if item.kind == "claim:recorded")
    del state.parts[entry.private[0]]
    assert wrong(quick_world) == [(f"log {entry.seq}", f"the sealed part {entry.private[0]} is not there")]


def test_what_was_written_before_there_were_appeals_is_read_as_it_was(quick_world: World) -> None:
    """Entries said nothing of appeals then, nor of what follows; rows nothing of who issued."""
    lived(quick_world)
    state = _state(quick_world)
    _checkpoints_away(quick_world)
    for entry in list(state.entries):
        body = {key: value for key, value in entry.body.items() if key not in {"appeal", "follows"}}
        state.entries[entry.seq] = replace(entry, body=body)
    _grown_anew(quick_world)
    state.shelves["notice"].clear()
    with quick_world.house.records.writing() as records:
        for row in records.find(DECISIONS):
            records.put(DECISIONS, replace(row, issued_by=""))
    assert wrong(quick_world) == []


@pytest.mark.parametrize("emptied", ["measures", "reasons", "signatures", "statement", "package"])
def test_an_entry_that_says_less_than_was_found_is_not_the_same(quick_world: World, emptied: str) -> None:
    """Even where the tree was grown anew and signed anew over it."""
    row = lived(quick_world)
    nothing: dict[str, Any] = {"statement": {}, "package": "sha256:" + "0" * 64}
    _rewrite(quick_world, row.entry, **{emptied: nothing.get(emptied, [])})
    _grown_anew(quick_world)
    _checkpoints_away(quick_world)
    found = replay(quick_world.house, quick_world.who("auditor"), row.id)
    assert not found.same
    assert (found.recorded != found.found) == (emptied in {"measures", "reasons", "package"})
    assert bool(found.flaws) == (emptied in {"measures", "signatures", "statement"})


def test_who_reads_a_statement_that_was_altered_is_told(world: World) -> None:
    world.ad("a", beer=True)
    row = world.issued("a")
    for who in ("reviewer", "member"):
        assert decision_overview(world.house, world.who(who), row.id).standing == ()
    altered(world, DECISIONS, row.id, statement={**row.statement, "en": "All is well."})
    for who in ("reviewer", "member"):
        standing = decision_overview(world.house, world.who(who), row.id).standing
        assert [item.code for item in standing] == ["statement-altered"]


def test_what_is_written_meanwhile_is_no_discrepancy(
    kept_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def late(records: Reading, told: Told) -> list[Discrepancy]:
        looks.append(len(looks))
        if looks == [0]:
            kept_world.ad("late", beer=True)
        return list(flaws_of_rows(records, told))

    monkeypatch.setattr(audit, "flaws_of_rows", late)
    assert wrong(kept_world) == []
    assert looks == [0, 1]


def test_only_whoever_may_read_the_log_asks(quick_world: World) -> None:
    for who in ("reviewer", "member"):
        with pytest.raises(NotFoundError):
            check_log(quick_world.house, quick_world.who(who), SIGNER.verifier)


def _state(world: World) -> Any:  # noqa: ANN401 - what is behind the records in memory
    return in_memory_of(world.house).state


def _rewrite(world: World, seq: int, **body: Any) -> None:  # noqa: ANN401 - of any kind
    """An entry with other words in the same place."""
    state = _state(world)
    entry: Entry = state.entries[seq]
    state.entries[seq] = replace(entry, body={**entry.body, **body})


def _checkpoints_away(world: World) -> None:
    _state(world).checkpoints.clear()


def _grown_anew(world: World) -> None:
    """The tree over the entries as they are now."""
    state, frontier = _state(world), Frontier()
    for entry in state.entries:
        frontier, nodes = frontier.grown(leaf_hash(entry_bytes(entry)))
        state.nodes.update({(node.level, node.place): node.hash for node in nodes})
