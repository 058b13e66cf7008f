"""Decisions over HTTP: from what can be decided to a receipt; and what a member is told of it."""

import json
from typing import Any

import pytest

from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.people.act import Act
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.rooms.desk.hearings import PROPOSAL, SUBJECT, issued
from tests.sites import Site

BODY = {"reason": PROPOSAL.reason, "milder": PROPOSAL.milder, "rights": PROPOSAL.rights}


def about(site: Site) -> str:
    return f"/matters/{site.matter.id}/subjects/{SUBJECT}"


def proposed(site: Site) -> tuple[Calls, dict[str, Any]]:
    calls = calls_of(site, "reviewer")
    answer = calls.send(f"{about(site)}/proposals", BODY)
    assert answer.status_code == 201, answer.content
    return calls, told(answer)


def test_what_can_be_decided_names_what_must_be_weighed(site: Site) -> None:
    found = told(calls_of(site, "reviewer").get(f"{about(site)}/options"))
    assert [item["kind"] for item in found["measures"]] == ["exclude"]
    assert (found["excludes"], found["needs"]) == (True, ["second_reviewer", "legal"])
    assert calls_of(site, "member").get(f"{about(site)}/options").status_code == 404


def test_a_decision_goes_from_proposal_to_receipt(site: Site) -> None:
    reviewer, row = proposed(site)
    path = f"/decisions/{row['id']}"
    assert (row["state"], row["needs"]) == ("proposed", ["second_reviewer", "legal"])
    early = told(reviewer.send(f"{path}/issue"))
    assert early["code"] == "not-signed", early
    signing = {"digest": row["digest"], "reason": "I have read it."}
    confirmed = calls_of(site, "second").send(f"{path}/confirm", signing)
    assert told(confirmed)["needs"] == ["legal"]
    signed = calls_of(site, "legal").send(f"{path}/sign", {**signing, "role": "legal"})
    assert (told(signed)["needs"], told(signed)["standing"]) == ([], None)
    assert told(reviewer.get(path))["standing"] == []
    done = told(reviewer.send(f"{path}/issue", if_match=reviewer.get(path)["ETag"]))
    assert (done["state"], [item["state"] for item in done["measures"]]) == ("issued", ["in_effect"])
    assert set(done["statement"]) == {"en", "fr"}
    assert verify_receipt(reviewer.get(f"{path}/receipt").content).is_verified


def test_another_proposal_than_was_read_is_not_signed(site: Site) -> None:
    _, row = proposed(site)
    body = {"digest": "sha256:" + "0" * 64, "reason": "I have read another one."}
    answer = calls_of(site, "second").send(f"/decisions/{row['id']}/confirm", body)
    assert (answer.status_code, told(answer)["code"]) == (409, "conflict")


def test_nobody_confirms_their_own_and_nobody_signs_for_a_role_of_others(site: Site) -> None:
    _, row = proposed(site)
    body = {"digest": row["digest"], "reason": "It is mine.", "role": "reviewer"}
    own = calls_of(site, "reviewer").send(f"/decisions/{row['id']}/sign", body)
    assert (own.status_code, told(own)["code"]) == (422, "own-proposal")
    other = calls_of(site, "other").send(f"/decisions/{row['id']}/sign", {**body, "role": "legal"})
    assert other.status_code == 404


def test_what_is_read_twice_has_the_same_tag_although_time_goes_on(site: Site) -> None:
    calls, row = proposed(site)
    path = f"/decisions/{row['id']}"
    assert calls.get(path)["ETag"].split(".")[0] == calls.get(path)["ETag"].split(".")[0]


