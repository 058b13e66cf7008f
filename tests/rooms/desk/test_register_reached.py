"""How the register is come by: from every page of the frame, from a decision to its public page and back, by search."""

from dataclasses import replace
from xml.dom.minidom import parseString

import pytest

from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.premises import occupy
from tests.rooms.desk.hearings import issued
from tests.sites import Site

TO_REGISTER = 'href="/register"'


def page(site: Site, address: str, name: str = "") -> str:
    return site.client(name).get(address).content.decode()


def closed(site: Site) -> None:
    terms = {"open": "no"}
    settle_procedure(
        site.house, site.actor("administrator"), ProcedureSettled(public=terms), reason="to try it"
    )


def declared(site: Site) -> None:
    occupy(replace(site.opened, settings=replace(site.opened.settings, register_in_search=True)))


@pytest.mark.parametrize(
    ("name", "address"),
    [("", "/account/login"), ("", "/link"), ("", "/nothing"), ("member", "/"), ("reviewer", "/matters")],
)
def test_every_page_leads_to_the_register_where_there_is_one(site: Site, name: str, address: str) -> None:
    assert TO_REGISTER in page(site, address, name)
    closed(site)
    assert TO_REGISTER not in page(site, address, name)


@pytest.mark.parametrize("name", ["reviewer", "member"])
def test_a_decision_leads_to_its_public_page_and_back(site: Site, name: str) -> None:
    row = issued(site)
    assert f'href="/register/{row.id}"' in page(site, f"/decisions/{row.id}", name)
    assert f'href="/decisions/{row.id}"' in page(site, f"/register/{row.id}", name)
    assert f'href="/decisions/{row.id}"' not in page(site, f"/register/{row.id}")
    closed(site)
    assert f'href="/register/{row.id}"' not in page(site, f"/decisions/{row.id}", name)


def test_each_page_of_the_register_names_its_own_address_and_is_titled_as_its_part(site: Site) -> None:
    row = issued(site)
    for address in ("", "/statistics", "/policies", "/log", f"/{row.id}"):
        told = page(site, f"/register{address}?x=1")
        assert f'<link rel="canonical" href="http://localhost/register{address}">' in told
        assert "Public register" in told.partition("<title>")[2].partition("</title>")[0]


def test_search_engines_keep_away_unless_it_is_declared(site: Site) -> None:
    row = issued(site)
    client = site.client()
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert client.get("/register/sitemap.xml").status_code == 404
    for address in ("/register", f"/register/{row.id}", "/account/login"):
        assert client.get(address)["X-Robots-Tag"] == "noindex"


def test_search_engines_find_the_register_and_nothing_else_where_it_is_declared(site: Site) -> None:
    row = issued(site)
    declared(site)
    client = site.client()
    told = client.get("/robots.txt").content.decode()
    assert "Allow: /register\n" in told
    assert "Sitemap: http://localhost/register/sitemap.xml\n" in told
    listed = parseString(client.get("/register/sitemap.xml").content)  # noqa: S318 - our own
    places = [item.firstChild.data for item in listed.getElementsByTagName("loc")]  # type: ignore[union-attr]
    assert f"http://localhost/register/{row.id}" in places
    for address in ("/register", f"/register/{row.id}"):
        assert "X-Robots-Tag" not in client.get(address).headers
    for address in ("/register?text=x", "/account/login", "/link", "/receipt"):
        assert client.get(address)["X-Robots-Tag"] == "noindex"
    closed(site)
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert client.get("/register/sitemap.xml").status_code == 404
