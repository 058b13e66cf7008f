"""A site that is served over SQLite or PostgreSQL, on which an advertiser has just been excluded and told by mail.

Its people here act in this process, over the same database as the server; its advertiser has a link, and a browser.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
from django.core.management import call_command
from django.db import connections

from adjudge.basis.ids import RuleId
from adjudge.basis.instant import Instant
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.hearing.handling import acknowledge, assign
from adjudge.institution.house import House
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.premises import occupy
from adjudge.institution.published.replying import give_reply
from adjudge.institution.record.log import ISSUED, Exported, export_log, receipt, sign_now
from adjudge.ledger.receipt import receipt_bytes
from adjudge.matters.proposal import Proposal
from adjudge.post.outgoing import Mail
from adjudge.records.rows import AppealRow
from adjudge.records.shelf import APPEALS, PEOPLE
from tests.browser.desk_site import PROPOSAL, wait_for
from tests.databases import Postgres
from tests.ports import free_port
from tests.rooms.institution.sent import Answering, post_to
from tests.sites import Site, founded, opened_in, pointed_to, populated, quick_passwords

__all__ = ["founded"]
T = TypeVar("T")
EMAIL = "legal@kaspersky.example"
SUBJECT = "ad-antivirus"


@dataclass(frozen=True, slots=True)
class Excluded:
    """Where the pages are served, what the advertiser has, and the institution as its people have it."""

    address: str
    decision: str
    mail: Mail
    site: Site
    house: House
    aside: Executor
    """Where its people act: beside the loop of the browser, in which no database may be asked."""

    @property
    def link(self) -> str:
        """The link that came with the mail."""
        return self.mail.link

    def appeal(self) -> AppealRow:
        """The last appeal."""
        return self._done(self._appeal)

    def appeals(self) -> list[str]:
        """All appeals against the decision."""
        return self._done(self._appeals)

    def acknowledged(self) -> None:
        """Somebody who took no part looks at the appeal."""
        self._done(self._acknowledged)

    def reversed(self) -> None:
        """It is decided that no measure is left."""
        self._done(self._reversed)

    def replied(self, words: str, language: str) -> None:
        """The advertiser puts its own words beside the decision, for everybody."""
        self._done(
            lambda: give_reply(self.house, self.site.actor("member"), self.decision, words, language=language)
        )

    def superseded(self) -> str:
        """It is decided anew; the decision that takes the place of the first."""
        return self._done(lambda: _decided(self.house, self.site))

    def signed(self) -> None:
        """The log is signed, as the sweep does it once an hour."""
        self._done(lambda: sign_now(self.house, self.site.opened.signer))

    def receipt(self) -> bytes:
        """The receipt of the decision, which its advertiser has and may hand on."""
        house, site = self.house, self.site
        return self._done(
            lambda: receipt_bytes(
                receipt(house, site.actor("member"), self.decision, site.opened.signer, kinds=tuple(ISSUED))
            )
        )

    def log(self) -> bytes:
        """The log as an auditor may have it, and may hand it on: without its sealed parts."""
        exported = Exported(signer=self.site.opened.signer, parts_included=False)
        return self._done(lambda: b"".join(export_log(self.house, self.site.actor("auditor"), exported)))

    def _done(self, act: Callable[[], T]) -> T:
        return self.aside.submit(act).result(120)

    def _appeal(self) -> AppealRow:
        with self.house.records.reading() as records:
            return max(records.find(APPEALS), key=lambda row: row.filed_at)

    def _appeals(self) -> list[str]:
        with self.house.records.reading() as records:
            return [row.id for row in records.find(APPEALS, decision=self.decision)]

    def _acknowledged(self) -> None:
        site, row = self.site, self._appeal()
        assign(self.house, site.actor("hearer"), row.id, site.people["appeals"].id, "took no part")
        acknowledge(self.house, site.actor("appeals"), row.id, "We look at your first point this week.")
        make_owed(self.house)

    def _reversed(self) -> None:
        site, row = self.site, self._appeal()
        proposal = Proposal(
            reason="It was another product.",
            appeal=row.id,
            instead={RuleId("prohibited-sale"): None},
            why_departing="The ad is for another product than the one that is forbidden.",
            milder=PROPOSAL.milder,
            rights=PROPOSAL.rights,
            replies={point.id: f"Answer to {point.id}, in words." for point in row.points},
        )
        made = propose(self.house, site.actor("appeals"), row.matter, SUBJECT, proposal)
        confirm(self.house, site.actor("third"), made.id, made.digest, "I have read it")
        issue(self.house, site.actor("hearer"), made.id)
        make_owed(self.house)


@contextlib.contextmanager
def excluded(
    kind: str, folder: Path, request: pytest.FixtureRequest, language: str, *, workers: int = 1
) -> Iterator[Excluded]:
    """Serve it on a database of a kind; the advertiser reads a language."""
    whole = request.getfixturevalue("founded" if kind == "sqlite" else "postgres")
    aside = ThreadPoolExecutor(1)
    url = aside.submit(_filled, folder, whole).result(300)
    port = free_port()
    address = f"http://localhost:{port}"
    found = aside.submit(_prepared, folder, address, language, aside).result(300)
    own = {"ADJUDGE_DATA_DIR": str(folder), "ADJUDGE_PORT": str(port), "ADJUDGE_WORKERS": str(workers)}
    own |= {"ADJUDGE_DATABASE_URL": url} if url else {}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_")}
    process = subprocess.Popen([sys.executable, "-m", "adjudge.mount.server"], env={**kept, **own})
    try:
        wait_for(address)
        yield found
    finally:
        process.terminate()
        process.wait(60)
        aside.submit(pointed_to, folder).result(60)  # closes the line to the database
        aside.shutdown()


def _filled(folder: Path, whole: Path | Postgres) -> str:
    """Put the founding case into a database; its address, empty for the file in the folder."""
    if isinstance(whole, Path):
        shutil.copytree(whole, folder)
        pointed_to(folder)
        return ""
    server = whole
    name = server.empty()
    folder.mkdir(parents=True)
    connections["default"].close()
    settled = connections.configure_settings({"default": server.database(name)})
    connections.settings["default"] = settled["default"]
    del connections["default"]
    with quick_passwords():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        populated(opened_in(folder))
    return server.uri(name)


def _prepared(folder: Path, address: str, language: str, aside: Executor) -> Excluded:
    opened = opened_in(folder, hour=13)
    occupy(opened)
    with opened.house.records.reading() as records:
        site = Site(opened, {row.email.split("@")[0]: row for row in records.find(PEOPLE)})
    now = replace(opened.house, clock=lambda: Instant(time.time_ns()), address=address)
    settle_contact(
        now,
        site.actor("member"),
        site.matter.advertiser,
        language=language,
        emails=[EMAIL],
        reason="as asked",
    )
    decision = _decided(now, site)
    (folder / "secret.key").write_text("for tests\n", encoding="ascii")
    (folder / "log.key").write_text(opened.signer.secret() + "\n", encoding="ascii")
    return Excluded(address, decision, _sent(now), site, now, aside)


def _decided(house: House, site: Site) -> str:
    row = propose(house, site.actor("reviewer"), site.matter.id, SUBJECT, PROPOSAL)
    confirm(house, site.actor("second"), row.id, row.digest, "I have read it")
    sign(house, site.actor("legal"), row.id, "legal", row.digest, reason="lawful")
    return issue(house, site.actor("reviewer"), row.id).id


def _sent(house: House) -> Mail:
    make_owed(house)
    mailer = Answering()
    deliver_due(house, post_to(mailer))
    mails = [item for item in mailer.sent if isinstance(item, Mail)]
    assert mails, "no mail went out"
    return mails[-1]
