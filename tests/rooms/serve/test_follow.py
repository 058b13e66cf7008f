"""A folder that is followed: only what is newer, whole and sealed is taken, and nobody ever sees half of it."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT, LONGEST
from adjudge.enforcement.layout import FOR_EVER
from adjudge.enforcement.measure import Scope, Served
from adjudge.serve import follow
from adjudge.serve.check import FREE, Answer
from adjudge.serve.follow import Follower
from adjudge.serve.reading import mapped
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import Folder, replaced, signer, trusted

STOP = Scope(kind="suspend", reason="ads/1")
LABEL = Scope(kind="label", reason="ads/2")
Held = dict[str, tuple[Served, ...]]
MINUTE = 60_000


def held(number: int, scope: Scope = STOP) -> tuple[Served, ...]:
    return (Served(scope=scope, decision=f"X-{number:06d}"),)


class Clock:
    """Two clocks in nanoseconds that go when they are told to."""

    def __init__(self, now: int) -> None:
        self.wall, self.steady = now * 1_000_000, 5

    def go(self, milliseconds: int) -> None:
        self.wall += milliseconds * 1_000_000
        self.steady += milliseconds * 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def clock(folder: Folder) -> Clock:
    return Clock(folder.now)


@pytest.fixture
def follower(folder: Folder, clock: Clock) -> Follower:
    return Follower(
        folder.path, [trusted()], without="deny", clock=lambda: clock.wall, steady=lambda: clock.steady
    )


def test_without_a_snapshot_what_the_caller_said_holds(folder: Folder, follower: Follower) -> None:
    assert not follower.refresh()
    assert follower.check(ad="one") == Answer(allow=False, reason_code="no-snapshot")
    lenient = Follower(folder.path, [trusted()], without="allow")
    assert lenient.check(ad="one") == Answer(allow=True, reason_code="no-snapshot")
    state = follower.state()
    assert (state.base, state.age, state.stale, dict(state.alarms)) == (None, None, True, {"missing": 1})


def test_news_is_taken_and_a_delta_lies_over_its_base(folder: Folder, follower: Follower) -> None:
    base = folder.publish(1, {"c:one": held(1), "c:two": held(2)})
    assert follower.refresh()
    assert [follower.check(ad=name).allow for name in ("one", "two", "three")] == [False, False, True]
    delta = folder.publish_delta(2, {"c:one": (), "c:three": held(3)})
    assert follower.refresh()
    assert [follower.check(ad=name).allow for name in ("one", "two", "three")] == [True, False, False]
    assert follower.check(ad="three").decision_id == "X-000003"
    state = follower.state()
    assert (state.log_size, state.swaps, state.stale, dict(state.alarms)) == (2, 2, False, {})
    assert state.base is not None
    assert state.base[7:19] in base
    assert state.delta is not None
    assert state.delta[7:19] in delta
    folder.publish(3, {})
    assert follower.refresh()
    assert follower.check(ad="two") == FREE
    assert follower.state().delta is None


def test_what_was_looked_at_is_not_looked_at_again(folder: Folder, follower: Follower) -> None:
    folder.publish(1, {})
    assert [follower.refresh() for _ in range(3)] == [True, False, False]


def test_a_confirmation_renews_and_opens_nothing(folder: Folder, follower: Follower, clock: Clock) -> None:
    name = folder.publish(1, {"c:one": held(1)})
    follower.refresh()
    before = follower.standing
    (folder.path / name).unlink()
    clock.go(50_000)
    assert follower.state().age == 50_000
    folder.now += 50_000
    folder.name(1, name)
    assert follower.refresh()
    after = follower.standing
    assert before is not None
    assert after is not None
    assert after.layers is before.layers
    assert (follower.state().age, follower.state().swaps) == (0, 1)
    assert not follower.check(ad="one").allow


def cut(folder: Folder) -> None:
    path = folder.path / folder.publish(2, {"c:two": held(2)})
    replaced(path, path.read_bytes()[:-9])


def flipped(folder: Folder) -> None:
    path = folder.path / folder.publish(2, {"c:two": held(2)})
    whole = bytearray(path.read_bytes())
    whole[-3] ^= 4
    replaced(path, bytes(whole))


def empty(folder: Folder) -> None:
    replaced(folder.path / folder.publish(2, {}), b"")


def not_there(folder: Folder) -> None:
    (folder.path / folder.publish(2, {})).unlink()


def renamed(folder: Folder) -> None:
    name = folder.publish(2, {"c:two": held(2)})
    other = name.replace("snapshot-2", "snapshot-3")
    (folder.path / name).rename(folder.path / other)
    folder.name(3, other)


def of_another_size(folder: Folder) -> None:
    folder.name(9, folder.put(2, {})[0])


def older(folder: Folder) -> None:
    folder.publish(0, {})


def confirmed_before(folder: Folder) -> None:
    name = next(folder.path.glob("snapshot-1-*")).name
    folder.now -= 1
    folder.name(1, name)


def signed_by_others(folder: Folder) -> None:
    folder.name(2, folder.put(2, {})[0], by=signer(seed=1))


def of_another_log(folder: Folder) -> None:
    folder.name(2, folder.put(2, {})[0], by=signer("other.test"))


def signature_changed(folder: Folder) -> None:
    folder.publish(2, {})
    told = (folder.path / CURRENT).read_bytes()
    folder.say(told.replace(b'"log_size": 2', b'"log_size": 3'))


def no_text(folder: Folder) -> None:
    folder.say(b"\xff\x00")


def too_long(folder: Folder) -> None:
    folder.publish(2, {})
    folder.say((folder.path / CURRENT).read_bytes() + b" " * LONGEST)


def half(folder: Folder) -> None:
    folder.publish(2, {})
    folder.say((folder.path / CURRENT).read_bytes()[:-30])


def outside(folder: Folder) -> None:
    folder.name(2, "../snapshot-2-000000000000.adj")


def delta_of_another(folder: Folder) -> None:
    first = next(folder.path.glob("snapshot-1-*")).name
    name, _ = folder.put(3, {"c:one": ()}, "sha256:" + "0" * 64)
    folder.name(3, first, name)


def a_folder(folder: Folder) -> None:
    (folder.path / CURRENT).unlink()
    (folder.path / CURRENT).mkdir()


FAULTS = [
    (cut, "damaged"),
    (flipped, "damaged"),
    (empty, "damaged"),
    (not_there, "missing"),
    (renamed, "damaged"),
    (of_another_size, "damaged"),
    (older, "older"),
    (confirmed_before, "older"),
    (signed_by_others, "untrusted"),
    (of_another_log, "untrusted"),
    (signature_changed, "untrusted"),
    (no_text, "damaged"),
    (too_long, "damaged"),
    (half, "damaged"),
    (outside, "damaged"),
    (delta_of_another, "damaged"),
    (a_folder, "unreadable"),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_what_is_wrong_is_refused_counted_once_and_the_one_before_stays(
    folder: Folder, follower: Follower, fault: Callable[[Folder], None], kind: str
) -> None:
    folder.publish(1, {"c:one": held(1)})
    follower.refresh()
    fault(folder)
    assert [follower.refresh() for _ in range(3)] == [False] * 3
    state = follower.state()
    assert (dict(state.alarms), state.log_size, state.swaps) == ({kind: 1}, 1, 1)
    assert state.refused
    assert follower.check(ad="one").decision_id == "X-000001"
    assert follower.check(ad="two") == FREE
    if fault is a_folder:
        (folder.path / CURRENT).rmdir()
    folder.now += 1
    folder.publish(4, {"c:two": held(2)})
    assert follower.refresh()
    assert follower.state().refused == ""
    assert follower.check(ad="one") == FREE


def test_a_file_that_is_still_being_copied_is_taken_when_it_is_whole(
    folder: Folder, follower: Follower
) -> None:
    path = folder.path / folder.publish(1, {"c:one": held(1)})
    whole = path.read_bytes()
    path.unlink()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert not follower.refresh()
    path.write_bytes(whole)
    assert follower.refresh()
    assert not follower.check(ad="one").allow


ASKED_WHILE_IT_IS_COPIED = """
import sys
from pathlib import Path
from adjudge.serve.follow import Follower
from adjudge.serve.trust import read_trusted

