"""Every page of the desk: by keyboard alone, on the narrowest window, enlarged, in longer words, on paper, and light.

Not who may see what; that is compared with the table of acts where pages are asked for without a browser.
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk_site import PAGES, Served, browser, founded, opened, served, shown
from tests.turns import some_of

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser

ENLARGED = 640
"""Points across a window of 1280 at 200 %."""
MOST_BYTES = 150_000
"""Of a first view, with its styles and scripts, as they go over the wire."""
MOST_STOPS = 400
"""Presses of the tabulator after which a page that is not left by them is a trap."""
TURNS = [some_of(PAGES, one_in=4, turn=turn) for turn in range(4)]
"""Every page in the full suite; in the quick one a page in four, and by each check another quarter of them."""

# Who stands where while the tabulator is pressed: whether it is seen, and not under something else.
STOP = """
() => {
  const item = document.activeElement;
  if (!item || item === document.body) return null;
  const box = item.getClientRects()[0] || item.getBoundingClientRect();
  const style = getComputedStyle(item);
  const at = document.elementFromPoint(box.left + Math.min(box.width / 2, 6), box.top + box.height / 2);
  const label = item.closest("label");
  return {
    what: item.outerHTML.slice(0, 120),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    bare: !at || item.contains(at) || at.contains(item) || Boolean(label && label.contains(at)),
  };
}
"""
OUTSIDE = """
() => [...document.querySelectorAll("body *")]
  .filter(item => !item.closest(".scroll, .unseen, svg"))
  .filter(item => {
    const box = item.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 0.5 || box.left < -0.5);
  })
  .map(item => item.outerHTML.slice(0, 120))
"""
MOVING = """
() => [...document.querySelectorAll("*")]
  .filter(item => {
    const style = getComputedStyle(item);
    const lasts = [style.transitionDuration, style.animationDuration].join(",").split(",");
    return lasts.some(text => parseFloat(text) > 0.001) || style.scrollBehavior === "smooth";
  })
  .map(item => item.outerHTML.slice(0, 120))
"""
UNFOLD = "document.querySelectorAll('details').forEach(item => { item.open = true })"
# Words two fifths longer, from right to left.
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


def at(browser: Browser, served: Served, name: str, width: int, *, still: bool = False) -> Page:
    """A page of the desk, in a window of its own."""
    context = opened(browser, served, PAGES[name][0], ("en", "light", width))
    page = context.new_page()
    if still:
        page.emulate_media(reduced_motion="reduce")
    shown(page, served, name)
    return page


@pytest.mark.parametrize("name", TURNS[0])
def test_the_keyboard_goes_through_the_whole_page_and_is_always_seen(
    browser: Browser, served: Served, name: str
) -> None:
    page = at(browser, served, name, 1280)
    page.keyboard.press("Tab")
    first = page.evaluate(STOP)
    if page.locator("[autofocus]").count() == 0:
        assert page.locator(":focus").get_attribute("href") == "#main", first
    stops = [first]
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["what"] == first["what"]:
            break
        stops.append(stop)
    else:
        pytest.fail("the keyboard does not come to the end of the page")
    assert [stop for stop in stops if not (stop["ringed"] and stop["shown"] and stop["bare"])] == []
    page.context.close()


@pytest.mark.parametrize("width", [320, pytest.param(ENLARGED, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", TURNS[1])
def test_no_page_scrolls_sideways_however_narrow_or_enlarged(
    browser: Browser, served: Served, name: str, width: int
) -> None:
    page = at(browser, served, name, width, still=True)
    assert page.evaluate(OUTSIDE) == []
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(MOVING) == []
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_survives_longer_words_from_right_to_left(
    browser: Browser, served: Served, name: str, width: int
) -> None:
    page = at(browser, served, name, width)
    page.evaluate(LONGER)
    page.evaluate(UNFOLD)
    page.evaluate("document.querySelectorAll('.menu').forEach(item => { item.open = false })")
    assert page.evaluate(OUTSIDE) == []
    page.context.close()


@pytest.mark.parametrize("name", TURNS[2])
def test_no_page_prints_what_leads_elsewhere_or_is_pressed(
    browser: Browser, served: Served, name: str
) -> None:
    page = at(browser, served, name, 1280)
    page.emulate_media(media="print")
    pressed = "nav, button, .button, input[type=submit], .skip, .paging, form.sheet-form"
    seen = "filter(item => item.checkVisibility()).map(item => item.outerHTML.slice(0, 120))"
    assert page.evaluate(f"[...document.querySelectorAll('{pressed}')].{seen}") == []
    assert page.locator("h1").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("name", TURNS[3])
def test_a_first_view_is_light(browser: Browser, served: Served, name: str) -> None:
    who, address = PAGES[name]
    context = opened(browser, served, who, ("en", "light", 1280))
    page = context.new_page()
    weighed = context.new_cdp_session(page)
    weighed.send("Network.enable")
    came: list[int] = []
    weighed.on("Network.loadingFinished", lambda event: came.append(int(event["encodedDataLength"])))
    page.goto(address.format(**served.names), wait_until="networkidle")
    assert len(came) > 1
    assert sum(came) <= MOST_BYTES, came
    context.close()
