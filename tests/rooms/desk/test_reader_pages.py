"""The evidence reader: rights, hostile texts, passages in place, claims tried and recorded, what was typed kept."""

import html
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adjudge.institution.material.documents import Upload, expunge, receive
from adjudge.institution.reading.document import MOST_CLAIMS
from adjudge.records.rows import ClaimRow, DocumentRow
from adjudge.records.shelf import CLAIMS, DOCUMENTS
from tests.rooms.desk.test_pages import HOSTILE, follow, text_of
from tests.sites import Site

QUOTE = "the company shall not sell its antivirus to federal agencies"
TEXT = f"A first paragraph.\n\nIt is ordered that   {QUOTE.replace(' sell', chr(10) + 'sell')}.\n\nThe end."
ADVERTISER = "kaspersky-lab"
MOST_QUERIES = 45


def described(**more: object) -> dict[str, object]:
    return {
        "kind": "government_directive",
        "title": "An order",
        "publisher": "An authority",
        "language": "en",
        "precision": "unknown",
        "status": "primary",
        "sources": [],
        "summary": {"en": "An order to agencies."},
        **more,
    }


def received(site: Site, content: bytes | None = TEXT.encode(), name: str = "order.txt") -> DocumentRow:
    upload = Upload(content=content, file_name=name) if content is not None else None
    return receive(site.house, site.actor("reviewer"), ADVERTISER, described(), upload)  # type: ignore[arg-type]


def address(row: DocumentRow, part: str = "read") -> str:
    return f"/documents/{row.id}/{part}"


def typed(**more: str) -> dict[str, str]:
    return {
        "policy": "ads-standard",
        "do": "record",
        "place": QUOTE,
        "fact": "ad.product",
        "subject": "ad-antivirus",
        "stance": "asserts",
        "value": "consulting",
        "weight": "2",
        "weight_reason": "It is said in passing.",
        "origin": "an-authority",
        **more,
    }


def claims(site: Site, row: DocumentRow) -> list[ClaimRow]:
    with site.house.records.reading() as records:
        return list(records.find(CLAIMS, document=row.id))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_document_is_read_with_its_text_by_numbered_paragraphs(site: Site, language: str) -> None:
    row = received(site)
    page = text_of(site.client("reviewer", language=language).get(address(row)))
    assert 'id="p-2"' in page
    assert "The end." in page
    assert row.blob in page
    assert "Reviewer" in page
    assert 'id="claim-form"' in page


def test_members_read_their_documents_but_nothing_that_others_read_in_them(site: Site) -> None:
    row = received(site)
    assert site.client("reviewer").post(address(row, "claim"), typed()).status_code == 302
    client = site.client("member")
    page = text_of(client.get(address(row)))
    assert "antivirus to federal agencies" in page
    for word in (
        "Reviewer",
        "Claims read in it",
        "claim-form",
        "<mark>",
        "an-authority",
        "It is said in passing.",
    ):
        assert word not in page
    claim = claims(site, row)[0]
    for part, fields in (
        ("claim", typed()),
        ("claim", typed(do="try")),
        ("discount", {"claim": claim.id, "weight": "1", "reason": "x"}),
        ("withdraw", {"claim": claim.id, "reason": "x"}),
    ):
        assert client.post(address(row, part), fields).status_code == 404, part
    assert len(claims(site, row)) == 1


def test_another_advertisers_document_is_not_there_for_a_member(site: Site) -> None:
    with site.house.records.writing() as records:
        row = DocumentRow(
            id="D-900000",
            advertiser="another",
            content=described(id="D-900000"),
            received_at=site.house.clock(),
        )
        records.put(DOCUMENTS, row)
    assert site.client("member").get(address(row)).status_code == 404
    assert site.client("reviewer").get(address(row)).status_code == 200
    assert site.client().get(address(row)).status_code == 302
    assert site.client("reviewer").get("/documents/no/read").status_code == 404


