"""Calls to a real receiver: signed, bounded, to the public network only, and never where an answer points."""

import time
from dataclasses import replace

import pytest

from adjudge.post.attempt import Attempt, Delivered, Refused, Retry
from adjudge.post.reaching import is_public, target_of
from adjudge.post.signing import signed_headers, webhook_id
from adjudge.post.webhook import WebhookSender
from tests.ports import free_port
from tests.receivers import Certified, dripping, is_signed, webhook
from tests.rooms.post.outgoing import AT, MAIL, SECRET, call


@pytest.fixture
def sender(certificate: Certified) -> WebhookSender:
    return WebhookSender(private=True, context=certificate.client, timeout=5, limit=5)


def test_a_call_is_signed_and_its_answer_is_the_proof(certificate: Certified, sender: WebhookSender) -> None:
    with webhook(certificate) as hook:
        assert sender.send(call(hook.url)) == Delivered("204 No Content")
        hook.answers.append((200, {}, "reçu\x1b[31m".encode()))
        assert sender.send(call(hook.url)) == Delivered("200 OK reçu [31m")
    for headers, body in hook.calls:
        assert is_signed(SECRET, headers, body)
        assert not is_signed(SECRET, headers, body + b" ")
        assert headers["webhook-id"] == "N-000001-1-2@adjudge-test"
        assert headers["webhook-timestamp"] == str(AT.nanos // 10**9)
        assert headers["host"] == f"localhost:{hook.port}"
        assert headers["content-type"] == "application/json; charset=utf-8"
    assert hook.bodies() == [{"title": "été", "n": "1"}] * 2


def test_the_example_of_standard_webhooks_is_signed_as_there() -> None:
    body = b'{"test": 2432232314}'
    at = replace(AT, nanos=1_614_265_330 * 10**9)
    found = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_name_of_a_call_has_no_stops_which_part_what_is_signed() -> None:
    assert "." not in webhook_id(MAIL.message)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, Delivered),
        (202, Delivered),
        (301, Retry),
        (400, Retry),
        (404, Retry),
        (410, Refused),
        (500, Retry),
    ],
)
def test_the_status_decides_and_no_answer_is_followed(
    certificate: Certified, sender: WebhookSender, status: int, kind: type[Attempt]
) -> None:
    with webhook(certificate) as hook:
        hook.answers.append((status, {"location": f"https://localhost:{hook.port}/elsewhere"}, b"said"))
        assert isinstance(sender.send(call(hook.url)), kind)
    assert len(hook.calls) == 1


def test_an_answer_without_end_is_read_no_further(certificate: Certified, sender: WebhookSender) -> None:
    with webhook(certificate) as hook:
        hook.answers.append((200, {}, b"x" * 5_000_000))
        ended = sender.send(call(hook.url))
    assert isinstance(ended, Delivered)
    assert len(ended.proof) == 500


@pytest.mark.parametrize(
    "began",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 900\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"",
    ],
    ids=["kept open", "closes", "no length", "HTTP/1.0", "in its headers", "from its first byte"],
)
def test_an_answer_that_drips_ends_in_bounded_time(
    certificate: Certified, sender: WebhookSender, began: bytes
) -> None:
    """However it would end: the library lets go of the connection before it reads an answer that closes it."""
    with dripping(certificate, began) as url:
        start = time.monotonic()
        ended = replace(sender, limit=1).send(call(url))
        seconds = time.monotonic() - start
    assert not isinstance(ended, Refused)
    assert 0.9 < seconds < 3


def test_nobody_there_and_a_certificate_that_nobody_knows_are_tried_again(
    certificate: Certified, sender: WebhookSender
) -> None:
    assert isinstance(sender.send(call(f"https://localhost:{free_port()}/")), Retry)
    with webhook(certificate) as hook:
        assert isinstance(WebhookSender(private=True).send(call(hook.url)), Retry)
        assert not hook.calls


def test_the_machines_beside_us_are_not_called(certificate: Certified) -> None:
    with webhook(certificate) as hook:
        sender = WebhookSender(context=certificate.client)
        for host in ("localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"):
            ended = sender.send(call(f"https://{host}:{hook.port}/"))
            assert isinstance(ended, Refused), host
    assert not hook.calls


def test_a_name_with_one_private_address_among_others_is_not_called(
    certificate: Certified, monkeypatch: pytest.MonkeyPatch
) -> None:
    with webhook(certificate) as hook:
        found = [(2, 1, 6, "", (text, hook.port)) for text in ("93.184.216.34", "127.0.0.1")]
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
        assert isinstance(WebhookSender(context=certificate.client).send(call(hook.url)), Refused)
    assert not hook.calls


@pytest.mark.parametrize(
    "text",
    """127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 240.0.0.1
    ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1::
    2001:0:7f00:1:: 2001:db8::1 fec0::1 ::7f00:1 64:ff9b:1::1 nonsense""".split(),
)
def test_addresses_of_networks_that_are_not_public(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize(
    "text", "93.184.216.34 1.1.1.1 2606:4700::1111 ::ffff:1.1.1.1 64:ff9b::101:101".split()
)
def test_addresses_of_the_public_network(text: str) -> None:
    assert is_public(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://user:pass@example.org/",
        "https://@example.org/",
        "https://example.org/#part",
        "https://example.org/a b",
        "https://example.org/\r\nhost: x",
        "https://exämple.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org:x/",
        "https:///path",
        "https://[::1",
        "ftp://example.org/",
        "//example.org",
        "https://example.org/" + "a" * 500,
        "",
    ],
)
def test_what_is_no_address_of_a_webhook(url: str) -> None:
    assert target_of(url) is None


def test_an_address_of_a_webhook_keeps_its_path_and_its_query() -> None:
    found = target_of("https://Example.org:8443/in?x=1&y")
    assert found is not None
    assert (found.host, found.port, found.path, found.authority) == (
        "example.org",
        8443,
        "/in?x=1&y",
        "example.org:8443",
    )


def test_a_secret_stands_in_no_text_of_a_call() -> None:
    assert SECRET not in repr(call("https://example.org/"))
