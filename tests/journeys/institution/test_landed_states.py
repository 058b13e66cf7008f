"""A database of each state that was landed goes on under the program of today, with data that its own program made."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from adjudge.basis.instant import Duration
from adjudge.errors import NotFoundError
from adjudge.institution.binding.holds import list_holds
from adjudge.institution.data.own.export import own_export
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.hearing import filing, handling
from adjudge.institution.hooks.settling import hooks_of
from adjudge.institution.hooks.telling import deliver_hooks
from adjudge.institution.house import House
from adjudge.institution.material import documents
from adjudge.institution.notifying import links
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.published.replying import reply_of, withdraw_reply
from adjudge.institution.reading.overview import decision_overview
from adjudge.institution.record import log
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.record.replay import replay
from adjudge.institution.staff.keys import revoke_key, revoked_with, rotate_key
from adjudge.institution.staff.people import deactivate, list_people
from adjudge.institution.ticking.tick import tick
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.post.attempt import Attempt, Delivered
from adjudge.post.outgoing import Call
from adjudge.records.rows import AppealKind, AppealState, DecisionRow, DecisionState, NoticeState, ReplyState
from adjudge.records.shelf import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    MATTERS,
    MEASURES,
    NOTICES,
    QUEUE,
    REGISTER,
    SHELVES,
)
from adjudge.storage.migrating import behind, migrate
from tests.databases import DATABASES, migrated_sqlite, postgres
from tests.landed.states import FOLDER, LIST, STATES, Landed, landed

__all__ = ["migrated_sqlite", "postgres"]
ROOT = Path(__file__).resolve().parents[3]
MIGRATIONS = ROOT / "src" / "adjudge" / "storage" / "migrations"
NEVER_LEFT = {"0001": "0002", "0003": "0004"}
"""Migrations that came with the next one: no program knew them without it. What is cut off between is tried below."""
LETTER = b"%PDF-1.4 a letter that stays"


QUICK = {
    (state, kind)
    for place, state in enumerate(STATES)
    for turn, kind in enumerate(DATABASES)
    if place % 2 == turn or state == max(STATES)
}
"""The latest in both databases, and each other in one of them."""


@pytest.fixture(
    params=[
        pytest.param(
            (state, kind), id=f"{state}-{kind}", marks=() if (state, kind) in QUICK else pytest.mark.slow
        )
        for state in STATES
        for kind in DATABASES
    ]
)
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Landed]:
    """Give each state as it was left, in both databases in turn."""
    state, kind = request.param
    with landed(state, kind, tmp_path, request) as found:
        yield found


def test_a_migration_that_was_landed_is_never_changed() -> None:
    """A database that has it will not have it again. Write another one."""
    digests = {
        path.name: "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        for path in MIGRATIONS.glob("0*.py")
    }
    assert digests == LIST["migrations"], "see tools/landed.py"


def test_every_state_that_a_program_knew_has_data_of_its_time() -> None:
    numbers = {path.name[:4] for path in MIGRATIONS.glob("0*.py")}
    assert numbers == {*STATES, *NEVER_LEFT}, "write the story of the new state, and run tools/landed.py"
    for state in STATES:
        assert (FOLDER / f"{state}.story").exists()
        assert (FOLDER / f"{state}.tar.xz").stat().st_size <= 200_000


def test_every_state_before_the_last_names_the_program_that_left_it() -> None:
    """Without it the state could not be made anew, and nobody could try its program beside a newer one."""
    assert [state for state in STATES[:-1] if not LIST["states"][state]["commit"]] == []


def test_the_story_of_the_last_state_leaves_something_in_every_table_that_came_with_it(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The next migration is tried over what is new, and not over tables that are empty."""
    before, last = (_counts(state, tmp_path / state, request) for state in STATES[-2:])
    assert [name for name in last.keys() - before.keys() if not last[name]] == []


def _counts(state: str, folder: Path, request: pytest.FixtureRequest) -> dict[str, int]:
    folder.mkdir()
    with landed(state, "sqlite", folder, request) as found:
        return found.counts()


