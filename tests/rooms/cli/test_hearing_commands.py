"""`adjudge notice`, `appeal`, `clock`, `dispute`, `misuse`, `procedure`, `contact`: the way back by commands."""

import json
from dataclasses import replace
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from adjudge.basis.instant import NANOS, Instant
from adjudge.institution.house import House
from adjudge.institution.staff import keys, people
from adjudge.people.role import Role
from adjudge.records.rows import AppealKind, AppealRow, AppealState
from adjudge.records.shelf import APPEALS
from tests.generators.institutions import brewer, ticking
from tests.rooms.cli.desk import Desk, new_desk
from tests.rooms.cli.test_people_commands import NO_SUCH_THING

MATTER, AD = "M-000013", "ad-00000"
ABOUT = ("--matter", MATTER, "--subject", AD)
PROPOSAL = (
    "reason: The ad offers beer, and no licence is on record.\n"
    "milder: A label would not replace the licence.\n"
    "rights: The brewer may trade; what is asked of it is a licence.\n"
)
DAY = 86_400 * NANOS
MINE = "brewer-00000"


@pytest.fixture
def desk() -> Desk:
    return new_desk()


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def form(desk: Desk, who: str, *line: str | Path) -> Any:  # noqa: ANN401 - the JSON of any command
    return json.loads(desk.done(who, *line, "--format", "json"))


def later(desk: Desk, days: int) -> Desk:
    """The same institution so many days on."""
    at = Instant(desk.house.clock().nanos + days * DAY)
    return replace(desk, house=replace(desk.house, clock=ticking(str(at))))


def issued(desk: Desk, folder: Path) -> str:
    """A decision of the reviewer, confirmed by the second person and issued by the reviewer."""
    file = written(folder / "proposal.yaml", PROPOSAL)
    row = form(desk, "author", "decision", "propose", *ABOUT, "--file", file)
    desk.done(
        "second", "decision", "confirm", row["id"], "--digest", row["digest"], "--reason", "read and agreed"
    )
    desk.done("author", "decision", "issue", row["id"])
    return str(row["id"])


def person(desk: Desk, name: str, *roles: Role) -> str:
    """Somebody more, who took no part in anything yet; the id."""
    house: House = desk.house
    administrator = keys.key_actor(house, desk.keys["administrator"])
    invited = people.invite(house, administrator, f"{name}@example.org", name, roles)
    actor = people.actor_of(people.join(house, invited.secret))
    desk.keys[name] = keys.make_own_key(house, actor, "command line").secret
    return str(actor.person)


def appealed(desk: Desk, folder: Path) -> tuple[str, str]:
    """A decision and the appeal against it."""
    decision = issued(desk, folder)
    line = (
        "appeal",
        "file",
        decision,
        "--point",
        "We hold a licence.",
        "--point",
        "It is malt, and no beer.",
    )
    return decision, form(desk, "member 0", *line)["id"]


# --- notices ---


