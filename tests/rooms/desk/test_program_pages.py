"""Pages of keys that are rotated, and of programs that are told of what happens."""

import re
from datetime import timedelta

import pytest

from adjudge.basis.instant import day_of
from adjudge.institution.hooks.telling import deliver_hooks
from adjudge.institution.staff.keys import key_actor
from adjudge.post.attempt import Retry
from adjudge.records.rows import HookRow, KeyRow
from adjudge.records.shelf import HOOKS, KEYS
from tests.rooms.desk.test_pages import follow, text_of
from tests.rooms.institution.sent import Answering
from tests.sites import Answered, Site

SECRET = re.compile(r'class="secret">([^<]+)<')
URL = "https://program.example/events"
ADDED = {
    "name": "ad server",
    "url": URL,
    "kinds": "decision:*\nperson:*",
    "since": "0",
    "reason": "it stops ads",
}


def shown(response: Answered) -> str:
    """The secret that a page shows."""
    found = SECRET.search(response.content.decode())
    assert found is not None
    return found[1]


def keys_of(site: Site) -> list[KeyRow]:
    with site.house.records.reading() as records:
        return list(records.find(KEYS))


def hooks_of(site: Site) -> list[HookRow]:
    with site.house.records.reading() as records:
        return list(records.find(HOOKS))


def day(site: Site, days: int) -> str:
    return (day_of(site.house.clock()) + timedelta(days=days)).isoformat()


# --- keys ---


def test_ones_own_key_is_rotated_and_the_new_one_shown_once(site: Site) -> None:
    client = site.client("reviewer")
    old = shown(client.post("/keys", {"name": "laptop"}))
    (key,) = keys_of(site)
    assert "without an end" in text_of(client.get("/keys"))
    new = shown(client.post(f"/keys/{key.id}/rotate", {"overlap": "0", "expires": day(site, 10)}))
    assert new != old
    assert key_actor(site.house, new).person == site.people["reviewer"].id
    page = text_of(client.get("/keys"))
    assert new not in page
    assert "Keys of yours end soon" in page
    assert "ends soon" in page
    assert "In place of" in page
    assert f"<dd><code>{key.id}</code>" in page
    assert client.get("/matters").content.decode().count('class="badge"') >= 1
    told = follow(client, client.post(f"/keys/{key.id}/revoke", {"reason": "lost"}))
    assert f"with it what came in its place: {keys_of(site)[1].id}" in told


def test_the_key_of_a_program_is_rotated_by_an_administrator_and_by_nobody_else(site: Site) -> None:
    client = site.client("administrator")
    client.post("/people/keys", {"name": "importer", "acts": ["claim.record"]})
    (key,) = keys_of(site)
    for who in ("auditor", "reviewer"):
        assert site.client(who).post(f"/people/keys/{key.id}/rotate", {"overlap": "0"}).status_code == 404
    assert shown(client.post(f"/people/keys/{key.id}/rotate", {"overlap": "86400", "expires": ""}))
    assert [item.replaces for item in keys_of(site)] == ["", key.id]
    refused = client.post(f"/people/keys/{key.id}/rotate", {"overlap": "864000", "expires": ""})
    assert refused.status_code == 422
    assert "at most 7 days" in text_of(refused)


def test_rotating_is_done_by_a_form_and_never_by_following_a_link(site: Site) -> None:
    client = site.client("reviewer")
    client.post("/keys", {"name": "laptop"})
    assert client.get(f"/keys/{keys_of(site)[0].id}/rotate").status_code == 405


# --- programs ---


def test_a_program_is_added_changed_told_again_and_ended_by_the_page(site: Site) -> None:
    client = site.client("administrator")
    assert "No program is told" in text_of(client.get("/hooks"))
    secret = shown(client.post("/hooks", ADDED))
    assert secret.startswith("whsec_")
    (hook,) = hooks_of(site)
    assert (hook.kinds, hook.next_seq, hook.secret) == (("decision:*", "person:*"), 0, secret)
    assert secret not in text_of(client.get("/hooks"))
    calls = Answering()
    deliver_hooks(site.house, calls)
    assert calls.sent
    sent = {"name": "other", "url": f"{URL}/2", "kinds": "", "reason": "it moved"}
    follow(client, client.post(f"/hooks/{hook.id}/change", sent))
    assert (hooks_of(site)[0].url, hooks_of(site)[0].kinds) == (f"{URL}/2", ())
    follow(client, client.post(f"/hooks/{hook.id}/replay", {"since": "2", "reason": "it lost some"}))
    assert hooks_of(site)[0].next_seq == 2
    assert shown(client.post(f"/hooks/{hook.id}/secret", {"reason": "old"})) != secret
    follow(client, client.post(f"/hooks/{hook.id}/end", {"reason": "not needed"}))
    page = text_of(client.get("/hooks"))
    assert "Tell it again" not in page
    assert "Settle anew" in page


def test_a_program_that_fails_shows_why_and_since_when(site: Site) -> None:
    client = site.client("administrator")
    client.post("/hooks", ADDED)
    deliver_hooks(site.house, Answering([Retry("503 <script>alert(1)</script>")]))
    page = client.get("/hooks").content.decode()
    assert "503 &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "Fails since" in text_of(site.client("auditor").get("/hooks"))


@pytest.mark.parametrize(
    "wrong", [{"url": "http://a.example"}, {"kinds": "nothing:such"}, {"since": "soon"}, {"reason": ""}]
)
def test_what_cannot_be_is_refused_with_what_was_typed_kept(site: Site, wrong: dict[str, str]) -> None:
    refused = site.client("administrator").post("/hooks", {**ADDED, **wrong})
    assert refused.status_code == 422
    assert "ad server" in refused.content.decode()
    assert hooks_of(site) == []


def test_programs_are_no_page_of_others_and_auditors_only_look(site: Site) -> None:
    site.client("administrator").post("/hooks", ADDED)
    (hook,) = hooks_of(site)
    for who in ("reviewer", "member", "legal"):
        assert site.client(who).get("/hooks").status_code == 404
    auditor = site.client("auditor")
    page = text_of(auditor.get("/hooks"))
    assert "ad server" in page
    assert "Tell it again" not in page
    for act in ("change", "secret", "replay", "end"):
        sent = {"name": "x", "url": URL, "since": "0", "reason": "why"}
        assert auditor.post(f"/hooks/{hook.id}/{act}", sent).status_code == 404
    assert hooks_of(site) == [hook]
