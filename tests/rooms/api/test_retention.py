"""Retention over HTTP: what is due, and legal holds on matters and on advertisers."""

import pytest

from tests.rooms.api.calls import calls_of, told
from tests.sites import Site


@pytest.mark.parametrize("what", ["matter", "advertiser"])
def test_a_hold_stands_until_it_is_released(site: Site, what: str) -> None:
    calls = calls_of(site, "legal")
    of = site.matter.id if what == "matter" else site.matter.advertiser
    made = calls.send("/holds", {"of": of, "reason": "A court asks."})
    assert (made.status_code, told(made)["held"], told(made)["entry"]) == (201, True, site.size - 1)
    again = calls.send("/holds", {"of": of, "reason": "Once more."})
    assert (again.status_code, told(again)["code"]) == (409, "conflict")
    ended = calls.send(f"/holds/{of}/release", {"reason": "It was decided."})
    assert (ended.status_code, told(ended)["held"]) == (200, False)
    assert calls.send(f"/holds/{of}/release", {"reason": "Once more."}).status_code == 409


def test_the_holds_that_stand_are_listed_for_who_ends_them_and_who_is_refused_by_them(site: Site) -> None:
    """Found by review: whoever was to end a hold had to know of what it was."""
    legal = calls_of(site, "legal")
    of = [site.matter.id, site.matter.advertiser]
    for name in of:
        assert legal.send("/holds", {"of": name, "reason": "A court asks."}).status_code == 201
    for name in ("legal", "auditor", "administrator"):
        assert [item["id"] for item in told(calls_of(site, name).get("/holds"))["items"]] == sorted(of)
    for name in ("member", "reviewer"):
        assert calls_of(site, name).get("/holds").status_code == 404
    legal.send(f"/holds/{of[0]}/release", {"reason": "It was decided."})
    (left,) = told(legal.get("/holds"))["items"]
    assert (left["id"], left["held"]) == (of[1], True)


def test_holds_are_made_by_nobody_else(site: Site) -> None:
    body = {"of": site.matter.id, "reason": "Mine."}
    for name in ("member", "administrator", "reviewer"):
        assert calls_of(site, name).send("/holds", body).status_code == 404


def test_nothing_is_due_where_no_rule_is_settled(site: Site) -> None:
    assert told(calls_of(site, "legal").get("/retention/due")) == {"items": []}
    assert calls_of(site, "member").get("/retention/due").status_code == 404
