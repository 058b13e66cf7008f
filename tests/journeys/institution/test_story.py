"""The story of an institution through its command line, from an empty folder, on each database."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.institution.places import CHECKOUT, Place

MATTER, AD = "M-000003", "ad-antivirus"
ABOUT = ("--matter", MATTER, "--subject", AD)
GOOD = {
    "reason": "The sale of this product to people in the United States is forbidden there.",
    "milder": "A label would not keep a sale from being made that the law forbids.",
    "rights": "The freedom to do business; the ad may run everywhere else.",
}


@dataclass(frozen=True, slots=True)
class Office:
    """The command line of one institution, with keys in files."""

    folder: Path
    program: "subprocess.Popen[str]"

    def run(self, who: str, *line: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        key = ("--key", self.folder / f"{who}.key") if who else ()
        words = [str(word) for word in (*line, *key)]
        self.program.stdin.write(json.dumps(words) + "\n")
        self.program.stdin.flush()
        code, out, err = json.loads(self.program.stdout.readline())
        return subprocess.CompletedProcess(words, code, out, err)

    def done(self, who: str, *line: str | Path) -> str:
        """What a command prints that must go well."""
        found = self.run(who, *line)
        assert found.returncode == 0, found.stderr
        return found.stdout

    def form(self, who: str, *line: str | Path) -> Any:  # noqa: ANN401 - the JSON of any command
        """The same as JSON."""
        return json.loads(self.done(who, *line, "--format", "json"))

    def join(self, name: str, *roles: str) -> None:
        """Invite somebody, who joins."""
        asked = [part for role in roles for part in ("--role", role)]
        line = ("person", "invite", f"{name}@example.org", "--name", name, *asked)
        secret = self.form("administrator", *line)["secret"]
        self.done("", "join", secret, "-o", self.folder / f"{name}.key")

    def proposal(self, name: str, **keys: str) -> Path:
        """A file that proposes."""
        path = self.folder / f"{name}.yaml"
        path.write_text(json.dumps(keys), encoding="utf-8")
        return path


@pytest.fixture
def office(place: Place, tmp_path: Path) -> Iterator[Office]:
    line = [sys.executable, "-m", "tests.journeys.institution.office"]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT, env=place.environment
    ) as program:
        yield Office(tmp_path, program)


def elsewhere(folder: Path, *line: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a program where there is no institution: nothing but the files that are named."""
    folder.mkdir(exist_ok=True)
    others = {name: text for name, text in os.environ.items() if not name.startswith("ADJUDGE_")}
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", *map(str, line)],
        env=others,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_from_nothing_to_a_decision_that_anyone_can_check(office: Office, tmp_path: Path) -> None:
    folder = office.folder
    secret = office.form("", "init")["secret"]
    office.done("", "join", secret, "-o", folder / "administrator.key")
    for name, role in (("ann", "reviewer"), ("bob", "second_reviewer"), ("cas", "legal"), ("eve", "auditor")):
        office.join(name, role)

    # A vague notice is refused, with everything that it does not state.
    vague = office.proposal("vague", **GOOD, wording="This is a policy decision.")
    row = office.form("ann", "decision", "propose", *ABOUT, "--file", vague)
    sign(office, row)
    refused = office.run("ann", "decision", "issue", row["id"])
    assert refused.returncode == 2
    assert refused.stderr.count("[incomplete-statement]") > 5
    office.done("bob", "decision", "return", row["id"], "--reason", "It says nothing.")

    # A proper decision needs a second person and the signature that its rule asks for.
    row = office.form("ann", "decision", "propose", *ABOUT, "--file", office.proposal("good", **GOOD))
    decision = row["id"]
    assert office.run("ann", "decision", "issue", decision).stderr.count("[not-signed]") == 2
    sign(office, row)
    office.done("ann", "decision", "issue", decision)
    shown = office.form("eve", "decision", "show", decision)
    assert (shown["state"], shown["standing_in_the_way"]) == ("issued", [])
    assert "15 CFR part 791" in shown["statement"]["en"]
    assert set(shown["statement"]) == {"en", "fr"}

    # It is replayed and verified, also where there is nothing but the file.
    assert office.form("eve", "replay", decision)["same"]
    log, receipt = folder / "log.jsonl", folder / "receipt.json"
    office.done("eve", "log", "export", "-o", log)
    office.done("eve", "log", "receipt", decision, "-o", receipt)
    key = office.form("eve", "log", "show", "--most", "1")["key"]
    stranger = tmp_path / "stranger"
    assert elsewhere(stranger, "verify", log, "--key", key).stdout.startswith("VERIFIED")
    assert elsewhere(stranger, "verify", receipt, "--key", key).stdout.startswith("VERIFIED")
    assert elsewhere(stranger, "replay", decision, "--log", log).stdout.startswith("SAME")
    assert list(stranger.iterdir()) == []
    content = log.read_bytes()
    log.write_bytes(content.replace(b'"kind":"exclude"', b'"kind":"suspend"', 1))
    assert elsewhere(stranger, "verify", log, "--key", key).returncode == 1

    # A ground that falls away reopens what rested on it.
    office.done("ann", "claim", "withdraw", "q-ad-antivirus", "--reason", "It was never booked.")
    matter = office.form("ann", "matter", "show", MATTER)
    assert matter["matter"]["state"] == "reopened"
    assert decision in matter["matter"]["reason"]
    assert "q-ad-antivirus" in matter["matter"]["reason"]
    assert [entry["kind"] for entry in matter["entries"]][-1] == "matter:reopened"


def sign(office: Office, row: dict[str, Any]) -> None:
    """Both who must sign do."""
    line = (row["id"], "--digest", row["digest"], "--reason", "read")
    office.done("bob", "decision", "confirm", *line)
    office.done("cas", "decision", "sign", *line, "--role", "legal")
