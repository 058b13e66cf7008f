"""Where a command writes: standard output, or a file that appears whole or not at all."""

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from adjudge.basis.said import Said, say, verbatim
from adjudge.errors import UnavailableError


def write(text: str, path: Path | None) -> None:
    """Write a text; raises UnavailableError where it cannot be written."""
    if path is None:
        print(text, end="", flush=True)
    else:
        write_file(path, text)


def write_file(path: Path, text: str) -> None:
    """Replace a file at once: a full disk or a killed process leaves the old one. Raises UnavailableError.

    A link is followed. What is no regular file, such as a pipe or a device, is written to and not replaced.
    """
    write_chunks(path, (text.encode(),))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """As `write_file`, for what is too long to be held at once: it is written as it comes, and appears whole."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.writelines(chunks)
        else:
            _replace(target, chunks)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        reason = why(error) if isinstance(error, OSError) else say("the path cannot be followed")
        hint = say("check the folder, its permissions and the space on the disk")
        message = say("{path} cannot be written: {reason}", path=str(path), reason=reason)
        raise UnavailableError(message, hint=hint) from error


def why(error: OSError) -> Said:
    """What the operating system says, in its own words and language."""
    return verbatim(error.strerror.lower()) if error.strerror else say("unknown reason")


def _replace(target: Path, chunks: Iterable[bytes]) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    # `open` gives a new file the mode that the umask asks for, which a temporary file would not have.
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            if mode is not None:
                temporary.chmod(mode)
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


@contextlib.contextmanager
def secret_file(path: Path | None) -> Iterator[Callable[[str], None]]:
    """A new file for a secret, readable by its owner only, made before the secret is: a secret is had once.

    Nothing is left of it where no secret came. Without a path nothing is written. Raises UnavailableError; a file that
    is there is not replaced.
    """
    if path is None:
        yield lambda _: None
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        message = say("{path} cannot be made: {reason}", path=str(path), reason=why(error))
        raise UnavailableError(message, hint=say("choose another file with `-o`")) from error
    kept = False

    def keep(secret: str) -> None:
        nonlocal kept
        os.write(handle, f"{secret}\n".encode())
        os.fsync(handle)
        kept = True

    try:
        yield keep
    finally:
        os.close(handle)
        if not kept:
            path.unlink()


def make_folder(path: Path) -> None:
    """Make a folder for output; raises UnavailableError where it cannot be made."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = say("{path} cannot be made: {reason}", path=str(path), reason=why(error))
        raise UnavailableError(message, hint=say("choose another folder with `-o`")) from error


def is_terminal() -> bool:
    """Whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns of the terminal; 100 where there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return 100
    try:
        return os.get_terminal_size().columns if sys.stdout.isatty() else int(os.environ["COLUMNS"])
    except (OSError, ValueError):
        return 100
