"""Pages of appeals: filed with files, followed, written in, acknowledged, assigned, decided; by whom, by whom not."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adjudge.basis.instant import Instant
from adjudge.institution.hearing.filing import file_appeal
from adjudge.institution.hearing.handling import acknowledge
from adjudge.institution.house import House
from adjudge.records.rows import AppealKind, AppealRow, AppealState, ClockState
from adjudge.records.shelf import APPEALS, CLOCKS, DOCUMENTS, MEASURES, MESSAGES
from tests.rooms.desk.hearings import (
    HOSTILE,
    PROPOSAL,
    SUBJECT,
    appeal_of,
    assigned,
    decision_of,
    filed,
    issued,
)
from tests.rooms.desk.test_pages import follow, main_of, text_of
from tests.sites import Answered, Site

PNG = b"\x89PNG\r\n\x1a\nbytes"


def file_by_page(client: Client, decision: str, what: str = "appeal", **sent: object) -> Answered:
    """By the one form of the advertiser's page."""
    return client.post(
        f"/decisions/{decision}/answer", {"kind": what, "text": "First.\r\n\r\nSecond.", **sent}
    )


def write_down(client: Client, decision: str) -> Answered:
    """By somebody here, who has it by letter."""
    return client.post(f"/decisions/{decision}/appeal", {"points": "First.\r\n\r\nSecond."})


def two_files() -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile("../../a <b>.png", PNG),
        SimpleUploadedFile("\u202egnp.exe", b"a plain text"),
    ]


def documents(site: Site) -> int:
    with site.house.records.reading() as records:
        return records.count(DOCUMENTS)


# --- filing ---


def test_a_member_appeals_in_its_own_words_with_files_and_is_told_what_follows(site: Site) -> None:
    row, client = issued(site), site.client("member")
    page = text_of(client.get(f"/decisions/{row.id}"))
    assert "You need no lawyer and no set form." in page
    assert "each point gets an answer" in page
    response = file_by_page(client, row.id, files=two_files())
    appeal = appeal_of(site)
    assert response["Location"] == f"/appeals/{appeal.id}"
    page = follow(client, response)
    assert [point.text for point in appeal.points] == ["First.", "Second."]
    assert len(appeal.documents) == 2
    assert "Your appeal is filed." in page
    assert "until the end of 15 November 2026 (UTC)" in page
    assert "14 days are left" in page
    assert "the measure is lifted, and the appeal has succeeded" in page
    assert "a <b>.png" in page
    assert "<b>.png" not in client.get(f"/appeals/{appeal.id}").content.decode()
    assert "\u202e" not in page
    assert "exe.txt</bdi>" in page


def test_an_appeal_that_is_sent_twice_is_one_and_the_second_leads_to_the_first(site: Site) -> None:
    row, client = issued(site), site.client("member")
    follow(client, file_by_page(client, row.id))
    before, kept = site.size, documents(site)
    refused = file_by_page(client, row.id, files=two_files())
    assert refused.status_code == 409
    assert f"/appeals/{appeal_of(site).id}" in text_of(refused)
    assert "is open already" in text_of(refused)
    assert (site.size, documents(site)) == (before, kept)


def test_an_appeal_that_says_nothing_is_refused_and_no_file_of_it_is_kept(site: Site) -> None:
    row, before = issued(site), documents(site)
    refused = file_by_page(site.client("member"), row.id, text=" \r\n ", files=two_files())
    assert refused.status_code == 422
    assert "The appeal says nothing" in text_of(refused)
    assert "Choose your files again" in text_of(refused)
    assert documents(site) == before


def test_one_file_that_is_not_taken_refuses_the_form_and_is_named(site: Site) -> None:
    row, client = issued(site), site.client("member")
    before = (site.size, documents(site))
    for content, told in (
        (b"", "nothing in this file"),
        (b"PK\x03\x04 a zip bomb", "neither a PDF"),
        (b"x" * 200_001, "more than 200,000 bytes"),
    ):
        files = [SimpleUploadedFile("good.png", PNG), SimpleUploadedFile("<i>bad</i>.bin", content)]
        refused = file_by_page(client, row.id, text=HOSTILE, files=files)
        assert refused.status_code == 422
        assert told in text_of(refused)
        assert "i>.bin" in text_of(refused)
        assert "<i>bad" not in refused.content.decode()
        assert "שלום" in text_of(refused)
        assert "<script>alert" not in refused.content.decode()
    assert (site.size, documents(site)) == before


