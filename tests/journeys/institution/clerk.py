"""A process of the institution for tests: opens it, and does what it is told, one line of JSON at a time.

Run as a program, so that it can be killed, starved and raced like a server. `[name, argument...]` comes in on a line;
`{"done": ...}` goes out, or `{"error": ..., "message": ..., "hint": ...}`. While it works through matters it says each
act on a line of its own, flushed, once the act has returned: what was said so is acknowledged.
"""

import json
import os
import resource
import signal
import ssl
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from adjudge.basis.instant import NANOS, Instant
from adjudge.basis.problem import ProblemLog
from adjudge.errors import AdjudgeError, ConflictError, RefusedError, UnavailableError
from adjudge.institution.data.case_folder import bring_case
from adjudge.institution.deciding import decisions, matters
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hooks.settling import settle_hook
from adjudge.institution.hooks.telling import deliver_hooks
from adjudge.institution.house import House
from adjudge.institution.material import claims
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.delivering import Pace, deliver_due
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.on_database import Opened, open_institution
from adjudge.institution.staff.keys import make_key, make_own_key
from adjudge.institution.staff.people import change_roles
from adjudge.institution.ticking.tick import tick
from adjudge.people.act import Act
from adjudge.people.role import Role
from adjudge.post.mailer import Mailer, Tls
from adjudge.post.post import Post
from adjudge.post.webhook import WebhookSender
from adjudge.records.rows import DecisionRow, DecisionState
from adjudge.records.shelf import DECISIONS
from adjudge.settings.schema import read_settings
from tests.generators import institutions
from tests.generators.institutions import PROPOSAL, ad, brewer, matter_of, staff_of
from tests.journeys.institution.soundness import flaws_of

PAUSE = 0.1
"""Seconds before one asks again a database that did not answer."""
MOST_OUTRUN = 20
"""Times that one is told no, on one matter, before it is left as it is: others were first, but not that often."""
DAY = 86_400 * NANOS
Told = object