def test_an_auditor_reads_and_is_offered_no_act(site: Site) -> None:
    row = received(site)
    site.client("reviewer").post(address(row, "claim"), typed())
    page = text_of(site.client("auditor").get(address(row)))
    assert "Claims read in it" in page
    assert 'id="claim-form"' not in page
    assert "/discount" not in page
    assert site.client("auditor").post(address(row, "claim"), typed()).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "p.png", "A picture cannot be shown as text"),
        (b"%PDF-1.7\n" + bytes(400), "p.pdf", "No text can be read in this file"),
        (b"<html><script>only()</script></html>", "p.html", "No text can be read in this file"),
        (None, "", "It is only described"),
    ],
)
def test_what_cannot_be_shown_as_text_is_said_and_the_file_offered(
    site: Site, content: bytes | None, name: str, word: str
) -> None:
    row = received(site, content, name)
    page = text_of(site.client("reviewer").get(address(row)))
    assert word in page
    assert "An order to agencies." in page
    assert (f'href="/documents/{row.id}"' in page) is (content is not None)


def test_what_was_expunged_is_not_shown(site: Site) -> None:
    row = received(site)
    expunge(site.house, site.actor("administrator"), row.id, "a person asked")
    page = text_of(site.client("reviewer").get(address(row)))
    assert "It was expunged." in page
    assert "federal agencies" not in page
    assert 'id="claim-form"' not in page
    assert site.client("reviewer").post(address(row, "claim"), typed()).status_code == 404


def test_hostile_texts_are_texts(site: Site) -> None:
    row = receive(
        site.house,
        site.actor("reviewer"),
        ADVERTISER,
        described(title=HOSTILE, publisher=HOSTILE, summary={"en": HOSTILE}, sources=["javascript:alert(1)"]),  # type: ignore[arg-type]
        Upload(
            content=f"{HOSTILE} is said here.\n\n</p><img src=x onerror=alert(1)>".encode(), file_name="x.txt"
        ),
    )
    answer = site.client("reviewer").post(
        address(row, "claim"), typed(do="try", place=HOSTILE, origin=HOSTILE, note=HOSTILE, value=HOSTILE)
    )
    raw = answer.content.decode()
    assert answer.status_code == 422
    assert "<script>alert" not in raw
    assert "<img" not in raw
    assert 'href="javascript:' not in raw
    assert html.escape("<script>alert(1)</script>") in raw


def test_a_passage_is_marked_where_the_claim_quotes_it_else_its_place_is_told(site: Site) -> None:
    row = received(site)
    client = site.client("reviewer")
    follow(client, client.post(address(row, "claim"), typed()))
    page = follow(client, client.post(address(row, "claim"), typed(place="second paragraph", value="vpn")))
    assert re.search(r"<mark>the company shall not\s+sell its antivirus to federal agencies</mark>", page)
    assert 'href="#claim-1" aria-label="Claim 1"' in page
    assert 'href="#p-2">Paragraph 2' in page
    assert "Place: second paragraph" in page
    assert page.count("<mark>") == 1


def test_the_fields_of_a_fact_are_shown_and_everything_typed_is_kept(site: Site) -> None:
    row = received(site)
    client = site.client("reviewer")
    fields = {
        "policy": "ads-standard",
        "do": "choose",
        "place": QUOTE,
        "fact": "advertiser.government_measures",
    }
    answer = client.post(address(row, "claim"), fields)
    page = text_of(answer)
    assert answer.status_code == 200
    assert f">\n{QUOTE}</textarea>" in page
    assert 'name="value:addressee"' in page
    assert "us_federal_agencies" in page
    assert "The platform's register of government measures" in page
    assert '<option value="4" selected>' in page
    assert "kaspersky-lab)" in page
    assert "ad-antivirus)" not in page
    assert claims(site, row) == []