def test_too_many_files_at_once_are_refused(site: Site) -> None:
    row = issued(site)
    files = [SimpleUploadedFile(f"{number}.png", PNG) for number in range(11)]
    refused = file_by_page(site.client("member"), row.id, files=files)
    assert refused.status_code == 422
    assert "more than 10 files" in text_of(refused).lower()


def test_reasons_can_be_asked_for_beside_an_appeal_and_without_words(site: Site) -> None:
    row, client = issued(site), site.client("member")
    follow(client, file_by_page(client, row.id))
    page = follow(client, file_by_page(client, row.id, "reasons", points=""))
    assert "Your question is filed." in page
    assert "Request for reasons" in page
    assert appeal_of(site).kind is AppealKind.REASONS


def test_the_time_to_appeal_is_told_to_the_day_and_when_it_is_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, client = issued(site), site.client("member")
    asked = "adjudge.institution.reading.own.decided.appeal_until"
    page = main_of(client.get(f"/decisions/{row.id}"))
    assert "You can appeal</strong>." in page
    monkeypatch.setattr(asked, lambda *_: Instant(site.house.clock().nanos + 10**15))
    page = main_of(client.get(f"/decisions/{row.id}"))
    assert "You can appeal</strong>, until the end of 13 November 2026 (UTC)." in page
    monkeypatch.setattr(asked, lambda *_: Instant(0))
    page = text_of(client.get(f"/decisions/{row.id}"))
    assert "The time to appeal is over." in page
    assert 'value="appeal"' not in page
    assert 'value="reasons"' in page


def test_the_time_to_appeal_is_told_to_staff_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    row, client = issued(site), site.client("appeals")
    assert "nothing proves yet that you were informed" in text_of(client.get(f"/decisions/{row.id}"))
    monkeypatch.setattr("adjudge.desk.matter.decision.appeal_until", lambda *_: Instant(0))
    page = text_of(client.get(f"/decisions/{row.id}"))
    assert "It could be appealed until the end of 31 December 1969" in page
    assert f"/decisions/{row.id}/appeal" not in page
    assert f"/decisions/{row.id}/reasons" in page


def test_staff_writes_down_what_came_by_letter_and_the_page_says_so(site: Site) -> None:
    row, client = issued(site), site.client("appeals")
    page = follow(client, write_down(client, row.id))
    assert "written down by staff" in page
    assert appeal_of(site).appellant == "staff"


def test_what_staff_wrote_down_and_was_decided_leaves_the_member_its_own_appeal(site: Site) -> None:
    row = issued(site)
    staff = file_appeal(site.house, site.actor("appeals"), row.id, ["By letter."])
    with site.house.records.writing() as records:
        records.put(APPEALS, replace(staff, state=AppealState.DECIDED, result=row.id))
    member = site.client("member")
    assert 'value="appeal"' in text_of(member.get(f"/decisions/{row.id}"))
    own = file_appeal(site.house, site.actor("member"), row.id, ["In our own words."])
    with site.house.records.writing() as records:
        records.put(APPEALS, replace(own, state=AppealState.DECIDED, result=row.id))
    page = text_of(member.get(f"/decisions/{row.id}"))
    assert 'value="appeal"' not in page
    assert "You can appeal against the new decision:" in page
    assert 'value="reasons"' in page


def test_nobody_else_files(site: Site) -> None:
    row = issued(site)
    before = site.size
    for name in ("reviewer", "second", "legal", "auditor", "author", "administrator"):
        client = site.client(name)
        assert f"/decisions/{row.id}/appeal" not in text_of(client.get(f"/decisions/{row.id}"))
        assert file_by_page(client, row.id, files=two_files()).status_code == 404
    assert site.size == before


# --- following, writing, withdrawing ---


def test_a_member_is_not_told_who_works_on_its_appeal(site: Site) -> None:
    row = assigned(site)
    acknowledge(site.house, site.actor("hearer"), row.id, "We have read it, and decide within two weeks.")
    page = text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "We have read it" in page
    for name in ("Appeals</bdi>", "Hearer", site.people["appeals"].id, site.people["hearer"].id):
        assert name not in main_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "What is found of it now" not in page
    assert "/assign" not in page
    assert "Hearer" in text_of(site.client("hearer").get(f"/appeals/{row.id}"))


