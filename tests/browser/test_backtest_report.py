"""The page of a backtest in a real browser: accessible, fit for a phone and paper, and without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from adjudge.backtest.forms.html import report_html
from adjudge.backtest.forms.report import report_view
from adjudge.cli.main import main as adjudge
from adjudge.tongues.tongue import tongue_of
from tests.rooms.backtest.asking import ran
from tests.rooms.backtest.worlds import package_of, trade, trade_packages
from tests.turns import some_of

pytestmark = pytest.mark.browser

HOME = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("everything", "everything fr", "state media")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a world in which everything occurs, in both languages, and of one without spend."""
    folder = tmp_path_factory.mktemp("reports")
    old, new = (package_of(path) for path in trade_packages(folder / "packages"))
    with ran(trade(folder / "data", new.vocabulary), old, new) as found:
        for language in ("en", "fr"):
            tongue = tongue_of(language)
            text = report_html(
                found.found, report_view(found.found, tongue), found.tables, tongue, folder="out"
            )
            name = "everything" if language == "en" else "everything fr"
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
    policy = HOME / "policies" / "ads-standard"
    line = ["backtest", str(HOME / "examples" / "populations" / "state-media-2019")]
    line += ["--from", f"{policy}@2017-12", "--to", f"{policy}@2019-08"]
    assert adjudge([*line, "--html", str(folder / "state media.html")]) == 0
    return {name: (folder / f"{name}.html").as_uri() for name in NAMES}


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


@pytest.mark.parametrize("scheme", some_of(["light", "dark"], one_in=2))
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(page: Page, pages: dict[str, str], name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[name])
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(page: Page, pages: dict[str, str], name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", NAMES)
def test_every_number_that_is_a_link_leads_to_its_list(page: Page, pages: dict[str, str], name: str) -> None:
    page.goto(pages[name])
    links = page.locator("a[href^='#']")
    assert links.count() > 5
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    targets = page.evaluate(
        "[...document.querySelectorAll(\"a[href^='#']\")].map(e => decodeURIComponent(e.hash.slice(1)))"
    )
    assert set(targets) <= set(ids)


def test_it_prints_on_paper_with_what_is_behind_the_numbers(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["everything"])
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
