"""What another site can do with a browser in which somebody is signed in here: nothing, at any address of the desk.

No form of theirs is taken, no page is shown in a frame of theirs, and nobody is led to them from here.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from adjudge.basis.reading.json_text import Plain
from adjudge.desk.urls import ADDRESSES
from adjudge.institution.material.documents import Upload, receive
from tests.sites import PASSWORD, Answered, Site

EVIL = "https://evil.example"
AWAY = [
    EVIL,
    "//evil.example/",
    "///evil.example/",
    r"/\evil.example",
    r"\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "\t//evil.example",
    " //evil.example",
    "https://localhost@evil.example/",
    "https://localhost.evil.example/",
    "//localhost:80@evil.example",
    "/x\r\nLocation: https://evil.example",
]


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """Every address of the desk, sign-in and second factor too, with any object in it."""
    for pattern in ADDRESSES if patterns is None else patterns:
        path = before + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield path


def signed_in(site: Site) -> Client:
    return site.client("reviewer", enforce=True)


# --- forms ---


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": EVIL}, {"origin": "null"}, {"referer": f"{EVIL}/x"}, {"origin": "http://localhost"}],
    ids=["from nowhere", "from another site", "from a frame", "led by another site", "from here, no token"],
)
def test_no_form_without_its_token_is_taken_at_any_address(site: Site, headers: dict[str, str]) -> None:
    client, size = signed_in(site), site.size
    found = list(addresses())
    assert len(found) > 100
    for address in found:
        refused = client.post(address, {"reason": ""}, headers=headers)
        assert refused.status_code == 403, address
        text = refused.content.decode()
        assert "<h1>This form is not from a page of yours" in text, address
        assert "Load the page again" in text, address
        assert headed(refused), address
    assert site.size == size


def test_a_form_of_another_site_is_not_taken_even_with_its_token(site: Site) -> None:
    client, size = signed_in(site), site.size
    token = token_in(client.get("/matters"))
    told = {"csrfmiddlewaretoken": token, "name": "typed", "reason": "a long text " * 20}
    for address in addresses():
        refused = client.post(address, told, headers={"origin": EVIL})
        assert refused.status_code == 403, address
        assert "a long text" not in refused.content.decode(), address  # it is not offered to be sent again
    assert site.size == size
    assert client.post("/matters/views", told, headers={"origin": "http://localhost"}).status_code == 302


def test_a_form_from_a_page_too_old_is_kept_to_be_sent_again(site: Site) -> None:
    client = signed_in(site)
    told = {"csrfmiddlewaretoken": "x" * 64, "name": "typed & kept"}
    kept = client.post("/matters/views", told, headers={"origin": "http://localhost"})
    assert kept.status_code == 403
    assert "typed &amp; kept" in kept.content.decode()


@pytest.mark.parametrize("address", ["/account/login", "/account/password", "/join/secret"])
def test_a_password_comes_back_on_no_page(site: Site, address: str) -> None:
    names = ("password", "oldpassword", "password1")
    for name in names:
        told = {"csrfmiddlewaretoken": "x" * 64, "login": "a@example.org", name: "typed-in-secret"}
        refused = site.client(enforce=True).post(address, told, headers={"origin": "http://localhost"})
        assert refused.status_code == 403
        assert "typed-in-secret" not in refused.content.decode()


def token_in(page: Answered) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


# --- leading away ---


def leads_away(address: str) -> bool:
    """Where a browser would end up: it takes a backslash for a slash, and passes over tabs and slashes too many."""
    read = re.sub(r"[\t\r\n]", "", address.strip()).replace("\\", "/")
    read = re.sub(r"^(https?:)?/{2,}", r"\1//", read)
    found = urlsplit(urljoin("http://localhost/x", read))
    return found.scheme not in {"http", "https"} or found.hostname != "localhost"


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_led_away(site: Site, away: str) -> None:
    assert leads_away(away) or "\r" in away
    signing = {"login": "reviewer@example.org", "password": PASSWORD}
    member = site.client("reviewer")
    shown = {
        "signing in": site.client().post("/account/login", {**signing, "next": away}),
        "signing in at": site.client().post(f"/account/login?next={quote(away)}", signing),
        "signed in already": member.get(f"/account/login?next={quote(away)}"),
        "language": member.post("/language", {"language": "fr", "next": away}),
        "language at": member.post(f"/language?next={quote(away)}", {"language": "fr"}),
        "view": member.post("/matters/views", {"name": "a view", "back": away}),
        "steps": member.post("/first-run/leave", {"leave": "yes", "next": away}, headers={"referer": EVIL}),
        "out": member.post("/account/logout", {"next": away}),
    }
    for name, answer in shown.items():
        assert answer.status_code == 302, name
        assert not leads_away(answer["Location"]), (name, answer["Location"])
    led = site.client().post("/language", {"language": "fr"}, headers={"referer": f"{EVIL}/x"})
    assert not leads_away(led["Location"])


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize(
    "address", ["/matters?{0}", "/matters/{1}?from={0}", "/matters/{1}/sheet/ad-antivirus?from={0}&rule={0}"]
)
def test_no_link_of_a_page_leads_where_its_address_says(site: Site, away: str, address: str) -> None:
    page = site.client("reviewer").get(address.format(quote(away), site.matter.id))
    assert page.status_code == 200
    text = page.content.decode()
    for link in re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', text):
        assert "evil.example" not in (urlsplit(link.replace("\\", "/").strip()).hostname or ""), link
        assert not link.strip().lower().startswith(("javascript:", "data:text")), link


def test_a_host_that_is_not_ours_is_not_served(site: Site) -> None:
    refused = site.client("reviewer").get("/matters", headers={"host": "evil.example"})
    assert refused.status_code == 400
    assert "evil.example" not in refused.content.decode()


# --- frames ---


def headed(answer: Answered) -> bool:
    """Whether an answer can be shown in no frame, is taken for nothing else, and tells other sites nothing."""
    policy = answer["Content-Security-Policy"]
    return (
        answer["X-Frame-Options"] == "DENY"
        and answer["X-Content-Type-Options"] == "nosniff"
        and answer["Referrer-Policy"] == "same-origin"
        and ("frame-ancestors 'none'" in policy or "sandbox" in policy)
        and "unsafe" not in policy
    )


def test_every_answer_bears_its_headers(site: Site) -> None:
    clients = [site.client(name) for name in ("reviewer", "administrator", "member", "")]
    for address in addresses():
        for client in clients:
            assert headed(client.get(address)), address


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nothing", 404),
        ("/static/desk/desk.css", 200),
        ("/static/desk/desk.js", 200),
        ("/static/nothing.js", 404),
        ("/style/answers.css", 200),
        ("/alive", 200),
        ("/health", 200),
        ("/matters/%00", 404),
        ("/matters/assign", 405),
        ("/log/file", 404),
        ("/matters?after=x&order=%00", 200),
    ],
)
def test_what_is_no_page_bears_them_too(site: Site, address: str, status: int) -> None:
    answer = site.client("reviewer").get(address)
    assert (answer.status_code, headed(answer)) == (status, True)
    answer.close()


def test_a_document_and_what_is_too_large_bear_them_too(site: Site) -> None:
    client = site.client("reviewer")
    described: dict[str, Plain] = {
        "kind": "press_report",
        "title": "A page",
        "publisher": "A newspaper",
        "language": "en",
        "precision": "unknown",
        "status": "secondary",
        "sources": [],
        "summary": {},
    }
    upload = Upload(content=b"<script>alert(1)</script>", file_name="x.html")
    row = receive(site.house, site.actor("reviewer"), site.matter.advertiser, described, upload)
    file = client.get(f"/documents/{row.id}")
    assert file.status_code == 200
    assert headed(file)
    assert "html" not in file["Content-Type"]
    large = client.post("/matters/views", b"x", content_type="text/plain", CONTENT_LENGTH="99999999999")
    assert large.status_code == 413
    assert headed(large)
    assert "What you have sent is more than this page takes." in large.content.decode()
    many = client.post("/matters/views", {"name": "x" * 3_000_000}, headers={"accept-language": "fr"})
    assert many.status_code == 413
    assert "dépasse ce que cette page accepte" in many.content.decode()
