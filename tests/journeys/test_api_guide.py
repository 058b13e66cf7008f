"""The guide on the API, followed word for word: its files are written, and its commands run, at a port of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "api.md"
BLOCK = re.compile(r"^```(?:console|(?:json|python) file=(\S+))\n(.*?)^```", re.MULTILINE | re.DOTALL)
OURS = "localhost:8411"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A checkout as the guide supposes it. A server that was started there is stopped at the end."""
    for name in ("examples", "policies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in (("adjudge", " -m adjudge.cli.main"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}"{module} "$@"\n')
        (programs / name).chmod(0o755)
    yield tmp_path
    with suppress(FileNotFoundError, ValueError, ProcessLookupError):
        os.kill(int((tmp_path / "up.pid").read_text()), signal.SIGTERM)


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line for line in shown if line.strip() not in {"", "…"}]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_the_guide_on_the_api_can_be_followed(folder: Path) -> None:
    port = str(free_port())
    others = {key: value for key, value in os.environ.items() if not key.startswith("ADJUDGE_")}
    environment = {
        **others,
        "ADJUDGE_PORT": port,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    count = 0
    for match in BLOCK.finditer(GUIDE.read_text(encoding="utf-8").replace(OURS, f"localhost:{port}")):
        if match[1]:
            (folder / match[1]).write_text(match[2], encoding="utf-8")
            continue
        for command, shown in commands(match[2]):
            done = subprocess.run(
                ["sh", "-c", command],  # noqa: S607 - the shell of the machine
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=180,
            )
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            rest = iter(done.stdout.splitlines())
            for line in shown:
                assert line in rest, f"{command} does not print, in this order: {line}\n{done.stdout}"
            count += 1
    assert count
