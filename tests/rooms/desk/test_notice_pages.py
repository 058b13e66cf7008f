"""Pages of notices: who sees which, the letter as it was sent, its files, opened once, sent again, corrected."""

from dataclasses import replace

from adjudge.institution.binding.following import Following
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.making import make_owed
from adjudge.ledger.verify_receipt import verify_receipt
from adjudge.records.rows import DeliveryState, NoticeRow, Purpose
from adjudge.records.shelf import DELIVERIES, NOTICES, SUBJECTS
from tests.rooms.desk.hearings import filed, issued, notices
from tests.rooms.desk.test_pages import follow, main_of, text_of
from tests.sites import Site


def first(site: Site) -> NoticeRow:
    issued(site)
    return notices(site)[0]


def test_a_member_reads_its_notice_as_it_was_sent_and_that_it_did_is_noted_once(site: Site) -> None:
    row = first(site)
    client = site.client("member")
    assert "not read yet" in text_of(client.get("/notices"))
    before = site.size
    page = text_of(client.get(f"/notices/{row.id}"))
    assert '<article class="letter"' in page
    assert "What happened" in page
    client.get(f"/notices/{row.id}")
    assert site.size == before + 1
    assert notices(site)[0].opened_at is not None
    assert 'class="unread"' not in text_of(client.get("/notices"))
    assert "Deliveries" not in page
    assert "/resend" not in page


def test_staff_opening_a_notice_notes_nothing(site: Site) -> None:
    row, before = first(site), site.size
    page = text_of(site.client("appeals").get(f"/notices/{row.id}"))
    assert "not read on the page yet" in page
    assert page.count("on the page") > 1  # the delivery, beside what is not read yet
    assert site.size == before
    assert notices(site)[0].opened_at is None


def test_the_files_are_the_bytes_that_were_sent(site: Site) -> None:
    row, client = first(site), site.client("member")
    for ending, media in (("pdf", "application/pdf"), ("txt", "text/plain"), ("html", "text/html")):
        file = client.get(f"/notices/{row.id}/file.{ending}")
        assert file.status_code == 200
        assert file["Content-Disposition"] == f'attachment; filename="notice-{row.id}.{ending}"'
        assert "sandbox" in file["Content-Security-Policy"]
        assert file.content == site.house.blobs.get(row.forms[media])
    assert client.get(f"/notices/{row.id}/file.exe").status_code == 404


def test_the_receipt_of_a_notice_verifies(site: Site) -> None:
    row = first(site)
    file = site.client("member").get(f"/notices/{row.id}/receipt")
    assert verify_receipt(file.content).is_verified


def test_a_letter_that_would_be_written_otherwise_now_is_shown_as_it_was_sent(site: Site) -> None:
    row = first(site)
    with site.house.records.writing() as records:
        owner = records.get(SUBJECTS, row.advertiser)
        assert owner is not None
        records.put(SUBJECTS, replace(owner, content={**owner.content, "title": {"en": "Renamed since"}}))
    page = main_of(site.client("member").get(f"/notices/{row.id}"))
    assert '<article class="letter"' not in page
    assert '<div class="statement"' in page
    assert "What happened" in page
    assert "Renamed since" not in page


def test_a_notice_of_another_is_answered_like_one_that_is_not_there(site: Site) -> None:
    row = first(site)
    with site.house.records.writing() as records:
        records.put(NOTICES, replace(row, id="N-900000-1", advertiser="somebody-else"))
    client = site.client("member")
    for address in ("", "/file.pdf", "/receipt"):
        one, other = client.get(f"/notices/N-900000-1{address}"), client.get(f"/notices/N-000000-1{address}")
        assert one.status_code == other.status_code == 404
        assert main_of(one) == main_of(other)
    assert "N-900000-1" not in text_of(client.get("/notices"))
    assert "N-900000-1" not in text_of(client.get("/notices?advertiser=somebody-else"))
    assert "N-900000-1" in text_of(site.client("appeals").get("/notices?advertiser=somebody-else"))


def test_what_is_owed_is_listed_for_staff_alone(site: Site) -> None:
    row = first(site)
    with site.house.records.writing() as records:
        Following(records, row.owed_at).owe(Purpose.REMINDER, row.advertiser, row.about)
    owed = next(item for item in notices(site) if item.made_at is None)
    assert owed.id in text_of(site.client("appeals").get("/notices?part=owed"))
    assert "within a minute" in text_of(site.client("appeals").get(f"/notices/{owed.id}"))
    assert owed.id not in text_of(site.client("member").get("/notices"))
    assert site.client("member").get(f"/notices/{owed.id}").status_code == 404


