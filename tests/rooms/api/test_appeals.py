"""Appeals over HTTP: filed, talked about, handled; with what either side sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from adjudge.institution.hearing.filing import file_appeal
from adjudge.people.act import Act
from adjudge.records.rows import AppealKind
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.rooms.desk.hearings import SUBJECT, assigned, filed, issued
from tests.sites import Site

TEXT = "The determination of the fifth of June prohibits every sale, and the ad offers one."


def done(calls: Calls, appeal: str, act: str, body: dict[str, str]) -> tuple[int, str]:
    """The status of an act on an appeal as it is seen now, and the code where it is refused."""
    seen = calls.get(f"/appeals/{appeal}")["ETag"]
    answer = calls.send(f"/appeals/{appeal}/{act}", body, if_match=seen)
    return answer.status_code, str(told(answer).get("code", ""))


def test_an_appeal_is_filed_and_read_by_either_side(site: Site) -> None:
    decision, member = issued(site), calls_of(site, "member")
    made = member.send("/appeals", {"decision": decision.id, "points": ["First.\n\nSecond."]})
    assert made.status_code == 201, made.content
    appeal = told(made)["id"]
    assert [point["text"] for point in told(made)["points"]] == ["First.", "Second."]
    seen = told(member.get(f"/appeals/{appeal}"))
    assert (seen["subject"], seen["proposal"]) == (SUBJECT, "")
    assert {clock["kind"] for clock in seen["clocks"]} == {"acknowledge", "decide"}
    again = member.send("/appeals", {"decision": decision.id, "points": ["Again."]})
    assert (again.status_code, told(again)["code"]) == (409, "conflict")


def test_a_service_files_what_came_by_another_way(site: Site) -> None:
    decision = issued(site)
    calls = service(site, [Act.FILE, Act.READ_APPEAL])
    made = calls.send("/appeals", {"decision": decision.id, "kind": "reasons", "language": "fr"})
    assert (made.status_code, told(made)["kind"]) == (201, "reasons")
    empty = calls.send("/appeals", {"decision": decision.id})
    assert (empty.status_code, told(empty)["code"]) == (422, "missing-text")


def test_who_files_for_nobody_is_told_that_it_is_not_there(site: Site) -> None:
    decision = issued(site)
    answer = calls_of(site, "auditor").send("/appeals", {"decision": decision.id, "points": ["Mine."]})
    assert answer.status_code == 404


def test_an_advertiser_does_not_find_out_whose_its_appeal_is(site: Site) -> None:
    row, member, staff = assigned(site), calls_of(site, "member"), calls_of(site, "hearer")
    person = site.people["appeals"].id
    assert told(member.get(f"/appeals/{row.id}"))["assignee"] == ""
    assert told(member.get(f"/appeals?assignee={person}"))["items"] == []
    assert [item["id"] for item in told(staff.get(f"/appeals?assignee={person}"))["items"]] == [row.id]
    for part in ("mine", "unassigned", "overdue"):
        answer = member.get(f"/appeals/queue?part={part}")
        assert (answer.status_code, told(answer)["code"]) == (422, "bad-value")
    assert told(member.get("/appeals/counts")) == {
        "mine": None,
        "unassigned": None,
        "overdue": None,
        "open": 1,
        "ended": 0,
    }


def test_the_queue_is_in_the_order_in_which_things_are_due(site: Site) -> None:
    first = filed(site)
    file_appeal(site.house, site.actor("member"), first.decision, (), kind=AppealKind.REASONS)
    calls = calls_of(site, "hearer")
    whole = told(calls.get("/appeals/queue"))["items"]
    assert len(whole) == 2
    assert whole == sorted(whole, key=lambda item: str(item["due"]["due_at"]))
    part = told(calls.get("/appeals/queue?limit=1"))
    rest = told(calls.get(f"/appeals/queue?limit=1&cursor={part['next']}"))
    assert [*part["items"], *rest["items"]] == whole
    assert not told(calls.get("/appeals/queue?part=mine"))["items"]
    assert told(calls.get("/appeals/counts"))["unassigned"] == 2


def test_a_queue_that_lost_its_place_is_begun_anew(site: Site) -> None:
    first = filed(site)
    file_appeal(site.house, site.actor("member"), first.decision, (), kind=AppealKind.REASONS)
    calls = calls_of(site, "hearer")
    part = told(calls.get("/appeals/queue?limit=1"))
    gone = part["items"][0]["id"]
    member = calls_of(site, "member")
    assert member.send(f"/appeals/{gone}/withdraw", {"reason": ""}).status_code == 200
    answer = calls.get(f"/appeals/queue?limit=1&cursor={part['next']}")
    assert (answer.status_code, told(answer)["code"]) == (409, "list-changed")


def test_an_appeal_is_handled(site: Site) -> None:
    row, calls = filed(site), calls_of(site, "hearer")
    people = told(calls.get(f"/appeals/{row.id}/assignable"))["items"]
    assert {item["id"] for item in people} == {site.people[name].id for name in ("appeals", "hearer")}
    assert done(calls, row.id, "acknowledge", {"text": "We look at it this week."}) == (200, "")
    body = {"person": site.people["appeals"].id, "reason": "Took no part."}
    assert done(calls, row.id, "assign", body) == (200, "")
    assert done(calls, row.id, "pause", {"reason": "It may be wrong."}) == (200, "")
    assert done(calls, row.id, "pause", {"reason": "Once more."}) == (422, "nothing-to-rest")
    assert done(calls, row.id, "resume", {"reason": "It was not."}) == (200, "")
    assert done(calls, row.id, "answer", {"text": TEXT}) == (422, "no-request")
    assert done(calls, row.id, "acknowledge", {"text": "Once more."}) == (422, "wrong-state")


def test_what_was_written_meanwhile_is_read_before_it_is_handled(site: Site) -> None:
    row, calls, member = filed(site), calls_of(site, "hearer"), calls_of(site, "member")
    seen = calls.get(f"/appeals/{row.id}")["ETag"]
    assert calls.send(f"/appeals/{row.id}/acknowledge", {"text": "Soon."}).status_code == 428
    assert member.send(f"/appeals/{row.id}/messages", {"text": "A further point."}).status_code == 201
    answer = calls.send(f"/appeals/{row.id}/acknowledge", {"text": "Soon."}, if_match=seen)
    assert answer.status_code == 412
    assert [item["kind"] for item in told(answer)["changed"]] == ["appeal:message"]


def test_acts_of_the_platform_are_not_there_for_members(site: Site) -> None:
    row, member = assigned(site), calls_of(site, "member")
    person = site.people["appeals"].id
    assert done(member, row.id, "acknowledge", {"text": "Mine."})[0] == 404
    assert done(member, row.id, "assign", {"person": person, "reason": "Mine."})[0] == 404
    assert done(member, row.id, "answer", {"text": "Because I say so myself."})[0] == 404
    assert done(member, row.id, "pause", {"reason": "Mine."})[0] == 404
    assert done(member, row.id, "resume", {"reason": "Mine."})[0] == 404
    assert member.get(f"/appeals/{row.id}/assignable").status_code == 404


def test_a_request_for_reasons_is_answered_in_words_of_its_own(site: Site) -> None:
    row, calls = filed(site, AppealKind.REASONS), calls_of(site, "appeals")
    assert done(calls, row.id, "answer", {"text": "No."}) == (422, "text-too-short")
    assert done(calls, row.id, "answer", {"text": TEXT}) == (200, "")
    assert told(calls_of(site, "member").get(f"/appeals/{row.id}"))["answer"] == TEXT


def test_both_sides_write_and_members_do_not_learn_who_wrote(site: Site) -> None:
    row, member, staff = filed(site), calls_of(site, "member"), calls_of(site, "appeals")
    assert member.send(f"/appeals/{row.id}/messages", {"text": "Mine."}).status_code == 201
    assert staff.send(f"/appeals/{row.id}/messages", {"text": "Ours."}).status_code == 201
    found = told(member.get(f"/appeals/{row.id}/messages"))["items"]
    assert [(item["side"], item["text"]) for item in found] == [
        ("advertiser", "Mine."),
        ("platform", "Ours."),
    ]
    assert [bool(item["author"]) for item in found] == [True, False]
    empty = member.send(f"/appeals/{row.id}/messages", {})
    assert (empty.status_code, told(empty)["code"]) == (422, "missing-text")


def test_a_document_is_attached(site: Site) -> None:
    row, member = filed(site), calls_of(site, "member")
    file = SimpleUploadedFile("../licence.txt", b"We have a licence.")
    made = member.upload(f"/appeals/{row.id}/documents", {"file": file, "title": "Our licence"})
    assert made.status_code == 201, made.content
    assert (told(made)["title"], told(made)["file_name"]) == ("Our licence", "licence.txt")
    assert [item["id"] for item in told(member.get(f"/appeals/{row.id}"))["attached"]] == [told(made)["id"]]
    odd = SimpleUploadedFile("a.zip", b"PK\x03\x04\x00\x00")
    answer = member.upload(f"/appeals/{row.id}/documents", {"file": odd, "title": "Pictures"})
    assert (answer.status_code, told(answer)["code"]) == (422, "unknown-type")
    assert len(told(member.get(f"/appeals/{row.id}"))["attached"]) == 1


def test_an_appeal_is_withdrawn_by_its_advertiser_alone(site: Site) -> None:
    row, member = filed(site), calls_of(site, "member")
    body = {"reason": "Settled."}
    assert calls_of(site, "appeals").send(f"/appeals/{row.id}/withdraw", body).status_code == 404
    assert told(member.send(f"/appeals/{row.id}/withdraw", body))["state"] == "withdrawn"
    again = member.send(f"/appeals/{row.id}/withdraw", body)
    assert (again.status_code, told(again)["code"]) == (422, "wrong-state")
    late = member.send(f"/appeals/{row.id}/messages", {"text": "But."})
    assert (late.status_code, told(late)["code"]) == (422, "appeal-over")


def test_until_when_one_can_appeal_is_told(site: Site) -> None:
    decision = issued(site)
    found = told(calls_of(site, "member").get(f"/decisions/{decision.id}/appealable"))
    assert found["id"] == decision.id
    assert found["until"] is None or found["until"] > str(decision.issued_at)


@pytest.mark.parametrize("documents", [["D-999999"], [""]])
def test_documents_of_others_are_not_named(site: Site, documents: list[str]) -> None:
    decision = issued(site)
    body = {"decision": decision.id, "points": ["Look again."], "documents": documents}
    assert calls_of(site, "member").send("/appeals", body).status_code in {404, 422}
    assert not told(calls_of(site, "member").get("/appeals"))["items"]
