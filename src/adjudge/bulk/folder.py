"""The folder of work beside the one that is asked for: taken up again by `--resume`, and gone when all is done.

It bears the name of the folder that is asked for, with a dot before it, so that nothing in it looks like outcomes. Only
when every part and the manifest are on the disk do they get their own name, in one step.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from adjudge.basis.said import Said, say
from adjudge.bulk.manifest import MANIFEST
from adjudge.bulk.model import unsaid
from adjudge.errors import UnavailableError

QUESTION = "question.json"
STAGED = "staged.json"
PICKED = "picked.parquet"
"""Claims that are read apart from all others."""


class Work:
    """A folder of work: `parts` holds what will be published, everything else is ours."""

    def __init__(self, out: Path) -> None:
        """Nothing is made yet."""
        self.out = out.absolute()
        self.folder = self.out.with_name(f".{self.out.name}.bulk")
        self.parts = self.folder / "parts"

    @contextmanager
    def open(self, question: str, *, resume: bool, remark: Callable[[Said], None] = unsaid) -> Iterator[None]:
        """Take the folder, alone. What an earlier run of another question left there, or one not to be resumed, goes.

        `remark` is told where there is something to be resumed, of another question.

        Raises UnavailableError where it cannot be made, or another run holds it.
        """
        with _told(self.out):
            self.out.parent.mkdir(parents=True, exist_ok=True)
            self.folder.mkdir(exist_ok=True)
            lock = os.open(self.folder, os.O_RDONLY)
        try:
            self._lock(lock)
            with _told(self.out):
                if not (resume and self._is_of(question)):
                    if resume and (self.folder / QUESTION).exists():
                        remark(say("what an earlier run left answers another question, and is not taken up"))
                    self._clear()
                    _write(self.folder / QUESTION, question)
                self.parts.mkdir(exist_ok=True)
            try:
                with _told(self.out):
                    yield
            finally:
                if self.folder.exists() and self.staged() is None:
                    # Of no use to a run that goes on, and the disk may be full.
                    self.forget_database()
        finally:
            os.close(lock)

    def _lock(self, lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = say("another evaluation is writing {path}", path=str(self.out))
            raise UnavailableError(message, hint=say("wait until it ends, or name another folder")) from error

    def _is_of(self, question: str) -> bool:
        with suppress(OSError, UnicodeDecodeError):
            return (self.folder / QUESTION).read_text(encoding="utf-8") == question
        return False

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    # --- what is staged ---

    def staged(self) -> dict[str, int] | None:
        """What an earlier run noted when all claims were in the database."""
        with suppress(OSError, ValueError):
            found = json.loads((self.folder / STAGED).read_text(encoding="utf-8"))
            return {str(name): int(value) for name, value in found.items()}
        return None

    def note_staged(self, counts: dict[str, int]) -> None:
        """Note it, once the database is on the disk."""
        _write(self.folder / STAGED, json.dumps(counts))

    def forget_database(self) -> None:
        """Remove a database that was not finished, with what it spilled."""
        with _told(self.out):
            (self.folder / STAGED).unlink(missing_ok=True)
            for path in self.folder.glob("*.duckdb*"):
                path.unlink()
            (self.folder / PICKED).unlink(missing_ok=True)
            shutil.rmtree(self.folder / "spill", ignore_errors=True)

    # --- the end ---

    def publish(self, manifest: str) -> None:
        """Give the parts their name, and remove the folder of work."""
        _write(self.parts / MANIFEST, manifest)
        for path in self.parts.iterdir():
            _sync(path)
        _sync(self.parts)
        # Takes the place of an empty folder, and of nothing else.
        self.parts.rename(self.out)
        _sync(self.out.parent)
        self.remove()

    def remove(self) -> None:
        """Leave nothing."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the disk refuses, said with the folder that was asked for."""
    try:
        yield
    except OSError as error:
        message = say(
            "{path} cannot be written: {reason}", path=str(out), reason=error.strerror or str(error)
        )
        hint = say(
            "check the folder, its permissions and the space on the disk, and continue with `--resume`"
        )
        raise UnavailableError(message, hint=hint) from error


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}")
    temporary.write_text(text, encoding="utf-8")
    _sync(temporary)
    temporary.replace(path)


def _sync(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY)
    try:
        os.fsync(lock)
    finally:
        os.close(lock)
