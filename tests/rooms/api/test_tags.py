"""Tags: that of an act's answer is the one which the next change of the same thing wants; what changed is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from adjudge.institution.binding.holds import hold
from adjudge.people.act import Act
from adjudge.records.shelf import CLAIMS
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.rooms.api.everybody import Somebody, everybody, forgotten, prepared, world
from tests.rooms.api.examples import EXAMPLES
from tests.rooms.api.operations import Operation, operations
from tests.rooms.institution.world import World
from tests.sites import Site

__all__ = ["everybody", "world"]

WHY = {"reason": "It is so."}
CONTACT = {"language": "en", "emails": ["ads@example.org"], "webhook": "", **WHY}
CHANGING = {operation.name: operation for operation in operations() if operation.matches}
"""Of all but one an answer bears a tag: a correction answers with another notice than the one it corrects."""
READING = {operation.path: operation for operation in operations() if operation.method == "GET"}


def read_at(operation: Operation) -> str:
    """The address at which what an operation changes is read: its own, or that in front of its last word."""
    return operation.path if operation.path in READING else operation.path.rpartition("/")[0]


def placed(path: str, names: list[str], at: tuple[str, ...]) -> str:
    for name, value in zip(names, at, strict=False):
        path = path.replace(f"{{{name}}}", value)
    return path.removeprefix("/api/v1")


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_the_tag_of_an_act_is_that_of_reading_what_it_left(
    world: World, everybody: list[Somebody], name: str
) -> None:
    operation = CHANGING[name]
    compared = done = 0
    with forgotten():
        tried = prepared(world)
        example = EXAMPLES[name](tried)
        for who in (item for item in everybody if item.actor is not None):
            calls = Calls(Client(), who.secret)
            at = example.own(who.actor) if example.own and who.actor else example.at
            body = example.of(who.actor) if example.of and who.actor else example.body
            with forgotten():
                path = placed(operation.path, operation.names, at)
                answer = calls.send(
                    path, body, method=operation.method, if_match="*", idempotency_key="a-key"
                )
                if answer.status_code >= 400:
                    continue
                done += 1
                found = told(answer).get("id")
                where = placed(read_at(operation), operation.names, at)
                if at and found not in {None, at[0]} and "@" not in at[0]:
                    where = where.replace(at[0], str(found))
                now = calls.get(where)
                if "ETag" in answer.headers and now.status_code == 200:
                    assert answer["ETag"] == now["ETag"], who.name
                    compared += 1
    assert done, "nobody could do it: the example is none"
    assert compared or name == "correct_notice", "no answer bore a tag"


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
    assert calls.send("/log/export", method="HEAD").status_code in {200, 404}


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
    told_of = [item for item in CHANGING["withdraw_claim"].told["parameters"] if item["name"] == "If-Match"]
    assert "right to read" in told_of[0]["description"]
