"""A served desk for tests in a browser, and the pages that are looked at: who opens each, and where it is.

Not a test. The site has a decision in force, a proposal that waits, an appeal, a dispute and a notice; pictures for
the documentation are taken from the same one.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from adjudge.basis.instant import Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.institution.deciding.decisions import propose
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import acknowledge, assign
from adjudge.institution.hearing.settlement import refer
from adjudge.institution.hearing.talking import write
from adjudge.institution.material.claims import discount, record_claim
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.premises import occupy
from adjudge.institution.record.log import sign_now
from adjudge.institution.staff.people import FOUNDER, invite
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind
from adjudge.records.shelf import NOTICES, PEOPLE, VERSIONS
from tests.browser.public_pages import (
    EMAIL,
    OWN_PAGES,
    PROPOSAL,
    REGISTER_PAGES,
    SUBJECT,
    decided_before,
    in_force,
    linked,
    peopled,
    replied,
)
from tests.ports import free_port
from tests.sites import Site, founded, opened_in, pointed_to, quick_passwords

__all__ = ["PROPOSAL", "founded"]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""Of axe: what pages are held to."""
LOOKS = [("en", "light", 1280), ("fr", "dark", 390), ("fr", "light", 1280), ("en", "dark", 390)]
"""Language, scheme and width: the first two show each page in both of each, all four every pair."""
PAGES = {
    "sign in": ("", "/account/login"),
    "join": ("", "{join}"),
    "not there": ("reviewer", "/nothing"),
    "codes": ("", "/problems"),
    "matters": ("reviewer", "/matters"),
    "queue, narrowed": ("reviewer", "/matters?view=waiting&on=reviewer&order=spend&state=open"),
    "queue without anything": ("reviewer", "/matters?view=mine"),
    "opening a matter": ("reviewer", "/matters/open"),
    "matter out of the queue": ("reviewer", "/matters/{matter}?from=view%3Dall"),
    "matter": ("reviewer", "/matters/{matter}"),
    "matter of a member": ("member", "/matters/{matter}"),
    "sheet": ("reviewer", "/matters/{matter}/sheet/ad-antivirus"),
    "sheet of another": ("reviewer", "/matters/{matter}/sheet/kaspersky-lab"),
    "sheet as of a day": ("reviewer", "/matters/{matter}/sheet/ad-antivirus?known=2026-11-01T12:30:00Z"),
    "notice on the sheet": ("reviewer", "/matters/{matter}/sheet/ad-antivirus?part=notice"),
    "change on the sheet": ("reviewer", "/matters/{matter}/sheet/ad-antivirus?part=change"),
    "reach on the sheet": ("reviewer", "/matters/{matter}/sheet/ad-antivirus?part=reach"),
    "timeline on the sheet": ("hearer", "/matters/{matter}/sheet/ad-antivirus?part=timeline"),
    "document": ("reviewer", "/documents/{document}/read?fact=advertiser.government_measures"),
    "document of a member": ("member", "/documents/{document}/read"),
    "propose": ("reviewer", "/matters/{matter}/proposal/ad-antivirus"),
    "issued": ("reviewer", "/decisions/{issued}?replay=1"),
    "what a decision rests on": ("reviewer", "/decisions/{issued}?part=reason"),
    "waiting": ("second", "/decisions/{waiting}"),
    "people": ("administrator", "/people"),
    "platform": ("administrator", "/institution"),
    "log": ("auditor", "/log"),
    "keys": ("reviewer", "/keys"),
    "home of a member": ("member", "/"),
    "a receipt": ("", "/receipt"),
    "asking for a link": ("", "/link"),
    "a link that is none": ("", "/link/N-1.x"),
    "notices of a member": ("member", "/notices"),
    "notices": ("hearer", "/notices"),
    "notice": ("hearer", "/notices/{notice}"),
    "decision of a member": ("member", "/decisions/{issued}"),
    "appeals": ("hearer", "/appeals"),
    "appeal": ("hearer", "/appeals/{appeal}"),
    "appeal of a member": ("member", "/appeals/{appeal}"),
    "request": ("hearer", "/appeals/{request}"),
    "propose on appeal": ("appeals", "/matters/{matter}/proposal/ad-antivirus?appeal={appeal}"),
    "dispute": ("hearer", "/disputes/{dispute}"),
    "clocks": ("hearer", "/clocks"),
    "overview": ("hearer", "/overview"),
    "overview of a year": ("publisher", "/overview?weeks=52"),
    "procedure": ("administrator", "/procedure"),
    "contact": ("member", "/contact"),
    "misuse": ("hearer", "/misuse?advertiser={advertiser}"),
    "policies": ("publisher", "/policies"),
    "version": ("publisher", "/policies/{version}"),
    "glossary": ("reviewer", "/help"),
    "glossary of a member": ("member", "/help"),
    "first steps": ("reviewer", "/first-run"),
    "design": ("administrator", "/design"),
    "second factor": ("reviewer", "/account/second-factor/"),
    "password": ("reviewer", "/account/password"),
    **REGISTER_PAGES,
    **OWN_PAGES,
}
STATUS = {
    "not there": 404,
    "a link that is none": 404,
    "a link that was used": 410,
    "a link that is over": 410,
}
"""Of pages that are there to say that something is not."""
PASSAGE = "was founded by Mr Kaspersky and three others"
PRESS = f"""<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body><h1>A report</h1>
<p>The company <b>{PASSAGE}</b>.</p><p>It wrote an open letter.</p></body></html>"""
SHOWN = "shown@example.org"
JOINING = {True: "scripted@example.org", False: "plain@example.org"}
"""Who is invited: one whose page is looked at, and one who joins with scripts and one without."""


