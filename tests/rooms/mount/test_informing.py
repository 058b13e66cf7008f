"""The sweeper's teller: each program in a thread of its own, so that a slow one keeps nobody else waiting."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from adjudge.errors import UnavailableError
from adjudge.institution.hooks.settling import settle_hook
from adjudge.institution.notifying.posting import hook_sender_of, post_of
from adjudge.mount import informing
from adjudge.mount.informing import Teller
from adjudge.post.webhook import WebhookSender
from adjudge.records.rows import HookRow
from adjudge.records.shelf import HOOKS
from adjudge.settings.schema import Settings
from tests.receivers import Certified, certificate, webhook
from tests.sites import Site

__all__ = ["certificate"]


def told(site: Site, url: str) -> str:
    """A program that is told; the id of its hook."""
    administrator = site.actor("administrator")
    made = settle_hook(site.house, administrator, name="a program", url=url, since=0, reason="to know")
    return made.hook.id


def row(site: Site, hook_id: str) -> HookRow:
    with site.house.records.reading() as records:
        found = records.get(HOOKS, hook_id)
    assert found is not None
    return found


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def telling_of(site: Site) -> Iterator[Teller]:
    """A teller whose threads have ended when the test ends."""
    stopped = threading.Event()
    teller = Teller(site.opened, stopped)
    try:
        yield teller
    finally:
        stopped.set()
        for thread in teller.busy.values():
            thread.join(60)


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch, certificate: Certified) -> None:
    """Programs of this machine, with a certificate of tests."""
    sender = WebhookSender(private=True, context=certificate.client, timeout=30, limit=30)
    monkeypatch.setattr(informing, "hook_sender_of", lambda _: sender)


@pytest.mark.usefixtures("trusting")
def test_a_slow_program_keeps_no_other_waiting(site: Site, certificate: Certified) -> None:
    with webhook(certificate) as slow, webhook(certificate) as quick, telling_of(site) as teller:
        slow.drip = threading.Event()
        slow.answers = [(200, {}, b"x" * 900)]
        ids = [told(site, hook.url) for hook in (slow, quick)]
        with site.house.records.reading() as records:
            size = records.size()
        teller.look()
        until(lambda: row(site, ids[1]).next_seq == size)
        assert len(slow.calls) == 1
        teller.look()
        until(lambda: ids[1] not in teller.busy or not teller.busy[ids[1]].is_alive())
        assert teller.busy[ids[0]].is_alive()
        assert len(slow.calls) == 1, "who is being told is not told twice at once"
        slow.drip.set()
        until(lambda: row(site, ids[0]).next_seq == size or bool(row(site, ids[0]).attempts))
    assert [body["seq"] for body in quick.bodies()] == list(range(size))


@pytest.mark.usefixtures("trusting")
def test_when_it_is_told_to_stop_it_leaves_off_and_goes_on_where_it_was(
    site: Site, certificate: Certified
) -> None:
    with webhook(certificate) as hook:
        hook_id = told(site, hook.url)
        with telling_of(site) as teller:
            teller.look()
            until(lambda: len(hook.calls) >= 2)
        kept = row(site, hook_id).next_seq
        assert kept == len(hook.calls)
        with telling_of(site) as teller:
            teller.look()
            until(lambda: row(site, hook_id).next_seq == _size(site))
        assert [body["seq"] for body in hook.bodies()] == list(range(_size(site)))


def _size(site: Site) -> int:
    with site.house.records.reading() as records:
        return records.size()


def test_a_fault_of_ours_is_said_and_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(informing, "REST", 0.01)
    told(site, "https://localhost:1/")

    def away(*_: object) -> int:
        raise UnavailableError("the database does not answer")

    monkeypatch.setattr(informing, "deliver_hook", away)
    with caplog.at_level(logging.WARNING), telling_of(site) as teller:
        teller.look()
        until(lambda: "does not answer" in caplog.text)
        monkeypatch.setattr(informing, "hooks_due", away)
        caplog.clear()
        teller.look()
        assert "does not answer" in caplog.text


def test_programs_and_advertisers_have_networks_of_their_own(site: Site) -> None:
    settings: Settings = replace(site.opened.settings, hooks_private=True)
    assert hook_sender_of(settings).private
    assert not getattr(post_of(settings).webhooks, "private", True)


@pytest.mark.usefixtures("trusting")
def test_a_run_ends_soon_after_it_is_told_to_stop_though_a_program_is_slow(
    site: Site, certificate: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(informing, "LAST", 0.2)
    with webhook(certificate) as slow, telling_of(site) as teller:
        slow.drip = threading.Event()
        slow.answers = [(200, {}, b"x" * 900)]
        told(site, slow.url)
        running = threading.Thread(target=teller.run)
        running.start()
        until(lambda: bool(slow.calls))
        teller.stopped.set()
        running.join(5)
        assert not running.is_alive()
        slow.drip.set()
