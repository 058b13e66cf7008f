"""Mail handed to a real server: every way of encryption, and every way in which a server says no."""

import socket
import ssl
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.smtp import Envelope

from adjudge.post.attempt import Attempt, Delivered, Refused, Retry
from adjudge.post.mailer import Mailer, Tls
from tests.ports import free_port
from tests.receivers import HOST, PASSWORD, USER, Certified, MailServer, mail_server
from tests.rooms.post.outgoing import MAIL, mail

SENDER = "notices@platform.example"


def to(
    port: int,
    tls: Tls = Tls.NONE,
    certificate: Certified | None = None,
    *,
    user: str = "",
    password: str = "",
) -> Mailer:
    context = certificate.client if certificate is not None else None
    way = Mailer(host=HOST, port=port, sender=SENDER, tls=tls, context=context, timeout=5)
    return replace(way, user=user, password=password)


def content_of(envelope: Envelope) -> bytes:
    assert isinstance(envelope.content, bytes)
    return envelope.content


def assert_taken(attempt: Attempt, server: MailServer) -> None:
    assert attempt == Delivered("250 OK: queued as 4711")
    (envelope,) = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [MAIL.to])


def test_a_notice_is_taken_with_the_answer_of_the_server_as_proof() -> None:
    with mail_server() as server:
        assert_taken(to(server.port).send(MAIL), server)
    found = message_from_bytes(content_of(server.taken[0]), policy=default)
    assert found["Message-ID"] == MAIL.message
    text = found.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == MAIL.text.splitlines(), "lines that begin with a stop are whole"


def test_a_notice_goes_encrypted_after_a_greeting(certificate: Certified) -> None:
    with mail_server(certificate, login=True) as server:
        mailer = to(server.port, Tls.STARTTLS, certificate, user=USER, password=PASSWORD)
        assert_taken(mailer.send(MAIL), server)
        assert server.sessions[0].ssl is not None
        assert server.sessions[0].authenticated


@pytest.mark.filterwarnings(
    "ignore:Requiring AUTH:UserWarning"
)  # it does not count what is encrypted below it
def test_a_notice_goes_encrypted_from_the_start(certificate: Certified) -> None:
    with mail_server(certificate, implicit=True, login=True) as server:
        mailer = to(server.port, Tls.IMPLICIT, certificate, user=USER, password=PASSWORD)
        assert_taken(mailer.send(MAIL), server)


def test_a_server_whose_certificate_nobody_knows_gets_nothing(certificate: Certified) -> None:
    with mail_server(certificate) as server:
        mailer = replace(to(server.port, Tls.STARTTLS), context=ssl.create_default_context())
        ended = mailer.send(MAIL)
        assert isinstance(ended, Retry)
        assert ended.everyone
        assert "certificate" in ended.error
    assert not server.taken


def test_a_server_that_does_not_encrypt_gets_nothing_where_it_should() -> None:
    with mail_server() as server:
        ended = to(server.port, Tls.STARTTLS).send(MAIL)
        assert isinstance(ended, Retry)
        assert not server.taken


def test_a_wrong_password_is_for_us_to_mend_and_stands_nowhere(certificate: Certified) -> None:
    with mail_server(certificate, login=True) as server:
        mailer = to(server.port, Tls.STARTTLS, certificate, user=USER, password="wrong secret")  # noqa: S106
        ended = mailer.send(MAIL)
    assert isinstance(ended, Retry)
    assert ended.everyone
    assert "wrong secret" not in f"{ended} {mailer}"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("450 4.2.1 mailbox busy", Retry),
        ("451 4.7.1 greylisted", Retry),
        ("550 5.1.1 no such mailbox", Refused),
        ("552 5.2.2 mailbox full", Refused),
        ("553 no", Refused),
        ("530 5.7.0 authentication required", Retry),
        ("554 5.7.1 relay access denied", Retry),
    ],
)
def test_what_is_said_of_the_addressee_decides_whether_it_is_tried_again(
    answer: str, kind: type[Attempt]
) -> None:
    with mail_server() as server:
        server.to_recipient, server.to_data = [answer, "250 OK"], [answer]
        first, second = to(server.port).send(MAIL), to(server.port).send(MAIL)
    for ended in (first, second):
        assert isinstance(ended, kind)
        assert not isinstance(ended, Delivered)
        assert ended.error == answer


def test_a_message_that_was_taken_is_taken_though_the_line_drops_after() -> None:
    with mail_server() as server:
        ended = to(server.port).send(MAIL)
        assert isinstance(ended, Delivered)
        server.to_data = ["drop"]
        ended = to(server.port).send(MAIL)
        assert isinstance(ended, Retry), "nobody has said that it was taken"
        server.to_data = ["taken"]
        assert isinstance(to(server.port).send(MAIL), Retry)
        assert len({message_from_bytes(content_of(item))["Message-ID"] for item in server.taken}) == 1


def test_no_server_at_all_is_tried_again() -> None:
    ended = to(free_port()).send(MAIL)
    assert isinstance(ended, Retry)
    assert ended.everyone


@pytest.mark.parametrize("says", [b"", b"hello\r\n", b"220 ok\r\n" * 1000, b"5" * 10_000])
def test_a_server_that_speaks_something_else_is_tried_again_in_bounded_time(says: bytes) -> None:
    with socket.create_server((HOST, 0)) as listening:
        ended = threading.Event()
        thread = threading.Thread(target=_speak, args=(listening, says, ended))
        thread.start()
        mailer = replace(to(listening.getsockname()[1]), timeout=1, limit=1)
        assert isinstance(mailer.send(MAIL), Retry)
        ended.set()
        thread.join()


def _speak(listening: socket.socket, says: bytes, ended: threading.Event) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.sendall(says)
        ended.wait(10)


def test_an_address_beyond_ascii_is_sent_as_it_is_where_the_server_can() -> None:
    address = "andré@brasserie-été.example"
    with mail_server() as server:
        assert isinstance(to(server.port).send(mail(to=address)), Delivered)
    assert server.taken[0].rcpt_tos == ["andré@xn--brasserie-t-kbbb.example"]
    assert f"To: {server.taken[0].rcpt_tos[0]}\r\n".encode() in content_of(server.taken[0])


def test_an_address_that_is_none_is_refused_without_a_connection() -> None:
    ended = to(1).send(mail(to="a@example.org\r\nRCPT TO:<b@example.org>"))
    assert isinstance(ended, Refused)
