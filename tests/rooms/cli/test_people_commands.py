"""`adjudge init`, `join`, `person`, `key`, `institution`: who comes in, by what, and what others are told."""

import json
import stat
from pathlib import Path

import pytest

from adjudge.storage.memory import MemoryRecords
from tests.databases import in_memory_of
from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.cli.inside import adjudge

NO_SUCH_THING = (
    "adjudge: there is nothing of this name here\n"
    "  check the name; if it is right, ask for the rights that it needs\n"
)


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def empty(desk: Desk) -> Desk:
    """An institution without people."""
    in_memory_of(desk.house).state = MemoryRecords().state
    return desk


def secret_in(text: str) -> str:
    return text.split("adjudge join ")[1].split(maxsplit=1)[0]


# --- beginning ---


def test_an_institution_is_set_up_and_its_first_administrator_joins(desk: Desk) -> None:
    empty(desk)
    secret = secret_in(desk.done("", "init", "--empty", "--email", "ann@example.org", "--name", "Ann"))
    told = desk.done("", "join", secret)
    assert told.startswith("You have joined as P-000001, and your key is K-000003.\n")
    desk.keys["ann"] = told.split("ADJUDGE_KEY=")[1].strip()
    assert desk.done("ann", "person", "list").split() == [
        "P-000001", "administrator", "has", "joined", "Ann", "<ann@example.org>"
    ]  # fmt: skip


def test_where_there_is_no_case_it_is_said_which_and_how_to_begin(desk: Desk) -> None:
    found = empty(desk).run("", "init", "--case", "no-such-folder")
    assert found.returncode != 0
    assert "there is no case in `no-such-folder`" in found.stderr
    assert "`--empty`" in found.stderr


def test_a_lost_secret_is_replaced_and_works_no_more(desk: Desk) -> None:
    empty(desk)
    first = secret_in(desk.done("", "init", "--empty"))
    second = secret_in(desk.done("", "init", "--empty"))
    assert desk.run("", "join", first).stderr == NO_SUCH_THING
    desk.done("", "join", second)
    assert desk.run("", "join", second).returncode == 2
    told = desk.done("", "init", "--empty")
    assert told.startswith("Somebody has joined this institution already")


def test_the_whole_link_can_be_given_too(desk: Desk) -> None:
    empty(desk)
    secret = secret_in(desk.done("", "init", "--empty"))
    made = json.loads(desk.done("", "join", f"http://127.0.0.1:8411/join/{secret}/", "--format", "json"))
    assert made["person"] == "P-000001"
    assert len(made["secret"]) == 48


def test_the_case_becomes_an_open_matter(desk: Desk) -> None:
    desk.done("", "join", secret_in(empty(desk).done("", "init", "--lang", "fr")))
    with desk.house.records.reading() as records:
        kinds = [entry.kind for entry in records.entries()]
    assert kinds[:4] == ["institution:settled", "data:imported", "matter:opened", "person:invited"]


def test_a_case_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    found = empty(desk).run("", "init", "--case", tmp_path / "nowhere")
    assert found.returncode == 2
    assert f"there is no case in `{tmp_path / 'nowhere'}`" in found.stderr
    assert "`--empty`" in found.stderr


