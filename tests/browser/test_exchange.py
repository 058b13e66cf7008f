"""Parts of a page exchanged in place by htmx: nobody is left behind who sees nothing, goes back, or was signed out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_site import PAGES, Served, browser, founded, opened, served

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser

ADDRESS = "htmx-current-path-for-history"
HELD = "() => document.activeElement?.innerText.trim()"


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """Give a page of a reviewer that complains of nothing."""
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda message: complaints.append(message.text))
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    context.close()
    expected = ("status of 4", "status of 5", "ERR_", "htmx:")  # what is said of answers, not of our scripts
    assert [text for text in complaints if not any(part in text for part in expected)] == []


def at(page: Page, served: Served, name: str) -> None:
    page.goto(PAGES[name][1].format(**served.names))
    page.evaluate("window.stays = true")


def stays(page: Page) -> bool:
    return bool(page.evaluate("window.stays === true"))


def test_a_part_of_the_sheet_comes_in_place_with_its_title_its_address_and_the_focus(
    page: Page, served: Served
) -> None:
    at(page, served, "sheet")
    page.get_by_role("link", name="Timeline").press("Enter")
    page.wait_for_url("**part=timeline**")
    page.locator(".rail").wait_for()
    assert stays(page)
    assert page.evaluate(HELD) == "Timeline"
    assert page.get_attribute("#main", "aria-busy") is None
    assert page.locator("#main").count() == 1
    expect(page.locator("#told")).to_contain_text(page.title())
    assert page.input_value("header input[name=next]").endswith("part=timeline")
    page.go_back()
    page.locator(".clause").first.wait_for()
    assert "part=" not in page.url
    page.go_forward()
    page.locator(".rail").wait_for()


def test_a_step_within_the_page_and_back_loads_nothing(page: Page, served: Served) -> None:
    at(page, served, "sheet")
    page.get_by_role("link", name="Reason").press("Enter")
    page.wait_for_url("**part=reason**")
    page.locator(".voice").first.click()
    page.wait_for_url("**#evidence-**")
    page.go_back()
    page.wait_for_url(re.compile("part=reason$"))
    assert stays(page)


def test_clauses_still_light_and_the_slider_still_slides_on_a_part_that_came_in_place(
    page: Page, served: Served
) -> None:
    at(page, served, "timeline on the sheet")
    page.get_by_role("link", name="Reason").click()
    page.hover("#clause-1-1 .clause-text")
    expect(page.locator("#evidence-1-1")).to_have_class(re.compile("lit"))
    page.locator("#known-slider").press("Home")
    page.wait_for_url("**known=2*")
    page.get_by_text("Back to now").wait_for()
    assert stays(page)
    expect(page.locator("#known-slider")).to_be_focused()
    assert page.locator(".slider").count() == 1


def test_the_queue_is_narrowed_and_sorted_in_place_and_says_how_many_there_are(
    page: Page, served: Served
) -> None:
    at(page, served, "matters")
    page.locator("nav.filter a[href*='view=all']").click()
    page.wait_for_url("**view=all**")
    expect(page.locator("#told")).to_contain_text("matter")
    page.locator("summary", has_text="Narrow").click()
    page.select_option("#queue-order", "spend")
    page.locator("#main").get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**order=spend**")
    assert page.input_value("#queue-order") == "spend"
    assert stays(page)


def test_a_link_that_is_asked_for_beside_opens_beside(page: Page, served: Served) -> None:
    at(page, served, "sheet")
    with page.context.expect_page() as beside:
        page.get_by_role("link", name="Timeline").click(modifiers=["Control"])
    beside.value.wait_for_url("**part=timeline**")
    assert "part=" not in page.url


def test_a_discount_leaves_the_claim_that_is_being_made_as_it_is(page: Page, served: Served) -> None:
    at(page, served, "document")
    page.fill("#claim-note", "half a note")
    act = page.locator("#claims-there details.act").filter(has_text="Withdraw").first
    act.locator("summary").click()
    act.get_by_role("button", name="Withdraw").click()  # without a reason the browser itself refuses
    reason = act.locator("textarea")
    reason.fill(" ")
    act.get_by_role("button", name="Withdraw").click()
    page.locator("#claims-there [role=alert]").wait_for()
    assert page.locator(":focus").get_attribute("role") == "alert"
    assert page.url.endswith("government_measures")
    act = page.locator("#claims-there details.act[open]")
    act.locator("textarea").fill("It is of no use.")
    act.get_by_role("button", name="Withdraw").click()
    expect(page.locator("#notes")).to_contain_text("withdrawn")
    assert page.locator("#notes p").count() == 1
    assert page.input_value("#claim-note") == "half a note"
    assert stays(page)


def test_whoever_was_signed_out_is_led_to_sign_in_and_finds_what_was_typed(
    browser: Browser, served: Served
) -> None:
    context = opened(browser, served, "other", ("en", "light", 1280))
    page = context.new_page()
    at(page, served, "document")
    page.fill("#claim-place", "a passage\nof two lines")
    page.fill("#claim-note", "half a note")
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="What would it change?").click()
    page.get_by_role("heading", name="Nothing that you typed is lost").wait_for()
    assert stays(page)
    assert page.locator("header.bar").count() == 1
    assert "a passage\nof two lines" in [
        item.input_value() for item in page.locator("main textarea[readonly]").all()
    ]
    sign_in_again(page, served)
    page.get_by_role("button", name="Send again").click()
    page.locator("#claim-form").wait_for()
    assert page.input_value("#claim-note") == "half a note"
    assert page.locator("header.bar").count() == 1
    at(page, served, "sheet")
    context.clear_cookies(name="sessionid")
    page.get_by_role("link", name="Timeline").click()
    page.wait_for_url("**/account/login?next=**part%3Dtimeline**")
    assert page.locator("header.bar").count() == 1
    context.close()


def sign_in_again(page: Page, served: Served) -> None:
    """As in another tab."""
    cookie = {"name": "sessionid", "value": served.sessions["other"], "url": served.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict is what it takes


@pytest.mark.parametrize("lost", ["the network", "an answer that is no page"])
def test_where_no_page_comes_it_is_said_in_place_and_nothing_is_lost(
    page: Page, served: Served, lost: str
) -> None:
    at(page, served, "document")
    page.fill("#claim-note", "half a note")
    page.route(
        "**/claim",
        lambda route: route.abort() if lost == "the network" else route.fulfill(status=413, body=""),
    )
    page.get_by_role("button", name="What would it change?").click()
    said = page.get_by_text("The server did not answer as it should.")
    said.wait_for()
    assert page.locator(":focus").get_attribute("role") == "alert"
    assert page.input_value("#claim-note") == "half a note"
    page.unroute("**/claim")
    page.get_by_role("button", name="What would it change?").click()
    page.locator("#claim [role=alert], #changes").first.wait_for()
    assert said.count() == 0


def test_a_page_that_says_what_failed_is_shown_in_place_and_has_no_address(
    page: Page, served: Served
) -> None:
    at(page, served, "sheet")
    address = page.url
    page.evaluate(
        "document.querySelector('.tabs a').setAttribute('hx-get', '/matters/M-999999/sheet/nobody')"
    )
    page.evaluate("htmx.process(document.body)")
    page.evaluate(
        "const link = document.querySelector('.tabs a'); const copy = link.cloneNode(true);"
        "link.replaceWith(copy); htmx.process(copy)"
    )
    page.locator(".tabs a").first.click()
    page.get_by_role("heading", name="There is nothing of this name here.").wait_for()
    assert stays(page)
    assert page.url == address


def test_nothing_of_a_page_is_kept_in_the_browser(page: Page, served: Served) -> None:
    at(page, served, "sheet")
    page.get_by_role("link", name="Timeline").click()
    page.wait_for_url("**part=timeline**")
    page.get_by_role("link", name="Reason").click()
    page.locator(".clause").first.wait_for()
    assert page.evaluate("[{...localStorage}, Object.keys(sessionStorage)]") == [{}, [ADDRESS]]
    told = "[htmx.config.allowEval, htmx.config.includeIndicatorStyles, htmx.config.historyCacheSize]"
    assert page.evaluate(told) == [False, False, 0]
