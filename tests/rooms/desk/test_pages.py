"""What pages show and do: each act by its procedure, refusals beside the form with what was typed, texts as texts."""

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adjudge.errors import UnavailableError
from adjudge.institution import packages
from adjudge.institution.versions import package_of
from adjudge.ledger.verify_log import verify_log
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.records.rows import ClaimRow, DecisionRow
from adjudge.records.shelf import CLAIMS, DECISIONS, DOCUMENTS, KEYS, MATTERS, PEOPLE, VERSIONS
from tests.sites import Answered, Site

SUBJECT = "ad-antivirus"
HOSTILE = "<script>alert(1)</script> \u202eevil\u202c 'quoted\" 👩‍⚖️ שלום"
PROPOSAL = {
    "reason": "The determination prohibits the sale.",
    "milder": "A label would not stop a prohibited sale.",
    "rights": "Freedom to conduct a business; the ad may run elsewhere.",
}


def text_of(response: Answered) -> str:
    return unescape(response.content.decode())


def follow(client: Client, response: Answered) -> str:
    """The page to which a form led; it must have been accepted."""
    assert response.status_code == 302, text_of(response)[-3000:]
    return text_of(client.get(response["Location"]))


def proposed(site: Site, **more: str) -> DecisionRow:
    client = site.client("reviewer")
    address = f"/matters/{site.matter.id}/propose/{SUBJECT}"
    follow(client, client.post(address, {**PROPOSAL, **more}))
    with site.house.records.reading() as records:
        return records.find(DECISIONS, subject=SUBJECT)[-1]


def issued(site: Site) -> DecisionRow:
    row = proposed(site)
    second, legal, reviewer = (site.client(name) for name in ("second", "legal", "reviewer"))
    sent = {"digest": row.digest, "reason": "I have read it"}
    follow(second, second.post(f"/decisions/{row.id}/confirm", sent))
    follow(legal, legal.post(f"/decisions/{row.id}/sign", {**sent, "role": "legal"}))
    follow(reviewer, reviewer.post(f"/decisions/{row.id}/issue"))
    with site.house.records.reading() as records:
        found = records.get(DECISIONS, row.id)
    assert found is not None
    return found


# --- from a proposal to a receipt ---


def test_a_decision_goes_from_proposal_to_receipt_by_the_pages_alone(site: Site) -> None:
    row = issued(site)
    assert row.issued_at is not None
    client = site.client("reviewer")
    page = text_of(client.get(f"/decisions/{row.id}?replay=1"))
    assert "in force" in page
    assert "the same in every byte" in page
    assert "Freedom to conduct a business" in page
    file = client.get(f"/decisions/{row.id}/receipt")
    assert file["Content-Disposition"] == f'attachment; filename="receipt-{row.id}.json"'
    verified = verify_receipt(file.content)
    assert verified.is_verified
    assert row.id in text_of(client.get(f"/matters/{site.matter.id}"))


def test_what_stands_in_the_way_is_listed_and_there_is_no_button_to_issue(site: Site) -> None:
    row = proposed(site)
    page = text_of(site.client("reviewer").get(f"/decisions/{row.id}"))
    assert "the signature of a second person is missing" in page
    assert f"/decisions/{row.id}/issue" not in page
    refused = site.client("reviewer").post(f"/decisions/{row.id}/issue")
    assert refused.status_code == 422
    assert "The decision cannot be issued yet" in text_of(refused)


def test_nobody_is_offered_to_confirm_their_own(site: Site) -> None:
    row = proposed(site)
    assert "/confirm" not in text_of(site.client("reviewer").get(f"/decisions/{row.id}"))
    assert "/confirm" in text_of(site.client("second").get(f"/decisions/{row.id}"))
    sent = {"digest": row.digest, "reason": "x"}
    assert site.client("reviewer").post(f"/decisions/{row.id}/confirm", sent).status_code == 404


def test_a_refused_proposal_keeps_what_was_typed_and_says_what_is_missing(site: Site) -> None:
    before = site.size
    client = site.client("reviewer")
    sent = {"reason": HOSTILE, "milder": "", "rights": "kept too"}
    response = client.post(f"/matters/{site.matter.id}/propose/{SUBJECT}", sent)
    page = text_of(response)
    assert response.status_code == 422
    assert "does not say why no milder measure suffices" in page
    assert "kept too" in page
    assert "שלום" in page
    assert "<script>alert" not in response.content.decode()
    assert site.size == before


