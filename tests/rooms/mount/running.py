"""`adjudge up` as a process of a test: started, asked, told to stop, and never left behind."""

import os
import re
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

from tests.ports import free_port

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
            with urlopen(f"http://localhost:{self.port}{address}", timeout=60) as answer:
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


def joined(running: Running, link: str) -> bool:
    """Join by the page, as a browser without scripts does; whether that was acknowledged."""
    opener = build_opener(HTTPCookieProcessor())
    address = f"http://localhost:{running.port}{link}"
    page = opener.open(address, timeout=60).read().decode()
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
