"""A text far too long, in every kind of field: refused at once, kept where it stands, nobody waits."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_site import Served, browser, opened, served
from tests.browser.sending import DESKTOP, token
from tests.sites import founded
from tests.turns import some_of

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser
HUGE, LONG = 5_000_000, 200_000
"""More than a form can hold; less than that, and more than any text may have."""
FIELDS = {
    "area": ("reviewer", "/matters/{matter}/proposal/ad-antivirus", "#reason"),
    "area that is exchanged in place": ("reviewer", "/documents/{document}/read", "#claim-place"),
    "area beside a file": ("reviewer", "/matters/{matter}", "#document-summary"),
    "area of a member": ("member", "/appeals/{appeal}", "form[enctype] textarea"),
    "line": ("reviewer", "/matters/{matter}", "#document-title"),
    "line of the queue": ("reviewer", "/matters", "#view-name"),
}
ALWAYS = {("area", True), ("area that is exchanged in place", True), ("area beside a file", False)}
"""Fields that are tried in every run, with scripts or without."""
PASTE = """
([where, count]) => {
  const field = document.querySelector(where);
  field.closest("details")?.setAttribute("open", "");
  field.value = "a long text, é ".repeat(count / 15);
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  for (const other of field.form.elements) {
    if (other.required && !other.value) other.value = "x";
  }
  return field.value.length;
}
"""
FASTEST = 15
"""Seconds, on a machine that does much else."""


@pytest.mark.parametrize(
    ("name", "scripts"),
    [
        pytest.param(name, scripts, marks=() if (name, scripts) in ALWAYS else pytest.mark.slow)
        for name in FIELDS
        for scripts in (True, False)
    ],
)
def test_five_megabytes_are_refused_and_stay_in_their_field(
    browser: Browser,
    served: Served,
    name: str,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    who, address, where = FIELDS[name]
    context = opened(browser, served, who, DESKTOP, scripts=scripts)
    page = context.new_page()
    page.goto(address.format(**served.names))
    size = page.evaluate(PASTE, [where, HUGE])
    began = time.monotonic()
    pressed(page, where)
    if scripts:
        expect(page.locator("#too-long")).to_contain_text("Nothing is lost")
        assert page.evaluate("where => document.querySelector(where).value.length", where) == size
    else:
        expect(page.locator("h1")).to_contain_text("more than this page takes")
    assert time.monotonic() - began < FASTEST
    assert context.request.get("/alive").ok
    context.close()


@pytest.mark.parametrize(
    "name", some_of(["area", "area that is exchanged in place", "line of the queue"], one_in=3, turn=1)
)
def test_a_text_too_long_for_its_field_comes_back_whole(browser: Browser, served: Served, name: str) -> None:
    who, address, where = FIELDS[name]
    context = opened(browser, served, who, DESKTOP)
    page = context.new_page()
    page.goto(address.format(**served.names))
    size = page.evaluate(PASTE, [where, LONG])
    if name == "area that is exchanged in place":
        page.fill("#claim-fact", "ad.product")
        page.keyboard.press("Tab")
        page.locator("#claim-origin").wait_for()
        pressed(page, where, "button[value=record]")
        page.locator("#wrong-place").wait_for()
    else:
        pressed(page, where)
        expect(page.locator("[role=alert]").first).to_contain_text("more than")
    assert page.evaluate("where => document.querySelector(where).value.length", where) == size
    context.close()


def pressed(page: Page, where: str, which: str = "button:not([type=button])") -> None:
    form = page.locator(where).first.locator("xpath=ancestor::form[1]")
    form.locator(which).last.click()


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_what_is_sent_past_the_pages_is_refused_before_it_is_read(
    browser: Browser, served: Served, kind: str
) -> None:
    context = opened(browser, served, "reviewer", DESKTOP)
    told: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token(context), "name": "x" * HUGE}
    began = time.monotonic()
    sent = {"form": told} if kind == "form" else {"multipart": told}
    answer = context.request.post("/matters/views", max_redirects=0, **sent)  # type: ignore[arg-type]
    assert answer.status == 413
    assert "more than this page takes" in answer.text()
    assert time.monotonic() - began < FASTEST
    context.close()