def test_departing_by_the_form_asks_for_reasons(site: Site) -> None:
    client = site.client("reviewer")
    address = f"/matters/{site.matter.id}/propose/{SUBJECT}"
    page = text_of(client.get(f"/matters/{site.matter.id}/proposal/{SUBJECT}"))
    assert "<title>Propose a decision: An ad that would offer the antivirus product" in page
    assert (
        'name="instead:prohibited-sale"'
        in client.get(f"/matters/{site.matter.id}/proposal/{SUBJECT}").content.decode()
    )
    sent = {**PROPOSAL, "instead:prohibited-sale": "suspend", "days:prohibited-sale": "14"}
    refused = client.post(address, sent)
    assert "departs from the outcome and does not say why" in text_of(refused)
    assert 'value="14"' in refused.content.decode()
    row = proposed(site, **{**sent, "why_departing": "Two weeks suffice here."})
    assert row.proposal["instead"] == {"prohibited-sale": {"kind": "suspend", "days": "14"}}
    assert "Two weeks suffice here." in text_of(client.get(f"/decisions/{row.id}"))


@pytest.mark.parametrize("days", ["", "x", "-3", "1.5", "9" * 40])
def test_days_that_are_none_are_refused(site: Site, days: str) -> None:
    sent = {**PROPOSAL, "instead:prohibited-sale": "suspend", "days:prohibited-sale": days}
    refused = site.client("reviewer").post(f"/matters/{site.matter.id}/propose/{SUBJECT}", sent)
    assert refused.status_code == 422
    assert "the number of days is not a whole number" in text_of(refused).lower()


def test_a_proposal_is_returned_with_reasons(site: Site) -> None:
    row = proposed(site)
    client = site.client("second")
    assert client.post(f"/decisions/{row.id}/return", {"reason": " "}).status_code == 422
    page = follow(client, client.post(f"/decisions/{row.id}/return", {"reason": "Not enough."}))
    assert "Not enough." in page


def test_confirming_what_was_not_read_is_a_conflict_told_on_the_page(site: Site) -> None:
    row = proposed(site)
    sent = {"digest": "sha256:" + "0" * 64, "reason": "read"}
    refused = site.client("second").post(f"/decisions/{row.id}/confirm", sent)
    assert refused.status_code == 409
    assert "What you have read is not what is proposed now" in text_of(refused)


# --- what is decided, before what is found ---


def test_a_subject_that_is_decided_is_headed_by_the_decision(site: Site) -> None:
    client = site.client("reviewer")
    address = f"/matters/{site.matter.id}"
    assert "Decided:" not in text_of(client.get(address))
    row = issued(site)
    page = text_of(client.get(address))
    line = "Decided: exclude (United States only), since 1 November 2026"
    assert page.index(line) < page.index(f"<code>{row.id}</code>") < page.index("What is found now")
    assert "as decided" in page
    assert "not what is decided" not in page
    assert page.count(line) == 1
    sheet = text_of(client.get(f"{address}/sheet/{row.subject}"))
    assert sheet.index(f"<code>{row.id}</code>") < sheet.index("What is found now")
    member = text_of(site.client("member").get(address))
    assert line in member
    before = text_of(
        client.get(f"{address}?valid=2026-11-01&known=2026-11-01")
    )  # 00:00: it was not issued yet
    assert "Decided:" not in before
    french = text_of(site.client("reviewer", language="fr").get(address))
    assert "Décidé" in french


def test_what_is_found_since_is_marked_where_it_departs_from_the_decision(site: Site) -> None:
    client = site.client("reviewer")
    row = issued(site)
    for claim in row.grounds:
        follow(client, client.post(f"/matters/{site.matter.id}/withdraw/{claim}", {"reason": "mistaken"}))
    page = text_of(client.get(f"/matters/{site.matter.id}"))
    assert "Decided: exclude (United States only), since 1 November 2026" in page
    assert '<span class="tag tag-departs">not what is decided</span>' in page
    assert "The decision stands until somebody decides anew." in page


