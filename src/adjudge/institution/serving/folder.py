"""The folder that servers of ads follow: snapshots, what has changed since, and the file that says which count.

Files appear whole or not at all, and are never changed. One process at a time writes to a folder; what a killed one
left half-written is removed by the next.
"""

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.said import say, verbatim
from adjudge.enforcement.current import CURRENT, NAME, Current, keep_names, read_current
from adjudge.enforcement.layout import BadSnapshotError
from adjudge.errors import ConflictError, UnavailableError

LOCK, HOSTS = ".lock", ".hosts-"
"""What nobody but whoever publishes needs: its lock, and with each base who declares the hosts in it."""
KEPT_BASES, KEPT_DELTAS = 2, 20
"""Files that no longer count and are kept all the same: somebody may just be opening them."""
_HALF = re.compile(
    r"\.{1,2}(snapshot|delta|current)(-hosts)?(-(?P<process>[0-9]{1,10})\.new)?[^/]*", re.ASCII
)
_READABLE = 0o755
"""Servers of ads may run under another account than the institution. What is in the folder names no person."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that this process may write to."""

    path: Path

    def current(self) -> Current | None:
        """Which files count, as it stands there; None where nothing does, or what stands there cannot be read."""
        try:
            return read_current((self.path / CURRENT).read_bytes())[0]
        except (OSError, BadSnapshotError):
            return None

    def offer(self, current: Current, seal: Callable[[str], bytes]) -> None:
        """Say which files count; they are on the disk before they are named. Raises UnavailableError."""
        new = self.path / f".{CURRENT}.new"
        try:
            with new.open("wb") as file:
                file.write(current.written(seal(current.signed())))
                file.flush()
                os.fsync(file.fileno())
            keep_names(self.path)
            new.replace(self.path / CURRENT)
        except OSError as error:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise cannot_write(self.path, error) from error

    def tidy(self, current: Current) -> None:
        """Remove what nobody needs any more."""
        spare = {"snapshot": KEPT_BASES, "delta": KEPT_DELTAS}
        found = [(int(match["size"]), match["kind"], match[0]) for match in self._files()]
        for _, kind, name in sorted(found, reverse=True):
            if name in {current.base, current.delta}:
                continue
            spare[kind] -= 1
            if spare[kind] < 0:
                (self.path / name).unlink(missing_ok=True)
        for item in self.path.glob(f"{HOSTS}*"):
            if not (self.path / item.name.removeprefix(HOSTS)).exists():
                item.unlink(missing_ok=True)

    def _files(self) -> "Iterator[re.Match[str]]":
        for item in self.path.iterdir():
            match = NAME.fullmatch(item.name)
            if match is not None:
                yield match

    def drop(self, name: str) -> None:
        """Remove a base that nobody will use, unless it is offered: one log gives one name."""
        current = self.current()
        if current is None or current.base != name:
            for path in (self.path / name, self.path / f"{HOSTS}{name}"):
                path.unlink(missing_ok=True)

    def clear(self, process: int | None = None) -> None:
        """Remove what a process left that was killed while it wrote; of one that ran beside us, only what is its."""
        for item in self.path.iterdir():
            match = _HALF.fullmatch(item.name)
            if match is not None and process in {None, int(match["process"] or -1)}:
                item.unlink(missing_ok=True)


@contextmanager
def held_folder(path: Path) -> Iterator[Folder]:
    """Hold a folder, made where it is missing. Raises ConflictError where somebody else does, UnavailableError."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=_READABLE)
        lock = (path / LOCK).open("w", encoding="ascii")
    except OSError as error:
        raise cannot_write(path, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = say("another process publishes into {folder}", folder=str(path))
            hint = say("stop it, or name another folder")
            raise ConflictError(message, hint=hint) from error
        folder = Folder(path)
        try:
            folder.clear()
        except OSError as error:
            raise cannot_write(path, error) from error
        yield folder


def cannot_write(path: Path, error: OSError) -> UnavailableError:
    """What is said where the folder does not take what is written."""
    reason = verbatim(error.strerror.lower()) if error.strerror else say("unknown reason")
    message = say("{folder} cannot be written to: {reason}", folder=str(path), reason=reason)
    hint = say("make room on the disk, and look at the permissions; what was published before stays in use")
    return UnavailableError(message, hint=hint)
