"""Texts that would be a program, in every field of every form of the desk: shown as what they are, wherever they stand.

No script runs, no template reads them, nothing fails; a character that cannot be kept is refused or left out.
"""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk_site import PAGES, Served, browser, opened, served
from tests.browser.forms_found import addresses_of, forms_of
from tests.browser.sending import DESKTOP
from tests.sites import founded

__all__ = ["browser", "founded", "served"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPT = "<script>window.ran = 1</script>"
OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"
HOSTILE = (
    f'{SCRIPT}"\'><img src=x onerror="window.ran = 1"><a href=javascript:window.ran=1>x</a>'
    f"{{{{ 7777 * 7777 }}}}{{% for x in y %}}${{7777*7777}}<%= 7777*7777 %>{OVERRIDE}gnp.exe</textarea></title>-->"
)
NUL = "before\N{NULL}after\N{BACKSPACE}\N{ESCAPE}[31m"
PEOPLE = sorted({who for who, _ in PAGES.values() if who})
INSIDE = """
() => ({
  ran: window.ran,
  made: document.querySelectorAll(
    "img[src=x], [onerror], script:not([src^='/static/']), a[href^='javascript:']"
  ).length,
  text: document.documentElement.textContent,
})
"""


@pytest.mark.parametrize("who", PEOPLE)
def test_hostile_texts_are_shown_and_never_run(browser: Browser, served: Served, who: str) -> None:
    context = opened(browser, served, who, DESKTOP)
    forms = forms_of(browser, served, who)
    answers = []
    for text in (NUL, HOSTILE):
        for form in forms:
            answer = form.sent(context, text)
            assert answer.status in {200, 302, 404, 409, 422}, (form.action, answer.status)
            answers.append(answer.text())
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    # What refused forms were answered with, in a browser.
    pages = list(dict.fromkeys(text for text in answers if SCRIPT[:7] in text or "ran = 1" in text))
    page.route(
        "**/answer/*",
        lambda route: route.fulfill(
            body=pages[int(route.request.url.rsplit("/", 1)[1])], content_type="text/html; charset=utf-8"
        ),
    )
    for number in range(len(pages)):
        page.goto(f"/answer/{number}")
        looked_through(page)
    for address in addresses_of(who):
        page.goto(address.format(**served.names))
        looked_through(page)
    assert [text for text in complaints if "Security Policy" in text or "ran" in text] == []
    context.close()


def looked_through(page: Page) -> None:
    """Fail where something of the texts became a part of the page."""
    found = page.evaluate(INSIDE)
    assert found["ran"] is None, page.url
    assert found["made"] == 0, page.url
    assert "60481729" not in found["text"], page.url
    assert OVERRIDE not in found["text"], page.url
    assert not re.search(r"[\x00\x08\x1b]", found["text"]), page.url


def test_hostile_texts_come_so_far_that_they_could_do_harm(browser: Browser, served: Served) -> None:
    """They are kept where texts of people are kept, and shown there: else the others would have tried nothing."""
    context = opened(browser, served, "reviewer", DESKTOP)
    forms = {form.action: form for form in forms_of(browser, served, "reviewer")}
    assert len(forms) > 10
    view = forms["/matters/views"]
    assert view.sent(context, HOSTILE[:90]).status == 302
    page = context.new_page()
    page.goto("/matters")
    looked_through(page)
    assert SCRIPT in page.evaluate(INSIDE)["text"]
    context.close()
