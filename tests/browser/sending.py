"""Forms sent as a browser sends them, in somebody's name, without a page: to prepare what is tried."""

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
        assert answer.status == 302, refusal(answer)
        context.close()
    return decision


def waiting(browser: Browser, served: Served) -> str:
    """A proposal that nobody has signed yet: one that waits already is returned first."""
    returned(browser, served)
    context = opened(browser, served, "reviewer", DESKTOP)
    told = {"reason": PROPOSAL.reason, "milder": PROPOSAL.milder, "rights": PROPOSAL.rights}
    made = send(context, f"/matters/{served.names['matter']}/propose/{SUBJECT}", told)
    assert made.status == 302, refusal(made)
    context.close()
    return made.headers["location"].rsplit("/", 1)[-1]


def returned(browser: Browser, served: Served) -> None:
    """Return whatever waits."""
    context = opened(browser, served, "second", DESKTOP)
    page = context.request.get(f"/matters/{served.names['matter']}").text()
    for decision in set(re.findall(r'href="/decisions/(X-\d+)"', page)):
        if f'action="/decisions/{decision}/return"' in context.request.get(f"/decisions/{decision}").text():
            answer = send(context, f"/decisions/{decision}/return", {"reason": "to be done anew"})
            assert answer.status == 302, refusal(answer)
    context.close()


def refusal(answer: APIResponse) -> str:
    """What a page says that was refused."""
    found = re.search(r'role="alert".*?</div>', answer.text(), re.DOTALL)
    return f"{answer.status}: {found[0] if found else answer.text()[:500]}"