def test_an_appeal_of_another_is_answered_like_one_that_is_not_there(site: Site) -> None:
    row = filed(site)
    with site.house.records.writing() as records:
        records.put(APPEALS, replace(row, id="A-900000", advertiser="somebody-else"))
    client, before = site.client("member"), site.size
    one, other = client.get("/appeals/A-900000"), client.get("/appeals/A-000000")
    assert one.status_code == other.status_code == 404
    assert main_of(one) == main_of(other)
    for act in ("write", "withdraw", "acknowledge", "assign", "answer", "pause", "resume"):
        sent = {"text": "x", "reason": "x", "seen": "0", "before": "0", "person": "P"}
        one, other = (client.post(f"/appeals/{key}/{act}", sent) for key in ("A-900000", "A-000000"))
        assert one.status_code == other.status_code == 404
    assert "A-900000" not in text_of(client.get("/appeals"))
    assert site.size == before


def test_both_sides_write_with_files_and_what_is_sent_twice_stands_once(site: Site) -> None:
    row, member, staff = filed(site), site.client("member"), site.client("appeals")
    sent = {"text": HOSTILE, "before": "0", "files": two_files()}
    page = follow(member, member.post(f"/appeals/{row.id}/write", sent))
    assert "It is sent." in page
    assert "exe.txt" in page
    follow(member, member.post(f"/appeals/{row.id}/write", {**sent, "files": two_files()}))
    follow(staff, staff.post(f"/appeals/{row.id}/write", {"text": "Thank you.", "before": "1"}))
    with site.house.records.reading() as records:
        assert [item.side for item in records.find(MESSAGES, appeal=row.id)] == ["advertiser", "platform"]
    page = member.get(f"/appeals/{row.id}").content.decode()
    assert "<script>alert" not in page
    assert "Thank you." in page
    assert member.post(f"/appeals/{row.id}/write", {"text": " ", "before": "2"}).status_code == 422
    follow(member, member.post(f"/appeals/{row.id}/write", {"text": HOSTILE, "before": "2"}))
    with site.house.records.reading() as records:
        assert records.count(MESSAGES, appeal=row.id) == 3


def test_nobody_else_writes_and_no_file_of_theirs_is_kept(site: Site) -> None:
    row = filed(site)
    before = site.size
    for name in ("reviewer", "second", "legal", "auditor"):
        client, sent = site.client(name), {"text": "x", "before": "0", "files": two_files()}
        assert f"/appeals/{row.id}/write" not in text_of(client.get(f"/appeals/{row.id}"))
        assert client.post(f"/appeals/{row.id}/write", sent).status_code == 404
    assert site.size == before


def test_a_member_withdraws_and_can_appeal_again(site: Site) -> None:
    row, client = filed(site), site.client("member")
    page = follow(client, client.post(f"/appeals/{row.id}/withdraw", {"reason": ""}))
    assert "withdrawn" in page
    assert f"/appeals/{row.id}/write" not in page
    refused = client.post(f"/appeals/{row.id}/write", {"text": "more", "before": "0"})
    assert refused.status_code == 422
    assert 'value="appeal"' in text_of(client.get(f"/decisions/{row.decision}"))
    assert 'ended <span class="count">1</span>' in text_of(client.get("/appeals"))


# --- handling ---


def seen(site: Site, **sent: object) -> dict[str, object]:
    return {"seen": str(appeal_of(site).seen), **sent}


def test_staff_acknowledges_assigns_and_lets_the_measure_rest(site: Site) -> None:
    row, client = filed(site), site.client("hearer")
    follow(client, client.post(f"/appeals/{row.id}/acknowledge", seen(site, text="We decide by Friday.")))
    page = follow(
        client,
        client.post(
            f"/appeals/{row.id}/assign", seen(site, person=site.people["appeals"].id, reason="took no part")
        ),
    )
    assert "acknowledged" in page
    assert appeal_of(site).assignee == site.people["appeals"].id
    page = follow(client, client.post(f"/appeals/{row.id}/pause", seen(site, reason="It may be wrong.")))
    assert "rests, without effect" in page
    assert "our measure is on hold" in text_of(site.client("member").get("/"))
    page = follow(client, client.post(f"/appeals/{row.id}/resume", seen(site, reason="It was right.")))
    assert "has effect" in page
    assert "rests, without effect" not in page


