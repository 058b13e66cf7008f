"""The processes behind `adjudge up`: started, started again where one dies, and stopped together in bounded time.

Not a command. One process at a time looks after a data folder. Told to stop, it first says so to whoever distributes
requests (`/ready`), serves on for as long as ADJUDGE_DRAIN says, and lets what is under way finish. Told again, it
hurries.
"""

import fcntl
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from adjudge.basis.said import say
from adjudge.cli.output import why
from adjudge.errors import RefusedError, UnavailableError
from adjudge.mount.run_folder import fresh, metrics_folder, say_stopping
from adjudge.mount.watching.files import give_back
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.settings.schema import Settings

_logger = logging.getLogger(__name__)
LOCK = "up.lock"
CHILDREN = (
    "adjudge.mount.server",
    "adjudge.mount.sweeper",
    "adjudge.mount.publisher",
    "adjudge.mount.auditor",
)
PAUSE = 1.0
"""Seconds before a child that died is started again; longer each time that it dies at once, so as not to spin."""
LONGEST_PAUSE = 30.0
STEADY = 30.0
"""Seconds after which a child counts as having started well."""
STOPPING = 25.0
"""Seconds that the children have to stop by themselves: a little more than the server gives its requests."""
STARTING = 60.0
LOOK = 0.2


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises RefusedError where somebody looks after it already, UnavailableError."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (data / LOCK).open("w", encoding="ascii")
    except OSError as error:
        message = say("the data folder cannot be used: {reason}", reason=why(error))
        hint = say("name another one with {option}", option="`--data`")
        raise UnavailableError(message, hint=hint) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = say("the institution of {folder} is served already", folder=str(data))
            hint = say("stop the other `adjudge up`, or name another folder with {option}", option="`--data`")
            raise RefusedError(message, hint=hint) from error
        yield


def refuse_taken_port(host: str, port: int) -> None:
    """Raises RefusedError where the port is taken, or the address is none of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host.strip("[]"), port))
        except OSError as error:
            message = say(
                "port {port} of {host} cannot be had: {reason}", port=str(port), host=host, reason=why(error)
            )
            raise RefusedError(
                message, hint=say("name another one with {option}", option="`--port`")
            ) from error


@dataclass(slots=True)
class Child:
    """A process that is looked after."""

    module: str
    process: "subprocess.Popen[bytes]"
    started: float
    pause: float = PAUSE
    again_at: float | None = None


@dataclass(slots=True)
class Upkeep:
    """What runs for one data folder."""

    settings: "Settings"
    tongue: Tongue
    children: list[Child] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    hurried: threading.Event = field(default_factory=threading.Event)

    def run(self, lines: Sequence[str]) -> int:
        """Start the children, say the lines once pages are served, and look after all until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        fresh(self.settings.data)
        try:
            self.children = [self._start(module) for module in CHILDREN]
            if self._is_served():
                print("\n".join(lines), flush=True)
            while not self.stopped.wait(LOOK):
                self._look_after()
            self._drain()
        finally:
            self._stop()
        return 0

    def _told_to_stop(self, *_: object) -> None:
        """Told once, stop in good order; told again, at once."""
        told = self.hurried if self.stopped.is_set() else self.stopped
        threading.Thread(target=told.set).start()  # we may hold the lock of the event at this very moment

    def _drain(self) -> None:
        """Serve on while whoever distributes requests learns that this ends; what dies meanwhile stays dead."""
        say_stopping(self.settings.data)
        self.hurried.wait(self.settings.drain)

    def _start(self, module: str) -> Child:
        from adjudge.mount.parent import WATCHED

        environment = {
            **os.environ,
            # Known before the library is loaded, which looks for it then.
            "PROMETHEUS_MULTIPROC_DIR": str(metrics_folder(self.settings.data)),
            "ADJUDGE_DATA_DIR": str(self.settings.data),
            "ADJUDGE_PORT": str(self.settings.port),
        }
        process = subprocess.Popen(  # noqa: S603 - our own modules, by our own interpreter
            [sys.executable, "-m", module, WATCHED],
            stdin=subprocess.PIPE,  # never written to: it ends when we do, and the child then ends too
            env=environment,
            start_new_session=True,  # Ctrl+C is for us, who stop the children in their turn
        )
        return Child(module, process, time.monotonic())

    def _is_served(self) -> bool:
        """Wait until pages are served; False where we are told to stop before."""
        until = time.monotonic() + STARTING
        while not self.stopped.wait(LOOK):
            self._look_after()
            if self._answers():
                return True
            if time.monotonic() > until:
                message = say("no page is served after {count} seconds", count=int(STARTING))
                raise UnavailableError(message, hint=say("what the server says above tells why"))
        return False

    def _answers(self) -> bool:
        connection = HTTPConnection(self.settings.host.strip("[]"), self.settings.port, timeout=5)
        try:
            connection.request("GET", "/health", headers={"Host": "localhost"})
            return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _look_after(self) -> None:
        """Start again, after a pause, whatever has died."""
        now = time.monotonic()
        for place, child in enumerate(self.children):
            if child.process.poll() is None:
                continue
            if child.again_at is None:
                lasted = now - child.started
                child.pause = PAUSE if lasted > STEADY else min(child.pause * 2, LONGEST_PAUSE)
                child.again_at = now + child.pause
                told = self.tongue("{part} has stopped, and is started again", part=child.module)
                _logger.warning("%s", told)
                give_back(metrics_folder(self.settings.data), child.process.pid)
            elif now >= child.again_at:
                again = self._start(child.module)
                again.pause = child.pause
                self.children[place] = again

    def _stop(self) -> None:
        """Ask all to stop, and end those that do not."""
        say_stopping(self.settings.data)
        for child in self.children:
            child.process.terminate()
        until = time.monotonic() + STOPPING
        while self._are_running() and time.monotonic() < until:
            # What is cut off has acknowledged nothing that is not kept.
            if self.hurried.wait(LOOK):
                break
        for child in self.children:
            if child.process.poll() is None:
                os.killpg(child.process.pid, signal.SIGKILL)  # with what it started in its turn
            child.process.wait()
            if child.process.stdin is not None:
                child.process.stdin.close()

    def _are_running(self) -> bool:
        return any(child.process.poll() is None for child in self.children)
