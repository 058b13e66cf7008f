"""The desk in a real browser: accessible in both languages, on a phone, in the dark, by keyboard, without scripts."""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.request import urlopen

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from adjudge.basis.instant import Instant
from adjudge.basis.reading.json_text import Plain
from adjudge.institution.deciding.decisions import confirm, issue, propose, sign
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import acknowledge, assign
from adjudge.institution.hearing.settlement import refer
from adjudge.institution.hearing.talking import write
from adjudge.institution.material.claims import discount, record_claim
from adjudge.institution.material.documents import Upload, receive
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.premises import occupy
from adjudge.institution.staff.people import FOUNDER, invite
from adjudge.matters.proposal import Proposal
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind
from adjudge.records.shelf import NOTICES, PEOPLE, VERSIONS
from tests.sites import Site, founded, opened_in, pointed_to

__all__ = ["founded"]
pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    ("en", "light", 1280),
    ("fr", "dark", 390),
    pytest.param(("fr", "light", 1280), marks=pytest.mark.slow),
    pytest.param(("en", "dark", 390), marks=pytest.mark.slow),
]
"""Language, scheme and width: two of them show each page in both of each, all four every pair."""
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
}
PASSAGE = "was founded by Mr Kaspersky and three others"
PRESS = f"""<!doctype html><html><head><title>x</title><script>alert(1)</script></head><body><h1>A report</h1>
<p>The company <b>{PASSAGE}</b>.</p><p>It wrote an open letter.</p></body></html>"""
SHOWN = "shown@example.org"
JOINING = {True: "scripted@example.org", False: "plain@example.org"}
"""Who is invited: one whose page is looked at, and one who joins with scripts and one without."""
PROPOSAL = Proposal(
    reason="The determination prohibits the sale.",
    milder="A label would not stop a prohibited sale.",
    rights="Freedom to conduct a business; the ad may run elsewhere.",
)


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
    """Serve a site with a decision in force, a proposal that waits, and everybody signed in."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(founded, folder)
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
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
    first = propose(house, site.actor("reviewer"), matter, "ad-antivirus", PROPOSAL)
    confirm(house, site.actor("second"), first.id, first.digest, "I have read it")
    sign(house, site.actor("legal"), first.id, "legal", first.digest, reason="lawful")
    issue(house, site.actor("reviewer"), first.id)
    second = propose(house, site.actor("reviewer"), matter, "ad-antivirus", PROPOSAL)
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
        "issued": first.id,
        "waiting": second.id,
        "version": version,
        "document": read_in(site),
        "join": links[SHOWN],
        **heard(replace(site, opened=replace(opened, house=now)), first.id),
    }
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


def heard(site: Site, decision: str) -> dict[str, str]:
    """A decision that is appealed, whose reasons are asked for, and that was brought before a body; all by now."""
    house, member, appeals = site.house, site.actor("member"), site.actor("appeals")
    appeal = file_appeal(house, member, decision, ["The ad was another one.\n\nWe were not heard."])
    request = file_appeal(house, member, decision, ["Which ad?"], kind=AppealKind.REASONS)
    acknowledge(house, site.actor("hearer"), appeal.id, "We look at your first point this week.")
    assign(house, site.actor("hearer"), appeal.id, appeals.person, "took no part")
    write(house, member, appeal.id, "Thank you. A certificate follows.")
    dispute = refer(house, member, decision, "A body of settlement", "2026/17", "")
    settle_contact(
        house, member, appeal.advertiser, language="fr", emails=["legal@example.org"], reason="by mail too"
    )
    make_owed(house)
    with house.records.reading() as records:
        notice = next(row for row in records.find(NOTICES, about=decision) if row.purpose == "decision")
    return {
        "appeal": appeal.id,
        "request": request.id,
        "dispute": dispute.id,
        "notice": notice.id,
        "advertiser": appeal.advertiser,
    }


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


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_fits_and_asks_for_nothing_elsewhere(
    browser: Browser, served: Served, name: str, look: tuple[str, str, int]
) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, look)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    answer = page.goto(address.format(**served.names))
    assert answer is not None
    assert answer.status == (404 if name == "not there" else 200)
    unfold(page)
    assert page.get_attribute("html", "lang") == look[0]
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= look[2]
    over = "filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
    assert (
        page.evaluate(f"[...document.querySelectorAll('body *')].{over}.map(e => e.outerHTML.slice(0, 120))")
        == []
    )
    assert [url for url in asked if not url.startswith((served.address, "data:"))] == []
    assert [text for text in complaints if "404" not in text and "username" not in text] == []
    context.close()


@pytest.mark.parametrize("scripts", JOINING, ids=["with scripts", "without scripts"])
def test_somebody_joins_signs_out_and_in_and_works_by_keyboard(
    browser: Browser,
    served: Served,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    context = opened(browser, served, "", ("en", "light", 1280), scripts=scripts)
    page = context.new_page()
    page.goto(served.links[JOINING[scripts]])
    typed(page, "password", "correct horse battery")
    typed(page, "again", "correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/second-factor/")
    page.locator(".self summary").press("Enter")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/account/login")
    page.focus("#id_login")
    page.keyboard.type(JOINING[scripts])
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    page.goto(f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence")
    typed(page, "reason", "typed by keyboard")
    context.close()


def typed(page: Page, field_id: str, text: str) -> None:
    page.focus(f"#{field_id}")
    page.keyboard.type(text)


def test_the_focus_is_always_seen(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto("/matters")
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen == "solid", page.evaluate("document.activeElement.outerHTML")
    context.close()


def test_pointing_at_a_clause_lights_its_evidence_and_the_reverse(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto(f"/matters/{served.names['matter']}/sheet/ad-antivirus")
    lit = "[...document.querySelectorAll('.lit')].map(item => item.id)"
    assert page.evaluate(lit) == []
    page.hover("#clause-1-1 .clause-text")
    assert {"clause-1-1", "evidence-1-1"} <= set(page.evaluate(lit))
    page.mouse.move(1, 1)
    assert page.evaluate(lit) == []
    page.focus("#evidence-1-1 .cited a")  # the keyboard lights as the pointer does
    assert set(page.evaluate(lit)) == {"clause-1-1", "evidence-1-1"}
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_passage_becomes_a_claim_that_is_tried_before_it_is_recorded(
    browser: Browser,
    served: Served,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280), scripts=scripts)
    page = context.new_page()
    page.goto(f"/documents/{served.names['document']}/read")
    if scripts:
        page.evaluate("window.stays = true")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#p-2'))")
        page.get_by_role("button", name="Make a claim of this passage").click()
        assert page.input_value("#claim-place") == f"The company {PASSAGE}."
        assert page.locator(":focus").get_attribute("id") == "claim-fact"
    else:
        page.fill("#claim-place", f"The company {PASSAGE}.")
    page.fill("#claim-fact", "ad.product")
    page.get_by_role("button", name="Show its fields").click()
    page.select_option("#claim-subject", "ad-antivirus")
    page.fill("#claim-value", "antivirus")
    page.select_option("#claim-stance", "denies")
    page.select_option("#claim-weight", "5")
    page.fill("#claim-weight_reason", "It is final.")
    page.get_by_role("button", name="What would it change?").click()
    page.get_by_text("shown to the standard, and opposed at least as heavily").first.wait_for()
    assert page.input_value("#claim-place") == f"The company {PASSAGE}."
    assert page.input_value("#claim-weight") == "5"
    if scripts:
        assert page.evaluate("window.stays") is True
        assert page.locator(":focus").get_attribute("id") == "changes"
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, results.generate_report()
    page.fill("#claim-origin", "")
    page.get_by_role("button", name="Record it").click()
    page.locator("#wrong-origin").wait_for()
    assert page.input_value("#claim-weight_reason") == "It is final."
    context.close()


def test_the_slider_chooses_a_moment_and_the_list_does_so_without_scripts(
    browser: Browser, served: Served
) -> None:
    address = f"/matters/{served.names['matter']}/sheet/ad-antivirus"
    for scripts in (True, False):
        context = opened(browser, served, "reviewer", ("en", "light", 1280), scripts=scripts)
        page = context.new_page()
        page.goto(address)
        if scripts:
            page.locator(".slider").press("Home")
        else:
            assert page.locator(".slider").count() == 0
            page.select_option("#known", index=0)
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**known=2*")
        assert page.get_by_text("Back to now").count() == 1
        context.close()


def test_what_is_typed_is_kept_in_the_tab_until_it_is_sent(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    address = f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence"
    page.goto(address)
    page.fill("#reason", "A long text\nof two lines")
    page.reload()
    assert page.input_value("#reason") == "A long text\nof two lines"
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Propose a decision").click()
    page.wait_for_selector("text=Nothing that you typed is lost")
    assert page.input_value("#kept-1") == "A long text\nof two lines"
    context.close()


def test_keys_lead_where_the_page_says_and_not_while_something_is_typed(
    browser: Browser, served: Served
) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto(f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence")
    page.focus("#reason")
    page.keyboard.type("?gq")
    assert page.input_value("#reason") == "?gq"
    page.fill("#reason", "")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/matters")
    context.close()


# Where a page is written in another script or in longer words: the same pages, mirrored and two fifths longer.
LONGER = """
document.documentElement.dir = "rtl";
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = walk.nextNode(); text; text = walk.nextNode()) {
  const said = text.data.trim();
  if (said && !text.parentElement.closest("code, textarea, script, style, svg, kbd")) {
    text.data = text.data.replace(said, said + " " + said.slice(0, Math.ceil(said.length * 0.4)));
  }
}
"""


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize(
    "name",
    [
        "matters",
        "matter",
        "sheet",
        "notice on the sheet",
        "timeline on the sheet",
        "propose",
        "issued",
        "people",
        "home of a member",
        "appeal",
        "clocks",
        "version",
        "glossary",
        "first steps",
        "design",
    ],
)
def test_a_page_survives_longer_words_from_right_to_left(
    browser: Browser, served: Served, name: str, width: int
) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("en", "light", width))
    page = context.new_page()
    page.goto(address.format(**served.names))
    page.evaluate(LONGER)
    unfold(page)
    page.evaluate("document.querySelectorAll('.menu').forEach(item => { item.open = false })")
    over = "filter(e => e.getBoundingClientRect().left < -0.5 || e.getBoundingClientRect().right > innerWidth + 0.5)"
    aside = "filter(e => !e.closest('.unseen, .scroll')).map(e => e.outerHTML.slice(0, 120))"
    found = page.evaluate(f"[...document.querySelectorAll('main *')].{over}.{aside}")
    assert found == []
    context.close()


@pytest.mark.parametrize("name", ["sheet", "matter", "issued", "glossary"])
def test_paper_has_what_is_folded_and_nothing_that_leads_elsewhere(
    browser: Browser, served: Served, name: str
) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("en", "light", 1280))
    page = context.new_page()
    page.goto(address.format(**served.names))
    folded = page.evaluate(FOLDED)
    read = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    printed = "".join("".join(sheet.extract_text().split()) for sheet in read)
    assert squeezed(page.inner_text("h1")) in printed
    assert [text for text in folded if squeezed(text) not in printed] == []
    pressed = ("Skip to the page", "Sign out", "show these keys", "What this means")
    assert [word for word in pressed if squeezed(word) in printed] == []
    page.emulate_media(media="print")
    assert not page.locator(".bar nav").is_visible()
    assert folded or name not in {"sheet", "matter"}
    context.close()


# What stands in folded parts of a page that are printed: the first words of each.
FOLDED = """
[...document.querySelectorAll("main details.more:not([open]) li")]
  .map(item => item.innerText || item.textContent).map(text => text.trim().split(/\\s+/)[0])
"""


def squeezed(text: str) -> str:
    return "".join(text.split())
