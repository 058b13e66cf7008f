"""`adjudge matter`, `subject`, `claim`, `document`, `decision`, `policy`, `replay`, `log`: the work that is done."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adjudge.records.shelf import DECISIONS
from adjudge.tongues.tongue import tongue_of
from tests.generators.institutions import VOCABULARY
from tests.rooms.cli.desk import SIGNER, Desk, new_desk
from tests.rooms.cli.inside import adjudge
from tests.rooms.cli.test_people_commands import NO_SUCH_THING

MATTER, OTHERS = "M-000013", "M-000014"
AD = "ad-00000"
GOOD = (
    "reason: The ad offers beer, and no licence is on record.\n"
    "milder: A label would not replace the licence.\n"
    "rights: The brewer may trade; what is asked of it is a licence.\n"
)
ABOUT = ("--matter", MATTER, "--subject", AD)
VERSION = """
package: brewers
version: '2'
language: 1
vocabulary: ads
published_at: 2026-11-01
rules:
  - id: beer
    title: {en: Beer in an ad}
    subject: ad
    kind: restriction
    ground: {terms: Clause 1 on beer, url: "https://example.org/terms#1"}
    territory: worldwide
    when: ad.beer
    standard: corroborated
    unless:
      - id: licensed
        when: advertiser.licences.exists(l, l.country == 'FR' && l.until > now)
        standard: corroborated
    measure: {notify: {}}
    decided_by: person
    explanation: {en: An ad for beer runs only for a brewer who holds a licence.}
