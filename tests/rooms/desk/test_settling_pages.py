"""Pages on which it is settled how we answer and how advertisers are reached; disputes, and misuse of appeals."""

import json
import re
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile

from adjudge.institution.hearing.settlement import refer
from adjudge.records.rows import AppealState, ContactRow, DisputeRow, ProcedureRow
from adjudge.records.shelf import APPEALS, CONTACTS, DISPUTES, PROCEDURES
from tests.rooms.desk.hearings import HOSTILE, filed, issued
from tests.rooms.desk.test_pages import follow, main_of, text_of
from tests.sites import Site

SETTLED = {
    "country": "fr",
    "zone": "Europe/Paris",
    "closed": "2026-12-24\r\n\r\n2026-12-31",
    **{f"count-{kind}": "5" for kind in ("acknowledge", "answer", "decide", "settle", "carry_out")},
    **{
        f"unit-{kind}": "business_days" for kind in ("acknowledge", "answer", "decide", "settle", "carry_out")
    },
    **{f"then-{kind}": "escalate" for kind in ("acknowledge", "answer", "decide", "settle", "carry_out")},
    "relief": ["exclude"],
    "advance_days": "30",
    "reminder_days": "3",
    "mediators": "A body\r\nAnother",
    "least_number": "4",
    "least_share": "80",
    "longest_days": "60",
    "reason": "first settled",
}


# --- how the institution answers ---


def test_an_administrator_settles_how_the_institution_answers(site: Site) -> None:
    client = site.client("administrator")
    page = follow(client, client.post("/procedure", SETTLED))
    assert 'value="Europe/Paris"' in page
    with site.house.records.reading() as records:
        row = records.get(PROCEDURES, "procedure")
    assert row == ProcedureRow(
        country="FR",
        zone="Europe/Paris",
        closed=("2026-12-24", "2026-12-31"),
        clocks={
            kind: {"count": "5", "unit": "business_days", "consequence": "escalate"}
            for kind in ("acknowledge", "answer", "decide", "settle", "carry_out")
        },
        relief=("exclude",),
        advance_days=30,
        reminder_days=3,
        mediators=("A body", "Another"),
        misuse={"least_number": "4", "least_share": "80", "longest_days": "60"},
    )


def test_clocks_are_shown_in_the_zone_that_is_settled(site: Site) -> None:
    client = site.client("administrator")
    follow(client, client.post("/procedure", SETTLED))
    row = filed(site)
    page = text_of(site.client("member").get(f"/appeals/{row.id}"))
    assert "until the end of 6 November 2026 (Europe/Paris)" in page
    assert "rests, without effect" in page  # by relief, from the filing


_REFUSED = [
    ("zone", "Mars/Base", "no time zone Mars/Base"),
    ("country", "XX", "no holidays are known"),
    ("closed", "soon", "soon is no day"),
    ("count-decide", "0", "366 days, 260 business days or 12 months"),
    ("count-decide", "x", "not a whole number"),
    ("unit-decide", "hours", "nothing was chosen"),
    ("then-decide", "reject", "nothing was chosen"),
    ("then-settle", "reinstate", "cannot end in reinstate"),
    ("advance_days", "9999", "from 0 to 366"),
    ("least_share", "0", "cannot be 0"),
    ("least_share", "101", "from 1 to 100"),
    ("least_number", "1", "from 2 to"),
    ("longest_days", "181", "from 1 to 180"),
    ("reason", " ", "is missing"),
]


def test_what_cannot_be_settled_is_refused_and_kept_in_the_form(site: Site) -> None:
    client, before = site.client("administrator"), site.size
    for name, text, told in _REFUSED:
        refused = client.post("/procedure", {**SETTLED, name: text})
        assert refused.status_code == 422, name
        assert told.lower() in text_of(refused).lower()
        assert re.search(r'name="reminder_days"[^>]*value="3"', text_of(refused))
    assert site.size == before


