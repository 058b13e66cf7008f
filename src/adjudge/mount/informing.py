"""The part of the sweeper that tells programs what happens, each in a thread of its own: none waits for another.

Not the telling itself. What it does may be cut off anywhere, and be done by two at once.
"""

import logging
import threading
import time
from dataclasses import dataclass, field

from django.db import connections

from adjudge.errors import AdjudgeError
from adjudge.institution.hooks.telling import deliver_hook, hooks_due
from adjudge.institution.notifying.delivering import Pace
from adjudge.institution.notifying.posting import hook_sender_of
from adjudge.institution.on_database import Opened

LOOK = 2.0
"""Seconds between two looks at whether there is anything new to tell."""
REST = 15.0
"""Seconds for which a program is left alone after a fault of ours, so as not to say the same every two seconds."""
LONGEST_ROUND = 60.0
LAST = 4.0
"""Seconds for which messages that are under way are waited for when we are told to stop."""
_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Teller:
    """Who is being told at the moment, by the ids of the hooks."""

    opened: Opened
    stopped: threading.Event
    busy: dict[str, threading.Thread] = field(default_factory=dict)

    def run(self) -> None:
        """Look every few seconds until told to stop. What is not told by then is told after the next start."""
        while not self.stopped.is_set():
            self.look()
            self.stopped.wait(LOOK)
        end = time.monotonic() + LAST
        for thread in self.busy.values():
            thread.join(
                max(0.0, end - time.monotonic())
            )  # each leaves off after the message that is under way

    def look(self) -> None:
        """Begin with every program for which there is something new, and that is not being told already."""
        try:
            due = hooks_due(self.opened.house)
        except AdjudgeError as error:
            _logger.warning("%s", error.diagnostics())
            self.stopped.wait(REST)
            return
        except Exception:  # whatever it is, what is in the log stays there, and is told later
            _logger.exception("programs could not be told of what happened")
            self.stopped.wait(REST)
            return
        finally:
            connections.close_all()
        self.busy = {name: thread for name, thread in self.busy.items() if thread.is_alive()}
        for hook_id in due:
            if hook_id not in self.busy:
                # A daemon: a slow receiver does not keep the program from ending when it is told to.
                self.busy[hook_id] = threading.Thread(target=self._tell, args=(hook_id,), daemon=True)
                self.busy[hook_id].start()

    def _tell(self, hook_id: str) -> None:
        end = time.monotonic() + LONGEST_ROUND
        pace = Pace(is_over=lambda: self.stopped.is_set() or time.monotonic() > end)
        try:
            with hook_sender_of(self.opened.settings).kept_open() as calls:
                deliver_hook(self.opened.house, calls, hook_id, pace)
        except AdjudgeError as error:
            _logger.warning("%s", error.diagnostics())
            self.stopped.wait(REST)
        except Exception:
            _logger.exception("a program could not be told of what happened")
            self.stopped.wait(REST)
        finally:
            connections.close_all()
