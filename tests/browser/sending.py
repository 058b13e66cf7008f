"""Forms sent as a browser sends them, in somebody's name, without looking at the page: to prepare, and to press twice."""

import re
from collections.abc import Mapping

from playwright.sync_api import APIResponse, Browser, BrowserContext

from tests.browser.desk_site import PROPOSAL, Served, opened

DESKTOP = ("en", "light", 1280)
SUBJECT = "ad-antivirus"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_DIGEST = re.compile(r'name="digest" value="([^"]+)"')


def token(context: BrowserContext, address: str = "/keys") -> str:
    """The token of forms of a session."""
    found = _TOKEN.search(context.request.get(address).text())
    assert found is not None
    return found[1]


def send(context: BrowserContext, address: str, told: Mapping[str, str]) -> APIResponse:
    """Send a form and follow nothing."""
    form: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token(context), **told}
    return context.request.post(address, form=form, max_redirects=0)


def ready_to_issue(browser: Browser, served: Served) -> str:
    """A proposal that everybody has signed; its id."""
    decision = waiting(browser, served)
    for name, act, told in (
        ("second", "confirm", {"reason": "read"}),
        ("legal", "sign", {"reason": "lawful", "role": "legal"}),
    ):
        context = opened(browser, served, name, DESKTOP)
        digest = _DIGEST.search(context.request.get(f"/decisions/{decision}").text())
        assert digest is not None
        answer = send(context, f"/decisions/{decision}/{act}", {**told, "digest": digest[1]})
        assert answer.status == 302, answer.text()
        context.close()
    return decision


def waiting(browser: Browser, served: Served) -> str:
    """A proposal that nobody has signed yet: any that waits is returned first."""
    context = opened(browser, served, "reviewer", DESKTOP)
    address = f"/matters/{served.names['matter']}"
    told = {"reason": PROPOSAL.reason, "milder": PROPOSAL.milder, "rights": PROPOSAL.rights}
    other = re.compile(r'/decisions/(X-\d+)"><code>[^<]*</code></a> <span class="tag tag-proposed')
    for found in other.findall(context.request.get(address).text()):
        assert send(context, f"/decisions/{found}/return", {"reason": "anew"}).status == 302
    made = send(context, f"{address}/propose/{SUBJECT}", told)
    assert made.status == 302, made.text()
    context.close()
    return made.headers["location"].rsplit("/", 1)[-1]