def test_a_decision_of_a_matter_before_is_in_force_still(site: Site) -> None:
    client = site.client("reviewer")
    row, old = issued(site), site.matter
    sent = {"reason": "nothing left", "seen": str(old.seen)}
    follow(client, client.post(f"/matters/{old.id}/close", sent))
    sent = {"advertiser": old.advertiser, "policy": old.policy, "reason": "something else", "territory": ""}
    response = client.post("/matters/open", sent)
    page = text_of(client.get(response["Location"]))
    assert response["Location"] != f"/matters/{old.id}"
    assert "Decided: exclude" in page
    assert f"/decisions/{row.id}" in page


def test_reasons_that_are_ours_are_told_in_the_readers_language(site: Site) -> None:
    client, french = site.client("reviewer"), site.client("reviewer", language="fr")
    address = f"/matters/{site.matter.id}"
    assert "The case kaspersky-2018 was brought in." in text_of(client.get(address))
    assert "was brought in" not in text_of(french.get(address))
    row = issued(site)
    claim = row.grounds[0]
    follow(client, client.post(f"{address}/withdraw/{claim}", {"reason": "mistaken, as said"}))
    english, told = text_of(client.get(address)), text_of(french.get(address))
    assert f"{row.id}: claims fell away: {claim}" in english
    assert "claims fell away" not in told
    assert row.id in told
    sent = {"reason": "what a person wrote", "seen": str(site.matter.seen)}
    follow(client, client.post(f"{address}/close", sent))
    assert "What a person wrote." in text_of(french.get(address))


# --- a matter ---


def claim_of(site: Site) -> ClaimRow:
    with site.house.records.reading() as records:
        return next(row for row in records.find(CLAIMS) if row.weight > 1)


def test_two_who_change_a_matter_at_once_are_told_what_the_other_did(site: Site) -> None:
    matter = site.matter
    address = f"/matters/{matter.id}/assign"
    sent = {"person": site.people["other"].id, "reason": "knows the field", "seen": str(matter.seen)}
    first = site.client("reviewer")
    follow(first, first.post(address, sent))
    refused = site.client("other").post(address, sent)
    assert refused.status_code == 409
    assert "The matter was changed meanwhile: matter:assigned" in text_of(refused)
    assert "knows the field" in text_of(refused)


def test_a_matter_is_closed_and_reopened_with_reasons(site: Site) -> None:
    client, matter = site.client("reviewer"), site.matter
    sent = {"reason": "nothing left", "seen": str(matter.seen)}
    assert "nothing left" in follow(client, client.post(f"/matters/{matter.id}/close", sent)).lower()
    assert site.matter.state.value == "closed"
    assert "Nothing here is as you have asked for it." in text_of(client.get("/matters?state=open"))
    sent = {"reason": "something new", "seen": str(site.matter.seen)}
    follow(client, client.post(f"/matters/{matter.id}/reopen", sent))
    assert site.matter.state.value == "reopened"


def test_a_claim_is_discounted_and_never_raised(site: Site) -> None:
    client, row = site.client("reviewer"), claim_of(site)
    address = f"/matters/{site.matter.id}/discount/{row.id}"
    raised = client.post(address, {"weight": str(row.weight), "reason": "kept reason"})
    assert raised.status_code == 422
    assert "can only be lowered" in text_of(raised)
    assert "kept reason" in text_of(raised)
    page = follow(client, client.post(address, {"weight": "1", "reason": "it is hearsay"}))
    assert "it is hearsay" in page
    with site.house.records.reading() as records:
        assert [item.weight for item in records.find(CLAIMS) if item.replaces == row.id] == [1]


def test_a_claim_is_withdrawn_and_an_earlier_day_still_shows_it(site: Site) -> None:
    client, row = site.client("reviewer"), claim_of(site)
    shown = f"<code>{row.id}</code>"
    follow(client, client.post(f"/matters/{site.matter.id}/withdraw/{row.id}", {"reason": "mistaken"}))
    pages = [f"/matters/{site.matter.id}?claims={n}" for n in (1, 2)]
    assert not any(f'withdraw/{row.id}"' in text_of(client.get(page)) for page in pages)
    day = "2026-11-01"  # 00:00 UTC: before it was withdrawn
    earlier = "".join(text_of(client.get(f"{page}&valid={day}&known={day}")) for page in pages)
    assert shown in earlier


