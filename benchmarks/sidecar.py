"""The sidecar over HTTP beside a no-op of the same server, and the time from a decision to its first denied check.

Run as `python -m benchmarks.sidecar` (`--keys`, `--seconds`, `--decisions`). One process answers; the no-op is the same
server in another process, which takes the same requests whole and answers each with the same number of bytes, unread.
A third process asks, each connection its next request as soon as it has the answer. They are asked in turn, some rounds
over; the best round of each counts. The second part runs an institution, who publishes, and a sidecar, each a process.
"""

import argparse
import asyncio
import json
import random
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.sidecar.wire import SWEEP, Asked, Door, Reply
from adjudge.serve.sidecar.worker import quick_loop
from benchmarks.timing import heading, line
from tests.journeys.institution.places import CHECKOUT, Place
from tests.journeys.institution.sidecars import beside, publishing
from tests.rooms.serve.beside import free_port, sidecar
from tests.rooms.serve.folder import Folder

ROUNDS = 3
DIFFERENT = 20_000
"""Questions that are asked in turn, so that not every answer was given before."""
BATCH = 100
_SCOPES = (
    Scope(kind="suspend", reason="ads/1"),
    Scope(kind="exclude", reason="ads/2", territories=("DE", "FR"), all_but=False),
    Scope(kind="limit", reason="ads/3"),
)
_HEAD = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class Told(NamedTuple):
    """What came of a round: requests in a second, and latencies in milliseconds."""

    rate: float
    p50: float
    p99: float


@dataclass(slots=True)
class Peer:
    """A connection that asks one thing after the other."""

    socket: socket.socket
    at: int
    began: float = 0.0
    known: bytes = b""
    missing: int = -1


def questions(keys: int) -> list[bytes]:
    """Questions about ads, half of which are in the table."""
    chance = random.Random(1)
    return [
        json.dumps(
            {
                "advertiser": f"adv-{chance.randrange(keys)}",
                "ad": f"{chance.choice(('ad', 'free'))}-{chance.randrange(keys)}",
                "landing": f"https://shop{chance.randrange(2_000)}.example.com/landing?id={chance.randrange(keys)}",
                "territory": chance.choice(("DE", "FR", "US")),
            }
        ).encode()
        for _ in range(DIFFERENT)
    ]


def requests_of(asked: list[bytes], size: int) -> list[bytes]:
    """Requests of one question each, or of batches."""
    if size == 1:
        return [_HEAD % (len(body), body) for body in asked]
    bodies = [
        b"[%b]" % b",".join(asked[first : first + size]) for first in range(0, len(asked) - size + 1, size)
    ]
    return [_HEAD % (len(body), body) for body in bodies]


