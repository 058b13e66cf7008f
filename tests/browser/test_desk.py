"""The desk in a real browser: accessible in both languages, on a phone, in the dark, by keyboard, without scripts."""

import io
import unicodedata

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.desk_site import (
    JOINING,
    LOOKS,
    PAGES,
    PASSAGE,
    RULES,
    STATUS,
    Served,
    browser,
    founded,
    opened,
    served,
    shown,
    unfold,
)
from tests.turns import some_of

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser
KEPT = "Object.keys(sessionStorage).filter((name) => name.startsWith('kept:')).length"

EACH_LOOK = [
    pytest.param(name, look, marks=() if at % 2 == 0 and look == LOOKS[at // 2 % 2] else pytest.mark.slow)
    for at, name in enumerate(PAGES)
    for look in LOOKS
]
"""Every page in every look in the full suite; in the quick one every other page in one of the first two, in turn."""


@pytest.mark.parametrize(
    ("name", "look"), EACH_LOOK, ids=lambda part: part if isinstance(part, str) else "-".join(map(str, part))
)
def test_a_page_is_accessible_fits_and_asks_for_nothing_elsewhere(
    browser: Browser, served: Served, name: str, look: tuple[str, str, int]
) -> None:
    context = opened(browser, served, PAGES[name][0], look)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    shown(page, served, name)
    unfold(page)
    assert page.get_attribute("html", "lang") == look[0]
    results = Axe().run(page, options={"runOnly": RULES})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= look[2]
    over = "filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
    assert (
        page.evaluate(f"[...document.querySelectorAll('body *')].{over}.map(e => e.outerHTML.slice(0, 120))")
        == []
    )
    assert [url for url in asked if not url.startswith((served.address, "data:"))] == []
    assert [
        text for text in complaints if f"status of {STATUS.get(name)} " not in text and "username" not in text
    ] == []
    context.close()


@pytest.mark.parametrize("scripts", JOINING, ids=["with scripts", "without scripts"])
def test_somebody_joins_signs_out_and_in_and_works_by_keyboard(
    browser: Browser,
    served: Served,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    context = opened(browser, served, "", ("en", "light", 1280), scripts=scripts)
    page = context.new_page()
    page.goto(served.links[JOINING[scripts]])
    typed(page, "password", "correct horse battery")
    typed(page, "again", "correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/second-factor/")
    page.locator(".self summary").press("Enter")
    page.get_by_role("button", name="Sign out").press("Enter")
    page.wait_for_url("**/account/login")
    page.focus("#id_login")
    page.keyboard.type(JOINING[scripts])
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    page.goto(f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence")
    typed(page, "reason", "typed by keyboard")
    context.close()


def typed(page: Page, field_id: str, text: str) -> None:
    page.focus(f"#{field_id}")
    page.keyboard.type(text)


def test_the_focus_is_always_seen(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto("/matters")
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert seen == "solid", page.evaluate("document.activeElement.outerHTML")
    context.close()


def test_pointing_at_a_clause_lights_its_evidence_and_the_reverse(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto(f"/matters/{served.names['matter']}/sheet/ad-antivirus")
    lit = "[...document.querySelectorAll('.lit')].map(item => item.id)"
    assert page.evaluate(lit) == []
    page.hover("#clause-1-1 .clause-text")
    assert {"clause-1-1", "evidence-1-1"} <= set(page.evaluate(lit))
    page.mouse.move(1, 1)
    assert page.evaluate(lit) == []
    page.focus("#evidence-1-1 .cited a")  # the keyboard lights as the pointer does
    assert set(page.evaluate(lit)) == {"clause-1-1", "evidence-1-1"}
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_passage_becomes_a_claim_that_is_tried_before_it_is_recorded(
    browser: Browser,
    served: Served,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280), scripts=scripts)
    page = context.new_page()
    page.goto(f"/documents/{served.names['document']}/read")
    if scripts:
        page.evaluate("window.stays = true")
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#p-2'))")
        page.get_by_role("button", name="Make a claim of this passage").click()
        assert page.input_value("#claim-place") == f"The company {PASSAGE}."
        assert page.locator(":focus").get_attribute("id") == "claim-fact"
    else:
        page.fill("#claim-place", f"The company {PASSAGE}.")
    page.fill("#claim-fact", "ad.product")
    page.get_by_role("button", name="Show its fields").click()
    page.select_option("#claim-subject", "ad-antivirus")
    page.fill("#claim-value", "antivirus")
    page.select_option("#claim-stance", "denies")
    page.select_option("#claim-weight", "5")
    page.fill("#claim-weight_reason", "It is final.")
    page.get_by_role("button", name="What would it change?").click()
    page.get_by_text("shown to the standard, and opposed at least as heavily").first.wait_for()
    assert page.input_value("#claim-place") == f"The company {PASSAGE}."
    assert page.input_value("#claim-weight") == "5"
    if scripts:
        assert page.evaluate("window.stays") is True
        assert page.locator(":focus").get_attribute("id") == "changes"
        results = Axe().run(page, options={"runOnly": RULES})
        assert results.violations_count == 0, results.generate_report()
    page.fill("#claim-origin", "")
    page.get_by_role("button", name="Record it").click()
    page.locator("#wrong-origin").wait_for()
    assert page.input_value("#claim-weight_reason") == "It is final."
    context.close()


def test_the_slider_chooses_a_moment_and_the_list_does_so_without_scripts(
    browser: Browser, served: Served
) -> None:
    address = f"/matters/{served.names['matter']}/sheet/ad-antivirus"
    for scripts in (True, False):
        context = opened(browser, served, "reviewer", ("en", "light", 1280), scripts=scripts)
        page = context.new_page()
        page.goto(address)
        if scripts:
            page.locator(".slider").press("Home")
        else:
            assert page.locator(".slider").count() == 0
            page.select_option("#known", index=0)
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**known=2*")
        assert page.get_by_text("Back to now").count() == 1
        context.close()


def test_what_is_typed_is_kept_in_the_tab_until_it_is_sent(browser: Browser, served: Served) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    address = f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence"
    page.goto(address)
    page.fill("#reason", "A long text\nof two lines")
    page.reload()
    assert page.input_value("#reason") == "A long text\nof two lines"
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Propose a decision").click()
    page.wait_for_selector("text=Nothing that you typed is lost")
    assert page.input_value("#kept-1") == "A long text\nof two lines"
    context.close()


def test_what_is_typed_is_kept_until_it_is_taken_and_for_nobody_else(
    browser: Browser, served: Served
) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    address = f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence"
    page.goto(address)
    for field in ("#reason", "#milder", "#rights"):
        if page.locator(field).count():
            page.fill(field, "typed by the reviewer")
    page.route("**/propose/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Propose a decision").click()
    page.wait_for_url("chrome-error://**")
    page.goto(address)  # nobody has answered: it was not taken
    assert page.input_value("#reason") == "typed by the reviewer"
    page.evaluate("document.body.dataset.person = 'P-other'; document.querySelector('#reason').value = ''")
    page.evaluate("import('/static/desk/keep.js').then((kept) => kept.putBack(document))")
    assert page.input_value("#reason") == ""
    page.evaluate(
        "Object.keys(sessionStorage).filter((name) => name.startsWith('kept:'))"
        ".forEach((name) => sessionStorage.setItem('sent:' + name, ''))"
    )
    page.goto("/matters")
    assert page.evaluate(KEPT)
    page.locator("#view-name").evaluate("(field) => { field.closest('details').open = true }")
    page.fill("#view-name", "A view that is taken")
    page.get_by_role("button", name="Save this view").click()
    page.locator("#notes p").wait_for()
    page.wait_for_load_state()  # the scripts have run
    assert not page.evaluate(KEPT)  # what was sent before was taken
    page.goto(address)
    page.fill("#reason", "typed by the reviewer")
    assert page.evaluate(KEPT)
    page.evaluate(
        "document.querySelector('[data-signs-out]').dispatchEvent(new Event('submit', {bubbles: true}))"
    )
    assert not page.evaluate(KEPT)
    context.close()


def test_keys_lead_where_the_page_says_and_not_while_something_is_typed(
    browser: Browser, served: Served
) -> None:
    context = opened(browser, served, "reviewer", ("en", "light", 1280))
    page = context.new_page()
    page.goto(f"/matters/{served.names['matter']}/proposal/ad-threat-intelligence")
    page.focus("#reason")
    page.keyboard.type("?gq")
    assert page.input_value("#reason") == "?gq"
    page.fill("#reason", "")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/matters")
    context.close()


# Where a page is written in another script or in longer words: the same pages, mirrored and two fifths longer.
LONGER = """
document.documentElement.dir = "rtl";
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let text = walk.nextNode(); text; text = walk.nextNode()) {
  const said = text.data.trim();
  if (said && !text.parentElement.closest("code, textarea, script, style, svg, kbd")) {
    text.data = text.data.replace(said, said + " " + said.slice(0, Math.ceil(said.length * 0.4)));
  }
}
"""


@pytest.mark.parametrize("width", some_of([320, 390, 1280], one_in=3))
@pytest.mark.parametrize(
    "name",
    [
        "matters",
        "matter",
        "sheet",
        "notice on the sheet",
        "timeline on the sheet",
        "propose",
        "issued",
        "people",
        "home of a member",
        "appeal",
        "clocks",
        "version",
        "glossary",
        "first steps",
        "design",
    ],
)
def test_a_page_survives_longer_words_from_right_to_left(
    browser: Browser, served: Served, name: str, width: int
) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("en", "light", width))
    page = context.new_page()
    page.goto(address.format(**served.names))
    page.evaluate(LONGER)
    unfold(page)
    page.evaluate("document.querySelectorAll('.menu').forEach(item => { item.open = false })")
    over = "filter(e => e.getBoundingClientRect().left < -0.5 || e.getBoundingClientRect().right > innerWidth + 0.5)"
    aside = "filter(e => !e.closest('.unseen, .scroll')).map(e => e.outerHTML.slice(0, 120))"
    found = page.evaluate(f"[...document.querySelectorAll('main *')].{over}.{aside}")
    assert found == []
    context.close()


@pytest.mark.parametrize("name", ["sheet", "matter", "issued", "glossary"])
def test_paper_has_what_is_folded_and_nothing_that_leads_elsewhere(
    browser: Browser, served: Served, name: str
) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("en", "light", 1280))
    page = context.new_page()
    page.goto(address.format(**served.names))
    folded = page.evaluate(FOLDED)
    read = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    printed = "".join(squeezed(sheet.extract_text()) for sheet in read)
    assert squeezed(page.inner_text("h1")) in printed
    assert [text for text in folded if squeezed(text) not in printed] == []
    pressed = ("Skip to the page", "Sign out", "show these keys", "What this means")
    assert [word for word in pressed if squeezed(word) in printed] == []
    page.emulate_media(media="print")
    assert not page.locator(".bar nav").is_visible()
    assert folded or name not in {"sheet", "matter"}
    context.close()


# What stands in folded parts of a page that are printed: the first words of each.
FOLDED = """
[...document.querySelectorAll("main details.more:not([open]) li")]
  .map(item => item.innerText || item.textContent).map(text => text.trim().split(/\\s+/)[0])
"""


def squeezed(text: str) -> str:
    """Without spaces; and without ligatures, which some fonts put on paper in the place of letters."""
    return "".join(unicodedata.normalize("NFKC", text).split())
