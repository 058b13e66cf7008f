"""What is sent twice is done once: a button pressed twice, a page gone back to, two tabs, two requests at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desk_site import Served, browser, opened
from tests.browser.sending import DESKTOP, ready_to_issue, returned, send, token, waiting
from tests.browser.working_site import founded, working

__all__ = ["browser", "founded"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a site on which nothing is appealed, so that a proposal can be made again and again."""
    with working("sqlite", tmp_path_factory.mktemp("working") / "data", request) as found:
        yield found.served


def times_issued(context: BrowserContext, served: Served, decision: str) -> int:
    """How often the log says that a decision was issued."""
    text = context.request.get(f"/matters/{served.names['matter']}").text()
    return text.count(f"<code>decision:issued</code> <code>{decision}</code>")


def test_a_button_that_is_pressed_twice_issues_one_decision(browser: Browser, served: Served) -> None:
    decision = ready_to_issue(browser, served)
    context = opened(browser, served, "reviewer", DESKTOP)
    page = context.new_page()
    page.goto(f"/decisions/{decision}")
    page.locator("form[action$='/issue'] button").dblclick()
    page.wait_for_load_state("networkidle")
    page.goto(f"/decisions/{decision}")
    assert page.locator(".tag-issued").count() > 0
    assert times_issued(context, served, decision) == 1
    context.close()


def test_a_form_that_is_on_its_way_is_not_sent_again(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", DESKTOP)
    page = context.new_page()
    page.goto("/matters")
    page.locator("#view-name").evaluate("(field) => { field.closest('details').open = true }")
    page.fill("#view-name", "Pressed twice")
    tried = page.evaluate(
        "() => [1, 2].map(() => { let stopped; const form = document.querySelector('#view-name').form;"
        " document.addEventListener('submit', (event) => { stopped = event.defaultPrevented;"
        " event.preventDefault() }, { once: true });"
        " form.requestSubmit(); return stopped })"
    )
    assert tried == [False, True]
    context.close()


class _Staying(HTTPRedirectHandler):
    """Follows nothing: whether something was done says the first answer."""

    def redirect_request(self, *_: object) -> None:
        return None


def test_two_requests_at_the_same_time_issue_one_decision(browser: Browser, served: Served) -> None:
    decision = ready_to_issue(browser, served)
    context = opened(browser, served, "reviewer", DESKTOP)
    told = urlencode({"csrfmiddlewaretoken": token(context)}).encode()
    cookies = "; ".join(f"{item['name']}={item['value']}" for item in context.cookies())

    def issue(_: int) -> int:
        request = Request(f"{served.address}/decisions/{decision}/issue", told, {"Cookie": cookies})  # noqa: S310 - our own
        try:
            with build_opener(_Staying).open(request, timeout=60) as answer:
                return int(answer.status)
        except HTTPError as error:
            error.close()
            return error.code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(issue, range(8)))
    assert statuses[0] == 302
    assert set(statuses[1:]) <= {409, 422}
    assert times_issued(context, served, decision) == 1
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_who_goes_back_after_deciding_and_sends_it_again_is_told(
    browser: Browser,
    served: Served,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    decision = ready_to_issue(browser, served)
    context = opened(browser, served, "reviewer", DESKTOP, scripts=scripts)
    page = context.new_page()
    page.goto(f"/matters/{served.names['matter']}")
    page.goto(f"/decisions/{decision}")
    page.locator("form[action$='/issue'] button").click()
    expect(page.locator(".tag-issued").first).to_be_visible()
    page.go_back()
    page.goto(f"/decisions/{decision}")
    # Of what a page says nothing is stored: whoever comes back is shown what stands now, and no button for it.
    expect(page.locator(".tag-issued").first).to_be_visible()
    expect(page.locator("form[action$='/issue'] button")).to_have_count(0)
    answer = send(context, f"/decisions/{decision}/issue", {})
    assert answer.status == 409
    assert "issued" in answer.text()
    assert times_issued(context, served, decision) == 1
    context.close()


def test_the_second_of_two_tabs_is_told_by_whom_and_when_and_nothing_typed_is_lost(
    browser: Browser, served: Served
) -> None:
    decision = ready_to_issue(browser, served)
    first = opened(browser, served, "reviewer", DESKTOP)
    second = opened(browser, served, "second", DESKTOP)
    page = second.new_page()
    page.goto(f"/decisions/{decision}")
    text = "The ad was changed yesterday, so that this has to be looked at anew.\nSee the new page."
    typed_to_return(page, text)
    assert send(first, f"/decisions/{decision}/issue", {}).status == 302
    page.locator("form[action$='/return'] button").click()
    trouble = page.locator("[role=alert]").first
    expect(trouble).to_contain_text("Reviewer")
    expect(trouble).to_contain_text("UTC")
    assert text.replace("\n", " ") in " ".join(texts_of(page).split())
    assert times_issued(first, served, decision) == 1
    first.close()
    second.close()


@pytest.mark.slow
def test_the_second_who_proposes_is_told_of_the_first(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "other", DESKTOP)
    page = context.new_page()
    returned(browser, served)
    page.goto(f"/matters/{served.names['matter']}/proposal/ad-antivirus")
    for name in ("reason", "milder", "rights"):
        page.fill(f"#{name}", f"{name} of the second tab")
    waiting(browser, served)
    page.locator("#proposal-form button").last.click()
    expect(page.locator("[role=alert]").first).to_contain_text("waits on this subject")
    standing = page.locator(".sheet-standing li", has=page.locator(".tag-proposed"))
    expect(standing).to_contain_text("Reviewer")
    expect(standing).to_contain_text("UTC")
    for name in ("reason", "milder", "rights"):
        assert f"{name} of the second tab" in texts_of(page)
    context.close()


def test_a_matter_that_somebody_took_meanwhile_is_told_by_whom(browser: Browser, served: Served) -> None:
    contexts = [opened(browser, served, name, DESKTOP) for name in ("reviewer", "other")]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.goto("/matters?view=unassigned")
    for page in pages:
        page.locator("form[action$='/take'] button").first.click()
        page.wait_for_load_state("networkidle")
    expect(pages[1].locator("[role=alert]").first).to_contain_text("Reviewer")
    for context in contexts:
        context.close()


def typed_to_return(page: Page, text: str) -> None:
    form = page.locator("form[action$='/return']")
    page.locator("details", has=form).locator("summary").first.click()
    form.locator("textarea[name=reason]").fill(text)


def texts_of(page: Page) -> str:
    """All that can be read or copied on a page, fields included."""
    fields = page.locator("main textarea").evaluate_all("items => items.map(item => item.value)")
    return page.locator("main").inner_text() + "\n".join(fields)
