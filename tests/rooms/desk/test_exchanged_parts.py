"""What is served for parts that are exchanged in place: one file of htmx, told to keep and to run nothing."""

import json
import re

import pytest
from django.contrib.staticfiles.finders import find, get_finders

from adjudge.desk.frame.htmx import CONFIG, NAME
from tests.sites import MEMBER, Site


def text_of(response: object) -> str:
    return bytes(response.content).decode()  # type: ignore[attr-defined]  # Django's client gives an answer


def test_of_the_package_that_brings_htmx_one_file_is_found_and_nothing_else() -> None:
    found = [path for finder in get_finders() for path, _ in finder.list(None)]
    assert [path for path in found if "htm" in path and path.endswith(".js")] == ["htmx-2.min.js"]
    assert find(NAME) is not None
    for other in ("django_htmx/htmx-2.js", "htmx/htmx-4.min.js", "htmx/../htmx-2.js", "htmx/django-htmx.js"):
        assert not find(other)


def test_the_file_is_served_and_its_neighbours_are_not(site: Site) -> None:
    client = site.client("reviewer")
    served = client.get(f"/static/{NAME}")
    assert served.status_code == 200
    assert "javascript" in served["Content-Type"]
    served.close()
    assert client.get("/static/django_htmx/htmx-2.min.js").status_code == 404
    assert client.get("/static/htmx/htmx-4.min.js").status_code == 404


def test_each_page_of_somebody_signed_in_loads_it_with_what_it_is_told(site: Site) -> None:
    for name in ("reviewer", MEMBER):
        page = text_of(site.client(name).get("/notices"))
        assert page.count(f'src="/static/{NAME}"') == 1
        told = re.search(r'name="htmx-config" content="([^"]+)"', page)
        assert told is not None
        assert json.loads(told[1].replace("&#34;", '"')) == json.loads(CONFIG)
    assert NAME not in text_of(site.client().get("/account/login"))


def test_nothing_is_run_nothing_inline_is_put_and_no_page_is_kept() -> None:
    told = json.loads(CONFIG)
    assert (told["allowEval"], told["allowScriptTags"], told["includeIndicatorStyles"]) == (
        False,
        False,
        False,
    )
    assert told["selfRequestsOnly"] is True
    assert told["historyCacheSize"] == 0


def test_the_policy_of_pages_is_as_strict_as_before(site: Site) -> None:
    policy = site.client("reviewer").get("/matters")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'self';")


@pytest.mark.parametrize(
    "address",
    ["/matters", "/matters/{matter}/sheet/ad-antivirus", "/matters/{matter}/sheet/ad-antivirus?part=reach"],
)
def test_whatever_is_exchanged_leads_to_the_same_place_without_a_script(site: Site, address: str) -> None:
    page = text_of(site.client("reviewer").get(address.format(matter=site.matter.id)))
    tags = re.findall(r"<(?:a|form|button) [^>]*hx-(?:get|post)=[^>]*>", page)
    assert tags
    for tag in tags:
        asked = re.search(r'hx-(?:get|post)="([^"]*)"', tag)
        led = re.search(r' (?:href|action)="([^"]*)"', tag)
        assert asked is not None
        assert led is not None
        assert asked[1] == led[1]


def test_whoever_was_signed_out_is_led_to_sign_in_as_a_whole_page(site: Site) -> None:
    address = f"/matters/{site.matter.id}/sheet/ad-antivirus?part=reach"
    response = site.client().get(address, headers={"hx-request": "true", "hx-target": "main"})
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/account/login?next=/matters/")
    assert site.client().get(address).status_code == 302