def test_errors_stand_at_their_fields_and_nothing_is_lost(site: Site) -> None:
    row = received(site)
    size = site.size
    fields = typed(
        value="vpnn",
        subject="",
        weight="5",
        weight_reason="",
        origin="",
        holds_from="yesterday",
        note="A note of mine",
    )
    answer = site.client("reviewer").post(address(row, "claim"), fields)
    page = text_of(answer)
    assert answer.status_code == 422
    for name in ("value", "subject", "weight_reason", "origin", "holds_from"):
        assert f'id="wrong-{name}"' in page
        assert re.search(rf'name="{name}"[^>]*aria-invalid="true" aria-describedby="wrong-{name}', page), name
    assert 'id="wrong-weight"' not in page
    assert "Did you mean <code>vpn</code>?" in page
    assert "A note of mine" in page
    assert 'value="yesterday"' in page
    assert QUOTE in page
    assert site.size == size


def test_an_unknown_fact_is_met_with_the_nearest(site: Site) -> None:
    row = received(site)
    answer = site.client("reviewer").post(address(row, "claim"), typed(do="choose", fact="ad.produkt"))
    assert "Did you mean <code>ad.product</code>?" in text_of(answer)
    assert "The vocabulary has no fact of this name." in text_of(answer)


def test_what_a_claim_would_change_is_shown_and_nothing_is_kept(site: Site) -> None:
    row = received(site)
    size = site.size
    client = site.client("reviewer")
    answer = client.post(
        address(row, "claim"), typed(do="try", stance="denies", value="antivirus", weight="5")
    )
    page = text_of(answer)
    assert answer.status_code == 200
    assert "What it would change" in page
    assert "A measure would follow; a person must decide" in page
    assert "(for 4, against 0)" in page
    assert "(for 4, against 4)" in page
    assert 'value="denies" selected' in page
    assert site.size == size
    assert claims(site, row) == []
    nothing = client.post(
        address(row, "claim"), typed(do="try", fact="advertiser.founder_name_reported", subject=ADVERTISER)
    )
    assert "Nothing would change" in text_of(nothing)


def test_the_form_alone_comes_back_for_a_script(site: Site) -> None:
    row = received(site)
    client, asked = site.client("reviewer"), {"hx-request": "true", "hx-target": "claim"}
    page = text_of(client.post(address(row, "claim"), typed(do="try"), headers=asked))
    assert page.lstrip().startswith('<section class="claim-making" id="claim"')
    assert "What it would change" in page
    assert "The end." not in page
    refused = client.post(address(row, "claim"), typed(do="try", origin=""), headers=asked)
    assert refused.status_code == 422
    assert "<html" not in text_of(refused)


def test_a_claim_that_is_sent_twice_is_recorded_once(site: Site) -> None:
    row, client = received(site), site.client("reviewer")
    assert client.post(address(row, "claim"), typed()).status_code == 302
    size = site.size
    again = client.post(address(row, "claim"), typed())
    assert again.status_code == 409
    assert "This claim is recorded already." in text_of(again)
    assert site.size == size
    (claim,) = claims(site, row)
    client.post(address(row, "withdraw"), {"claim": claim.id, "reason": "a mistake"})
    assert client.post(address(row, "claim"), typed()).status_code == 302  # what was withdrawn can come back
    assert client.post(address(row, "claim"), typed(value="hardware")).status_code == 302


def test_a_claim_is_recorded_discounted_and_withdrawn_from_its_document(site: Site) -> None:
    row = received(site)
    client = site.client("reviewer")
    page = follow(
        client,
        client.post(address(row, "claim"), typed(weight="2", weight_reason="", holds_from="2026-01-01")),
    )
    assert "The claim is recorded." in page
    (claim,) = claims(site, row)
    assert claim.content["document"] == row.id
    assert claim.content["place"] == QUOTE
    assert claim.weight == 2
    assert "government directive" in str(claim.content["weight_reason"])
    refused = client.post(address(row, "discount"), {"claim": claim.id, "weight": "2", "reason": "hearsay"})
    assert refused.status_code == 422
    assert "a claim of weight 2 can only be lowered" in text_of(refused).lower()
    page = follow(
        client, client.post(address(row, "discount"), {"claim": claim.id, "weight": "1", "reason": "hearsay"})
    )
    assert "Discounted; in its place stands" in page
    assert "Takes the place of" in page
    second = next(item for item in claims(site, row) if item.withdrawn_at is None)
    page = follow(client, client.post(address(row, "withdraw"), {"claim": second.id, "reason": "misread"}))
    assert "Misread." in page
    assert all(item.withdrawn_at for item in claims(site, row))


