"""What is due and nobody asks for: the log signed once for each size, rows held to it, accounts forgotten."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import OperationalError

from adjudge.basis.instant import Instant
from adjudge.errors import RefusedError, UnavailableError
from adjudge.institution.keeping.carrying_out import MOST
from adjudge.institution.record.log import last_checkpoint
from adjudge.institution.staff.people import deactivate, invite, join
from adjudge.mount import auditor, sweeper
from adjudge.mount.auditor import audit, hold_to_log
from adjudge.mount.daily import Daily
from adjudge.mount.heart import Heart
from adjudge.mount.run_folder import fresh, is_stopping, say_stopping
from adjudge.mount.sweeper import Rounds, forget_shut_out, sweep
from adjudge.people.role import Role
from adjudge.records.shelf import DOCUMENTS, PEOPLE
from adjudge.storage.models import Account
from tests.sites import Site


def signed_size(site: Site) -> int:
    with site.house.records.reading() as records:
        found = last_checkpoint(records)
    return found.checkpoint.size if found is not None else 0


def test_the_log_is_signed_when_it_has_grown_and_only_then(site: Site) -> None:
    assert sweep(site.opened)
    assert signed_size(site) == site.size
    assert not sweep(site.opened)
    join(site.house, invite(site.house, site.actor("administrator"), "n@x.org", "N", [Role.LEGAL]).secret)
    assert sweep(site.opened)
    assert signed_size(site) == site.size


def test_accounts_of_people_who_were_shut_out_are_forgotten_and_no_others(site: Site) -> None:
    before = Account.objects.count()
    deactivate(site.house, site.actor("administrator"), site.people["other"].id, "has left")
    assert forget_shut_out(site.opened) == 1
    assert forget_shut_out(site.opened) == 0
    assert Account.objects.count() == before - 1
    assert not Account.objects.filter(email="other@example.org").exists()


WORKS = ("sessions", "accounts", "retention", "bytes")


@pytest.fixture
def done(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give what is done once a day, as it is done."""
    fresh(site.opened.settings.data)
    found: list[str] = []
    monkeypatch.setattr(sweeper, "call_command", found.append)
    monkeypatch.setattr(sweeper, "forget_shut_out", lambda *_: found.append("accounts"))
    monkeypatch.setattr(sweeper, "let_go", lambda *_: found.append("retention"))
    monkeypatch.setattr(sweeper, "forget_bytes", lambda *_: found.append("bytes"))
    return found


def rounds_of(site: Site, clock: Callable[[], float] = time.time) -> Rounds:
    data = site.opened.settings.data
    dailies = {name: Daily(data, name, clock) for name in WORKS}
    return Rounds(site.opened, Heart(data), dailies=dailies)


def broken(error: Exception) -> Callable[..., object]:
    def fails(*_: object, **__: object) -> object:
        raise error

    return fails