def test_nobody_else_settles_it(site: Site) -> None:
    before = site.size
    for name in ("member", "reviewer", "appeals", "auditor"):
        client = site.client(name)
        assert client.get("/procedure").status_code == client.post("/procedure", SETTLED).status_code == 404
        assert 'href="/procedure"' not in text_of(client.get("/keys"))
    assert site.size == before


# --- how an advertiser is reached ---


def contact(site: Site) -> ContactRow | None:
    with site.house.records.reading() as records:
        return records.get(CONTACTS, site.matter.advertiser)


def test_a_member_settles_how_it_is_reached_and_sees_the_secret_once(site: Site) -> None:
    client = site.client("member")
    sent = {
        "language": "fr",
        "emails": "a@example.org\r\nb@example.org\r\n",
        "webhook": "https://hooks.example.org/adjudge",
        "reason": "by mail too",
    }
    made = client.post("/contact", sent)
    secret = re.search(r'class="secret">([^<]+)<', text_of(made))
    row = contact(site)
    assert secret is not None
    assert row is not None
    assert row.webhook_secret == secret[1]
    assert (row.language, row.emails) == ("fr", ("a@example.org", "b@example.org"))
    page = text_of(client.get("/contact"))
    assert secret[1] not in page
    assert "b@example.org" in page
    page = follow(client, client.post("/contact", {**sent, "language": "en"}))
    assert "secret" not in page.split("<form")[0]
    again = client.post("/contact", {**sent, "new_secret": "yes"})
    assert 'class="secret"' in text_of(again)
    kept = contact(site)
    assert kept is not None
    assert kept.webhook_secret != secret[1]


_NO_CONTACT = [
    ("emails", "not an address", "no e-mail address"),
    ("emails", "a@example.org\r\nBcc: b@example.org", "no e-mail address"),
    ("webhook", "javascript:alert(1)", "no address of a webhook"),
    ("language", "xx", "no catalogue speaks"),
    ("reason", "", "is missing"),
]


def test_what_is_no_contact_is_refused_beside_the_form(site: Site) -> None:
    client = site.client("member")
    for name, text, told in _NO_CONTACT:
        sent = {"language": "en", "emails": "kept@example.org", "webhook": "", "reason": "mail", name: text}
        refused = client.post("/contact", sent)
        assert refused.status_code == 422, name
        assert told.lower() in text_of(refused).lower()
    assert contact(site) is None


def test_staff_settles_it_for_an_advertiser_and_a_member_for_no_other(site: Site) -> None:
    client, owner = site.client("reviewer"), site.matter.advertiser
    sent = {"language": "en", "emails": "c@example.org", "webhook": "", "reason": "told by telephone"}
    assert "c@example.org" in follow(client, client.post(f"/contact/{owner}", sent))
    assert client.get("/contact").status_code == 404
    assert client.get("/contact/nobody").status_code == 404
    assert client.get("/contact/ad-antivirus").status_code == 404
    assert client.get(f"/contact/{site.people['reviewer'].id}").status_code == 404
    member = site.client("member")
    one, other = member.get("/contact/somebody-else"), member.get("/no/such/page")
    assert one.status_code == other.status_code == 404
    assert main_of(one) == main_of(other)
    assert member.post("/contact/somebody-else", sent).status_code == 404
    assert site.client("auditor").get(f"/contact/{owner}").status_code == 404


# --- settlement out of court ---


def dispute_of(site: Site) -> DisputeRow:
    with site.house.records.reading() as records:
        return records.find(DISPUTES)[-1]