def test_what_was_not_delivered_is_found_and_sent_again_with_reasons(site: Site) -> None:
    row = first(site)
    settle_contact(
        site.house,
        site.actor("member"),
        row.advertiser,
        language="en",
        emails=["a@example.org"],
        reason="mail",
    )
    client = site.client("appeals")
    assert client.post(f"/notices/{row.id}/resend", {"reason": " "}).status_code == 422
    page = follow(client, client.post(f"/notices/{row.id}/resend", {"reason": "They say that it is lost."}))
    assert "a@example.org" in page
    with site.house.records.writing() as records:
        sent = next(item for item in records.find(DELIVERIES, notice=row.id) if item.address)
        records.put(DELIVERIES, replace(sent, state=DeliveryState.FAILED, last_error="550 <b>no</b>"))
    failed = client.get(f"/notices/{row.id}")
    assert "550 <b>no</b>" in text_of(failed)
    assert "<b>no</b>" not in failed.content.decode()
    listed = text_of(client.get("/notices?part=failed"))
    assert row.id in listed
    assert 'not delivered <span class="count">1</span>' in listed
    assert site.client("member").post(f"/notices/{row.id}/resend", {"reason": "x"}).status_code == 404
    assert "a@example.org" not in text_of(site.client("member").get(f"/notices/{row.id}"))


def test_a_correction_takes_the_place_of_a_notice_and_says_so_on_it(site: Site) -> None:
    row, client = first(site), site.client("appeals")
    follow(client, client.post(f"/notices/{row.id}/correct", {"reason": "The day was wrong."}))
    refused = client.post(f"/notices/{row.id}/correct", {"reason": "again"})
    assert refused.status_code == 409
    make_owed(site.house)
    later = next(item for item in notices(site) if item.purpose is Purpose.CORRECTION)
    page = text_of(site.client("member").get(f"/notices/{row.id}"))
    assert "It is replaced by a later notice" in page
    assert f"/notices/{later.id}" in page
    assert "The day was wrong." in text_of(site.client("member").get(f"/notices/{later.id}"))


def test_what_is_not_read_stands_beside_the_name_of_the_page(site: Site) -> None:
    first(site)
    client = site.client("member")
    assert re_badge(text_of(client.get("/appeals"))) == "1"
    client.get(f"/notices/{notices(site)[0].id}")
    assert re_badge(text_of(client.get("/appeals"))) == ""


def re_badge(page: str) -> str:
    return page.split('class="badge">')[1].split("<", maxsplit=1)[0] if 'class="badge">' in page else ""


def test_long_lists_of_notices_have_pages_and_true_counts(site: Site) -> None:
    row = first(site)
    with site.house.records.writing() as records:
        records.put_all(NOTICES, [replace(row, id=f"N-8{number:05d}-1") for number in range(60)])
    client = site.client("member")
    page = text_of(client.get("/notices"))
    assert page.count('class="case-title"') == 50
    assert 'all <span class="count">61</span>' in page
    assert text_of(client.get("/notices?part=all&page=2")).count('class="case-title"') == 11
    assert client.get("/notices?page=99999999999&part=nothing").status_code == 200


def test_who_may_not_read_matters_reads_no_notices(site: Site) -> None:
    row = first(site)
    for name in ("author", "publisher", "administrator"):
        client = site.client(name)
        assert client.get("/notices").status_code == client.get(f"/notices/{row.id}").status_code == 404
        assert 'href="/notices"' not in text_of(client.get("/keys"))


def test_the_decision_leads_to_what_came_after_it(site: Site) -> None:
    row = filed(site)
    page = text_of(site.client("member").get(f"/decisions/{row.decision}"))
    for item in notices(site):
        assert f"/notices/{item.id}" in page
    assert f"/appeals/{row.id}" in page


def test_the_title_of_a_notice_is_in_the_language_of_the_page(site: Site) -> None:
    issued(site)
    (notice,) = notices(site)
    page = site.client("member", language="fr").get(f"/notices/{notice.id}").content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert notice.id in title
    assert notice.title not in title
    assert "Décision" in title
