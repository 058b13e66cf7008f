"""What holds for every address of the API, shown on matters: keys, tags, repeated requests, lists, problems."""

import pytest

from adjudge.api import site as site_of_api
from adjudge.people.act import Act
from tests.rooms.api.calls import calls_of, service, stranger, told
from tests.sites import Site

OPENING = {"advertiser": "example", "policy": "ads-standard", "reason": "A complaint came in."}


@pytest.mark.usefixtures("site")
def test_without_a_key_one_is_told_how_to_send_one() -> None:
    answer = stranger().get("/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert told(answer)["code"] == "no-key"


def test_a_key_tells_what_it_may_do(site: Site) -> None:
    found = told(service(site, [Act.READ_MATTER]).get("/me"))
    assert found["acts"] == ["matter.read"]
    assert found["roles"] == ["service"]


def test_what_was_read_before_is_not_sent_again(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    first = calls.get(f"/matters/{site.matter.id}")
    assert first.status_code == 200
    again = calls.get(f"/matters/{site.matter.id}", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_only_the_fields_asked_for_are_given(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    found = told(calls.get("/matters?fields=state"))
    assert found["items"] == [{"id": site.matter.id, "state": "open"}]
    assert told(calls.get("/matters?fields=nonsense"))["code"] == "unknown-field"


def test_a_filter_that_was_mistyped_does_not_show_everything(site: Site) -> None:
    answer = calls_of(site, "reviewer").get("/matters?stat=open")
    assert (answer.status_code, told(answer)["code"]) == (422, "unknown-parameter")


def test_a_change_must_say_which_state_was_seen(site: Site) -> None:
    calls = calls_of(site, "reviewer")
    answer = calls.send(f"/matters/{site.matter.id}/close", {"reason": "Done."})
    assert (answer.status_code, told(answer)["code"]) == (428, "match-needed")


def test_a_change_of_what_was_changed_meanwhile_is_refused_with_what_changed(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    seen = calls.get(path)["ETag"]
    assigned = calls.send(
        f"{path}/assign", {"person": site.people["other"].id, "reason": "Free today."}, if_match=seen
    )
    assert assigned.status_code == 200, assigned.content
    answer = calls.send(f"{path}/close", {"reason": "Done."}, if_match=seen)
    assert answer.status_code == 412
    (changed,) = told(answer)["changed"]
    assert changed["kind"] == "matter:assigned"
    later = calls.send(f"{path}/close", {"reason": "Done."}, if_match=calls.get(path)["ETag"])
    assert (later.status_code, told(later)["state"]) == (200, "closed")


def test_a_request_sent_again_with_its_key_is_carried_out_once(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    body = {"reason": "Done."}
    seen = calls.get(path)["ETag"]
    first = calls.send(f"{path}/close", body, if_match=seen, idempotency_key="one")
    size = site.size
    again = calls.send(f"{path}/close", body, if_match=seen, idempotency_key="one")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert site.size == size
    other = calls.send(f"{path}/reopen", body, if_match=seen, idempotency_key="one")
    assert (other.status_code, told(other)["code"]) == (422, "idempotency-key-reused")


def test_a_refusal_is_not_kept_since_nothing_was_done(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/matters/{site.matter.id}"
    refused = calls.send(f"{path}/close", {"reason": " "}, if_match="*", idempotency_key="two")
    assert (refused.status_code, told(refused)["code"]) == (422, "missing-text")
    done = calls.send(f"{path}/close", {"reason": "Done."}, if_match="*", idempotency_key="two")
    assert done.status_code == 200


def test_an_advertiser_does_not_find_out_who_works_on_what(site: Site) -> None:
    path, person = f"/matters/{site.matter.id}", site.people["other"].id
    calls = calls_of(site, "reviewer")
    calls.send(f"{path}/assign", {"person": person, "reason": "Free today."}, if_match="*")
    assert told(calls.get(f"/matters?assignee={person}"))["items"]
    assert not told(calls_of(site, "member").get(f"/matters?assignee={person}"))["items"]
    assert told(calls_of(site, "member").get("/matters"))["items"][0]["assignee"] == ""


@pytest.mark.parametrize("header", ["", "two words", "ü", "x" * 201])
def test_a_header_that_is_no_key_is_refused(site: Site, header: str) -> None:
    answer = calls_of(site, "reviewer").send(
        f"/matters/{site.matter.id}/close", {"reason": "Done."}, if_match="*", idempotency_key=header
    )
    assert (answer.status_code, told(answer)["code"]) == (400, "bad-idempotency-key")


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "é", "eyJhIjoxfQ"])
def test_a_cursor_of_another_list_is_refused(site: Site, cursor: str) -> None:
    answer = calls_of(site, "reviewer").get(f"/matters?cursor={cursor}")
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-cursor")


def test_an_address_that_is_not_there_is_a_problem_too(site: Site) -> None:
    answer = calls_of(site, "reviewer").get("/nothing")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert told(answer)["code"] == "not-found"


def test_a_method_that_an_address_does_not_take_is_a_problem(site: Site) -> None:
    answer = calls_of(site, "reviewer").send("/me", {})
    assert (answer.status_code, answer["Allow"]) == (405, "GET")


@pytest.mark.parametrize("text", [b"{", b"\xff", b"[1", b"nan"])
def test_a_body_that_is_no_json_is_a_problem(site: Site, text: bytes) -> None:
    calls = calls_of(site, "reviewer")
    answer = calls.client.post(
        "/api/v1/matters",
        data=text,
        content_type="application/json",
        headers={"host": "localhost", "authorization": f"Bearer {calls.secret}"},
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_what_a_form_does_not_know_is_named(site: Site) -> None:
    answer = calls_of(site, "reviewer").send("/matters", {**OPENING, "colour": "red"})
    assert answer.status_code == 422
    (found,) = told(answer)["findings"]
    assert found["where"].endswith("colour")


@pytest.mark.parametrize(
    ("path", "code", "message", "hint"),
    [
        ("/matters?limit=201", "bad-value", "the number is too large", "write at most 200"),
        ("/matters?limit=0", "bad-value", "the number is too small", "write at least 1"),
        ("/matters?limit=x", "wrong-shape", "this is no whole number", "write digits alone"),
        ("/matters?state=gone", "bad-word", "this is none of the words that it can be", "choose among: "),
        ("/decisions?since=then", "bad-value", "this is no day and no instant", "write `2026-11-22`"),
    ],
)
def test_what_is_wrong_in_a_request_is_told_in_our_words_with_the_bound(
    site: Site, path: str, code: str, message: str, hint: str
) -> None:
    """Found by review: these came in English inside a French problem, and without a hint."""
    (found,) = told(calls_of(site, "reviewer").get(path))["findings"]
    assert (found["code"], found["message"]) == (code, message)
    assert found["hint"].startswith(hint)
    (french,) = told(calls_of(site, "reviewer").get(path, accept_language="fr"))["findings"]
    assert french["message"] != message


@pytest.mark.parametrize(
    ("more", "code", "message"),
    [
        ({"reason": 5}, "wrong-shape", "this is no text"),
        ({"reason": "x" * 50_001}, "text-too-long", "the text has more than 50,000 characters"),
        ({"title": []}, "wrong-shape", "this is no object of JSON"),
        ({"colour": "red"}, "unknown-key", "nothing reads this"),
        ({"policy": None}, "wrong-shape", "this is no text"),
    ],
)
def test_what_is_wrong_in_a_form_is_told_in_our_words(
    site: Site, more: dict[str, object], code: str, message: str
) -> None:
    (found,) = told(calls_of(site, "reviewer").send("/matters", {**OPENING, **more}))["findings"]
    assert (found["code"], found["message"]) == (code, message)


@pytest.mark.usefixtures("site")
def test_problems_are_told_in_the_callers_language() -> None:
    answer = stranger().get("/me", accept_language="fr")
    assert answer["Content-Language"] == "fr"


@pytest.mark.usefixtures("site")
def test_the_rate_is_told_and_held() -> None:
    calls = stranger()
    answers = [calls.get("/me") for _ in range(130)]
    assert {answer.status_code for answer in answers} == {401, 429}
    assert int(answers[-1]["Retry-After"]) >= 1
    assert answers[-1]["RateLimit"].startswith('"minute";r=0')


def test_a_key_is_told_of_no_act_that_no_key_does(site: Site) -> None:
    for name in ("reviewer", "member", "administrator"):
        found = set(told(calls_of(site, name).get("/me"))["acts"])
        assert not found & {"person.join", "key.make", "key.make_own"}, name


@pytest.mark.usefixtures("site")
def test_the_description_is_made_once_and_not_sent_to_who_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by review: it took a fifth of a second of processor for everybody who asked, without a rate."""
    calls = stranger()
    first = calls.get("/openapi.json")
    monkeypatch.setattr(site_of_api, "described", None)
    again = calls.get("/openapi.json", if_none_match=first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert calls.get("/openapi.json").content == first.content
    assert calls.send("/openapi.json").status_code == 405
    assert {calls.get("/openapi.json").status_code for _ in range(130)} == {200, 429}


@pytest.mark.usefixtures("site")
def test_the_description_is_openapi_3_1() -> None:
    found = told(stranger().get("/openapi.json"))
    assert found["openapi"] == "3.1.0"
    assert "default" in found["paths"]["/api/v1/matters"]["get"]["responses"]
