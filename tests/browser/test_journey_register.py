"""Journey 6 in a browser, its part of the public register: on each database, in each language, scripted and not.

As a journalist who has no account: sought, narrowed, read, taken along, verified, shown on a site of another, and found
superseded on a later day. Every page on the way is watched (`watched.py`).
"""

import contextlib
import csv
import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree as ET

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from adjudge.basis.problem import ProblemLog
from adjudge.desk.words.page import words_of_desk
from adjudge.language.seal import digest_of_package, read_sealed
from adjudge.tongues.tongue import tongue_of
from tests.browser.advertiser_site import Excluded, excluded, founded
from tests.browser.desk_site import ARGUMENTS
from tests.browser.watched import Watch
from tests.browser.working_steps import Worker
from tests.databases import postgres

__all__ = ["founded", "postgres"]
pytestmark = pytest.mark.browser
_SLOW = pytest.mark.slow
WAYS = [
    pytest.param(("sqlite", "en", True), id="sqlite, English"),
    pytest.param(("postgres", "fr", False), id="postgres, French, without scripts"),
    pytest.param(("sqlite", "fr", True), id="sqlite, French", marks=_SLOW),
    pytest.param(("postgres", "en", True), id="postgres, English", marks=_SLOW),
    pytest.param(("sqlite", "en", False), id="sqlite, English, without scripts", marks=_SLOW),
    pytest.param(("postgres", "fr", True), id="postgres, French", marks=_SLOW),
]
NAME = "Kaspersky Lab"
RULE = "prohibited-sale"
REPLY = {
    "en": "We sell nothing that the determination forbids.\n\nAsk us, we answer.",
    "fr": "Nous ne vendons rien de ce que la décision interdit.\n\nDemandez-nous, nous répondons.",
}
STANDS = {"en": "This decision is in force.", "fr": "Cette décision est en vigueur."}
SUPERSEDED = {
    "en": "This decision was superseded. It is in force no more.",
    "fr": "Cette décision a été remplacée. Elle n'est plus en vigueur.",
}
BADGES = {"en": ("in force", "superseded"), "fr": ("en vigueur", "remplacée")}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def browser(founded: Path, chromium_path: Path) -> Iterator[Browser]:  # noqa: ARG001 - the database comes first
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


@dataclass(frozen=True, slots=True)
class Reader:
    """A journalist at a browser, and the institution that is read about."""

    there: Excluded
    browser: Browser
    worker: Worker
    language: str
    scripts: bool
    folder: Path

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.worker.page

    @property
    def text(self) -> str:
        """What it says."""
        return self.page.inner_text("main")

    def saved(self, word: str) -> Path:
        """A file by its link, as a browser saves it."""
        with self.page.expect_download() as begun:
            self.page.locator("main").get_by_role("link", name=word, exact=True).click()
        path = self.folder / begun.value.suggested_filename
        begun.value.save_as(path)
        return path

    def part(self, word: str) -> None:
        """Another part of the register, by the links on each of its pages."""
        self.worker.follow(word, within=self.page.locator("main nav").first)


def reading(there: Excluded, browser: Browser, language: str, folder: Path, *, scripts: bool) -> Reader:
    """Somebody without an account, at a browser that has never been here."""
    context = browser.new_context(
        base_url=there.address,
        locale=language,
        java_script_enabled=scripts,
        viewport={"width": 1280, "height": 900},
        accept_downloads=True,
    )
    page, watch = context.new_page(), Watch(language, typed=(NAME, *REPLY.values()))
    watch.over(page)
    folder.mkdir(exist_ok=True)
    worker = Worker(page, watch, words_of_desk(tongue_of(language)))
    return Reader(there, browser, worker, language, scripts, folder)


