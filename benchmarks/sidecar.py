"""The sidecar over HTTP beside a no-op of the same server, and the time from a decision to its first denied check.

Run as `python -m benchmarks.sidecar` (`--keys`, `--seconds`, `--decisions`). One process answers; the no-ops are the
same server in other processes. One takes the same requests whole and answers each with the same number of bytes,
unread; the other one also reads the questions, and answers each that nothing is known. One more process asks, each
connection its next request as soon as it has the answer. They are asked in turn, some rounds over; the best round of
each counts. The second part runs an institution, who publishes, and a sidecar, each a process.
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

import psutil

from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.answer import FREE
from adjudge.serve.sidecar.asking import Question, Written, read_questions
from adjudge.serve.sidecar.wire import SWEEP, Answering, Asked, Door, Reply
from adjudge.serve.sidecar.worker import quick_loop
from benchmarks.timing import heading, line
from tests.journeys.institution.places import CHECKOUT, Place
from tests.journeys.institution.sidecars import beside, publishing
from tests.ports import free_port
from tests.rooms.serve.beside import sidecar
from tests.rooms.serve.folder import Folder

Address = tuple[str, int]
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
    """What came of a round: requests in a second, latencies in milliseconds, the server's time for one in µs of CPU."""

    rate: float
    p50: float
    p99: float
    cpu: float


class Server(NamedTuple):
    """Where it is asked, and its process."""

    address: Address
    process: psutil.Process

    def spent(self) -> float:
        """Seconds of CPU until now."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


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


def load(server: Server, requests: list[bytes], connections: int, seconds: float) -> Told:
    """Ask for so long."""
    selector, took, count = selectors.DefaultSelector(), [], len(requests)
    for number in range(connections):
        sock = socket.create_connection(server.address)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(sock, selectors.EVENT_READ, Peer(sock, number * count // connections))
    start, before = time.perf_counter(), server.spent()
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
    spent = server.spent() - before
    took.sort()
    return Told(
        rate=len(took) / (now - start),
        p50=took[len(took) // 2] * 1_000,
        p99=took[int(len(took) * 0.99)] * 1_000,
        cpu=spent / len(took) * 1_000_000,
    )


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


def _answering(way: str, size: int) -> Answering:
    reply, written = Reply(200, b"x" * size), Written()

    def unread(_: Asked) -> Reply:
        return reply

    def alike(asked: Asked) -> Reply:
        found = read_questions(asked.body)
        if isinstance(found, Question):
            return Reply(200, written.one(FREE)[0])
        return Reply(200, b"[%b]" % b",".join([written.one(FREE)[0] for _ in found]))

    return unread if way == "unread" else alike


async def _answer_nothing(way: str, port: int, size: int) -> None:
    door, loop, stopped = Door(_answering(way, size)), asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    door.sweep()
    server = await loop.create_server(door.wire, "127.0.0.1", port)
    print("ready", flush=True)
    while not stopped.is_set():
        await asyncio.sleep(SWEEP)
        door.sweep()
    server.close()


@contextmanager
def nothing(way: str, size: int) -> Iterator[Server]:
    """A server that answers everything with so many bytes, or every question alike."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.sidecar", "--nothing", f"{way},{port},{size}"]
    # In a session of its own, as the processes of a sidecar are: systems share their time between sessions.
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT, start_new_session=True) as process:
        assert process.stdout is not None  # noqa: S101 - for the types
        process.stdout.readline()
        try:
            yield Server(("127.0.0.1", port), psutil.Process(process.pid))
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
            (worker,) = psutil.Process(running.process.pid).children()
            check = Server(running.address, worker)
            what = f"{keys:,} keys, {DIFFERENT:,} questions"
            heading(what, "requests/s", "p50 ms", "p99 ms", "CPU µs", "questions/s")
            for size in (1, BATCH):
                requests = requests_of(asked, size)
                answer = running.ask(json.loads(requests[0].partition(b"\r\n\r\n")[2]))
                with nothing("unread", len(answer.body)) as unread, nothing("alike", 0) as alike:
                    for connections in (1, 16):
                        ways = {"no-op": unread, "no-op that reads": alike, "check": check}
                        _rows(ways, requests, (size, connections, seconds))


def _rows(ways: dict[str, Server], requests: list[bytes], told: tuple[int, int, float]) -> None:
    size, connections, seconds = told
    found: dict[str, list[Told]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, server in ways.items():
            found[name].append(load(server, requests, connections, seconds))
    # Of each figure the best: whatever else the machine does makes it worse.
    best = {name: _best(rounds) for name, rounds in found.items()}
    what = f"{'single' if size == 1 else f'batch of {size}'}, {connections} at once"
    for name, item in best.items():
        line(f"{what}: {name}", *item, item.rate * size)
    ours = best.pop("check")
    for name, item in best.items():
        line(
            f"  check / {name}",
            item.rate / ours.rate,
            ours.p50 / item.p50,
            ours.p99 / item.p99,
            ours.cpu / item.cpu,
            "",
        )


def _best(rounds: list[Told]) -> Told:
    rates, *others = zip(*rounds, strict=True)
    return Told(max(rates), *map(min, others))


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
        way, port, size = given.nothing.split(",")
        with asyncio.Runner(loop_factory=quick_loop()) as runner:
            runner.run(_answer_nothing(way, int(port), int(size)))
        return
    if given.seconds:
        beside_nothing(given.keys, given.seconds)
    if given.decisions:
        end_to_end(given.decisions)


if __name__ == "__main__":
    main()
