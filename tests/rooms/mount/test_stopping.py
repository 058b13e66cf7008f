"""Told to stop, it says so, takes nothing new, and ends what it began: answered and kept, or not kept at all."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from adjudge.ledger.verify_log import verify_log
from tests.rooms.mount.running import Running, environment, exported, until, up

BOUNDARY = "a-boundary-of-parts"
ADVERTISER = "kaspersky-lab"
PEOPLE = """
import os, sys
from adjudge.basis.problem import ProblemLog
from adjudge.institution.staff.keys import make_own_key
from adjudge.institution.staff.people import FOUNDER, actor_of, invite, join
from adjudge.mount.site import open_site
from adjudge.people.role import Role
from adjudge.records.shelf import MATTERS
from adjudge.settings.schema import read_settings
house = open_site(read_settings(os.environ, ProblemLog())).house
invited = invite(house, FOUNDER, "r@example.org", "R", (Role.REVIEWER,))
person = join(house, invited.secret)
with house.records.reading() as records:
    print(records.find(MATTERS)[0].id, make_own_key(house, actor_of(person), "a key").secret)
"""


def reviewer(data: Path) -> tuple[str, str]:
    """A matter of a folder, and the key of somebody who may decide it."""
    done = subprocess.run(
        [sys.executable, "-c", PEOPLE],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment(ADJUDGE_DATA_DIR=str(data)),
    )
    matter, secret = done.stdout.split()
    return matter, secret


def begun(running: Running, address: str, secret: str, kind: str, length: int) -> socket.socket:
    """A request whose head is sent, and whose body is not."""
    line = socket.create_connection(("127.0.0.1", running.port), timeout=40)
    head = (
        f"POST /api/v1{address} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )
    line.sendall(head.encode())
    return line


def ended(line: socket.socket) -> int:
    """The status of the answer; 0 where none came."""
    with line, line.makefile("rb") as stream:
        try:
            first = stream.readline()
        except OSError:
            return 0
    return int(first.split()[1]) if first else 0


def document() -> bytes:
    description = {
        "kind": "letter",
        "title": "A letter",
        "publisher": "Somebody",
        "precision": "unknown",
        "language": "en",
        "status": "primary",
        "sources": ["by post"],
        "summary": {"en": "What it says."},
    }
    fields = {"about": ADVERTISER, "description": json.dumps(description)}
    part = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    parts = [part.format(BOUNDARY, name, text) for name, text in fields.items()]
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\n"
    )
    return f"{''.join(parts)}{head}{'words ' * 10_000}\r\n--{BOUNDARY}--\r\n".encode()


def readiness(running: Running) -> tuple[int, set[str]]:
    """The status of `/ready`, and what does not hold."""
    try:
        with urlopen(f"http://localhost:{running.port}/ready", timeout=60) as answer:
            return answer.status, set()
    except HTTPError as error:
        checks = json.loads(error.read())["checks"]
        return error.code, {item["name"] for item in checks if item["state"] != "ok"}


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Nobody else writes meanwhile."""
    with closing(sqlite3.connect(data / "adjudge.sqlite3", isolation_level=None, timeout=30)) as held:
        held.execute("BEGIN IMMEDIATE")
        yield
        held.execute("ROLLBACK")


def kinds(data: Path) -> list[str]:
    """The kinds of the entries that were kept."""
    with closing(sqlite3.connect(data / "adjudge.sqlite3", timeout=30)) as database:
        return [kind for (kind,) in database.execute("SELECT kind FROM adjudge_entry ORDER BY seq")]


def refuses(running: Running) -> bool:
    """Whether no new connection is taken any more."""
    try:
        socket.create_connection(("127.0.0.1", running.port), timeout=5).close()
    except OSError:
        return True
    return False