@dataclass
class Served:
    """A site that is served by a process of its own, and what browsers need to be somebody there."""

    address: str
    names: dict[str, str]
    sessions: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """By address: what tests may join with, each once, in whatever order and process they run."""


@pytest.fixture(scope="module")
def served(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a site to the tests of a module."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(founded, folder)
    with serving(folder) as found:
        yield found


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """Serve the site of a folder, with a decision in force, a proposal that waits, and everybody signed in."""
    port = free_port()
    found = prepared(folder, f"http://localhost:{port}")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_")}
    environment = {"ADJUDGE_DATA_DIR": str(folder), "ADJUDGE_PORT": str(port), "ADJUDGE_WORKERS": "1"}
    process = subprocess.Popen([sys.executable, "-m", "adjudge.mount.server"], env={**kept, **environment})
    try:
        wait_for(found.address)
        yield found
    finally:
        process.terminate()
        process.wait(30)


def prepared(folder: Path, address: str) -> Served:
    pointed_to(folder)
    opened = opened_in(folder, hour=13)
    occupy(opened)
    with opened.house.records.reading() as records:
        site = Site(opened, {row.email.split("@")[0]: row for row in records.find(PEOPLE)})
        version = next(row.id for row in records.find(VERSIONS) if row.state.value == "in_force")
    house, matter = site.house, site.matter.id
    with quick_passwords():
        peopled(site)
    before = decided_before(site)
    first = in_force(site)
    replied(site, first)
    second = propose(house, site.actor("reviewer"), matter, SUBJECT, PROPOSAL)
    now = replace(
        house, clock=lambda: Instant(time.time_ns())
    )  # the server has no other clock: links end by it
    links = {
        address: "/join/" + invite(now, FOUNDER, address, "New", [Role.REVIEWER]).secret
        for address in (SHOWN, *JOINING.values())
    }
    sessions = {name: site.client(name).cookies["sessionid"].value for name in site.people if name != "new"}
    (folder / "secret.key").write_text("for tests\n", encoding="ascii")
    (folder / "log.key").write_text(opened.signer.secret() + "\n", encoding="ascii")
    names = {
        "matter": matter,
        "issued": first,
        **before,
        "waiting": second.id,
        "version": version,
        "document": read_in(site),
        "join": links[SHOWN],
        **heard(replace(site, opened=replace(opened, house=now)), first, address),
    }
    sign_now(now, opened.signer)
    pointed_to(folder)  # closes the connection: the database is the server's from here on
    return Served(address, names, sessions, links)


def read_in(site: Site) -> str:
    """A document with a text, in which something was read that no rule asks for, once discounted."""
    house, reviewer = site.house, site.actor("reviewer")
    described: dict[str, Plain] = {
        "kind": "press_report",
        "title": "What the platform told the press",
        "publisher": "A newspaper",
        "language": "en",
        "precision": "unknown",
        "status": "secondary",
        "sources": ["https://newspaper.example/2018"],
        "summary": {"en": "On the reasons for the measure."},
    }
    upload = Upload(content=PRESS.encode(), file_name="report.html")
    document = receive(house, reviewer, site.matter.advertiser, described, upload).id
    claim: dict[str, Plain] = {
        "subject": site.matter.advertiser,
        "fact": "advertiser.founder_name_reported",
        "value": "E. Kaspersky",
        "stance": "asserts",
        "weight": 2,
        "origin": "kaspersky-lab-2018",
        "document": document,
        "place": PASSAGE,
    }
    row = record_claim(house, reviewer, "ads-standard", claim)
    discount(house, reviewer, row.id, 1, "It is hearsay.")
    return document


def heard(site: Site, decision: str, address: str) -> dict[str, str]:
    """A decision that is appealed, whose reasons are asked for, and that was brought before a body; all by now."""
    house, member, appeals = site.house, site.actor("member"), site.actor("appeals")
    appeal = file_appeal(house, member, decision, ["The ad was another one.\n\nWe were not heard."])
    request = file_appeal(house, member, decision, ["Which ad?"], kind=AppealKind.REASONS)
    acknowledge(house, site.actor("hearer"), appeal.id, "We look at your first point this week.")
    assign(house, site.actor("hearer"), appeal.id, appeals.person, "took no part")
    write(house, member, appeal.id, "Thank you. A certificate follows.")
    dispute = refer(house, member, decision, "A body of settlement", "2026/17", "")
    settle_contact(house, member, appeal.advertiser, language="fr", emails=[EMAIL], reason="by mail too")
    links = linked(house, address)
    with house.records.reading() as records:
        notice = next(row for row in records.find(NOTICES, about=decision) if row.purpose == "decision")
    return {
        "appeal": appeal.id,
        "request": request.id,
        "dispute": dispute.id,
        "notice": notice.id,
        "advertiser": appeal.advertiser,
        **links,
    }


def shown(page: Page, served: Served, name: str) -> None:
    """Open a page of the list; what fails there is not taken for it."""
    answer = page.goto(PAGES[name][1].format(**served.names))
    assert answer is not None
    assert answer.status == STATUS.get(name, 200), name


def wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(f"{address}/alive", timeout=5):  # noqa: S310 - our own
                return
        except OSError:
            assert time.monotonic() < end, "no page is served"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def browser(served: Served, chromium_path: Path) -> Iterator[Browser]:  # noqa: ARG001 - the database comes first
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


def opened(
    browser: Browser, served: Served, name: str, look: tuple[str, str, int], *, scripts: bool = True
) -> BrowserContext:
    language, scheme, width = look
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=language,
        base_url=served.address,
        java_script_enabled=scripts,
    )
    if name:
        context.add_cookies([{"name": "sessionid", "value": served.sessions[name], "url": served.address}])
    return context


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
