"""Pages go compressed over the wire to those who take them so; what programs are told goes as it is."""

import gzip

import pytest

from tests.sites import Site

PACKED = {"accept-encoding": "gzip"}


@pytest.mark.parametrize("address", ["/policies", "/problems"])
def test_a_page_goes_compressed_to_whom_takes_it_so(site: Site, address: str) -> None:
    client = site.client("publisher")
    packed, bare = client.get(address, headers=PACKED), client.get(address)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert b"<h1>" in gzip.decompress(packed.content)
    assert not bare.has_header("Content-Encoding")
    assert len(packed.content) * 2 < len(bare.content)


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "/overview/figures.csv"])
def test_what_is_no_page_goes_as_it_is(site: Site, address: str) -> None:
    answer = site.client("publisher").get(address, headers=PACKED)
    assert answer.status_code == 200
    assert not answer.has_header("Content-Encoding")


def test_a_style_that_a_browser_has_is_not_sent_again(site: Site) -> None:
    client = site.client()
    first = client.get("/static/desk/desk.css", headers=PACKED)
    assert first["Content-Encoding"] == "gzip"
    assert "max-age" in first["Cache-Control"]
    first.close()
    again = client.get("/static/desk/desk.css", headers={**PACKED, "if-none-match": first["ETag"]})
    assert again.status_code == 304
