"""The page of a figure in a real browser: accessible, fit for a phone and for paper, every text within its box."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from adjudge.answers.rules.figure_html import figure_html
from adjudge.answers.rules.figure_pen import NARROW, WIDE
from adjudge.answers.rules.figure_svg import figure_svg
from adjudge.tongues.tongue import tongue_of
from tests.rooms.answers.figure_case import CLAIMS, folder_of, view_in

pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LONG = "ad.notes == 'a text that goes on and on, " + "W" * 80 + " and is never read by anybody'"
PARTS = " || ".join(f"(ad.size > {number} && !({LONG}))" for number in range(10))
WIDTHS = (320, 380, 860, 1280)
NAMES = ("en", "fr", "large")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the pages and the drawings, and return their addresses."""
    folder = tmp_path_factory.mktemp("figures")
    case = folder_of(tmp_path_factory.mktemp("small"))
    long = folder_of(
        tmp_path_factory.mktemp("large"), CLAIMS, title="A title " * 30, when=f"ad.beer && ({PARTS})"
    )
    texts = {}
    for name, at, code in (("en", case, "en"), ("fr", case, "fr"), ("large", long, "en")):
        tongue = tongue_of(code)
        view = view_in(at, tongue=tongue)
        texts[f"{name}.html"] = figure_html(view, tongue)
        texts[f"{name}.svg"] = figure_svg(view, tongue, WIDE)
        texts[f"{name}-narrow.svg"] = figure_svg(view, tongue, NARROW)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: (folder / name).as_uri() for name in texts}


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test where it asks for anything or complains."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    yield opened
    opened.close()
    assert [address for address in asked if not address.startswith("file:")] == []
    assert complaints == []


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (380, "dark"),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
        pytest.param(380, "light", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(page: Page, pages: dict[str, str], name: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[f"{name}.html"])
    unfold(page)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(page: Page, pages: dict[str, str], name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages[f"{name}.html"])
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = "filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
    every = "[...document.querySelectorAll('body *')]"
    assert page.evaluate(f"{every}.{over}.map(e => e.outerHTML.slice(0, 120))") == []
    drawn = page.locator(".drawn")
    assert drawn.evaluate("e => e.scrollWidth <= e.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_drawing_is_shown_at_each_width_and_can_be_read(
    page: Page, pages: dict[str, str], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages["en.html"])
    shown = page.locator("svg.figure").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width > 0)"
    )
    assert sorted(shown) == [False, True]
    size = "[...document.querySelectorAll('svg.figure text')].map(e => e.getBoundingClientRect().height)"
    heights = [height for height in page.evaluate(size) if height]
    assert min(heights) >= 9


@pytest.mark.parametrize("drawing", ["{}.svg", "{}-narrow.svg"])
@pytest.mark.parametrize("name", NAMES)
def test_every_text_keeps_within_its_box(page: Page, pages: dict[str, str], name: str, drawing: str) -> None:
    page.goto(pages[drawing.format(name)])
    over = """
    () => {
      const root = document.documentElement, wide = root.viewBox.baseVal.width, found = [];
      for (const text of root.querySelectorAll('text')) {
        const at = text.getBBox();
        if (at.x < 0 || at.x + at.width > wide) found.push(text.textContent);
      }
      for (const group of root.querySelectorAll('g')) {
        const box = group.querySelector('.f-box');
        if (!box) continue;
        const edge = box.getBBox();
        for (const text of group.querySelectorAll('.f-code, .f-asks')) {
          const at = text.getBBox();
          const isOver = at.x + at.width > edge.x + edge.width || at.y + at.height > edge.y + edge.height;
          if (isOver) found.push(text.textContent);
        }
      }
      return found;
    }"""
    assert page.evaluate(over) == []


@pytest.mark.parametrize("drawing", ["{}.svg", "{}-narrow.svg"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_lies_on_another(page: Page, pages: dict[str, str], name: str, drawing: str) -> None:
    page.goto(pages[drawing.format(name)])
    over = """
    () => {
      const texts = [...document.querySelectorAll('text')].map(e => [e.textContent, e.getBBox()]);
      const found = [];
      texts.forEach(([one, a], at) => texts.slice(at + 1).forEach(([other, b]) => {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        if (across > 1 && down > 5) found.push([one, other]);
      }));
      return found;
    }"""
    assert page.evaluate(over) == []


def test_the_drawing_has_a_name_and_a_description(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["en.html"])
    named = page.get_by_role("img", name="Ads for beer, for ad: met")
    assert named.count() == 1
    words = "e => document.getElementById(e.getAttribute('aria-describedby')).textContent"
    assert "1.2.2.1 all of these: for 0, against 5, shown: no" in named.evaluate(words)


def test_paper_shows_the_wide_drawing_and_all_words(
    page: Page, pages: dict[str, str], tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 673, "height": 900})
    page.goto(pages["en.html"])
    page.emulate_media(media="print")
    boxes = page.evaluate(
        "[...document.querySelectorAll('details > :not(summary)')].map(e => e.getBoundingClientRect().height)"
    )
    assert boxes
    assert min(boxes) > 0
    assert page.locator(".drawn .wide").is_visible()
    assert not page.locator(".drawn .narrow").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    paper = tmp_path / "figure.pdf"
    page.pdf(path=paper, format="A4")
    assert paper.read_bytes().startswith(b"%PDF")


def test_all_signs_remain_in_forced_colours(page: Page, pages: dict[str, str]) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(pages["en.svg"])
    looks = """kind => {
      const style = getComputedStyle(document.querySelector(kind));
      return [style.fill, style.stroke, style.strokeDasharray];
    }"""
    kinds = (".f-full", ".f-cell", ".f-dashed", ".f-box")
    found = [tuple(page.evaluate(looks, kind)) for kind in kinds]
    assert len(set(found)) == len(kinds)


def test_the_keyboard_folds_the_words(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["en.html"])
    summary = page.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").evaluate("e => e.open")
