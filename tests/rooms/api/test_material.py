"""Subjects, claims and documents over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from adjudge.people.act import Act
from adjudge.records.shelf import CLAIMS, DOCUMENTS
from adjudge.storage.blobs import FolderBlobs
from tests.rooms.api.calls import calls_of, service, stranger, told
from tests.sites import Site

AD = {"id": "ad/with a slash", "kind": "ad", "advertiser": "kaspersky", "title": {"en": "An ad"}}
DESCRIPTION = {
    "kind": "party_statement",
    "title": "What it wrote",
    "publisher": "kaspersky",
    "language": "en",
    "precision": "unknown",
    "status": "primary",
    "sources": ["by post"],
    "summary": {},
}
PDF = b"%PDF-1.7\n%..."


def claim_of(site: Site) -> dict[str, object]:
    """A claim like one on record, for a subject of the matter."""
    with site.house.records.reading() as records:
        row = records.find(CLAIMS, advertiser=site.matter.advertiser)[0]
    content = {key: value for key, value in row.content.items() if key not in {"id", "recorded_at"}}
    return {**content, "origin": "somebody-else", "weight": 3}


def foreign(site: Site) -> None:
    """Record an advertiser to which no member belongs, with a document."""
    calls = service(site, [Act.RECORD_SUBJECT, Act.RECEIVE_DOCUMENT])
    assert calls.send("/subjects", {"subject": {"id": "other", "kind": "advertiser"}}).status_code == 201
    form = {"about": "other", "description": json.dumps(DESCRIPTION)}
    assert calls.upload("/documents", form).status_code == 201


def test_subjects_are_recorded_listed_and_read(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    subject = {**AD, "advertiser": site.matter.advertiser}
    recorded = calls.send("/subjects", {"subject": subject})
    assert recorded.status_code == 201, recorded.content
    found = told(calls.get("/subjects/ad/with%20a%20slash"))
    assert found["content"] == subject
    ads = told(calls.get("/subjects?kind=ad&limit=200"))["items"]
    assert found in ads
    assert {item["kind"] for item in ads} == {"ad"}
    assert told(calls.get("/subjects?advertiser=nobody"))["items"] == []


def test_what_is_wrong_in_a_subject_is_told_with_its_place(site: Site) -> None:
    answer = calls_of(site, "reviewer").send("/subjects", {"subject": {"id": 5, "kind": "ad"}})
    assert answer.status_code == 422
    places = {item["where"] for item in told(answer)["findings"]}
    assert "subject.id" in places


def test_members_see_their_own_material_and_nobody_elses(site: Site) -> None:
    foreign(site)
    member = calls_of(site, "member")
    for path in ("/subjects", "/claims", "/documents"):
        items = told(member.get(f"{path}?limit=200"))["items"]
        assert items
        assert {item["advertiser"] for item in items} == {site.matter.advertiser}
        assert member.get(f"{path}?advertiser=other").status_code == 404
    assert member.get("/subjects/other").status_code == 404
    assert calls_of(site, "reviewer").get("/subjects/other").status_code == 200


def test_members_record_nothing(site: Site) -> None:
    member = calls_of(site, "member")
    subject = {**AD, "advertiser": site.matter.advertiser}
    assert member.send("/subjects", {"subject": subject}).status_code == 404
    answer = member.send("/claims", {"policy": site.matter.policy, "claim": claim_of(site)})
    assert answer.status_code == 404


def test_a_claim_is_recorded_discounted_and_withdrawn(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    recorded = calls.send("/claims", {"policy": site.matter.policy, "claim": claim_of(site)})
    assert recorded.status_code == 201, recorded.content
    first = told(recorded)
    assert (first["weight"], first["withdrawn_at"]) == (3, None)
    lower = calls.send(f"/claims/{first['id']}/discount", {"weight": 1, "reason": "Hearsay."})
    second = told(lower)
    assert (second["weight"], second["replaces"]) == (1, first["id"])
    gone = told(calls.send(f"/claims/{second['id']}/withdraw", {"reason": "Not so."}))
    assert gone["withdrawn_at"] is not None
    assert gone == told(calls.get(f"/claims/{second['id']}"))
    about = f"/claims?subject={first['subject']}&limit=200"
    assert {first["id"], second["id"]} <= {item["id"] for item in told(calls.get(about))["items"]}
    live = {item["id"] for item in told(calls.get(f"{about}&live=true"))["items"]}
    assert not live & {first["id"], second["id"]}


def test_the_tag_of_what_was_just_recorded_is_that_of_what_is_read(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    made = calls.send("/claims", {"policy": "ads-standard", "claim": claim_of(site)})
    name = told(made)["id"]
    assert made["ETag"] == calls.get(f"/claims/{name}")["ETag"]
    withdrawn = calls.send(f"/claims/{name}/withdraw", {"reason": "A mistake."}, if_match=made["ETag"])
    assert withdrawn.status_code == 200, withdrawn.content


def test_a_claim_that_was_withdrawn_is_not_withdrawn_again(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    claim = told(calls.get("/claims?live=true"))["items"][0]["id"]
    assert calls.send(f"/claims/{claim}/withdraw", {"reason": "Not so."}).status_code == 200
    answer = calls.send(f"/claims/{claim}/withdraw", {"reason": "Not so."})
    assert (answer.status_code, told(answer)["code"]) == (409, "conflict")


def test_a_weight_is_never_raised(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    claim = next(item for item in told(calls.get("/claims"))["items"] if item["weight"] < 5)
    answer = calls.send(f"/claims/{claim['id']}/discount", {"weight": 5, "reason": "More."})
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-weight")


def test_numbers_with_a_fraction_are_never_floats(site: Site) -> None:
    subject = {"id": "precise", "kind": "advertiser", "title": {"en": 0.1}}
    answer = calls_of(site, "reviewer").send("/subjects", {"subject": subject})
    assert answer.status_code == 201, answer.content
    assert told(answer)["content"]["title"] == {"en": "0.1"}


def test_a_key_that_stands_twice_is_refused(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    answer = calls.client.post(
        "/api/v1/subjects",
        data=b'{"subject": {"id": "one", "id": "two", "kind": "advertiser"}}',
        content_type="application/json",
        headers={"host": "localhost", "authorization": f"Bearer {calls.secret}"},
    )
    assert (answer.status_code, told(answer)["code"]) == (400, "unreadable-body")
    assert told(answer)["findings"][0]["code"] == "json-syntax"


def test_more_than_an_entry_holds_is_refused(site: Site) -> None:
    subject = {"id": "large", "kind": "advertiser", "title": {"en": "x" * 400_001}}
    answer = calls_of(site, "reviewer").send("/subjects", {"subject": subject})
    assert (answer.status_code, told(answer)["code"]) == (422, "too-much")


def test_a_document_is_received_read_and_fetched(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    file = SimpleUploadedFile("a/letter.html", PDF)
    form = {"about": site.matter.advertiser, "description": json.dumps(DESCRIPTION), "file": file}
    received = calls.upload("/documents", form)
    assert received.status_code == 201, received.content
    row = told(received)
    assert (row["media_type"], row["size"], row["file_name"]) == (
        "application/pdf",
        len(PDF),
        "letter.html.pdf",
    )
    assert told(calls.get(f"/documents/{row['id']}")) == row
    content = calls.get(f"/documents/{row['id']}/content")
    assert content.content == PDF
    assert content["Content-Disposition"].startswith("attachment")
    assert content["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("description", ["[]", "{", "5", '{"kind": "nonsense"}'])
def test_a_description_that_says_nothing_is_refused(site: Site, description: str) -> None:
    form = {"about": site.matter.advertiser, "description": description}
    answer = calls_of(site, "reviewer").upload("/documents", form)
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_a_member_sends_a_document_about_itself_and_about_nobody_else(site: Site) -> None:
    foreign(site)
    member = calls_of(site, "member")
    form = {"about": site.matter.advertiser, "description": json.dumps(DESCRIPTION)}
    row = told(member.upload("/documents", form))
    assert member.get(f"/documents/{row['id']}").status_code == 200
    assert member.get(f"/documents/{row['id']}/content").status_code == 404
    assert member.upload("/documents", {**form, "about": "other"}).status_code == 404


def received(site: Site, name: str = "letter.pdf") -> str:
    form = {
        "about": site.matter.advertiser,
        "description": json.dumps(DESCRIPTION),
        "file": SimpleUploadedFile(name, PDF),
    }
    return str(told(calls_of(site, "reviewer").upload("/documents", form))["id"])


def test_nobody_receives_the_same_bytes_between_the_look_and_the_deletion(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by review: a document received in between would have been left without its bytes."""
    calls = calls_of(site, "administrator")
    first, second = (received(site, name) for name in ("letter.pdf", "copy.pdf"))
    under_lock: list[bool] = []
    delete = FolderBlobs.delete

    def noting(blobs: FolderBlobs, digest: str) -> None:
        under_lock.append(connection.in_atomic_block)
        delete(blobs, digest)

    monkeypatch.setattr(FolderBlobs, "delete", noting)
    assert calls.send(f"/documents/{first}/expunge", {"reason": "Asked for."}).status_code == 200
    assert under_lock == []  # they are another document's too
    assert calls_of(site, "reviewer").get(f"/documents/{second}/content").status_code == 200
    answer = calls.send(f"/documents/{second}/expunge", {"reason": "Asked for."}, idempotency_key="k")
    assert answer.status_code == 200
    assert under_lock == [True]