def test_a_secret_is_written_for_its_owner_only_and_over_nothing(desk: Desk, tmp_path: Path) -> None:
    file, key = tmp_path / "secret", tmp_path / "key"
    empty(desk).done("", "init", "--empty", "-o", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    taken = desk.run("", "join", file.read_text().strip(), "-o", file)
    assert (taken.returncode, taken.stderr.splitlines()[0]) == (
        1,
        f"adjudge: {file} cannot be made: file exists",
    )
    told = desk.done("", "join", file.read_text().strip(), "-o", key)
    assert key.read_text().strip() not in told
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert desk.done("", "person", "list", "--key", key)


def test_nothing_is_left_of_a_key_file_where_the_secret_is_none(desk: Desk, tmp_path: Path) -> None:
    assert desk.run("", "join", "guessed", "-o", tmp_path / "key").stderr == NO_SUCH_THING
    assert not (tmp_path / "key").exists()


# --- who acts ---


def test_it_must_be_said_who_acts(desk: Desk) -> None:
    found = desk.run("", "matter", "list")
    assert found.returncode == 2
    assert found.stderr == (
        "adjudge: it is not said who acts\n"
        "  put your key in `ADJUDGE_KEY`, or name a file that holds it with `--key`\n"
    )


@pytest.mark.parametrize("wrong", ["guessed", "\N{RIGHT-TO-LEFT OVERRIDE}", "a" * 5000])
def test_a_key_that_is_none_opens_nothing(desk: Desk, wrong: str) -> None:
    found = desk.run(wrong, "matter", "list")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("adjudge: this key does not work here\n")
    assert wrong not in found.stderr


def test_a_revoked_key_and_one_that_is_over_open_nothing(desk: Desk) -> None:
    own = ("key", "make", "second", "--own", "--for", person(desk, "author"), "--format", "json")
    made = json.loads(desk.done("", *own))
    desk.keys["again"] = made["secret"]
    desk.done("again", "matter", "list")
    desk.done("author", "key", "revoke", made["key"]["id"], "--reason", "lost")
    assert desk.run("again", "matter", "list").stderr.startswith("adjudge: this key does not work here\n")
    made = json.loads(desk.done("", *own, "--until", "2026-11-23T00:00:20Z"))
    desk.keys["brief"] = made["secret"]
    desk.done("brief", "matter", "list")
    for _ in range(20):
        desk.house.clock()
    assert desk.run("brief", "matter", "list").returncode == 2
    for told in (desk.done("administrator", "key", "list"), desk.done("author", "key", "list", "--own")):
        assert [told.count(word) for word in ("revoked", "is over")] == [1, 1]


def test_whoever_was_shut_out_has_no_key_any_more(desk: Desk) -> None:
    people = json.loads(desk.done("administrator", "person", "list", "--format", "json"))
    author = next(item["id"] for item in people if item["name"] == "author")
    desk.done("administrator", "person", "deactivate", author, "--reason", "left")
    assert desk.run("author", "matter", "list").returncode == 2
    told = desk.done("administrator", "person", "list")
    assert ["shut out" in line for line in told.splitlines()].count(True) == 1
    again = desk.run("administrator", "person", "invite-again", author)
    assert "this person was shut out" in again.stderr


@pytest.mark.parametrize(
    "line",
    [
        ("person", "list"),
        ("person", "invite", "x@example.org", "--name", "X", "--role", "reviewer"),
        ("person", "deactivate", "P-000001", "--reason", "why"),
        ("key", "list"),
        ("key", "revoke", "K-000001", "--reason", "why"),
        ("policy", "approve", "brewers@1", "--reason", "why"),
        ("log", "export"),
        ("log", "checkpoint"),
        ("matter", "show", "M-999999"),
        ("document", "expunge", "round", "--reason", "why"),
    ],
    ids=" ".join,
)
def test_a_missing_right_is_told_like_a_missing_thing(desk: Desk, line: tuple[str, ...]) -> None:
    found = desk.run("author", *line)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", NO_SUCH_THING)


def test_a_key_file_that_cannot_be_read_is_said(desk: Desk, tmp_path: Path) -> None:
    missing = desk.run("author", "matter", "list", "--key", tmp_path / "none")
    assert (missing.returncode, "cannot be read" in missing.stderr) == (1, True)
    assert desk.run("author", "matter", "list", "--key", tmp_path).returncode == 2
    large = tmp_path / "large"
    large.write_bytes(bytes(5_000))
    assert "more than 1,000 bytes" in desk.run("author", "matter", "list", "--key", large).stderr


# --- people and keys ---


def test_a_person_is_invited_again_given_roles_and_shut_out(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    desk.done(
        "administrator", "person", "invite", "x@example.org", "--name", "X", "--role", "reviewer", "-o", file
    )
    people = json.loads(desk.done("administrator", "person", "list", "--format", "json"))
    assert all("invitation" not in person for person in people)
    x = next(item["id"] for item in people if item["name"] == "X")
    told = desk.done("administrator", "person", "invite-again", x)
    assert desk.run("", "join", file.read_text().strip()).returncode == 2
    desk.keys["x"] = desk.done("", "join", secret_in(told)).split("ADJUDGE_KEY=")[1].strip()
    assert desk.run("x", "person", "list").returncode == 2
    line = ("person", "roles", x, "--role", "auditor", "--role", "legal", "--reason", "moved")
    assert desk.done("administrator", *line) == f"{x} has from now on: auditor, legal\n"
    desk.done("x", "person", "list")


def test_a_member_needs_an_advertiser_and_nobody_else_has_one(desk: Desk) -> None:
    line = ("person", "invite", "m@example.org", "--name", "M", "--role", "member")
    found = desk.run("administrator", *line)
    assert "belongs to one advertiser" in found.stderr
    desk.done("administrator", *line, "--advertiser", "brewer-00000")


def test_lists_are_paged(desk: Desk) -> None:
    told = desk.done("administrator", "person", "list", "--most", "2")
    first, second, more = told.splitlines()
    assert more == f"There are more: go on with --after {second.split()[0]}."
    rest = desk.done("administrator", "person", "list", "--after", second.split()[0])
    assert first.split()[0] not in rest
    assert second.split()[0] not in rest
    assert adjudge("person", "list", "--most", "0").returncode == 2


def person(desk: Desk, name: str) -> str:
    """The id of somebody."""
    found = json.loads(desk.done("administrator", "person", "list", "--format", "json"))
    return str(next(item["id"] for item in found if item["name"] == name))


def test_a_service_key_does_its_acts_and_no_others(desk: Desk) -> None:
    line = ("key", "make", "robot", "--for", person(desk, "administrator"))
    made = json.loads(desk.done("", *line, "--act", "matter.read", "--format", "json"))
    desk.keys["robot"] = made["secret"]
    desk.done("robot", "matter", "list")
    assert desk.run("robot", "matter", "evaluate", "M-000013").stderr == NO_SUCH_THING
    assert desk.run("", *line).returncode == 2
    assert desk.run("", *line, "--act", "decision.issue").returncode == 2


def test_a_key_is_made_on_the_machine_for_somebody_who_may_have_it(desk: Desk, tmp_path: Path) -> None:
    author = person(desk, "author")
    told = desk.done("", "key", "make", "laptop", "--own", "--for", author, "-o", tmp_path / "key")
    assert f"is made, and {author} answers for it." in told
    assert desk.done("", "matter", "list", "--key", tmp_path / "key")
    refused = desk.run("", "key", "make", "robot", "--act", "claim.record", "--for", author)
    assert (refused.returncode, f"{author} may have no such key" in refused.stderr) == (2, True)
    nobody = desk.run("", "key", "make", "laptop", "--own", "--for", "P-999999", "-o", tmp_path / "none")
    assert nobody.stderr == NO_SUCH_THING
    assert not (tmp_path / "none").exists()
    assert desk.run("author", "key", "make", "laptop", "--own").returncode == 2  # it is said for whom


def test_whoever_lost_a_key_revokes_it_without_an_administrator(desk: Desk) -> None:
    made = json.loads(
        desk.done("", "key", "make", "lost", "--own", "--for", person(desk, "author"), "--format", "json")
    )
    assert made["key"]["id"] in desk.done("author", "key", "list", "--own")
    line = ("key", "revoke", made["key"]["id"], "--reason", "left in a train")
    assert desk.run("member 0", *line).stderr == NO_SUCH_THING
    assert desk.done("author", *line) == f"The key {made['key']['id']} works no more.\n"
    desk.keys["lost"] = made["secret"]
    assert "this key does not work here" in desk.run("lost", "matter", "list").stderr


# --- the institution ---


def test_the_institution_is_settled_anew_from_a_file(desk: Desk, tmp_path: Path) -> None:
    assert desk.done("author", "institution", "show").splitlines()[0] == "Platform: Platform"
    file = tmp_path / "settled.yaml"
    file.write_text(
        "platform: {en: Ads <b>Ltd</b>, fr: Ads SA}\ncomplaint: https://ads.example/complain\n"
        "settlement: https://ads.example/settle\nlanguages: [en, fr]\n"
    )
    desk.done("administrator", "institution", "settle", file, "--reason", "new name")
    assert desk.done("author", "institution", "show", "--lang", "fr").splitlines()[0].endswith("Ads SA")
    form = json.loads(desk.done("author", "institution", "show", "--format", "json"))
    assert form["platform"]["en"] == "Ads <b>Ltd</b>"
    assert desk.run("author", "institution", "settle", file, "--reason", "mine").stderr == NO_SUCH_THING


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("platform: {en: A}\nlanguages: [en]\nsettlement: https://a.example/s\n", "missing-key"),
        ("platform: {en: A}\ncomplaint: nowhere\nsettlement: https://a.example/s\nlanguages: [en]\n", "bad-value"),
        ("platform: {en: A}\ncomplaint: https://a.example\nsettlement: https://a.example\nlanguages: [xx]\n",
         "unknown-language"),
        ("platform: {fr: A}\ncomplaint: https://a.example\nsettlement: https://a.example\nlanguages: [fr]\n",
         "missing-text"),
        ("- a list\n", "wrong-shape"),
        ("x: &a b\n", "yaml-feature"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_such_a_file_is_said(desk: Desk, tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "settled.yaml"
    file.write_text(text)
    line = ("institution", "settle", file, "--reason", "why", "--format", "json")
    found = desk.run("administrator", *line)
    assert found.returncode == 2
    tree = json.loads(found.stdout)
    items = tree.get("problems") or tree["error"]["findings"]
    assert code in {item["code"] for item in items}


def test_bad_settings_are_said_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADJUDGE_PORT", "none")
    monkeypatch.setenv("ADJUDGE_DATA_DIR", str(tmp_path / "data"))
    found = adjudge("matter", "list")
    assert (found.returncode, "ADJUDGE_PORT" in found.stderr) == (2, True)
    assert not (tmp_path / "data").exists()


def test_a_folder_without_an_institution_is_not_made_into_one(tmp_path: Path) -> None:
    found = adjudge("matter", "list", "--data", tmp_path / "data")
    assert found.returncode == 2
    assert "the database of this institution is not there" in found.stderr
    assert not (tmp_path / "data").exists()
