"""The processes behind `adjudge up`: started, started again where one dies, and stopped together in bounded time.

Not a command. One process at a time looks after a data folder.
"""

import fcntl
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
from adjudge.tongues.tongue import Tongue

if TYPE_CHECKING:
    from adjudge.settings.schema import Settings

LOCK = "up.lock"
CHILDREN = ("adjudge.mount.server", "adjudge.mount.sweeper")
PAUSE = 1.0
"""Seconds before a child that died is started again; longer each time that it dies at once, so as not to spin."""
LONGEST_PAUSE = 30.0
STEADY = 30.0
"""Seconds after which a child counts as having started well."""
STOPPING = 15.0
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

    def run(self, lines: Sequence[str]) -> int:
        """Start the children, say the lines once pages are served, and look after all until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopped.set())
        try:
            self.children = [self._start(module) for module in CHILDREN]
            if self._is_served():
                print("\n".join(lines), flush=True)
            while not self.stopped.wait(LOOK):
                self._look_after()
        finally:
            self._stop()
        return 0

    def _start(self, module: str) -> Child:
        from adjudge.mount.parent import WATCHED

        environment = {
            **os.environ,
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
            connection.request("GET", "/alive", headers={"Host": "localhost"})
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
                print(f"adjudge: {told}", file=sys.stderr, flush=True)
            elif now >= child.again_at:
                again = self._start(child.module)
                again.pause = child.pause
                self.children[place] = again

    def _stop(self) -> None:
        """Ask all to stop, and end those that do not."""
        for child in self.children:
            child.process.terminate()
        until = time.monotonic() + STOPPING
        for child in self.children:
            try:
                child.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
            if child.process.stdin is not None:
                child.process.stdin.close()
