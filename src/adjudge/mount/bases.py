"""Bases of snapshots built in a process of their own: while a large one is built, decisions are published as ever.

Run as `python -m adjudge.mount.bases FOLDER`, which builds one and prints its name. Started by whoever publishes; it
ends with it.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from adjudge.errors import AdjudgeError
from adjudge.institution.serving.bases import write_base
from adjudge.institution.serving.folder import Folder
from adjudge.mount.parent import WATCHED, end_with_parent
from adjudge.mount.watching import measuring
from adjudge.mount.watching.files import FOLDER
from adjudge.mount.whole import open_whole
from adjudge.mount.wsgi import settings_of_environment

PAUSE, LONGEST_PAUSE = 2.0, 60.0
"""Seconds before another one is begun where one failed; longer each time that it fails again."""
STOPPING = 5.0
MANNERS = 5
"""By how much it gives way to who publishes and who serves pages."""
_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Apart:
    """The process that builds, if one does."""

    folder: Path
    clock: Callable[[], float] = time.monotonic
    process: "subprocess.Popen[str] | None" = None
    begun: float = 0.0
    pause: float = PAUSE
    again_at: float | None = None

    def begin(self) -> None:
        """Start one, unless it runs, or failed a moment ago."""
        now = self.clock()
        if self.process is not None or (self.again_at is not None and now < self.again_at):
            return
        environment = {name: text for name, text in os.environ.items() if name != FOLDER}
        line = [sys.executable, "-m", __name__, str(self.folder), WATCHED]
        self.process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self.begun = now

    def built(self) -> str:
        """The name of the base where one is done; what failed has said so itself."""
        process = self.process
        if process is None or process.poll() is None:
            return ""
        name = process.communicate()[0].strip() if process.returncode == 0 else ""
        self._ended(process)
        measuring.snapshot_built("base", self.clock() - self.begun if name else None)
        if not name:
            self._rest()
        return name

    def took(self, *, is_used: bool) -> None:
        """Whether the last one is in use; where not, it was made by a program that was put in our place, or is gone."""
        if is_used:
            self.pause, self.again_at = PAUSE, None
        else:
            _logger.warning(
                "a base was built that cannot be used; after an upgrade, start `adjudge up` again"
            )
            self._rest()

    def _rest(self) -> None:
        self.again_at = self.clock() + self.pause
        self.pause = min(2 * self.pause, LONGEST_PAUSE)

    def _ended(self, process: "subprocess.Popen[str]") -> None:
        """Remove what it left half written: it has a name that no other process would look for."""
        self.process = None
        with suppress(OSError):
            Folder(self.folder).clear(process.pid)

    def end(self) -> None:
        """End what runs; the next one begins anew."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.communicate(timeout=STOPPING)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.communicate()
            self._ended(self.process)


def main() -> int:
    """Build one base into a folder that somebody else holds."""
    end_with_parent()
    os.nice(MANNERS)
    try:
        opened = open_whole(settings_of_environment())
        print(write_base(opened.house, opened.signer, Path(sys.argv[1])))  # noqa: T201 - to who started it
    except AdjudgeError as error:
        print(error.diagnostics(), file=sys.stderr)  # noqa: T201 - where the others say it
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
