"""`adjudge snapshot`: built from an institution, looked into, compared, and verified with nothing but files."""

import json
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT
from adjudge.ledger.signer import signer_of
from tests.rooms.cli.desk import SIGNER, Desk, new_desk
from tests.rooms.cli.inside import adjudge
from tests.rooms.cli.test_matter_commands import AD, GOOD, issued, written
from tests.rooms.cli.test_people_commands import NO_SUCH_THING

KEY = ("--log-key", str(SIGNER.verifier))


@pytest.fixture
def desk() -> Desk:
    return new_desk()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.yaml", GOOD)


def build(desk: Desk, folder: Path) -> Path:
    """A folder, and the base in it."""
    told = json.loads(desk.done("auditor", "snapshot", "build", "-o", folder, "--format", "json"))
    found: Path = folder / told["file"]
    assert found.exists()
    return found


def test_what_is_in_force_is_built_and_shown(desk: Desk, good: Path, tmp_path: Path) -> None:
    decision, folder = issued(desk, good), tmp_path / "served"
    out = desk.done("auditor", "snapshot", "build", "-o", folder)
    assert "is published in" in out
    assert "with 1 key." in out
    out = adjudge("snapshot", "inspect", folder, "--of", f"c:{AD}", "--of", "c:free").stdout
    assert f"c:{AD}: 1 measure\n" in out
    assert decision in out
    assert "c:free: nothing is known against it." in out
    assert "1 decision has effect in it." in out
    tree = json.loads(adjudge("snapshot", "inspect", folder, "--of", f"c:{AD}", "--format", "json").stdout)
    assert tree["keys"] == 1
    assert tree["decisions"] == {decision: 1}
    assert [item["decision"] for item in tree["of"][f"c:{AD}"]] == [decision]
    assert desk.run("author", "snapshot", "build", "-o", folder).stderr == NO_SUCH_THING


def test_what_differs_between_two_is_shown(desk: Desk, good: Path, tmp_path: Path) -> None:
    before = build(desk, tmp_path / "before")
    decision = issued(desk, good)
    after = build(desk, tmp_path / "after")
    same = adjudge("snapshot", "diff", before, tmp_path / "before")
    assert (same.returncode, same.stdout) == (0, "They say the same of every key.\n")
    found = adjudge("snapshot", "diff", before, after)
    assert found.returncode == 1
    assert "1 key has measures that had none.\n" in found.stdout
    assert f"Decisions that are new: {decision}\n" in found.stdout
    found = adjudge("snapshot", "diff", after, before, "--format", "json")
    told = {"added": 0, "removed": 1, "changed": 0, "begun": [], "ended": [decision]}
    assert json.loads(found.stdout) == told


def test_a_snapshot_is_verified_by_the_key_a_checkpoint_and_the_log(
    desk: Desk, good: Path, tmp_path: Path
) -> None:
    note, log, old = tmp_path / "note", tmp_path / "log.jsonl", tmp_path / "old"
    desk.done("auditor", "log", "checkpoint", "-o", old)
    issued(desk, good)
    folder = tmp_path / "served"
    file = build(desk, folder)
    desk.done("auditor", "log", "checkpoint", "-o", note)
    desk.done("auditor", "log", "export", "-o", log)
    for path in (file, folder):
        for more in ((), ("--checkpoint", note), ("--log", log), ("--log", log, "--checkpoint", old)):
            found = adjudge("snapshot", "verify", path, *KEY, *more)
            assert (found.returncode, found.stdout.splitlines()[-1][:9]) == (0, "VERIFIED:"), found.stdout
    found = adjudge("snapshot", "verify", file, *KEY, "--checkpoint", old)
    assert found.returncode == 1
    assert "name the log too" in found.stdout


def test_what_is_not_what_was_published_is_told(desk: Desk, good: Path, tmp_path: Path) -> None:
    issued(desk, good)
    folder, log = tmp_path / "served", tmp_path / "log.jsonl"
    file = build(desk, folder)
    desk.done("auditor", "log", "export", "-o", log)
    short = tmp_path / "short.jsonl"
    short.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:5]))
    found = adjudge("snapshot", "verify", file, *KEY, "--log", short)
    assert (found.returncode, found.stdout.splitlines()[-1]) == (1, "NOT VERIFIED: do not use it.")
    assert "tells of more entries than the log has" in found.stdout
    told = json.loads((folder / CURRENT).read_text())
    (folder / CURRENT).write_text(json.dumps({**told, "confirmed_at": told["confirmed_at"] + 1}))
    found = adjudge("snapshot", "verify", folder, *KEY)
    assert (found.returncode, found.stdout.splitlines()[0]) == (1, f"{CURRENT} is not sealed by the key")
    stranger = str(signer_of("adjudge.test", bytes(range(32))).verifier)
    found = adjudge("snapshot", "verify", file, "--log-key", stranger)
    assert (found.returncode, "not trusted" in found.stdout) == (1, True)
    assert adjudge("snapshot", "verify", file, "--log-key", "nothing").returncode == 2
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    found = adjudge("snapshot", "verify", file, *KEY)
    assert found.returncode == 2
    assert "is not what was sealed" in found.stderr
    assert adjudge("snapshot", "inspect", tmp_path / "nothing").stderr.count("no such file") == 1
