"""The folder in which the processes of one `adjudge up` leave signs for each other: `run`, in the data folder.

Not a record: whoever starts the processes begins with a fresh one. What outlives them is when the work of a day was
done (`mount.daily`), so that a restart begins none of it anew.
"""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

RUN, METRICS, DAILY = "run", "metrics", "daily"
_BEAT, _STOPPING = "sweeper", "stopping"


def fresh(data: Path) -> Path:
    """Make the folder anew but for the work of a day: signs of processes that are gone mislead."""
    folder = data / RUN
    folder.mkdir(exist_ok=True, mode=0o700)
    for item in folder.iterdir():
        if item.is_symlink() or not item.is_dir():
            with suppress(OSError):
                item.unlink()
        elif item.name != DAILY:
            shutil.rmtree(item, ignore_errors=True)
    for made in (folder / METRICS, folder / DAILY):
        made.mkdir(exist_ok=True, mode=0o700)
    return folder


def metrics_folder(data: Path) -> Path:
    """Where each process keeps what it measures, for any of them to sum up."""
    return data / RUN / METRICS


def beat(data: Path) -> None:
    """Leave the sign that the sweeper lives. A full disk keeps no sign, and ends nothing."""
    with suppress(OSError):
        (data / RUN).mkdir(exist_ok=True, mode=0o700)
        (data / RUN / _BEAT).touch(mode=0o600)


def beat_age(data: Path) -> float | None:
    """Seconds since that sign; None where there is none."""
    try:
        return max(0.0, time.time() - (data / RUN / _BEAT).stat().st_mtime)
    except OSError:
        return None


def note(data: Path, name: str, at: float) -> None:
    """Leave a sign that something was done then, in seconds since 1970."""
    with suppress(OSError):
        path = data / RUN / DAILY / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        os.utime(path, (at, at))


def noted(data: Path, name: str) -> float | None:
    """When that was; None where there is no such sign."""
    try:
        return (data / RUN / DAILY / name).stat().st_mtime
    except OSError:
        return None


def say_stopping(data: Path) -> None:
    """Leave the sign that all is to stop: whoever distributes requests is to send no more."""
    with suppress(OSError):
        (data / RUN / _STOPPING).touch(mode=0o600)


def is_stopping(data: Path) -> bool:
    """Whether that sign is there."""
    return (data / RUN / _STOPPING).exists()
