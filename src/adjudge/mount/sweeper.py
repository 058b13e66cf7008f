"""The process that does what is due and nobody asks for: clocks, notices, programs to be told, grounds that fall away.

It signs the log when it has grown, and counts for the overview what came. Once a day the queue is looked over. What it
forgets are sessions that are over, answers kept for requests of the day
before, and accounts of people who were shut out. Run as `python -m adjudge.mount.sweeper`; `adjudge up` starts it and
looks after it. What it does can be done twice, or by two at once, without harm.
"""

import logging
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections

from adjudge.errors import AdjudgeError, UnavailableError
from adjudge.institution.counting.counting import count_on
from adjudge.institution.deciding.sweep import Swept, sweep_grounds
from adjudge.institution.house import now
from adjudge.institution.keeping.carrying_out import MOST, forget_bytes_left, let_go_what_is_due
from adjudge.institution.notifying.reminding import remind
from adjudge.institution.on_database import Opened
from adjudge.institution.published.forgetting import forget_replies_left
from adjudge.institution.published.statistics import count_large
from adjudge.institution.queue.mending import mend_queue
from adjudge.institution.reading.figures import standing
from adjudge.institution.record.log import last_checkpoint, sign_now
from adjudge.institution.register.mending import mend_register
from adjudge.institution.ticking.tick import tick
from adjudge.mount.daily import Daily
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
LAST_SENDING = 5.0
"""Seconds that each of those who send has to end what it is about when we are told to stop."""
ROUNDS_A_DAY = 10
"""Rounds of what is due to go, one after the other: the work of minutes on a slow disk."""
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
    rounds = Rounds(opened, heart, is_over=stopped.is_set)
    while not stopped.is_set():
        rounds.go()
        stopped.wait(MINUTE)
    for thread in (sender, teller):
        thread.join(LAST_SENDING)  # what it cannot end in time it does at the next start
    rounds.go(is_last=True)
    spans.end()
    return 0


@dataclass(slots=True)
class Rounds:
    """What is done again and again, each step by itself; and up to where one has looked for grounds that fall away."""

    opened: Opened
    heart: Heart
    is_over: Callable[[], bool] = lambda: False
    seen: Swept = field(default_factory=Swept)
    dailies: dict[str, Daily] = field(default_factory=dict)

    def go(self, *, is_last: bool = False) -> bool:
        """One round; whether all of it went well. The last one leaves out the work of a day.

        No fault ends it: the other steps go on, and the next round does again what failed. Where the database is away
        nothing else would go either, and it is waited for.
        """
        opened, is_well = self.opened, True
        try:
            for what, step in (
                ("clocks", lambda: tick(opened.house)),
                ("grounds that fall away", self._look_at_grounds),
                ("reminders", lambda: remind(opened.house)),
                ("the signature of the log", lambda: sweep(opened)),
                ("kept answers", lambda: forget_answers(opened)),
                ("figures", lambda: look_at_standing(opened)),
                ("the overview", lambda: count_on(opened.house, opened.settings.data)),
            ):
                is_well = self._went(what, step) and is_well
            if not is_last:
                is_well = self._do_daily() and is_well
        except UnavailableError as error:
            is_well = False
            _logger.warning("%s", error.message)
        finally:
            connections.close_all()
        self.heart.moved()
        measuring.round_ended(done=is_well)
        return is_well

    def _look_at_grounds(self) -> None:
        self.seen, _ = sweep_grounds(self.opened.house, self.seen)

    def _do_daily(self) -> bool:
        """What is due once a day, until it was done."""
        opened, is_well = self.opened, True
        for name, what, step in (
            ("sessions", "sessions that are over", lambda: call_command("clearsessions")),
            ("accounts", "accounts of people who were shut out", lambda: forget_shut_out(opened)),
            ("retention", "retention", lambda: let_go(opened, self.is_over)),
            (
                "replies",
                "replies that were taken back",
                lambda: forget_replies_left(opened.house, is_over=self.is_over),
            ),
            ("bytes", "bytes of documents that went", lambda: forget_bytes(opened, self.is_over)),
            ("queue", "the queue", lambda: mend(opened)),
            ("register", "the register", lambda: mend_public(opened, self.is_over)),
            (
                "register-figures",
                "figures of the register",
                lambda: count_large(opened.house, opened.settings.data),
            ),
            (
                "contested",
                "contested facts",
                lambda: count_on(opened.house, opened.settings.data, is_daily=True),
            ),
        ):
            daily = self.dailies.setdefault(name, Daily(opened.settings.data, name))
            if not daily.is_due():
                continue
            daily.begun()
            try:
                is_done = self._went(what, step)
            except UnavailableError:
                daily.at_once()
                raise
            if is_done and not self.is_over():
                daily.done()
            is_well = is_well and is_done
        return is_well

    def _went(self, what: str, step: Callable[[], object]) -> bool:
        """Whether a step went well. Raises UnavailableError where the database does not answer."""
        from adjudge.storage.records import told  # noqa: PLC0415 - models are known once the site is open

        self.heart.moved()
        try:
            with told(DEFAULT_DB_ALIAS):
                step()
        except UnavailableError:
            raise
        except AdjudgeError as error:
            _logger.warning("%s: %s", what, error.diagnostics())
            return False
        except Exception:  # whatever it is, clocks run on and the log is signed
            _logger.exception("%s: a step of the round failed", what)
            return False
        return True


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


def let_go(opened: Opened, is_over: Callable[[], bool] = lambda: False) -> int:
    """Let go of what is due, in rounds, between which clocks run out; how many things went."""
    count = 0
    for _ in range(ROUNDS_A_DAY):
        gone = let_go_what_is_due(opened.house, is_over=is_over)
        count += gone
        if gone < MOST or is_over():
            break
        tick(opened.house)
    return count


def forget_bytes(opened: Opened, is_over: Callable[[], bool] = lambda: False) -> int:
    """Forget bytes that outlived their document; of how many the disk did not let go, which is told."""
    stuck = forget_bytes_left(opened.house, is_over=is_over)
    if stuck:
        _logger.warning("bytes of documents that were expunged cannot be deleted: %s", ", ".join(stuck[:20]))
    return len(stuck)


def look_at_standing(opened: Opened) -> None:
    """Measure what takes reading: what is overdue, how appeals ended, which measures have effect."""
    with opened.house.records.reading() as records:
        measuring.stands(standing(records, now(opened.house, records)))


def mend(opened: Opened) -> int:
    """Make the queue true where somebody wrote who does not keep it, as a program of the release before; how much."""
    from adjudge.storage.upkeep import analyse  # noqa: PLC0415 - models are known once the site is open

    count = mend_queue(opened.house.records)
    analyse()
    if count:
        _logger.warning("the queue was not true for %d matters, and is now", count)
    return count


def mend_public(opened: Opened, is_over: Callable[[], bool] = lambda: False) -> int:
    """Make the register true, as `mend` does the queue, and redact it anew where its terms changed; how much."""
    from adjudge.storage.upkeep import analyse  # noqa: PLC0415 - models are known once the site is open

    count = mend_register(opened.house.records, is_over)
    analyse()
    if count:
        _logger.info("%d lines of the register were made anew", count)
    return count


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
