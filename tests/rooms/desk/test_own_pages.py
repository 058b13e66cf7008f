"""The advertiser's own pages: coming in by a link, one form that answers, its people, its receipts."""

import logging
import re
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adjudge.basis.instant import Instant
from adjudge.desk.advertiser import arriving
from adjudge.institution.hearing.filing import withdraw
from adjudge.institution.notifying.contacts import settle_contact
from adjudge.institution.notifying.delivering import deliver_due
from adjudge.institution.notifying.making import make_owed
from adjudge.institution.notifying.reading import open_notice
from adjudge.institution.premises import occupy
from adjudge.institution.staff.people import FOUNDER, change_roles, deactivate
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, DecisionRow
from adjudge.records.shelf import APPEALS, DOCUMENTS, PEOPLE
from tests.rooms.api.test_register import reversed_on_appeal
from tests.rooms.desk.hearings import HOSTILE, appeal_of, filed, issued, notices
from tests.rooms.desk.test_pages import follow, main_of, text_of
from tests.rooms.institution.sent import Answering, post_to
from tests.sites import Site

EMAIL = "legal@kaspersky.example"
PNG = b"\x89PNG\r\n\x1a\nbytes"


def mailed(site: Site) -> tuple[DecisionRow, str]:
    """A decision of which the advertiser is told by mail; the address of the link, without its host."""
    house = site.house
    settle_contact(
        house, site.actor("member"), site.matter.advertiser, language="en", emails=[EMAIL], reason="as asked"
    )
    row, mailer = issued(site), Answering()
    make_owed(house)
    deliver_due(replace(house, address="https://p.example"), post_to(mailer))
    link = getattr(mailer.sent[0], "link", "")
    assert link.startswith("https://p.example/link/")
    return row, link.removeprefix("https://p.example")


def let_in(site: Site, link: str) -> Client:
    client = site.client()
    assert client.post(link).status_code == 302
    return client


# --- the link ---


def test_a_link_is_shown_first_and_lets_in_once_when_its_reader_says_so(site: Site) -> None:
    row, link = mailed(site)
    client = site.client()
    for _ in range(3):  # whatever opens links on the way of a mail
        looked = client.get(link)
        assert looked.status_code == 200
        assert "This link opens your page once." in text_of(looked)
    assert client.get("/").status_code == 302
    entered = client.post(link)
    assert entered["Location"] == f"/decisions/{row.id}"
    page = text_of(client.get(entered["Location"]))
    assert "does not run. Where: United States only." in page
    assert "Reader of our letter" in page
    again = site.client().post(link)
    assert again.status_code == 410
    assert "This link was used already." in text_of(again)
    assert "by mail" in text_of(again)


def test_whoever_came_by_a_link_reads_answers_downloads_and_gets_no_further(site: Site) -> None:
    row, link = mailed(site)
    client = let_in(site, link)
    for address in (
        "/",
        "/notices",
        "/appeals",
        f"/decisions/{row.id}/receipt",
        f"/notices/{notices(site)[0].id}",
    ):
        assert client.get(address).status_code == 200, address
    assert client.get("/own-data").status_code == 200
    sent = {"kind": "appeal", "text": "It is another product."}
    page = follow(client, client.post(f"/decisions/{row.id}/answer", sent))
    assert "Your appeal is filed." in page
    assert appeal_of(site).filed_by == ""
    before = site.size
    for address in (
        "/contact",
        "/team",
        "/people",
        "/log",
        "/keys",
        "/matters/open",
        "/procedure",
        "/overview",
    ):
        assert client.get(address).status_code == 404, address
    assert (
        client.post("/contact", {"language": "en", "emails": "thief@x.example", "reason": "x"}).status_code
        == 404
    )
    assert client.post(f"/appeals/{appeal_of(site).id}/withdraw", {"reason": ""}).status_code == 404
    assert site.size == before
    assert 'action="/link/leave"' in text_of(client.get("/"))
    client.post("/link/leave")
    assert client.get("/").status_code == 302


