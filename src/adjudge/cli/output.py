"""Where a command writes: standard output, or a file that appears whole or not at all."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

from adjudge.errors import UnavailableError


def write(text: str, path: Path | None) -> None:
    """Write a text; raises UnavailableError where it cannot be written."""
    if path is None:
        print(text, end="", flush=True)
    else:
        write_file(path, text)


def write_file(path: Path, text: str) -> None:
    """Replace a file at once: a full disk or a killed process leaves the old one. Raises UnavailableError."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            temporary = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        reason = error.strerror or "unknown reason"
        hint = "check the folder, its permissions and the space on the disk"
        raise UnavailableError(f"{path} cannot be written: {reason.lower()}", hint=hint) from error


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
