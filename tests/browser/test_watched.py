"""What is watched over really is found: a complaint, a request that fails, a sentence that nobody translated."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk_site import Served, browser, opened, served
from tests.browser.watched import Watch, untranslated
from tests.sites import founded

__all__ = ["browser", "founded", "served"]
pytestmark = pytest.mark.browser


@pytest.fixture
def french(browser: Browser, served: Served) -> Iterator[Page]:
    context = opened(browser, served, "reviewer", ("fr", "light", 1280))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("planted", "is_found"),
    [
        ("Nothing is overdue.", True),  # of the catalogue
        ("more than 12 files came with the form", True),  # of the catalogue, with a part
        ("Whoever reads this, nobody has said it.", True),  # of no catalogue
        ("Rien n'est en retard.", False),
        ("ads-standard", False),
    ],
)
def test_an_english_sentence_on_a_french_page_is_found(
    french: Page,
    served: Served,  # noqa: ARG001 - it is served meanwhile
    planted: str,
    is_found: bool,  # noqa: FBT001 - a column of the table
) -> None:
    watch = Watch("fr")
    watch.over(french)
    french.goto("/matters")
    watch.look(french)
    for place in ("<p></p>", "<a href='#x' aria-label=''>x</a>"):
        found = _planted(french, watch, place, planted)
        assert found == ([planted] if is_found else [])
    for place in ("<bdi></bdi>", "<p lang='en'></p>", "<code></code>"):
        assert _planted(french, watch, place, planted) == []


def _planted(page: Page, watch: Watch, place: str, text: str) -> list[str]:
    page.evaluate(
        """([place, text]) => {
          document.querySelector("#planted")?.remove();
          const box = document.createElement("div");
          box.id = "planted";
          box.innerHTML = place;
          const item = box.firstElementChild;
          if (item.hasAttribute("aria-label")) item.setAttribute("aria-label", text); else item.textContent = text;
          document.querySelector("main").append(box);
        }""",
        [place, text],
    )
    return list(untranslated(watch.said_on(page)))


def test_what_somebody_typed_is_in_whatever_language_it_was_typed(french: Page) -> None:
    watch = Watch("fr", typed=["Whoever reads this, nobody has said it."])
    watch.over(french)
    french.goto("/matters")
    assert _planted(french, watch, "<p></p>", "Whoever reads this, nobody has said it.") == []


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('one')", "console error: one"),
        ("console.warn('two')", "console warning: two"),
        ("setTimeout(() => { throw new Error('three') })", "failed script: three"),
        ("fetch('/nothing')", "404"),
        ("fetch('http://localhost:1/')", "Content Security Policy"),
        ("fetch('/alive?aborted')", "failed request"),
    ],
)
def test_a_complaint_is_found(french: Page, script: str, complaint: str) -> None:
    watch = Watch("fr")
    watch.over(french)
    french.route("**/alive?aborted", lambda route: route.abort("connectionreset"))
    french.goto("/matters")
    french.evaluate(f"() => {{ {script} }}")
    french.wait_for_timeout(300)
    assert any(complaint in item for item in watch.complaints), watch.complaints
    with pytest.raises(AssertionError):
        watch.look(french)
