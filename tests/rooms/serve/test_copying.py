"""A folder copied from an address: whole, sealed and newer, or not at all; whatever fails, what stood there stands."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from adjudge.enforcement.current import CURRENT
from adjudge.enforcement.measure import Scope, Served
from adjudge.serve.follow import Follower
from adjudge.serve.sidecar.board import new_board
from adjudge.serve.sidecar.copying import Copier, held
from adjudge.serve.sidecar.plan import Plan
from adjudge.serve.sidecar.running import Sidecar
from tests.ports import free_port
from tests.rooms.serve.folder import Folder, replaced, signer, trusted

STOP = Scope(kind="suspend", reason="ads/1")
SECRET = "adjk_secret"  # noqa: S105 - of nobody


def stopped(number: int) -> tuple[Served, ...]:
    return (Served(scope=STOP, decision=f"X-{number:06d}"),)


Change = Callable[[str, bytes], tuple[int, bytes, int]]
"""What becomes of a file on its way: the status, what is sent, and the length that is said."""


@dataclass
class Site:
    """A site that serves a folder, as well or badly as it is told to."""

    folder: Folder
    port: int
    asked: list[tuple[str, int]] = field(default_factory=list)
    change: Change = lambda _, told: (200, told, len(told))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/serving/"


@contextmanager
def serving(folder: Folder) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, told, length = self.answer()
            there.asked.append((self.path, status))
            self.send_response(status)
            if status == 304:
                self.end_headers()
                return
            self.send_header("ETag", f'"{hash(told)}"')
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(told)
            if length != len(told):
                self.close_connection = True

        def answer(self) -> tuple[int, bytes, int]:
            if self.headers["Authorization"] != f"Bearer {SECRET}":
                return 404, b"", 0
            path = folder.path / self.path.removeprefix("/serving/")
            if not path.is_file():
                return 404, b"", 0
            told = path.read_bytes()
            if self.headers["If-None-Match"] == f'"{hash(told)}"':
                return 304, b"", 0
            change: Change = there.change
            return change(path.name, told)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        there = Site(folder, server.server_port)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield there
        server.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "there").mkdir()
    return Folder(tmp_path / "there")


@pytest.fixture
def site(folder: Folder) -> Iterator[Site]:
    with serving(folder) as found:
        yield found


@dataclass
class Copying:
    copier: Copier
    ends: Counter[str]
    follower: Follower

    def denied(self, ad: str) -> bool:
        self.follower.refresh()
        return not self.follower.check(ad=ad).allow

    def files(self) -> list[str]:
        return sorted(path.name for path in self.copier.folder.iterdir())


@contextmanager
def copying(site: Site, folder: Path, key: str = SECRET) -> Iterator[Copying]:
    folder.mkdir(exist_ok=True)
    ends: Counter[str] = Counter()

    def count(end: str) -> None:
        ends[end] += 1

    copier = Copier(site.url, key, folder, (trusted(),), count)
    clock = lambda: 1_000_000_000_000  # noqa: E731 - it stands still
    yield Copying(copier, ends, Follower(folder, [trusted()], without="allow", clock=clock, steady=lambda: 0))
    copier.hang_up()


@pytest.fixture
def here(site: Site, tmp_path: Path) -> Iterator[Copying]:
    with copying(site, tmp_path / "here") as found:
        yield found


def test_what_is_new_is_copied_and_what_is_not_is_not_asked_for_again(
    site: Site, folder: Folder, here: Copying
) -> None:
    base = folder.publish(1, {"c:one": stopped(1)})
    assert here.copier.look()
    assert here.denied("one")
    assert here.files() == [CURRENT, base]
    delta = folder.publish_delta(2, {"c:two": stopped(2)})
    assert here.copier.look()
    assert here.denied("two")
    assert here.copier.look()
    assert [path.rpartition("/")[2] for path, status in site.asked if status == 200] == [
        CURRENT,
        base,
        CURRENT,
        delta,
    ]
    assert site.asked[-1] == (f"/serving/{CURRENT}", 304)
    assert here.ends == {"copied": 2}


def test_a_confirmation_alone_brings_no_files(site: Site, folder: Folder, here: Copying) -> None:
    name = folder.publish(1, {})
    here.copier.look()
    folder.now += 2_000
    folder.name(1, name)
    assert here.copier.look()
    assert len([path for path, status in site.asked if status == 200]) == 3
    assert (here.copier.folder / CURRENT).read_bytes() == (folder.path / CURRENT).read_bytes()


def cut(_: str, told: bytes) -> tuple[int, bytes, int]:
    return 200, told[: len(told) // 2], len(told)


def shorter(_: str, told: bytes) -> tuple[int, bytes, int]:
    return 200, told[:-64], len(told) - 64


def flipped(_: str, told: bytes) -> tuple[int, bytes, int]:
    return 200, told[:-3] + bytes([told[-3] ^ 4]) + told[-2:], len(told)


def absent(_: str, __: bytes) -> tuple[int, bytes, int]:
    return 404, b"", 0


def moved(_: str, __: bytes) -> tuple[int, bytes, int]:
    return 302, b"", 0


def failing(_: str, __: bytes) -> tuple[int, bytes, int]:
    return 500, b"sorry", 5


def endless(_: str, told: bytes) -> tuple[int, bytes, int]:
    return 200, told, 1 << 40


FAULTS: list[tuple[Change, set[str]]] = [
    (cut, {"away", "damaged"}),
    (shorter, {"damaged"}),
    (flipped, {"damaged"}),
    (absent, {"refused"}),
    (moved, {"refused"}),
    (failing, {"refused"}),
    (endless, {"refused", "away", "damaged"}),
]


@pytest.mark.parametrize("spared", [CURRENT, ""])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_as_it_was_sealed_is_refused_and_what_stood_there_stands(
    site: Site,
    folder: Folder,
    here: Copying,
    fault: tuple[Change, set[str]],
    spared: str,
) -> None:
    change, ends = fault
    folder.publish(1, {"c:one": stopped(1)})
    here.copier.look()
    before = here.files()
    folder.publish(2, {"c:two": stopped(2)})
    well = site.change
    site.change = lambda name, told: well(name, told) if name == spared else change(name, told)
    assert not here.copier.look()
    assert set(here.ends) - {"copied"} <= ends
    assert len(here.ends) == 2
    assert here.files() == before
    assert here.denied("one")
    assert not here.denied("two")
    site.change = well
    assert here.copier.look()
    assert here.denied("two")


def test_what_another_key_sealed_is_refused(folder: Folder, here: Copying) -> None:
    name = folder.publish(1, {"c:one": stopped(1)})
    here.copier.look()
    folder.name(2, name, by=signer(seed=7))
    assert not here.copier.look()
    assert here.ends == {"copied": 1, "untrusted": 1}
    assert here.denied("one")


def test_what_is_older_than_the_folder_is_refused_after_a_restart_too(
    site: Site, folder: Folder, here: Copying, tmp_path: Path
) -> None:
    old = folder.publish(1, {})
    folder.publish(2, {"c:one": stopped(1)})
    here.copier.look()
    folder.name(1, old)
    assert not here.copier.look()
    with copying(site, tmp_path / "here") as again:
        assert not again.copier.look()
        assert again.ends == {"older": 1}
        assert again.denied("one")


def test_who_has_no_key_is_refused(site: Site, folder: Folder, tmp_path: Path) -> None:
    folder.publish(1, {})
    with copying(site, tmp_path / "here", key="another") as here:
        assert not here.copier.look()
        assert (here.ends, here.files()) == ({"refused": 1}, [])


def test_where_nobody_answers_it_is_away_and_goes_on_later(site: Site, folder: Folder, here: Copying) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    port, here.copier.url = site.port, f"http://127.0.0.1:{free_port()}/serving"
    assert not here.copier.look()
    assert here.ends == {"away": 1}
    here.copier.url = f"http://127.0.0.1:{port}/serving"
    assert here.copier.look()


def test_a_connection_that_was_closed_meanwhile_is_no_failure(folder: Folder, here: Copying) -> None:
    folder.publish(1, {})
    here.copier.look()
    assert here.copier.connection is not None
    here.copier.connection.sock.shutdown(2)
    folder.publish(2, {})
    assert here.copier.look()
    assert here.ends == {"copied": 2}


def test_what_is_not_named_any_more_is_removed_after_a_while(folder: Folder, here: Copying) -> None:
    for size in range(1, 8):
        folder.publish(size, {f"c:{size}": stopped(size)})
        here.copier.look()
    assert len(here.files()) == 1 + 3
    assert here.denied("7")


def test_a_folder_that_cannot_be_written_to_is_told_and_half_a_file_is_not_left(
    folder: Folder, here: Copying
) -> None:
    name = folder.publish(1, {"c:one": stopped(1)})
    (here.copier.folder / f".{name}.part").mkdir()  # as a disk would refuse it
    assert not here.copier.look()
    assert here.ends == {"unwritable": 1}
    (here.copier.folder / f".{name}.part").rmdir()
    assert here.copier.look()
    assert here.denied("one")


def test_a_folder_is_held_by_one_and_what_a_killed_one_left_is_removed(tmp_path: Path) -> None:
    place = tmp_path / "new" / "folder"
    with held(place), pytest.raises(BlockingIOError), held(place):
        pass
    (place / ".snapshot-1-000000000000.adj.part").write_bytes(b"half")
    with held(place):
        assert [path.name for path in place.iterdir()] == [".lock"]


def test_it_looks_again_and_again_until_it_is_ended(folder: Folder, here: Copying) -> None:
    ended = threading.Event()
    thread = threading.Thread(target=here.copier.run, args=(ended,))
    thread.start()
    try:
        folder.publish(1, {"c:one": stopped(1)})
        for _ in range(2_000):
            if here.denied("one"):
                break
            ended.wait(0.01)
        assert here.denied("one")
    finally:
        ended.set()
        thread.join()
    assert here.copier.connection is None


@pytest.mark.parametrize("which", ["snapshot-*", "delta-*"])
def test_what_was_damaged_where_it_lies_is_fetched_anew_after_a_restart(
    site: Site, folder: Folder, here: Copying, tmp_path: Path, which: str
) -> None:
    folder.publish(1, {"c:one": stopped(1)})
    folder.publish_delta(2, {"c:two": stopped(2)})
    here.copier.look()
    (path,) = here.copier.folder.glob(which)
    told = path.read_bytes()
    replaced(path, told[:-5] + bytes([told[-5] ^ 1]) + told[-4:])
    fetched = len(site.asked)
    with copying(site, tmp_path / "here") as again:
        assert again.copier.look()
        assert path.read_bytes() == told
        assert again.denied("one")
        assert again.denied("two")
        assert again.copier.look()
        assert again.ends == {"copied": 1}
        names = [asked.rpartition("/")[2] for asked, status in site.asked[fetched:] if status == 200]
        assert names == [CURRENT, path.name]


def test_a_sidecar_that_has_a_copy_waits_for_nobody_when_it_begins(folder: Folder) -> None:
    folder.publish(1, {})
    with socket.create_server(("127.0.0.1", 0)) as silent:
        plan = Plan(
            folder=str(folder.path),
            keys=(str(signer().verifier),),
            without="deny",
            url=f"http://127.0.0.1:{silent.getsockname()[1]}/serving",
        )
        sidecar = Sidecar(plan)
        before = time.monotonic()
        thread = sidecar._copying(new_board(2))  # noqa: SLF001 - what it does before it answers
        took = time.monotonic() - before
        silent.accept()[0].close()
        sidecar.stopped.set()
    thread.join()
    assert took < 5