def test_only_people_who_took_no_part_are_offered(site: Site) -> None:
    row = filed(site)
    page = text_of(site.client("hearer").get(f"/appeals/{row.id}"))
    offered = re.findall(
        r'<option value="(P-[^"]+)"', page.split('id="assign-person"')[1].split("</select>")[0]
    )
    assert set(offered) == {site.people["appeals"].id, site.people["hearer"].id}
    refused = site.client("hearer").post(
        f"/appeals/{row.id}/assign", seen(site, person=site.people["reviewer"].id, reason="x")
    )
    assert refused.status_code == 422
    assert "took no part" in text_of(refused)


def test_what_is_done_twice_is_refused_in_words_although_its_form_is_gone(site: Site) -> None:
    row, client = filed(site), site.client("hearer")
    follow(client, client.post(f"/appeals/{row.id}/acknowledge", seen(site, text="We decide by Friday.")))
    refused = client.post(f"/appeals/{row.id}/acknowledge", seen(site, text="We decide by Friday."))
    assert refused.status_code == 422
    page = text_of(refused)
    assert page.count('role="alert"') == 1
    assert "In the state acknowledged one cannot acknowledge an appeal" in page


def test_what_was_done_meanwhile_refuses_an_act_and_keeps_what_was_typed(site: Site) -> None:
    row, client = filed(site), site.client("hearer")
    old = seen(site, text="kept words", reason="kept words", person=site.people["appeals"].id)
    member = site.client("member")
    follow(member, member.post(f"/appeals/{row.id}/write", {"text": "something new", "before": "0"}))
    before = site.size
    for act in ("acknowledge", "assign", "pause"):
        refused = client.post(f"/appeals/{row.id}/{act}", old)
        assert refused.status_code == 409
        assert "The appeal was changed meanwhile" in text_of(refused)
        assert "kept words" in text_of(refused)
        assert "something new" in text_of(refused)
    assert site.size == before


def test_a_request_for_reasons_is_answered_in_words_of_its_own(site: Site) -> None:
    row, client = filed(site, AppealKind.REASONS, "Which ad?"), site.client("reviewer")
    short = client.post(f"/appeals/{row.id}/answer", seen(site, text="No."))
    assert short.status_code == 422
    told = "It is the ad of 3 October, which offers the product that the determination names."
    page = follow(client, client.post(f"/appeals/{row.id}/answer", seen(site, text=told)))
    assert told in page
    assert told in text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert appeal_of(site).state is AppealState.ANSWERED


def test_a_clock_is_given_more_time_with_reasons_and_not_by_whom_it_binds(site: Site) -> None:
    row, client = assigned(site), site.client("hearer")
    address = f"/appeals/{row.id}/extend/{row.id}-decide"
    assert f'action="{address}"' in text_of(client.get(f"/appeals/{row.id}"))
    assert f'action="{address}"' not in text_of(site.client("appeals").get(f"/appeals/{row.id}"))
    for until, told in (("", "is no day"), ("2026-11-02", "is due"), ("2027-06-01", "can be extended until")):
        refused = client.post(address, seen(site, until=until, reason="An expert is away."))
        assert refused.status_code == 422
        assert told in text_of(refused)
    own = site.client("appeals").post(address, seen(site, until="2026-11-20", reason="x"))
    assert "Nobody gives time to themselves" in text_of(own)
    page = follow(client, client.post(address, seen(site, until="2026-11-20", reason="An expert is away.")))
    assert "until the end of 20 November 2026 (UTC): An expert is away." in page
    member = text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "An expert is away." in member


# --- deciding ---


def replied(row: AppealRow, **more: object) -> dict[str, object]:
    return {
        "appeal": row.id,
        "reason": "The appeal is right.",
        "milder": PROPOSAL.milder,
        "rights": PROPOSAL.rights,
        **{f"reply:{point.id}": f"Answer to {point.id}, in words." for point in row.points},
        **more,
    }


