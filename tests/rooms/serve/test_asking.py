"""What was looked up is remembered, and nobody can tell but by the time that it takes."""

import random
import tracemalloc
from pathlib import Path

import pytest

from adjudge.enforcement.measure import Scope, Served
from adjudge.enforcement.terms import Terms
from adjudge.serve import asking
from adjudge.serve.check import Snapshot
from adjudge.serve.layers import Layers
from adjudge.serve.trust import open_trusted
from tests.rooms.serve.folder import ORIGIN, trusted, written
from tests.rooms.serve.model import made_up

STOP = Scope(kind="suspend", reason="ads/1")
HOSTS = ("shop.example", "bücher.example", "xn--bcher-kva.example", "x", "http", "8.8.8.8", "beer.co.uk")
PARTS = (
    *HOSTS, "https://", "http://", "HTTPS://", "httpſ://", "https:", "//", "/", "\\", "?", "#", "@", ":", ":443", ":8x",
    "%2e", ".", "\t", " ", "\n", "\u00a0", "\x1f", "\x00", "\x07", "a", "-", "path/to", "é", "\ud800", "＠", "。",
)  # fmt: skip


def opened(path: Path, name: str = "base") -> Snapshot:
    return open_trusted(path / name, [trusted()])


def of_hosts(path: Path) -> Path:
    """A table in which each host is stopped by a decision of its own; strict about where ads lead."""
    held = {
        f"d:{host}": (Served(scope=STOP, decision=f"X-{number:06d}"),)
        for number, host in enumerate((*HOSTS, "example", "8.8.8.8"))
        if host.isascii()
    }
    written(path / "base", held, Terms(origin=ORIGIN, log_size=7, unknown_landing="deny"))
    return path


@pytest.mark.parametrize("count", [4_000, pytest.param(200_000, marks=pytest.mark.slow)], ids=["few", "many"])
def test_an_address_leads_where_it_leads_whatever_was_asked_before(tmp_path: Path, count: int) -> None:
    chance = random.Random(count)  # noqa: S311 - no secrets
    snapshot = opened(of_hosts(tmp_path))
    forgetful = opened(tmp_path)
    found = set()
    for _ in range(count):
        landing = "".join(chance.choices(PARTS, k=chance.randint(1, 6)))
        if chance.random() < 0.7:
            landing = chance.choice(("https://", "http://", "")) + chance.choice(HOSTS) + landing
        forgetful._hosts.clear()  # noqa: SLF001 - it is asked as if for the first time
        answer = snapshot.check(landing=landing, at=5)
        assert answer == forgetful.check(landing=landing, at=5), landing
        found.add(answer.reason_code + answer.decision_id)
    assert len(found) == len(HOSTS) + 1  # all hosts but one in two ways, one unknown, one free


def test_addresses_of_one_host_are_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = opened(of_hosts(tmp_path))
    asked: list[str] = []
    before = Snapshot.hosts_of

    def counted(self: Snapshot, landing: str) -> tuple[bytes, ...]:
        asked.append(landing)
        return before(self, landing)

    monkeypatch.setattr(Snapshot, "hosts_of", counted)
    for landing in (
        "https://shop.example/1",
        "https://shop.example/2?a=b/c",
        "https://shop.example?3",
        "https://shop.example",
    ):
        assert snapshot.check(landing=landing, at=5).decision_id == "X-000000"
    assert asked == ["https://shop.example/1"]


@pytest.mark.parametrize("layered", [False, True])
def test_what_is_remembered_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, layered: bool
) -> None:
    monkeypatch.setattr(asking, "_MOST", 5)
    written(tmp_path / "base", made_up(4, 40).held)
    first, second = opened(tmp_path), opened(tmp_path)
    table: asking.Asking = Layers(first) if layered else first
    chance = random.Random(4)  # noqa: S311 - no secrets
    for number in range(3_000):
        advertiser, ad = f"adv-{chance.randrange(12)}", f"ad-{chance.randrange(60)}"
        landing, at = f"https://shop{chance.randrange(20)}.example/{number}", chance.randrange(100, 500)
        territory = chance.choice(("FR", "DE", "US"))
        answer = table.check(advertiser, ad, landing, territory=territory, at=at)
        fresh = [second.slot(key) for key in (f"a:{advertiser}", f"c:{ad}")]
        handles = [slot for slot in fresh if slot >= 0]
        assert not handles or answer == second.answer_of(handles, territory, "ads", at)
        remembered = (table._ads, table._advertisers, table._hosts, table._answers)  # noqa: SLF001 - how much it is
        assert all(len(each) <= 5 for each in remembered)
    long = "x" * 400
    for _ in range(2):
        assert table.check(long, long, f"https://{long}/", territory=long, at=5).allow
    assert long not in table._ads  # noqa: SLF001 - how much it is


def test_what_browsers_take_away_at_the_end_is_not_taken_away_in_the_middle(tmp_path: Path) -> None:
    snapshot = opened(of_hosts(tmp_path))
    assert snapshot.check(landing="https://shop.example\x00", at=5).decision_id == "X-000000"
    assert snapshot.check(landing="https://shop.example\x00/", at=5).reason_code == "unknown-landing"
    assert snapshot.check(landing="shop.example\x07", at=5).decision_id == "X-000000"
    assert snapshot.check(landing="shop.example\x07/", at=5).reason_code == "unknown-landing"


@pytest.mark.parametrize("label", ["a", "ä", "🍺"])
def test_what_advertisers_write_takes_little_memory(tmp_path: Path, label: str) -> None:
    snapshot = opened(of_hosts(tmp_path))
    deep = ".".join([label] * 100)
    snapshot.check(landing=deep, at=5)
    tracemalloc.start()
    try:
        for number in range(1_000):
            for name in (
                f"https://{number}.{deep}.example/",
                f"{number}.{deep * 10}",
                f"{number}{label * 280}",
            ):
                snapshot.check(name, name, name, territory=name, at=5)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 2_000 * 1_000, "some 1,000 bytes for three names, each of them twice"
