"""What statements say of the platform, hooks, and an advertiser's own data, over HTTP."""

import io
import json
import zipfile
from typing import Any

from adjudge.people.act import Act
from tests.rooms.api.calls import calls_of, service, told
from tests.rooms.desk.hearings import issued
from tests.sites import Site

SETTLED = {
    "platform": {"en": "Another Platform"},
    "complaint": "https://platform.example/complain",
    "settlement": "https://platform.example/settle",
    "languages": ["en"],
    "reason": "A new name.",
}
HOOK = {"name": "ads", "url": "https://ads.example/hook", "kinds": ["decision:*"], "reason": "Serving stops."}


def test_what_is_settled_is_read_by_whoever_reads_policies_and_settled_anew_by_administrators(
    site: Site,
) -> None:
    calls = calls_of(site, "administrator")
    before = calls.get("/institution")
    assert told(before)["platform"]["en"] == "Platform"
    assert told(calls_of(site, "member").get("/institution")) == told(before)
    assert calls.send("/institution", SETTLED, method="PUT").status_code == 428
    after = calls.send("/institution", SETTLED, method="PUT", if_match=before["ETag"])
    assert (after.status_code, told(after)["platform"]) == (200, {"en": "Another Platform"})
    assert calls.send("/institution", SETTLED, method="PUT", if_match=before["ETag"]).status_code == 412
    reviewer = calls_of(site, "reviewer")
    assert reviewer.send("/institution", SETTLED, method="PUT", if_match="*").status_code == 404


def test_an_address_that_is_none_is_refused_as_it_is_in_a_file(site: Site) -> None:
    body = {**SETTLED, "complaint": "javascript:alert(1)"}
    answer = calls_of(site, "administrator").send("/institution", body, method="PUT", if_match="*")
    assert (answer.status_code, told(answer)["code"]) == (422, "bad-value")


def test_a_program_is_told_anew_again_and_no_more(site: Site) -> None:
    calls = calls_of(site, "administrator")
    made = told(calls.send("/hooks", HOOK))
    assert made["secret"].startswith("whsec_")
    assert (made["kinds"], made["behind"]) == (["decision:*"], 1)
    path = f"/hooks/{made['id']}"
    seen = calls.get(path)
    assert "secret" not in told(seen)
    issued(site)  # the log goes on, and what was settled is as it was
    anew = {**HOOK, "kinds": [], "reason": "All of it."}
    settled = calls.send(path, anew, method="PUT", if_match=seen["ETag"])
    assert (settled.status_code, told(settled)["kinds"], told(settled)["secret"]) == (200, [], "")
    assert calls.send(path, anew, method="PUT", if_match=seen["ETag"]).status_code == 412
    assert told(calls.send(f"{path}/secret", {"reason": "Old."}))["secret"] not in {"", made["secret"]}
    beyond = calls.send(f"{path}/replay", {"since": 9_999_999, "reason": "Lost."})
    assert (beyond.status_code, told(beyond)["code"]) == (422, "bad-value")
    assert told(calls.send(f"{path}/replay", {"since": 0, "reason": "Lost."}))["next_seq"] == 0
    assert told(calls.send(f"{path}/end", {"reason": "Replaced."}))["ended_at"]
    assert [item["id"] for item in told(calls.get("/hooks"))["items"]] == [made["id"]]


def test_a_message_of_trial_says_what_came_of_it(site: Site) -> None:
    calls = calls_of(site, "administrator")
    hook = {**HOOK, "url": "https://hook.invalid/x"}
    path = f"/hooks/{told(calls.send('/hooks', hook))['id']}"
    size = site.size
    found = told(calls.send(f"{path}/try"))
    assert found["outcome"] in {"not_now", "refused"}
    assert found["said"]
    assert site.size == size


def test_which_programs_are_told_is_for_who_looks_after_it(site: Site) -> None:
    made = told(calls_of(site, "administrator").send("/hooks", HOOK))
    assert calls_of(site, "auditor").get(f"/hooks/{made['id']}").status_code == 200
    for calls in (calls_of(site, "reviewer"), calls_of(site, "member"), service(site, [Act.READ_LOG])):
        assert calls.get("/hooks").status_code == 404
        assert calls.send("/hooks", HOOK).status_code == 404
    assert calls_of(site, "auditor").send(f"/hooks/{made['id']}/end", {"reason": "No."}).status_code == 404


def test_an_advertiser_takes_out_what_is_kept_of_it(site: Site) -> None:
    row = issued(site)
    path = f"/advertisers/{row.advertiser}/export"
    for name in ("member", "administrator"):
        answer: Any = calls_of(site, name).get(path)
        assert answer["Content-Type"] == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert [item["id"] for item in json.loads(archive.read("rows/decisions.json"))] == [row.id]
    assert calls_of(site, "reviewer").get(path).status_code == 404
    assert calls_of(site, "member").get("/advertisers/somebody-else/export").status_code == 404
