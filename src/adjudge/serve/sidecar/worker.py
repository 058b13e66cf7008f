"""A process of a sidecar: follows the folder, and answers at doors that another process opened.

Run as `python -m adjudge.serve.sidecar.worker` by `adjudge.serve.sidecar.running`, with the numbers of the open files.
It ends when it is told to, and when whoever started it is gone.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from adjudge.serve.follow import Follower
from adjudge.serve.sidecar.board import ALARMS, OTHER, PLACE, Board, Tally, board_of
from adjudge.serve.sidecar.plan import Plan
from adjudge.serve.sidecar.service import Service
from adjudge.serve.sidecar.wire import SWEEP, Door
from adjudge.serve.trust import read_trusted

GRACE = 10.0
"""Seconds that requests under way have when a worker is to stop."""
LOOK = 100
"""Milliseconds between two looks at the folder."""
BACKLOG = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A worker's place: its row of the board, the board's file, and the doors."""

    row: int
    rows: int
    board: int
    doors: tuple[int, ...]

    def arguments(self) -> list[str]:
        """As it stands on the command line."""
        return [",".join(map(str, (self.row, self.rows, self.board, *self.doors)))]


def _post(text: str) -> Post:
    row, rows, board, *doors = map(int, text.split(","))
    return Post(row=row, rows=rows, board=board, doors=tuple(doors))


def main() -> int:
    """Answer until told to stop."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # until there is something to be stopped
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    post, plan = _post(sys.argv[1]), Plan.of_text(sys.stdin.readline())
    board = board_of(post.board, post.rows)
    follower = Follower(plan.folder, map(read_trusted, plan.keys), without=plan.without)
    follower.start(LOOK)
    doors = [socket.socket(fileno=number) for number in post.doors]
    with asyncio.Runner(loop_factory=quick_loop()) as runner:
        runner.run(_serve(follower, board, post.row, doors))
    follower.close()
    return 0


def quick_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The quicker loop, where there is one for the system."""
    try:
        import uvloop  # noqa: PLC0415 - not installed everywhere
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(follower: Follower, board: Board, row: int, doors: list[socket.socket]) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    with suppress(OSError, ValueError):  # where standard input is a file, nobody holds its other end
        loop.add_reader(0, _ended, stopped)
    tally = Tally(board.row(row))
    service = Service(follower, board, tally)
    door = Door(service.answer, service.count)
    door.sweep()
    servers = [
        await loop.create_server(door.wire, sock=sock, backlog=BACKLOG)
        for sock in doors
        if not _is_unix(sock)
    ]
    servers += [
        await loop.create_unix_server(door.wire, sock=sock, backlog=BACKLOG)
        for sock in doors
        if _is_unix(sock)
    ]
    tally.counts[PLACE["alive",]] = os.getpid()
    tidying = loop.create_task(_tidy(door, follower, tally))
    await stopped.wait()
    await asyncio.sleep(SWEEP / 4)  # whoever stands at a door is let in before it is closed
    for server in servers:
        server.close()
    await door.close(GRACE)
    tidying.cancel()
    tally.counts[PLACE["connections",]] = tally.counts[PLACE["alive",]] = 0
    tally.flush()


def _is_unix(sock: socket.socket) -> bool:
    return sock.family == socket.AF_UNIX


def _ended(stopped: asyncio.Event) -> None:
    if not os.read(0, 1_024):
        stopped.set()


async def _tidy(door: Door, follower: Follower, tally: Tally) -> None:
    """Look after the connections, and tell how the follower stands, again and again."""
    # A process that is started in another's place counts on from there.
    row = tally.counts
    before = {kind: row[PLACE["alarms", kind]] for kind in ALARMS}
    swaps, turned_away = row[PLACE["swaps",]], row[PLACE["turned-away",]]
    while True:
        door.sweep()
        state = follower.state()
        known = {kind: state.alarms.get(kind, 0) for kind in ALARMS if kind != OTHER}
        known[OTHER] = sum(state.alarms.values()) - sum(known.values())
        for kind, count in known.items():
            row[PLACE["alarms", kind]] = before[kind] + count
        row[PLACE["swaps",]] = swaps + state.swaps
        row[PLACE["log-size",]] = state.log_size or 0
        row[PLACE["connections",]] = len(door.wires)
        row[PLACE["turned-away",]] = turned_away + door.turned_away
        tally.flush()
        await asyncio.sleep(SWEEP)


if __name__ == "__main__":
    sys.exit(main())