def test_a_claim_of_another_document_is_not_touched_from_here(site: Site) -> None:
    first, second = received(site), received(site, name="copy.txt")
    client = site.client("reviewer")
    client.post(address(first, "claim"), typed())
    (claim,) = claims(site, first)
    fields = {"claim": claim.id, "weight": "1", "reason": "x"}
    assert client.post(address(second, "discount"), fields).status_code == 404
    assert client.post(address(second, "withdraw"), fields).status_code == 404
    assert client.get(address(first, "withdraw")).status_code == 405
    assert client.get(address(first, "claim")).status_code == 405


def test_many_valued_facts_can_be_closed(site: Site) -> None:
    row = received(site)
    client = site.client("reviewer")
    fields = typed(fact="advertiser.founder_name_reported", subject=ADVERTISER, none="yes", value="")
    follow(client, client.post(address(row, "claim"), fields))
    assert claims(site, row)[0].content["none"] is True


def test_documents_of_the_same_origin_are_listed(site: Site) -> None:
    with site.house.records.reading() as records:
        rows = records.find(CLAIMS, advertiser=ADVERTISER)
    shared = [item for item in rows if item.content.get("origin") == "kaspersky-lab-2018"]
    first = shared[0].document
    other = next(item.document for item in shared if item.document != first)
    page = text_of(site.client("reviewer").get(f"/documents/{first}/read"))
    assert f'href="/documents/{other}/read"' in page


def test_a_long_text_stands_on_several_pages(site: Site) -> None:
    text = "\n\n".join(f"Paragraph {number} says {'much ' * 60}." for number in range(1, 400))
    row = received(site, text.encode())
    client = site.client("reviewer")
    client.post(address(row, "claim"), typed(place="Paragraph 399 says much much much"))
    first = client.get(address(row))
    page = text_of(first)
    assert len(first.content) < 150_000
    assert 'id="p-1"' in page
    assert 'id="p-399"' not in page
    link = re.search(rf'href="({address(row)}\?page=\d+)#p-399"', page)
    assert link is not None
    assert "<mark>Paragraph 399" in text_of(client.get(link[1]))


def test_the_sheet_and_the_matter_lead_to_the_document(site: Site) -> None:
    client = site.client("reviewer")
    assert re.search(r'href="/documents/[^"]+/read"', text_of(client.get(f"/matters/{site.matter.id}")))
    assert re.search(
        r'href="/documents/[^"]+/read"', text_of(client.get(f"/matters/{site.matter.id}/sheet/ad-antivirus"))
    )


def test_a_page_takes_as_few_questions_however_much_was_read_in_it(site: Site) -> None:
    row = received(site)
    client = site.client("reviewer")
    client.post(address(row, "claim"), typed())
    with CaptureQueriesContext(connection) as few:
        client.get(address(row))
    (claim,) = claims(site, row)
    more = [
        replace(
            claim,
            id=f"C-9{number:05d}",
            content={**claim.content, "id": f"C-9{number:05d}"},
            subject="kaspersky-lab",
        )
        for number in range(260)
    ]
    with site.house.records.writing() as records:
        records.put_all(CLAIMS, more)
    with CaptureQueriesContext(connection) as many:
        page = text_of(client.get(address(row)))
    assert page.count('class="claim-read') == MOST_CLAIMS
    assert "Only the first ones are shown." in page
    assert len(many) <= len(few) <= MOST_QUERIES
