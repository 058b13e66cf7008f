"""`adjudge verify`: its verdicts, exit codes and languages, what it refuses, and what it does without."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from adjudge.answers.verification.text import verification_text
from adjudge.ledger.checkpoint import SignedCheckpoint, read_checkpoint, sign
from adjudge.ledger.fields import base64_text
from adjudge.ledger.flaw import Finding, Flaw
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.report import Report
from adjudge.ledger.signer import signer_of
from adjudge.ledger.verify_checkpoint import verify_checkpoint
from adjudge.ledger.verify_receipt import verify_receipt
from tests.pseudo import left_out, pseudo
from tests.rooms.cli.inside import adjudge
from tests.rooms.ledger.example import example
from tests.rooms.ledger.logs import ORIGIN, SIGNER, log_of, part, verified

ROOT = Path(__file__).resolve().parents[3]
KEY = str(SIGNER.verifier)
OTHER = str(signer_of(ORIGIN, bytes(32)).verifier)
LOG = log_of(120)
LINES = LOG.written()
RECEIPT = receipt_bytes(LOG.receipt(10, part("person 10")))
NAMES = {"example", "com", "log", "decision", "reviewer", "issued", "system", "January", "March", "May"}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"".join(LINES))
    return path


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_bytes(RECEIPT)
    return path


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def test_a_log_and_a_receipt_are_verified_by_a_key_from_elsewhere(
    log: Path, receipt: Path, tmp_path: Path
) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    for path in (log, receipt):
        for key in (KEY, file):
            done = adjudge("verify", path, "--key", key)
            assert (done.returncode, done.stderr) == (0, "")
            assert done.stdout.startswith("VERIFIED")
            assert f"Checked by the key that was given: {KEY}" in done.stdout


def test_without_a_key_it_is_said_what_that_shows(log: Path, receipt: Path) -> None:
    for path in (log, receipt):
        done = adjudge("verify", path)
        assert done.returncode == 0
        assert "and not who signed it" in done.stdout
        assert KEY in done.stdout


def test_a_damaged_log_exits_with_1_and_says_what_where_and_what_follows(log: Path) -> None:
    at = len(b"".join(LINES[:40])) + 40
    damage(log, at)
    done = adjudge("verify", log)
    assert done.returncode == 1
    assert done.stdout.startswith(f"NOT VERIFIED: the log {ORIGIN}\n")
    assert "what follows: " in done.stdout
    assert "entry is known" in done.stdout or "one of the entries 0 to 99" in done.stdout


def test_another_key_is_told(log: Path, receipt: Path) -> None:
    for path in (log, receipt):
        done = adjudge("verify", path, "--key", OTHER)
        assert done.returncode == 1
        assert "[other-key]" in done.stdout
        assert "[not-signed]" in done.stdout


def test_missing_parts_are_told_apart(log: Path) -> None:
    log.write_bytes(b"".join(line for line in LINES if b'"person 10"' not in line))
    done = adjudge("verify", log)
    assert done.returncode == 1
    assert done.stdout.startswith("INCOMPLETE")
    assert "1 sealed part is missing." in done.stdout
    assert json.loads(adjudge("verify", log, "--format", "json").stdout)["entries_verified"] is True


def test_a_checkpoint_that_was_kept_is_compared(log: Path, receipt: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text(LOG.checkpoint(57).note, encoding="utf-8")
    assert adjudge("verify", log, "--checkpoint", kept).returncode == 0
    refused = adjudge("verify", receipt, "--checkpoint", kept)
    assert refused.returncode == 2
    assert "[not-comparable]" in refused.stderr
    kept.write_text(LOG.checkpoint().note, encoding="utf-8")
    assert adjudge("verify", receipt, "--checkpoint", kept).returncode == 0
    kept.write_text(log_of(130).checkpoint().note, encoding="utf-8")
    done = adjudge("verify", log, "--checkpoint", kept)
    assert done.returncode == 1
    assert "[shortened]" in done.stdout


def test_a_checkpoint_is_verified_by_itself_and_by_a_key_from_elsewhere(tmp_path: Path) -> None:
    path, other = tmp_path / "checkpoint.txt", tmp_path / "other.txt"
    path.write_text(LOG.checkpoint().note, encoding="utf-8")
    done = adjudge("verify", path, "--key", KEY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"VERIFIED: a checkpoint of the log {ORIGIN}\n")
    assert "covers 120 entries" in done.stdout
    assert adjudge("verify", path, "--key", KEY, "--checkpoint", path).returncode == 0
    unkeyed = adjudge("verify", path)
    assert (unkeyed.returncode, "[not-a-key]" in unkeyed.stderr) == (2, True)
    other.write_text(LOG.checkpoint(57).note, encoding="utf-8")
    refused = adjudge("verify", path, "--key", KEY, "--checkpoint", other)
    assert (refused.returncode, "[not-comparable]" in refused.stderr) == (2, True)
    foreign = adjudge("verify", path, "--key", OTHER)
    assert (foreign.returncode, "[not-signed]" in foreign.stdout) == (1, True)
    other.write_text(path.read_text(encoding="utf-8").replace("\n120\n", "\n121\n", 1), encoding="utf-8")
    forged = adjudge("verify", other, "--key", KEY)
    assert (forged.returncode, "[not-signed]" in forged.stdout) == (1, True)


def rewritten(signed: SignedCheckpoint) -> SignedCheckpoint:
    """What its own log signs of other entries."""
    root = bytes(byte ^ 1 for byte in signed.checkpoint.root)
    found = read_checkpoint(sign(replace(signed.checkpoint, root=root), SIGNER))
    assert not isinstance(found, Finding)
    return found


def test_two_checkpoints_of_one_size_with_different_roots_are_a_log_that_was_rewritten() -> None:
    one = LOG.checkpoint()
    other = rewritten(one)
    assert verify_checkpoint(one, SIGNER.verifier, one).is_verified
    found = verify_checkpoint(one, SIGNER.verifier, other)
    assert [item.flaw for item in found.findings] == [Flaw.REWRITTEN]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"{}\n", b'{"checkpoint":"', b"\xff\x00", RECEIPT[1:], b'{"format":"adjudge-answer/1"}'],
)
def test_what_is_neither_a_log_nor_a_receipt_is_bad_input(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    done = adjudge("verify", path)
    assert done.returncode == 2
    assert "[not-a-log]" in done.stderr
    assert done.stdout == ""


def test_files_that_cannot_be_read_are_bad_input(tmp_path: Path, log: Path) -> None:
    none = tmp_path / "none"
    for arguments in ([none], [tmp_path], [log, "--checkpoint", none], [log, "--checkpoint", tmp_path]):
        done = adjudge("verify", *arguments)
        assert done.returncode == 2
        assert "[unreadable-file]" in done.stderr


def test_a_key_that_is_none_is_bad_input_and_is_not_repeated(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(SIGNER.secret())
    for key in (SIGNER.secret(), str(file), "x", "x" * 5000, KEY[:-1], "a\0b"):
        done = adjudge("verify", log, "--key", key)
        assert done.returncode == 2
        assert "[not-a-key]" in done.stderr
        assert SIGNER.secret()[-20:] not in done.stderr + done.stdout


@pytest.mark.parametrize(
    "content", [b"", b"x", b"\xff", LOG.checkpoint().note.replace("\n", "\r\n").encode()]
)
def test_a_checkpoint_that_is_none_is_bad_input(content: bytes, log: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(content)
    done = adjudge("verify", log, "--checkpoint", kept)
    assert done.returncode == 2
    assert "[not-a-checkpoint]" in done.stderr or "[not-utf-8]" in done.stderr


def test_bad_input_is_told_as_json_too(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    done = adjudge("verify", path, "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"][0]["code"] == "not-a-log"


def test_the_json_keeps_its_schema(log: Path, receipt: Path) -> None:
    schema: dict[str, Any] = json.loads(
        (ROOT / "schemas" / "verification.schema.json").read_text(encoding="utf-8")
    )
    Draft202012Validator.check_schema(schema)
    checkpoint = log.with_name("checkpoint.txt")
    checkpoint.write_text(LOG.checkpoint().note, encoding="utf-8")
    ways: list[list[str | Path]] = [[log], [receipt], [log, "--key", OTHER], [receipt, "--key", KEY]]
    ways += [[checkpoint, "--key", KEY], [checkpoint, "--key", OTHER]]
    forms = [json.loads(adjudge("verify", *way, "--format", "json").stdout) for way in ways]
    damage(log, len(LINES[0]) + 20)
    damage(receipt, len(RECEIPT) - 30)
    for path in (log, receipt):
        done = adjudge("verify", path, "--format", "json")
        assert done.returncode == 1
        forms.append(json.loads(done.stdout))
    log.write_bytes(LINES[0].replace(b"included", b"left out"))
    forms.append(json.loads(adjudge("verify", log, "--format", "json").stdout))
    for form in forms:
        assert list(Draft202012Validator(schema).iter_errors(form)) == []
    assert [form["verified"] for form in forms] == [True, True, False, True, True, False, False, False, False]


def reports() -> list[Report]:
    log, receipt = example()
    lines = log.written()
    kept = log_of(9).checkpoint()
    return [
        verified(lines),
        verified(lines, given=SIGNER.verifier),
        verified(lines, given=signer_of("example.com/other", bytes(32)).verifier),
        verified(lines, kept=kept),
        verified(LINES, kept=kept),
        verified(lines, kept=log_of(2).checkpoint()),
        *(verified(lines[:at] + lines[at + 1 :]) for at in range(len(lines))),
        *(verified([*lines[:at], *lines[at - 1 :]]) for at in range(1, len(lines))),
        verified([*lines[:2], b"x" * 9_000_000 + b"\n"]),
        verified(b"".join(lines)[:-1]),
        verified([LINES[0], *LINES[2:100:2]]),
        verify_receipt(receipt_bytes(receipt)),
        verify_receipt(receipt_bytes(receipt)[:-1]),
        verify_receipt(b"{}\n"),
        verify_receipt(receipt_bytes(receipt), signer_of("a", bytes(32)).verifier),
        verify_checkpoint(kept, SIGNER.verifier),
        verify_checkpoint(kept, signer_of("a", bytes(32)).verifier),
        verify_checkpoint(kept, SIGNER.verifier, rewritten(kept)),
    ]


def test_every_word_of_ours_is_said() -> None:
    for report in reports():
        text = verification_text(report, pseudo())
        said = "\n".join(line.partition(" [")[0] for line in text.splitlines())
        assert left_out(said, NAMES | from_outside(report)) == [], text


def from_outside(report: Report) -> set[str]:
    """The words of what came from the file: keys, roots, digests, subjects."""
    parts = [str(part) for finding in report.findings for part in finding.message.parts.values()]
    return set(re.findall(r"[^\W\d_]{2,}", " ".join([*parts, str(report.key), base64_text(report.root)])))


def test_texts_of_a_log_cannot_drive_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text(LOG.checkpoint().note.replace(ORIGIN + "\n", "\u202eevil\n", 1), encoding="utf-8")
    log = tmp_path / "log"
    log.write_bytes(b"".join(LINES))
    done = adjudge("verify", log, "--checkpoint", path)
    assert done.returncode == 1
    assert "\u202e" not in done.stdout


def test_it_loads_neither_django_nor_yaml_nor_the_language(log: Path) -> None:
    program = (
        "import sys\nfrom adjudge.cli.main import main\n"
        f"code = main(['verify', {str(log)!r}])\n"
        "heavy = {'django', 'yaml', 'rich', 'jinja2', 'scipy', 'pysat', 're2', 'sqlite3'} & set(sys.modules)\n"
        "assert not heavy, heavy\nsys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
