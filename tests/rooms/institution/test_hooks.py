"""Programs that are told: every entry of the log in order, none left out, whatever fails in between."""

import hashlib
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from adjudge.basis.instant import NANOS, Instant
from adjudge.errors import ConflictError, NotFoundError, RefusedError
from adjudge.institution.hooks import settling as hooks
from adjudge.institution.hooks import telling
from adjudge.institution.hooks.kinds import KINDS, known
from adjudge.institution.hooks.telling import deliver_hook, deliver_hooks, hooks_due
from adjudge.institution.notifying.delivering import Pace
from adjudge.institution.record.audit.check import check_log
from adjudge.institution.staff import people
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.people.role import Role
from adjudge.post.attempt import Attempt, Delivered, Refused, Retry
from adjudge.post.outgoing import Call
from adjudge.records.ports import Writing
from adjudge.records.rows import HookRow
from adjudge.records.shelf import HOOKS
from adjudge.storage.memory import MemoryRecords
from tests.databases import in_memory_of
from tests.rooms.institution.drivers import SIGNER
from tests.rooms.institution.drivers_hooks import URL, hooked
from tests.rooms.institution.sent import Answering
from tests.rooms.institution.world import World, codes

MINUTE = 60 * NANOS
DAY = 1440 * MINUTE


def seqs(calls: Answering) -> list[int]:
    """The numbers of entries that were sent, in the order in which they were."""
    return [int(str(item.body["seq"])) for item in calls.sent if isinstance(item, Call)]


def size(world: World) -> int:
    with world.house.records.reading() as records:
        return records.size()


def row(world: World, hook_id: str) -> HookRow:
    with world.house.records.reading() as records:
        found = records.get(HOOKS, hook_id)
    assert found is not None
    return found


def happen(world: World, number: int) -> None:
    """So many entries more."""
    for _ in range(number):
        people.change_roles(
            world.house,
            world.who(Role.ADMINISTRATOR),
            world.who("stranger").person,
            [Role.MEMBER],
            reason="none",
            advertiser="other",
        )


def flaws(world: World) -> list[str]:
    found = check_log(world.house, world.who("auditor"), SIGNER.verifier)
    return [f"{item.where}: {item.message}" for item in found.findings]


def hash_of(entry: Entry) -> str:
    """The leaf of an entry in the tree, as docs/reference/log-format.md has it."""
    return hashlib.sha256(b"\0" + entry_bytes(entry)).hexdigest()


def test_a_new_secret_undoes_nothing_that_somebody_else_settled_meanwhile(quick_world: World) -> None:
    """What it leaves as it is, it reads under the lock."""
    world, made = quick_world, hooked(quick_world)
    writing, done = MemoryRecords.writing, list[str]()

    def late(records: MemoryRecords) -> AbstractContextManager[Writing]:
        if not done:
            done.append("settled")
            hooks.settle_anew(
                world.house,
                world.who(Role.ADMINISTRATOR),
                made.hook.id,
                name="another name",
                url=URL,
                kinds=["decision:*"],
                reason="meanwhile",
            )
        return writing(records)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(MemoryRecords, "writing", late)
        hooks.new_secret(world.house, world.who(Role.ADMINISTRATOR), made.hook.id, "it is old")
    found = row(world, made.hook.id)
    assert (found.name, found.kinds) == ("another name", ("decision:*",))
    assert found.former_secret == made.secret != found.secret


def test_where_a_backup_was_restored_other_entries_have_other_names(quick_world: World) -> None:
    """Receivers drop what they have had by name: an entry that took the number of a lost one must not be dropped."""
    hooked(quick_world)
    records = in_memory_of(quick_world.house)
    backup, told, again = MemoryRecords(records.state), Answering(), Answering()
    happen(quick_world, 2)
    deliver_hooks(quick_world.house, told)
    restored = replace(quick_world.house, records=backup)
    people.deactivate(
        restored, quick_world.who(Role.ADMINISTRATOR), quick_world.who("stranger").person, "has left"
    )
    deliver_hooks(restored, again)
    before, after = names_of(told), names_of(again)
    assert before.keys() & after.keys() == after.keys()
    first, second = sorted(after)
    assert before[first] == after[first], "what was in the backup has the same name"
    assert before[second] != after[second]


def names_of(calls: Answering) -> dict[int, str]:
    """The name of the message of each entry."""
    return {int(str(item.body["seq"])): item.message for item in calls.sent if isinstance(item, Call)}