def test_a_session_by_a_link_ends_with_the_address_and_after_some_hours(site: Site) -> None:
    _, link = mailed(site)
    client = let_in(site, link)
    assert 0 < client.session.get_expiry_age() <= 4 * 3600
    settle_contact(
        site.house, site.actor("member"), site.matter.advertiser, language="en", emails=[], reason="no mail"
    )
    assert client.get("/").status_code == 302


def test_links_of_nobody_and_of_others_are_told_alike(site: Site) -> None:
    _, link = mailed(site)
    delivery, _, secret = link.removeprefix("/link/").rpartition(".")
    seen = set()
    for token in (
        f"{delivery}.{'0' * 48}",
        f"N-999999-1-2.{secret}",
        "x",
        f"{delivery}.",
        "%00",
        "é.é",
        "a" * 900,
    ):
        page = site.client().get(f"/link/{token}")
        assert page.status_code == 404
        seen.add(re.sub(r'value="[A-Za-z0-9]{64}"|name="next" value="[^"]*"', "", main_of(page)))
        assert site.client().post(f"/link/{token}").status_code == 404
    assert len(seen) == 1


def test_asking_for_a_new_link_tells_nothing(site: Site) -> None:
    row, link = mailed(site)
    let_in(site, link)
    answers = set()
    before = site.size
    for address, reference in ((EMAIL, row.id), ("nobody@x.example", row.id), (EMAIL, "X-999999"), ("", "")):
        client = site.client()
        answer = client.post("/link", {"address": address, "reference": reference})
        assert (answer.status_code, answer["Location"]) == (302, "/link")
        answers.add(re.sub(r'value="[A-Za-z0-9]{64}"', "", text_of(client.get("/link"))))
    assert len(answers) == 1
    assert "a mail is on its way" in answers.pop()
    assert site.size == before  # it went out just now


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_its_reader_uses_a_link_up(site: Site, method: str) -> None:
    _, link = mailed(site)
    client = site.client()
    getattr(client, method)(link)
    assert "sessionid" not in client.cookies
    assert let_in(site, link).get("/").status_code == 200


def test_a_forged_form_of_another_site_uses_no_link_up(site: Site) -> None:
    _, link = mailed(site)
    forged = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    assert forged.post(link, headers={"origin": "https://evil.example"}).status_code == 403
    assert let_in(site, link).get("/").status_code == 200


def test_the_second_device_is_told_to_ask_and_the_first_stays_in(site: Site) -> None:
    row, link = mailed(site)
    first, second = let_in(site, link), site.client()
    told = second.post(link)
    assert told.status_code == 410
    assert 'name="reference"' in main_of(told)
    assert second.get("/").status_code == 302
    assert first.get(f"/decisions/{row.id}").status_code == 200


def test_a_link_still_leads_to_what_came_in_place_of_its_decision(site: Site) -> None:
    _, link = mailed(site)
    before, after = reversed_on_appeal(site)
    client = let_in(site, link)
    page = client.get("/")
    assert page.status_code == 200
    for name in (before, after):
        assert client.get(f"/decisions/{name}").status_code == 200


def test_whoever_is_shut_out_is_out_at_once_and_the_letters_link_is_the_addresss(site: Site) -> None:
    row, link = mailed(site)
    client = site.client("member")
    assert client.get(f"/decisions/{row.id}").status_code == 200
    linked = replace(site.house, address="https://p.example")
    deactivate(linked, FOUNDER, site.people["member"].id, "left the firm")
    assert client.get(f"/decisions/{row.id}").status_code in {302, 404}
    assert let_in(site, link).get(f"/decisions/{row.id}").status_code == 200