@pytest.mark.parametrize("way", WAYS)
def test_a_journalist_reads_the_register(
    browser: Browser, way: tuple[str, str, bool], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kind, language, scripts = way
    with excluded(kind, tmp_path / "data", request, language) as there:
        there.replied(REPLY[language], language)
        there.signed()
        reader = reading(there, browser, language, tmp_path / "taken", scripts=scripts)
        sought(reader)
        taken_along(reader)
        read(reader)
        counted(reader)
        policies(reader)
        verified(reader)
        shown_elsewhere(reader, BADGES[language][0])
        after = there.superseded()
        there.signed()
        later = reading(there, browser, language, tmp_path / "later", scripts=scripts)
        found_superseded(later, after)
        shown_elsewhere(later, BADGES[language][1])
        verified_again(later, reader.folder / "checkpoint.txt")


def sought(reader: Reader) -> None:
    """What is nowhere is said to be; a name leads to its decision, and what narrows it leaves it or not."""
    page, worker = reader.page, reader.worker
    worker.go("/register")
    assert page.get_by_role("link", name=NAME).count() == 0  # the link is what was decided, not to whom
    assert listed(reader) == [reader.there.decision]
    page.fill("#words", "nowhere")
    worker.press("register_search", within=page.locator("main"))
    assert worker.words["register_none"] in reader.text
    worker.follow("clear_narrowing", within=page.locator("main"))
    page.fill("#words", "kasp lab")
    worker.press("register_search", within=page.locator("main"))
    assert listed(reader) == [reader.there.decision]
    for country, found in (("JP", []), ("us", [reader.there.decision])):
        worker.unfold(page.locator("form.register-search"))
        page.select_option("#r-state", "in_force")
        page.select_option("#r-kind", "exclude")
        page.fill("#r-rule", RULE)
        page.fill("#r-country", country)
        page.fill("#r-since", "2026-01-01")
        worker.press("register_search", within=page.locator("main"))
        assert listed(reader) == found
        assert page.input_value("#words") == "kasp lab"
    assert page.input_value("#r-country") == "US"


def listed(reader: Reader) -> list[str]:
    """The decisions of a list, by their addresses."""
    links = reader.page.locator("main ul.things .case-title a").all()
    return [str(link.get_attribute("href")).removeprefix("/register/") for link in links]


def taken_along(reader: Reader) -> None:
    """What was narrowed, as files that programs read, and as news."""
    with reader.saved("CSV").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    (form,) = json.loads(reader.saved("JSON").read_bytes())
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(reader.saved("Parquet"))])
    names = [item[0] for item in found.description or ()]
    (cells,) = found.fetchall()
    column = dict(zip(names, cells, strict=True))
    assert row["id"] == form["id"] == column["id"] == reader.there.decision
    assert row["rules"] == column["rules"] == RULE
    assert [rule["id"] for rule in form["rules"]] == [RULE]
    assert row["reply"] == column["reply"] == form["reply"]["text"] == REPLY[reader.language]
    assert NAME in row["advertiser"]
    assert news(reader)[0] == reader.there.decision


def news(reader: Reader) -> tuple[str, str]:
    """The newest entry of the feed that the page names: the decision that it leads to, and its title."""
    link = reader.page.locator("main").get_by_role("link", name=reader.worker.words["register_feed"])
    answer = reader.page.request.get(f"{reader.there.address}{link.get_attribute('href')}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entry = ET.fromstring(answer.body()).find(f"{ATOM}entry")  # noqa: S314 - our own
    assert entry is not None
    address = entry.find(f"{ATOM}link")
    assert address is not None
    leads = str(address.get("href"))
    assert leads.startswith(f"{reader.there.address}/register/")
    return leads.rpartition("/")[2], entry.findtext(f"{ATOM}title", "")


def read(reader: Reader) -> None:
    """The decision: what holds, by which rule and on which facts, what its advertiser says, and what is withheld."""
    page, worker = reader.page, reader.worker
    page.locator("main ul.things .case-title a").first.click()
    worker.look()
    assert page.url == f"{reader.there.address}/register/{reader.there.decision}"
    assert STANDS[reader.language] in reader.text
    for section in ("what", "rules", "facts", "reply", "appeals", "withheld", "record"):
        expect(page.locator(f"#{section}")).to_be_visible()
    assert RULE in page.inner_text("section[aria-labelledby=rules]")
    assert "ad.product" in page.inner_text("section[aria-labelledby=facts]")
    said = page.locator("section[aria-labelledby=reply] blockquote")
    assert said.inner_text().split() == REPLY[reader.language].split()
    assert said.get_attribute("lang") == reader.language
    assert worker.words["no_public_appeals"] in reader.text
    for word in ("Reason", "prohibits the sale", "@", "I have read it"):
        assert word not in page.inner_text("section[aria-labelledby=withheld]")


def counted(reader: Reader) -> None:
    """The statistics withhold what is too small, on the page and in the file."""
    reader.part("register_statistics")
    withheld = reader.worker.words["withheld_count"]
    cells = reader.page.locator("main table td").all_inner_texts()
    assert withheld in cells
    assert set(cells) <= {withheld, "0"}
    path = reader.saved(reader.worker.words["figures_file"])
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "withheld" in {row["count"] for row in rows}
    assert {row["count"] for row in rows} <= {"withheld", "0"}


def policies(reader: Reader) -> None:
    """Which policy was in force on the day of the decision, to the letter; and that none was on a day long ago."""
    page, worker = reader.page, reader.worker
    reader.part("register_policies")
    assert "ads-standard" in reader.text
    digest = page.locator("main section code").first.inner_text()
    worker.unfold(page.locator("main"))
    assert RULE in reader.text
    link = page.locator("main section").get_by_role("link", name=worker.words["policy_text"]).first
    text = page.request.get(f"{reader.there.address}{link.get_attribute('href')}")
    assert text.ok
    package = read_sealed(text.text(), ProblemLog(), "version.yaml")
    assert package is not None
    assert digest_of_package(package) == digest
    page.fill("#on", "2001-01-01")
    worker.press("policies_show", within=page.locator("main"))
    assert worker.words["no_policies_on"] in reader.text


def verified(reader: Reader) -> None:
    """The checkpoint is kept, and every command that the page names holds of what its reader was given."""
    page, worker = reader.page, reader.worker
    reader.part("register_log")
    assert reader.saved("checkpoint.txt").read_text(encoding="utf-8") in page.inner_text("main pre") + "\n"
    member = reader.there.receipt()
    (reader.folder / "receipt.json").write_bytes(member)
    (reader.folder / "log.jsonl").write_bytes(reader.there.log())
    commands = named(reader)
    assert len(commands) == 3
    for command in commands:
        assert run(command, reader.folder) == 0, command
    worker.look()


def named(reader: Reader) -> list[list[str]]:
    """The commands of the page, as somebody types them."""
    return [
        shlex.split(text)
        for text in reader.page.locator("section[aria-labelledby=how] pre").all_inner_texts()
    ]


def run(command: list[str], folder: Path) -> int:
    """Have a command done in a folder; how it ends."""
    assert command[0] == "adjudge"
    done = subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *command[1:]], cwd=folder, capture_output=True, check=False
    )
    return done.returncode


