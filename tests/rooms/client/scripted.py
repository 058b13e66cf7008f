"""A server on a socket that answers as a test has written down, by connection, and notes what it was sent."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

CLOSE = b""
"""In place of an answer: the connection is closed, and the request was in vain."""
SILENT = b"\x00"
"""In place of an answer: none comes, for as long as anybody waits."""


@dataclass
class Scripted:
    """What is answered: a sequence for each connection, one after another."""

    script: Sequence[Sequence[bytes]]
    requests: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def header(self, number: int, name: str) -> str:
        """A header of a request, counted from 0."""
        head = self.requests[number].partition(b"\r\n\r\n")[0].decode("latin-1")
        return next(
            (
                line.partition(": ")[2]
                for line in head.split("\r\n")
                if line.lower().startswith(f"{name.lower()}:")
            ),
            "",
        )


@contextmanager
def scripted(*script: Sequence[bytes]) -> Iterator[Scripted]:
    """Give a server of a script."""
    server = Scripted(script)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(server, listener))
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(server: Scripted, listener: socket.socket) -> None:
    for answers in server.script:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            for answer in answers:
                request = _request(connection)
                if not request:
                    break
                server.requests.append(request)
                if answer == CLOSE:
                    break
                if answer == SILENT:
                    connection.recv(1)  # until the other side has enough of it
                    break
                connection.sendall(answer)


def _request(connection: socket.socket) -> bytes:
    """A whole request; empty where the other side is gone."""
    content = b""
    while b"\r\n\r\n" not in content:
        portion = connection.recv(65_536)
        if not portion:
            return b""
        content += portion
    head, _, body = content.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    length = int(lengths[0].partition(b":")[2]) if lengths else 0
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def answer(status: int, body: bytes = b"{}", **headers: str) -> bytes:
    """An answer as it travels."""
    told = {"Content-Length": str(len(body)), "Content-Type": "application/json"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