def test_no_log_and_no_answer_tells_the_secret_of_a_link(
    site: Site, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    _, link = mailed(site)
    secret, client = link.rpartition(".")[2], site.client()
    client.get(link)
    answers = [client.put(link), client.post(link), client.post(link), client.get(f"{link}0")]
    answers += [site.client().get(address) for address in ("/register", "/receipt", f"{link}/")]
    for answer in answers:
        assert secret not in repr(sorted(answer.headers.items()))
    looked = client.get(link)
    assert looked["Referrer-Policy"] == "same-origin"
    assert "no-store" in looked["Cache-Control"]
    assert "noindex" in looked.get("X-Robots-Tag", "") + looked.content.decode()
    said = "".join(repr(record.__dict__) for record in caplog.records) + "".join(capfd.readouterr())
    assert secret not in said


def test_it_takes_as_long_where_there_is_nobody(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done behind the answer is waited for by the next one on the connection: for an even time."""
    row, _ = mailed(site)
    waited: list[float] = []
    moments = count()  # each look at the clock is one second later than the one before
    monkeypatch.setattr(arriving, "EVEN", 5.0)
    monkeypatch.setattr(
        arriving, "time", SimpleNamespace(monotonic=lambda: next(moments), sleep=waited.append)
    )
    for address in (EMAIL, "nobody@x.example"):
        site.client().post("/link", {"address": address, "reference": row.id})
    assert waited == [4.0, 4.0]


def test_links_are_tried_slowly(site: Site) -> None:
    occupy(replace(site.opened, settings=replace(site.opened.settings, api_rate_of_strangers=20)))
    client = site.client()
    statuses = [client.get(f"/link/x{number}").status_code for number in range(12)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    refused = client.post("/link", {"address": EMAIL, "reference": "N-1"})
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


# --- the one form ---


def test_what_is_ticked_becomes_points_and_its_files_say_what_they_show(site: Site) -> None:
    row, client = issued(site), site.client("member")
    page = client.get(f"/decisions/{row.id}").content.decode()
    ticks = dict(re.findall(r'name="(tick-\d+)" value="([^"]*)"', page))
    assert ticks
    sent = {
        "kind": "appeal",
        "text": "First.\r\n\r\nSecond.",
        **ticks,
        "ticked-1": "yes",
        "proof-2": [SimpleUploadedFile("register.png", PNG)],
        "files": [SimpleUploadedFile("beside.png", PNG)],
    }
    page = follow(client, client.post(f"/decisions/{row.id}/answer", sent))
    appeal = appeal_of(site)
    texts = [point.text for point in appeal.points]
    assert texts[:2] == ["First.", "Second."]
    assert len(texts) == 4
    assert "What shows it: register.png." in texts[3]
    with site.house.records.reading() as records:
        shown, beside = (records.get(DOCUMENTS, key) for key in appeal.documents)
    assert shown is not None
    assert beside is not None
    assert shown.content["summary"] == {"en": ticks["tick-2"].replace("&#39;", "'").replace("&#34;", '"')}
    assert beside.content["summary"] == {}


def test_what_is_open_takes_one_word_more_by_the_same_form(site: Site) -> None:
    row, client = filed(site), site.client("member")
    page = text_of(client.get(f"/decisions/{row.decision}"))
    assert "Add something to it" in page
    assert 'value="appeal"' not in page
    sent = {"kind": "more", "appeal": row.id, "text": HOSTILE}
    page = follow(client, client.post(f"/decisions/{row.decision}/answer", sent))
    assert "It is sent." in page
    raw = client.get(f"/decisions/{row.decision}").content.decode()
    assert "<script>alert" not in raw
    assert "What you and we wrote" in raw


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"text": "x"}, 422, "It is not chosen what you want."),
        ({"kind": "appeal", "text": " "}, 422, "The appeal says nothing"),
        (
            {"kind": "more", "text": "x", "appeal": "A-999999"},
            409,
            "Nothing is open any more about this decision.",
        ),
        ({"kind": "appeal", "text": "x", "tick-1": "y" * 3_000}, 422, "has more than 2,000 characters"),
        ({"kind": "appeal", "text": "x" * 2_000_000}, 422, "characters"),
    ],
)
def test_what_cannot_be_sent_is_refused_beside_the_form(
    site: Site, sent: dict[str, str], status: int, told: str
) -> None:
    row, client = issued(site), site.client("member")
    before = site.size
    refused = client.post(f"/decisions/{row.id}/answer", sent)
    assert refused.status_code in {status, 400, 413}
    assert told in text_of(refused) or refused.status_code in {400, 413}
    assert site.size == before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"kind": "appeal", "text": "Too late."}, "could be appealed until"),
        ({"kind": "more", "text": "x" * 30_000}, "characters"),
        ({"kind": "more", "text": "Over."}, "Nothing is open any more"),
    ],
)
def test_of_what_is_refused_no_file_stays(site: Site, sent: dict[str, str], told: str) -> None:
    client = site.client("member")
    if sent["kind"] == "more":
        appeal = filed(site)
        sent, decision = {**sent, "appeal": appeal.id}, appeal.decision
        if "Over" in sent["text"]:
            withdraw(site.house, site.actor("member"), appeal.id, "we agree")
    else:
        decision = issued(site).id
    if "late" in sent["text"]:
        make_owed(site.house)
        for notice in notices(site):
            open_notice(site.house, site.actor("member"), notice.id)
        now = site.house.clock().nanos + 400 * 86_400 * 1_000_000_000
        occupy(replace(site.opened, house=replace(site.house, clock=lambda: Instant(now))))
    size = site.size
    files = {"files": SimpleUploadedFile("beside.png", PNG), "proof-1": SimpleUploadedFile("a.png", PNG)}
    refused = client.post(f"/decisions/{decision}/answer", {**sent, "tick-1": "Look.", **files})
    assert refused.status_code in {409, 422}
    assert told in text_of(refused)
    assert site.size == size
    with site.house.records.reading() as records:
        assert not [row for row in records.find(DOCUMENTS) if row.file_name]


def test_what_is_too_large_is_refused_in_words_that_help(site: Site) -> None:
    row = issued(site)
    client = site.client("member", language="fr")
    files = [SimpleUploadedFile(f"{number}.png", PNG + b"x" * 199_000) for number in range(7)]
    refused = client.post(f"/decisions/{row.id}/answer", {"kind": "appeal", "text": "x", "files": files})
    assert refused.status_code == 413
    page = text_of(refused)
    assert '<html lang="fr">' in page
    assert "dépasse ce que cette page accepte" in page
    with site.house.records.reading() as records:
        assert records.count(APPEALS) == 0


def test_a_reader_is_told_that_somebody_else_answers(site: Site) -> None:
    row = issued(site)
    own = site.matter.advertiser
    settle_contact(site.house, site.actor("member"), own, language="en", emails=[EMAIL], reason="as asked")
    reader = site.people["member"].id
    change_roles(
        replace(site.house, address="https://p.example"),
        FOUNDER,
        reader,
        [Role.READER],
        reason="reads only",
        advertiser=own,
    )
    client = site.client("member")
    page = text_of(client.get(f"/decisions/{row.id}"))
    assert "Somebody else of your company answers us." in page
    assert 'value="appeal"' not in page
    assert client.post(f"/decisions/{row.id}/answer", {"kind": "appeal", "text": "x"}).status_code == 404


def test_another_advertisers_page_is_not_there(site: Site) -> None:
    row = issued(site)
    assert site.client("member").get("/decisions/X-999999").status_code == 404
    assert site.client("reviewer").post(f"/decisions/{row.id}/answer", {"kind": "appeal"}).status_code == 404


def test_a_question_takes_no_words(site: Site) -> None:
    row, client = issued(site), site.client("member")
    follow(client, client.post(f"/decisions/{row.id}/answer", {"kind": "reasons", "text": ""}))
    assert appeal_of(site).kind is AppealKind.REASONS
    page = text_of(client.get(f"/decisions/{row.id}"))
    assert "We must explain our decision" in page
    assert 'value="appeal"' in page
    assert 'value="reasons"' not in page


# --- its people ---


@pytest.fixture
def owned(site: Site) -> Site:
    """A site whose member is the owner of its advertiser's file."""
    change_roles(
        site.house,
        FOUNDER,
        site.people["member"].id,
        [Role.OWNER],
        reason="as its company asked",
        advertiser=site.matter.advertiser,
    )
    return site


def test_an_owner_invites_and_takes_out_on_a_page_of_its_own(owned: Site) -> None:
    client = owned.client("member")
    assert 'href="/team"' in text_of(client.get("/"))
    invited = client.post("/team/invite", {"name": HOSTILE, "email": "agent@k.example", "part": "reader"})
    page = text_of(invited)
    link = re.search(r'class="secret">http://localhost(/join/\w+)<', page)
    assert link is not None
    assert "<script>alert" not in invited.content.decode()
    assert "agent@k.example" in page
    assert link[1] not in text_of(client.get("/team"))
    with owned.house.records.reading() as records:
        key = records.find(PEOPLE, email="agent@k.example")[0].id
    assert client.post(f"/team/{key}/change", {"part": "member", "reason": "helps"}).status_code == 302
    assert client.post(f"/team/{key}/out", {"reason": "left"}).status_code == 302
    refused = client.post(f"/team/{owned.people['member'].id}/out", {"reason": "x"})
    assert refused.status_code == 422
    assert "nobody would be left who can act" in text_of(refused).lower()


def test_the_page_of_people_is_for_owners_alone(site: Site) -> None:
    for name in ("member", "administrator", "reviewer"):
        assert site.client(name).get("/team").status_code == 404
        assert (
            site.client(name).post("/team/invite", {"name": "x", "email": "x@x.example"}).status_code == 404
        )


# --- receipts ---


def test_anybody_checks_a_receipt_against_the_log(site: Site) -> None:
    row = issued(site)
    receipt = site.client("member").get(f"/decisions/{row.id}/receipt").content
    client = site.client()
    assert "Is this receipt real?" in text_of(client.get("/receipt"))
    for sent in (
        {"file": SimpleUploadedFile("receipt.json", receipt)},
        {"text": receipt.decode()},
        {"text": f"\r\n {receipt.decode().strip()} \r\n"},
    ):
        page = text_of(client.post("/receipt", sent))
        assert "The receipt is real, and our log holds what it says." in page
        assert row.id in page
    forged = receipt.decode().replace(row.id, "X-000001")
    assert "The receipt does not hold." in text_of(client.post("/receipt", {"text": forged}))
    for text in ("", HOSTILE, "x" * 1_100_000, "{}"):
        answer = client.post("/receipt", {"text": text})
        assert answer.status_code in {200, 422, 400}
        assert "The receipt is real" not in text_of(answer)
        assert "<script>alert" not in answer.content.decode()


def test_every_own_page_speaks_french(site: Site) -> None:
    row, link = mailed(site)
    client = site.client("member", language="fr")
    for address in ("/", f"/decisions/{row.id}", link, "/link", "/receipt"):
        page = text_of(client.get(address))
        assert '<html lang="fr">' in page
        for english in ("your page", "Your page", "receipt ", "What happens next", "works once"):
            assert english not in main_of(client.get(address)), (address, english)


# --- from a letter to the page ---


def test_an_address_of_a_letter_leads_over_sign_in_to_a_link_with_its_number(site: Site) -> None:
    row, _ = mailed(site)
    client = site.client()
    led_to = client.get(f"/decisions/{row.id}")["Location"]
    page = main_of(client.get(led_to))
    assert f'href="/link?reference={row.id}"' in page
    assert f'value="{row.id}"' in main_of(client.get(f"/link?reference={row.id}"))


@pytest.mark.parametrize(
    "wanted", ["", "/people", "//evil.example/decisions/X-1", '/decisions/X-1"><b>', "/decisions/"]
)
def test_any_other_address_puts_nothing_into_the_form(site: Site, wanted: str) -> None:
    page = main_of(site.client().get("/account/login", {"next": wanted}))
    assert 'href="/link"' in page


def test_the_page_of_a_link_says_whose_letter_it_came_with(site: Site) -> None:
    _, link = mailed(site)
    assert "Platform" in main_of(site.client().get(link))
    assert "Plateforme" in main_of(site.client(language="fr").get(link))


def test_a_point_to_tick_is_a_sentence_of_whoever_ticks_it(site: Site) -> None:
    row, link = mailed(site)
    page = main_of(let_in(site, link).get(f"/decisions/{row.id}"))
    points = re.findall(r'name="tick-\d+" value="([^"]*)"', page)
    assert points
    assert all(text.startswith(("We have changed this: ", "We can prove this: ")) for text in points)
    assert "`" not in "".join(points)
    assert all(text.endswith(".") and not text.endswith("..") for text in points)
