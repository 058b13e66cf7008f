"""Receivers for tests: a mail server and a webhook that are really there, with certificates of their own.

Not stand-ins: mail comes in over SMTP and calls over HTTPS, on addresses of this machine. How they answer is set by
the test, message by message.
"""

import asyncio
import base64
import datetime as dt
import hmac
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ports import free_port

HOST = "127.0.0.1"
USER, PASSWORD = "platform", "a password of tests"


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate for this machine: what a server shows, and what a client then trusts."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certified(folder: Path) -> Certified:
    """Make one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(HOST))]
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    shown, secret = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(encoding))
    secret.write_bytes(key.private_bytes(encoding, private, serialization.NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, secret)
    return Certified(server, ssl.create_default_context(cafile=str(shown)))


# --- mail ---


@dataclass
class MailServer:
    """What came in, and how the next steps are answered: the answers of each step are used up in order."""

    port: int
    taken: list[Envelope] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to an addressee."""
        self.sessions.append(session)
        answer = self.to_recipient.pop(0) if self.to_recipient else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or drop the line: `drop` before it is taken, `taken` after."""
        answer = self.to_data.pop(0) if self.to_data else "250 OK: queued as 4711"
        if answer != "drop" and answer.startswith(("2", "taken")):
            self.taken.append(envelope)
        if answer in {"drop", "taken"}:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        return answer


@contextmanager
def mail_server(
    certificate: Certified | None = None, *, implicit: bool = False, login: bool = False, port: int = 0
) -> Iterator[MailServer]:
    """A mail server on this machine."""
    found = MailServer(port or free_port())
    told: dict[str, Any] = {"enable_SMTPUTF8": True}
    if certificate is not None and implicit:
        told["ssl_context"] = certificate.server
    elif certificate is not None:
        told |= {"tls_context": certificate.server, "require_starttls": True}
    if login:
        told |= {"authenticator": _known, "auth_required": True, "auth_require_tls": not implicit}
    controller = Controller(found, hostname=HOST, port=found.port, **told)
    controller.start()
    try:
        yield found
    finally:
        controller.stop()


def _known(_server: object, _session: object, _envelope: object, _way: str, who: object) -> AuthResult:
    is_known = isinstance(who, LoginPassword) and (who.login, who.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_known, handled=False)


# --- webhooks ---


@dataclass
class Hook:
    """What was called, and how the next calls are answered: status and headers, in order; then 204."""

    port: int
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    drip: threading.Event | None = None
    lines: int = 0
    """How many connections were made."""

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/notices?from=adjudge"

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.calls]


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether a call is signed as Standard Webhooks has it; written from its text, not from our code."""
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    wanted = base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
    return f"v1,{wanted}" in headers["webhook-signature"].split(" ")


@contextmanager
def webhook(certificate: Certified, *, keeps_open: bool = False) -> Iterator[Hook]:
    """A receiver of calls on this machine; one that keeps lines open takes many calls over one."""
    server = ThreadingHTTPServer((HOST, 0), _handler(lambda: found, "HTTP/1.1" if keeps_open else "HTTP/1.0"))
    server.daemon_threads = True
    server.socket = certificate.server.wrap_socket(server.socket, server_side=True)
    found = Hook(int(server.server_address[1]))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hook: Callable[[], Hook], version: str) -> type[BaseHTTPRequestHandler]:
    class Receiving(BaseHTTPRequestHandler):
        protocol_version = version
        disable_nagle_algorithm = True

        def setup(self) -> None:
            hook().lines += 1
            super().setup()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            hook().calls.append(({key.lower(): text for key, text in self.headers.items()}, body))
            status, headers, said = hook().answers.pop(0) if hook().answers else (204, {}, b"")
            self.send_response(status)
            for name, text in {**headers, "content-length": str(len(said))}.items():
                self.send_header(name, text)
            self.end_headers()
            drip = hook().drip
            with suppress(OSError):
                for byte in said if drip is not None else ():
                    self.wfile.write(bytes([byte]))
                    if drip is not None and drip.wait(0.05):
                        return
                self.wfile.write(b"" if drip is not None else said)

        def do_GET(self) -> None:
            hook().calls.append(({"method": "GET"}, b""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Receiving


@contextmanager
def dripping(certificate: Certified, began: bytes) -> Iterator[str]:
    """A receiver that begins its answer so, and then sends a byte now and then for ten seconds; its address."""
    stopped = threading.Event()
    with socket.create_server((HOST, 0)) as server:
        thread = threading.Thread(target=_drip, args=(server, certificate, began, stopped))
        thread.start()
        try:
            yield f"https://localhost:{server.getsockname()[1]}/"
        finally:
            stopped.set()
            thread.join()


def _drip(server: socket.socket, certificate: Certified, began: bytes, stopped: threading.Event) -> None:
    plain, _ = server.accept()
    with suppress(OSError), certificate.server.wrap_socket(plain, server_side=True) as line:
        line.recv(65_536)
        line.sendall(began)
        for _ in range(50):
            line.sendall(b"x")
            if stopped.wait(0.2):
                return


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """Give a certificate for this machine."""
    return certified(tmp_path_factory.mktemp("certificate"))
