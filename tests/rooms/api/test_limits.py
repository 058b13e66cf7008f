"""How often one may call: nobody takes another's share, long requests count for more, and few of them run at once."""

import os
import stat
import time
from pathlib import Path

import pytest

from adjudge.api.limits import LONG_ONES, one_of_few
from adjudge.institution.premises import premises
from adjudge.institution.rates import MINUTE, SLOTS, Table, network_of, table_in
from adjudge.institution.staff.keys import make_own_key
from adjudge.people.act import Act
from tests.rooms.api.calls import Calls, calls_of, service, stranger, told
from tests.sites import Site

NOW = 10**15


def test_no_stranger_takes_the_share_of_a_key_whatever_address_it_calls_from() -> None:
    """Found by review: addresses that share a slot with a chosen key were found in less than a second."""
    table = Table(None)
    for number in range(2 * SLOTS):
        table.ask(f"address:{number}", NOW, 1, known=False)
    assert table.ask("key:K-000028", NOW, 1_200).left == 1_199


def cells_of(table: Table) -> list[int]:
    """Where the numbers of some callers lie."""
    return [table.place_of(f"key:{number}", known=True) for number in range(20)]


def test_which_callers_share_a_slot_depends_on_a_secret_that_processes_of_one_machine_share(
    tmp_path: Path,
) -> None:
    here, there = Table(tmp_path / "here" / "rates"), Table(tmp_path / "there" / "rates")
    again = Table(tmp_path / "here" / "rates")
    assert cells_of(here) != cells_of(there)
    assert cells_of(here) == cells_of(again)
    here.ask("key:1", NOW, 10)
    assert again.ask("key:1", NOW, 10).left == 8


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_of_ipv6_a_whole_network_counts_as_one(address: str, expected: str) -> None:
    assert network_of(address) == expected


def test_what_takes_long_counts_as_many_and_one_that_is_dearer_than_a_minute_is_let_in_once() -> None:
    table = Table(None)
    assert table.ask("key:1", NOW, 100, cost=60).left == 40
    assert table.ask("key:1", NOW, 100, cost=60).let_in
    assert table.ask("key:1", NOW, 100).wait == 13
    assert table.ask("key:1", NOW + MINUTE, 100).let_in
    assert table.ask("key:2", NOW, 10, cost=60).let_in
    refused = table.ask("key:2", NOW, 10)
    assert (refused.let_in, refused.wait) == (False, 66)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_link_in_place_of_the_file_is_not_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    (tmp_path / "rates").symlink_to(target)
    before = open_files()
    table = Table(tmp_path / "rates")
    assert target.read_bytes() == b"mine"
    assert not table.is_shared
    assert table.ask("key:1", NOW, 2).let_in
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert open_files() == before


def test_a_file_whose_disk_is_full_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    before = open_files()
    assert not Table(tmp_path / "rates").is_shared
    assert open_files() == before


@pytest.mark.usefixtures("site")
def test_the_file_is_for_its_owner_alone_and_has_all_its_bytes() -> None:
    stranger().get("/me")
    data = premises().settings.data
    found = (data / "run" / "rates").stat()
    assert table_in(data).is_shared
    assert (stat.S_IMODE(found.st_mode), found.st_size) == (0o600, 16 + 2 * SLOTS * 8)


def left(calls: Calls, path: str = "/me") -> int:
    """How many requests are left, by the answer to one."""
    answer = calls.get(path)
    assert answer.status_code == 200
    return int(str(answer["RateLimit"]).split("r=")[1].split(";")[0])


def test_keys_of_ones_own_count_together_and_service_keys_each_by_itself(site: Site) -> None:
    """Found by review: whoever made five keys had five times the rate."""
    first = calls_of(site, "member")
    second = Calls(first.client, make_own_key(site.house, site.actor("member"), "another").secret)
    assert left(first) > 1_000
    who = f"person:{site.people['member'].id}"
    table_in(premises().settings.data).ask(who, time.monotonic_ns(), 1_200, cost=1_000)
    assert left(first) < 900
    assert left(second) < 900
    programs = [service(site, [Act.ASK]) for _ in range(2)]
    assert [left(calls) for calls in programs] == [1_199] * 2


@pytest.mark.usefixtures("site")
def test_what_is_not_there_is_counted_too() -> None:
    """Found by review: 130 requests for nothing were all let in."""
    for path, method in (("/nothing", "GET"), ("/me", "PUT")):
        calls = stranger()
        found = [calls.send(path, {}, method=method).status_code for _ in range(130)]
        assert found[-1] == 429, path


def test_checking_the_log_weighs_more_than_a_look(site: Site) -> None:
    calls = calls_of(site, "auditor")
    assert left(calls) > 1_190
    assert left(calls, "/log/check") < 1_145


def test_only_so_much_that_takes_long_is_carried_out_at_once(site: Site) -> None:
    calls = service(site, [Act.ASK])
    question = {"policy": "ads-standard", "explain": True}
    assert calls.send("/evaluations", question).status_code == 200
    held = [one_of_few() for _ in range(LONG_ONES)]
    for item in held:
        item.__enter__()
    try:
        answer = calls.send("/evaluations", question)
        assert (answer.status_code, told(answer)["code"]) == (429, "too-many-at-once")
        assert answer["Retry-After"] == "1"
        assert calls.send("/evaluations", {"policy": "ads-standard"}).status_code == 200
    finally:
        for item in held:
            item.__exit__(None, None, None)
    assert calls.send("/evaluations", question).status_code == 200
