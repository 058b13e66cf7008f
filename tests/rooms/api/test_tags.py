"""Tags: that of an act's answer is the one which the next change of the same thing wants; what changed is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from adjudge.institution.binding.holds import hold
from adjudge.people.act import Act
from adjudge.records.shelf import CLAIMS
from tests.rooms.api.calls import calls_of, service, told
from tests.rooms.api.operations import operations
from tests.sites import Site

WHY = {"reason": "It is so."}
CONTACT = {"language": "en", "emails": ["ads@example.org"], "webhook": "", **WHY}


@pytest.mark.parametrize("address", ["/institution", "/procedure", "/advertisers/{advertiser}/contact"])
def test_what_changed_is_told_also_of_what_has_no_id_in_its_address(site: Site, address: str) -> None:
    calls = calls_of(site, "member" if "contact" in address else "administrator")
    settled = {
        "/institution": {
            "platform": {"en": "Platform", "fr": "Plateforme"},
            "complaint": "https://example.org/complain",
            "settlement": "https://example.org/settle",
            "languages": ["en", "fr"],
            **WHY,
        },
        "/procedure": {"country": "FR", "zone": "Europe/Paris", **WHY},
        "/advertisers/{advertiser}/contact": CONTACT,
    }[address]
    address = address.format(advertiser=site.matter.advertiser)
    seen = calls.get(address)["ETag"]
    first = calls.send(address, settled, method="PUT", if_match=seen)
    assert first.status_code == 200, first.content
    second = calls.send(address, settled, method="PUT", if_match=seen)
    assert second.status_code == 412
    assert [item["kind"] for item in told(second)["changed"]]
    if "contact" in address:
        assert {item["by"] for item in told(second)["changed"]} == {""}


def test_an_advertiser_is_not_told_of_a_legal_hold_by_what_changed(site: Site) -> None:
    hold(site.house, site.actor("legal"), site.matter.advertiser, "A court asks.")
    path = f"/advertisers/{site.matter.advertiser}/contact"
    answer = calls_of(site, "member").send(path, CONTACT, method="PUT", if_match='"x.0"')
    assert answer.status_code == 412
    assert not [item for item in told(answer)["changed"] if "held" in item["kind"]]
    inside = calls_of(site, "reviewer").send(path, CONTACT, method="PUT", if_match='"x.0"')
    assert [item for item in told(inside)["changed"] if "held" in item["kind"]]


def test_a_weak_tag_changes_nothing(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    tag = calls.get(path)["ETag"]
    assert calls.get(path, if_none_match=f"W/{tag}").status_code == 304
    assert calls.send(f"{path}/close", WHY, if_match=f"W/{tag}").status_code == 412
    assert calls.send(f"{path}/close", WHY, if_match=tag).status_code == 200


def test_an_answer_that_is_not_sent_again_has_no_type(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    again = calls.get(path, if_none_match=calls.get(path)["ETag"])
    assert again.status_code == 304
    assert "Content-Type" not in again.headers


def test_head_is_answered_as_get_without_the_body(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    whole, head = calls.get(path), calls.send(path, method="HEAD")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert head["Content-Length"] == str(len(whole.content))
    assert calls.send("/matters/none", method="HEAD").status_code == 404
    auditor = calls_of(site, "auditor")
    assert auditor.send("/log/export", method="HEAD").status_code == 200


def test_the_name_of_the_scheme_is_written_in_any_case(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    for scheme in ("bearer", "BEARER"):
        headers = {"host": "localhost", "authorization": f"{scheme} {calls.secret}"}
        assert calls.client.get("/api/v1/me", headers=headers).status_code == 200


@pytest.mark.parametrize("form", [{"bogus": "1"}, {"skipbad": "true"}])
def test_a_field_that_nothing_reads_is_refused(site: Site, form: dict[str, str]) -> None:
    file = SimpleUploadedFile("a.txt", b"words")
    answer = calls_of(site, "reviewer").upload(
        "/documents", {"about": "example", "description": "{}", "file": file, **form}
    )
    assert (answer.status_code, told(answer)["code"]) == (422, "unread-part")
    assert next(iter(form)) in told(answer)["detail"]


def test_a_second_file_is_not_lost_in_silence(site: Site) -> None:
    files = [SimpleUploadedFile(name, b"words") for name in ("a.txt", "b.txt")]
    answer = calls_of(site, "reviewer").upload(
        "/documents", {"about": "example", "description": "{}", "file": files}
    )
    assert (answer.status_code, told(answer)["code"]) == (422, "unread-part")


def test_to_compare_a_tag_needs_the_right_to_read(site: Site) -> None:
    with site.house.records.reading() as records:
        claim = records.find(CLAIMS)[0].id
    tag = calls_of(site, "reviewer").get(f"/claims/{claim}")["ETag"]
    program = service(site, [Act.WITHDRAW_CLAIM])
    path = f"/claims/{claim}/withdraw"
    assert program.send(path, WHY, if_match=tag).status_code == 404
    assert program.send(path, WHY, if_match="*").status_code == 200
    (operation,) = (item for item in operations() if item.name == "withdraw_claim")
    told_of = [item for item in operation.told["parameters"] if item["name"] == "If-Match"]
    assert "right to read" in told_of[0]["description"]
