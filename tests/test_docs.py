"""The pages say what is so: commands run, files are accepted, generated parts are current, links resolve."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adjudge.basis.codes import CODES
from adjudge.cli.main import COMMANDS
from adjudge.institution.codes import MEANINGS

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
SERVED = ROOT / "docs" / "guides" / "api.md"
"""It starts a server, which tests/journeys/test_api_guide.py does at a port of its own."""
IN_THE_BROWSER = {ROOT / "docs" / "guides" / name for name in ("desk.md", "first-decision.md")}
"""They have no command to run: what they name on pages is tried in tests/rooms/desk and tests/browser."""
EXECUTED = [
    ROOT / "README.md",
    ROOT / "docs" / "tutorial.md",
    *sorted({*ROOT.glob("docs/guides/*.md")} - {SERVED} - IN_THE_BROWSER),
]
BLOCK = re.compile(r"^```(console|yaml file=(\S+))\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXITS = re.compile(r"# exits with ([12])$")
LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the commands of the pages need, in a folder that they may write to."""
    for name in ("examples", "policies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "adjudge"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m adjudge.cli.main "$@"\n')
    program.chmod(0o755)
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "COLUMNS": "100",
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["sh", "-c", command],  # noqa: S607 - the shell of the machine
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def commands(block: str) -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip() not in {"", "…"}:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("page", EXECUTED, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_and_print_what_it_shows(page: Path, checkout: Path) -> None:
    count = 0
    for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if match[2]:
            target = checkout / match[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(match[3], encoding="utf-8")
            continue
        for command, shown in commands(match[3]):
            if command.startswith("make "):
                continue  # `make run` and `make test` are what runs this
            done = run(command, checkout)
            wanted = EXITS.search(command)
            assert done.returncode == (int(wanted[1]) if wanted else 0), f"{command}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            rest = iter(done.stdout.splitlines())
            for line in shown:
                assert line in rest, f"{command} does not print, in this order: {line}\n{done.stdout}"
            count += 1
    assert count


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_resolve(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/gendocs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"run `make docs`\n{done.stdout}{done.stderr}"


def test_every_problem_code_and_command_has_its_heading() -> None:
    problems = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8").splitlines()
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8").splitlines()
    headings = {line[4:].removesuffix(" (refused)") for line in problems if line.startswith("### ")}
    assert headings == CODES.keys() | MEANINGS.keys()
    assert {f"## adjudge {name}" for name in COMMANDS} <= set(reference)


def test_the_modules_that_architecture_names_exist() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Modules")[0]
    named = [
        name
        for name in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", page)
        if not name.endswith((".toml", ".yaml"))
    ]
    assert named
    for name in named:
        path = ROOT / "src" / "adjudge" / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


def test_no_pinned_file_holds_an_address() -> None:
    for path in ROOT.glob("requirements*.txt"):
        assert "://" not in path.read_text(encoding="utf-8"), path.name
