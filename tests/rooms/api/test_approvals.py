"""Approvals over HTTP and on the pages: what is approved, and that an ad is not as it was approved any more."""

from typing import Any

from tests.rooms.api.calls import Calls, calls_of, told
from tests.rooms.desk.test_pages import main_of
from tests.sites import Site

AD = "ad-of-its-own"
TAG = '<span class="tag tag-departs">not as it was approved</span>'


def recorded(calls: Calls, site: Site, letter: str) -> dict[str, Any]:
    """The ad, with what it shows now."""
    subject = {
        "id": AD,
        "kind": "ad",
        "advertiser": site.matter.advertiser,
        "title": {"en": "An ad of its own"},
        "creative": f"sha256:{letter * 64}",
        "landing": f"sha256:{'0' * 64}",
    }
    answer = calls.send("/subjects", {"subject": subject})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = told(answer)
    return found


def test_who_approves_and_who_is_approved_see_what_an_edit_does(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    first = recorded(calls, site, "a")
    assert first["approvals"] == []
    body = {"reason": "Nothing in it meets a rule."}
    row = told(calls.send(f"/matters/{site.matter.id}/subjects/{AD}/proposals", body))
    decision = f"/decisions/{row['id']}"
    assert told(calls.get(decision))["bound_to"] == ""
    issued = told(calls.send(f"{decision}/issue", if_match=calls.get(decision)["ETag"]))
    assert (issued["bound_to"], issued["standing"]) == (first["version"], [])
    assert told(calls.get(f"/subjects/{AD}"))["approvals"] == [
        {"decision": row["id"], "version": first["version"], "territory": ""}
    ]
    assert is_changed(calls, site) is False
    second = recorded(calls, site, "b")
    assert second["version"] not in {"", first["version"]}
    for name in ("reviewer", "member"):
        reader = calls_of(site, name)
        assert [item["code"] for item in told(reader.get(decision))["standing"]] == ["not-as-approved"]
        assert told(reader.get(f"/subjects/{AD}"))["version"] == second["version"]
        page = main_of(site.client(name).get(f"/decisions/{row['id']}"))
        assert first["version"] in page
        assert "the ad is not as it was approved" in page
    assert is_changed(calls, site) is True
    page = main_of(site.client("reviewer").get(f"/matters/{site.matter.id}"))
    assert TAG in page
    recorded(calls, site, "a")
    assert told(calls.get(decision))["standing"] == []
    assert is_changed(calls, site) is False
    page = main_of(site.client("reviewer").get(f"/matters/{site.matter.id}"))
    assert TAG not in page


def is_changed(calls: Calls, site: Site) -> bool:
    (found,) = [
        item
        for item in told(calls.get(f"/matters/{site.matter.id}/view"))["in_force"]
        if item["subject"] == AD
    ]
    return bool(found["is_changed"])


def test_what_becomes_of_changed_ads_is_settled(site: Site) -> None:
    calls = calls_of(site, "administrator")
    before = calls.get("/procedure")
    assert told(before)["changed"] == "review"
    body = {"changed": "run", "reason": "They run meanwhile."}
    after = calls.send("/procedure", body, method="put", if_match=before["ETag"])
    assert told(after)["changed"] == "run"
    page = site.client("administrator").get("/procedure").content.decode()
    assert '<option value="run" selected>it goes back to review, and runs</option>' in page
    odd = calls.send("/procedure", {**body, "changed": "forget"}, method="put", if_match=after["ETag"])
    assert odd.status_code == 422