follower = Follower(Path(sys.argv[1]), [read_trusted(sys.argv[2])], without="deny")
assert follower.refresh()
print("open", flush=True)
wrong = 0
for line in sys.stdin:
    wrong += sum(follower.check(ad=f"ad-{number}").decision_id != f"X-{number:06d}" for number in range(2_000))
print(wrong, flush=True)
"""


def test_whoever_copies_over_a_snapshot_ends_nobody_who_asks_it(folder: Folder, tmp_path: Path) -> None:
    name = folder.publish(1, {f"c:ad-{number}": held(number) for number in range(2_000)})
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    for each in (name, CURRENT):
        # Any account may make a copy to which it may write; what is mapped of it would end with it.
        (mirror / each).write_bytes((folder.path / each).read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", ASKED_WHILE_IT_IS_COPIED, str(mirror), str(signer().verifier)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        (mirror / name).write_bytes(b"")
        process.stdin.write("asked of a file that ends before it begins\n")
        process.stdin.flush()
        (mirror / name).write_bytes((folder.path / name).read_bytes()[:-5_000])
        process.stdin.write("and of one that is half copied\n")
        process.stdin.close()
        assert process.stdout.readline() == "0\n"
    assert process.returncode != -signal.SIGBUS


def test_nobody_may_write_to_what_is_published_and_so_it_is_mapped(folder: Folder) -> None:
    before = os.umask(0o027)
    try:
        path = folder.path / folder.publish(1, {"c:one": held(1)})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o440
    assert not isinstance(mapped(path)[0], bytes)
    path.chmod(0o460)
    assert mapped(path)[0] == path.read_bytes()


def test_a_file_that_is_changed_while_it_is_read_is_refused(
    folder: Folder, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.path / folder.publish(1, {"c:one": held(1)})

    def changed_meanwhile(*told: object) -> object:
        os.utime(path, ns=(5, 5))
        return opened(*told)

    opened: Callable[..., object] = open_trusted
    monkeypatch.setattr(follow, "open_trusted", changed_meanwhile)
    assert not follower.refresh()
    assert dict(follower.state().alarms) == {"damaged": 1}
    monkeypatch.undo()
    assert follower.refresh()


@pytest.mark.parametrize(
    ("when_stale", "denied"),
    [
        ((), {"stop": "ads/1", "free": ""}),
        ((("suspend", "keep"),), {"stop": "ads/1", "free": ""}),
        ((("suspend", "allow"),), {"stop": "", "free": ""}),
        ((("label", "allow"),), {"stop": "ads/1", "free": ""}),
        ((("label", "deny"),), {"stop": "stale", "free": "stale"}),
        ((("label", "deny"), ("suspend", "allow")), {"stop": "stale", "free": "stale"}),
    ],
)
def test_a_stale_snapshot_answers_as_was_declared(
    folder: Folder,
    follower: Follower,
    clock: Clock,
    when_stale: tuple[tuple[str, str], ...],
    denied: dict[str, str],
) -> None:
    folder.when_stale = when_stale
    folder.publish(1, {"c:stop": held(1), "c:label": held(2, LABEL)})
    follower.refresh()
    clock.go(MINUTE - 1)
    assert not follower.state().stale
    assert (follower.check(ad="stop").reason_code, follower.check(ad="free")) == ("ads/1", FREE)
    clock.go(1)
    assert follower.state().stale
    for ad, reason in denied.items():
        answer = follower.check(ad=ad)
        assert (answer.allow, answer.reason_code) == (not reason, reason)
    folder.now += MINUTE
    folder.name(1, next(folder.path.glob("snapshot-*")).name)
    follower.refresh()
    assert not follower.state().stale
    assert follower.check(ad="stop").reason_code == "ads/1"


def test_a_clock_that_is_set_back_makes_nothing_fresh(
    folder: Folder, follower: Follower, clock: Clock
) -> None:
    folder.publish(1, {})
    follower.refresh()
    clock.go(50_000)
    clock.wall -= 3_600_000 * 1_000_000
    assert not follower.state().stale
    assert follower.state().age == 50_000
    clock.go(10_000)
    assert follower.state().stale


def test_a_clock_that_is_set_forward_tells_of_age(folder: Folder, follower: Follower, clock: Clock) -> None:
    folder.publish(1, {})
    follower.refresh()
    clock.wall += MINUTE * 1_000_000
    assert follower.state().stale


def test_a_confirmation_that_is_still_to_come_lasts_no_longer(
    folder: Folder, follower: Follower, clock: Clock
) -> None:
    folder.now += 10 * MINUTE
    folder.publish(1, {})
    follower.refresh()
    assert follower.state().age == 0
    clock.go(MINUTE)
    assert follower.state().stale


def test_one_confirmation_from_the_future_shuts_out_none_that_come_after_it(
    folder: Folder, follower: Follower, clock: Clock
) -> None:
    name = folder.publish(1, {"c:one": held(1)})
    assert follower.refresh()
    folder.now += 60 * MINUTE
    folder.name(1, name)
    assert follower.refresh()
    folder.now -= 60 * MINUTE
    for _ in range(60):
        folder.now += 5_000
        clock.go(5_000)
        folder.name(1, name)
        assert follower.refresh(), follower.state()
        assert follower.state().age == 0
    folder.now -= 1
    folder.name(1, name)
    assert not follower.refresh(), "of two that were confirmed before now, the later one counts"
    folder.now += 60 * MINUTE
    folder.name(1, name)
    assert follower.refresh()
    folder.publish(0, {})
    assert not follower.refresh(), "a smaller log tells less, whenever that was confirmed"


def test_whoever_is_forked_while_somebody_looks_looks_for_itself(folder: Folder) -> None:
    follower = Follower(folder.path, [trusted()], without="deny")
    follower.start(every=1)
    with follower._looking:  # noqa: SLF001 - as if somebody looked just now
        child = os.fork()
        if child == 0:
            signal.alarm(20)
            folder.publish(3, {"c:one": held(1)})
            seen = follower.refresh() and not follower.check(ad="one").allow
            follower.start(every=1)
            follower.close()
            os._exit(0 if seen else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    follower.close()


def test_a_snapshot_that_was_old_when_it_was_found_is_stale(
    folder: Folder, follower: Follower, clock: Clock
) -> None:
    folder.publish(1, {})
    clock.go(2 * MINUTE)
    follower.refresh()
    assert follower.state().stale
    assert follower.state().age == 2 * MINUTE


def test_measures_begin_and_end_by_the_clock_of_the_follower(
    folder: Folder, follower: Follower, clock: Clock
) -> None:
    start = clock.wall + 1_000_000
    folder.publish(1, {"c:one": (Served(scope=STOP, decision="X-000001", start=start, end=start + 5),)})
    follower.refresh()
    assert follower.check(ad="one") == Answer(allow=True, until=start)
    clock.go(1)
    assert follower.check(ad="one").until == start + 5
    clock.wall += 5
    assert follower.check(ad="one") == FREE


@pytest.mark.parametrize(
    ("threads", "swaps"), [(8, 60), pytest.param(64, 1_000, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_threads_that_ask_through_swaps_never_see_half_of_one(
    folder: Folder, threads: int, swaps: int
) -> None:
    """In the state n, the ad n alone is stopped, by the decision n: any mixture of two states is seen."""
    ads = 7
    folder.publish(1, stopped(1, ads))
    follower = Follower(folder.path, [trusted()], without="deny", clock=lambda: folder.now * 1_000_000)
    assert follower.refresh()
    ended = threading.Event()
    wrong: list[object] = []
    asked = [0] * threads

    def ask(own: int) -> None:
        chance = random.Random(own)  # noqa: S311 - no secrets
        latest = 1
        while not ended.is_set() and not wrong:
            standing = follower.standing
            assert standing is not None
            number = standing.current.log_size
            ad = chance.randrange(ads)
            expected = f"X-{number:06d}" if ad == number % ads else ""
            answers = [standing.layers.check(ad=f"ad-{ad}").decision_id, follower.check(ad="all").decision_id]
            seen = int(answers[1].removeprefix("X-"))
            if answers[0] != expected or not latest <= seen <= swaps or number < latest:
                wrong.append((number, ad, answers, latest))
            latest = max(seen, number)
            asked[own] += 1
            if asked[own] % 5 == 0:  # a rest, so that whoever swaps has a turn among so many
                ended.wait(0.01)

    workers = [threading.Thread(target=ask, args=(own,), daemon=True) for own in range(threads)]
    try:
        for worker in workers:
            worker.start()
        base = 1
        for number in range(2, swaps + 1):
            if number % 10 == 0:
                base = number
                folder.publish(number, stopped(number, ads))
            else:
                folder.publish_delta(number, {f"c:ad-{base % ads}": ()} | stopped(number, ads))
            assert follower.refresh(), follower.state()
    finally:
        ended.set()
        for worker in workers:
            worker.join()
    assert not wrong
    assert min(asked) > 0
    assert (follower.state().swaps, dict(follower.state().alarms)) == (swaps, {})


def stopped(number: int, ads: int) -> Held:
    return {f"c:ad-{number % ads}": held(number), "c:all": held(number)}


def test_a_thread_follows_until_it_is_closed(folder: Folder) -> None:
    follower = Follower(folder.path, [trusted()], without="deny")
    follower.start(every=1)
    folder.publish(1, {"c:one": (Served(scope=STOP, decision="X-000001", end=FOR_EVER),)})
    waited = threading.Event()
    for _ in range(2_000):
        if follower.standing is not None:
            break
        waited.wait(0.005)
    follower.close()
    assert follower.check(ad="one").reason_code == "ads/1"
    folder.publish(2, {})
    waited.wait(0.02)
    assert follower.state().log_size == 1
