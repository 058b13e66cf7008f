"""`adjudge serve` as a program: processes that all follow one folder, stop in good order, and are started again."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from adjudge.cli.main import main
from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.answer import STALE
from tests.ports import free_port
from tests.rooms.serve.beside import (
    Sidecar,
    connected,
    heard,
    own_environment,
    request,
    sidecar,
    soon,
)
from tests.rooms.serve.folder import Folder, signer

STOP = Scope(kind="suspend", reason="ads/1")
KEY = str(signer().verifier)


def stopped(number: int) -> tuple[Served, ...]:
    return (Served(scope=STOP, decision=f"X-{number:06d}"),)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "serving").mkdir()
    return Folder(tmp_path / "serving", now=time.time_ns() // 1_000_000, when_stale=(("suspend", "deny"),))


def workers_of(running: Sidecar) -> list[psutil.Process]:
    return [child for child in psutil.Process(running.process.pid).children() if child.is_running()]


def sizes(running: Sidecar) -> list[str]:
    lines = running.get("/metrics").body.decode().splitlines()
    return [line.rpartition(" ")[2] for line in lines if line.startswith("adjudge_serve_log_size{")]


def asked_until(ended: threading.Event, running: Sidecar) -> Iterator[object]:
    """Of each snapshot exactly one of the two is stopped: whatever else is answered."""
    with connected(running.address) as peer:
        while not ended.is_set():
            peer.sendall(request("POST", "/v1/check", b'[{"ad":"even"},{"ad":"odd"}]', ""))
            told = heard(peer).json
            if [item["allow"] for item in told].count(False) != 1:
                yield told


def test_all_processes_take_what_is_new_and_no_answer_is_wrong_meanwhile(folder: Folder) -> None:
    folder.publish(1, {"c:odd": stopped(1)})
    with sidecar(f"--folder={folder.path}", "--workers=2") as running, ThreadPoolExecutor(4) as pool:
        ended = threading.Event()
        asking = [pool.submit(lambda: list(asked_until(ended, running))) for _ in range(4)]
        for size in range(2, 12):
            folder.publish(size, {f"c:{'odd' if size % 2 else 'even'}": stopped(size)})
            time.sleep(0.15 * (size % 3))
        for _ in soon():
            if sizes(running) == ["11", "11"]:
                break
        ended.set()
        assert [item.result() for item in asking] == [[]] * 4
        answers = [running.ask({"ad": "odd"}).json["decision_id"] for _ in range(8)]
        assert answers == ["X-000011"] * 8


def test_what_is_tampered_with_is_refused_and_told_in_metrics(folder: Folder) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    with sidecar(f"--folder={folder.path}") as running:
        name = folder.publish(2, {})
        path = folder.path / name
        told = bytearray(path.read_bytes())
        told[-3] ^= 1
        path.write_bytes(told)
        for _ in soon():
            if running.metric('alarms_total{kind="damaged"}'):
                break
        assert running.ask({"ad": "one"}).json["decision_id"] == "X-000001"
        assert "not what was sealed" in running.get("/v1/snapshot").json["refused"]
        assert running.get("/ready").status == 200


def test_nobody_confirms_and_nothing_runs_as_was_declared(folder: Folder) -> None:
    folder.now -= 59_000
    folder.publish(1, {})
    with sidecar(f"--folder={folder.path}") as running:
        for _ in soon():
            if not running.ask({"ad": "one"}).json["allow"]:
                break
        assert running.ask({"ad": "one"}).json["reason_code"] == STALE.reason_code
        assert running.get("/ready").status == 503
        folder.now = time.time_ns() // 1_000_000
        folder.publish(2, {})
        for _ in soon():
            if running.ask({"ad": "one"}).json["allow"]:
                break


def test_without_a_snapshot_it_answers_as_told_and_is_ready_once_there_is_one(folder: Folder) -> None:
    with sidecar(f"--folder={folder.path}") as running:
        assert running.ask({"ad": "one"}).json["reason_code"] == "no-snapshot"
        assert running.get("/ready").status == 503
        folder.publish(1, {})
        for _ in soon():
            if running.get("/ready").status == 200:
                break
        assert running.ask({"ad": "one"}).json["allow"]


def test_a_process_that_dies_is_started_again_and_what_it_counted_stays(folder: Folder) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    with sidecar(f"--folder={folder.path}") as running:
        for _ in range(5):
            running.ask({"ad": "one"})
        assert running.metric('answers_total{answer="deny",by="suspend"}') == 5
        (worker,) = workers_of(running)
        worker.kill()
        answered = 0
        for _ in soon():
            try:
                answered += running.ask({"ad": "one"}).status == 200
            except (OSError, AssertionError):
                continue
            if answered == 5:
                break
        assert running.metric('answers_total{answer="deny",by="suspend"}') >= 10
        assert workers_of(running) != [worker]


def test_told_to_stop_it_says_so_first_and_ends_what_is_under_way(folder: Folder) -> None:
    folder.publish(1, {})
    with sidecar(f"--folder={folder.path}", environment={"ADJUDGE_DRAIN": "1"}) as running:
        with connected(running.address) as busy:
            told = request("POST", "/v1/check", b'{"ad":"one"}')
            busy.sendall(told[:-3])
            running.process.terminate()
            for _ in soon():
                if running.get("/ready").status == 503:
                    break
            assert running.ask({"ad": "one"}).status == 200
            time.sleep(1.2)
            busy.sendall(told[-3:])
            assert heard(busy).json["allow"]
        assert running.process.wait(30) == 0


def test_told_twice_it_hurries(folder: Folder) -> None:
    with sidecar(f"--folder={folder.path}", environment={"ADJUDGE_DRAIN": "600"}) as running:
        running.process.terminate()
        for _ in soon():
            if "serving" in str(failing(running)):
                break
        running.process.terminate()
        assert running.process.wait(30) == 0


def failing(running: Sidecar) -> list[str]:
    return [check["name"] for check in running.get("/ready").json["checks"] if check["state"] != "ok"]


def test_its_processes_end_with_it_even_if_it_was_killed(folder: Folder) -> None:
    with sidecar(f"--folder={folder.path}", "--workers=2") as running:
        workers = workers_of(running)
        running.process.send_signal(signal.SIGKILL)
        assert len(workers) == 2
        for _ in soon():
            if not any(worker.is_running() and worker.status() != "zombie" for worker in workers):
                break


def test_it_is_asked_at_a_socket_and_one_that_a_killed_one_left_is_replaced(
    folder: Folder, tmp_path: Path
) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    path = tmp_path / "ask"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    with sidecar(f"--folder={folder.path}", f"--unix={path}") as running:
        assert not Sidecar(running.process, str(path)).ask({"ad": "one"}).json["allow"]
        assert path.stat().st_mode & 0o777 == 0o660
        assert serve("--without=deny", f"--log-key={KEY}", "--tcp=none", f"--unix={path}") == 2
        running.process.terminate()
        assert running.process.wait(30) == 0
    assert not path.exists()
    path.write_text("mine")
    assert serve("--without=deny", f"--log-key={KEY}", "--tcp=none", f"--unix={path}") == 2
    assert path.read_text() == "mine"


def serve(*options: str) -> int:
    return subprocess.run(
        [sys.executable, "-m", "adjudge.cli.main", "serve", *options],
        check=False,
        timeout=60,
        env=own_environment(),
        capture_output=True,
    ).returncode


@pytest.fixture
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("ADJUDGE_"):
            monkeypatch.delenv(name)


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([f"--log-key={KEY}"], "say what holds without a snapshot"),
        (["--without=deny"], "name the public key of the log"),
        (["--without=deny", "--log-key=nonsense"], "no public key of a log"),
        (["--without=deny", f"--log-key={KEY}", "--tcp=none"], "name a port or a socket"),
        (["--without=deny", f"--log-key={KEY}", "--tcp=8412"], "no host with a port"),
        (["--without=deny", f"--log-key={KEY}", "--tcp=x:99999"], "no host with a port"),
        (["--without=deny", f"--log-key={KEY}", "--workers=0"], "from 1 to 64"),
        (["--without=deny", f"--log-key={KEY}", f"--unix=/{'a' * 100}"], "at most 100 bytes"),
        (["--without=deny", f"--log-key={KEY}", "--url=ftp://x"], "no address of a site"),
        (["--without=deny", f"--log-key={KEY}", "--url=http://ads.example.org/serving"], "plain text"),
        (["--without=deny", f"--log-key={KEY}", "--url=https://ads.example.org/serving"], "a key is needed"),
        (
            ["--without=deny", f"--log-key={KEY}", "--url=https://ads.example.org/s", "--key=/no"],
            "cannot be read",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_told_before_anything_begins(
    options: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", *options]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("clean")
def test_a_port_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        port = taken.getsockname()[1]
        options = [f"--tcp=127.0.0.1:{port}", "--without=deny", f"--log-key={KEY}", f"--folder={tmp_path}"]
        assert main(["serve", *options]) == 2
    assert f"127.0.0.1:{port} cannot be had" in capsys.readouterr().err


@pytest.mark.usefixtures("clean")
def test_the_environment_says_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.pub"
    file.write_text(f"{KEY}\n")
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        for name, text in (
            ("WITHOUT", "allow"),
            ("LOG_KEY", f"{file},{KEY}"),
            ("TCP", f"127.0.0.1:{taken.getsockname()[1]}"),
        ):
            monkeypatch.setenv(f"ADJUDGE_SERVE_{name}", text)
        assert main(["serve"]) == 2
    assert "cannot be had" in capsys.readouterr().err
