"""Where an institution of a test lives, and its clerks: programs that are told what to do, and can be killed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE = 120
"""Seconds after which a clerk that does not end is given up."""
MOUNT, UMOUNT = (shutil.which(name) or name for name in ("mount", "umount"))


@dataclass(slots=True)
class Clerk:
    """A program of `clerk.py`."""

    process: "subprocess.Popen[str]"

    def tell(self, name: str, *arguments: object) -> Self:
        """Tell it what to do, and wait for nothing."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self.process.stdin.flush()
        return self

    def lines(self) -> Iterator[dict[str, Any]]:
        """What it says, line by line, until it ends. A line that a kill has cut off was not said."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                yield json.loads(line)

    def answer(self) -> dict[str, Any]:
        """The next answer. Fails where the program has ended."""
        found = next((line for line in self.lines() if "done" in line or "error" in line), None)
        assert found is not None, "the clerk ended before it answered"
        return found

    def ask(self, name: str, *arguments: object) -> Any:  # noqa: ANN401 - as it was done
        """Tell it what to do; what came of it. Fails where it was refused."""
        answer = self.tell(name, *arguments).answer()
        assert "done" in answer, answer
        return answer["done"]

    def kill(self) -> None:
        """End it without a warning, at whatever it does."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def end(self) -> None:
        """Let it end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(BrokenPipeError):  # of one that was killed
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


@dataclass(frozen=True, slots=True)
class Place:
    """An institution's data folder, and the address of its database where it is not SQLite in that folder."""

    folder: Path
    url: str = ""
    clerks: list[Clerk] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What a clerk is started with: none of our own settings but these."""
        others = {key: value for key, value in os.environ.items() if not key.startswith("ADJUDGE_")}
        sources = os.pathsep.join(
            (str(CHECKOUT / "src"), str(CHECKOUT))
        )  # ours, wherever else others are installed
        own = {"ADJUDGE_DATA_DIR": str(self.folder), "PYTHONPATH": sources}
        return {**others, **own, **({"ADJUDGE_DATABASE_URL": self.url} if self.url else {})}

    def clerk(self, *, migrate: bool = False) -> Clerk:
        """Start a clerk, and wait until it has opened the institution."""
        found = self.start(migrate=migrate)
        assert found.answer() == {"done": "open"}
        return found

    def start(self, *, migrate: bool = False) -> Clerk:
        """Start a clerk."""
        line = [sys.executable, "-m", "tests.journeys.institution.clerk", *(["migrate"] if migrate else [])]
        process = subprocess.Popen(
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT, env=self.environment
        )
        found = Clerk(process)
        self.clerks.append(found)
        return found

    def founded(self, count: int) -> Clerk:
        """Make the database, and found the institution with so many matters; by a clerk who stays."""
        clerk = self.clerk(migrate=True)
        clerk.ask("found", count)
        return clerk

    def close(self) -> None:
        """Let all its clerks end."""
        for clerk in self.clerks:
            clerk.end()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of that size, mounted at a folder. Raises PermissionError where this user may mount none."""
    folder.mkdir()
    line = [MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        done = subprocess.run(line, capture_output=True, text=True, check=False)
    except OSError as error:
        raise PermissionError(str(error)) from error
    if done.returncode:
        raise PermissionError(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run([UMOUNT, "--lazy", str(folder)], check=True)  # once nobody maps its files any more


def fill(filler: Path) -> None:
    """Fill the disk to its last byte."""
    handle = os.open(filler, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (65_536, 4_096, 1):
            try:
                while os.write(handle, bytes(size)):
                    pass
            except OSError:
                continue
    finally:
        os.close(handle)


def until(seconds: float) -> Iterator[None]:
    """Again and again, with a short rest, until so much time has passed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)