def test_a_day_before_any_version_is_told_beside_the_question(site: Site) -> None:
    response = site.client("reviewer").get(f"/matters/{site.matter.id}?valid=2018-01-01&known=1999-01-01")
    assert response.status_code == 422
    assert "no version of" in text_of(response).lower()
    assert 'value="1999-01-01"' in response.content.decode()


@pytest.mark.parametrize("day", ["never", "2026-13-40", "<b>", "9" * 400])
def test_what_is_no_day_is_told_beside_the_question(site: Site, day: str) -> None:
    response = site.client("reviewer").get(f"/matters/{site.matter.id}", {"valid": day, "known": day})
    assert response.status_code == 422
    assert "The day is no day" in text_of(response)
    assert "<b>" not in response.content.decode().split('role="alert"')[1]


def test_a_matter_is_evaluated_on_record(site: Site) -> None:
    client, before = site.client("reviewer"), site.size
    follow(client, client.post(f"/matters/{site.matter.id}/evaluate"))
    assert site.size == before + 1


def test_a_document_is_received_and_comes_back_as_a_file_to_save(site: Site) -> None:
    client = site.client("reviewer")
    content = b"<script>alert(1)</script> plain text"
    response = client.post(
        f"/matters/{site.matter.id}/documents", described(content, "../../étc/pass\u202ewd.txt")
    )
    page = follow(client, response)
    assert HOSTILE.split(" ", maxsplit=1)[0] in page  # as text: it was unescaped here
    with site.house.records.reading() as records:
        row = next(item for item in records.find(DOCUMENTS) if item.blob)
    assert row.file_name == "passwd.txt"
    file = client.get(f"/documents/{row.id}")
    assert file.content == content
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Type"] == "text/plain"
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert site.client("author").get(f"/documents/{row.id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "There is nothing in this file"),
        (b"PK\x03\x04 a zip bomb", "neither a PDF"),
        (b"x" * 200_001, "more than 200,000 bytes"),
        (b"\xff\xfe\x00", "neither a PDF"),
    ],
)
def test_a_file_that_is_not_taken_is_refused_with_what_was_typed_kept(
    site: Site, content: bytes, told: str
) -> None:
    before = site.size
    response = site.client("reviewer").post(
        f"/matters/{site.matter.id}/documents", described(content, "a.pdf")
    )
    assert response.status_code == 422
    assert told in text_of(response)
    assert "somebody" in text_of(response)
    assert site.size == before


def described(content: bytes, name: str) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile(name, content),
        "title": HOSTILE,
        "publisher": "somebody",
        "kind": "question",
        "language": "en",
        "status": "primary",
        "summary": "",
        "published": "2026-10-01",
    }


def test_a_matter_is_opened_and_an_open_one_is_not_opened_twice(site: Site) -> None:
    client = site.client("reviewer")
    sent = {"advertiser": site.matter.advertiser, "policy": site.matter.policy, "reason": "again"}
    refused = client.post("/matters/open", sent)
    assert refused.status_code == 409
    assert "of this advertiser is open" in text_of(refused)


def test_counts_are_true_and_pages_go_on(site: Site) -> None:
    from dataclasses import replace

    with site.house.records.writing() as records:
        for number in range(60):
            records.put(MATTERS, replace(site.matter, id=f"M-9{number:05d}", advertiser=f"other-{number}"))
    client = site.client("reviewer")
    page = text_of(client.get("/matters"))
    assert re.search(r'all <span class="count">61</span>', page)
    assert page.count('class="case-title"') == 50
    following = re.search(r'href="(/matters\?after=[^"]+)" rel="next"', page)
    assert following is not None
    later = text_of(client.get(following[1]))
    assert later.count('class="case-title"') == 11
    before = re.search(r'href="(/matters\?before=[^"]+)" rel="prev"', later)
    assert before is not None
    assert text_of(client.get(before[1])).count('class="case-title"') == 50


# --- members ---


