"""Disputes before a body of settlement, and the clocks that bind the platform, over HTTP."""

import datetime as dt

import pytest

from adjudge.records.shelf import DOCUMENTS
from tests.rooms.api.calls import Calls, calls_of, told
from tests.rooms.desk.hearings import assigned, filed, issued
from tests.sites import Site

BODY = {"body": "User Rights", "reference": "UR 17", "reason": "We disagree."}
UPHELD = {"outcome": "for_platform", "text": "The decision stands."}


def referred(site: Site, calls: Calls) -> str:
    made = calls.send("/disputes", {"decision": issued(site).id, **BODY})
    assert made.status_code == 201, made.content
    return str(told(made)["id"])


def test_a_dispute_is_brought_read_and_packed(site: Site) -> None:
    member = calls_of(site, "member")
    dispute = referred(site, member)
    found = told(member.get(f"/disputes/{dispute}"))
    assert (found["state"], found["body"], found["later"]) == ("referred", "User Rights", [])
    assert [clock["kind"] for clock in found["clocks"]] == ["settle"]
    assert [item["id"] for item in told(member.get("/disputes?state=referred"))["items"]] == [dispute]
    pack = told(calls_of(site, "appeals").get(f"/disputes/{dispute}/pack"))
    assert (pack["format"], pack["dispute"]["id"]) == ("adjudge-dispute/1", dispute)
    page = member.get(f"/disputes/{dispute}/pack", accept="application/pdf")
    assert page.content.startswith(b"%PDF-")
    again = member.send("/disputes", {"decision": found["decision"], **BODY})
    assert (again.status_code, told(again)["code"]) == (409, "conflict")


def test_an_outcome_is_recorded_and_carried_out(site: Site) -> None:
    calls = calls_of(site, "appeals")
    dispute = referred(site, calls)
    early = calls.send(f"/disputes/{dispute}/carry-out", {"decision": "X-1", "reason": "It stands."})
    assert (early.status_code, told(early)["code"]) == (422, "wrong-state")
    assert told(calls.send(f"/disputes/{dispute}/outcome", UPHELD))["state"] == "decided"
    refusal = calls.send(f"/disputes/{dispute}/not-follow", {"reason": "No."})
    assert (refusal.status_code, told(refusal)["code"]) == (422, "nothing-to-refuse")
    other = calls.send(f"/disputes/{dispute}/carry-out", {"decision": "X-1", "reason": "It stands."})
    assert (other.status_code, told(other)["code"]) == (422, "other-subject")
    (later,) = told(calls.get(f"/disputes/{dispute}"))["later"]
    done = calls.send(f"/disputes/{dispute}/carry-out", {"decision": later, "reason": "It stands."})
    assert (done.status_code, told(done)["state"], told(done)["result"]) == (200, "carried_out", later)


def test_an_outcome_is_not_followed_with_reasons(site: Site) -> None:
    calls = calls_of(site, "appeals")
    dispute = referred(site, calls)
    calls.send(f"/disputes/{dispute}/outcome", {**UPHELD, "outcome": "for_advertiser"})
    empty = calls.send(f"/disputes/{dispute}/not-follow", {"reason": " "})
    assert (empty.status_code, told(empty)["code"]) == (422, "missing-text")
    done = calls_of(site, "legal").send(f"/disputes/{dispute}/not-follow", {"reason": "The law forbids it."})
    assert told(done)["state"] == "not_followed"


def test_members_record_an_outcome_with_the_bodys_document(site: Site) -> None:
    member = calls_of(site, "member")
    dispute = referred(site, member)
    answer = member.send(f"/disputes/{dispute}/outcome", UPHELD)
    assert (answer.status_code, told(answer)["code"]) == (422, "missing-document")
    with site.house.records.reading() as records:
        document = records.find(DOCUMENTS, advertiser=site.matter.advertiser)[0].id
    done = member.send(f"/disputes/{dispute}/outcome", {**UPHELD, "documents": [document]})
    assert told(done)["recorded_by"] == "advertiser"
    assert [item["id"] for item in told(member.get(f"/disputes/{dispute}"))["attached"]] == [document]
    for act, body in (("carry-out", {"decision": "X-1", "reason": "So."}), ("not-follow", {"reason": "So."})):
        assert member.send(f"/disputes/{dispute}/{act}", body).status_code == 404


def test_a_dispute_ends_without_an_outcome(site: Site) -> None:
    member = calls_of(site, "member")
    dispute = referred(site, member)
    seen = member.get(f"/disputes/{dispute}")["ETag"]
    ended = member.send(f"/disputes/{dispute}/end", {"reason": "Settled."}, if_match=seen)
    assert told(ended)["state"] == "ended"
    stale = member.send(f"/disputes/{dispute}/end", {"reason": "Settled."}, if_match=seen)
    assert (stale.status_code, [item["kind"] for item in told(stale)["changed"]]) == (412, ["dispute:ended"])


def test_an_outcome_that_there_is_not_is_refused_by_its_place(site: Site) -> None:
    calls = calls_of(site, "appeals")
    dispute = referred(site, calls)
    answer = calls.send(f"/disputes/{dispute}/outcome", {**UPHELD, "outcome": "for_nobody"})
    (found,) = told(answer)["findings"]
    assert (answer.status_code, found["where"].endswith("outcome")) == (422, True)


# --- clocks ---


def test_clocks_are_listed_and_read_by_those_whom_they_bind(site: Site) -> None:
    row, calls = filed(site), calls_of(site, "hearer")
    found = told(calls.get(f"/clocks?state=running&overdue=false&of={row.id}"))["items"]
    assert {item["kind"] for item in found} == {"acknowledge", "decide"}
    assert not told(calls.get("/clocks?overdue=true"))["items"]
    one = told(calls.get(f"/clocks/{row.id}-decide"))
    assert (one["overdue"], one["of"]) == (False, row.id)
    member = calls_of(site, "member")
    assert member.get("/clocks").status_code == 404
    assert member.get(f"/clocks/{row.id}-decide").status_code == 404


def test_a_clock_is_given_more_time_by_somebody_else(site: Site) -> None:
    row, calls = assigned(site), calls_of(site, "hearer")
    path = f"/clocks/{row.id}-decide"
    seen = calls.get(path)
    due = dt.date.fromisoformat(told(seen)["due_at"][:10])
    body = {"until": (due + dt.timedelta(days=2)).isoformat(), "reason": "An expert was asked."}
    own = calls_of(site, "appeals").send(f"{path}/extend", body, if_match=seen["ETag"])
    assert (own.status_code, told(own)["code"]) == (422, "own-clock")
    late = calls.send(f"{path}/extend", {**body, "until": "2099-01-01"}, if_match=seen["ETag"])
    assert (late.status_code, told(late)["code"]) == (422, "too-late")
    done = calls.send(f"{path}/extend", body, if_match=seen["ETag"])
    assert done.status_code == 200, done.content
    assert told(done)["due_at"][:10] == (due + dt.timedelta(days=3)).isoformat()
    # Its advertiser is told why, and not by whom.
    clocks = told(calls_of(site, "member").get(f"/appeals/{row.id}"))["clocks"]
    (more,) = next(item["extensions"] for item in clocks if item["kind"] == "decide")
    assert (more["by"], more["reason"]) == ("", "An expert was asked.")


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "9999-12-31", 20261224])
def test_what_is_no_day_is_refused(site: Site, day: object) -> None:
    row, calls = assigned(site), calls_of(site, "hearer")
    answer = calls.send(f"/clocks/{row.id}-decide/extend", {"until": day, "reason": "So."}, if_match="*")
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-request")
