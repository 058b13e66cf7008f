"""`adjudge up` as a process: it serves, looks after what it started, stops in time, and loses nothing."""

import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from adjudge.ledger.verify_log import verify_log
from tests.databases import Postgres
from tests.ports import free_port
from tests.rooms.mount.running import Running, exported, joined, refused, until, up


def test_it_serves_the_founding_case_and_stops_when_told_leaving_nobody_behind(tmp_path: Path) -> None:
    with up(tmp_path / "data") as running:
        assert running.status() == 200
        assert running.status(running.link()) == 200
        assert running.status("/account/login") == 200
        assert running.status("/static/desk/desk.css") == 200
        assert running.status("/static/mfa/js/webauthn.js") == 200
        children = running.children()
        # The server with its two workers, the sweeper, who publishes, and who holds all to the log.
        assert len(children) >= 6
        began = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
        assert time.monotonic() - began < 20
        assert not any(child.is_running() for child in children)


def test_what_dies_is_started_again(tmp_path: Path) -> None:
    with up(tmp_path / "data", "--empty") as running:
        parts = psutil.Process(running.process.pid).children()
        assert len(parts) == 4  # the server, the sweeper, who publishes, and who holds all to the log
        for part in parts:
            part.kill()
        until(lambda: running.text.count("is started again") == 4)
        until(lambda: running.status() == 200)
        until(lambda: any("adjudge.mount.sweeper" in child.cmdline() for child in running.children()))
        until(lambda: any("adjudge.mount.publisher" in child.cmdline() for child in running.children()))
        (tmp_path / "data" / "serving" / "current.json").unlink(missing_ok=True)
        until((tmp_path / "data" / "serving" / "current.json").exists)  # it is confirmed every two seconds


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
    with socket.create_connection(("127.0.0.1", running.port), timeout=60) as line:
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