def shown_elsewhere(reader: Reader, word: str) -> None:
    """The code that the page gives works on a site of somebody else: its frame, and its badge."""
    page, worker = reader.page, reader.worker
    worker.go(f"/register/{reader.there.decision}")
    worker.unfold(page.locator("main"))
    badge, frame = page.locator("details.act pre").all_inner_texts()
    link = page.locator("link[type='application/json+oembed']").get_attribute("href")
    found = page.request.get(str(link)).json()
    assert word in found["title"]
    with published(f"<html lang={reader.language}><title>x</title>{badge}{frame}{found['html']}") as address:
        other = page.context.new_page()
        watch = Watch(reader.language)
        watch.over(other)
        other.goto(address)
        for number in range(2):
            inside = other.frame_locator("iframe").nth(number)
            expect(inside.locator("main strong")).to_contain_text(word, ignore_case=True)
            expect(inside.locator("main")).to_contain_text(NAME)
        assert other.locator("img").evaluate("item => item.complete && item.naturalWidth") > 0
        with page.context.expect_page() as opened:
            other.frame_locator("iframe").first.get_by_role("link").click()
        opened.value.wait_for_url(f"**/register/{reader.there.decision}")
        assert watch.complaints == []
        opened.value.close()
        other.close()


@contextlib.contextmanager
def published(page: str) -> Iterator[str]:
    """A page on a site of somebody else, which has no more to do with ours than another origin."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><link rel=icon href=data:,>{page}".encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called there
            """Nobody asks."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/story"
        finally:
            server.shutdown()
            thread.join()


def found_superseded(reader: Reader, after: str) -> None:
    """On a later day: the address says what became of it, and leads on; so do the list and the news."""
    page, worker, before = reader.page, reader.worker, reader.there.decision
    worker.go(f"/register/{before}")
    assert SUPERSEDED[reader.language] in reader.text
    page.locator("p.standing a").click()
    worker.look()
    assert page.url.endswith(f"/register/{after}")
    assert STANDS[reader.language] in reader.text
    page.locator(f"main dl a[href='/register/{before}']").click()
    worker.look()
    assert SUPERSEDED[reader.language] in reader.text
    reader.part("register")
    assert listed(reader) == [after, before]
    assert news(reader)[0] == after
    worker.unfold(page.locator("form.register-search"))
    page.select_option("#r-state", "superseded")
    worker.press("register_search", within=page.locator("main"))
    assert listed(reader) == [before]


def verified_again(reader: Reader, kept: Path) -> None:
    """The log has grown, and still holds what was kept; one that was rewritten does not."""
    reader.worker.go("/register/log")
    grown = reader.there.log()
    (reader.folder / "checkpoint.txt").write_bytes(kept.read_bytes())
    command = named(reader)[-1]
    assert "--checkpoint" in command
    (reader.folder / "log.jsonl").write_bytes(grown)
    assert run(command, reader.folder) == 0
    (reader.folder / "log.jsonl").write_bytes(grown.replace(RULE.encode(), b"another-sale", 1))
    assert run(command, reader.folder) == 1