def test_an_appeal_is_decided_by_the_pages_alone_and_a_reversal_restores(site: Site) -> None:
    row, client = assigned(site), site.client("appeals")
    address = f"/matters/{row.matter}/proposal/{SUBJECT}?appeal={row.id}"
    assert address in text_of(client.get(f"/appeals/{row.id}"))
    page = text_of(client.get(address))
    assert 'name="reply:p1"' in page
    assert "First." in page
    sent = replied(row)
    sent.update({"instead:prohibited-sale": "none", "why_departing": "It was another product."})
    made = client.post(f"/matters/{row.matter}/propose/{SUBJECT}", sent)
    page = follow(client, made)
    assert "Answer to p2, in words." in page
    decision = made["Location"].rsplit("/", 1)[1]
    assert f"/decisions/{decision}" in text_of(client.get(f"/appeals/{row.id}"))
    assert decision not in text_of(site.client("member").get(f"/appeals/{row.id}"))
    signed = {"digest": decision_of(site, decision).digest, "reason": "I have read it"}
    refused = site.client("second").post(f"/decisions/{decision}/confirm", signed)
    assert "took part in the decision" in text_of(refused)
    for name in ("third", "hearer"):
        third = site.client(name)
        act = "confirm" if name == "third" else "issue"
        follow(third, third.post(f"/decisions/{decision}/{act}", signed))
    page = text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "The decision is reversed." in page
    assert "Answer to p1, in words." in page
    assert f"/decisions/{decision}" in page
    home = text_of(site.client("member").get("/"))
    assert "Nothing that we decided is in force against you." in home
    assert "can run again. We lifted our measure on" in home
    assert appeal_of(site).outcome == "reversed"
    with site.house.records.reading() as records:
        assert all(item.lifted_at for item in records.find(MEASURES, decision=row.decision))


def test_an_answer_that_is_missing_refuses_the_proposal_and_keeps_the_others(site: Site) -> None:
    row, client = assigned(site), site.client("appeals")
    sent = {**replied(row), "reply:p2": " ", "unfounded": "yes"}
    refused = client.post(f"/matters/{row.matter}/propose/{SUBJECT}", sent)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "the point p2 of the appeal has no answer" in page
    assert "Answer to p1, in words." in page
    assert 'name="unfounded" value="yes" checked' in page
    assert f'name="appeal" value="{row.id}"' in page


def test_only_whom_it_is_assigned_to_is_offered_to_propose(site: Site) -> None:
    row = assigned(site)
    link = f"?appeal={row.id}"
    assert link in text_of(site.client("appeals").get(f"/appeals/{row.id}"))
    page = text_of(site.client("hearer").get(f"/appeals/{row.id}"))
    assert link not in page
    assert "Whoever it is assigned to proposes the decision on it." in page


def test_the_proposal_page_takes_no_appeal_of_another_subject(site: Site) -> None:
    row, client = assigned(site), site.client("appeals")
    other = f"/matters/{row.matter}/proposal/ad-threat-intelligence?appeal={row.id}"
    assert client.get(other).status_code == 404
    assert client.get(f"/matters/{row.matter}/proposal/{SUBJECT}?appeal=A-000000").status_code == 404


# --- the queue and the clocks ---


def later(site: Site, days: int) -> House:
    """The same institution so many days on, for the pages too."""
    from adjudge.institution.premises import occupy

    at = site.house.clock()
    moved = replace(site.house, clock=lambda: Instant(at.nanos + days * 86_400_000_000_000))
    occupy(replace(site.opened, house=moved))
    return moved


def test_the_queue_counts_truly_and_leads_to_every_open_appeal(site: Site) -> None:
    row = assigned(site)
    with site.house.records.writing() as records:
        for number in range(60):
            records.put(APPEALS, replace(row, id=f"A-8{number:05d}", assignee="", state=AppealState.FILED))
        records.put(APPEALS, replace(row, id="A-700000", state=AppealState.WITHDRAWN))
    client = site.client("appeals")
    page = text_of(client.get("/appeals"))
    for word, count in (("mine", 1), ("unassigned", 60), ("overdue", 0), ("all open", 61), ("ended", 1)):
        assert f'{word} <span class="count">{count}</span>' in page
    assert page.count('class="case-title"') == 50
    assert page.index(f"/appeals/{row.id}") < page.index("/appeals/A-800000")  # it has the next clock
    assert text_of(client.get("/appeals?part=open&page=2")).count('class="case-title"') == 11
    assert f"/appeals/{row.id}" in text_of(client.get("/appeals?part=mine"))
    assert "A-700000" in text_of(client.get("/appeals?part=ended"))
    assert f"/appeals/{row.id}" not in text_of(client.get("/appeals?part=overdue"))


