"""The page from which a stranger writes a verifier: its examples are real, and its program tells a flipped byte."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from adjudge.ledger.entry import FORMAT as ENTRY_FORMAT
from adjudge.ledger.entry import Entry, entry_bytes
from adjudge.ledger.flaw import Flaw
from adjudge.ledger.log_file import CHECKPOINT_FORMAT, LOG_FORMAT
from adjudge.ledger.part import PART_FORMAT, TOMBSTONE_FORMAT
from adjudge.ledger.receipt import FORMAT as RECEIPT_FORMAT
from adjudge.ledger.receipt import receipt_bytes
from adjudge.ledger.tree import leaf_hash, node_hash
from tests.rooms.ledger.example import example
from tests.rooms.ledger.logs import SIGNER, log_of, part

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "log-format.md"
KEY = str(SIGNER.verifier)


def block(language: str) -> str:
    found = re.findall(
        rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(found) == 1
    return str(found[0])


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stranger") / "verifier.py"
    path.write_text(block("python"), encoding="utf-8")
    return path


def verdict(program: Path, content: bytes, key: str = KEY) -> tuple[int, str]:
    path = program.with_name("file")
    path.write_bytes(content)
    # -I: nothing of ours can be imported.
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(path), key],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_the_log_and_the_receipt_of_the_page_are_real() -> None:
    log, receipt = example()
    assert block("jsonl") == b"".join(log.written()).decode()
    assert block("json") == receipt_bytes(receipt).decode()


def test_the_hashes_of_the_page_are_real() -> None:
    log, _ = example()
    leaves = [leaf_hash(entry_bytes(line)) for line in log.lines if isinstance(line, Entry)]
    below = node_hash(leaves[0], leaves[1])
    text = PAGE.read_text(encoding="utf-8")
    assert "\n".join(item.hex() for item in (*leaves, below)) in text
    assert log.roots[2:] == [below, node_hash(below, leaves[2])]


def test_the_page_names_every_flaw_and_every_format() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.partition("## What `adjudge verify` can find")[2].partition("## A verifier")[0]
    named = {
        word
        for line in table.splitlines()
        if line.startswith("| `")
        for word in re.findall(r"`([a-z-]+)`", line)
    }
    assert named == {flaw.value for flaw in Flaw}
    formats = (LOG_FORMAT, ENTRY_FORMAT, PART_FORMAT, TOMBSTONE_FORMAT, CHECKPOINT_FORMAT, RECEIPT_FORMAT)
    assert all(f"`{name}`" in text or f"format    {name}" in text for name in formats)


def test_the_program_of_the_page_verifies_its_own_example(program: Path) -> None:
    assert verdict(program, block("jsonl").encode()) == (0, "VERIFIED\n")
    assert verdict(program, block("json").encode()) == (0, "VERIFIED\n")


def test_the_program_of_the_page_verifies_a_log_of_many_entries_and_its_receipt(program: Path) -> None:
    log = log_of(500)
    assert verdict(program, b"".join(log.written()))[0] == 0
    assert verdict(program, receipt_bytes(log.receipt(310, part("address 310"))))[0] == 0


@pytest.mark.parametrize("language", ["jsonl", "json"])
def test_the_program_of_the_page_tells_flipped_bytes(program: Path, language: str) -> None:
    content = block(language).encode()
    for at in range(3, len(content), 61):
        assert verdict(program, flipped(content, at))[0] == 1, at


def test_the_program_of_the_page_tells_another_key_and_a_cut_log(program: Path) -> None:
    content = block("jsonl").encode()
    other = "example.com/log+d455c521+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG5"
    assert verdict(program, content, other)[0] == 1
    assert verdict(program, content[:-2])[0] == 1
    assert verdict(program, b"".join(content.splitlines(keepends=True)[:-1]))[0] == 1
