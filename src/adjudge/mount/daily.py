"""Work of a day: due until it was done, whatever came between. When that was lies among the signs of the processes.

Counted in time, and not in rounds. Whoever is started anew, alone or with all the others, knows what was done or tried.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from adjudge.mount.run_folder import note, noted

DAY = 86_400.0
REST = 3_600.0
"""Seconds before what failed, or was killed, is tried again: it takes long, and may fail again."""


@dataclass(slots=True)
class Daily:
    """One such work, and when it was done and begun. What a full disk does not keep is remembered here."""

    data: Path
    name: str
    clock: Callable[[], float] = time.time
    kept: dict[str, float] = field(default_factory=dict)

    def is_due(self) -> bool:
        """Whether it was not done within a day, and not begun within an hour."""
        return not self._was_within("done", DAY) and not self._was_within("begun", REST)

    def begun(self) -> None:
        """It begins; if it ends otherwise than well, it rests."""
        self._note("begun", self.clock())

    def at_once(self) -> None:
        """It could not begin: what it needs is away for a moment."""
        self._note("begun", 0.0)

    def done(self) -> None:
        """It is done for a day."""
        self._note("done", self.clock())

    def _note(self, what: str, at: float) -> None:
        self.kept[what] = at
        note(self.data, f"{self.name}.{what}", at)

    def _was_within(self, what: str, seconds: float) -> bool:
        at = self.kept.get(what)
        if at is None:
            at = noted(self.data, f"{self.name}.{what}")
        # What is to come was noted by a clock that went wrong.
        return at is not None and 0 <= self.clock() - at < seconds
