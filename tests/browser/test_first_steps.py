"""The first steps in a real browser: told on the pages on which they are taken, accessible, and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.desk_site import Served, browser, founded, opened, served

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser

LOOKS = [("en", "light", 1280, True), ("fr", "dark", 320, True), ("fr", "light", 390, False)]
ONWARD = {"en": "on to the next step", "fr": "à l'étape suivante"}
WHO = ["hearer", "second", "legal"]
"""Each look has a person of its own, since what is marked stays."""


@pytest.mark.parametrize(
    ("look", "who"),
    [
        pytest.param(LOOKS[0], WHO[0], id="desk", marks=pytest.mark.slow),
        pytest.param(LOOKS[1], WHO[1], id="small"),
        pytest.param(LOOKS[2], WHO[2], id="no script", marks=pytest.mark.slow),
    ],
)
def test_the_steps_that_are_looked_at_are_gone_through_by_one_button(
    browser: Browser, served: Served, look: tuple[str, str, int, bool], who: str
) -> None:
    language, scheme, width, scripts = look
    context = opened(browser, served, who, (language, scheme, width), scripts=scripts)
    page = context.new_page()
    page.goto("/first-run")
    page.locator(".is-next a.button").click()
    for number in range(1, 7):
        assert f" {number} " in page.inner_text(".first-steps strong")
        if scripts:
            assert (
                Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"]}).violations_count
                == 0
            )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name=ONWARD[language]).click()
    assert page.get_by_role("button", name=ONWARD[language]).count() == 0
    page.goto("/matters")
    page.locator(".first-steps button").click()
    page.goto(f"/matters/{served.names['matter']}")
    assert page.locator(".first-steps").count() == 0
    context.close()
