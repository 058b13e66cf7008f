"""The archive of all that is kept of an advertiser, taken out on its page."""

import io
import json
import zipfile
from typing import Any

from tests.rooms.desk.hearings import filed
from tests.rooms.desk.test_pages import text_of
from tests.sites import Site


def archive_of(response: Any) -> zipfile.ZipFile:  # noqa: ANN401 - a streamed answer
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def test_a_member_takes_everything_out_from_where_it_begins(site: Site) -> None:
    row = filed(site)
    client = site.client("member")
    assert 'href="/own-data"' in client.get("/").content.decode()
    response = client.get("/own-data")
    assert response["Content-Disposition"].startswith('attachment; filename="adjudge-')
    found = archive_of(response)
    assert found.testzip() is None
    assert [item["id"] for item in json.loads(found.read("rows/appeals.json"))] == [row.id]
    assert found.read("README.txt").decode().startswith("What is kept of ")


def test_an_administrator_takes_out_what_is_kept_of_any_advertiser_and_a_reviewer_of_none(site: Site) -> None:
    row = filed(site)
    found = archive_of(site.client("administrator").get(f"/own-data/{row.advertiser}"))
    assert json.loads(found.read("manifest.json"))["advertiser"] == row.advertiser
    for address in ("/own-data", f"/own-data/{row.advertiser}"):
        assert site.client("reviewer").get(address).status_code == 404
    assert site.client("administrator").get("/own-data").status_code == 404
    assert site.client("member").get("/own-data/somebody-else").status_code == 404
    assert "nothing of this name" in text_of(site.client("member").get("/own-data/somebody-else"))
