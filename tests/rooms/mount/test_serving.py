"""`adjudge up` as a process: it serves, looks after what it started, stops in time, and loses nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import psutil
import pytest

from adjudge.ledger.verify_log import verify_log
from tests.databases import Postgres

CHECKOUT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0


class Running:
    """An `adjudge up` and what it says."""

    def __init__(self, process: "subprocess.Popen[str]", port: int, said: Path) -> None:
        self.process, self.port, self.said = process, port, said

    @property
    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def status(self, address: str = "/alive") -> int:
        try:
            with urlopen(f"http://localhost:{self.port}{address}", timeout=20) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except (URLError, OSError):
            return 0

    def link(self) -> str:
        found = re.search(r"(/join/[0-9a-f]{48})", self.text)
        assert found is not None, self.text
        return found[1]

    def children(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ADJUDGE_")}
    return {**kept, "PYTHONUNBUFFERED": "1", **more}


@contextmanager
def up(data: Path, *options: str, cwd: Path = CHECKOUT, port: int = 0, **more: str) -> Iterator[Running]:
    """Start it, wait until it serves, and stop it."""
    port, said = port or free_port(), data.with_suffix(f".{time.monotonic_ns()}.said")
    command = [
        sys.executable,
        "-m",
        "adjudge.cli.main",
        "up",
        "--data",
        str(data),
        "--port",
        str(port),
        *options,
    ]
    with said.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            command, stdout=file, stderr=subprocess.STDOUT, text=True, cwd=cwd, env=environment(**more)
        )
    running = Running(process, port, said)
    children: list[psutil.Process] = []
    try:
        until(lambda: "Ctrl+C" in running.text or process.poll() is not None)
        assert process.poll() is None, running.text
        children = running.children()
        yield running
        children += running.children() if process.poll() is None else []
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        for child in children:
            if child.is_running():
                child.kill()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def refused(data: Path, *options: str, **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "adjudge.cli.main", "up", "--data", str(data), *options]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=CHECKOUT,
        env=environment(**more),
    )


def test_it_serves_the_founding_case_and_stops_when_told_leaving_nobody_behind(tmp_path: Path) -> None:
    with up(tmp_path / "data") as running:
        assert running.status() == 200
        assert running.status(running.link()) == 200
        assert running.status("/account/login") == 200
        assert running.status("/static/desk/desk.css") == 200
        assert running.status("/static/mfa/js/webauthn.js") == 200
        children = running.children()
        assert len(children) >= 4  # the server with its two workers, and the sweeper
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
        assert time.monotonic() - began < 20
        assert not any(child.is_running() for child in children)


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    with up(tmp_path / "data", "--empty") as running:
        parts = psutil.Process(running.process.pid).children()
        assert len(parts) == 2
        for part in parts:
            part.kill()
        until(lambda: running.text.count("is started again") == 2)
        until(lambda: running.status() == 200)
        until(lambda: any("adjudge.mount.sweeper" in child.cmdline() for child in running.children()))


def test_killed_outright_it_leaves_no_process_and_begins_again_with_all_that_it_acknowledged(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    with up(data, "--empty") as running:
        assert joined(running, running.link())
        children = running.children()
        running.process.kill()
        running.process.wait(10)
        until(lambda: not any(child.is_running() for child in children))
    with up(data) as again:
        assert again.status() == 200
        assert "/join/" not in again.text  # somebody has joined, and so there is no other first administrator
    verified = verify_log(exported(data))
    assert verified.is_verified
    assert verified.entries == 2  # invited and joined, each once


def test_a_link_that_was_lost_is_replaced_while_nobody_has_joined(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with up(data, "--empty") as running:
        lost = running.link()
    with up(data, "--empty") as again:
        assert again.link() != lost
        assert again.status(lost) == 404
        assert again.status(again.link()) == 200


def joined(running: Running, link: str) -> bool:
    """Join by the page, as a browser without scripts does; whether that was acknowledged."""
    opener = build_opener(HTTPCookieProcessor())
    address = f"http://localhost:{running.port}{link}"
    page = opener.open(address, timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    password = "correct horse battery"  # noqa: S105 - of a test
    sent = {"csrfmiddlewaretoken": token[1], "password": password, "again": password}
    answer = opener.open(Request(address, urlencode(sent).encode()), timeout=60)
    return bool(answer.url.endswith("/account/second-factor/"))


def exported(data: Path) -> BytesIO:
    """The log of a folder, by a process of its own: Django is told once in each."""
    code = (
        "import os, sys\n"
        "from adjudge.basis.problem import ProblemLog\n"
        "from adjudge.settings.schema import read_settings\n"
        "from adjudge.mount.site import open_site\n"
        "from adjudge.institution.record.log import Exported, export_log\n"
        "from adjudge.institution.staff.people import FOUNDER\n"
        "o = open_site(read_settings(os.environ, ProblemLog()))\n"
        "sys.stdout.buffer.writelines(export_log(o.house, FOUNDER, Exported(signer=o.signer)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        timeout=60,
        env=environment(ADJUDGE_DATA_DIR=str(data)),
    )
    return BytesIO(done.stdout)


def test_one_folder_is_served_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with up(data, "--empty") as running:
        second = refused(data, "--port", str(free_port()))
        assert second.returncode == 2
        assert "is served already" in second.stderr
        assert running.status() == 200


@pytest.mark.parametrize("host", ["evil.example", "a b", "x:y:z", "[", "\x1b[31m", "\xe9" * 3_000])
def test_another_name_of_the_machine_is_answered_without_a_traceback(
    served_empty: Running, host: str
) -> None:
    before = len(served_empty.text)
    status = named(served_empty, host)
    assert status == 400
    time.sleep(0.2)
    told = served_empty.text[before:]
    assert "Traceback" not in told
    assert len(told.splitlines()) <= 2  # that it was refused, and that it was answered
    assert host.strip() not in told or host == "["
    assert told.isascii()
    assert served_empty.status() == 200


@pytest.fixture(scope="module")
def served_empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give a server that several tests ask, and none changes."""
    with up(tmp_path_factory.mktemp("empty") / "data", "--empty") as running:
        yield running


