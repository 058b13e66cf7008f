"""Somebody who is signed out in the middle of a long text signs in again and sends it: with scripts and without."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk_site import Served, browser, opened, served
from tests.browser.sending import DESKTOP, send
from tests.sites import founded

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser
TEXT = "A long text\nof several lines, é and <b>all</b>.\n\nIts end."
PLACES = {
    "a proposal": ("/matters/{matter}/proposal/ad-threat-intelligence", "#reason", ""),
    "a claim": ("/documents/{document}/read?fact=ad.product", "#claim-place", "button[value=record]"),
    "a document": ("/matters/{matter}", "#document-summary", ""),
    "a view": ("/matters", "#view-name", ""),
}
DONE = {"a proposal", "a document", "a view"}
"""What is complete as it is filled in here, and so is done; the others are refused, with what was typed."""
FILL = """
(where) => {
  const field = document.querySelector(where);
  field.closest("details")?.setAttribute("open", "");
  for (const other of field.form.elements) {
    if (other.required && !other.value) other.value = "typed too";
  }
}
"""


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        pytest.param(name, scripts, marks=() if name == "a proposal" else pytest.mark.slow)
        for name in PLACES
        for scripts in (True, False)
    ],
)
def test_what_was_typed_is_there_after_signing_in_again(
    browser: Browser,
    served: Served,
    name: str,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    address, where, which = PLACES[name]
    context = opened(browser, served, "reviewer", DESKTOP, scripts=scripts)
    page = context.new_page()
    page.goto(address.format(**served.names))
    page.evaluate(FILL, where)
    field = page.locator(where)
    text = TEXT if field.evaluate("item => item.localName") == "textarea" else "A view of several words"
    field.fill(text)
    context.clear_cookies(name="sessionid")
    form = field.locator("xpath=ancestor::form[1]")
    form.locator(which or "button:not([type=button])").last.click()
    expect(page.locator("h1")).to_have_text("Nothing that you typed is lost")
    assert context.request.get("/matters", max_redirects=0).status == 302
    context.add_cookies(
        [{"name": "sessionid", "value": served.sessions["reviewer"], "url": served.address}]
    )  # as signing in in another tab does
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("h1")).not_to_have_text("Nothing that you typed is lost")
    if name in DONE:
        expect(page.locator(".notes p").first).to_be_visible()
        expect(page.locator(".trouble")).to_have_count(0)
        if name == "a proposal":  # the next one is to find none that waits
            assert send(context, f"{page.url}/return", {"reason": "tried"}).status == 302
    else:
        expect(page.locator(".trouble").first).to_be_visible()
        expect(page.locator(where)).to_have_value(text)
    context.close()