class Clerk:
    """One who has opened the institution."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.house = opened, opened.house

    def found(self, count: int) -> Told:
        """Found it, with so many matters."""
        institutions.found(self.house, count)
        return count

    def bring(self, folder: str) -> Told:
        """Bring a case folder in; the matter that it is."""
        staff = staff_of(self.house)
        return bring_case(self.house, staff.administrator, staff.author, Path(folder)).id

    def work(self, numbers: list[int]) -> Told:
        """Decide matters, in this order, each from where it stands. Looks again whenever it is told no."""
        staff = staff_of(self.house)
        for number in numbers:
            outrun = 0
            while outrun < MOST_OUTRUN:
                try:
                    if not _step(self.house, staff, number):
                        break
                except (ConflictError, RefusedError) as error:
                    outrun += 1
                    _say({"outrun": error.diagnostics()})
                except UnavailableError as error:
                    _say({"away": error.message, "hint": error.hint})
                    time.sleep(PAUSE)
        return len(numbers)

    def propose(self, number: int) -> Told:
        """Propose about the ad of a matter."""
        staff = staff_of(self.house)
        row = decisions.propose(
            self.house, staff.author, matter_of(self.house, number).id, ad(number), PROPOSAL
        )
        return row.id

    def confirm(self, number: int) -> Told:
        """Confirm what waits."""
        row = self._waiting(number)
        return decisions.confirm(self.house, staff_of(self.house).second, row.id, row.digest, "read").id

    def give_back(self, number: int) -> Told:
        """Return what waits."""
        return decisions.give_back(
            self.house, staff_of(self.house).second, self._waiting(number).id, "anew"
        ).id

    def issue(self, number: int) -> Told:
        """Issue what waits."""
        return decisions.issue(self.house, staff_of(self.house).issuer, self._waiting(number).id).id

    def reverse(self, number: int) -> Told:
        """Decide anew about the ad of a matter, once it turned out that what was claimed was a mistake."""
        staff = staff_of(self.house)
        claims.withdraw_claim(self.house, staff.author, f"{ad(number)}-beer", "a mistake")
        row = decisions.propose(
            self.house, staff.author, matter_of(self.house, number).id, ad(number), PROPOSAL
        )
        return decisions.issue(self.house, staff.issuer, row.id).id

    def discount(self, number: int, weight: int) -> Told:
        """Discount the claim on which the ad's decision rests."""
        return claims.discount(
            self.house, staff_of(self.house).author, f"{ad(number)}-beer", weight, "doubt"
        ).id

    def assign(self, number: int, seen: int) -> Told:
        """Assign a matter as it was seen."""
        staff = staff_of(self.house)
        matter = matter_of(self.house, number)
        return matters.assign(
            self.house, staff.author, matter.id, staff.author.person, reason="mine", seen=seen
        ).seen

    def open_again(self, number: int) -> Told:
        """Open a matter on an advertiser who had one."""
        staff = staff_of(self.house)
        return matters.open_matter(
            self.house, staff.author, brewer(number), institutions.POLICY, reason="again"
        ).id

    def close(self, number: int) -> Told:
        """Close a matter."""
        matter = matter_of(self.house, number)
        author = staff_of(self.house).author
        return matters.close(self.house, author, matter.id, reason="done", seen=matter.seen).id

    def crowd(self, numbers: list[int]) -> Told:
        """A thread for each matter, all at once, each of which does different things there."""
        with ThreadPoolExecutor(len(numbers)) as pool:
            return sum(pool.map(self._several, numbers))

    def check(self) -> Told:
        """Look whether all that is kept fits together, and list what the log says was done."""
        found = flaws_of(self.opened)
        with self.house.records.reading() as records:
            entries = [[item.kind, item.subject] for item in records.entries()]
        return {"flaws": found, "entries": entries}

    def keys(self) -> Told:
        """A key of one's own for everybody who decides, by name."""
        staff = staff_of(self.house)
        people = {"author": staff.author, "second": staff.second, "issuer": staff.issuer}
        return {name: make_own_key(self.house, actor, "calls").secret for name, actor in people.items()}

    def service_key(self, act: str) -> Told:
        """A key for a program that does one act."""
        admin = staff_of(self.house).administrator
        return make_key(self.house, admin, "a program", [Act(act)]).secret

    def size(self) -> Told:
        """How many entries the log has."""
        with self.house.records.reading() as records:
            return records.size()

    def starve(self, file: str, more: int) -> Told:
        """From now on no file grows beyond what this one has and so many bytes more; -1 lifts the limit."""
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        most = resource.RLIM_INFINITY if more < 0 else os.path.getsize(file) + more  # noqa: PTH202 - as told
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        return most

    def reach(self, number: int, addresses: list[str]) -> Told:
        """Let a brewer be reached at addresses."""
        author = staff_of(self.house).author
        return settle_contact(
            self.house, author, brewer(number), language="fr", emails=addresses, reason="as asked"
        ).language

    def make(self) -> Told:
        """Make the notices that are owed."""
        return [row.id for row in make_owed(self.house)]

    def deliver(self, port: int, later: int, step: str) -> Told:
        """Deliver what is due so many seconds later, to a mail server of this machine; be killed at a step of it."""

        def reached(told: str) -> None:
            if told == step:
                os.kill(os.getpid(), signal.SIGKILL)

        house = replace(self.house, clock=lambda: Instant(time.time_ns() + later * NANOS))
        mailer = Mailer(host="127.0.0.1", port=port, sender="notices@platform.example", tls=Tls.NONE)
        post = Post(mailer=mailer, webhooks=WebhookSender())
        return [row.id for row in deliver_due(house, post, Pace(between=reached))]

    def file(self, numbers: list[int]) -> Told:
        """File an appeal against the decision of each matter, as somebody here writes down what came by letter."""
        actor = staff_of(self.house).issuer
        rows = [self._waiting(number) for number in numbers]
        return [file_appeal(self.house, actor, row.id, ["We have a licence."]).id for row in rows]

    def tick(self, days: int) -> Told:
        """Let run out what is due so many days from now."""
        later = replace(self.house, clock=lambda: Instant(self.house.clock().nanos + days * DAY))
        return [row.id for row in tick(later)]

    def hook(self, url: str) -> Told:
        """Settle that a program is told of all that happened and happens; its id and its secret."""
        admin = staff_of(self.house).administrator
        made = settle_hook(self.house, admin, name="a program", url=url, since=0, reason="to know")
        return [made.hook.id, made.secret]

    def inform(self, certificate: str, later: int, step: str, times: int) -> Told:
        """Tell programs what is new, so many seconds later; or until one is killed at a step, reached so many times."""
        left = [times]

        def reached(told: str) -> None:
            left[0] -= told == step
            if told == step and not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

        house = replace(self.house, clock=lambda: Instant(time.time_ns() + later * NANOS))
        sender = WebhookSender(private=True, context=ssl.create_default_context(cafile=certificate))
        with sender.kept_open() as calls:
            told = deliver_hooks(house, calls, Pace(between=reached))
            while step:  # others are writing, and there will be more
                time.sleep(PAUSE)
                told += deliver_hooks(house, calls, Pace(between=reached))
            return told

    def _waiting(self, number: int) -> DecisionRow:
        """The last decision about the ad of a matter, waiting or not: a second one to act may come too late."""
        with self.house.records.reading() as records:
            return records.find(DECISIONS, subject=ad(number))[-1]

    def _several(self, number: int) -> int:
        from django.db import connections

        staff, matter = staff_of(self.house), matter_of(self.house, number)
        try:
            matters.evaluate_matter(self.house, staff.author, matter.id)
            matters.assign(
                self.house, staff.author, matter.id, staff.author.person, reason="mine", seen=matter.seen
            )
            claim = claims.record_claim(
                self.house, staff.author, institutions.POLICY, institutions.another_claim(number)
            )
            claims.withdraw_claim(self.house, staff.author, claim.id, "a mistake")
            person = staff.auditor.person
            change_roles(self.house, staff.administrator, person, (Role.AUDITOR,), reason="confirmed")
            institutions.decide(self.house, staff, number)
            return 8
        finally:
            connections.close_all()


