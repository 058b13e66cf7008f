"""Notices over HTTP, and what is told of a decision before it is."""

import pytest

from adjudge.people.act import Act
from adjudge.records.rows import NoticeRow
from tests.rooms.api.calls import calls_of, service, told
from tests.rooms.desk.hearings import issued, notices
from tests.sites import Site


def sent(site: Site) -> NoticeRow:
    decision = issued(site)
    return next(row for row in notices(site) if row.about == decision.id)


def test_notices_are_listed_for_those_whom_they_concern(site: Site) -> None:
    row = sent(site)
    found = told(calls_of(site, "member").get("/notices?unread=true"))["items"]
    assert [item["id"] for item in found] == [row.id]
    assert found[0]["forms"].keys() == {"text/plain", "text/html", "application/pdf", "application/json"}
    assert told(calls_of(site, "reviewer").get(f"/notices?about={row.about}&state=made"))["items"]
    assert not told(calls_of(site, "reviewer").get("/notices?purpose=reminder"))["items"]
    assert not told(calls_of(site, "reviewer").get("/notices?failed=true"))["items"]
    assert calls_of(site, "member").get("/notices?advertiser=example").status_code == 404


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "application/pdf"])
def test_a_notice_is_given_as_it_was_sent(site: Site, media_type: str) -> None:
    row = sent(site)
    answer = calls_of(site, "member").get(f"/notices/{row.id}/content", accept=media_type)
    assert answer["Content-Type"] == media_type
    assert answer.content == site.house.blobs.get(row.forms[media_type])
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(site: Site) -> None:
    row = sent(site)
    answer = calls_of(site, "reviewer").get(f"/notices/{row.id}/content", accept="image/png")
    assert (answer.status_code, told(answer)["code"]) == (406, "not-acceptable")
    assert "application/pdf" in told(answer)["hint"]


def test_that_a_notice_was_opened_is_noted_once_and_for_members_alone(site: Site) -> None:
    row, member = sent(site), calls_of(site, "member")
    assert calls_of(site, "reviewer").send(f"/notices/{row.id}/open").status_code == 404
    size = site.size
    first = member.send(f"/notices/{row.id}/open")
    again = member.send(f"/notices/{row.id}/open")
    assert (first.status_code, again.status_code) == (200, 200)
    assert told(first)["opened_at"] == told(again)["opened_at"] is not None
    assert site.size == size + 1
    assert not told(member.get("/notices?unread=true"))["items"]


def test_a_correction_takes_the_place_of_a_notice(site: Site) -> None:
    row, calls = sent(site), calls_of(site, "appeals")
    made = calls.send(f"/notices/{row.id}/correct", {"reason": "A wrong day."})
    assert (made.status_code, told(made)["replaces"]) == (201, row.id)
    assert told(calls.get(f"/notices/{row.id}"))["replaced_by"] == [told(made)["id"]]
    # What is merely owed, an advertiser does not see.
    assert told(calls_of(site, "member").get(f"/notices/{row.id}"))["replaced_by"] == []
    assert calls_of(site, "member").get(f"/notices/{told(made)['id']}").status_code == 404
    again = calls.send(f"/notices/{row.id}/correct", {"reason": "Once more."})
    assert (again.status_code, told(again)["code"]) == (409, "conflict")


def test_a_notice_cannot_be_sent_again_to_nobody(site: Site) -> None:
    row = sent(site)
    answer = calls_of(site, "reviewer").send(f"/notices/{row.id}/resend", {"reason": "Lost."})
    assert (answer.status_code, [item["code"] for item in told(answer)["findings"]]) == (422, ["no-address"])


def test_a_notice_is_sent_again_and_its_deliveries_are_listed(site: Site) -> None:
    row, calls = sent(site), calls_of(site, "reviewer")
    contact = {"language": "fr", "emails": ["ads@example.org"], "reason": "They asked."}
    path = f"/advertisers/{site.matter.advertiser}/contact"
    assert calls.send(path, contact, method="PUT", if_match=calls.get(path)["ETag"]).status_code == 200
    assert calls.send(f"/notices/{row.id}/resend", {"reason": "Lost."}).status_code == 200
    first = told(calls.get(f"/notices/{row.id}/deliveries?limit=1"))
    rest = told(calls.get(f"/notices/{row.id}/deliveries?limit=1&cursor={first['next']}"))
    assert [item["channel"] for item in (*first["items"], *rest["items"])] == ["page", "email"]
    assert rest["next"] is None


def test_the_receipt_of_a_notice_is_a_file_for_verify(site: Site) -> None:
    row = sent(site)
    found = told(calls_of(site, "member").get(f"/notices/{row.id}/receipt"))
    assert (found["entry"]["kind"], found["entry"]["subject"]) == ("notice:made", row.id)


def test_what_would_be_told_is_previewed_and_nothing_is_kept(site: Site) -> None:
    row, calls = sent(site), calls_of(site, "reviewer")
    size = site.size
    english = told(calls.get(f"/decisions/{row.about}/notice?language=en"))
    french = calls.get(f"/decisions/{row.about}/notice?language=fr", accept="text/plain")
    page = calls.get(f"/decisions/{row.about}/notice", accept="application/pdf")
    assert english["title"] in english["text"]
    assert french["Content-Type"] == "text/plain"
    assert page.content.startswith(b"%PDF-")
    assert site.size == size
    odd = calls.get(f"/decisions/{row.about}/notice?language=xx")
    assert (odd.status_code, told(odd)["code"]) == (422, "unknown-language")
    other = calls.get(f"/decisions/{row.about}/notice?purpose=outcome")
    assert (other.status_code, told(other)["code"]) == (422, "no-preview")


def test_a_key_for_another_act_reads_no_notice(site: Site) -> None:
    row = sent(site)
    assert service(site, [Act.READ_LOG]).get(f"/notices/{row.id}").status_code == 404