def test_a_member_sees_its_own_matter_and_no_other_and_nothing_to_do(site: Site) -> None:
    from dataclasses import replace

    with site.house.records.writing() as records:
        records.put(MATTERS, replace(site.matter, id="M-900000", advertiser="somebody-else"))
    row = proposed(site)
    client = site.client("member")
    assert text_of(client.get("/matters")).count('class="case-title"') == 1
    page = client.get(f"/matters/{site.matter.id}")
    assert page.status_code == 200
    assert 'class="sheet-form"' not in text_of(page)
    assert row.id not in text_of(page)
    assert client.get("/matters/M-900000").status_code == 404
    assert client.get(f"/decisions/{row.id}").status_code == 404


def test_a_missing_right_is_answered_like_a_missing_object(site: Site) -> None:
    client = site.client("author")
    one, other = client.get(f"/matters/{site.matter.id}"), client.get("/matters/M-999999")
    assert one.status_code == other.status_code == 404
    assert main_of(one) == main_of(other) == main_of(client.get("/no/such/page"))


def main_of(response: Answered) -> str:
    return text_of(response).split("<main")[1].split("</main>")[0]


# --- people, keys, policies, the institution, the log ---


def test_an_invitation_is_shown_once_and_works(site: Site) -> None:
    client = site.client("administrator")
    sent = {"name": HOSTILE, "email": "new@example.org", "roles": ["reviewer", "legal"]}
    response = client.post("/people/invite", sent)
    link = re.search(r"http://localhost(/join/[0-9a-f]+)", text_of(response))
    assert link is not None
    assert "<script>alert" not in response.content.decode()
    assert "\u202e" not in text_of(response)
    assert "/join/" not in text_of(client.get("/people"))
    assert site.client().get(link[1]).status_code == 200


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": "N", "email": "not an address", "roles": ["reviewer"]}, "no e-mail address"),
        ({"name": "N", "email": "n@example.org"}, "needs a role"),
        ({"name": "N", "email": "n@example.org", "roles": ["member"]}, "belongs to one advertiser"),
        ({"name": "N", "email": "n@example.org", "roles": ["service"]}, "needs a role"),
        ({"name": " ", "email": "n@example.org", "roles": ["legal"]}, "is missing"),
        ({"name": "N", "email": "reviewer@example.org", "roles": ["legal"]}, "has this address already"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_form(
    site: Site, sent: dict[str, object], told: str
) -> None:
    response = site.client("administrator").post("/people/invite", sent)
    assert response.status_code == 422
    assert told in text_of(response)
    assert f'value="{sent["email"]}"' in text_of(response)


def test_roles_are_changed_and_people_shut_out_but_not_the_last_administrator(site: Site) -> None:
    client, other = site.client("administrator"), site.people["other"]
    sent = {"roles": ["legal"], "reason": "moves on"}
    follow(client, client.post(f"/people/{other.id}/roles", sent))
    follow(client, client.post(f"/people/{other.id}/out", {"reason": "leaves"}))
    with site.house.records.reading() as records:
        person = records.get(PEOPLE, other.id)
    assert person is not None
    assert (person.roles, person.active) == (("legal",), False)
    own = site.people["administrator"].id
    refused = client.post(f"/people/{own}/out", {"reason": "leaves"})
    assert "nobody would be left" in text_of(refused).lower()


def test_keys_are_made_shown_once_and_revoked(site: Site) -> None:
    client = site.client("administrator")
    made = client.post("/people/keys", {"name": "importer", "acts": ["claim.record"]})
    secret = re.search(r'class="secret">([0-9a-f]+)<', text_of(made))
    assert secret is not None
    assert secret[1] not in text_of(client.get("/people"))
    with site.house.records.reading() as records:
        key = records.find(KEYS)[0]
    follow(client, client.post(f"/people/keys/{key.id}/revoke", {"reason": "lost"}))
    assert "revoked" in text_of(client.get("/people"))
    assert client.post("/people/keys", {"name": "nothing"}).status_code == 422


def test_a_key_of_ones_own_acts_as_oneself(site: Site) -> None:
    from adjudge.institution.staff.keys import key_actor

    client = site.client("reviewer")
    made = client.post("/keys", {"name": "laptop", "expires": "2027-01-01"})
    secret = re.search(r'class="secret">([0-9a-f]+)<', text_of(made))
    assert secret is not None
    assert key_actor(site.house, secret[1]).person == site.people["reviewer"].id
    assert client.post("/keys", {"name": "laptop", "expires": "1999-01-01"}).status_code == 422
    assert client.post("/keys", {"name": "laptop", "expires": "soon"}).status_code == 422


def test_a_version_is_shown_with_its_words_and_rolled_back(site: Site) -> None:
    client = site.client("publisher")
    with site.house.records.reading() as records:
        row = next(item for item in records.find(VERSIONS) if item.state.value == "in_force")
    page = text_of(client.get(f"/policies/{row.id}"))
    assert row.id in page
    assert "prohibited-sale" in page
    assert row.version in text_of(client.get("/policies"))
    follow(client, client.post(f"/policies/{row.id}/roll-back", {"reason": "a mistake in it"}))
    with site.house.records.reading() as records:
        found = records.get(VERSIONS, row.id)
    assert found is not None
    assert found.state.value == "rolled_back"
    assert "/roll-back" not in text_of(site.client("reviewer").get(f"/policies/{row.id}"))


def test_a_policy_with_many_versions_shows_its_newest_ones_and_leads_to_all(site: Site) -> None:
    with site.house.records.writing() as records:
        model = records.find(VERSIONS)[0]
        several = [replace(model, id=f"sha256:{number:064d}", version=f"0.{number}") for number in range(60)]
        records.put_all(VERSIONS, several)
        total = records.count(VERSIONS, policy=model.policy)
    client, policy = site.client("publisher"), model.policy
    page = client.get("/policies").content.decode()
    assert page.count('href="/policies/sha256') == 5
    assert f'href="/policies?policy={policy}"' in page
    first = client.get(f"/policies?policy={policy}").content.decode()
    rest = client.get(f"/policies?policy={policy}&page=2").content.decode()
    assert (first.count('href="/policies/sha256'), rest.count('href="/policies/sha256')) == (50, total - 50)
    assert "There are no policies yet." in client.get("/policies?policy=nothing").content.decode()


def draft_of(site: Site) -> str:
    """A version in which one rule has another title, handed in; its digest."""
    from dataclasses import replace

    with site.house.records.reading() as records:
        row = next(item for item in records.find(VERSIONS) if item.state.value == "in_force")
    package = package_of(row.text)
    other = replace(package, version="draft-1", rules=package.rules[1:])
    return packages.draft(site.house, site.actor("author"), other, "one rule less").id


def test_a_version_is_rejected_with_reasons_and_offered_to_nobody_else(site: Site) -> None:
    digest, client = draft_of(site), site.client("publisher")
    assert "/reject" not in text_of(site.client("author").get(f"/policies/{digest}"))
    assert site.client("author").post(f"/policies/{digest}/reject", {"reason": "x"}).status_code == 404
    assert client.post(f"/policies/{digest}/reject", {"reason": " "}).status_code == 422
    page = follow(client, client.post(f"/policies/{digest}/reject", {"reason": f"vague {HOSTILE}"}))
    assert "Rejected because:</strong> vague" in page
    assert "<script>alert" not in client.get(f"/policies/{digest}").content.decode()
    assert f"/policies/{digest}/approve" not in page
    assert draft_of(site) == digest  # handed in again
    assert "Rejected because" not in text_of(client.get(f"/policies/{digest}"))


def test_a_member_reads_the_policies_in_force_and_no_draft(site: Site) -> None:
    digest, client = draft_of(site), site.client("member")
    page = text_of(client.get("/policies"))
    assert "draft-1" not in page
    assert "in force" in page
    assert "Drafted" not in page
    assert 'href="/policies"' in text_of(client.get("/matters"))
    assert client.get(f"/policies/{digest}").status_code == 404
    with site.house.records.reading() as records:
        row = next(item for item in records.find(VERSIONS) if item.state.value == "in_force")
    shown = text_of(client.get(f"/policies/{row.id}"))
    assert "prohibited-sale" in shown
    assert "Approved by" not in shown
    assert 'class="sheet-form"' not in shown


def test_a_lost_key_is_revoked_on_ones_own_page(site: Site) -> None:
    client = site.client("reviewer")
    client.post("/keys", {"name": "laptop"})
    with site.house.records.reading() as records:
        key = records.find(KEYS, person=site.people["reviewer"].id)[0]
    assert f"/keys/{key.id}/revoke" in text_of(client.get("/keys"))
    assert site.client("legal").post(f"/keys/{key.id}/revoke", {"reason": "x"}).status_code == 404
    refused = client.post(f"/keys/{key.id}/revoke", {"reason": ""})
    assert refused.status_code == 422
    page = follow(client, client.post(f"/keys/{key.id}/revoke", {"reason": "left in a train"}))
    assert "The key is revoked." in page
    assert f"/keys/{key.id}/revoke" not in page


def test_the_platform_is_settled_and_what_is_no_address_is_refused(site: Site) -> None:
    client = site.client("administrator")
    sent = {
        "platform-en": "New name",
        "platform-fr": "Nouveau nom",
        "complaint": "https://platform.example/complain",
        "settlement": "https://platform.example/settle",
        "review-en": "By people.",
        "languages": ["en", "fr"],
        "reason": "a new name",
    }
    assert 'value="New name"' in follow(client, client.post("/institution", sent))
    refused = client.post("/institution", {**sent, "complaint": "javascript:alert(1)"})
    assert refused.status_code == 422
    assert 'value="javascript:alert(1)"' in text_of(refused)
    assert client.post("/institution", {**sent, "languages": []}).status_code == 422


def test_the_log_is_signed_paged_and_downloaded(site: Site) -> None:
    client = site.client("auditor")
    page = follow(client, client.post("/log/checkpoint"))
    assert f"adjudge.test\n{site.size}\n" in page
    file = client.get("/log/file")
    whole = b"".join(file)
    assert verify_log(BytesIO(whole)).is_verified
    assert file["Content-Disposition"] == 'attachment; filename="log.jsonl"'
    bare = b"".join(client.get("/log/file?parts=no"))
    assert verify_log(BytesIO(bare)).is_verified
    assert b"reviewer@example.org" in whole
    assert b"reviewer@example.org" not in bare
    assert text_of(client.get("/log?before=2")).count('class="seq"') == 2


# --- when things fail ---


def test_records_that_do_not_answer_are_told_as_such(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client("reviewer")

    def away(*_: object, **__: object) -> None:
        raise UnavailableError("the database does not answer", hint="try again")

    monkeypatch.setattr("adjudge.desk.queue.matters.queue_page", away)
    response = client.get("/matters")
    assert response.status_code == 503
    assert "The database does not answer" in text_of(response)


def test_a_fault_of_ours_is_told_without_its_insides(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client("reviewer")
    client.raise_request_exception = False

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr("adjudge.desk.queue.matters.queue_page", broken)
    response = client.get("/matters")
    assert response.status_code == 500
    assert "it is our fault" in text_of(response)
    assert "the inside of it" not in text_of(response)


@pytest.mark.parametrize(
    "address", ["/matters/%00", "/decisions/%F0%9F%91%A9", "/policies/x", "/people/P-1/out", "/%ff"]
)
def test_odd_addresses_are_answered_calmly(site: Site, address: str) -> None:
    assert site.client("administrator").get(address).status_code in {404, 405}


def test_acts_are_done_by_sending_a_form_and_never_by_following_a_link(site: Site) -> None:
    before = site.size
    client = site.client("reviewer")
    row = proposed(site)
    for address in (
        f"/matters/{site.matter.id}/evaluate",
        f"/matters/{site.matter.id}/close",
        f"/matters/{site.matter.id}/discount/{claim_of(site).id}",
        f"/decisions/{row.id}/issue",
        f"/matters/{site.matter.id}/take",
        "/matters/assign",
        "/matters/views",
    ):
        assert client.get(address).status_code == 405
    assert site.size == before + 1


def test_every_page_speaks_french(site: Site) -> None:
    client = site.client("reviewer", language="fr")
    for address in ("/matters", f"/matters/{site.matter.id}", "/policies", "/keys"):
        page = text_of(client.get(address))
        assert '<html lang="fr">' in page
        assert "Se déconnecter" in page
