"""The part of the sweeper that makes notices and sends them, in a thread of its own: no receiver keeps a clock waiting.

Not the sending itself. What it does can be done twice, or by two at once, and may be cut off anywhere.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

from adjudge.errors import AdjudgeError
from adjudge.institution.notifying.delivering import Pace, deliver_due, waiting_for_mail
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.posting import post_of
from adjudge.institution.on_database import Opened
from adjudge.records.rows import DeliveryState, NoticeState
from adjudge.records.shelf import DELIVERIES, NOTICES

LOOK = 2.0
"""Seconds between two looks at whether anything is owed: somebody may be waiting for what was just decided."""
ROUND = 15.0
"""Seconds after which what waits is looked at again in any case."""
LONGEST_ROUND = 60.0
_logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Sender:
    """What was seen by the last round: when it was, how much it left, and how much waits for settings.

    It rests for a while after a fault, so as not to say the same every two seconds.
    """

    opened: Opened
    stopped: threading.Event
    at: float = 0.0
    left: int = 0
    unset: int = 0
    rests_until: float = 0.0

    def run(self) -> None:
        """Look every few seconds until told to stop; once more then, so that what was decided last is made."""
        while True:
            is_last = self.stopped.is_set()
            self._look()
            if is_last:
                return
            self.stopped.wait(LOOK)

    def _look(self) -> None:
        try:
            if self._is_due():
                self.send()
        except AdjudgeError as error:
            self.rests_until = time.monotonic() + ROUND
            _logger.warning("%s", error.diagnostics())
        except Exception:  # whatever it is, what is owed stays owed, and is tried again
            self.rests_until = time.monotonic() + ROUND
            _logger.exception("notices could not be made or sent")
        finally:
            connections.close_all()

    def _is_due(self) -> bool:
        """Whether anything is owed, or waits that did not; counted, since most looks find nothing."""
        if time.monotonic() < self.rests_until:
            return False
        if time.monotonic() - self.at >= ROUND:
            return True
        with self.opened.house.records.reading() as records:
            return bool(records.count(NOTICES, state=NoticeState.OWED.value)) or self.left != records.count(
                DELIVERIES, state=DeliveryState.WAITING.value
            )

    def send(self) -> None:
        """Make what is owed, and deliver what is due."""
        self.at = time.monotonic()
        try:
            make_owed(self.opened.house)
        finally:
            self._deliver()  # one that cannot be made does not keep the others from going out

    def _deliver(self) -> None:
        house, post = self.opened.house, post_of(self.opened.settings)
        deliver_due(house, post, Pace(is_over=self._until(self.at + LONGEST_ROUND)))
        with house.records.reading() as records:
            self.left = records.count(DELIVERIES, state=DeliveryState.WAITING.value)
            unset = waiting_for_mail(records, post)
        if unset > self.unset:
            _logger.warning("%s notices wait to be sent by mail: set `ADJUDGE_SMTP_HOST`", unset)
        self.unset = unset

    def _until(self, end: float) -> Callable[[], bool]:
        """Whether to stop for now: what is left is due at the next round, or at the next start."""
        return lambda: self.stopped.is_set() or time.monotonic() > end
