"""A day in the queue, in a browser: from sign-in to the notice and the next item; on both databases, in both languages.

Every page on the way is watched (`watched.py`): no complaint, no failed request, no sentence that nobody translated.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.desk_site import ARGUMENTS, PASSAGE, PRESS
from tests.browser.working_site import Working, founded, working
from tests.browser.working_steps import Worker, signed_in
from tests.databases import postgres

__all__ = ["founded", "postgres"]
pytestmark = pytest.mark.browser
TEXTS = {
    "en": {
        "reason": "The determination prohibits the sale.",
        "milder": "A label would not stop a prohibited sale.",
        "rights": "The ad may run where the sale is lawful.",
        "answer": "The report repeats a rumour and names no source.",
        "weighs": "The newspaper saw the page itself.",
        "hearsay": "It is hearsay at third hand.",
        "agreed": "Read, and agreed.",
        "lawful": "The law says so.",
    },
    "fr": {
        "reason": "La décision américaine interdit la vente.",
        "milder": "Une étiquette n'arrêterait pas une vente interdite.",
        "rights": "La publicité reste possible là où la vente est licite.",
        "answer": "L'article rapporte une rumeur et ne nomme aucune source.",
        "weighs": "Le journal a vu la page lui-même.",
        "hearsay": "C'est un ouï-dire de troisième main.",
        "agreed": "Lu et approuvé.",
        "lawful": "La loi le dit.",
    },
}
_SLOW = pytest.mark.slow
WAYS = [
    pytest.param("sqlite", "en", False, id="sqlite, English, without scripts", marks=_SLOW),
    pytest.param("sqlite", "en", True, id="sqlite, English", marks=_SLOW),
    pytest.param("sqlite", "fr", True, id="sqlite, French", marks=_SLOW),
    pytest.param("postgres", "en", True, id="postgres, English"),
    pytest.param("postgres", "fr", True, id="postgres, French", marks=_SLOW),
    pytest.param("sqlite", "fr", False, id="sqlite, French, without scripts", marks=_SLOW),
]
TITLE = "What a newspaper says of the ad"
SUBJECT = "ad-antivirus"


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Working]:
    with working(request.param, tmp_path / "data", request) as found:
        yield found


@pytest.fixture
def browser(place: Working, chromium_path: Path) -> Iterator[Browser]:  # noqa: ARG001 - the database comes first
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.mark.parametrize(("place", "language", "scripts"), WAYS, indirect=["place"])
def test_a_reviewer_decides_a_contested_matter(
    place: Working,
    browser: Browser,
    language: str,
    scripts: bool,  # noqa: FBT001 - a column of the table
) -> None:
    texts = TEXTS[language]
    context, reviewer = signed_in(browser, place.address, "reviewer", language, scripts=scripts)
    reviewer.watch.typed = [TITLE, *texts.values()]
    taken(reviewer, place)
    received(reviewer)
    claimed(reviewer, texts, scripts=scripts)
    contested(reviewer, place, scripts=scripts)
    discounted(reviewer, place, texts)
    decision = proposed(reviewer, texts)
    previewed(reviewer, place, texts)
    for name, act in (("second", confirmed), ("legal", signed)):
        other_context, other = signed_in(browser, place.address, name, language, scripts=scripts)
        other.watch.typed = reviewer.watch.typed
        act(other, decision, texts)
        other_context.close()
    issued(reviewer, decision)
    noticed(reviewer, decision, texts)
    passed_on(reviewer, place)
    context.close()


def taken(reviewer: Worker, place: Working) -> None:
    """Out of what nobody has, the matter is taken; it opens, and says so."""
    page = reviewer.page
    reviewer.follow("unassigned" if "unassigned" in page.inner_text("main") else "non attribués")
    item = page.locator("li", has=page.locator(f"a[href*='{place.matter}']")).last
    reviewer.press("take", within=item)
    page.wait_for_url(f"**/matters/{place.matter}*")
    assert page.locator(".notes").count() == 1
    assert page.locator("a[rel=next]").count() == 1


def received(reviewer: Worker) -> None:
    """A report comes in, and is opened."""
    page = reviewer.page
    page.locator("details", has=page.locator("#document-title")).locator("summary").first.click()
    page.set_input_files(
        "#document-file", {"name": "report.html", "mimeType": "text/html", "buffer": PRESS.encode()}
    )
    page.fill("#document-title", TITLE)
    page.fill("#document-publisher", "A newspaper")
    page.select_option("#document-kind", "press_report")
    page.select_option("#document-language", "en")
    reviewer.press("receive", within=page.locator("form", has=page.locator("#document-title")))
    page.locator("section", has=page.locator("#documents-on-record")).locator("summary").first.click()
    reviewer.follow(TITLE)
    page.wait_for_url("**/read")
    assert PASSAGE in page.inner_text(".paragraphs")
    assert page.locator("script:not([src^='/static/'])").count() == 0  # the document's own is not even words


def claimed(reviewer: Worker, texts: dict[str, str], *, scripts: bool) -> None:
    """A passage is selected, becomes a claim, is tried, and recorded."""
    page = reviewer.page
    if scripts:
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#p-2 p'))")
        reviewer.press("claim_of_passage")
    else:
        page.fill("#claim-place", f"The company {PASSAGE}.")
    assert PASSAGE in page.input_value("#claim-place")
    page.fill("#claim-fact", "ad.product")
    if scripts:
        page.keyboard.press("Tab")  # what was chosen is asked for by itself
    else:
        reviewer.press("choose_fact")
    page.locator("#claim-subject").wait_for()
    reviewer.look()
    page.select_option("#claim-subject", SUBJECT)
    page.fill("#claim-value", "antivirus")
    page.select_option("#claim-stance", "denies")
    page.select_option("#claim-weight", "4")
    page.fill("#claim-weight_reason", texts["weighs"])
    page.fill("#claim-origin", "rumour-2018")
    reviewer.press("try_it")
    page.locator("#changes").wait_for()
    assert page.locator(".changes .differs").count() > 0
    assert page.input_value("#claim-origin") == "rumour-2018"
    reviewer.press("record_it")
    assert page.locator("#claims-read").count() == 1
    assert page.locator(".paragraphs mark").count() == 1


def contested(reviewer: Worker, place: Working, *, scripts: bool) -> None:
    """On the sheet the claim speaks against a clause; pointing at the one lights the other."""
    page = reviewer.page
    reviewer.go(f"/matters/{place.matter}/sheet/{SUBJECT}?from=view%3Dmine")
    claim = against(page)
    assert claim.count() == 1
    if scripts:
        claim.locator("[data-lights]").first.focus()
        clause = claim.locator("[data-lights]").first.get_attribute("data-lights")
        expect(page.locator(f"#{clause}")).to_have_class(re.compile(r"\blit\b"))
        expect(claim).to_have_class(re.compile(r"\blit\b"))


def against(page: Page) -> Locator:
    """The card of the claim."""
    return page.locator(".claim-card.claim-against", has_text=PASSAGE)


def discounted(reviewer: Worker, place: Working, texts: dict[str, str]) -> None:
    """It is discounted with a reason, on the page of its document."""
    page = reviewer.page
    reviewer.follow(TITLE)
    form = page.locator("#claims-read ~ * form[action$='/discount'], form[action$='/discount']").first
    page.locator("details", has=form).locator("summary").first.click()
    form.locator("select[name=weight]").select_option("1")
    form.locator("textarea[name=reason]").fill(texts["hearsay"])
    reviewer.press("discount", within=form)
    assert texts["hearsay"] in page.inner_text("main")
    reviewer.go(f"/matters/{place.matter}/sheet/{SUBJECT}?from=view%3Dmine")


def proposed(reviewer: Worker, texts: dict[str, str]) -> str:
    """What speaks against is answered, the rest is weighed, and the decision proposed; its id."""
    page = reviewer.page
    reviewer.follow("propose", within=page.locator(".tabs"))
    for name in ("reason", "milder", "rights"):
        page.fill(f"#{name}", texts[name])
    reviewer.watch.expected = frozenset({422})
    answers = page.locator("textarea[name^='answer:']")
    assert answers.count() == 1
    reviewer.press("propose", within=page.locator("#proposal-form"))
    assert page.locator("[role=alert]").count() == 1  # nobody has answered what speaks against it
    assert page.input_value("#milder") == texts["milder"]
    answers.first.fill(texts["answer"])
    reviewer.press("propose", within=page.locator("#proposal-form"))
    page.wait_for_url("**/decisions/*")
    reviewer.watch.expected = frozenset()
    return page.url.rsplit("/", 1)[-1]


def previewed(reviewer: Worker, place: Working, texts: dict[str, str]) -> None:
    """What would be sent stands in both languages, its clauses numbered, beside its examination."""
    page = reviewer.page
    reviewer.go(f"/matters/{place.matter}/sheet/{SUBJECT}?part=notice&from=view%3Dmine")
    assert page.locator(".letter-sheet").evaluate_all("items => items.map(item => item.lang).sort()") == [
        "en",
        "fr",
    ]
    for letter in page.locator(".letter-sheet").all():
        assert letter.locator(".numbered").count() > 5
        assert texts["milder"] in (letter.text_content() or "")
    assert page.locator("#examination-title ~ *").count() > 0


def confirmed(second: Worker, decision: str, texts: dict[str, str]) -> None:
    """Somebody else reads the proposal and stands for it."""
    second.go(f"/decisions/{decision}")
    second.page.fill("#confirm-reason", texts["agreed"])
    second.press("confirm", within=second.page.locator("form[action$='/confirm']"))
    assert second.page.locator("#confirm-reason").count() == 0


def signed(legal: Worker, decision: str, texts: dict[str, str]) -> None:
    """Whoever answers for the law signs it."""
    legal.go(f"/decisions/{decision}")
    legal.page.fill("#sign-reason", texts["lawful"])
    legal.press("sign", within=legal.page.locator("form[action$='/sign']"))
    assert legal.page.locator("#sign-reason").count() == 0


def issued(reviewer: Worker, decision: str) -> None:
    """Nothing stands in the way any more, and it is issued; it can be made again from the record."""
    page = reviewer.page
    reviewer.go(f"/decisions/{decision}")
    reviewer.press("issue", within=page.locator("form[action$='/issue']"))
    assert page.locator(".tag-issued").count() > 0
    assert page.locator("form[action$='/issue']").count() == 0
    reviewer.follow("replay")
    assert page.locator(".verified[role=status]").count() == 1


def noticed(reviewer: Worker, decision: str, texts: dict[str, str]) -> None:
    """The notice is made within seconds, and says what was written."""
    page = reviewer.page
    link = page.locator("main a[href^='/notices/']")
    for _ in range(60):
        reviewer.go(f"/decisions/{decision}")
        if link.count():
            break
        page.wait_for_timeout(500)
    link.first.click()
    page.wait_for_url("**/notices/*")
    # The page is named as the notice is, which speaks the advertiser's language.
    reviewer.watch.typed = [*reviewer.watch.typed, page.title().rsplit(" – ", 1)[0]]
    reviewer.look()
    assert texts["rights"] in page.inner_text("main")


def passed_on(reviewer: Worker, place: Working) -> None:
    """Back in the queue the next item is opened."""
    page = reviewer.page
    reviewer.go(f"/matters/{place.matter}?from=view%3Dall")
    reviewer.follow("next_item")
    page.wait_for_url(f"**/matters/{place.next_one}*")
    reviewer.follow("to_queue")
    page.wait_for_url("**/matters*")
