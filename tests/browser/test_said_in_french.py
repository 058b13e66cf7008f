"""Every page of the desk in French says nothing in English but what somebody typed, and complains of nothing."""

import pytest
from playwright.sync_api import Browser

from tests.browser.desk_site import PAGES, Served, browser, opened, served
from tests.browser.watched import Watch
from tests.sites import founded

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser
ALWAYS = frozenset(
    {
        "matters",
        "matter",
        "sheet",
        "notice on the sheet",
        "document",
        "propose",
        "issued",
        "appeal",
        "overview",
    }
)
"""Pages that are looked at in every run."""


@pytest.mark.parametrize(
    "name", [name if name in ALWAYS else pytest.param(name, marks=pytest.mark.slow) for name in PAGES]
)
def test_a_page_in_french_says_nothing_in_english(browser: Browser, served: Served, name: str) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("fr", "light", 1280))
    page = context.new_page()
    watch = Watch("fr", expected=frozenset({404} if name == "not there" else ()))
    watch.over(page)
    page.goto(address.format(**served.names))
    watch.look(page)
    context.close()
