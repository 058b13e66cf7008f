"""The sign that the sweeper lives: left every few seconds by a thread, as long as the sweeper itself moves."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.mount.run_folder import beat

BEAT = 5.0
LONGEST_STEP = 3_600.0
"""Seconds after which a sweeper that is at the same step counts as stuck; long, since nobody is sent here by then."""


@dataclass(slots=True)
class Heart:
    """The thread, and when the sweeper moved last."""

    data: Path
    clock: Callable[[], float] = time.monotonic
    moved_at: float = field(default=0.0)

    def start(self) -> None:
        """Beat until the process ends."""
        self.moved()
        threading.Thread(target=self._run, daemon=True).start()

    def moved(self) -> None:
        """The sweeper begins or ends a step."""
        self.moved_at = self.clock()

    def beat(self) -> bool:
        """Leave the sign, unless the sweeper is stuck; whether it was left."""
        if self.clock() - self.moved_at > LONGEST_STEP:
            return False
        beat(self.data)
        return True

    def _run(self) -> None:
        while True:
            self.beat()
            time.sleep(BEAT)
