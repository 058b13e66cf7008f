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
LATE = 5.0
"""Seconds after which an answer says nothing any more, where the next one is still sought: a check hangs."""
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
    at: str = ""
    """The check that is being made."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def checks(self) -> Mapping[str, bool]:
        """What holds and what does not, no older than a second.

        One at a time looks, and nobody waits for another: else all would wait for a database that hangs, and those who
        ask whether we live would too. Meanwhile the last answer is given; after a while the check that hangs fails.
        """
        now = self.clock()
        if not self.lock.acquire(blocking=False):
            is_late = self.asked_at is None or now - self.asked_at >= LATE
            return {
                name: self.found.get(name, False) and not (is_late and name == self.at) for name in CHECKS
            }
        try:
            if self.asked_at is None or now - self.asked_at >= KEPT:
                self.found = {name: self._holds(name) for name in CHECKS}
                self.asked_at = now
            return self.found
        finally:
            self.lock.release()

    def _holds(self, name: str) -> bool:
        self.at = name
        try:
            return CHECKS[name](self)
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


CHECKS: Mapping[str, Callable[[Readiness], bool]] = {
    "serving": _is_serving,
    "database": _database,
    "migrations": _migrations,
    "data_folder": _data_folder,
    "keys": _keys,
    "sweeper": _sweeper,
}
