"""Requests that are sent again: the same answer, as long as it is there and for whoever sends them still."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from adjudge.api import kept
from adjudge.errors import RefusedError, UnavailableError
from adjudge.institution.hearing import talking
from adjudge.institution.house import House, refused
from adjudge.institution.staff import people
from adjudge.mount.sweeper import forget_answers
from adjudge.people.act import Act
from adjudge.people.role import Role
from adjudge.records.shelf import DOCUMENTS
from adjudge.storage.models import RequestRecord
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.sites import Site

GUEST = {"email": "guest@example.org", "name": "A Guest", "roles": ["legal"]}
WHY = {"reason": "It is so."}


SUBJECT = {"id": "a-brewer", "kind": "advertiser", "title": {"en": "A brewer"}}


def recorded(calls: Calls) -> int:
    return calls.send("/subjects", {"subject": SUBJECT}, idempotency_key="one").status_code


def test_what_was_told_is_not_told_again_to_who_has_the_right_no_more(site: Site) -> None:
    calls = calls_of(site, "other")
    assert recorded(calls) == 201
    administrator = site.actor("administrator")
    people.change_roles(site.house, administrator, site.people["other"].id, [Role.AUDITOR], reason="Moved.")
    assert recorded(calls) == 404


def test_who_was_moved_to_another_advertiser_is_not_told_again_what_was_the_first_ones(site: Site) -> None:
    calls, here = calls_of(site, "member"), f"/advertisers/{site.matter.advertiser}/contact"
    body = {"language": "en", "emails": ["ads@example.org"], "webhook": "", **WHY}
    sent = {"method": "PUT", "if_match": "*"}
    assert calls.send(here, body, **sent, idempotency_key="one").status_code == 200
    assert recorded(calls_of(site, "reviewer")) == 201
    people.change_roles(
        replace(site.house, address="https://p.example"),  # so that its mail brings it a link
        site.actor("administrator"),
        site.people["member"].id,
        [Role.MEMBER],
        reason="Moved.",
        advertiser="a-brewer",
    )
    assert calls.send(here, body, **sent).status_code == 404
    again = calls.send(here, body, **sent, idempotency_key="one")
    assert (again.status_code, "ads@example" in again.content.decode()) == (404, False)
    there = here.replace(site.matter.advertiser, "a-brewer")
    assert calls.send(there, body, **sent, idempotency_key="one").status_code == 200


def test_a_secret_is_told_once_and_then_that_it_was_told(site: Site) -> None:
    calls = calls_of(site, "administrator")
    first = calls.send("/people", GUEST, idempotency_key="one")
    assert told(first)["secret"]
    size = site.size
    again = calls.send("/people", GUEST, idempotency_key="one")
    assert (again.status_code, told(again)["code"]) == (409, "secret-told-already")
    assert told(again)["hint"]
    assert site.size == size
    assert told(first)["secret"] not in RequestRecord.objects.get().body


def test_what_held_no_secret_is_told_again(site: Site) -> None:
    calls = calls_of(site, "member")
    body = {"language": "en", "emails": ["ads@example.org"], "webhook": "", **WHY}
    first, again = (
        calls.send(
            f"/advertisers/{site.matter.advertiser}/contact",
            body,
            method="PUT",
            if_match="*",
            idempotency_key="one",
        )
        for _ in range(2)
    )
    assert (first.status_code, again.content) == (200, first.content)


def test_what_is_expunged_is_in_no_answer_that_was_kept(site: Site) -> None:
    calls = calls_of(site, "administrator")
    person = site.people["other"].id
    calls.send(f"/people/{person}/deactivate", WHY, idempotency_key="one")
    assert "other@example" in RequestRecord.objects.get().body
    assert calls.send(f"/people/{person}/expunge", WHY).status_code == 200
    assert "other@example" not in RequestRecord.objects.get().body
    again = calls.send(f"/people/{person}/deactivate", WHY, idempotency_key="one")
    assert (again.status_code, told(again)["code"]) == (409, "answer-not-kept")


def test_an_answer_is_forgotten_after_a_day_though_nobody_calls(site: Site) -> None:
    assert recorded(calls_of(site, "reviewer")) == 201
    assert forget_answers(site.opened) == 0
    RequestRecord.objects.update(at=site.house.clock().nanos - 25 * 3_600 * 10**9)
    assert forget_answers(site.opened) == 1
    assert RequestRecord.objects.count() == 0


def test_a_long_answer_is_not_kept_though_that_it_was_given_is(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LONGEST", 10)
    calls = calls_of(site, "reviewer")
    assert recorded(calls) == 201
    assert recorded(calls) == 409


def test_a_key_that_took_the_place_of_another_finds_what_that_one_did(site: Site) -> None:
    program = service(site, [Act.RECORD_SUBJECT, Act.ROTATE_KEY])
    assert recorded(program) == 201
    key = told(program.get("/me"))["key"]
    made = told(program.send(f"/keys/{key}/rotate", {"overlap_seconds": 60}))
    size = site.size
    assert recorded(Calls(Client(), made["secret"])) == 201
    assert site.size == size
    assert recorded(service(site, [Act.RECORD_SUBJECT])) == 201
    assert site.size > size, "another program sent it, so that it was recorded anew"


def test_without_a_key_nobody_waits_for_more_than_the_procedure_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []

    def attach(*_: object) -> None:
        inside.append(connection.in_atomic_block)
        raise refused("missing-text", "no", "no")

    monkeypatch.setattr("adjudge.api.subjects.subjects.record_subject", attach)
    calls = calls_of(site, "reviewer")
    calls.send("/subjects", {"subject": SUBJECT})
    recorded(calls)
    assert inside == [False, True]


def test_a_document_is_received_and_attached_or_neither(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def attach(house: House, *_: object) -> None:
        with house.records.writing() as records:
            records.put(DOCUMENTS, document)
        raise refused("appeal-over", "over", "read it")

    with site.house.records.reading() as records:
        document = records.find(DOCUMENTS)[0]
    gone = document.id + "-new"
    document = replace(document, id=gone)
    monkeypatch.setattr(talking, "attach", attach)
    form = {"title": "A letter", "file": SimpleUploadedFile("a.txt", b"words")}
    answer = calls_of(site, "member").upload("/appeals/A-000001/documents", form, idempotency_key="one")
    assert (answer.status_code, told(answer)["code"]) == (422, "appeal-over")
    with site.house.records.reading() as records:
        assert records.get(DOCUMENTS, gone) is None


@pytest.mark.parametrize(
    "error",
    [
        OperationalError('connection to "10.1.2.3" failed: user "adjudge_prod"'),
        UnavailableError("the database does not answer: 10.1.2.3", hint="look at the disk of 10.1.2.3"),
    ],
)
def test_what_a_database_says_of_itself_is_not_told_outside(
    site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("adjudge.institution.deciding.matters.read_matter", away)
    answer = calls_of(site, "reviewer").get(f"/matters/{site.matter.id}")
    assert (answer.status_code, told(answer)["code"]) == (503, "unavailable")
    assert "10.1.2.3" not in answer.content.decode()
    assert "Idempotency-Key" in told(answer)["hint"]
    assert "10.1.2.3" in caplog.text
    assert not isinstance(error, RefusedError)