def test_what_is_overdue_stands_first_and_beside_the_name_of_the_page(site: Site) -> None:
    row = filed(site)
    later(site, 3)
    client = site.client("hearer")
    page = text_of(client.get("/clocks"))
    assert 'class="badge">1<' in page
    assert page.index("overdue by 1 day") < page.index("11 days are left")
    assert "it is told to those who answer for it, and stays open" in page
    assert f"/appeals/{row.id}" in page
    assert "11 days are left" not in text_of(client.get("/clocks?part=overdue"))
    assert f"/appeals/{row.id}" in text_of(client.get("/appeals?part=overdue"))
    assert site.client("member").get("/clocks").status_code == 404


def test_the_administrator_sees_clocks_and_no_way_to_what_only_others_may_read(site: Site) -> None:
    row = filed(site)
    page = text_of(site.client("administrator").get("/clocks"))
    assert row.id in page
    assert f'href="/appeals/{row.id}"' not in page


def test_a_page_of_an_appeal_is_calm_where_silence_has_granted_it(site: Site) -> None:
    from adjudge.institution.ticking.tick import tick

    row = filed(site)
    tick(later(site, 30))
    page = text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "granted by silence" in page
    assert "No measure is left of it." in page
    home = text_of(site.client("member").get("/"))
    assert "Nothing that we decided is in force against you." in home
    page = text_of(site.client("member").get(f"/decisions/{row.decision}"))
    assert "We did not answer in time, so that this decision no longer holds." in page
    assert "You have won." in page
    with site.house.records.reading() as records:
        assert not records.find(CLOCKS, of=row.id, state=ClockState.RUNNING.value)
        assert all(item.lifted_at for item in records.find(MEASURES, decision=row.decision))


# --- the first page of a member ---


def test_a_member_begins_at_how_it_stands_also_when_it_is_excluded(site: Site) -> None:
    client = site.client("member")
    page = text_of(client.get("/"))
    assert "Nothing that we decided is in force against you." in page
    row = filed(site)
    page = text_of(client.get("/"))
    assert "does not run. Where: United States only." in page
    assert "when we lift it" in page
    assert f"/appeals/{row.id}" in page
    assert "until the end of" in page
    assert page.count('class="unread"') == 2
    for address in ("/notices", "/appeals", "/contact", "/policies", "/keys"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_an_excluded_advertiser_reads_uploads_appeals_and_saves_everything(site: Site) -> None:
    row, client = issued(site), site.client("member")
    assert client.get(f"/decisions/{row.id}").status_code == 200
    assert client.get(f"/decisions/{row.id}/receipt").status_code == 200
    follow(client, file_by_page(client, row.id, files=two_files()))
    for key in appeal_of(site).documents:
        assert client.get(f"/documents/{key}").status_code == 200


def test_every_page_of_hearings_speaks_french(site: Site) -> None:
    row = file_appeal(site.house, site.actor("member"), issued(site).id, ["a"])
    client = site.client("hearer", language="fr")
    for address in ("/appeals", f"/appeals/{row.id}", "/clocks", "/notices", "/misuse"):
        page = text_of(client.get(address))
        assert '<html lang="fr">' in page
        assert "Recours" in page


# --- ending a service at once ---


def test_an_exception_to_advance_notice_is_asked_for_where_a_service_ends_and_kept_when_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.client("reviewer")
    address = f"/matters/{site.matter.id}/proposal/{SUBJECT}"
    assert 'name="no_advance"' not in text_of(client.get(address))
    monkeypatch.setattr("adjudge.desk.sheet.proposing._ends_service", lambda _: True)
    assert 'name="no_advance" value="" checked' in text_of(client.get(address))
    sent = {
        "reason": PROPOSAL.reason,
        "milder": PROPOSAL.milder,
        "rights": PROPOSAL.rights,
        "no_advance": "legal_duty",
        "why_no_advance": "An authority orders it.",
    }
    refused = client.post(f"/matters/{site.matter.id}/propose/{SUBJECT}", sent)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "it ends no advertiser's service" in page
    assert 'name="no_advance" value="legal_duty" checked' in page
    assert "An authority orders it." in page
