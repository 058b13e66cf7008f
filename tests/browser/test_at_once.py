"""Ten appeals at the same time over HTTP, answered by two processes: one is kept, and the others are told which."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.browser.advertiser_site import excluded, founded
from tests.databases import postgres

__all__ = ["founded", "postgres"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
COUNT = 10
DONE, TOO_LATE = 200, 409


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_of_ten_appeals_at_once_one_is_kept(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with excluded(kind, tmp_path / "data", request, "en", workers=2) as found:
        cookies = let_in(found.address, found.link)
        with ThreadPoolExecutor(COUNT) as pool:
            told = list(pool.map(lambda _: appealed(found.address, found.decision, cookies), range(COUNT)))
        statuses = sorted(status for status, _ in told)
        assert statuses == [DONE] + [TOO_LATE] * (COUNT - 1)
        (kept,) = found.appeals()
        assert [kept in text for status, text in told if status == DONE] == [True]
        assert all('role="alert"' in text for status, text in told if status != DONE)


def let_in(address: str, link: str) -> str:
    """Come in by the link; the cookies of the session, with the token of its forms."""
    kept = HTTPCookieProcessor()
    browser = build_opener(kept)
    path = link.partition("/link/")[2]
    browser.open(f"{address}/link/{path}", timeout=60).read()
    token = {item.name: item.value for item in kept.cookiejar}["csrftoken"]
    sent = urlencode({"csrfmiddlewaretoken": token}).encode()
    browser.open(Request(f"{address}/link/{path}", sent), timeout=60).read()  # noqa: S310 - our own
    return "; ".join(f"{item.name}={item.value}" for item in kept.cookiejar)


def appealed(address: str, decision: str, cookies: str) -> tuple[int, str]:
    """File an appeal; what was answered in the end."""
    token = dict(part.split("=", 1) for part in cookies.split("; "))["csrftoken"]
    told = {"csrfmiddlewaretoken": token, "kind": "appeal", "text": "We have a licence."}
    headers = {"Cookie": cookies}
    sent = Request(f"{address}/decisions/{decision}/answer", urlencode(told).encode(), headers)  # noqa: S310 - our own
    try:
        with build_opener().open(sent, timeout=120) as answer:
            return int(answer.status), answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
