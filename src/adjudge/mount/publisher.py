"""The process that publishes what is in force for servers of ads, a moment after each decision.

Run as `python -m adjudge.mount.publisher`; `adjudge up` starts it and looks after it. Not a part of the sweeper: what
is slow there delays nothing here. It may be cut off anywhere; the next one goes on from what lies in the folder.
"""

import logging
import signal
import sys
import threading
import time

from django.db import connections

from adjudge.errors import AdjudgeError
from adjudge.institution.on_database import Opened
from adjudge.institution.serving.folder import held_folder
from adjudge.institution.serving.publishing import Publisher
from adjudge.mount.bases import Apart
from adjudge.mount.parent import end_with_parent
from adjudge.mount.site import open_site
from adjudge.mount.tracing import spans
from adjudge.mount.watching import measuring
from adjudge.mount.wsgi import settings_of_environment

LOOK = 0.1
"""Seconds between two looks at whether the log has grown."""
REST = 2.0
"""Seconds after a fault, so as not to say the same ten times in one."""
_logger = logging.getLogger(__name__)


def main() -> int:
    """Publish until told to stop."""
    end_with_parent()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # By a thread: we may hold the lock of the event at that very moment.
        signal.signal(number, lambda *_: threading.Thread(target=stopped.set).start())
    opened = open_site(settings_of_environment())
    while not stopped.is_set():
        try:
            _publish(opened, stopped)
        except AdjudgeError as error:
            _logger.warning("%s", error.diagnostics())
            stopped.wait(REST)
    connections.close_all()
    spans.end()
    return 0


def _publish(opened: Opened, stopped: threading.Event) -> None:
    """Hold the folder, and publish into it; once more when told to stop, so that what was decided last is there."""
    with held_folder(opened.settings.serving) as folder:
        bases = Apart(folder.path)
        publisher = Publisher(opened.house, opened.signer, folder, bases)
        try:
            while not stopped.is_set():
                stopped.wait(LOOK if looked(publisher) else REST)
            looked(publisher)
        finally:
            bases.end()


def looked(publisher: Publisher) -> bool:
    """Look once; whether it went well. Whatever goes wrong, what was published stays, and the next look goes on."""
    began, before = time.perf_counter(), publisher.delta
    try:
        publisher.look()
    except AdjudgeError as error:
        _logger.warning("%s", error.diagnostics())
    except Exception:
        _logger.exception("what is in force could not be published")
        publisher.forget()
    else:
        if publisher.delta not in {before, ""}:
            measuring.snapshot_built("delta", time.perf_counter() - began)
        measuring.published(publisher.confirmed_at, publisher.behind, publisher.keys)
        return True
    measuring.not_published()
    connections.close_all()
    return False


if __name__ == "__main__":
    sys.exit(main())
