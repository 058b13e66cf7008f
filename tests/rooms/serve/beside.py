"""A sidecar for tests: in a thread of the test, or as the processes that it is in use; and peers that speak to it."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adjudge.serve.follow import Follower
from adjudge.serve.sidecar.board import Board, Tally, new_board
from adjudge.serve.sidecar.service import Service
from adjudge.serve.sidecar.wire import SWEEP, Bounds, Door
from adjudge.serve.sidecar.worker import quick_loop
from tests.ports import free_port
from tests.rooms.serve.folder import signer

Address = Any
"""A host and a port, or a path."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer."""

    status: int
    head: str
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Beside:
    """A service that is asked at an address."""

    address: Address
    door: Door
    board: Board
    stopped: threading.Event

    def ask(self, body: object) -> Heard:
        """Check something."""
        return self.post(json.dumps(body).encode())

    def post(self, body: bytes) -> Heard:
        """Check whatever it is."""
        return self.say(request("POST", "/v1/check", body))

    def get(self, target: str, method: str = "GET") -> Heard:
        """Ask for something."""
        return self.say(request(method, target))

    def say(self, told: bytes) -> Heard:
        """One request, and its answer."""
        with connected(self.address) as peer:
            peer.sendall(told)
            return heard(peer)


def request(method: str, target: str, body: bytes = b"", more: str = "Connection: close\r\n") -> bytes:
    """A request as bytes."""
    return (
        f"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body
    )


@contextmanager
def connected(address: Address, patience: float = 20) -> Iterator[socket.socket]:
    """A connection."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as peer:
        peer.settimeout(patience)
        peer.connect(address)
        yield peer


def heard(peer: socket.socket, known: bytes = b"", *, is_head: bool = False) -> Heard:
    """The next answer. Fails where the connection ends before."""
    found, rest = next_of(peer, known, is_head=is_head)
    assert rest == b""
    return found


def next_of(peer: socket.socket, known: bytes = b"", *, is_head: bool = False) -> tuple[Heard, bytes]:
    """The next answer, and what came behind it."""
    told = known
    while b"\r\n\r\n" not in told:
        told += _more(peer)
    head, _, body = told.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    (length,) = (int(line[15:]) for line in lines if line.lower().startswith("content-length:"))
    length = 0 if is_head else length
    while len(body) < length:
        body += _more(peer)
    return Heard(int(lines[0].split()[1]), head.decode(), body[:length]), body[length:]


def _more(peer: socket.socket) -> bytes:
    told = peer.recv(1 << 16)
    assert told, "the connection ended"
    return told


def is_ended(peer: socket.socket) -> bool:
    """Whether the other side has ended the connection, and said nothing more."""
    try:
        return peer.recv(1) == b""
    except ConnectionResetError:
        return True


@contextmanager
def beside(follower: Follower, bounds: Bounds | None = None, unix: Path | None = None) -> Iterator[Beside]:
    """A service while it is needed, in a thread."""
    board = new_board(2)
    service = Service(follower, board, Tally(board.row(0)))
    door = Door(service.answer, service.count, bounds or Bounds())
    sock = socket.socket(socket.AF_UNIX) if unix else socket.socket()
    sock.bind(str(unix) if unix else ("127.0.0.1", 0))
    stopped = threading.Event()
    thread = threading.Thread(target=_run, args=(door, sock, stopped, bool(unix)))
    sock.listen(64)
    address: Address = sock.getsockname()
    thread.start()
    try:
        yield Beside(address, door, board, stopped)
    finally:
        stopped.set()
        thread.join()
        os.close(board.file)


def _run(door: Door, sock: socket.socket, stopped: threading.Event, is_unix: bool) -> None:  # noqa: FBT001 - for a thread
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        door.sweep()
        make = loop.create_unix_server if is_unix else loop.create_server
        server = await make(door.wire, sock=sock)
        while not stopped.is_set():
            door.sweep()
            await asyncio.sleep(SWEEP / 10)
        server.close()
        await door.close(5)

    with asyncio.Runner(loop_factory=quick_loop()) as runner:
        runner.run(serve())


# --- as processes ---


@dataclass(slots=True)
class Sidecar:
    """`adjudge serve` as a program."""

    process: "subprocess.Popen[str]"
    address: Address

    def get(self, target: str) -> Heard:
        """Ask for something."""
        with connected(self.address) as peer:
            peer.sendall(request("GET", target))
            return heard(peer)

    def ask(self, body: object) -> Heard:
        """Check something."""
        with connected(self.address) as peer:
            peer.sendall(request("POST", "/v1/check", json.dumps(body).encode()))
            return heard(peer)

    def metric(self, name: str) -> int:
        """What a line of the metrics says."""
        lines = self.get("/metrics").body.decode().splitlines()
        (found,) = (line for line in lines if line.startswith(f"adjudge_serve_{name} "))
        return int(found.rpartition(" ")[2])


def own_environment(**more: str) -> dict[str, str]:
    """The environment without our own settings but these."""
    others = {name: text for name, text in os.environ.items() if not name.startswith("ADJUDGE_")}
    return {**others, **more}


@contextmanager
def sidecar(*options: str, key: str = "", environment: dict[str, str] | None = None) -> Iterator[Sidecar]:
    """The program while it is needed, once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "adjudge.cli.main", "serve", f"--tcp=127.0.0.1:{port}"]
    with subprocess.Popen(
        [*command, f"--log-key={key or signer().verifier}", "--without=deny", *options],
        stdout=subprocess.PIPE,
        text=True,
        env=own_environment(**(environment or {})),
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("It is asked at"), "it ended before it answered"
            yield Sidecar(process, ("127.0.0.1", port))
        finally:
            process.terminate()


def soon(seconds: float = 60) -> Iterator[None]:
    """Again and again, until so much time has passed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.01)
    raise TimeoutError
