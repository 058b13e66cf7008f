"""Makes the data that a program of another time left behind: one data folder for each state of the database.

Run as `.venv/bin/python tools/landed.py 0005`. The story of the state (`tests/landed/0005.story`) is run by the program
that had no later migration than this one: by the commit that `tests/landed/landed.json` names for it, unpacked beside
the checkout, or by the checkout itself where none is named, which is what the author of a new migration does before it
lands. What is left is packed into `tests/landed/0005.tar.xz`, and tests upgrade it to now. The digests of the
migrations that belong to the state are noted where they were not: a migration that was landed is never changed.
"""

import argparse
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LANDED = ROOT / "tests" / "landed"
LIST = LANDED / "landed.json"
MIGRATIONS = ROOT / "src" / "adjudge" / "storage" / "migrations"
TOLD = "told.json"
SOONEST = 200_000
"""Bytes that a packed folder may have."""


def main() -> int:
    """Make one state anew."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("state", help="the number of the last migration that the program knew, as 0005")
    state = asked.parse_args().state
    noted: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    commit = noted["states"].get(state, {}).get("commit", "")
    with tempfile.TemporaryDirectory() as folder:
        program = _program(commit, Path(folder) / "program") if commit else ROOT
        packed = _packed(_story(program, state, Path(folder) / "data"))
    if len(packed) > SOONEST:
        print(f"{state}: {len(packed)} bytes are too many: tell less in the story")
        return 1
    (LANDED / f"{state}.tar.xz").write_bytes(packed)
    noted["states"][state] = {"commit": commit}
    _note(noted, state, is_new=not commit)
    print(f"{state}: {len(packed)} bytes, by {commit or 'the checkout'}")
    return 0


def _program(commit: str, folder: Path) -> Path:
    """The sources of a commit, and its examples."""
    folder.mkdir()
    archive = subprocess.run(
        ["git", "-C", ROOT, "archive", commit, "src", "examples", "policies"],  # noqa: S607 - wherever it is
        check=True,
        capture_output=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    return folder


def _story(program: Path, state: str, data: Path) -> Path:
    """Run the story by that program, and no other; the data folder that it leaves."""
    environment = {**os.environ, "PYTHONPATH": str(program / "src"), "PYTHONSAFEPATH": "1"}
    story = LANDED / f"{state}.story"
    told = subprocess.run(
        [sys.executable, story, data], cwd=program, env=environment, check=True, stdout=subprocess.PIPE
    ).stdout
    with sqlite3.connect(data / "adjudge.sqlite3") as database:
        applied = {
            name for (name,) in database.execute("SELECT name FROM django_migrations WHERE app = 'adjudge'")
        }
        if max(applied)[:4] != state:
            raise SystemExit(f"this program has left the state {max(applied)}")
    database.execute("VACUUM")
    database.close()
    (data / TOLD).write_bytes(told)
    (data / "secret.key").unlink()
    return data


def _packed(data: Path) -> bytes:
    """The folder as one file, without owners and times."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:xz", preset=9) as packed:
        for path in sorted(data.rglob("*")):
            if path.is_file() and not path.name.endswith(("-wal", "-shm")):
                entry = tarfile.TarInfo(path.relative_to(data).as_posix())
                entry.size = path.stat().st_size
                with path.open("rb") as content:
                    packed.addfile(entry, content)
    return stream.getvalue()


def _note(noted: dict[str, Any], state: str, *, is_new: bool) -> None:
    for path in sorted(MIGRATIONS.glob("0*.py")):
        known = noted["migrations"].get(path.name)
        if path.name[:4] <= state and (known is None or (is_new and path.name[:4] == state)):
            noted["migrations"][path.name] = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    LIST.write_text(json.dumps(noted, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
