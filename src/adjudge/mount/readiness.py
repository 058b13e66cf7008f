"""Whether this process can do what it is here for: each check by its name, and whether it holds.

Not what is wrong in detail: whoever asks needs no key, and learns no more than whether to send requests here.
"""

import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, InterfaceError

from adjudge.errors import AdjudgeError
from adjudge.institution.on_database import LOG_KEY, SECRET_KEY, Opened
from adjudge.mount.config.machine import LEAST_ROOM, room
from adjudge.mount.run_folder import beat_age, is_stopping
from adjudge.storage.migrating import behind

KEPT = 1.0
"""Seconds for which an answer is given again: whoever asks without end costs nothing."""
LONGEST_SILENCE = 30.0
"""Seconds without a sign after which the sweeper counts as gone."""


@dataclass(slots=True)
class Readiness:
    """The last answer of this process, and how to come to another one."""

    opened: Opened
    clock: Callable[[], float] = time.monotonic
    is_migrated: bool = False
    asked_at: float | None = None
    found: dict[str, bool] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def checks(self) -> Mapping[str, bool]:
        """What holds and what does not, no older than a second."""
        with self.lock:
            now = self.clock()
            if self.asked_at is None or now - self.asked_at >= KEPT:
                self.found = {name: _holds(check, self) for name, check in _CHECKS.items()}
                self.asked_at = now
            return self.found


def _holds(check: "Callable[[Readiness], bool]", readiness: Readiness) -> bool:
    try:
        return check(readiness)
    except (AdjudgeError, OSError, DatabaseError, InterfaceError):
        return False


def _is_serving(readiness: Readiness) -> bool:
    return not is_stopping(readiness.opened.settings.data)


def _database(readiness: Readiness) -> bool:
    with readiness.opened.house.records.reading() as records:
        return records.size() >= 0


def _migrations(readiness: Readiness) -> bool:
    """Asked until they are complete: no process takes one back."""
    readiness.is_migrated = readiness.is_migrated or not behind()
    return readiness.is_migrated


def _data_folder(readiness: Readiness) -> bool:
    folder = readiness.opened.settings.data
    is_writable = os.access(folder, os.W_OK | os.X_OK) and not os.statvfs(folder).f_flag & os.ST_RDONLY
    return is_writable and room(folder) >= LEAST_ROOM


def _keys(readiness: Readiness) -> bool:
    settings = readiness.opened.settings
    keys: tuple[Path, ...] = (
        settings.secret_key_file or settings.data / SECRET_KEY,
        settings.log_key_file or settings.data / LOG_KEY,
    )
    return all(os.access(path, os.R_OK) for path in keys)


def _sweeper(readiness: Readiness) -> bool:
    age = beat_age(readiness.opened.settings.data)
    return age is not None and age < LONGEST_SILENCE


_CHECKS: Mapping[str, Callable[[Readiness], bool]] = {
    "serving": _is_serving,
    "database": _database,
    "migrations": _migrations,
    "data_folder": _data_folder,
    "keys": _keys,
    "sweeper": _sweeper,
}