def load(address: tuple[str, int], requests: list[bytes], connections: int, seconds: float) -> Told:
    """Ask for so long."""
    selector, took, count = selectors.DefaultSelector(), [], len(requests)
    for number in range(connections):
        sock = socket.create_connection(address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(sock, selectors.EVENT_READ, Peer(sock, number * count // connections))
    start = time.perf_counter()
    end = start + seconds
    for key in list(selector.get_map().values()):
        key.data.began = time.perf_counter()
        key.data.socket.sendall(requests[key.data.at])
    while (now := time.perf_counter()) < end:
        for key, _ in selector.select():
            peer: Peer = key.data
            if _is_whole(peer):
                now = time.perf_counter()
                took.append(now - peer.began)
                peer.at = (peer.at + 1) % count
                peer.began = now
                peer.socket.sendall(requests[peer.at])
    for key in list(selector.get_map().values()):
        key.data.socket.close()
    took.sort()
    return Told(len(took) / (now - start), took[len(took) // 2] * 1_000, took[int(len(took) * 0.99)] * 1_000)


def _is_whole(peer: Peer) -> bool:
    """Take what has come; whether it is the whole answer."""
    chunk = peer.socket.recv(1 << 18)
    if not chunk:
        sys.exit("the connection ended")
    if peer.missing < 0:
        peer.known += chunk
        head, found, body = peer.known.partition(b"\r\n\r\n")
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            sys.exit(peer.known.decode())
        length = head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]
        peer.missing = int(length) - len(body)
    else:
        peer.missing -= len(chunk)
    if peer.missing:
        return False
    peer.known, peer.missing = b"", -1
    return True


# --- the no-op ---


async def _answer_nothing(port: int, size: int) -> None:
    reply = Reply(200, b"x" * size)

    def answering(_: Asked) -> Reply:
        return reply

    door, loop, stopped = Door(answering), asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    door.sweep()
    server = await loop.create_server(door.wire, "127.0.0.1", port)
    print("ready", flush=True)
    while not stopped.is_set():
        await asyncio.sleep(SWEEP)
        door.sweep()
    server.close()


@contextmanager
def nothing(size: int) -> Iterator[tuple[str, int]]:
    """A server that answers everything with so many bytes."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.sidecar", "--nothing", f"{port},{size}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT) as process:
        assert process.stdout is not None  # noqa: S101 - for the types
        process.stdout.readline()
        try:
            yield "127.0.0.1", port
        finally:
            process.terminate()


# --- what is timed ---


def beside_nothing(keys: int, seconds: float) -> None:
    """Single questions and batches, with few and with many connections."""
    asked = questions(keys)
    with TemporaryDirectory() as name:
        folder = Folder(Path(name), now=time.time_ns() // 1_000_000 + 3_600_000)
        folder.publish(
            1,
            {
                f"c:ad-{number}": (Served(scope=_SCOPES[number % len(_SCOPES)], decision=f"X-{number:06d}"),)
                for number in range(keys)
            },
        )
        with sidecar(f"--folder={name}") as running:
            heading(
                f"{keys:,} keys, {DIFFERENT:,} questions", "requests/s", "p50 ms", "p99 ms", "questions/s"
            )
            for size in (1, BATCH):
                requests = requests_of(asked, size)
                answer = running.ask(json.loads(requests[0].partition(b"\r\n\r\n")[2]))
                with nothing(len(answer.body)) as empty:
                    for connections in (1, 16):
                        _row(running.address, empty, requests, (size, connections, seconds))


def _row(
    address: tuple[str, int],
    empty: tuple[str, int],
    requests: list[bytes],
    told: tuple[int, int, float],
) -> None:
    size, connections, seconds = told
    rounds = [
        (load(empty, requests, connections, seconds), load(address, requests, connections, seconds))
        for _ in range(ROUNDS)
    ]
    free, ours = (max(column, key=lambda item: item.rate) for column in zip(*rounds, strict=True))
    what = "single" if size == 1 else f"batch of {size}"
    line(f"no-op, {what}, {connections} connections", free.rate, free.p50, free.p99, "")
    line(f"check, {what}, {connections} connections", ours.rate, ours.p50, ours.p99, ours.rate * size)
    line("  check / no-op", free.rate / ours.rate, ours.p50 / free.p50, ours.p99 / free.p99, "")


def end_to_end(count: int) -> None:
    """From when a decision is acknowledged to its first denied check, and from its reversal until it runs again."""
    with TemporaryDirectory(prefix="adjudge-") as name:
        place = Place(Path(name))
        try:
            clerk = place.founded(count)
            with publishing(place), beside(place, clerk, f"--folder={place.folder / 'serving'}") as running:
                denied = [running.denied(number) for number in range(count)]
                allowed = [running.allowed(number) for number in range(count)]
        finally:
            place.close()
    heading(f"{count:,} decisions, SQLite", "p50 ms", "p99 ms", "max ms")
    for title, times in (
        ("from a decision to its denied check", denied),
        ("from its reversal to an allowed one", allowed),
    ):
        times.sort()
        line(title, *(times[int((count - 1) * share)] * 1_000 for share in (0.5, 0.99, 1)))


def main() -> None:
    """Time what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--keys", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--decisions", type=int, default=100)
    asked.add_argument("--nothing", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.nothing:
        port, size = map(int, given.nothing.split(","))
        with asyncio.Runner(loop_factory=quick_loop()) as runner:
            runner.run(_answer_nothing(port, size))
        return
    if given.seconds:
        beside_nothing(given.keys, given.seconds)
    if given.decisions:
        end_to_end(given.decisions)


if __name__ == "__main__":
    main()