def test_what_was_left_is_there_and_what_the_log_says(left: Landed) -> None:
    before = left.counts()
    migrate(left.alias)
    assert not behind(left.alias)
    house = left.house()
    auditor = left.who(house, "auditor")
    with house.records.reading() as records:
        issued = [row for row in records.find(DECISIONS) if row.issued_at is not None]
        # The queue and the public register are made of what was left.
        made = {QUEUE: before[_table(MATTERS.name)], REGISTER: len(issued)}
        for shelf in SHELVES:
            rows = records.find(shelf)  # each is read whole
            count = made[shelf] if shelf in made else before.get(_table(shelf.name), 0)
            assert len(rows) == records.count(shelf) == count, shelf.name
        assert records.size() == before["adjudge_entry"]
    found = check_log(house, auditor, left.signer.verifier)
    assert [(item.where, str(item.message)) for item in found.findings] == []
    assert found.signed == found.entries == before["adjudge_entry"]
    assert issued
    for row in issued:
        replayed = replay(house, auditor, row.id)
        assert (replayed.same, replayed.missing) == (True, ()), row.id
        assert "en" in decision_overview(house, left.who(house, "member"), row.id).statement


def test_what_was_handed_out_then_serves_today(left: Landed) -> None:
    migrate(left.alias)
    house = left.house()
    for name in left.told["keys"]:
        if name != "leaver":
            assert left.who(house, name).key is not None
    with pytest.raises(NotFoundError):
        left.who(house, "leaver")
    row, content = documents.fetch(house, left.who(house, "member"), left.told["kept"])
    assert (row.file_name, content) == ("letter.pdf", LETTER)
    with pytest.raises(NotFoundError):
        documents.fetch(house, left.who(house, "member"), left.told["gone"])
    with house.records.reading() as records:
        gone = records.get(DOCUMENTS, left.told["gone"])
    assert gone is not None
    assert gone.expunged_at is not None
    documents.expunge(house, left.who(house, "administrator"), left.told["kept"], "it is needed no more")
    with pytest.raises(NotFoundError):
        documents.fetch(house, left.who(house, "member"), left.told["kept"])
    found = check_log(house, left.who(house, "auditor"), left.signer.verifier)
    assert [(item.where, str(item.message)) for item in found.findings] == []
    assert b"".join(own_export(house, left.who(house, "member"), left.signer, left.told["advertiser"]))


