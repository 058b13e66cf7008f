"""`adjudge hook` and `adjudge key rotate`: what is settled, shown once, told again and ended on the command line."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from adjudge.institution.hooks.telling import deliver_hooks
from adjudge.institution.notifying import posting
from adjudge.post.attempt import Retry
from adjudge.post.webhook import WebhookSender
from tests.receivers import Certified, certificate, is_signed, webhook
from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.institution.sent import Answering

__all__ = ["certificate"]
URL = "https://program.example/events"
WHY = ("--reason", "it stops ads")


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def added(desk: Desk, *more: str, url: str = URL) -> tuple[str, str]:
    """A hook; its id and its secret."""
    line = ("hook", "add", "--name", "ad server", "--url", url, *more, *WHY, "--format", "json")
    made = json.loads(desk.done("administrator", *line))
    return made["hook"]["id"], made["secret"]


def test_a_hook_is_added_listed_changed_replayed_and_ended(desk: Desk) -> None:
    told = desk.done("administrator", "hook", "add", "--name", "ad server", "--url", URL, *WHY)
    assert "It is shown once: whsec_" in told
    (line,) = json.loads(desk.done("auditor", "hook", "list", "--format", "json"))
    assert (line["name"], line["url"], line["behind"], line["kinds"]) == ("ad server", URL, 1, [])
    assert {"secret", "former_secret"}.isdisjoint(line)
    hook = line["id"]
    desk.done("administrator", "hook", "change", hook, "--kind", "decision:*", *WHY)
    assert "decision:*" in desk.done("auditor", "hook", "list")
    desk.done("administrator", "hook", "change", hook, "--kind", "all", "--name", "other", *WHY)
    deliver_hooks(desk.house, Answering())
    (line,) = json.loads(desk.done("auditor", "hook", "list", "--format", "json"))
    assert (line["name"], line["kinds"], line["behind"], line["url"]) == ("other", [], 0, URL)
    desk.done("administrator", "hook", "replay", hook, "--since", "3", *WHY)
    (line,) = json.loads(desk.done("auditor", "hook", "list", "--format", "json"))
    assert line["next_seq"] == 3
    desk.done("administrator", "hook", "end", hook, *WHY)
    assert "ended" in desk.done("auditor", "hook", "list")
    again = desk.run("administrator", "hook", "replay", hook, "--since", "3", *WHY)
    assert again.returncode != 0
    assert "told of nothing more" in again.stderr


def test_a_hook_that_fails_says_so(desk: Desk) -> None:
    added(desk)
    deliver_hooks(desk.house, Answering([Retry("503 busy \x1b[31m")]))
    told = desk.done("administrator", "hook", "list")
    assert "fails since 23 November 2026" in told
    assert "503 busy" in told
    assert "\x1b" not in told


def test_no_hooks_are_said_to_be_none(desk: Desk) -> None:
    assert desk.done("auditor", "hook", "list") == "No program is told of what happens.\n"
    assert json.loads(desk.done("auditor", "hook", "list", "--format", "json")) == []


def test_a_new_secret_goes_into_a_file_of_its_owner(desk: Desk, tmp_path: Path) -> None:
    hook, secret = added(desk)
    desk.done("administrator", "hook", "secret", hook, "-o", tmp_path / "secret", *WHY)
    assert (tmp_path / "secret").read_text().startswith("whsec_")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "secret").read_text().strip() != secret


def test_a_message_of_trial_goes_to_a_real_receiver(desk: Desk, certificate: Certified) -> None:
    sender = WebhookSender(private=True, context=certificate.client, timeout=30, limit=30)
    with webhook(certificate) as hook, patch.object(posting, "hook_sender_of", lambda _: sender):
        name, secret = added(desk, url=hook.url)
        hook.answers = [(200, {}, b"thanks"), (500, {}, b"down")]
        assert "200 OK thanks" in desk.done("administrator", "hook", "test", name)
        failed = desk.run("administrator", "hook", "test", name)
    assert failed.returncode == 1
    assert "500 Internal Server Error down" in failed.stdout
    assert [body["type"] for body in hook.bodies()] == ["hook.test", "hook.test"]
    assert all(is_signed(secret, headers, body) for headers, body in hook.calls)


@pytest.mark.parametrize(
    "line",
    [
        ("hook", "list"),
        ("hook", "add", "--name", "x", "--url", URL, *WHY),
        ("hook", "test", "H-000001"),
        ("hook", "replay", "H-000001", "--since", "0", *WHY),
        ("hook", "end", "H-000001", *WHY),
        ("hook", "secret", "H-000001", *WHY),
    ],
    ids=" ".join,
)
def test_who_may_not_learns_nothing(desk: Desk, line: tuple[str, ...]) -> None:
    found = desk.run("author", *line)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("adjudge: there is nothing of this name here\n")


def test_what_is_no_address_or_kind_is_refused(desk: Desk) -> None:
    for wrong in (("--url", "http://a.example"), ("--url", URL, "--kind", "decision:nothing")):
        found = desk.run("administrator", "hook", "add", "--name", "x", *wrong, *WHY)
        assert found.returncode == 2
    assert json.loads(desk.done("auditor", "hook", "list", "--format", "json")) == []


# --- keys ---


def program(desk: Desk, *more: str) -> dict[str, str]:
    """A key of a program that may rotate itself; its id under its name, and its secret among the keys."""
    people = json.loads(desk.done("administrator", "person", "list", "--format", "json"))
    admin = next(item["id"] for item in people if "administrator" in item["roles"] and item["joined_at"])
    acts = ("--act", "matter.read", "--act", "key.rotate")
    line = ("key", "make", "robot", "--for", admin, *acts, *more, "--format", "json")
    made = json.loads(desk.done("", *line))
    desk.keys["robot"] = made["secret"]
    found: dict[str, str] = made["key"]
    return found


def test_a_key_rotates_itself_and_the_one_before_ends(desk: Desk, tmp_path: Path) -> None:
    key = program(desk, "--until", "2027-11-23")
    told = desk.done("robot", "key", "rotate", "--overlap", "0s", "-o", tmp_path / "new")
    assert f"is in place of {key['id']}" in told
    assert "It works until 23 November 2027." in told
    assert desk.run("robot", "matter", "list").returncode == 2, "no overlap was asked for"
    desk.keys["robot"] = (tmp_path / "new").read_text().strip()
    assert desk.done("robot", "matter", "list")
    listed = desk.done("administrator", "key", "list")
    assert f"made 23 November 2026 for {key['id']}" in listed
    assert "used 23 November 2026" in listed


def test_on_the_machine_the_key_of_a_program_is_rotated_and_no_other(desk: Desk) -> None:
    key = program(desk)
    made = json.loads(desk.done("", "key", "rotate", "--machine", key["id"], "--format", "json"))
    assert made["key"]["replaces"] == key["id"]
    own = json.loads(desk.done("author", "key", "list", "--own", "--format", "json"))
    found = desk.run("", "key", "rotate", "--machine", own[0]["id"])
    assert found.stderr.startswith("adjudge: there is nothing of this name here\n")
    desk.keys["other"] = made["secret"]
    told = desk.done("administrator", "key", "revoke", key["id"], "--reason", "found on the net")
    assert f"Nor does what came in its place: {made['key']['id']}." in told
    assert desk.run("other", "matter", "list").returncode == 2


@pytest.mark.parametrize("text", ["8d", "1w", "-1h", "x", "1h30m"])
def test_an_overlap_is_a_time_of_a_week_at_most(desk: Desk, text: str) -> None:
    program(desk)
    assert desk.run("robot", "key", "rotate", f"--overlap={text}").returncode == 2
    assert desk.done("robot", "matter", "list")


def test_keys_without_an_end_are_warned_of_and_those_that_end_soon_are_marked(desk: Desk) -> None:
    assert "keys work without an end" in desk.done("administrator", "key", "list")
    program(desk, "--until", "2026-12-01")
    assert "ends soon: 1 December 2026" in desk.done("administrator", "key", "list")