def test_an_expunged_document_is_gone_with_its_bytes(site: Site) -> None:
    document = received(site)
    with site.house.records.reading() as records:
        row = records.get(DOCUMENTS, document)
    assert row is not None
    calls = calls_of(site, "administrator")
    answer = calls.send(f"/documents/{document}/expunge", {"reason": "GDPR Art. 17."})
    assert answer.status_code == 200, answer.content
    assert told(answer)["expunged_at"] is not None
    assert site.house.blobs.get(row.blob) is None
    reviewer = calls_of(site, "reviewer")
    assert reviewer.get(f"/documents/{document}/content").status_code == 404
    assert reviewer.send(f"/documents/{document}/expunge", {"reason": "Again."}).status_code == 404


def test_a_refused_request_deletes_no_bytes(site: Site) -> None:
    document = received(site)
    calls = calls_of(site, "administrator")
    answer = calls.send(f"/documents/{document}/expunge", {"reason": " "})
    assert (answer.status_code, told(answer)["code"]) == (422, "missing-text")
    assert calls_of(site, "reviewer").get(f"/documents/{document}/content").content == PDF


@pytest.mark.usefixtures("site")
def test_nobody_reads_without_a_key() -> None:
    for path in ("/subjects", "/claims", "/documents", "/policies"):
        assert stranger().get(path).status_code == 401
