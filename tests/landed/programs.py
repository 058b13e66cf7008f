"""A program of another time, unpacked from the history of this checkout, where that reaches so far."""

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.landed.states import FOLDER, LIST

ROOT = FOLDER.parents[1]


def program_of(state: str, folder: Path) -> Path:
    """The sources of the program that knew a state and none after it."""
    commit = LIST["states"][state]["commit"]
    packed = subprocess.run(
        ["git", "-C", ROOT, "archive", commit, "src"],  # noqa: S607 - wherever it is
        check=False,
        capture_output=True,
    )
    if packed.returncode:
        pytest.skip(f"the history of this checkout does not reach to {commit}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def beside(state: str, program: Path, data: Path, address: str, told: dict[str, Any]) -> dict[str, Any]:
    """Run what such a program does beside a newer one; what it tells."""
    story = FOLDER / f"{state}.beside"
    assert story.exists(), "write what a program of this state does beside a newer one"
    run = subprocess.run(
        [sys.executable, story, data, address, json.dumps(told)],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(program), "PYTHONSAFEPATH": "1"},
        text=True,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found
