"""The pages of answers in a real browser: accessible, fit for a phone, a keyboard and paper."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel import Locale
from playwright.sync_api import Browser, Page, sync_playwright

from adjudge.answers.decision.html import IndexEntry, html_text, index_html
from adjudge.answers.decision.view import AnswerView, view_of
from adjudge.tongues.tongue import Tongue, tongue_of
from tests.rooms.answers.full_view import EMPTY, FULL

pytestmark = pytest.mark.browser

ENGLISH = tongue_of("en")
CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "kaspersky-2018"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("before", "after", "full", "empty", "index", "long", "long index")
WIDTHS = (320, 380, 1280)
LARGE = {
    ("after", "dark"),
    ("long", "light"),
    ("long", "dark"),
    ("full", "dark"),
    ("before", "light"),
    ("index", "dark"),
}
"""Pages whose parts the others of the quick suite have in the same scheme."""
VOWEL = re.compile(r"([aeiou])(?![^{]*\})")


class Long(gettext.NullTranslations):
    """Words that are half as long again, as they are in other languages."""

    def gettext(self, message: str) -> str:
        return VOWEL.sub(r"\1\1", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


LONG = Tongue("fr", Long(), Locale.parse("fr"))


def founding_view(day: str, territory: str, tongue: Tongue = ENGLISH) -> AnswerView:
    from adjudge.answers.answer import Asked
    from adjudge.app.decide import decide
    from adjudge.app.on_files import load_case
    from adjudge.app.others import with_others
    from adjudge.basis.instant import parse_instant
    from adjudge.basis.problem import ProblemLog

    log = ProblemLog()
    loaded, at = load_case(CASE, log), parse_instant(day)
    assert loaded is not None
    assert at is not None
    answer = decide(loaded, Asked(valid_at=at, known_at=at, territory=territory), log)
    assert answer is not None
    return view_of(with_others(answer, loaded.population), tongue)


def entry(title: str, view: AnswerView) -> IndexEntry:
    headlines = tuple((s.title, s.decision.disposition.value, s.decision.headline) for s in view.subjects)
    return IndexEntry(
        title=title,
        as_of=view.as_of,
        territory=view.territory,
        headlines=headlines,
        html="a.html",
        json="a.json",
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the pages and return their addresses."""
    folder = tmp_path_factory.mktemp("pages")
    before, after = founding_view("2018-01-31", "US"), founding_view("2024-10-01", "US")
    entries = [entry("Was there a rule?", before), entry("What has changed?", after), entry("All", FULL)]
    long = founding_view("2024-10-01", "US", LONG)
    long_entries = [entry("Qu'est-ce qui a changé ?", long)]
    texts = {
        "before": html_text(before, ENGLISH),
        "after": html_text(after, ENGLISH),
        "full": html_text(FULL, ENGLISH),
        "empty": html_text(EMPTY, ENGLISH),
        "index": index_html(entries, ENGLISH, title=before.title, summary=before.summary),
        "long": html_text(long, LONG),
        "long index": index_html(long_entries, LONG, title=long.title, summary=long.summary),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in texts}


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
    ("name", "scheme"),
    [
        pytest.param(name, scheme, marks=pytest.mark.slow if (name, scheme) in LARGE else ())
        for name in NAMES
        for scheme in ("light", "dark")
    ],
)
def test_axe_finds_nothing(page: Page, pages: dict[str, str], name: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(pages[name])
    unfold(page)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_scrolls_sideways(page: Page, pages: dict[str, str], name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(pages[name])
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # Nothing is cut off either: no element reaches over the edge.
    every = "[...document.querySelectorAll('body *')]"
    over = "filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)"
    assert page.evaluate(f"{every}.{over}.map(e => e.outerHTML.slice(0, 120))") == []


@pytest.mark.parametrize("name", ["before", "after", "full"])
def test_the_keyboard_reaches_and_turns_every_disclosure(
    page: Page, pages: dict[str, str], name: str
) -> None:
    page.goto(pages[name])
    unfold(page)
    every = page.locator("summary").count()
    stops = page.locator("a[href], summary, main").count()
    states: dict[int, tuple[bool, bool, bool]] = {}
    for _ in range(stops + 5):
        page.keyboard.press("Tab")
        at = page.evaluate("[...document.querySelectorAll('summary')].indexOf(document.activeElement)")
        if at < 0 or at in states:
            continue
        state = f"document.querySelectorAll('summary')[{at}].parentElement.open"
        before = page.evaluate(state)
        page.keyboard.press("Enter")
        turned = page.evaluate(state)
        page.keyboard.press("Space")
        states[at] = (before, turned, page.evaluate(state))
    assert set(states) == set(range(every))
    assert set(states.values()) == {(True, False, True)}


@pytest.mark.parametrize("name", ["full", "long"])
def test_the_words_of_the_figure_of_weights_are_not_cut(page: Page, pages: dict[str, str], name: str) -> None:
    page.goto(pages[name])
    unfold(page)
    inside = "svg => [...svg.querySelectorAll('text')].every(text => { const b = text.getBBox(); \
        return b.x >= 0 && b.x + b.width <= 190 })"
    assert page.locator("svg.pair").evaluate_all(f"all => all.every({inside})")


def test_focus_can_be_seen(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["full"])
    for _ in range(8):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert (width, style) == (3, "solid")


def test_the_first_stop_skips_to_the_answer(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["after"])
    page.keyboard.press("Tab")
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer"


def test_a_link_into_a_folded_rule_unfolds_it(page: Page, pages: dict[str, str]) -> None:
    page.goto(pages["before"])
    link = page.locator(".cited a[href^='#claim-']").first
    target = link.get_attribute("href") or ""
    claim = page.locator(f"[id='{target[1:]}']")
    assert not claim.is_visible()
    link.click()
    assert claim.is_visible()


def test_paper_shows_what_is_folded(page: Page, pages: dict[str, str], tmp_path: Path) -> None:
    page.goto(pages["full"])
    page.emulate_media(media="print")
    boxes = page.evaluate(
        "[...document.querySelectorAll('details > :not(summary)')].map(e => e.getBoundingClientRect().height)"
    )
    assert boxes
    assert min(boxes) > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).display") == "none"
    paper = tmp_path / "answer.pdf"
    page.pdf(path=paper, format="A4")
    assert paper.read_bytes().startswith(b"%PDF")


def test_all_signs_remain_without_colour(page: Page, pages: dict[str, str]) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(pages["full"])
    verdicts = page.locator(".rule .verdict").all_inner_texts()
    assert {"met", "refuted", "unknown", "unproven", "contested", "excepted"} <= set(verdicts)
    assert all(label for label in page.locator("svg.pair").evaluate_all("all => all.map(e => e.ariaLabel)"))
