"""Programs told over HTTPS, really: signatures, lines kept open, receivers that are slow, and that lead elsewhere."""

import base64
import hmac
import threading
import time
from collections.abc import Iterator

import pytest

from adjudge.institution.hooks.settling import new_secret
from adjudge.institution.hooks.telling import PORTION, deliver_hook, deliver_hooks
from adjudge.ledger.entry import Entry
from adjudge.post.webhook import WebhookSender
from adjudge.storage.memory import MemoryWriting
from tests.receivers import Certified, webhook
from tests.rooms.institution.drivers_hooks import hooked
from tests.rooms.institution.sent import Answering
from tests.rooms.institution.test_hooks import happen, row, size
from tests.rooms.institution.world import World


def sender_to(certificate: Certified, *, private: bool = True, limit: int = 5) -> WebhookSender:
    return WebhookSender(private=private, context=certificate.client, timeout=5, limit=limit)


def is_ours(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver would write it, from the text of Standard Webhooks."""
    key = base64.b64decode(secret[len("whsec_") :])
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
    given = [item.partition(",")[2] for item in headers["webhook-signature"].split(" ")]
    return any(hmac.compare_digest(wanted, item) for item in given)


def test_every_entry_comes_in_order_signed_over_one_line(kept_world: World, certificate: Certified) -> None:
    with webhook(certificate, keeps_open=True) as hook:
        made = hooked(kept_world, url=hook.url, since=0)
        happen(kept_world, 30)
        with sender_to(certificate).kept_open() as calls:
            count = deliver_hooks(kept_world.house, calls)
    assert [body["seq"] for body in hook.bodies()] == list(range(size(kept_world))) == list(range(count))
    assert all(is_ours(made.secret, headers, body) for headers, body in hook.calls)
    assert not any(is_ours(made.secret, headers, body + b" ") for headers, body in hook.calls)
    assert hook.lines == 1
    assert [body["id"] for body in hook.bodies()] == [headers["webhook-id"] for headers, _ in hook.calls]


def test_both_secrets_sign_for_a_day(quick_world: World, certificate: Certified) -> None:
    with webhook(certificate) as hook:
        old = hooked(quick_world, url=hook.url)
        new = new_secret(quick_world.house, quick_world.who("administrator"), old.hook.id, "it is old")
        deliver_hooks(quick_world.house, sender_to(certificate))
    for headers, body in hook.calls:
        assert is_ours(old.secret, headers, body)
        assert is_ours(new.secret, headers, body)


def test_a_line_that_the_receiver_shuts_is_opened_again(quick_world: World, certificate: Certified) -> None:
    with webhook(certificate, keeps_open=True) as hook:
        hook.answers = [(200, {"connection": "close"}, b""), (200, {}, b"x" * 50_000), (204, {}, b"")]
        hooked(quick_world, url=hook.url)
        happen(quick_world, 4)
        with sender_to(certificate).kept_open() as calls:
            assert deliver_hooks(quick_world.house, calls) == 5
    assert hook.lines == 3, "one was shut, of one more was said than is read"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_an_answer_that_leads_elsewhere_is_not_followed(
    quick_world: World, certificate: Certified, status: int
) -> None:
    with webhook(certificate) as inside, webhook(certificate) as hook:
        made = hooked(quick_world, url=hook.url)
        hook.answers = [(status, {"location": inside.url}, b"")]
        deliver_hooks(quick_world.house, sender_to(certificate))
    assert inside.calls == []
    assert row(quick_world, made.hook.id).last_error.startswith(str(status))


def test_a_machine_of_our_own_network_is_not_told_unless_it_is_set_so(
    quick_world: World, certificate: Certified
) -> None:
    with webhook(certificate) as hook:
        made = hooked(quick_world, url=hook.url)
        deliver_hooks(quick_world.house, sender_to(certificate, private=False))
    assert hook.calls == []
    assert "not public" in row(quick_world, made.hook.id).last_error


def test_an_answer_that_drips_is_left_off_in_bounded_time(quick_world: World, certificate: Certified) -> None:
    """That it has taken the message it has said before: the status comes first."""
    with webhook(certificate, keeps_open=True) as hook:
        hook.drip = threading.Event()
        hook.answers = [(200, {}, b"x" * 900)]
        made = hooked(quick_world, url=hook.url)
        happen(quick_world, 1)
        start = time.monotonic()
        with sender_to(certificate, limit=1).kept_open() as calls:
            deliver_hooks(quick_world.house, calls)
        hook.drip.set()
    assert time.monotonic() - start < 4
    assert hook.lines == 2
    assert row(quick_world, made.hook.id).next_seq == size(quick_world)


@pytest.mark.parametrize(
    "count",
    [300, pytest.param(10_000, marks=pytest.mark.slow)],
    ids=["few", "all"],
)
def test_a_long_log_is_told_in_bounded_memory_and_time(
    kept_world: World, certificate: Certified, count: int
) -> None:
    """What is measured here: docs/guides/hooks.md has the figures of a run of all."""
    happen(kept_world, count - size(kept_world) - 1)
    with webhook(certificate, keeps_open=True) as hook:
        made = hooked(kept_world, url=hook.url, since=0)
        start = time.monotonic()
        with sender_to(certificate).kept_open() as calls:
            assert deliver_hook(kept_world.house, calls, made.hook.id) == count
        seconds = time.monotonic() - start
    assert seconds < count / 20, f"{count} entries in {seconds:.1f} s on {kept_world.place.kind}"
    assert [body["seq"] for body in hook.bodies()] == list(range(count))


def test_of_a_long_log_no_more_than_a_portion_is_in_memory(
    quick_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    entries = MemoryWriting.entries

    def counted(self: MemoryWriting, first: int = 0, end: int | None = None) -> Iterator[Entry]:
        asked.append((self.size() if end is None else end) - first)
        return entries(self, first, end)

    happen(quick_world, 300)
    hooked(quick_world, since=0)
    monkeypatch.setattr(MemoryWriting, "entries", counted)
    assert deliver_hooks(quick_world.house, Answering()) == size(quick_world)
    assert max(asked) <= PORTION
