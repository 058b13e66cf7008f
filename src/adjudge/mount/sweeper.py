"""The process that does what is due and nobody asks for: clocks, notices, programs to be told, grounds that fall away.

It signs the log when it has grown, and counts for the overview what came. Once a day the queue is looked over, and all
that is kept is held to the log. What it forgets are sessions that are over, answers kept for requests of the day
before, and accounts of people who were shut out. Run as `python -m adjudge.mount.sweeper`; `adjudge up` starts it and
looks after it. What it does can be done twice, or by two at once, without harm.
"""

import logging
import signal
import sys
import threading
from collections.abc import Callable

from django.core.management import call_command
from django.db import connections

from adjudge.errors import UnavailableError
from adjudge.institution.counting.counting import count_on, note_audit
from adjudge.institution.deciding.sweep import Swept, sweep_grounds
from adjudge.institution.house import now
from adjudge.institution.keeping.carrying_out import let_go_what_is_due
from adjudge.institution.notifying.reminding import remind
from adjudge.institution.on_database import Opened
from adjudge.institution.queue.mending import mend_queue
from adjudge.institution.reading.figures import standing
from adjudge.institution.record.audit.check import check_now
from adjudge.institution.record.log import last_checkpoint, sign_now
from adjudge.institution.ticking.tick import tick
from adjudge.mount.heart import Heart
from adjudge.mount.informing import Teller
from adjudge.mount.parent import end_with_parent
from adjudge.mount.sending import Sender
from adjudge.mount.site import open_site
from adjudge.mount.tracing import spans
from adjudge.mount.watching import measuring
from adjudge.mount.wsgi import settings_of_environment
from adjudge.records.shelf import PEOPLE

MINUTE = 60
SWEEPS_A_DAY = 1_440
LAST_SENDING = 5.0
"""Seconds that each of those who send has to end what it is about when we are told to stop."""
_logger = logging.getLogger(__name__)


def main() -> int:
    """Sweep once a minute until told to stop; once more then, so that what was done last is signed too."""
    end_with_parent()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # By a thread: we may hold the lock of the event at that very moment.
        signal.signal(number, lambda *_: threading.Thread(target=stopped.set).start())
    opened = open_site(settings_of_environment())
    heart = Heart(opened.settings.data)
    heart.start()
    sender = threading.Thread(target=Sender(opened, stopped).run, daemon=True)
    sender.start()
    teller = threading.Thread(target=Teller(opened, stopped).run, daemon=True)
    teller.start()
    sweeps, seen = 0, Swept()
    while not stopped.is_set():
        heart.moved()
        seen = _swept(opened, seen, is_daily=sweeps % SWEEPS_A_DAY == 0, is_over=stopped.is_set)
        heart.moved()
        stopped.wait(MINUTE)
        sweeps += 1
    for thread in (sender, teller):
        thread.join(LAST_SENDING)  # what it cannot end in time it does at the next start
    _swept(opened, seen, is_daily=False)
    spans.end()
    return 0


def _swept(
    opened: Opened, seen: Swept, *, is_daily: bool, is_over: Callable[[], bool] = lambda: False
) -> Swept:
    """One sweep, and up to where it has looked; a database that is away is waited for until the next one."""
    try:
        tick(opened.house)
        seen, _ = sweep_grounds(opened.house, seen)
        remind(opened.house)
        sweep(opened)
        forget_answers(opened)
        if is_daily:
            call_command("clearsessions")
            forget_shut_out(opened)
            let_go_what_is_due(opened.house, is_over=is_over)
            mend(opened)
            hold_to_log(opened)
        count_on(opened.house, opened.settings.data, is_daily=is_daily)
        look_at_standing(opened)
        measuring.round_ended(done=True)
    except UnavailableError as error:
        measuring.round_ended(done=False)
        _logger.warning("%s", error.message)
    finally:
        connections.close_all()
    return seen


def sweep(opened: Opened) -> bool:
    """Sign the log if it has grown since it was signed last; whether it had."""
    with opened.house.records.reading() as records:
        size, signed = records.size(), last_checkpoint(records)
    if not size or (signed is not None and signed.checkpoint.size == size):
        measuring.log_signed(size)
        return False
    sign_now(opened.house, opened.signer)
    measuring.log_signed(size)
    return True


def forget_answers(opened: Opened) -> int:
    """Forget the answers that were kept for a day for requests that are sent again, a portion at a time; how many."""
    from adjudge.storage.requests import forget_old  # noqa: PLC0415 - models are known once the site is open

    count = 0
    while portion := forget_old(opened.house.clock().nanos):
        count += portion
    return count


def look_at_standing(opened: Opened) -> None:
    """Measure what takes reading: what is overdue, how appeals ended, which measures have effect."""
    with opened.house.records.reading() as records:
        measuring.stands(standing(records, now(opened.house, records)))


def mend(opened: Opened) -> int:
    """Make the queue true where somebody wrote who does not keep it, as a program of the release before; how much."""
    from adjudge.storage.upkeep import analyse_queue  # noqa: PLC0415 - models are known once the site is open

    count = mend_queue(opened.house.records)
    analyse_queue()
    if count:
        _logger.warning("the queue was not true for %d matters, and is now", count)
    return count


def hold_to_log(opened: Opened) -> int:
    """Hold all that is kept to the log, and tell of everything that does not fit; how much that is."""
    found = check_now(opened.house, opened.signer.verifier).findings
    for item in found:
        _logger.error("what is kept is not what the log says: %s: %s", item.where, item.message)
    measuring.audited(len(found))
    note_audit(opened.house, opened.settings.data, len(found))
    return len(found)


def forget_shut_out(opened: Opened) -> int:
    """Delete the accounts of people who were shut out, with their addresses and second factors; how many."""
    from adjudge.storage.models import Account  # noqa: PLC0415 - models are known once the site is open

    with opened.house.records.reading() as records:
        people = {account: records.get(PEOPLE, account.person) for account in Account.objects.all()}
    gone = [account for account, person in people.items() if person is None or not person.active]
    for account in gone:
        account.delete()
    return len(gone)


if __name__ == "__main__":
    sys.exit(main())
