"""People and keys over HTTP: secrets are told once, keys make no keys, and rights end with whoever held them."""

from django.test import Client

from adjudge.institution.staff.people import join
from adjudge.people.act import Act
from adjudge.people.actor import Actor
from tests.rooms.api.calls import Calls, calls_of, service, told
from tests.sites import Site

INVITATION = {"email": "new@example.org", "name": "New", "roles": ["auditor"]}


def test_somebody_is_invited_by_a_secret_that_is_told_once(site: Site) -> None:
    calls = calls_of(site, "administrator")
    answer = calls.send("/people", INVITATION, idempotency_key="invite")
    made = told(answer)
    assert (answer.status_code, made["roles"], made["joined_at"]) == (201, ["auditor"], None)
    again = calls.send("/people", INVITATION, idempotency_key="invite")
    assert (again.status_code, told(again)["code"]) == (409, "secret-told-already")
    anew = told(calls.send(f"/people/{made['id']}/invite"))
    assert anew["secret"] not in {"", made["secret"]}
    person = join(site.house, anew["secret"])
    assert told(calls.get(f"/people/{person.id}"))["joined_at"]
    assert "secret" not in calls.get(f"/people/{person.id}").content.decode()
    answer = calls.send(f"/people/{person.id}/invite")  # a link into the account is for the person alone
    assert (answer.status_code, told(answer)["code"]) == (422, "has-joined")


def test_roles_are_given_to_whom_one_has_looked_at(site: Site) -> None:
    calls, person = calls_of(site, "administrator"), site.people["other"].id
    body = {"roles": ["legal", "reviewer"], "reason": "She is a lawyer too."}
    assert told(calls.send(f"/people/{person}/roles", body))["code"] == "match-needed"
    seen = calls.get(f"/people/{person}")["ETag"]
    changed = calls.send(f"/people/{person}/roles", body, if_match=seen)
    assert told(changed)["roles"] == ["legal", "reviewer"]
    stale = calls.send(f"/people/{person}/roles", {**body, "roles": ["auditor"]}, if_match=seen)
    assert (stale.status_code, told(stale)["changed"][0]["kind"]) == (412, "person:changed")


def test_whoever_is_shut_out_calls_no_more_and_is_expunged(site: Site) -> None:
    calls, other, person = calls_of(site, "administrator"), calls_of(site, "other"), site.people["other"].id
    early = calls.send(f"/people/{person}/expunge", {"reason": "Asked for."})
    assert (early.status_code, told(early)["code"]) == (422, "still-needed")
    assert not told(calls.send(f"/people/{person}/deactivate", {"reason": "Left."}))["active"]
    assert other.get("/me").status_code == 401
    gone = told(calls.send(f"/people/{person}/expunge", {"reason": "Asked for."}))
    assert (gone["name"], gone["email"]) == ("expunged", f"{person}@expunged.invalid")


def test_who_works_here_is_for_who_looks_after_it(site: Site) -> None:
    assert len(told(calls_of(site, "auditor").get("/people?limit=5"))["items"]) == 5
    for calls in (calls_of(site, "reviewer"), calls_of(site, "member"), service(site, [Act.READ_MATTER])):
        assert calls.get("/people").status_code == 404
        assert calls.get("/keys").status_code == 404
        assert calls.send("/people", INVITATION).status_code == 404
    assert calls_of(site, "auditor").send("/people", INVITATION).status_code == 404


def test_a_member_of_what_is_no_id_of_anything_is_not_invited(site: Site) -> None:
    body = {**INVITATION, "roles": ["member"], "advertiser": "a\x00b"}
    answer = calls_of(site, "administrator").send("/people", body)
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-value")


def test_a_person_revokes_keys_of_ones_own_and_of_nobody_else(site: Site) -> None:
    one, other = calls_of(site, "reviewer"), calls_of(site, "other")
    (theirs,) = told(other.get("/keys/own"))["items"]
    assert one.send(f"/keys/own/{theirs['id']}/revoke", {"reason": "No."}).status_code == 404
    assert one.send(f"/keys/{theirs['id']}/revoke", {"reason": "No."}).status_code == 404
    revoked = told(other.send(f"/keys/own/{theirs['id']}/revoke", {"reason": "Lost."}))
    assert (revoked["id"], revoked["also"]) == (theirs["id"], [])
    assert other.get("/me").status_code == 401


def test_an_administrator_revokes_any_key_with_all_that_came_in_its_place(site: Site) -> None:
    calls, program = calls_of(site, "administrator"), service(site, [Act.READ_MATTER, Act.ROTATE_KEY])
    key = told(program.get("/me"))["key"]
    made = told(program.send(f"/keys/{key}/rotate", {"overlap_seconds": 60}))
    later = Calls(Client(), made["secret"])
    assert (made["replaces"], told(later.get("/me"))["acts"]) == (key, ["key.rotate", "matter.read"])
    revoked = told(calls.send(f"/keys/{key}/revoke", {"reason": "It leaked."}))
    assert revoked["also"] == [made["id"]]
    assert (program.get("/me").status_code, later.get("/me").status_code) == (401, 401)


def test_a_key_rotates_itself_alone_and_for_a_week_at_most(site: Site) -> None:
    program, other = service(site, [Act.READ_MATTER, Act.ROTATE_KEY]), service(site, [Act.READ_MATTER])
    key, theirs = (told(calls.get("/me"))["key"] for calls in (program, other))
    assert program.send(f"/keys/{theirs}/rotate", {}).status_code == 404
    assert program.send(f"/keys/{key}/rotate", {"overlap_seconds": 604_801}).status_code == 422
    first = program.send(f"/keys/{key}/rotate", {}, idempotency_key="once")
    assert (first.status_code, first["Cache-Control"]) == (201, "no-store")
    again = program.send(f"/keys/{key}/rotate", {}, idempotency_key="once")
    assert (again.status_code, told(again)["code"]) == (409, "secret-told-already")


def test_no_secret_and_no_digest_of_one_is_listed(site: Site) -> None:
    calls = calls_of(site, "administrator")
    text = calls.get("/keys").content.decode() + calls.get("/keys/own").content.decode()
    assert calls.secret not in text
    assert "digest" not in text
    assert actor_keys(site.actor("administrator"), told(calls.get("/keys/own"))["items"])


def actor_keys(actor: Actor, items: list[dict[str, str]]) -> bool:
    return {item["person"] for item in items} == {actor.person}
