"""A data folder while an institution is restored into it: what is not whole yet lies where nobody takes it for one.

Not what is restored. Until all is in its place a folder `.restoring` stands there, and no program of ours opens the
institution (`adjudge.institution.on_database`); a restore that was cut off is simply begun again.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adjudge.basis.digest import digest_of_bytes
from adjudge.basis.problem import quoted
from adjudge.basis.said import say
from adjudge.errors import RefusedError, UnavailableError
from adjudge.institution.house import refused
from adjudge.institution.on_database import DOCUMENTS, LOG_KEY, RESTORING, SECRET_KEY
from adjudge.settings.schema import DATABASE

READY = "ready"
"""In the folder, once all that is not in the database is in its place: the digest of the backup's manifest."""
PLACED = "placed"
"""In the folder: what is being moved up, with the digests of keys, so that nothing else is ever taken away."""
PIECES = (SECRET_KEY, LOG_KEY, DOCUMENTS, DATABASE)
"""What is moved up, in this order."""
_PASSED_OVER = frozenset({"lost+found", "up.lock"})
"""What a fresh disk brings along, and what `adjudge up` leaves where there was no institution."""
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Aside:
    """A data folder, and the folder in it in which the pieces are made."""

    data: Path

    @property
    def folder(self) -> Path:
        """Where the pieces are made."""
        return self.data / RESTORING

    @property
    def ready_for(self) -> str:
        """The digest of the manifest whose pieces were in their place when it was cut off; empty if they were not."""
        try:
            return (self.folder / READY).read_text(encoding="ascii", errors="replace")
        except FileNotFoundError:
            return ""

    def place(self, digest: str) -> None:
        """Move the pieces of a backup to their place, once they are on the disk for good."""
        pieces = [name for name in PIECES if (self.folder / name).exists()]
        told = "".join(f"{name} {_digest(self.folder / name)}\n" for name in pieces)
        (self.folder / PLACED).write_text(told, encoding="ascii")
        _sync_folders(self.folder)
        os.sync()
        for name in pieces:
            (self.folder / name).rename(self.data / name)
        (self.folder / READY).write_text(digest, encoding="ascii")
        _sync_folders(self.folder, self.data)

    def done(self) -> None:
        """All is there: from now on it is an institution."""
        shutil.rmtree(self.folder)
        _sync_folders(self.data)

    def begin(self) -> None:
        """Take away what a restore that was cut off has left. Raises RefusedError where somebody else put something."""
        ours = self._placed()
        others = [name for name in PIECES if (self.data / name).exists() and self.data / name not in ours]
        if others:
            raise _not_empty(self.data, others)
        self.take_away()

    def take_away(self) -> None:
        """Take away what was made, and nothing else; what was placed is noted until it is gone."""
        built = [path for path in self.folder.iterdir() if path.name not in {_LOCK, PLACED}]
        for path in (*self._placed(), *built, self.folder / PLACED):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _placed(self) -> list[Path]:
        """What was moved up and is as it was; a key that is another one now was put there by somebody."""
        try:
            lines = (self.folder / PLACED).read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        found = {name: digest for name, _, digest in (line.partition(" ") for line in lines)}
        there = [name for name in PIECES if name in found and (self.data / name).exists()]
        return [self.data / name for name in there if found[name] == _digest(self.data / name)]


@contextmanager
def aside_of(data: Path) -> Iterator[Aside]:
    """Hold a data folder in which there is nothing, or what a restore that was cut off has left.

    Raises RefusedError where there is something else, or somebody restores already; UnavailableError.
    """
    found = Aside(data)
    try:
        if not found.folder.is_dir():
            _refuse_full(data)
            data.mkdir(parents=True, exist_ok=True)
            data.chmod(0o700)
            found.folder.mkdir(exist_ok=True, mode=0o700)
        with (found.folder / _LOCK).open("w") as lock:
            _hold(lock.fileno(), data)
            yield found
    except OSError as error:
        message = say("the data folder cannot be used: {reason}", reason=error.strerror or str(error))
        hint = say("nothing was restored; make room on the disk, or name another folder, and try again")
        raise UnavailableError(message, hint=hint) from error


def _digest(path: Path) -> str:
    """By which a key is known again; of what is no key only the name is noted."""
    is_key = path.name in {SECRET_KEY, LOG_KEY} and path.is_file()
    return digest_of_bytes(path.read_bytes()) if is_key else "-"


def _sync_folders(*folders: Path) -> None:
    """Wait until the disk knows what is in them."""
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def give_up(aside: Aside) -> None:
    """Take away what was made, so that the folder is as it was: empty.

    Not once all is in its place: then the database may be whole too, though nobody heard of it. The next restore looks.
    """
    if not aside.ready_for:
        aside.take_away()
        shutil.rmtree(aside.folder)


def _refuse_full(data: Path) -> None:
    there = sorted(path.name for path in data.iterdir()) if data.exists() else []
    there = [name for name in there if name not in _PASSED_OVER]
    if there:
        raise _not_empty(data, there)


def _not_empty(data: Path, there: Sequence[str]) -> RefusedError:
    message = say("{folder} is not empty: {names}", folder=str(data), names=tuple(map(quoted, there[:10])))
    hint = say(
        "nothing is ever restored over something: name another folder with `--data`, or move this away"
    )
    return refused("not-empty", message, hint)


def _hold(lock: int, data: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = say("something is being restored into {folder} already", folder=str(data))
        raise refused("not-empty", message, say("wait until it is done, or stop it")) from error