def test_a_program_is_told_of_every_entry_from_its_own_settlement_on(world: World) -> None:
    before = size(world)
    made, calls = hooked(world), Answering()
    happen(world, 3)
    assert deliver_hooks(world.house, calls) == 4
    assert seqs(calls) == [before, before + 1, before + 2, before + 3]
    assert deliver_hooks(world.house, calls) == 0
    assert hooks_due(world.house) == []
    first, second = (item for item in calls.sent[:2] if isinstance(item, Call))
    assert (first.url, first.secret, first.former) == (URL, made.secret, "")
    with world.house.records.reading() as records:
        entry = records.entry(before + 1)
    assert entry is not None
    assert second.message == f"{world.house.origin.replace('.', '-')}/{before + 1}-{hash_of(entry)[:16]}"
    assert second.body == {
        "id": second.message,
        "type": "person:changed",
        "seq": before + 1,
        "at": str(entry.at),
        "subject": entry.subject,
        "actor": entry.actor,
        "body": dict(entry.body),
    }
    assert flaws(world) == []


def test_what_is_sealed_is_never_told(quick_world: World) -> None:
    hooked(quick_world, since=0)
    calls = Answering()
    deliver_hooks(quick_world.house, calls)
    told = str([item.body for item in calls.sent if isinstance(item, Call)])
    assert seqs(calls) == list(range(size(quick_world)))
    with quick_world.house.records.reading() as records:
        digests = [digest for entry in records.entries() for digest in entry.private]
    assert digests
    assert not any(digest in told for digest in digests)
    assert "@example.org" not in told
    assert URL not in told


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [(("hook:settled",), 1), (("person:*",), 2), (("person:changed", "hook:*"), 3), (("package:*",), 0)],
)
def test_kinds_narrow_what_is_told_and_what_is_left_out_is_not_come_back_to(
    quick_world: World, kinds: tuple[str, ...], expected: int
) -> None:
    made, calls = hooked(quick_world, *kinds), Answering()
    happen(quick_world, 2)
    assert deliver_hooks(quick_world.house, calls) == expected
    assert row(quick_world, made.hook.id).next_seq == size(quick_world)


def test_what_fails_is_tried_again_later_and_ever_later_and_nothing_overtakes_it(world: World) -> None:
    made, calls = hooked(world), Answering([Delivered("200"), *[Retry("503 busy")] * 3])
    happen(world, 2)
    first = size(world) - 3
    for _ in range(20):
        deliver_hooks(world.house, calls)
        world.clock.nanos += 30 * NANOS
    assert seqs(calls) == [first, first + 1, first + 1, first + 1, first + 1, first + 2]
    names = [item.message for item in calls.sent if isinstance(item, Call)]
    assert len(set(names)) == 3, "the same name at each attempt"
    done = row(world, made.hook.id)
    assert (done.attempts, done.last_error, done.failing_since, done.due_at) == (0, "", None, None)


def test_while_it_fails_it_says_since_when_and_why(quick_world: World) -> None:
    made = hooked(quick_world)
    for _ in range(2):
        deliver_hooks(quick_world.house, Answering([Retry("503 busy")]))
        quick_world.clock.nanos += 5 * MINUTE
    failing = row(quick_world, made.hook.id)
    assert (failing.attempts, failing.last_error) == (2, "503 busy")
    assert failing.failing_since is not None
    assert failing.due_at is not None
    (line,) = hooks.hooks_of(quick_world.house, quick_world.who("auditor"))
    assert (line.behind, line.hook.secret, line.hook.last_error) == (1, "", "503 busy")


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_killed_after_sending_it_is_told_again_under_the_same_names_and_nothing_is_left_out(
    world: World, kept: int
) -> None:
    """Two messages are kept at once here, so that the end comes before, after and between."""
    hooked(world)
    happen(world, 5)
    first, calls, steps = size(world) - 6, Answering(), []

    def cut(told: str) -> None:
        steps.append(told)
        if steps.count("sent") == kept + 1:
            raise CutOffError

    with pytest.raises(CutOffError):
        deliver_hooks(world.house, calls, Pace(between=cut))
    assert deliver_hooks(world.house, calls) == 0, "for a while others leave it alone"
    world.clock.nanos += 3 * MINUTE
    deliver_hooks(world.house, calls)
    assert list(dict.fromkeys(seqs(calls))) == list(range(first, first + 6))
    names = {int(str(c.body["seq"])): c.message for c in calls.sent if isinstance(c, Call)}
    assert all(c.message == names[int(str(c.body["seq"]))] for c in calls.sent if isinstance(c, Call))


class CutOffError(Exception):
    """As if the process had ended here."""


class Meanwhile(Answering):
    """Does something while the first message is under way."""

    def __init__(self, do: object) -> None:
        super().__init__()
        self.do = do

    def send(self, given: Call) -> Attempt:  # type: ignore[override]
        """Do it once."""
        do, self.do = self.do, None
        answer = super().send(given)
        if callable(do):
            do()
        return answer


