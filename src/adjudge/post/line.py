"""A line to one machine by HTTPS, kept open between requests as long as both sides go on.

Not what is asked: only that the other end was looked at, that each answer has its time, and that no more is read of it
than is wanted.
"""

import http.client
import select
import socket
import ssl
from dataclasses import dataclass

from adjudge.post.limit import limited
from adjudge.post.reaching import Target, connect

MOST_READ = 1_000
"""Bytes of an answer that are read at most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the machine answered; of its body the beginning."""

    status: int
    reason: str
    said: bytes


@dataclass(slots=True, kw_only=True)
class Line:
    """`private` lets the machine be one of one's own network. Whoever opens a line closes it."""

    context: ssl.SSLContext
    private: bool
    timeout: int
    limit: int
    target: Target | None = None
    connection: http.client.HTTPConnection | None = None
    held: socket.socket | None = None
    """That of the connection, which lets go of it by itself before it has read an answer that closes it."""

    def ask(self, target: Target, headers: dict[str, str], body: bytes) -> Answer:
        """Ask once. Raises OSError (PrivateAddressError too), HTTPException, ValueError; the line is then shut."""
        if not self._is_open(target):
            self._open(target)
        try:
            return self._asked(target, headers, body)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Shut the line, if it is open."""
        if self.connection is not None:
            self.connection.close()
        self.connection, self.target, self.held = None, None, None

    def _is_open(self, target: Target) -> bool:
        """Whether the line leads there, and the other side has not shut it meanwhile."""
        if self.connection is None or self.target != target or self.connection.sock is None:
            return False
        look = select.poll()
        look.register(self.connection.sock, select.POLLIN)
        return not look.poll(0)

    def _open(self, target: Target) -> None:
        self.close()
        raw = connect(target, self.timeout, private=self.private)
        raw.setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
        )  # a request goes out in two parts, both at once
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.auto_open = 0  # by itself it would connect anew, without looking where
        connection.sock = raw  # closed with the connection, whatever the handshake comes to
        self.connection, self.target, self.held = connection, target, raw

    def _asked(self, target: Target, headers: dict[str, str], body: bytes) -> Answer:
        connection = self.connection
        if connection is None:
            raise http.client.NotConnected
        with limited(lambda: self.held, self.limit):
            self._encrypted(connection, target)
            connection.request("POST", target.path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.reason, response.read(MOST_READ))
            if not response.isclosed():
                self.close()  # more was said than is read: nothing else can be asked over it
        return answer

    def _encrypted(self, connection: http.client.HTTPConnection, target: Target) -> None:
        """Encrypted once, within the time of the first request: a machine can drip in its greeting too."""
        if isinstance(connection.sock, ssl.SSLSocket):
            return
        encrypted = self.context.wrap_socket(
            connection.sock, server_hostname=target.host, do_handshake_on_connect=False
        )
        connection.sock = self.held = encrypted
        encrypted.do_handshake()