def test_what_is_owed_is_made_and_read_where_it_was_sent(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    assert desk.done("member 0", "notice", "list") == "There are no notices here.\n"
    owed = form(desk, "author", "notice", "list", "--state", "owed")
    assert [(row["purpose"], row["about"], row["advertiser"]) for row in owed] == [
        ("decision", decision, MINE)
    ]
    name = owed[0]["id"]
    assert "not made yet" in desk.done("author", "notice", "show", name)
    assert desk.run("member 0", "notice", "show", name).stderr == NO_SUCH_THING
    assert desk.done("", "notice", "send").startswith(f"The notice {name} is made: ")
    assert desk.done("", "notice", "send") == "Nothing is owed, and nothing is due.\n"
    assert desk.done("member 0", "notice", "list").split()[:3] == [name, "made", "decision"]
    assert form(desk, "author", "notice", "list", "--state", "made")[0]["id"] == name
    assert form(desk, "author", "notice", "list", "--state", "owed") == []
    assert desk.run("member 1", "notice", "show", name).stderr == NO_SUCH_THING
    shown = form(desk, "author", "notice", "show", name)
    assert (shown["opened_at"], [item["channel"] for item in shown["deliveries"]]) == (None, ["page"])
    told = desk.done("member 0", "notice", "show", name)
    assert decision in told
    assert shown["text"].splitlines()[-1] in told.splitlines()
    assert form(desk, "author", "notice", "show", name)["opened_at"] is not None


def test_a_notice_is_had_in_every_form_as_it_was_sent(desk: Desk, tmp_path: Path) -> None:
    issued(desk, tmp_path)
    name = form(desk, "", "notice", "send")["made"][0]["id"]
    for form_, start in (("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("text", b"")):
        file = tmp_path / f"notice.{form_}"
        desk.done("member 0", "notice", "show", name, "--format", form_, "-o", file)
        content = file.read_bytes()
        assert content
        assert content.lower().startswith(start.lower())
        assert (
            "[already-there]"
            in desk.run("author", "notice", "show", name, "--format", form_, "-o", file).stderr
        )
    assert (
        desk.done("member 0", "notice", "show", name, "--format", "html")
        .lower()
        .startswith("<!doctype html>")
    )


def test_what_would_be_told_is_shown_and_not_sent(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    before = form(desk, "author", "notice", "list")
    english = desk.done("author", "notice", "preview", decision)
    french = desk.done("author", "notice", "preview", decision, "--lang", "fr")
    assert english != french
    tree = form(desk, "author", "notice", "preview", decision, "--purpose", "reminder")
    assert tree["language"] == "en"
    file = tmp_path / "preview.pdf"
    desk.done("author", "notice", "preview", decision, "--format", "pdf", "-o", file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert form(desk, "author", "notice", "list") == before
    assert desk.run("member 1", "notice", "preview", decision).stderr == NO_SUCH_THING


def test_a_notice_is_sent_again_and_corrected_with_reasons(desk: Desk, tmp_path: Path) -> None:
    issued(desk, tmp_path)
    name = form(desk, "", "notice", "send")["made"][0]["id"]
    alone = desk.run("author", "notice", "resend", name, "--reason", "they ask")
    assert (alone.returncode, "no address but its page" in alone.stderr) == (2, True)
    desk.done(
        "member 0", "contact", "settle", MINE, "--language", "fr", "--email", "a@example.org", "--reason", "x"
    )
    assert desk.done("author", "notice", "resend", name, "--reason", "they ask") == (
        f"The notice {name} is sent again, as it was.\n"
    )
    sent = form(desk, "", "notice", "send")
    assert (sent["waiting_for_mail"], sent["deliveries"]) == (1, [])
    assert "1 e-mail waits: no mail server is set (ADJUDGE_SMTP_HOST)." in desk.done("", "notice", "send")
    assert "waits to be sent" in desk.done("author", "notice", "show", name)
    corrected = form(desk, "author", "notice", "correct", name, "--reason", "The day was wrong.")
    assert corrected["replaces"] == name
    desk.done("", "notice", "send")
    assert f"The notice {corrected['id']} takes its place." in desk.done("author", "notice", "show", name)
    assert "The day was wrong." in desk.done("member 0", "notice", "show", corrected["id"])
    assert form(desk, "author", "notice", "list", "--failed") == []


def test_notices_are_listed_by_page_newest_first(desk: Desk, tmp_path: Path) -> None:
    appealed(desk, tmp_path)
    desk.done("", "notice", "send")
    newest, oldest = (row["id"] for row in form(desk, "author", "notice", "list"))
    first = desk.done("author", "notice", "list", "--most", "1").splitlines()
    assert (first[0].split()[0], first[1]) == (newest, f"There are more: go on with --after {newest}.")
    assert [row["id"] for row in form(desk, "author", "notice", "list", "--after", newest)] == [oldest]
    assert form(desk, "author", "notice", "list", "--advertiser", brewer(1)) == []


# --- appeals ---


def test_an_appeal_is_filed_followed_decided_and_told(desk: Desk, tmp_path: Path) -> None:
    issuer = keys.key_actor(desk.house, desk.keys["issuer"]).person
    person(desk, "third", Role.SECOND_REVIEWER)
    decision = issued(desk, tmp_path)
    told = desk.done(
        "member 0",
        "appeal",
        "file",
        decision,
        "--point",
        "We hold a licence.",
        "--point",
        "It is malt, and no beer.",
    ).splitlines()
    appeal = told[0].split()[4].rstrip(",")
    assert told[0] == f"It is filed as {appeal}, and free of charge."
    assert "14 days are left" in told[2]
    again = desk.run("member 0", "appeal", "file", decision, "--point", "And again.")
    assert (again.returncode, f"{appeal} about this decision is open already" in again.stderr) == (2, True)
    text = written(tmp_path / "next.txt", "We look at the licence, and write to you within a week.\n")
    assert (
        desk.done("issuer", "appeal", "acknowledge", appeal, "--text", text)
        == f"{appeal} is now: acknowledged\n"
    )
    author = keys.key_actor(desk.house, desk.keys["author"]).person
    refused = desk.run("issuer", "appeal", "assign", appeal, "--to", author, "--reason", "knows it")
    assert (refused.returncode, "choose somebody for appeals who took no part" in refused.stderr) == (2, True)
    desk.done("issuer", "appeal", "assign", appeal, "--to", issuer, "--reason", "took no part")
    assert [row["id"] for row in form(desk, "issuer", "appeal", "list", "--mine")] == [appeal]
    assert desk.done("author", "appeal", "list", "--mine") == "There are no appeals here.\n"
    template = desk.done("issuer", "decision", "propose", *ABOUT, "--template", "--appeal", appeal)
    assert f'appeal: "{appeal}"\nreplies:\n  # We hold a licence.\n  "p1": ""\n' in template
    reply = (
        "reason: The licence is on record now.\n"
        f"appeal: {appeal}\n"
        "replies: {p1: So you do., p2: That is not so.}\n"
        "instead: {beer: no_measure}\n"
        "why_departing: The licence was held all the time.\n"
    )
    file = written(tmp_path / "reply.yaml", reply)
    other = desk.run("issuer", "decision", "propose", *ABOUT, "--file", file, "--appeal", "A-000001")
    assert (other.returncode, "the file does not decide the appeal A-000001" in other.stderr) == (2, True)
    row = form(desk, "issuer", "decision", "propose", *ABOUT, "--file", file, "--appeal", appeal)
    shown = desk.done("third", "decision", "show", row["id"])
    assert f"It decides the appeal {appeal}.\nAnswer to the point p1: So you do.\n" in shown
    assert f"The proposal {row['id']} would decide it." in desk.done("issuer", "appeal", "show", appeal)
    assert "would decide it" not in desk.done("member 0", "appeal", "show", appeal)
    part = desk.run("second", "decision", "confirm", row["id"], "--digest", row["digest"], "--reason", "y")
    assert (part.returncode, "took part" in part.stderr) == (2, True)
    desk.done("third", "decision", "confirm", row["id"], "--digest", row["digest"], "--reason", "read it all")
    desk.done("issuer", "decision", "issue", row["id"])
    lines = desk.done("member 0", "appeal", "show", appeal).splitlines()
    assert lines[0] == f"The appeal {appeal} (decided) against the decision {decision}"
    assert lines[2:4] == ["Outcome: reversed", f"It ended with the decision {row['id']}."]
    assert "Answer: So you do." in lines
    tree = form(desk, "member 0", "appeal", "show", appeal)
    assert (tree["appeal"]["assignee"], tree["proposal"]) == ("", None)
    assert {clock["state"] for clock in tree["clocks"]} == {"stopped"}
    assert not any(item["has_effect"] for item in tree["measures"])


def test_an_appeal_may_be_found_manifestly_unfounded(desk: Desk, tmp_path: Path) -> None:
    _, appeal = appealed(desk, tmp_path)
    issuer = keys.key_actor(desk.house, desk.keys["issuer"]).person
    desk.done("issuer", "appeal", "assign", appeal, "--to", issuer, "--reason", "took no part")
    replies = "replies: {p1: None is on record., p2: It is sold as beer.}\n"
    alone = written(tmp_path / "alone.yaml", PROPOSAL + replies)
    found = desk.run("issuer", "decision", "propose", *ABOUT, "--file", alone)
    assert (found.returncode, "[missing-key]" in found.stderr) == (2, True)
    half = written(
        tmp_path / "half.yaml", f"{PROPOSAL}appeal: {appeal}\nreplies: {{p1: None is on record.}}\n"
    )
    found = desk.run("issuer", "decision", "propose", *ABOUT, "--file", half)
    assert (found.returncode, "the point p2 of the appeal has no answer" in found.stderr) == (2, True)
    whole = written(tmp_path / "whole.yaml", f"{PROPOSAL}appeal: {appeal}\n{replies}unfounded: true\n")
    row = form(desk, "issuer", "decision", "propose", *ABOUT, "--file", whole)
    told = desk.done("second", "decision", "show", row["id"])
    assert "Answer to the point p2: It is sold as beer.\n" in told
    assert "It finds the appeal manifestly unfounded.\n" in told


def test_a_text_is_parted_into_points_and_documents_go_with_it(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    text = written(tmp_path / "appeal.txt", "First this.\n\nThen \x1b[31mthat\N{RIGHT-TO-LEFT OVERRIDE}.\n")
    licence = written(tmp_path / "licence.txt", "Licence no. 7")
    permit = written(tmp_path / "permit.txt", "Permit no. 8")
    odd = tmp_path / "odd.zip"
    odd.write_bytes(b"PK\x03\x04\x00")
    line = ("appeal", "file", decision, "--text", text, "--document", licence, "--document")
    size = _entries(desk)
    assert desk.run("member 0", *line, odd).returncode == 2
    assert _entries(desk) == size  # nothing was received before all was read
    row = form(desk, "member 0", *line, permit)
    assert len(row["points"]) == 2
    assert len(row["documents"]) == 2
    shown = desk.done("author", "appeal", "show", row["id"])
    assert "licence.txt" in shown
    assert "\x1b" not in shown
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


def _entries(desk: Desk) -> int:
    with desk.house.records.reading() as records:
        return records.size()


def test_both_sides_write_and_attach(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, appeal = appealed(desk, tmp_path)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("We forgot — the licence.".encode())))
    desk.done("member 0", "appeal", "write", appeal, "--text", "-")
    attached = form(
        desk,
        "member 0",
        "appeal",
        "attach",
        appeal,
        written(tmp_path / "l.txt", "No. 7"),
        "--title",
        "Licence",
    )
    answer = written(tmp_path / "answer.txt", "Thank you.\nWe have it.")
    message = form(desk, "issuer", "appeal", "write", appeal, "--text", answer)["id"]
    shown = desk.done("member 0", "appeal", "show", appeal)
    for part in ("the advertiser:\n    We forgot — the licence.\n", f"attached: {attached['id']}\n",
                 "the platform:\n    Thank you.\n    We have it.\n", f"{attached['id']}  Licence"):  # fmt: skip
        assert part in shown, part
    assert message in shown
    assert desk.run("member 1", "appeal", "write", appeal, "--text", answer).stderr == NO_SUCH_THING
    latin = tmp_path / "latin.txt"
    latin.write_bytes("é".encode("latin-1"))
    found = desk.run("member 0", "appeal", "write", appeal, "--text", latin)
    assert (found.returncode, "is no text in UTF-8" in found.stderr) == (2, True)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"a" * 600_001)))
    found = desk.run("member 0", "appeal", "write", appeal, "--text", "-")
    assert (found.returncode, "- has more than 600,000 bytes" in found.stderr) == (2, True)


def test_a_request_for_reasons_is_answered(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    request = form(desk, "member 0", "appeal", "file", decision, "--reasons")["id"]
    short = written(tmp_path / "short.txt", "See above.")
    assert "[text-too-short]" in desk.run("author", "appeal", "answer", request, "--text", short).stderr or (
        "at least" in desk.run("author", "appeal", "answer", request, "--text", short).stderr
    )
    text = written(
        tmp_path / "long.txt", "No licence of yours was on record on the day on which the ad was to run."
    )
    assert desk.done("author", "appeal", "answer", request, "--text", text) == f"{request} is now: answered\n"
    shown = desk.done("member 0", "appeal", "show", request)
    assert shown.startswith(f"The request for reasons {request} (answered), about the decision {decision}\n")
    assert "Answer: No licence of yours" in shown


def test_measures_rest_and_an_appeal_is_withdrawn(desk: Desk, tmp_path: Path) -> None:
    decision, appeal = appealed(desk, tmp_path)
    desk.done("issuer", "appeal", "pause", appeal, "--reason", "It looks right at first sight.")
    assert f"{decision}-01, exclude: rests\n" in desk.done("member 0", "appeal", "show", appeal)
    desk.done("issuer", "appeal", "resume", appeal, "--reason", "The licence is forged.")
    assert f"{decision}-01, exclude: has effect\n" in desk.done("member 0", "appeal", "show", appeal)
    done = desk.done("member 0", "appeal", "withdraw", appeal, "--reason", "We found it.")
    assert done == f"{appeal} is now: withdrawn\n"
    assert [row["id"] for row in form(desk, "member 0", "appeal", "list", "--state", "withdrawn")] == [appeal]
    assert desk.done("member 1", "appeal", "list") == "There are no appeals here.\n"
    assert desk.run("member 1", "appeal", "show", appeal).stderr == NO_SUCH_THING


# --- clocks ---


def test_clocks_are_listed_as_they_are_due_and_run_out_once(desk: Desk, tmp_path: Path) -> None:
    assert desk.done("author", "clock", "list") == "No clock runs.\n"
    assert desk.done("author", "clock", "list", "--overdue") == "Nothing is overdue.\n"
    decision, appeal = appealed(desk, tmp_path)
    lines = desk.done("author", "clock", "list").splitlines()
    assert [line.split()[0] for line in lines] == [f"{appeal}-acknowledge", f"{appeal}-decide"]
    assert lines[0].endswith("2 days are left   then it is told to those who answer for it, and stays open")
    assert form(desk, "author", "clock", "list", "--advertiser", brewer(1)) == []
    cut = desk.done("author", "clock", "list", "--most", "1").splitlines()
    assert cut[1:] == ["1 more is left out: ask for more with --most."]
    assert desk.run("member 0", "clock", "list").stderr == NO_SUCH_THING
    assert desk.done("", "clock", "tick") == "No clock is due.\n"
    week = later(desk, 7)
    late = form(week, "author", "clock", "list", "--overdue")
    assert [(row["id"], row["overdue"], row["seconds_left"]) for row in late] == [
        (f"{appeal}-acknowledge", True, 0)
    ]
    assert "overdue by 5 days" in week.done("author", "clock", "list", "--overdue")
    assert week.done("", "clock", "tick").startswith(
        f"The clock {appeal}-acknowledge has run out; declared for that: "
    )
    assert week.done("", "clock", "tick") == "No clock is due.\n"
    assert "overdue by" in week.done("author", "clock", "list")
    month = later(week, 30)
    sent = form(month, "", "notice", "send", "--all")
    assert {row["purpose"] for row in sent["made"]} >= {"decision", "received", "ran_out"}
    shown = month.done("member 0", "appeal", "show", appeal)
    assert shown.startswith(f"The appeal {appeal} (granted) against the decision {decision}\n")
    assert f"{decision}-01, exclude: lifted on " in shown
    assert "done too late" in month.done("author", "clock", "list", "--all")
    assert month.done("author", "clock", "list") == "No clock runs.\n"


def test_more_time_is_given_by_somebody_else_until_the_end_of_a_day(desk: Desk, tmp_path: Path) -> None:
    zone = written(tmp_path / "zone.yaml", "zone: Europe/Paris\n")
    desk.done("administrator", "procedure", "settle", zone, "--reason", "where we are")
    _, appeal = appealed(desk, tmp_path)
    issuer = keys.key_actor(desk.house, desk.keys["issuer"]).person
    desk.done("issuer", "appeal", "assign", appeal, "--to", issuer, "--reason", "took no part")
    line = (
        "clock",
        "extend",
        f"{appeal}-decide",
        "--until",
        "2026-12-11",
        "--reason",
        "The city has to answer.",
    )
    own = desk.run("issuer", *line)
    assert (own.returncode, "nobody gives time to themselves" in own.stderr) == (2, True)
    row = form(desk, "lawyer", *line)
    assert row["due_at"] == "2026-12-11T23:00:00Z"
    assert f"{appeal}-decide was given more time: The city has to answer." in desk.done(
        "member 0", "appeal", "show", appeal
    )
    assert form(desk, "member 0", "appeal", "show", appeal)["clocks"][1]["extensions"][0]["by"] == ""
    wrong = desk.run("lawyer", "clock", "extend", f"{appeal}-decide", "--until", "soon", "--reason", "x")
    assert (wrong.returncode, "'soon' is no day: write 2018-01-31" in wrong.stderr) == (2, True)


# --- disputes and misuse ---


def test_a_dispute_is_brought_answered_and_packed(desk: Desk, tmp_path: Path) -> None:
    decision, appeal = appealed(desk, tmp_path)
    assert desk.done("member 0", "dispute", "list") == "There are no disputes here.\n"
    dispute = form(
        desk,
        "member 0",
        "dispute",
        "refer",
        decision,
        "--body",
        "The House",
        "--reference",
        "7/26",
        "--reason",
        "x",
    )["id"]
    words = written(tmp_path / "found.txt", "The licence counts.")
    found = ("dispute", "outcome", dispute, "for_advertiser", "--text", words)
    assert "attach what the body sent" in desk.run("member 0", *found).stderr
    letter = written(tmp_path / "letter.txt", "We find for the advertiser.")
    assert desk.done("member 0", *found, "--document", letter) == f"The dispute {dispute} is now: decided\n"
    early = desk.run("issuer", "dispute", "carry-out", dispute, "--by", decision, "--reason", "x")
    assert (early.returncode, "was issued before the outcome" in early.stderr) == (2, True)
    file = tmp_path / "pack.json"
    desk.done("member 0", "appeal", "pack", dispute, "-o", file)
    assert {appeal, decision} <= set(_texts(json.loads(file.read_text())))
    assert json.loads(desk.done("member 0", "appeal", "pack", dispute))
    pdf = tmp_path / "pack.pdf"
    desk.done("member 0", "appeal", "pack", dispute, "-o", pdf)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "[already-there]" in desk.run("member 0", "appeal", "pack", dispute, "-o", pdf).stderr
    assert desk.run("member 1", "appeal", "pack", dispute).stderr == NO_SUCH_THING
    desk.done("issuer", "dispute", "not-follow", dispute, "--reason", "The licence is another's.")
    shown = desk.done("member 0", "dispute", "show", dispute)
    for part in ("(not_followed)", "Before The House since ", "Its reference there: 7/26", "The licence counts.",
                 "It was recorded by the advertiser.", "Shown by the document D-",
                 "The last reason that was given: The licence is another's."):  # fmt: skip
        assert part in shown, part
    assert desk.run("member 1", "dispute", "show", dispute).stderr == NO_SUCH_THING


def _texts(tree: Any) -> list[str]:  # noqa: ANN401 - any JSON
    if isinstance(tree, dict):
        return [text for item in tree.values() for text in _texts(item)]
    if isinstance(tree, list):
        return [text for item in tree for text in _texts(item)]
    return [tree] if isinstance(tree, str) else []


def test_a_dispute_ends_without_an_outcome(desk: Desk, tmp_path: Path) -> None:
    decision = issued(desk, tmp_path)
    dispute = form(desk, "member 0", "dispute", "refer", decision, "--body", "The House", "--reason", "x")[
        "id"
    ]
    assert desk.done("member 0", "dispute", "end", dispute, "--reason", "We take it back.") == (
        f"The dispute {dispute} is now: ended\n"
    )
    assert form(desk, "author", "dispute", "list", "--state", "referred") == []


def test_misuse_is_counted_warned_of_suspended_and_ended(desk: Desk, tmp_path: Path) -> None:
    person(desk, "other", Role.APPEALS)
    decision = issued(desk, tmp_path)
    assert desk.done("issuer", "misuse", "list") == "There are no such procedures here.\n"
    warn = (
        "misuse",
        "warn",
        MINE,
        "--gravity",
        "Hours of work.",
        "--intention",
        "None is known.",
        "--reason",
        "often",
    )
    found = desk.run("issuer", *warn)
    assert (found.returncode, "that is misuse from 5 appeals" in found.stderr) == (2, True)
    _unfounded(desk, decision, 5)
    assert desk.done("issuer", "misuse", "figures", MINE).splitlines() == [
        "5 appeals filed in a year", "5 appeals decided", "Manifestly unfounded of these: 5, which is 100 of a hundred"
    ]  # fmt: skip
    assert form(desk, "issuer", "misuse", "figures", MINE)["share"] == 100
    misuse = form(desk, "issuer", *warn)["id"]
    month = later(desk, 30)
    _unfounded(month, decision, 1, first=6)
    suspend = ("misuse", "suspend", misuse, "--until", "2027-01-31", "--reason", "again")
    assert "who warned does not suspend" in month.run("issuer", *suspend).stderr
    assert form(month, "other", *suspend)["until"] == "2027-02-01T00:00:00Z"
    assert month.done("member 0", "misuse", "list").split()[:3] == [misuse, "suspended", MINE]
    told = month.done("issuer", "misuse", "end", misuse, "--reason", "They promised.")
    assert told == f"The procedure {misuse} is now: ended\n"


def _unfounded(desk: Desk, decision: str, count: int, first: int = 1) -> None:
    """So many appeals on record that were found manifestly unfounded: deciding each anew is tried elsewhere."""
    at = desk.house.clock()
    with desk.house.records.writing() as records:
        for number in range(first, first + count):
            records.put(
                APPEALS,
                AppealRow(
                    id=f"A-9{number:05d}", kind=AppealKind.APPEAL, state=AppealState.DECIDED, decision=decision,
                    matter=MATTER, advertiser=MINE, filed_by="", filed_at=at, appellant="advertiser", language="en",
                    points=(), ended_at=at, outcome="upheld", unfounded=True,
                ),
            )  # fmt: skip


# --- how the institution answers, and how advertisers are reached ---


def test_what_is_shown_as_yaml_can_be_settled_again(desk: Desk, tmp_path: Path) -> None:
    before = form(desk, "author", "procedure", "show")
    assert "Advance notice of 0 days: " in desk.done("author", "procedure", "show")
    text = desk.done("author", "procedure", "show", "--format", "yaml")
    file = written(tmp_path / "procedure.yaml", text)
    desk.done("administrator", "procedure", "settle", file, "--reason", "as it is")
    assert desk.done("author", "procedure", "show", "--format", "yaml") == text
    assert "advance_days: 30\n" in text
    assert "Advance notice of" not in desk.done("author", "procedure", "show")
    hostile = 'Body: \x9b31m \N{RIGHT-TO-LEFT OVERRIDE} "#- 🍺'
    settled = (
        "country: FR\nzone: Europe/Paris\nclosed: [2026-12-24]\nrelief: [exclude]\nadvance_days: 30\n"
        "reminder_days: 0\nmisuse: {least_number: 7}\n"
        "clocks: {decide: {count: 5, unit: business_days, consequence: suspend_measure}}\n"
        'mediators: ["Body: \\x9b31m \\u202e \\"#- 🍺"]\n'
    )
    told = desk.done("administrator", "procedure", "settle", written(file, settled), "--reason", "new")
    assert "  Decide: 5 business days; then the measure rests until it is done\n" in told
    assert "the holidays of France" in told
    after = form(desk, "author", "procedure", "show")
    assert after["mediators"] == [hostile]
    text = desk.done("author", "procedure", "show", "--format", "yaml")
    assert "\x9b" not in text
    desk.done("administrator", "procedure", "settle", written(file, text), "--reason", "again")
    again = form(desk, "author", "procedure", "show")
    assert {**again, "clocks": 0, "misuse": 0} == {**after, "clocks": 0, "misuse": 0}
    assert again["clocks"]["decide"] == after["clocks"]["decide"]
    assert before["clocks"] == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("clocks: {settle: {count: 9, consequence: reinstate}}", "bad-word"),
        ("clocks: {decide: {count: 0, consequence: escalate}}", "bad-value"),
        ("clocks: {decid: {count: 1, consequence: escalate}}", "unknown-key"),
        ("clocks: {decide: {count: 1}}", "missing-key"),
        ("clocks: {decide: {count: 1, unit: weeks, consequence: escalate}}", "bad-word"),
        ("relief: [ban]", "bad-word"),
        ("advance_days: 400", "bad-value"),
        ("clocks: {decide: {count: 367, consequence: escalate}}", "bad-value"),
        ("clocks: {decide: {count: 13, unit: months, consequence: escalate}}", "bad-value"),
        ("misuse: {least_share: 101}", "bad-value"),
        ("misuse: {least_number: 1}", "bad-value"),
        ("misuse: {least_share: many}", "wrong-shape"),
        ("- 1", "wrong-shape"),
    ],
)
def test_a_procedure_that_cannot_be_is_refused_where_it_is_wrong(
    desk: Desk, tmp_path: Path, text: str, code: str
) -> None:
    file = written(tmp_path / "procedure.yaml", text)
    found = desk.run("administrator", "procedure", "settle", file, "--reason", "x")
    assert (found.returncode, f"[{code}]" in found.stderr) == (2, True), found.stderr
    assert f"{file}:1:" in found.stderr


def test_what_no_file_can_know_is_refused_too(desk: Desk, tmp_path: Path) -> None:
    for text, part in (
        ("zone: Mars/Olympus", "there is no time zone Mars/Olympus"),
        ("country: XX", "no holidays are known of the country XX"),
        ("closed: [soon]", "soon is no day"),
    ):
        found = desk.run(
            "administrator", "procedure", "settle", written(tmp_path / "p.yaml", text), "--reason", "x"
        )
        assert (found.returncode, part in found.stderr) == (2, True), found.stderr
    assert desk.run("member 0", "procedure", "show").stderr == NO_SUCH_THING


def test_a_contact_is_settled_and_its_secret_shown_once(desk: Desk, tmp_path: Path) -> None:
    line = ("contact", "settle", MINE, "--language", "fr", "--email", "a@example.org", "--reason", "x")
    hook = ("--webhook", "https://example.org/hook")
    file = tmp_path / "secret"
    told = desk.done("member 0", *line, *hook, "-o", file)
    secret = file.read_text().strip()
    assert secret.startswith("whsec_")
    assert secret not in told
    assert form(desk, "member 0", *line, *hook)["secret"] is None
    other = form(desk, "member 0", *line, *hook, "--new-secret")["secret"]
    assert other not in {None, secret}
    shown = desk.done("member 0", "contact", "show", MINE) + desk.done(
        "member 0", "contact", "show", MINE, "--format", "json"
    )
    assert "By e-mail to a@example.org\nBy webhook to https://example.org/hook\n" in shown
    assert other not in shown
    assert desk.run("member 1", "contact", "show", MINE).stderr == NO_SUCH_THING
    found = desk.run("member 0", *line, "--email", "nobody")
    assert (found.returncode, "`nobody` is no e-mail address" in found.stderr) == (2, True)


# --- languages ---


def test_every_answer_about_appeals_is_spoken_in_french_too(desk: Desk, tmp_path: Path) -> None:
    decision, appeal = appealed(desk, tmp_path)
    name = form(desk, "", "notice", "send")["made"][0]["id"]
    lines: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("", ("notice", "send")),
        ("author", ("notice", "show", name)),
        ("author", ("notice", "preview", decision)),
        ("author", ("notice", "list", "--failed")),
        ("author", ("appeal", "show", appeal)),
        ("author", ("appeal", "list", "--mine")),
        ("author", ("clock", "list")),
        ("author", ("clock", "list", "--overdue")),
        ("", ("clock", "tick")),
        ("author", ("dispute", "list")),
        ("author", ("misuse", "list")),
        ("author", ("misuse", "figures", MINE)),
        ("author", ("procedure", "show")),
        ("member 0", ("contact", "show", MINE)),
        ("issuer", ("decision", "propose", *ABOUT, "--template", "--appeal", appeal)),
    )
    for who, line in lines:
        english, french = desk.run(who, *line), desk.run(who, *line, "--lang", "fr")
        assert english.returncode == french.returncode
        assert english.stdout + english.stderr != french.stdout + french.stderr, line