def test_two_who_tell_at_once_both_go_in_order_and_lose_nothing(world: World) -> None:
    made = hooked(world)
    happen(world, 4)
    first, other = size(world) - 5, Answering()

    def another() -> None:
        world.clock.nanos += 10 * MINUTE
        assert deliver_hook(world.house, other, made.hook.id) == 5

    calls = Meanwhile(another)
    deliver_hook(world.house, calls, made.hook.id)
    assert seqs(other) == seqs(calls) == list(range(first, first + 5))
    assert row(world, made.hook.id).next_seq == size(world)
    assert flaws(world) == []


def test_what_is_begun_again_meanwhile_is_not_undone_by_whoever_was_sending(world: World) -> None:
    made = hooked(world)
    happen(world, 3)
    admin, first = world.who(Role.ADMINISTRATOR), size(world) - 4
    calls = Meanwhile(lambda: hooks.replay_hook(world.house, admin, made.hook.id, 0, "it lost all"))
    with pytest.raises(ConflictError):
        hooks.replay_hook(world.house, admin, _ended(world), 0, "it lost all")
    deliver_hook(world.house, calls, made.hook.id)
    assert row(world, made.hook.id).next_seq == 0
    again = Answering()
    deliver_hooks(world.house, again)
    assert seqs(again) == list(range(size(world)))
    assert seqs(calls)[0] == first


def _ended(world: World) -> str:
    made = hooked(world)
    return hooks.end_hook(world.house, world.who(Role.ADMINISTRATOR), made.hook.id, "not needed").id


def test_a_replay_tells_again_under_the_same_names_and_never_leaves_anything_out(quick_world: World) -> None:
    admin, made, calls = quick_world.who(Role.ADMINISTRATOR), hooked(quick_world), Answering()
    happen(quick_world, 3)
    deliver_hooks(quick_world.house, calls)
    with pytest.raises(RefusedError) as raised:
        hooks.replay_hook(quick_world.house, admin, made.hook.id, size(quick_world) + 1, "to go on")
    assert codes(raised.value) == ["bad-value"]
    start = size(quick_world) - 2
    hooks.replay_hook(quick_world.house, admin, made.hook.id, start, "it lost two")
    again = Answering()
    deliver_hooks(quick_world.house, again)
    assert seqs(again) == [start, start + 1, start + 2]
    names = [item.message for item in calls.sent if isinstance(item, Call)]
    assert [item.message for item in again.sent if isinstance(item, Call)][:2] == names[-2:]


def test_who_says_that_it_is_gone_is_told_nothing_more_until_it_is_settled_anew(world: World) -> None:
    made = hooked(world)
    happen(world, 2)
    deliver_hooks(world.house, Answering([Delivered("200"), Refused("410 Gone", is_gone=True)]))
    gone = row(world, made.hook.id)
    assert gone.gone
    assert gone.ended_at is not None
    assert hooks_due(world.house) == []
    with world.house.records.reading() as records:
        entry = records.entries_of(made.hook.id)[-1]
    assert (entry.kind, entry.actor, entry.body["why"]) == ("hook:ended", "institution", "gone")
    assert flaws(world) == []
    admin = world.who(Role.ADMINISTRATOR)
    again = hooks.settle_anew(world.house, admin, made.hook.id, name="moved", url=f"{URL}/2", reason="moved")
    assert again.secret == ""
    calls = Answering()
    deliver_hooks(world.house, calls)
    assert seqs(calls) == list(range(gone.next_seq, size(world))), "it goes on where it was"
    assert {item.url for item in calls.sent if isinstance(item, Call)} == {f"{URL}/2"}
    assert flaws(world) == []


def test_what_leads_into_a_private_network_is_tried_again_and_not_given_up_at_once(
    quick_world: World,
) -> None:
    made = hooked(quick_world)
    deliver_hooks(quick_world.house, Answering([Refused("not public")]))
    failing = row(quick_world, made.hook.id)
    assert (failing.ended_at, failing.last_error) == (None, "not public")


def test_after_a_month_without_an_answer_a_program_is_told_nothing_more(quick_world: World) -> None:
    made, tries = hooked(quick_world), 0
    since = quick_world.clock.nanos
    while row(quick_world, made.hook.id).ended_at is None:
        tries += deliver_hooks(quick_world.house, Answering([Retry("no answer")])) + 1
        quick_world.clock.nanos += 3 * DAY
        assert tries < 100
    assert tries == 11, "and not before it was tried often"
    assert quick_world.clock.nanos - since > 30 * DAY
    with quick_world.house.records.reading() as records:
        assert records.entries_of(made.hook.id)[-1].body["why"] == "failing"


