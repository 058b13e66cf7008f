"""A page that is worked on and watched: whatever it complains of, fails to load, or says in another language is noted.

Not a test: `Watch` notes, and whoever drives the page asks it after every step.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from adjudge.tongues.tongue import ENGLISH
from tests.browser.foreign import without_foreign
from tools.catalogues import read

GRAVE = frozenset({"error", "warning"})
ABORTED = "net::ERR_ABORTED"
"""What a browser says of a file that it saves and of a page that was left: nothing failed."""
ENGLISH_WORDS = frozenset(
    """and are because been before but by does done each for from has have how if in into is it its nobody nothing of
    or that the their them there these they this to until was were what when where which who whoever whom will with
    would you your""".split()
)
"""Small words by which English is known; those that French has too are left out."""
_FIELD = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_]+")
SEEN = """
(language) => {
  const other = "code, kbd, samp, pre, textarea, script, style, bdi, datalist, template, svg, mark, .fields, "
    + "select[name=person]";
  const own = (item) => item && !item.closest(other) && item.closest("[lang]")?.lang === language;
  const found = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    if (own(text.parentElement)) {
      const lines = getComputedStyle(text.parentElement).whiteSpaceCollapse.startsWith("preserve");
      found.push(...(lines ? text.data.split("\\n") : [text.data]));
    }
  }
  for (const item of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      if (item.hasAttribute(name) && own(item)) found.push(item.getAttribute(name));
    }
  }
  return found;
}
"""
"""What a page says itself: not what came from outside, which is marked as of another language, a name, or a code."""


@dataclass
class Watch:
    """What was noted of some pages. `typed` are texts of people, which are in whatever language they were typed in."""

    language: str
    typed: Sequence[str] = ()
    expected: frozenset[int] = frozenset()
    """Statuses that a step is meant to meet, above those of success."""
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"failed script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        is_status = "Failed to load resource" in message.text and any(
            f" {status} " in message.text for status in self.expected
        )
        if message.type in GRAVE and not is_status:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self.complaints.append(f"failed request: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def look(self, page: Page) -> None:
        """Fail where anything was noted, or where the page says something in another language."""
        assert self.complaints == [], f"{page.url}: {self.complaints}"
        assert page.get_attribute("html", "lang") == self.language, page.url
        if self.language != ENGLISH:
            found = list(untranslated(self.said_on(page)))
            assert found == [], f"{page.url}: {found}"

    def said_on(self, page: Page) -> Iterator[str]:
        """What a page says by itself."""
        for text in page.evaluate(SEEN, self.language):
            said = without_foreign(text, tuple(self.typed))
            if said:
                yield said


def untranslated(texts: Iterable[str]) -> Iterator[str]:
    """Those of a French page that are English: a sentence of ours that was not translated, or one that was never said.

    The first are known by the catalogue, the others by two small words of English in one text.
    """
    fixed, framed = _english()
    for text in texts:
        words = {word.lower() for token in text.split() if "_" not in token for word in _WORD.findall(token)}
        is_ours = text in fixed or any(piece in text and whole.fullmatch(text) for piece, whole in framed)
        if is_ours or len(words & ENGLISH_WORDS) > 1:
            yield text


@cache
def _english() -> tuple[frozenset[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Every sentence that French says otherwise: those without parts, and the others with their longest piece."""
    fixed, framed = set(), []
    for message in read("fr"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for one in map(str, ids):
            if not one or one in said:
                continue
            pieces = _FIELD.split(one)
            if len(pieces) == 1:
                fixed.add(" ".join(one.split()))
            elif sum(len(word) > 2 for word in _WORD.findall(" ".join(pieces))) > 1:
                longest = max(pieces, key=len)
                framed.append((longest, re.compile(".+".join(map(re.escape, pieces)), re.DOTALL)))
    return frozenset(fixed), tuple(framed)
