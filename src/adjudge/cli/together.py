"""Several files that are written all or not at all, over nothing that was changed since it was read."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from adjudge.basis.said import say
from adjudge.cli.output import make_folder, why, write_file
from adjudge.errors import UnavailableError

_MARK = "\ufeff"


def write_folder(folder: Path, files: Mapping[Path, str]) -> None:
    """Make a folder with its files under another name first, and give it its own when all is there.

    The folder may be there if it is empty. Raises UnavailableError where it cannot be made; then nothing is left.
    """
    # Not `resolve`: the folder itself is no link, since then it would not be free.
    target = folder.absolute()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    made = _first_missing(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        for path, text in files.items():
            place = temporary / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, text)
        # Takes the place of an empty folder, and of nothing else.
        temporary.rename(target)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)
        if isinstance(error, OSError):
            raise UnavailableError(
                say("{path} cannot be made: {reason}", path=str(folder), reason=why(error)),
                hint=say("check the folder, its permissions and the space on the disk"),
            ) from error
        raise


@contextlib.contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which has its own name only when the `with` ends well; otherwise nothing is left.

    The folder may be there if it is empty. Raises UnavailableError where it cannot be made.
    """
    target = folder.absolute()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    made = _first_missing(target.parent)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.mkdir()
        yield temporary
        for path in temporary.iterdir():
            _sync(path)
        temporary.rename(target)
    except BaseException as error:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)
        if isinstance(error, OSError):
            raise UnavailableError(
                say("{path} cannot be made: {reason}", path=str(folder), reason=why(error)),
                hint=say("check the folder, its permissions and the space on the disk"),
            ) from error
        raise


def _sync(path: Path) -> None:
    """To the disk itself, so that a machine that stops keeps it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _first_missing(folder: Path) -> list[Path]:
    """The folder and those above it that are not there yet, the lowest first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other of our commands edits the folder, and keep others waiting meanwhile.

    The folder itself is locked, so that no file is left in it; a process that is killed holds nothing. On a disk that
    knows no locks nothing is waited for: `write_together` still replaces nothing that was changed.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            lock = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, lock)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_together(files: Mapping[Path, str], read: Mapping[Path, str] | None = None) -> None:
    """Write files in their order; where one of them cannot be written, those before it are as they were.

    `read` are the texts of files as they were when the new texts were made. Just before a file is replaced it must
    still be so, and one that is not named there must not exist. Raises UnavailableError.
    """
    before: dict[Path, bytes | None] = {}
    made = [folder for path in files for folder in _first_missing(path.parent)]
    try:
        for path, text in files.items():
            content = path.read_bytes() if path.exists() else None
            if read is not None:
                _check_unchanged(path, content, read.get(path))
            before[path] = content
            make_folder(path.parent)
            write_file(path, text)
    except BaseException:
        for path, content in before.items():
            _restore(path, content)
        _remove_empty(made)
        raise


def _check_unchanged(path: Path, content: bytes | None, read: str | None) -> None:
    now = content.decode("utf-8", errors="replace") if content is not None else None
    # Readers drop the mark of UTF-8 at the beginning.
    if (now is None) != (read is None) or (now or "").removeprefix(_MARK) != (read or "").removeprefix(_MARK):
        message = say("{path} was changed in the meantime, and is not replaced", path=str(path))
        raise UnavailableError(message, hint=say("nothing was written: give the command again"))


def _restore(path: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError, UnavailableError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            write_file(path, content.decode("utf-8"))