"""


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.yaml", GOOD)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def form(desk: Desk, who: str, *line: str | Path) -> Any:  # noqa: ANN401 - the JSON of any command
    return json.loads(desk.done(who, *line, "--format", "json"))


def proposed(desk: Desk, file: Path) -> tuple[str, str]:
    row = form(desk, "author", "decision", "propose", *ABOUT, "--file", file)
    return row["id"], row["digest"]


def issued(desk: Desk, file: Path) -> str:
    decision, digest = proposed(desk, file)
    desk.done("second", "decision", "confirm", decision, "--digest", digest, "--reason", "read")
    assert desk.done("author", "decision", "issue", decision) == f"The decision {decision} is now: issued\n"
    return decision


# --- matters ---


def test_matters_are_listed_by_state_and_by_page(desk: Desk) -> None:
    assert desk.done("author", "matter", "list").splitlines() == [
        f"{MATTER}  open  brewer-00000  brewers",
        f"{OTHERS}  open  brewer-00001  brewers",
    ]
    assert desk.done("author", "matter", "list", "--state", "closed") == "There are no matters here.\n"
    assert [row["id"] for row in form(desk, "author", "matter", "list", "--after", MATTER)] == [OTHERS]
    assert f"--after {MATTER}" in desk.done("author", "matter", "list", "--most", "1")


def test_a_member_sees_the_own_matters_and_no_others(desk: Desk, good: Path) -> None:
    assert [row["id"] for row in form(desk, "member 0", "matter", "list")] == [MATTER]
    decision, _ = proposed(desk, good)
    told = desk.done("member 0", "matter", "show", MATTER)
    assert decision not in told
    assert "matter:opened" in told
    for line in (("matter", "show", OTHERS), ("decision", "show", decision), ("decision", "options", *ABOUT)):
        assert desk.run("member 0", *line).stderr == NO_SUCH_THING
    desk.done("second", "decision", "return", decision, "--reason", "look again")
    decision = issued(desk, good)
    assert "Statement of reasons" in desk.done("member 0", "decision", "show", decision)
    assert desk.run("member 1", "decision", "show", decision).stderr == NO_SUCH_THING
    for line in (("matter", "show", MATTER), ("decision", "show", decision)):
        told = desk.done("member 0", *line) + desk.done("member 0", *line, "--format", "json")
        assert "ad-00001" not in told  # whom it was compared with is another advertiser's affair
        assert "ad-00001" in desk.done("author", *line, "--format", "json")
    assert desk.done("member 0", "log", "receipt", decision).startswith("{")
    assert desk.run("member 1", "log", "receipt", decision).stderr == NO_SUCH_THING


def test_a_matter_is_shown_with_what_stands_in_the_way(desk: Desk, good: Path) -> None:
    decision, _ = proposed(desk, good)
    told = desk.done("author", "matter", "show", MATTER)
    for part in ("Subjects\n", "ad-00000-beer  ad-00000  4", f"What stands in the way of {decision}:\n",
                 "the signature of a second person is missing [not-signed]", "decision:proposed"):  # fmt: skip
        assert part in told, part
    tree = form(desk, "author", "matter", "show", MATTER)
    assert [item["code"] for item in tree["standing_in_the_way"][decision]] == ["not-signed"]
    assert tree["answer"]["outcomes"][0]["measures"] == [{"rule": "beer", "kind": "exclude"}]
    assert tree["matter"]["opened_at"] == "2026-11-22T00:00:13Z"


def test_every_earlier_view_can_be_had(desk: Desk) -> None:
    before = "2026-11-22T12:00:00Z"
    desk.done("author", "claim", "discount", "ad-00000-beer", "--weight", "1", "--reason", "a guess")
    now = form(desk, "author", "matter", "show", MATTER)
    then = form(desk, "author", "matter", "show", MATTER, "--known-at", before, "--as-of", before)
    assert now["answer"]["outcomes"][0]["measures"] == []
    assert then["answer"]["outcomes"][0]["measures"] == [{"rule": "beer", "kind": "exclude"}]
    assert [claim["id"] for claim in then["claims"]] == ["ad-00000-beer"]
    assert now["claims"][0]["replaces"] == "ad-00000-beer"
    early = desk.run("author", "matter", "show", MATTER, "--known-at", "2020-01-01")
    assert (early.returncode, "no version of brewers applied" in early.stderr) == (2, True)


def test_a_matter_is_evaluated_assigned_closed_and_reopened(desk: Desk) -> None:
    told = desk.done("author", "matter", "evaluate", MATTER)
    assert "  ad-00000: exclude (beer)\n" in told
    people = {row["name"]: row["id"] for row in form(desk, "administrator", "person", "list")}
    line = ("matter", "assign", MATTER, people["author"], "--reason", "knows beer")
    assert f"assigned to {people['author']}" in desk.done("author", *line)
    stale = desk.run("author", "matter", "close", MATTER, "--reason", "done", "--seen", "0")
    assert stale.returncode == 2
    assert "the matter was changed meanwhile: matter:assigned" in stale.stderr
    assert "is now: closed" in desk.done(
        "author", "matter", "close", MATTER, "--reason", "done", "--seen", "1"
    )
    refused = desk.run("author", "decision", "propose", *ABOUT, "--file", "/dev/null")
    assert refused.returncode == 2
    assert "is now: reopened" in desk.done("author", "matter", "reopen", MATTER, "--reason", "news")
    auditor = ("matter", "assign", MATTER, people["auditor"], "--reason", "x")
    assert "this person does not work on matters" in desk.run("author", *auditor).stderr


def test_an_advertiser_has_one_open_matter_under_a_policy(desk: Desk, tmp_path: Path) -> None:
    line = ("matter", "open", "--advertiser", "brewer-00000", "--policy", "brewers", "--reason", "again")
    found = desk.run("author", *line)
    assert (found.returncode, f"the matter {MATTER} of this advertiser is open" in found.stderr) == (2, True)
    subject = written(tmp_path / "s.yaml", "id: new-one\nkind: advertiser\ntitle: {en: New}\n")
    desk.done("author", "subject", "record", subject)
    line = ("matter", "open", "--advertiser", "new-one", "--policy", "brewers", "--reason", "first")
    assert "is now: open" in desk.done("author", *line, "--territory", "FR", "--source", "article_16")


# --- subjects, claims, documents ---


def test_a_claim_is_recorded_from_a_document_and_withdrawn(desk: Desk, tmp_path: Path) -> None:
    described = written(
        tmp_path / "d.yaml",
        "kind: question\ntitle: \N{RIGHT-TO-LEFT OVERRIDE}A licence 🍺\npublisher: <b>The city</b>\n"
        "precision: unknown\nlanguage: en\nstatus: primary\nsources: [seen]\nsummary: {en: A licence.}\n",
    )
    content = written(tmp_path / "licence.txt", "Licence no. 7")
    row = form(
        desk, "author", "document", "receive", described, "--about", "brewer-00000", "--content", content
    )
    assert (row["media_type"], row["file_name"]) == ("text/plain", "licence.txt")
    claim = written(
        tmp_path / "c.yaml",
        "subject: brewer-00000\nfact: advertiser.licences\nvalue: {country: FR, until: '2030-01-01'}\n"
        f"stance: asserts\norigin: city\ndocument: {row['id']}\nplace: line 1\nweight: 4\n",
    )
    recorded = form(desk, "author", "claim", "record", claim, "--policy", "brewers")
    tree = form(desk, "author", "matter", "show", MATTER)
    assert tree["answer"]["outcomes"][0]["measures"] == []
    told = desk.done("author", "matter", "show", MATTER)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in told
    assert "🍺" in told
    desk.done("author", "claim", "withdraw", recorded["id"], "--reason", "the city says it is none")
    twice = desk.run("author", "claim", "withdraw", recorded["id"], "--reason", "again")
    assert (twice.returncode, "the claim was withdrawn on" in twice.stderr) == (2, True)
    desk.done("administrator", "document", "expunge", row["id"], "--reason", "asked for by the person")
    assert desk.house.blobs.get(row["blob"]) is None


def test_a_claim_is_never_raised(desk: Desk) -> None:
    for weight in ("4", "5", "0", "-1"):
        line = ("claim", "discount", "ad-00000-beer", f"--weight={weight}", "--reason", "surer")
        found = desk.run("author", *line)
        assert (found.returncode, "can only be lowered" in found.stderr) == (2, True)


@pytest.mark.parametrize(
    "text", ["id: mine\nsubject: brewer-00000\n", "subject: nobody\n", "- a\n", "a: &b c\n", ""]
)
def test_what_is_wrong_with_a_claim_is_said(desk: Desk, tmp_path: Path, text: str) -> None:
    file = written(tmp_path / "c.yaml", text)
    size = sum(1 for _ in desk.house.records.reading().__enter__().entries())
    found = desk.run("author", "claim", "record", file, "--policy", "brewers")
    assert found.returncode == 2
    assert found.stderr
    assert sum(1 for _ in desk.house.records.reading().__enter__().entries()) == size


def test_what_no_reader_takes_is_not_received(desk: Desk, tmp_path: Path) -> None:
    described = written(tmp_path / "d.yaml", "kind: question\n")
    line = ("document", "receive", described, "--about", "brewer-00000", "--content")
    zipped = tmp_path / "a.pdf"
    zipped.write_bytes(b"PK\x03\x04" + bytes(100))
    assert "neither a PDF" in desk.run("author", *line, zipped).stderr
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as stream:
        stream.truncate(1_000_000_000)
    assert "more than 20,000,000 bytes" in desk.run("author", *line, huge).stderr
    assert desk.run("author", *line, tmp_path / "none").returncode == 1


# --- decisions ---


def test_a_template_names_what_asks_for_words_and_can_be_filled_in(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    line = ("decision", "propose", *ABOUT, "--template", "-o", file)
    desk.done("author", *line)
    assert "[already-there]" in desk.run("author", *line).stderr
    text = file.read_text()
    assert {'reason: ""', 'milder: ""', 'rights: ""', '#   "beer": no_measure'} <= set(text.splitlines())
    empty = desk.run("author", "decision", "propose", *ABOUT, "--file", file)
    assert empty.returncode == 2
    filled = written(file, text.replace('""', '"Because."'))
    assert proposed(desk, filled)[0].startswith("X-")


def test_a_template_lists_the_claims_that_count_against_it(desk: Desk, tmp_path: Path) -> None:
    claim = written(
        tmp_path / "c.yaml",
        "subject: ad-00000\nfact: ad.beer\nvalue: false\nstance: asserts\norigin: 'the \"brewer\"'\n"
        "document: round\nplace: a\nweight: 1\n",
    )
    against = form(desk, "author", "claim", "record", claim, "--policy", "brewers")["id"]
    told = desk.done("author", "decision", "propose", *ABOUT, "--template")
    assert f'  "{against}": ""\n' in told
    assert form(desk, "author", "decision", "options", *ABOUT)["contrary"] == [against]
    file = written(tmp_path / "p.yaml", GOOD)
    found = desk.run("author", "decision", "propose", *ABOUT, "--file", file, "--format", "json")
    assert [item["code"] for item in json.loads(found.stdout)["error"]["findings"]] == ["unanswered-claim"]
    written(file, f"{GOOD}answers: {{{against}: It is beer all the same.}}\n")
    decision = issued(desk, file)
    assert f"Answer to {against}: It is beer all the same.\n" in desk.done(
        "author", "decision", "show", decision
    )


def test_a_vague_statement_is_refused_with_everything_that_it_lacks(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "p.yaml", f"{GOOD}wording: This is a policy decision.\n")
    decision, digest = proposed(desk, file)
    desk.done("second", "decision", "confirm", decision, "--digest", digest, "--reason", "read")
    found = desk.run("author", "decision", "issue", decision)
    assert found.returncode == 2
    assert found.stderr.startswith("adjudge: the decision cannot be issued yet\n")
    assert found.stderr.count("[incomplete-statement]") > 5
    french = desk.run("author", "decision", "show", decision, "--lang", "fr")
    assert french.returncode == 0


def test_nobody_confirms_the_own_proposal_nor_what_was_not_read(desk: Desk, good: Path) -> None:
    decision, digest = proposed(desk, good)
    assert desk.run("author", "decision", "issue", decision).stderr.count("[not-signed]") == 1
    people = {row["name"]: row["id"] for row in form(desk, "administrator", "person", "list")}
    line = ("person", "roles", people["author"], "--role", "reviewer", "--role", "second_reviewer")
    desk.done("administrator", *line, "--reason", "both")
    own = desk.run("author", "decision", "confirm", decision, "--digest", digest, "--reason", "mine")
    assert "who proposed it cannot stand for it" in own.stderr
    other = desk.run("second", "decision", "confirm", decision, "--digest", "sha256:0", "--reason", "read")
    assert "what you have read is not what is proposed now" in other.stderr
    told = desk.done("second", "decision", "confirm", decision, "--digest", digest, "--reason", "read")
    assert told == f"You have signed the decision {decision}.\n"
    assert (
        "you have signed it already"
        in desk.run("second", "decision", "confirm", decision, "--digest", digest, "--reason", "read").stderr
    )


def test_a_proposal_waits_alone_and_can_be_returned(desk: Desk, good: Path) -> None:
    decision, _ = proposed(desk, good)
    again = desk.run("author", "decision", "propose", *ABOUT, "--file", good)
    assert f"the proposal {decision} waits on this subject" in again.stderr
    desk.done("second", "decision", "return", decision, "--reason", "look again")
    assert "Why it was returned: look again" in desk.done("author", "decision", "show", decision)
    proposed(desk, good)


def test_a_departure_needs_reasons_and_is_shown(desk: Desk, tmp_path: Path) -> None:
    file = written(tmp_path / "p.yaml", "reason: Spared.\ninstead: {beer: {kind: suspend, days: 7}}\n")
    found = desk.run("author", "decision", "propose", *ABOUT, "--file", file)
    assert "[unreasoned-departure]" in found.stderr
    written(file, file.read_text() + "why_departing: The brewer has asked for the licence.\n")
    decision, digest = proposed(desk, file)
    told = desk.done("second", "decision", "show", decision)
    assert "Instead of the measure of beer: suspend 7\n" in told
    desk.done("second", "decision", "confirm", decision, "--digest", digest, "--reason", "read")
    desk.done("author", "decision", "issue", decision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("reason: 7\n", "wrong-shape"),
        ("reason: a\nresaon: b\n", "unknown-key"),
        ("milder: a\n", "missing-key"),
        ("reason: a\ninstead: {beer: exclude}\n", "bad-word"),
        ("reason: a\ninstead: {beer: {kind: suspend, days: 0}}\n", "bad-value"),
        ("reason: a\ninstead: [beer]\n", "wrong-shape"),
        ("reason: a\nanswers: {x: [y]}\n", "wrong-shape"),
        ("reason: [\n", "yaml-syntax"),
        ("\N{SNOWMAN}", "wrong-shape"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said(desk: Desk, tmp_path: Path, text: str, code: str) -> None:
    file = written(tmp_path / "p.yaml", text)
    found = desk.run("author", "decision", "propose", *ABOUT, "--file", file, "--format", "json")
    assert found.returncode == 2
    assert code in {item["code"] for item in json.loads(found.stdout)["problems"]}


def test_automation_decides_only_where_the_rules_leave_it_to_it(desk: Desk) -> None:
    people = form(desk, "administrator", "person", "list")
    answers = next(item["id"] for item in people if item["name"] == "administrator")
    made = form(desk, "", "key", "make", "robot", "--for", answers, "--act", "decision.automate")
    desk.keys["robot"] = made["secret"]
    found = desk.run("robot", "decision", "automate", *ABOUT)
    assert (found.returncode, "a person must decide here" in found.stderr) == (2, True)
    assert desk.run("author", "decision", "automate", *ABOUT).stderr == NO_SUCH_THING


# --- versions of policies ---


def version_folder(tmp_path: Path) -> Path:
    written(tmp_path / "brewers" / "vocabulary.yaml", VOCABULARY)
    written(tmp_path / "brewers" / "2.yaml", VERSION)
    return tmp_path / "brewers"


@pytest.mark.parametrize("by", ["folder", "file", "sealed"])
def test_a_version_is_drafted_tried_approved_and_put_in_force(desk: Desk, tmp_path: Path, by: str) -> None:
    folder = version_folder(tmp_path)
    path = {"folder": folder, "file": folder / "2.yaml", "sealed": tmp_path / "2.json"}[by]
    if by == "sealed":
        assert adjudge("seal", folder / "2.yaml", "-o", path).returncode == 0
    row = form(desk, "drafter", "policy", "draft", path, "--reason", "milder")
    desk.done("drafter", "policy", "shadow", "brewers@2", "--reason", "to see")
    told = desk.done("author", "matter", "evaluate", MATTER)
    assert "without effect, finds:\n  ad-00000: notify (beer)\n" in told
    early = desk.run("publisher", "policy", "publish", "brewers@2", "--reason", "now")
    assert "nobody but its author has approved this version" in early.stderr
    assert desk.run("drafter", "policy", "approve", "brewers@2", "--reason", "mine").stderr == NO_SUCH_THING
    desk.done("publisher", "policy", "approve", row["id"][:15], "--reason", "read")
    past = ("policy", "publish", "brewers@2", "--from", "2026-11-02", "--reason", "now")
    assert "cannot apply from before it is put in force" in desk.run("publisher", *past).stderr
    assert "brewers@2 is now: in_force\n" in desk.done(
        "publisher", "policy", "publish", "brewers@2", "--reason", "now"
    )
    listed = desk.done("author", "policy", "list", "--policy", "brewers").splitlines()
    assert [line.split()[:2] for line in listed] == [["brewers@1", "superseded"], ["brewers@2", "in_force"]]
    assert "  ad-00000: notify (beer)\n" in desk.done("author", "matter", "evaluate", MATTER)
    desk.done("publisher", "policy", "roll-back", "brewers@2", "--reason", "too mild")
    shown = desk.done("author", "policy", "show", "brewers@2")
    assert [part in shown for part in ("Rolled back on", "Approved by", "beer: Beer in an ad")] == [True] * 3


def test_a_version_that_was_rejected_can_be_handed_in_again(desk: Desk, tmp_path: Path) -> None:
    folder = version_folder(tmp_path)
    desk.done("drafter", "policy", "draft", folder, "--reason", "milder")
    line = ("policy", "reject", "brewers@2", "--reason", "too mild")
    assert desk.run("drafter", *line).stderr == NO_SUCH_THING
    assert "brewers@2 is now: rejected\n" in desk.done("publisher", *line)
    assert "Why it was rejected: too mild" in desk.done("drafter", "policy", "show", "brewers@2")
    assert desk.run("publisher", "policy", "approve", "brewers@2", "--reason", "x").returncode == 2
    told = desk.done("drafter", "policy", "draft", folder, "--reason", "it is mild enough")
    assert "brewers@2 is now: draft\n" in told
    assert "Why it was rejected" not in desk.done("drafter", "policy", "show", "brewers@2")


def test_a_member_lists_and_reads_what_binds_it(desk: Desk, tmp_path: Path) -> None:
    desk.done("drafter", "policy", "draft", version_folder(tmp_path), "--reason", "milder")
    listed = desk.done("member 0", "policy", "list").splitlines()
    assert [line.split()[:2] for line in listed] == [["brewers@1", "in_force"]]
    shown = desk.done("member 0", "policy", "show", "brewers@1")
    assert "In force from" in shown
    assert "Drafted by" not in shown
    assert "Approved by" not in shown
    assert desk.run("member 0", "policy", "show", "brewers@2").stderr == NO_SUCH_THING
    desk.done("publisher", "policy", "approve", "brewers@2", "--reason", "read")
    desk.done(
        "publisher", "policy", "publish", "brewers@2", "--from", "2027-01-01", "--reason", "with notice"
    )
    assert "In force from 1 January 2027" in desk.done("member 0", "policy", "show", "brewers@2")


def test_the_sealed_version_can_be_had_and_is_what_was_approved(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    desk.done("author", "policy", "show", "brewers@1", "-o", file)
    assert adjudge("check", file).returncode == 0
    assert "[already-there]" in desk.run("author", "policy", "show", "brewers@1", "-o", file).stderr


def test_a_version_must_be_named_so_that_it_is_one(desk: Desk, tmp_path: Path) -> None:
    folder = version_folder(tmp_path)
    desk.done("drafter", "policy", "draft", folder, "--reason", "one")
    written(folder / "2.yaml", VERSION.replace("Beer in an ad", "Beer anywhere"))
    desk.done("drafter", "policy", "draft", folder, "--reason", "two")
    found = desk.run("author", "policy", "show", "brewers@2", "--format", "json")
    assert found.returncode == 2
    tree = json.loads(found.stdout)["error"]
    assert [item["code"] for item in tree["findings"]] == ["ambiguous-version"]
    for name in ("brewers@3", "sha256:", "", "zz", "sha256:00"):
        assert desk.run("author", "policy", "show", name).stderr == NO_SUCH_THING


def test_what_cannot_be_sealed_is_not_drafted(desk: Desk, tmp_path: Path) -> None:
    folder = version_folder(tmp_path)
    for path in (tmp_path / "none", tmp_path, folder / "vocabulary.yaml"):
        assert desk.run("drafter", "policy", "draft", path, "--reason", "x").returncode == 2
    written(folder / "2.yaml", VERSION.replace("when: ad.beer", "when: ad.bere"))
    found = desk.run("drafter", "policy", "draft", folder, "--reason", "x")
    assert (found.returncode, "[unknown-name]" in found.stderr) == (2, True)


# --- the log and replay ---


def test_a_decision_is_replayed_from_the_records_and_from_the_log_alone(
    desk: Desk, good: Path, tmp_path: Path
) -> None:
    decision = issued(desk, good)
    assert desk.done("auditor", "replay", decision).startswith(f"SAME: the spec finds for {decision}")
    file = tmp_path / "log.jsonl"
    desk.done("auditor", "log", "export", "-o", file)
    assert "[already-there]" in desk.run("auditor", "log", "export", "-o", file).stderr
    alone = adjudge("replay", decision, "--log", file, "--format", "json")
    tree = json.loads(alone.stdout)
    assert (alone.returncode, tree["same"], tree["recorded"] == tree["found"]) == (0, True, True)
    assert adjudge("verify", file, "--key", str(SIGNER.verifier)).returncode == 0
    assert "[unknown-decision]" in adjudge("replay", "X-000001", "--log", file).stderr
    assert desk.run("auditor", "replay", "X-000001").stderr == NO_SUCH_THING
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"exclude"', b'"suspend"'))
    damaged = adjudge("replay", decision, "--log", file)
    assert (damaged.returncode, "[not-verified]" in damaged.stderr) == (2, True)


def test_what_is_missing_in_a_log_is_said(desk: Desk, good: Path, tmp_path: Path) -> None:
    decision = issued(desk, good)
    file = tmp_path / "log.jsonl"
    desk.done("auditor", "log", "export", "--without-parts", "-o", file)
    found = adjudge("replay", decision, "--log", file)
    assert found.returncode == 1
    assert found.stdout.startswith(f"INCOMPLETE: what the decision {decision} rested on is not all there.\n")
    assert "not in the file: data:imported" in found.stdout
    for path in (tmp_path / "none", tmp_path):
        assert adjudge("replay", decision, "--log", path).returncode == 2


def test_the_log_is_shown_signed_and_proven(desk: Desk, good: Path, tmp_path: Path) -> None:
    decision = issued(desk, good)
    tree = form(desk, "auditor", "log", "show", "--of", decision)
    kinds = [entry["kind"] for entry in tree["entries"]]
    assert kinds == ["decision:proposed", "decision:confirmed", "decision:issued"]
    assert tree["key"] == str(SIGNER.verifier)
    shown = desk.done("auditor", "log", "show", "--most", "3", "--from", "2").splitlines()
    assert [line.split()[0] for line in shown[1:4]] == ["2", "3", "4"]
    assert shown[4] == "There are more: go on with --from 5."
    receipt, note = tmp_path / "receipt.json", tmp_path / "note"
    desk.done("auditor", "log", "receipt", decision, "-o", receipt)
    desk.done("auditor", "log", "checkpoint", "-o", note)
    line = ("--key", str(SIGNER.verifier), "--checkpoint", note)
    assert adjudge("verify", receipt, *line).stdout.startswith("VERIFIED")
    assert note.read_text() == desk.done("auditor", "log", "checkpoint")
    assert desk.run("auditor", "log", "receipt", "X-999999").stderr == NO_SUCH_THING
    out = desk.done("auditor", "log", "export")
    assert out.startswith('{"format":"adjudge-log/1"')


def test_all_that_is_kept_is_held_to_the_log(desk: Desk, good: Path) -> None:
    decision = issued(desk, good)
    out = desk.done("auditor", "log", "check").splitlines()
    assert out[-1] == "SAME: everything that is kept is what the log says."
    tree = form(desk, "auditor", "log", "check")
    assert (tree["findings"], tree["silent_parts"]) == ([], 0)
    assert desk.run("author", "log", "check").stderr == NO_SUCH_THING
    with desk.house.records.writing() as records:
        row = records.get(DECISIONS, decision)
        assert row is not None
        records.put(DECISIONS, replace(row, automated=True, statement={"en": "All is well."}))
    found = desk.run("auditor", "log", "check")
    assert found.returncode == 1
    assert f"decision {decision}: `automated` is not what entry" in found.stdout
    assert found.stdout.splitlines()[-1] == "DIFFERENT: 2 things are not what the log says."
    shown = desk.done("author", "decision", "show", decision)
    assert "is not the one that was issued by entry" in shown


def test_an_export_that_fails_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    found = desk.run("auditor", "log", "export", "-o", tmp_path / "no" / "log.jsonl")
    assert (found.returncode, "cannot be written" in found.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


# --- languages ---


def test_every_answer_is_spoken_in_french_too(desk: Desk, good: Path) -> None:
    decision, _ = proposed(desk, good)
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("author", ("matter", "list", "--state", "closed")),
        ("author", ("matter", "show", MATTER)),
        ("author", ("matter", "evaluate", MATTER)),
        ("author", ("decision", "options", *ABOUT)),
        ("author", ("decision", "propose", *ABOUT, "--template")),
        ("author", ("decision", "show", decision)),
        ("author", ("decision", "issue", decision)),
        ("author", ("institution", "show")),
        ("author", ("policy", "show", "brewers@1")),
        ("auditor", ("log", "show")),
        ("administrator", ("person", "list", "--most", "1")),
        ("administrator", ("key", "list")),
        ("", ("matter", "list")),
        ("guessed", ("matter", "list")),
    )
    for who, line in lines:
        english, french = desk.run(who, *line), desk.run(who, *line, "--lang", "fr")
        assert english.returncode == french.returncode
        assert english.stdout + english.stderr != french.stdout + french.stderr, line
    assert tongue_of("fr")("Nothing stands in its way.") != "Nothing stands in its way."


def test_matters_are_listed_as_the_queue_has_them(desk: Desk) -> None:
    def ids(*asked: str, who: str = "author") -> list[str]:
        return [row["id"] for row in form(desk, who, "matter", "list", *asked)]

    assert ids("--sort", "newest") == [OTHERS, MATTER]
    assert ids("--sort", "newest", "--after", OTHERS) == [MATTER]
    assert ids("--sort", "clock", "--view", "unassigned") == [MATTER, OTHERS]
    assert ids("--waiting", "reviewer", "--advertiser", "brewer-00001") == [OTHERS]
    assert ids("--waiting", "legal") == ids("--view", "overdue") == ids("--policy", "none") == []
    assert ids("--territory", "FR") == []
    assert ids("--view", "mine", who="member 0") == [MATTER]