def test_a_new_secret_signs_at_once_and_for_a_day_beside_the_one_before(quick_world: World) -> None:
    world, admin, made = quick_world, quick_world.who(Role.ADMINISTRATOR), hooked(quick_world)
    fresh = hooks.new_secret(world.house, admin, made.hook.id, "it was mailed around")
    assert fresh.secret.startswith("whsec_")
    assert fresh.secret != made.secret
    assert (fresh.hook.url, fresh.hook.kinds) == (URL, ())
    calls = Answering()
    deliver_hooks(world.house, calls)
    world.clock.nanos += DAY
    happen(world, 1)
    deliver_hooks(world.house, calls)
    found = [(item.secret, item.former) for item in calls.sent if isinstance(item, Call)]
    assert found == [(fresh.secret, made.secret)] * 2 + [(fresh.secret, "")]
    with world.house.records.reading() as records:
        told = str([entry.body for entry in records.entries()])
    assert made.secret not in told
    assert fresh.secret not in told


@pytest.mark.parametrize(
    "url", ["http://a.example/", "https://u:p@a.example/", "https://a.example/#x", "ftp://a.example", "", "x"]
)
def test_only_an_address_by_https_is_one_of_a_program(quick_world: World, url: str) -> None:
    before = size(quick_world)
    with pytest.raises(RefusedError) as raised:
        hooked(quick_world, url=url)
    assert codes(raised.value) == ["bad-address"]
    assert size(quick_world) == before


def test_kinds_that_no_entry_has_are_refused(quick_world: World) -> None:
    assert all(known(kind) for kind in KINDS)
    for wrong in ("decision:issed", "decision", "*", ":*", "decision.issued"):
        with pytest.raises(RefusedError):
            hooked(quick_world, "person:*", wrong)


@pytest.mark.parametrize("since", [-1, 10**9])
def test_a_program_begins_at_an_entry_that_there_is(quick_world: World, since: int) -> None:
    with pytest.raises(RefusedError):
        hooked(quick_world, since=since)


def test_more_programs_than_can_be_told_at_once_are_refused(quick_world: World) -> None:
    for _ in range(hooks.MOST_HOOKS):
        last = hooked(quick_world)
    with pytest.raises(RefusedError):
        hooked(quick_world)
    admin = quick_world.who(Role.ADMINISTRATOR)
    hooks.end_hook(quick_world.house, admin, last.hook.id, "not needed")
    other = hooked(quick_world)
    assert other.hook.ended_at is None
    with pytest.raises(RefusedError):
        hooks.settle_anew(quick_world.house, admin, last.hook.id, name="x", url=URL, reason="back")


def test_a_message_of_trial_is_signed_as_all_and_leaves_nothing_behind(quick_world: World) -> None:
    made, calls, before = hooked(quick_world), Answering(), size(quick_world)
    kept = row(quick_world, made.hook.id)
    done = telling.try_hook(quick_world.house, quick_world.who(Role.ADMINISTRATOR), calls, made.hook.id)
    assert isinstance(done, Delivered)
    (call,) = calls.sent
    assert isinstance(call, Call)
    assert (call.secret, call.body["type"], call.body["hook"]) == (made.secret, "hook.test", made.hook.id)
    assert (size(quick_world), row(quick_world, made.hook.id)) == (before, kept)
    for name in ("auditor", "reviewer", "service"):
        with pytest.raises(NotFoundError):
            telling.try_hook(quick_world.house, quick_world.who(name), calls, made.hook.id)


def test_a_round_ends_when_its_time_is_over_and_what_was_told_is_kept(quick_world: World) -> None:
    made, calls = hooked(quick_world), Answering()
    happen(quick_world, 5)
    deliver_hook(quick_world.house, calls, made.hook.id, Pace(is_over=lambda: len(calls.sent) == 2))
    assert len(calls.sent) == 2
    kept = row(quick_world, made.hook.id)
    assert (kept.next_seq, kept.due_at) == (size(quick_world) - 4, None)
    assert deliver_hook(quick_world.house, calls, made.hook.id) == 4


def test_an_altered_address_is_found(quick_world: World) -> None:
    made = hooked(quick_world)
    with quick_world.house.records.writing() as records:
        records.put(HOOKS, replace(row(quick_world, made.hook.id), url="https://elsewhere.example/"))
    assert flaws(quick_world) == [
        f"hook {made.hook.id}: `url` is not what entry {size(quick_world) - 1} says"
    ]


def test_how_far_a_program_has_come_is_kept_now_and_then_and_not_at_each_message(quick_world: World) -> None:
    """A clock that stands still, so that the number of messages alone counts."""
    hooked(quick_world)
    happen(quick_world, 119)
    steps: list[str] = []
    at = Instant(quick_world.clock.nanos)
    house = replace(quick_world.house, clock=lambda: at)
    assert deliver_hooks(house, Answering(), Pace(between=steps.append)) == 120
    assert (steps.count("sent"), steps.count("kept")) == (120, 3)