def named(running: Running, host: str) -> int:
    """The status of the page of sign-in, asked for under another name of the machine."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
        line.sendall(
            f"GET /account/login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1")
        )
        return int(line.makefile("rb").readline().split()[1])


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = refused(tmp_path / "data", "--port", port)
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 cannot be had" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "data" / "adjudge.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ADJUDGE_HOST", "0.0.0.0", "reached from other machines, in plain text"),  # noqa: S104 - it is refused
        ("ADJUDGE_PORT", "many", "write a number from 1 to 65,535"),
        ("ADJUDGE_SECURE", "perhaps", "write `yes` or `no`"),
        ("ADJUDGE_WORKER", "3", "there is no setting of this name"),
        ("ADJUDGE_DATABASE_URL", "mysql://x/y", "not the address of a PostgreSQL database"),
    ],
)
def test_a_setting_that_cannot_be_is_told(tmp_path: Path, name: str, value: str, told: str) -> None:
    done = refused(tmp_path / "data", **{name: value})
    assert done.returncode == 2
    assert told in done.stderr
    assert name.removesuffix("ER") in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = refused(tmp_path / "file")
    assert done.returncode == 1
    assert "the data folder cannot be used" in done.stderr


def test_outside_the_checkout_it_begins_empty_and_says_so(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with up(tmp_path / "data", cwd=elsewhere) as running:
        assert "it begins empty" in running.text
        assert running.status(running.link()) == 200


def test_one_setting_makes_it_postgresql(tmp_path: Path, postgres: Postgres) -> None:
    address = postgres.uri(postgres.empty())
    with up(tmp_path / "data", "--empty", ADJUDGE_DATABASE_URL=address) as running:
        assert joined(running, running.link())
    assert not (tmp_path / "data" / "adjudge.sqlite3").exists()
