"""How advertisers are reached and how the institution answers, over HTTP."""

from adjudge.people.act import Act
from tests.rooms.api.calls import calls_of, service, told
from tests.sites import Site

CONTACT = {
    "language": "fr",
    "emails": ["ads@example.org"],
    "webhook": "https://hooks.example.org/adjudge",
    "reason": "They asked.",
}


def test_the_secret_of_a_webhook_is_told_once_and_not_kept_with_the_answer(site: Site) -> None:
    member, path = calls_of(site, "member"), f"/advertisers/{site.matter.advertiser}/contact"
    seen = member.get(path)["ETag"]
    first = member.send(path, CONTACT, method="PUT", if_match=seen, idempotency_key="one")
    assert first.status_code == 200, first.content
    assert told(first)["webhook_secret"].startswith("whsec_")
    again = member.send(path, CONTACT, method="PUT", if_match=seen, idempotency_key="one")
    assert (again.status_code, told(again)["code"]) == (409, "secret-told-already")
    assert told(first)["webhook_secret"] not in again.content.decode()
    assert "webhook_secret" not in told(member.get(path))
    stale = member.send(path, CONTACT, method="PUT", if_match=seen)
    assert stale.status_code == 412
    kept = member.send(path, CONTACT, method="PUT", if_match=member.get(path)["ETag"])
    assert told(kept)["webhook_secret"] == ""


def test_an_address_that_is_none_is_refused(site: Site) -> None:
    calls, path = calls_of(site, "reviewer"), f"/advertisers/{site.matter.advertiser}/contact"
    answer = calls.send(path, {**CONTACT, "emails": ["nobody"]}, method="PUT", if_match="*")
    assert (answer.status_code, [item["code"] for item in told(answer)["findings"]]) == (422, ["bad-address"])


def test_a_contact_of_others_is_not_there(site: Site) -> None:
    path = f"/advertisers/{site.matter.advertiser}/contact"
    assert calls_of(site, "auditor").get(path).status_code == 404
    assert calls_of(site, "member").get("/advertisers/example/contact").status_code == 404
    assert service(site, [Act.SETTLE_CONTACT]).get(path).status_code == 200
    assert calls_of(site, "reviewer").get("/advertisers/nobody/contact").status_code == 404


def test_the_procedure_that_is_read_can_be_settled(site: Site) -> None:
    calls = calls_of(site, "administrator")
    seen = calls.get("/procedure")
    body = {key: value for key, value in told(seen).items() if key != "id"}
    body |= {"country": "FR", "closed": ["2026-12-24"], "relief": ["limit"], "reason": "Set up."}
    done = calls.send("/procedure", body, method="PUT", if_match=seen["ETag"])
    assert done.status_code == 200, done.content
    assert told(done) == {**told(seen), "country": "FR", "closed": ["2026-12-24"], "relief": ["limit"]}
    year = told(calls.get("/calendar/2026"))
    assert {"2026-07-14", "2026-12-24", "2026-12-25"} <= set(year["closed"])
    assert "2026-11-01" not in year["closed"]  # a Sunday


def test_what_cannot_be_settled_is_refused(site: Site) -> None:
    calls = calls_of(site, "administrator")
    for part, code in (
        ({"country": "XX"}, "bad-value"),
        ({"zone": "Mars/Olympus"}, "bad-value"),
        ({"closed": ["soon"]}, "bad-value"),
        ({"clocks": {"settle": {"count": 3, "consequence": "reinstate"}}}, "bad-value"),
        ({"clocks": {"never": {"count": 3, "consequence": "escalate"}}}, "bad-request"),
        ({"misuse": {"least_number": 1}}, "bad-request"),
        ({"relief": ["applause"]}, "bad-request"),
    ):
        answer = calls.send("/procedure", {"reason": "So.", **part}, method="PUT", if_match="*")
        assert (answer.status_code, told(answer)["code"]) == (422, code), part
        assert told(answer)["findings"]


def test_the_procedure_is_settled_by_administrators_alone(site: Site) -> None:
    calls = calls_of(site, "legal")
    assert calls.get("/procedure").status_code == 200
    assert calls.send("/procedure", {"reason": "So."}, method="PUT", if_match="*").status_code == 404
    assert calls_of(site, "member").get("/procedure").status_code == 404
    assert calls.get("/calendar/1969").status_code == 422