def test_the_work_of_a_day_is_due_until_it_was_done(
    site: Site, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    rounds = rounds_of(site, lambda: now[0])
    with monkeypatch.context() as away:
        away.setattr(sweeper, "tick", broken(UnavailableError("away")))
        assert not rounds.go()
    assert done == []
    assert rounds.go()
    assert done == ["clearsessions", "accounts", "retention", "bytes"]
    now[0] += 86_000
    assert rounds.go()
    assert rounds_of(site, lambda: now[0]).go()  # as another process
    assert len(done) == 4
    now[0] += 1_000
    assert rounds.go()
    assert len(done) == 8


def test_what_failed_of_it_rests_for_an_hour_and_what_only_waited_does_not(
    site: Site, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]
    rounds = rounds_of(site, lambda: now[0])
    with monkeypatch.context() as spoilt:
        spoilt.setattr(sweeper, "forget_shut_out", broken(ValueError("ours")))
        spoilt.setattr(sweeper, "let_go", broken(UnavailableError("away")))
        assert not rounds.go()
    assert done == ["clearsessions"]
    assert rounds.go()
    assert done == ["clearsessions", "retention", "bytes"]
    now[0] += 3_601
    assert rounds.go()
    assert done == ["clearsessions", "retention", "bytes", "accounts"]


@pytest.mark.parametrize(
    "error",
    [ValueError("ours"), RefusedError("refused"), OperationalError("away"), UnavailableError("away")],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("step", ["tick", "sweep_grounds", "remind", "forget_answers", "look_at_standing"])
@pytest.mark.usefixtures("done")
def test_no_fault_of_a_step_ends_the_rounds_and_the_others_go_on(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str, error: Exception
) -> None:
    rounds = rounds_of(site)
    with monkeypatch.context() as spoilt:
        spoilt.setattr(sweeper, step, broken(error))
        assert not rounds.go()
    is_away = isinstance(error, OperationalError | UnavailableError)
    assert (signed_size(site) == site.size) is not (is_away and step in {"tick", "sweep_grounds", "remind"})
    assert len([record for record in caplog.records if record.name == sweeper.__name__]) == 1
    assert rounds.go()


def test_what_is_due_goes_in_rounds_and_clocks_run_out_between(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, ticks = [MOST * 2 + 7], list[int]()

    def portion(_house: object, **_: object) -> int:
        gone = min(left[0], MOST)
        left[0] -= gone
        return gone

    monkeypatch.setattr(sweeper, "let_go_what_is_due", portion)
    monkeypatch.setattr(sweeper, "tick", lambda _house: ticks.append(left[0]))
    assert sweeper.let_go(site.opened) == MOST * 2 + 7
    assert ticks == [MOST + 7, 7]
    left[0] = MOST * (sweeper.ROUNDS_A_DAY + 5)
    assert sweeper.let_go(site.opened, lambda: True) == MOST, "it is told to stop"
    assert sweeper.let_go(site.opened) == MOST * sweeper.ROUNDS_A_DAY, "the rest goes the next day"


def test_bytes_that_outlived_their_document_go_daily_and_where_they_stay_it_is_told(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """A process was killed between the expunging and the deletion; then the disk does not let go."""
    with site.house.records.writing() as records:
        row = replace(
            records.find(DOCUMENTS)[0],
            id="D-left",
            blob=site.house.blobs.put(b"left"),
            expunged_at=Instant(1),
        )
        records.put(DOCUMENTS, row)
    digest = row.blob.removeprefix("sha256:")
    place = site.opened.settings.data / "documents" / digest[:2] / digest[2:]
    place.unlink()
    place.mkdir()
    assert sweeper.forget_bytes(site.opened) == 1
    assert "D-left" in caplog.text
    place.rmdir()
    site.house.blobs.put(b"left")
    rounds_of(site).go()
    assert not place.exists()


def test_the_last_round_signs_and_leaves_the_work_of_a_day(site: Site, done: list[str]) -> None:
    assert rounds_of(site).go(is_last=True)
    assert signed_size(site) == site.size
    assert done == []


def test_what_is_not_what_the_log_says_is_an_error_of_the_program(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    assert hold_to_log(site.opened) == 0
    with site.house.records.writing() as records:
        person = site.people["other"]
        records.put(PEOPLE, replace(person, roles=("administrator",)))
    with caplog.at_level(logging.ERROR):
        assert hold_to_log(site.opened) == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert f"person {person.id}: `roles` is not what entry" in caplog.text


def test_all_is_held_to_the_log_once_a_day_and_a_fault_ends_nobody(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, data = [1_000_000.0], site.opened.settings.data
    fresh(data)
    daily = Daily(data, "audit", lambda: now[0])
    with monkeypatch.context() as spoilt:
        spoilt.setattr(auditor, "check_now", broken(UnavailableError("away")))
        assert not audit(site.opened, daily)
        spoilt.setattr(auditor, "check_now", broken(MemoryError()))
        assert not audit(site.opened, daily)
    assert not audit(site.opened, daily)  # it takes much, and so it rests
    assert not audit(site.opened, Daily(data, "audit", lambda: now[0]))  # as after a kill
    now[0] += 3_601
    assert audit(site.opened, daily)
    now[0] += 86_000
    assert not audit(site.opened, daily)
    now[0] += 1_000
    assert audit(site.opened, Daily(data, "audit", lambda: now[0]))


def test_who_starts_all_processes_anew_begins_no_work_of_a_day_again(tmp_path: Path) -> None:
    fresh(tmp_path)
    say_stopping(tmp_path)
    Daily(tmp_path, "audit").begun()
    Daily(tmp_path, "sessions").done()
    fresh(tmp_path)
    assert not is_stopping(tmp_path)
    assert not Daily(tmp_path, "audit").is_due(), "it rests, whatever ended it"
    assert not Daily(tmp_path, "sessions").is_due()


def test_the_clock_of_a_machine_that_went_back_delays_no_work_of_a_day(tmp_path: Path) -> None:
    now = [1_000_000.0]
    fresh(tmp_path)
    daily = Daily(tmp_path, "audit", lambda: now[0])
    daily.begun()
    daily.done()
    now[0] -= 500_000
    assert daily.is_due()


def test_without_a_folder_for_signs_it_is_remembered(tmp_path: Path) -> None:
    daily = Daily(tmp_path / "none", "audit")
    daily.begun()
    daily.done()
    assert not daily.is_due()
