"""Journey 4 in a browser, on each database and in each language: from the mail to an appeal, and to what runs again.

As an advertiser who has just been excluded, on a phone, without an account, and without scripts where that is said.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from adjudge.desk.words.advertiser import ADVERTISER
from tests.browser.advertiser_site import EMAIL, Excluded, excluded, founded
from tests.browser.desk_site import ARGUMENTS, RULES
from tests.databases import postgres

__all__ = ["founded", "postgres"]
pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
SAYS = {
    "en": {
        "stopped": "does not run. Where: United States only.",
        "want": "Look at it again: I think it is wrong, or something has changed.",
        "send": "Send it to us",
        "open": "Open your page",
        "filed": "Your appeal is filed.",
        "owed": "We must decide your appeal",
        "runs": "can run again.",
        "right": "You were right: we took our decision back.",
        "used": "This link was used already.",
        "coming": "a mail is on its way",
        "new": "Send me a new link",
        "real": "The receipt is real, and our log holds what it says.",
        "check": "Check it",
    },
    "fr": {
        "stopped": "ne passe pas. Où\u00a0: États-Unis uniquement.",
        "want": "Regardez-la de nouveau\u00a0: je pense qu'elle est fausse, ou quelque chose a changé.",
        "send": "Nous l'envoyer",
        "open": "Ouvrir votre page",
        "filed": "Votre recours est déposé.",
        "owed": "Nous devons décider de votre recours",
        "runs": "peut passer de nouveau.",
        "right": "Vous aviez raison\u00a0: nous avons retiré notre décision.",
        "used": "Ce lien a déjà servi.",
        "coming": "un courriel est en route",
        "new": "M'envoyer un nouveau lien",
        "real": "Le reçu est vrai, et notre journal contient ce qu'il dit.",
        "check": "Le vérifier",
    },
}
WORDS = {
    "en": "It is another product.\n\nWe sold nothing in the United States.",
    "fr": "C'est un autre produit.\n\nNous n'avons rien vendu aux États-Unis.",
}


@pytest.fixture(scope="module")
def browser(founded: Path, chromium_path: Path) -> Iterator[Browser]:  # noqa: ARG001 - the database comes first
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        # SQLite is the one with scripts, where widths are looked at: in the longer words.
        ("sqlite", "fr"),
        ("postgres", "en"),
        pytest.param("sqlite", "en", marks=pytest.mark.slow),
        pytest.param("postgres", "fr", marks=pytest.mark.slow),
    ],
)
def test_from_the_mail_to_what_runs_again(
    browser_for: "For", kind: str, language: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    says = SAYS[language]
    with excluded(kind, tmp_path / "data", request, language) as there:
        scripted = kind == "sqlite"  # and once without
        page, wrong = browser_for(there, language, scripts=scripted)
        began = time.monotonic()
        page.goto(there.link)
        page.get_by_role("button", name=says["open"]).click()
        assert page.url == f"{there.address}/decisions/{there.decision}"
        assert says["stopped"] in text_of(page)
        sound(page, language, wrong, scripted=scripted)

        # It ticks what it can prove, says what is wrong in its own words, attaches a file, and sends it.
        page.locator('input[name="ticked-1"]').check()
        page.locator('input[name="proof-1"]').set_input_files(
            {"name": "register.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a register"}
        )
        page.get_by_label(says["want"]).check()
        page.locator('textarea[name="text"]').fill(WORDS[language])
        page.get_by_role("button", name=says["send"]).click()
        filed = time.monotonic() - began
        assert says["filed"] in text_of(page)
        assert re.search(r"/appeals/A-\d+", page.url)
        sound(page, language, wrong, scripted=scripted)
        assert len(there.appeal().points) == 3
        assert len(there.appeal().documents) == 1

        # What happens next, by when, and what follows if it does not.
        there.acknowledged()
        page.goto(f"{there.address}/decisions/{there.decision}")
        assert says["owed"] in text_of(page)
        sound(page, language, wrong, scripted=scripted)

        # The receipt of the letter, checked in the page.
        receipt = page.request.get(f"{there.address}/decisions/{there.decision}/receipt")
        page.goto(f"{there.address}/receipt")
        page.locator('textarea[name="text"]').fill(receipt.text())
        page.get_by_role("button", name=says["check"]).click()
        assert says["real"] in text_of(page)
        sound(page, language, wrong, scripted=scripted)

        # Others decide that it was right.
        there.reversed()
        page.goto(f"{there.address}/decisions/{there.decision}")
        assert says["right"] in text_of(page)
        page.goto(there.address)
        assert says["runs"] in text_of(page)
        sound(page, language, wrong, scripted=scripted)
        assert filed < 60, "from the mail to a filed appeal"


def test_a_link_that_was_used_leads_to_a_new_one(
    browser_for: "For", tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    says = SAYS["fr"]
    with excluded("sqlite", tmp_path / "data", request, "fr") as there:
        page, wrong = browser_for(there, "fr", scripts=False)
        page.goto(there.link)
        page.get_by_role("button", name=says["open"]).click()
        later, _ = browser_for(there, "fr", scripts=False)
        later.goto(there.link)
        assert says["used"] in text_of(later)
        assert later.locator('input[name="reference"]').input_value().startswith("N-")
        later.locator('input[name="address"]').fill(EMAIL)
        later.get_by_role("button", name=says["new"]).click()
        assert says["coming"] in text_of(later)
        assert wrong == []


def test_what_is_far_too_large_is_told_in_the_browser_and_nothing_typed_is_lost(
    browser_for: "For", tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with excluded("sqlite", tmp_path / "data", request, "fr") as there:
        page, _ = browser_for(there, "fr", scripts=False)
        page.goto(there.link)
        page.get_by_role("button", name=SAYS["fr"]["open"]).click()
        large = tmp_path / "large.pdf"
        large.write_bytes(b"%PDF-1.7" + bytes(30_000_000))
        page.locator('textarea[name="text"]').fill(WORDS["fr"])
        page.locator('input[name="files"]').set_input_files(large)
        page.get_by_role("button", name=SAYS["fr"]["send"]).click()
        assert "dépasse ce que cette page accepte" in text_of(page)
        page.go_back()
        assert page.locator('textarea[name="text"]').input_value() == WORDS["fr"]


class For:
    """A page on a phone, which notes whatever its console complains of."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def __call__(self, there: Excluded, language: str, *, scripts: bool) -> tuple[Page, list[str]]:
        context = self._browser.new_context(
            viewport={"width": 390, "height": 844},
            locale=language,
            java_script_enabled=scripts,
            base_url=there.address,
        )
        page, wrong = context.new_page(), list[str]()

        def note(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                wrong.append(message.text)

        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page, wrong


@pytest.fixture
def browser_for(browser: Browser) -> For:
    return For(browser)


def text_of(page: Page) -> str:
    return page.locator("body").inner_text()


def sound(page: Page, language: str, wrong: list[str], *, scripted: bool) -> None:
    """No complaint, no English in French; where scripts run also nothing to the side, and accessible."""
    assert wrong == []
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    if language == "fr":
        seen = text_of(page)
        assert [text for text in ADVERTISER.values() if len(text) > 12 and text in seen] == []
    if scripted:
        box = html.evaluate("item => [item.scrollWidth, item.clientWidth]")
        assert box[0] <= box[1]
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.response["violations"] == [], found.generate_report()
