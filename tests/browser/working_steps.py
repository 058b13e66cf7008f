"""Somebody who works at the desk in a browser: signs in, presses, follows, types; every page on the way is watched.

Not a test. Buttons and links are named as the desk names them, in the language of whoever works.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from adjudge.desk.words.page import words_of_desk
from adjudge.tongues.tongue import tongue_of
from tests.browser.watched import Watch
from tests.sites import PASSWORD

UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added, [aria-busy=true]"
"""By what a page is known in which a part is being exchanged."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A person at a browser of their own. `words` are those of the desk in their language."""

    page: Page
    watch: Watch
    words: Mapping[str, str]

    def look(self) -> None:
        """Fail where the page that is open is not as it should be. What is exchanged in place has to be there first."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(UNDER_WAY)).to_have_count(0)
        self.watch.look(self.page)

    def go(self, address: str) -> None:
        """Open an address."""
        self.page.goto(address)
        self.look()

    def press(self, word: str, *, within: Locator | None = None) -> None:
        """Press a button whose name begins with a word, and look at what comes."""
        self._named("button", word, within).click()
        self.look()

    def follow(self, word: str, *, within: Locator | None = None) -> None:
        """Follow a link likewise."""
        self._named("link", word, within).click()
        self.look()

    def unfold(self, within: Locator | None = None) -> None:
        """Open what is folded: by its word, as whoever reads does it."""
        for item in (within or self.page.locator("main")).locator("details:not([open]) > summary").all():
            if item.is_visible():
                item.click()

    def _named(self, role: Literal["button", "link"], word: str, within: Locator | None) -> Locator:
        spaced = r"\s+".join(map(re.escape, self.words.get(word, word).split()))
        name = re.compile(rf"^\s*{spaced}")
        found = (within or self.page.locator("body")).get_by_role(role, name=name)
        return found.first


def signed_in(
    browser: Browser, address: str, name: str, language: str, *, scripts: bool = True
) -> tuple[BrowserContext, Worker]:
    """Sign in by the page of sign-in."""
    context = browser.new_context(
        base_url=address,
        locale=language,
        java_script_enabled=scripts,
        viewport={"width": 1280, "height": 900},
    )
    page, watch = context.new_page(), Watch(language)
    watch.over(page)
    worker = Worker(page, watch, words_of_desk(tongue_of(language)))
    worker.go("/account/login")
    page.fill("#id_login", f"{name}@example.org")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters")
    worker.look()
    return context, worker
