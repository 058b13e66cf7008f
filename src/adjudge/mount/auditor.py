"""The process that holds all that is kept to the log, once a day, and tells of everything that does not fit.

Run as `python -m adjudge.mount.auditor`; `adjudge up` starts it and looks after it. Not a part of the sweeper: where
there is much, this takes minutes and much memory, and clocks run on meanwhile. It writes nothing, and may be cut off
anywhere.
"""

import logging
import os
import time
from dataclasses import replace
from typing import NoReturn

from django.db import connections

from adjudge.errors import AdjudgeError, UnavailableError
from adjudge.institution.counting.counting import note_audit
from adjudge.institution.on_database import Opened
from adjudge.institution.record.audit.check import check_now
from adjudge.mount.daily import Daily
from adjudge.mount.parent import end_with_parent
from adjudge.mount.site import open_site
from adjudge.mount.watching import measuring
from adjudge.mount.wsgi import settings_of_environment

LOOK = 60.0
"""Seconds between two looks at whether it is due."""
MANNERS = 5
"""By how much it gives way to who publishes and who serves pages."""
_logger = logging.getLogger(__name__)


def main() -> NoReturn:
    """Hold all to the log whenever it is due; told to stop, end at once."""
    end_with_parent()
    os.nice(MANNERS)
    opened = open_site(settings_of_environment())
    daily = Daily(opened.settings.data, "audit")
    while True:
        audit(opened, daily)
        time.sleep(LOOK)


def audit(opened: Opened, daily: Daily) -> bool:
    """Hold all to the log if that is due; whether it was done. A database that is away is waited for."""
    if not daily.is_due():
        return False
    daily.begun()
    try:
        hold_to_log(opened)
        daily.done()
    except UnavailableError as error:
        daily.at_once()
        _logger.warning("%s", error.message)
        return False
    except AdjudgeError as error:
        _logger.warning("%s", error.diagnostics())
        return False
    except Exception:
        _logger.exception("what is kept could not be held to the log")
        return False
    finally:
        connections.close_all()
    return True


def hold_to_log(opened: Opened) -> int:
    """Hold all that is kept to the log, and tell of everything that does not fit; how much that is."""
    from adjudge.storage.copies.ahead import AheadRecords  # noqa: PLC0415 - models are known once the site is open

    house = replace(opened.house, records=AheadRecords())
    found = check_now(house, opened.signer.verifier).findings
    for item in found:
        _logger.error("what is kept is not what the log says: %s: %s", item.where, item.message)
    measuring.audited(len(found))
    note_audit(opened.house, opened.settings.data, len(found))
    return len(found)


if __name__ == "__main__":
    main()
