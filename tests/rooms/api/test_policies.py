"""Policies over HTTP: drafted, tried, approved, put in force, rolled back, and read by whom they bind."""

import pytest

from adjudge.people.act import Act
from adjudge.records.shelf import VERSIONS
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.sites import Site

POLICY = "small"
VOCABULARY = """
vocabulary: ads
version: 1
facts:
  ad:
    beer:
      type: bool
      definition: {en: Whether the ad offers beer.}
"""
PACKAGE = """package: small
version: '1'
language: 1
vocabulary: ads
published_at: 2026-01-01
rules:
  - id: beer
    title: {en: Beer}
    subject: ad
    kind: restriction
    ground: {terms: Clause 1 on beer, url: "https://example.org/terms#1"}
    territory: worldwide
    when: ad.beer
    standard: corroborated
    measure: {exclude: {}}
    decided_by: person
    explanation: {en: An ad for beer does not run.}
"""


def drafted(site: Site, text: str = PACKAGE, vocabulary: str = VOCABULARY) -> dict[str, object]:
    body = {"text": text, "vocabulary": vocabulary, "reason": "A new rule."}
    answer = calls_of(site, "author").send("/versions", body)
    assert answer.status_code == 201, answer.content
    found: dict[str, object] = told(answer)
    return found


def done(calls: Calls, version: object, what: str, **body: object) -> dict[str, object]:
    """What came of an act on a version, as it was seen."""
    path = f"/versions/{version}"
    answer = calls.send(
        f"{path}/{what}", {"reason": "It was read.", **body}, if_match=calls.get(path)["ETag"]
    )
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = told(answer)
    return found


def test_a_version_goes_from_its_draft_into_force_and_back(site: Site) -> None:
    publisher = calls_of(site, "publisher")
    first = drafted(site)["id"]
    assert done(publisher, first, "shadow")["state"] == "shadow"
    assert done(publisher, first, "approve")["approved_by"] == [site.people["publisher"].id]
    assert done(publisher, first, "publish")["state"] == "in_force"
    # Without a vocabulary of its own, a later version speaks that of the one before it.
    second = drafted(site, PACKAGE.replace("version: '1'", "version: '2'"), vocabulary="")["id"]
    done(publisher, second, "approve")
    assert done(publisher, second, "publish", start=None)["state"] == "in_force"
    policies = {item["id"]: item for item in told(publisher.get("/policies"))["items"]}
    assert policies[POLICY] == {"id": POLICY, "versions": 2, "applies": second}
    assert done(publisher, second, "roll-back")["state"] == "rolled_back"
    versions = told(publisher.get(f"/policies/{POLICY}/versions"))["items"]
    assert {item["id"]: item["state"] for item in versions} == {first: "in_force", second: "rolled_back"}
    in_force = told(publisher.get(f"/policies/{POLICY}/versions?state=in_force"))["items"]
    assert [item["id"] for item in in_force] == [first]
    enactments = told(publisher.get(f"/policies/{POLICY}/enactments"))["items"]
    assert [(item["digest"], item["rolls_back"]) for item in enactments] == [
        (first, ""),
        (second, ""),
        (first, second),
    ]


def test_a_version_is_read_with_its_words_by_any_of_its_names(site: Site) -> None:
    row = drafted(site)
    calls = calls_of(site, "author")
    whole = told(calls.get(f"/versions/{row['id']}"))
    assert '"sealed-package"' in whole["text"]
    assert told(calls.get("/versions/small@1")) == whole
    assert told(calls.get(f"/versions/{str(row['id'])[7:20]}")) == whole


def test_a_version_that_was_sealed_elsewhere_is_handed_in_as_it_is(site: Site) -> None:
    with site.house.records.reading() as records:
        row = records.find(VERSIONS, policy=site.matter.policy)[0]
    answer = calls_of(site, "author").send("/versions", {"text": row.text, "reason": "Again."})
    assert (answer.status_code, told(answer)["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (PACKAGE.replace("when: ad.beer", "when: ad.wine"), "unknown-name"),
        (PACKAGE.replace("language: 1", "language: 1\nlanguage: 1"), "duplicate-key"),
        (PACKAGE.replace("    decided_by: person\n", "    decided_by: nobody\n"), "bad-word"),
    ],
)
def test_what_is_wrong_in_a_version_is_told_by_line_and_column(site: Site, text: str, code: str) -> None:
    body = {"text": text, "vocabulary": VOCABULARY, "reason": "A new rule."}
    answer = calls_of(site, "author").send("/versions", body)
    assert answer.status_code == 422, answer.content
    found = told(answer)["findings"][0]
    assert found["code"] == code
    assert found["where"] == "text"
    assert found["line"] > 1
    assert found["column"] >= 1


def test_a_policy_that_nobody_knows_needs_its_vocabulary(site: Site) -> None:
    answer = calls_of(site, "author").send("/versions", {"text": PACKAGE, "reason": "A new rule."})
    assert (answer.status_code, told(answer)["code"]) == (422, "unknown-package")


def test_nobody_approves_what_was_changed_meanwhile(site: Site) -> None:
    publisher = calls_of(site, "publisher")
    path = f"/versions/{drafted(site)['id']}"
    seen = publisher.get(path)["ETag"]
    done(calls_of(site, "author"), path.removeprefix("/versions/"), "shadow")
    answer = publisher.send(f"{path}/approve", {"reason": "Read."}, if_match=seen)
    assert answer.status_code == 412
    assert [item["kind"] for item in told(answer)["changed"]] == ["package:shadowed"]
    assert publisher.send(f"{path}/approve", {"reason": "Read."}).status_code == 428


def test_a_version_is_not_published_without_an_approval(site: Site) -> None:
    publisher = calls_of(site, "publisher")
    path = f"/versions/{drafted(site)['id']}"
    answer = publisher.send(f"{path}/publish", {"reason": "Now."}, if_match="*")
    assert (answer.status_code, told(answer)["code"]) == (422, "not-approved")
    rejected = publisher.send(f"{path}/reject", {"reason": "Not so."}, if_match="*")
    assert (told(rejected)["state"], told(rejected)["reason"]) == ("rejected", "Not so.")


def test_members_read_what_is_in_force_and_not_what_is_drafted_nor_by_whom(site: Site) -> None:
    draft = drafted(site)["id"]
    member = calls_of(site, "member")
    assert POLICY not in {item["id"] for item in told(member.get("/policies"))["items"]}
    assert told(member.get(f"/policies/{POLICY}/versions"))["items"] == []
    assert member.get(f"/versions/{draft}").status_code == 404
    versions = told(member.get(f"/policies/{site.matter.policy}/versions"))["items"]
    assert versions
    assert {item["author"] for item in versions} == {""}


def test_who_may_only_read_drafts_nothing(site: Site) -> None:
    calls = service(site, [Act.READ_PACKAGES])
    assert calls.get("/policies").status_code == 200
    body = {"text": PACKAGE, "vocabulary": VOCABULARY, "reason": "A new rule."}
    assert calls.send("/versions", body).status_code == 404
