"""A sidecar as a whole: opens the doors, starts workers behind them and again where one dies, and copies if told to.

Explicitly not the command: what is wrong with what it was told, and how that is said, is `adjudge.cli`'s. Told to stop,
it first says so to whoever distributes requests (`/ready`), and lets what is under way finish.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.enforcement.current import CURRENT
from adjudge.serve.sidecar.board import COPIES, OTHER, PLACE, Board, new_board
from adjudge.serve.sidecar.copying import Copier, held
from adjudge.serve.sidecar.plan import Plan
from adjudge.serve.sidecar.worker import BACKLOG, GRACE, Post
from adjudge.serve.trust import read_trusted

LOOK = 0.1
PAUSE, LONGEST_PAUSE = 0.5, 10.0
"""Seconds before a worker that died is started again; longer each time that it dies at once, so as not to spin."""
STEADY = 10.0
"""Seconds after which a worker counts as having started well."""
STOPPING = GRACE + 2
"""Seconds that workers have to stop by themselves."""
_GROUP = 0o660
"""Who may ask by the socket: whoever may write to it."""
_logger = logging.getLogger(__name__)


class DoorError(Exception):
    """A place at which it was to be asked cannot be had; `error` says why."""

    def __init__(self, door: str, error: OSError) -> None:
        super().__init__(door)
        self.door, self.error = door, error


@dataclass(slots=True)
class _Worker:
    process: "subprocess.Popen[bytes]"
    started: float
    pause: float = PAUSE
    again_at: float | None = None


@dataclass(slots=True)
class Sidecar:
    """What runs for one plan. `tell` is called once it answers."""

    plan: Plan
    tell: Callable[[], None] = lambda: None
    stopped: threading.Event = field(default_factory=threading.Event)
    hurried: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Answer until told to stop. Raises DoorError, and OSError where the folder cannot be had."""
        with ExitStack() as stack:
            doors = [stack.enter_context(door) for door in _doors(self.plan)]
            if self.plan.url:
                stack.enter_context(held(self.plan.path))
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, self._told_to_stop)
            board = new_board(self.plan.workers + 1)
            copying = self._copying(board) if self.plan.url else None
            workers: list[_Worker] = []
            try:
                workers += [self._start(board, doors, row) for row in range(self.plan.workers)]
                self._look_after(board, doors, workers)
                board.row(self.plan.workers)[PLACE["stopping",]] = 1
                self.hurried.wait(self.plan.drain)
            finally:
                _stop(workers, self.hurried)
                self.stopped.set()
                if copying is not None:
                    copying.join()

    def _told_to_stop(self, *_: object) -> None:
        """Told once, stop in good order; told again, at once."""
        told = self.hurried if self.stopped.is_set() else self.stopped
        threading.Thread(target=told.set).start()  # we may hold the lock of the event at this very moment

    def _copying(self, board: Board) -> threading.Thread:
        """Copy in a thread. Where nothing lies here yet, once before, so that there is something to follow."""
        row = board.row(self.plan.workers)

        def count(end: str) -> None:
            row[PLACE["copies", end if end in COPIES else OTHER]] += 1

        keys = tuple(map(read_trusted, self.plan.keys))
        copier = Copier(self.plan.url, self.plan.secret, self.plan.path, keys, count)
        if not (self.plan.path / CURRENT).exists():
            copier.look()
        thread = threading.Thread(target=copier.run, args=(self.stopped,), name="copying", daemon=True)
        thread.start()
        return thread

    def _start(self, board: Board, doors: list[socket.socket], row: int) -> _Worker:
        post = Post(row=row, rows=board.rows, board=board.file, doors=tuple(door.fileno() for door in doors))
        process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-m", "adjudge.serve.sidecar.worker", *post.arguments()],
            stdin=subprocess.PIPE,  # held open: it ends when we do, and the worker then ends too
            pass_fds=(board.file, *post.doors),
            env={name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_KEY")},
            start_new_session=True,  # Ctrl+C is for us, who stop the workers in their turn
        )
        assert process.stdin is not None  # noqa: S101 - for the types
        with suppress(BrokenPipeError):  # it died at once, and is started again
            process.stdin.write(self.plan.for_worker().encode() + b"\n")
            process.stdin.flush()
        return _Worker(process, time.monotonic())

    def _look_after(self, board: Board, doors: list[socket.socket], workers: list[_Worker]) -> None:
        """Start again, after a pause, whatever has died; until told to stop."""
        is_told = False
        while not self.stopped.wait(LOOK):
            if not is_told and all(board.each("alive")[:-1]):
                is_told = True
                self.tell()
            now = time.monotonic()
            for row, worker in enumerate(workers):
                if worker.process.poll() is None:
                    continue
                if worker.again_at is None:
                    worker.pause = (
                        PAUSE if now - worker.started > STEADY else min(worker.pause * 2, LONGEST_PAUSE)
                    )
                    worker.again_at = now + worker.pause
                    _let_go(worker)
                    _logger.warning("worker %d has stopped, and is started again", row)
                elif now >= worker.again_at:
                    workers[row] = self._start(board, doors, row)
                    workers[row].pause = worker.pause


def _stop(workers: list[_Worker], hurried: threading.Event) -> None:
    """Ask all to stop, and end those that do not."""
    for worker in workers:
        worker.process.terminate()
    until = time.monotonic() + STOPPING
    while any(worker.process.poll() is None for worker in workers) and time.monotonic() < until:
        if hurried.wait(LOOK):
            break
    for worker in workers:
        worker.process.kill()
        worker.process.wait()
        _let_go(worker)


def _let_go(worker: _Worker) -> None:
    if worker.process.stdin is not None:
        with suppress(OSError):
            worker.process.stdin.close()


# --- doors ---


def _doors(plan: Plan) -> Iterator[AbstractContextManager[socket.socket]]:
    if plan.tcp is not None:
        yield _tcp(*plan.tcp)
    if plan.unix:
        yield _unix(plan.unix)


@contextmanager
def _tcp(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host.strip("[]"), port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise DoorError(f"{host}:{port}", error) from error
    with door:
        yield door


@contextmanager
def _unix(path: str) -> Iterator[socket.socket]:
    """A socket in the file system. One that a killed sidecar left is replaced; anything else that is there stays."""
    place = Path(path)
    with socket.socket(socket.AF_UNIX) as door:
        try:
            if place.is_socket() and not _is_answered(path):
                place.unlink(missing_ok=True)
            door.bind(path)
        except OSError as error:
            raise DoorError(path, error) from error
        try:
            place.chmod(_GROUP)
            door.listen(BACKLOG)
            yield door
        finally:
            place.unlink(missing_ok=True)


def _is_answered(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as trial:
        trial.settimeout(1)
        try:
            trial.connect(path)
        except ConnectionRefusedError:
            return False
        except OSError:
            return True
        return True