def test_an_upload_and_an_act_under_way_are_ended_and_kept(tmp_path: Path) -> None:
    data, sent = tmp_path / "data", document()
    with up(data) as running:
        until(lambda: readiness(running) == (200, set()))
        matter, secret = reviewer(data)
        measuring = measuring_key(data)
        used(running, matter, secret)
        assert under_way(running, measuring) == 0
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        upload = begun(running, "/documents", secret, kind, len(sent))
        upload.sendall(sent[: len(sent) // 2])
        with locked(data):
            act = begun(running, f"/matters/{matter}/evaluations", secret, "application/json", 2)
            act.sendall(b"{}")
            until(lambda: under_way(running, measuring) == 2)  # the act waits for the lock
            running.process.send_signal(signal.SIGTERM)
            until(lambda: refuses(running))
            assert running.process.poll() is None
        upload.sendall(sent[len(sent) // 2 :])
        assert (ended(act), ended(upload)) == (201, 201)
        assert running.process.wait(30) == 0
        told = running.text
    assert "Traceback" not in told
    assert secret not in told
    assert {"matter:evaluated", "document:received"} <= set(kinds(data))
    assert verify_log(exported(data)).is_verified


def test_told_twice_it_hurries_and_what_was_not_answered_is_not_kept(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with up(data, ADJUDGE_DRAIN="60") as running:
        until(lambda: readiness(running) == (200, set()))
        matter, secret = reviewer(data)
        measuring, before = measuring_key(data), kinds(data)
        used(running, matter, secret)
        assert under_way(running, measuring) == 0
        with locked(data):
            act = begun(running, f"/matters/{matter}/evaluations", secret, "application/json", 2)
            act.sendall(b"{}")
            until(lambda: under_way(running, measuring) == 1)
            running.process.send_signal(signal.SIGTERM)
            # It says that it stops, and serves on for those who have not heard of it.
            until(lambda: readiness(running) == (503, {"serving"}))
            assert running.status("/health") == 200
            began = time.monotonic()
            running.process.send_signal(signal.SIGINT)
            assert running.process.wait(30) == 0
            assert time.monotonic() - began < 30
            assert ended(act) == 0
        assert kinds(data) == before


@pytest.mark.slow
def test_what_does_not_end_in_time_is_ended(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with up(data) as running:
        matter, secret = reviewer(data)
        measuring, before = measuring_key(data), kinds(data)
        used(running, matter, secret)
        assert under_way(running, measuring) == 0
        with locked(data):
            act = begun(running, f"/matters/{matter}/evaluations", secret, "application/json", 2)
            act.sendall(b"{}")
            until(lambda: under_way(running, measuring) == 1)
            began = time.monotonic()
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(60) == 0
            assert 15 < time.monotonic() - began < 45
            assert ended(act) in {0, 503}
        assert kinds(data) == before


def test_metrics_are_of_all_processes_and_workers_that_die_have_nothing_under_way(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with up(data, ADJUDGE_LOG_FORMAT="json") as running:
        until(lambda: readiness(running) == (200, set()))
        for _ in range(20):
            assert running.status("/health") == 200
        secret = measuring_key(data)
        text = scraped(running, secret)
        health = 'adjudge_requests_total{method="GET",route="/health",status="200"}'
        assert value(text, health) >= 21
        until(lambda: value(scraped(running, secret), 'adjudge_sweeper_rounds_total{end="done"}') >= 1)
        until(lambda: value(scraped(running, secret), "adjudge_audit_findings") == 0)
        text = scraped(running, secret)
        assert value(text, "adjudge_audit_timestamp_seconds") > 1_700_000_000
        assert value(text, 'adjudge_matters{state="open"}') == 1
        # A worker that is killed while it is at a request takes that out of the sum with it. The requests are of
        # somebody who may make them and lack half of what they announce, so that none is answered before that.
        sent, kind = document(), f"multipart/form-data; boundary={BOUNDARY}"
        uploads = reviewer(data)[1]
        lines = [begun(running, "/documents", uploads, kind, len(sent)) for _ in range(3)]
        with ExitStack() as stack:
            for line in lines:
                stack.enter_context(line)
                line.sendall(sent[: len(sent) // 2])
            until(lambda: value(scraped(running, secret), "adjudge_requests_in_flight") == 4)
            serving = [item for item in running.children() if "adjudge.mount.server" in item.cmdline()]
            workers = [item for item in serving if not item.children()]
            for worker in workers:
                os.kill(worker.pid, signal.SIGKILL)
            until(lambda: value(scraped(running, secret), "adjudge_requests_in_flight") == 1)
            assert value(scraped(running, secret), health) >= 21  # what was counted is not forgotten
        told = running.text
    logged = [json.loads(item) for item in told.splitlines() if item.startswith("{")]
    assert any(item["logger"] == "gunicorn.error" for item in logged)
    assert secret not in told


def measuring_key(data: Path) -> str:
    """A key that may read what is measured."""
    code = PEOPLE.replace("Role.REVIEWER", "Role.AUDITOR").replace("r@example.org", "a@example.org")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=environment(ADJUDGE_DATA_DIR=str(data)),
    )
    return done.stdout.split()[1]


def scraped(running: Running, secret: str) -> str:
    """What Prometheus would read; empty while nobody answers."""
    asked = Request(f"http://localhost:{running.port}/metrics", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own
            return str(answer.read().decode())
    except OSError:
        return ""


def used(running: Running, matter: str, secret: str) -> None:
    """A key is used, so that its first use of the day, which is noted, waits for no lock later."""
    address = f"http://localhost:{running.port}/api/v1/matters/{matter}"
    with urlopen(Request(address, headers={"Authorization": f"Bearer {secret}"}), timeout=60) as answer:
        assert answer.status == 200


def under_way(running: Running, secret: str) -> int:
    """How many requests the server is at, beside the one that asks."""
    return int(value(scraped(running, secret), "adjudge_requests_in_flight")) - 1


def value(text: str, series: str) -> float:
    found = [line for line in text.splitlines() if line.startswith(f"{series} ")]
    return float(found[0].rpartition(" ")[2]) if found else -1.0
