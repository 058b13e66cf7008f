"""Reading a PDF at arm's length: its bytes go to a program of their own, and only words come back.

Two at a time: whoever sends files that take long keeps nobody else from working.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

CHILD = Path(__file__).with_name("pdf_child.py")
PATIENCE = 12
"""Seconds after which it is given up; what came until then is shown."""
QUEUE = 3
"""Seconds that one waits for a turn."""
_CUT = 3
_TURN = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Words:
    """What was read. `whole` is False where pages are left out."""

    text: str
    whole: bool


def words_of(content: bytes) -> Words | None:
    """The words of a PDF, a form feed behind each page; None where it cannot be read, or nobody has time for it now."""
    if not _TURN.acquire(timeout=QUEUE):
        return None
    try:
        return _read(content)
    finally:
        _TURN.release()


def _read(content: bytes) -> Words | None:
    # Isolated: it sees neither the settings of the institution nor modules of the folder in which it was started.
    command = [sys.executable, "-I", str(CHILD)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own program, by our own interpreter
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return _words(error.stdout or b"", whole=False)
    except OSError:
        return None
    if ended.returncode not in {0, _CUT} and not ended.stdout:
        return None
    return _words(ended.stdout, whole=ended.returncode == 0)


def _words(written: bytes, *, whole: bool) -> Words | None:
    text = written.decode(errors="replace").replace("\x00", "")
    return Words(text, whole) if text.strip() else None
