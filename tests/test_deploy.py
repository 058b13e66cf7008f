"""The container file and the unit, as far as can be told where no container runs: files, commands, settings."""

import fnmatch
import json
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from adjudge.basis.problem import ProblemLog
from adjudge.cli.main import COMMANDS
from adjudge.cli.upkeep import STOPPING
from adjudge.serve.sidecar.running import STOPPING as STOPPING_BESIDE
from adjudge.settings.schema import SETTINGS, read_settings

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "deploy" / "adjudge.service"
SIDECAR = ROOT / "deploy" / "adjudge-serve.service"
SECRET = re.compile(r"(?i)secret|password|token|_key\b|database_url\b")


def instructions() -> list[tuple[str, str]]:
    """What the container file says, a line each, without comments."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    found = [line.split(None, 1) for line in whole.splitlines() if line.strip()]
    return [(first.upper(), rest.strip()) for first, rest in found]


def of(name: str) -> list[str]:
    return [rest for first, rest in instructions() if first == name]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    start = max(place for place, (first, _) in enumerate(found) if first == "FROM")
    return found[start:]


def copied() -> Iterator[str]:
    """What is copied from the checkout."""
    for rest in of("COPY"):
        if not rest.startswith("--from"):
            yield from shlex.split(rest)[:-1]


def test_everything_that_is_copied_is_there_and_not_ignored() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    allowed = {rule[1:] for rule in rules if rule.startswith("!")}
    assert set(copied()) == allowed
    for name in allowed:
        assert (ROOT / name).exists(), name
    assert any(fnmatch.fnmatch("src/adjudge/__pycache__", rule) for rule in rules)
    assert of("ADD") == []


def test_what_runs_runs_as_nobody_and_is_built_in_a_stage_that_stays_behind() -> None:
    stage = last_stage()
    users = [rest for first, rest in stage if first == "USER"]
    assert users == ["10001:10001"]
    names = [first for first, _ in stage]
    assert "RUN" not in names[names.index("USER") :]
    assert not any("pip" in rest for first, rest in stage if first == "RUN")
    assert ("VOLUME", "/data") in stage
    assert ("STOPSIGNAL", "SIGTERM") in stage
    assert len(of("FROM")) == 2


def test_every_package_is_installed_by_its_hash_and_ours_without_an_index() -> None:
    installs = re.findall(r"pip install ([^&]*)", " ".join(of("RUN")))
    assert len(installs) == 3
    for told in installs:
        by_hash = "--require-hashes" in told and "--only-binary :all:" in told
        assert by_hash or ("--no-deps" in told and "--no-index" in told), told
    for name in re.findall(r"-r (\S+)", " ".join(installs)):
        assert name in set(copied())
        assert "--hash=sha256:" in (ROOT / name).read_text(encoding="utf-8")


def test_no_layer_holds_a_secret_and_no_registry_is_named() -> None:
    for first in ("ENV", "ARG"):
        for rest in of(first):
            for name in re.findall(r"([A-Z_]+)=", rest):
                assert not SECRET.search(name), name
    assert all("type=secret" in rest for rest in of("RUN") if "--mount" in rest)
    assert of("ARG") == ["PYTHON=python:3.11-slim"]
    for rest in of("FROM"):
        assert "/" not in rest
        assert "." not in rest


def test_the_settings_of_the_image_are_settings() -> None:
    told = dict(
        re.findall(
            r"(ADJUDGE_[A-Z_]+)=(\S+)", " ".join(rest for first, rest in last_stage() if first == "ENV")
        )
    )
    log = ProblemLog()
    settings = read_settings(told, log)
    assert told
    assert log.problems == []
    assert settings.secure
    (command,) = of("ENTRYPOINT")
    (arguments,) = of("CMD")
    assert json.loads(command) == ["adjudge"]
    assert json.loads(arguments)[0] in COMMANDS
    assert of("EXPOSE") == [str(settings.port)]


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_the_health_check_asks_whether_it_lives_and_not_whether_its_database_does(
    status: int, code: int
) -> None:
    asked = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    (check,) = of("HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        environment = {"ADJUDGE_PORT": str(server.server_port)}
        done = subprocess.run([sys.executable, *command[1:]], env=environment, check=False, timeout=30)
    assert (asked, done.returncode) == (["/health"], code)


def test_what_postgres_needs_is_what_is_tested_with() -> None:
    dev = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")
    own = (ROOT / "deploy" / "requirements-postgres.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^(psycopg\S*==\S+)", own, re.MULTILINE)
    assert len(pins) == 3
    for line in own.splitlines():
        if line and not line.startswith("#"):
            assert line.removesuffix(" \\") in dev, line


# --- the unit ---


def settled(name: str, unit: Path = UNIT) -> list[str]:
    """What a unit says under a name."""
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [line.split("=", 1)[1] for line in lines if line.startswith(f"{name}=")]


@pytest.mark.parametrize(("unit", "stopping"), [(UNIT, STOPPING), (SIDECAR, STOPPING_BESIDE)])
def test_a_unit_stops_later_than_the_program_does(unit: Path, stopping: float) -> None:
    (limit,) = settled("TimeoutStopSec", unit)
    told = dict(item.split("=", 1) for item in settled("Environment", unit))
    assert int(limit) > int(told["ADJUDGE_DRAIN"]) + stopping
    assert settled("KillMode", unit) == ["mixed"]


@pytest.mark.parametrize("unit", [UNIT, SIDECAR])
def test_the_settings_of_a_unit_are_settings_and_its_secrets_are_credentials(unit: Path) -> None:
    told = dict(item.split("=", 1) for item in settled("Environment", unit))
    assert set(told) <= {*(item.name for item in SETTINGS), "ADJUDGE_KEY_FILE"}
    credentials = {item.split(":")[0] for item in settled("LoadCredential", unit)}
    assert {text.removeprefix("%d/") for name, text in told.items() if name.endswith("_FILE")} == credentials
    public = {"ADJUDGE_SERVE_LOG_KEY"}  # that of the log, with which one verifies
    assert not [name for name in set(told) - public if SECRET.search(name) and not name.endswith("_FILE")]
    (command,) = settled("ExecStart", unit)
    assert command.split()[1] in COMMANDS


@pytest.mark.parametrize("unit", [UNIT, SIDECAR])
def test_systemd_finds_nothing_wrong_with_a_unit(tmp_path: Path, unit: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not on this machine")
    # The program is not installed where the unit expects it: any other stands in its place.
    text = unit.read_text(encoding="utf-8").replace("/opt/adjudge/bin/adjudge", "/bin/true")
    text = re.sub(r"(User|Group)=.*\n", "", text)
    (tmp_path / unit.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", tmp_path / unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if unit.name in line]
    assert told == [], done.stderr