@pytest.mark.parametrize("kind", DATABASES)
@pytest.mark.parametrize("between", NEVER_LEFT)
def test_an_upgrade_that_was_cut_off_between_goes_on(
    between: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = [state for state in STATES if state < between]
    if not before:
        pytest.skip(
            "allowed: nothing was kept before it: tests/rooms/storage/test_migrations.py goes on from it empty"
        )
    with landed(before[-1], kind, tmp_path, request) as found:
        call_command("migrate", "adjudge", between, database=found.alias, verbosity=0)
        assert behind(found.alias)
        migrate(found.alias)
        house = found.house()
        assert not check_log(house, found.who(house, "auditor"), found.signer.verifier).findings


def test_programs_are_told_on_keys_rotate_on_and_holds_stand(left: Landed) -> None:
    if "hook" not in left.told:
        pytest.skip("allowed: that came with 0006")
    from adjudge.storage.requests import SECRET_TOLD, kept

    migrate(left.alias)
    house, calls = left.house(), _Taken()
    administrator = left.who(house, "administrator")
    lines = {line.id: line for line in hooks_of(house, administrator)}
    assert lines[left.told["ended_hook"]].hook.ended_at is not None
    assert deliver_hooks(house, calls) == len(calls.kinds) > 0
    assert all(kind.startswith(("decision:", "hook:")) for kind in calls.kinds)
    rotated = left.who(house, "rotated")
    assert rotated.key == left.told["rotated"]
    made = rotate_key(house, rotated, left.told["rotated"], overlap=Duration(0))
    assert made.key.replaces == left.told["rotated"]
    revoke_key(house, administrator, left.told["first"], "found on the net")
    assert made.key.id in revoked_with(house, administrator, left.told["first"])
    assert [entry.subject for entry in list_holds(house, left.who(house, "legal"))] == ["held-advertiser"]
    answer, secret = kept("a" * 64, left.alias), kept("c" * 64, left.alias)
    assert answer is not None
    assert secret is not None
    assert (answer.status, answer.body, secret.body) == (201, '{"id": "answer"}', SECRET_TOLD)
    assert not check_log(house, left.who(house, "auditor"), left.signer.verifier).findings


def test_links_serve_on_replies_stand_and_each_of_a_team_may_what_was_given(left: Landed) -> None:
    if "unused" not in left.told:
        pytest.skip("allowed: that came with 0008")
    migrate(left.alias)
    house, decision = left.house(), left.told["decision"]
    assert links.use(house, left.told["used"]).standing is links.Standing.USED
    assert links.use(house, left.told["unused"]).standing is links.Standing.READY
    assert links.use(house, left.told["unused"]).standing is links.Standing.USED
    reply = reply_of(house, left.who(house, "reader"), decision)
    assert reply is not None
    assert (reply.state, reply.language) == (ReplyState.SHOWN, "fr")
    assert reply.text.startswith("Nous ne vendons rien de tel")
    with pytest.raises(NotFoundError):
        withdraw_reply(house, left.who(house, "reader"), decision)
    assert withdraw_reply(house, left.who(house, "member"), decision).text == ""
    own = {person.id: person.roles for person in list_people(house, left.who(house, "owner"))}
    assert sorted(own.values()) == [("member",), ("owner",), ("reader",), ("reader",)]
    deactivate(house, left.who(house, "owner"), left.told["guest"], "was not needed")
    assert not check_log(house, left.who(house, "auditor"), left.signer.verifier).findings


class _Taken:
    """Takes everything, and notes of what it was told."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def send(self, call: Call) -> Attempt:
        self.kinds.append(str(call.body["type"]))
        return Delivered("204")


def test_it_is_decided_and_appealed_on(left: Landed) -> None:
    """The proposal that waited is dealt with, an appeal is decided by a new decision, and all of it fits the log."""
    migrate(left.alias)
    house = left.house()
    reviewer, member = left.who(house, "reviewer"), left.who(house, "member")
    matters.evaluate_matter(house, reviewer, left.told["matter"])
    settle_contact(
        house, member, left.told["advertiser"], language="en", emails=["new@example.org"], reason="moved"
    )
    appeal = left.told.get("appeal") or _appealed(left, house)
    result = _answered(left, house, appeal)
    assert result.supersedes == left.told["decision"]
    asked = filing.file_appeal(house, member, result.id, [], kind=AppealKind.REASONS)
    make_owed(house)
    tick(house)
    with house.records.reading() as records:
        ended = records.get(APPEALS, appeal)
        before = records.get(DECISIONS, left.told["decision"])
        assert ended is not None
        assert before is not None
        assert (ended.state, before.state) == (AppealState.DECIDED, DecisionState.SUPERSEDED)
        assert ended.outcome == "reversed"  # the ground was discounted, and a measure needs one
        assert not [
            row for row in records.find(MEASURES, advertiser=ended.advertiser) if row.lifted_at is None
        ]
        made = records.find(NOTICES, advertiser=left.told["advertiser"], state=NoticeState.MADE.value)
        assert {row.of for row in made} >= {appeal, asked.id}
    log.sign_now(house, left.signer)
    found = check_log(house, left.who(house, "auditor"), left.signer.verifier)
    assert [(item.where, str(item.message)) for item in found.findings] == []
    assert replay(house, left.who(house, "auditor"), result.id).same


def _appealed(left: Landed, house: House) -> str:
    """An appeal against the decision of then; the proposal that waited is returned first."""
    decisions.give_back(house, left.who(house, "reviewer"), left.told["waiting"], "an appeal is heard first")
    return filing.file_appeal(
        house, left.who(house, "member"), left.told["decision"], ["We have a licence."]
    ).id


def _answered(left: Landed, house: House, appeal_id: str) -> DecisionRow:
    """The appeal decided by somebody who took no part."""
    with house.records.reading() as records:
        appeal = records.get(APPEALS, appeal_id)
        held = records.get(DECISIONS, left.told["decision"])
    assert appeal is not None
    assert held is not None
    judge, confirming = left.who(house, "appeals"), left.who(house, "second_reviewer")
    if appeal.assignee:
        row = _waiting(left, house)
    else:
        handling.assign(house, judge, appeal.id, judge.person, "took no part")
        row = None
    if row is None:
        row = decisions.propose(
            house,
            judge,
            appeal.matter,
            held.subject,
            Proposal(
                reason="The licence is of another town.",
                milder="A label would not stop it.",
                rights="The advertiser may trade elsewhere.",
                appeal=appeal.id,
                replies={point.id: "The licence is of another town." for point in appeal.points},
            ),
        )
    for role in decisions.open_needs(house, judge, row.id):
        if role == str(Role.SECOND_REVIEWER):
            decisions.confirm(house, confirming, row.id, row.digest, "read and agreed")
        else:
            decisions.sign(house, left.who(house, role), row.id, role, row.digest, reason="lawful")
    issuing = left.who(house, "judge") if "judge" in left.told["keys"] else judge
    return decisions.issue(house, issuing, row.id)


def _waiting(left: Landed, house: House) -> DecisionRow:
    with house.records.reading() as records:
        row = records.get(DECISIONS, left.told["waiting"])
    assert row is not None
    return row


def _table(shelf: str) -> str:
    return {"clock": "adjudge_clockrecord"}.get(shelf, f"adjudge_{shelf}")