def test_a_member_brings_it_before_a_body_and_has_the_pack(site: Site) -> None:
    row, client = issued(site), site.client("member")
    sent = {"body": HOSTILE, "reference": "2026/17", "reason": ""}
    page = follow(client, client.post(f"/decisions/{row.id}/refer", sent))
    found = dispute_of(site)
    assert "<script>alert" not in client.get(f"/disputes/{found.id}").content.decode()
    assert "until the end of 30 January 2027 (UTC)" in page
    file = client.get(f"/disputes/{found.id}/pack.pdf")
    assert file["Content-Disposition"] == f'attachment; filename="dispute-{found.id}.pdf"'
    assert file.content.startswith(b"%PDF-")
    assert client.get(f"/disputes/{found.id}/pack.exe").status_code == 404
    file = client.get(f"/disputes/{found.id}/pack.json")
    assert file["Content-Disposition"] == f'attachment; filename="dispute-{found.id}.json"'
    told = json.loads(file.content)
    assert told["dispute"]["id"] == found.id
    assert site.people["reviewer"].id not in file.content.decode()
    twice = client.post(f"/decisions/{row.id}/refer", sent)
    assert twice.status_code == 409
    assert found.id in text_of(twice)
    assert client.post(f"/decisions/{row.id}/refer", {**sent, "body": " "}).status_code in {409, 422}


def referred(site: Site) -> DisputeRow:
    return refer(site.house, site.actor("member"), issued(site).id, "A body", "", "")


def test_a_member_records_an_outcome_with_what_the_body_sent(site: Site) -> None:
    row, client, member = referred(site), site.client("appeals"), site.client("member")
    address, sent = f"/disputes/{row.id}/outcome", {"outcome": "partly", "text": "Lift the half of it."}
    assert address in text_of(member.get(f"/disputes/{row.id}"))
    refused = member.post(address, sent)
    assert refused.status_code == 422
    assert "attach what the body sent" in text_of(refused).lower()
    letter = SimpleUploadedFile("outcome.pdf", b"%PDF-1.7 half of it")
    follow(member, member.post(address, {**sent, "files": [letter]}))
    page = text_of(client.get(f"/disputes/{row.id}"))
    assert "outcome.pdf" in page
    assert "Recorded by: The advertiser" in " ".join(page.split())
    before = site.size
    letter = SimpleUploadedFile("outcome.pdf", b"%PDF-1.7 half of it")
    assert member.post(address, {**sent, "files": [letter]}).status_code == 422
    assert site.size == before


def test_the_page_warns_of_short_advance_notice_and_proposes_what_the_law_asks_for(site: Site) -> None:
    client = site.client("administrator")
    page = text_of(client.get("/procedure"))
    assert "Advance notice of 0 days" in page
    assert re.search(r'<input[^>]*name="advance_days"[^>]*value="30"', page)
    page = follow(client, client.post("/procedure", {**SETTLED, "advance_days": "29"}))
    assert "Advance notice of 29 days" in page
    page = follow(client, client.post("/procedure", SETTLED))
    assert "Advance notice of" not in page


def test_an_outcome_is_recorded_and_answered_with_reasons(site: Site) -> None:
    row, client, member = referred(site), site.client("appeals"), site.client("member")
    assert client.post(f"/disputes/{row.id}/outcome", {"outcome": "other", "text": "x"}).status_code == 422
    sent = {"outcome": "for_advertiser", "text": "The measure should be lifted."}
    page = follow(client, client.post(f"/disputes/{row.id}/outcome", sent))
    assert "for the advertiser" in page
    assert "Carry out" in page
    before = client.post(f"/disputes/{row.id}/carry-out", {"decision": row.decision, "reason": "x"})
    assert before.status_code == 422
    assert "was issued before the outcome" in text_of(before)
    page = follow(
        client, client.post(f"/disputes/{row.id}/not-follow", {"reason": "The law leaves no choice."})
    )
    assert "not followed" in page
    assert "The law leaves no choice." in text_of(member.get(f"/disputes/{row.id}"))
    again = client.post(f"/disputes/{row.id}/not-follow", {"reason": "again"})
    assert again.status_code == 422
    assert 'role="alert"' in text_of(again)


def test_a_dispute_of_another_is_answered_like_one_that_is_not_there(site: Site) -> None:
    row = referred(site)
    with site.house.records.writing() as records:
        records.put(DISPUTES, replace(row, id="S-900000", advertiser="somebody-else"))
    client = site.client("member")
    for address in ("", "/pack.json", "/pack.pdf"):
        one, other = client.get(f"/disputes/S-900000{address}"), client.get(f"/disputes/S-000000{address}")
        assert one.status_code == other.status_code == 404
        assert main_of(one) == main_of(other)
    assert client.post("/disputes/S-900000/end", {"reason": "x"}).status_code == 404