def _step(house: House, staff: institutions.Staff, number: int) -> bool:
    """The next act on the ad of a matter, acknowledged; False where it is decided."""
    with house.records.reading() as records:
        found = records.find(DECISIONS, subject=ad(number))
    row = found[-1] if found else None
    if row is None:
        made = decisions.propose(house, staff.author, matter_of(house, number).id, ad(number), PROPOSAL)
        _say({"ack": ["decision:proposed", made.id]})
    elif row.state is DecisionState.PROPOSED and not row.signatures:
        decisions.confirm(house, staff.second, row.id, row.digest, "read and agreed")
        _say({"ack": ["decision:confirmed", row.id]})
    elif row.state is DecisionState.PROPOSED:
        decisions.issue(house, staff.issuer, row.id)
        _say({"ack": ["decision:issued", row.id]})
    else:
        return False
    return True


def _say(told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _told(act: Callable[[], Told]) -> Told:
    """Do it, and say what came of it."""
    try:
        done = act()
    except AdjudgeError as error:
        _say({"error": type(error).__name__, "message": error.message, "hint": error.hint})
        return None
    _say({"done": "open" if isinstance(done, Opened) else done})
    return done


def main() -> None:
    """Open the institution that the environment names, and do what is told until the line ends."""
    problems = ProblemLog()
    settings = read_settings(os.environ, problems)
    if problems.refuses:
        sys.exit(str(problems.problems))
    opened = _told(lambda: open_institution(settings, migrated="migrate" in sys.argv))
    if not isinstance(opened, Opened):
        sys.exit(1)
    clerk = Clerk(opened)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        _told(partial(getattr(clerk, name), *arguments))


if __name__ == "__main__":
    main()