def test_an_act_leaves_the_tag_with_which_the_next_one_is_sent(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    made = calls.send(f"{about(site)}/proposals", BODY)
    path = f"/decisions/{told(made)['id']}"
    answer = calls.send(f"{path}/return", {"reason": "Too early."}, if_match=made["ETag"])
    assert (answer.status_code, told(answer)["state"]) == (200, "returned")
    assert told(answer)["reason"] == "Too early."


def test_a_proposal_that_lacks_something_is_refused_with_what_it_lacks(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    answer = calls.send(f"{about(site)}/proposals", {"reason": "It excludes."})
    assert answer.status_code == 422
    assert [item["code"] for item in told(answer)["findings"]] == [
        "milder-not-weighed",
        "rights-not-considered",
    ]


def test_a_milder_measure_is_named_by_rule(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    (rule,) = [item["rule"] for item in told(calls.get(f"{about(site)}/options"))["measures"]]
    body = {
        "reason": "A first time.",
        "instead": {rule: {"kind": "suspend", "days": 14}},
        "why_departing": "A suspension suffices.",
    }
    made = told(calls.send(f"{about(site)}/proposals", body))
    assert made["proposal"]["instead"] == {rule: {"kind": "suspend", "days": "14"}}
    answer = calls.send(
        f"{about(site)}/proposals", {**body, "instead": {rule: {"kind": "suspend", "days": 0.5}}}
    )
    assert told(answer)["code"] == "bad-request"


def test_automation_is_refused_where_a_person_must_decide(site: Site) -> None:
    answer = service(site, [Act.AUTOMATE]).send(f"{about(site)}/automate")
    assert (answer.status_code, told(answer)["code"]) == (422, "person-needed")
    assert calls_of(site, "reviewer").send(f"{about(site)}/automate").status_code == 404


def test_a_member_reads_its_decisions_once_they_are_issued_and_not_who_signed(site: Site) -> None:
    _, row = proposed(site)
    member = calls_of(site, "member")
    assert member.get(f"/decisions/{row['id']}").status_code == 404
    assert told(member.get("/decisions"))["items"] == []
    assert told(calls_of(site, "reviewer").get("/decisions?state=proposed"))["items"][0]["author"]


def test_what_a_member_is_told_of_a_decision_holds_no_name_of_staff(site: Site) -> None:
    row = issued(site)
    member = calls_of(site, "member")
    answer = member.get(f"/decisions/{row.id}")
    found = told(answer)
    assert [item["role"] for item in found["signatures"]] == ["second_reviewer", "legal"]
    assert {(item["person"], item["reason"]) for item in found["signatures"]} == {("", "")}
    staff = [person.id for name, person in site.people.items() if name != "member"]
    assert not [key for key in staff if f'"{key}"' in answer.content.decode()]
    assert PROPOSAL.reason not in answer.content.decode()
    assert member.get(f"/decisions/{row.id}/receipt").status_code == 200
    assert member.get(f"/decisions/{row.id}/replay").status_code == 404
    assert member.get("/decisions?advertiser=somebody-else").status_code == 404


def test_lists_are_narrowed_by_what_is_asked(site: Site) -> None:
    row = issued(site)
    calls = calls_of(site, "auditor")
    for query, count in {
        f"matter={row.matter}&subject={SUBJECT}&advertiser={row.advertiser}&state=issued": 1,
        "policy=ads-standard": 1,
        "policy=another": 0,
        "since=2026-01-01": 1,
        "since=2027-01-01T00:00:00Z": 0,
        "until=2026-01-01": 0,
        "state=returned": 0,
    }.items():
        assert len(told(calls.get(f"/decisions?{query}"))["items"]) == count, query
    for query, count in {
        f"decision={row.id}&kind=exclude&state=in_effect": 1,
        "kind=label": 0,
        "state=is_lifted": 0,
        f"rule={row.rules[0]}&subject={SUBJECT}": 1,
    }.items():
        assert len(told(calls.get(f"/measures?{query}"))["items"]) == count, query
    assert calls.get("/measures?state=nonsense").status_code == 422


def test_a_recorded_decision_is_made_again(site: Site) -> None:
    row = issued(site)
    found = told(calls_of(site, "auditor").get(f"/decisions/{row.id}/replay"))
    assert found["same"]
    assert json.dumps(found["recorded"]) == json.dumps(found["found"])
    assert calls_of(site, "auditor").get("/decisions/X-999999/replay").status_code == 404


@pytest.mark.parametrize("path", ["/decisions/X-999999", "/decisions/X-999999/receipt"])
def test_a_decision_that_is_not_there_is_not_found(site: Site, path: str) -> None:
    assert calls_of(site, "reviewer").get(path).status_code == 404