def test_the_clock_of_a_body_is_extended_and_a_dispute_ended(site: Site) -> None:
    row, client = referred(site), site.client("appeals")
    address = f"/disputes/{row.id}/extend/{row.id}-settle"
    page = follow(client, client.post(address, {"until": "2027-03-31", "reason": "An expert is heard."}))
    assert "until the end of 31 March 2027 (UTC): An expert is heard." in page
    member = site.client("member")
    assert member.post(address, {"until": "2027-03-31", "reason": "x"}).status_code == 404
    assert "ended without an outcome" in follow(
        member, member.post(f"/disputes/{row.id}/end", {"reason": "We agreed."})
    )


# --- misuse ---


def often(site: Site) -> str:
    """An advertiser of whom the record has five manifestly unfounded appeals; its id."""
    row = filed(site)
    with site.house.records.writing() as records:
        for number in range(5):
            unfounded = replace(
                row,
                id=f"A-8{number:05d}",
                state=AppealState.DECIDED,
                outcome="upheld",
                unfounded=True,
                ended_at=row.filed_at,
            )
            records.put(APPEALS, unfounded)
    return row.advertiser


def test_misuse_is_warned_of_with_what_was_weighed_and_ended(site: Site) -> None:
    owner, client = often(site), site.client("appeals")
    page = text_of(client.get(f"/misuse?advertiser={owner}"))
    assert "5 (at least 5)" in page
    assert "100 (at least 75)" in page
    sent = {"advertiser": owner, "gravity": "It held others up.", "intention": HOSTILE, "reason": "often"}
    refused = client.post("/misuse/warn", {**sent, "gravity": ""})
    assert refused.status_code == 422
    assert "שלום" in text_of(refused)
    page = follow(client, client.post("/misuse/warn", sent))
    assert "warned" in page
    assert "It held others up." in page
    misuse = re.search(r'action="/misuse/(U-\d+)/suspend"', page)
    assert misuse is not None
    early = client.post(f"/misuse/{misuse[1]}/suspend", {"until": "2026-12-01", "reason": "again"})
    assert early.status_code == 422
    assert "Who warned does not suspend" in text_of(early)
    early = site.client("hearer").post(
        f"/misuse/{misuse[1]}/suspend", {"until": "2026-12-01", "reason": "again"}
    )
    assert "has not stood for 14 days" in text_of(early)
    page = follow(client, client.post(f"/misuse/{misuse[1]}/end", {"reason": "It was heeded."}))
    assert "/suspend" not in page
    assert "<script>alert" not in client.get("/misuse").content.decode()


def test_nobody_is_warned_whose_figures_do_not_reach_what_is_settled(site: Site) -> None:
    row, client = filed(site), site.client("appeals")
    sent = {"advertiser": row.advertiser, "gravity": "x", "intention": "x", "reason": "x"}
    refused = client.post("/misuse/warn", sent)
    assert refused.status_code == 422
    assert "0 appeals were manifestly unfounded" in text_of(refused)


def test_misuse_is_no_page_of_members_and_of_no_unknown_advertiser(site: Site) -> None:
    owner = often(site)
    sent = {"advertiser": owner, "gravity": "x", "intention": "x", "reason": "x"}
    member, reviewer = site.client("member"), site.client("reviewer")
    assert member.get("/misuse").status_code == member.post("/misuse/warn", sent).status_code == 404
    assert reviewer.post("/misuse/warn", sent).status_code == 404
    assert "/misuse/warn" not in text_of(reviewer.get(f"/misuse?advertiser={owner}"))
    page = text_of(site.client("appeals").get("/misuse?advertiser=nobody"))
    assert "There is no advertiser of this ID." in page
    person = site.people["reviewer"].id
    assert "There is no advertiser" in text_of(site.client("appeals").get(f"/misuse?advertiser={person}"))
