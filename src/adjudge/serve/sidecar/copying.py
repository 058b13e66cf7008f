"""A folder of snapshots copied from an address, so that it can be followed: whole files only, and only sealed ones.

The institution serves its folder at `/serving/`. `current.json` is asked for again and again under the condition that
it has changed; what it names is fetched beside it, verified, moved where it belongs, and named last. Whatever goes
wrong, what stood there stands.
"""

import fcntl
import os
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlsplit

from adjudge.enforcement.current import (
    CURRENT,
    LONGEST,
    Current,
    file_name,
    read_current,
    take_rights_to_write,
)
from adjudge.enforcement.layout import BadSnapshotError, OlderSnapshotError
from adjudge.serve.trust import TrustedKey, check_signed, open_trusted

EVERY = 0.2
"""Seconds between two looks."""
LONGEST_REST = 5.0
"""Seconds between two looks where they fail."""
TIMEOUT = 10.0
LOCK = ".lock"
"""As the institution's own publisher holds its folder: the two are never in one."""
_CHUNK = 1 << 18
_MOST = 1 << 36
_KEPT = 3
"""Sets of files that were named last and stay: somebody may just be opening them."""
_FOUND, _UNCHANGED = 200, 304
_FILE = re.compile(r"(?:snapshot|delta)-[0-9]{1,18}-[0-9a-f]{12}\.adj", re.ASCII)


class AwayError(OSError):
    """Nobody answers at the address, or not to the end."""


class RefusedError(Exception):
    """What is at the address does not let us have it."""


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder, made where it is missing. Raises BlockingIOError where somebody else does, OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    with (folder / LOCK).open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for half in folder.glob(".*.part"):
            half.unlink(missing_ok=True)
        yield


@dataclass(slots=True)
class Copier:
    """Who copies from an address into a folder that it holds. `count` is told what became of a look."""

    url: str
    secret: str
    folder: Path
    keys: tuple[TrustedKey, ...]
    count: Callable[[str], None] = lambda _: None
    context: ssl.SSLContext | None = None
    etag: str = ""
    standing: Current | None = None
    named: list[set[str]] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)
    connection: HTTPConnection | None = None

    def run(self, ended: threading.Event) -> None:
        """Look again and again until it is ended."""
        rest = EVERY
        while not ended.wait(rest):
            rest = EVERY if self.look() else min(rest * 2, LONGEST_REST)
        self.hang_up()

    def look(self) -> bool:
        """Look once, and copy what is new; whether it went well. What goes wrong is counted, and raises nothing."""
        try:
            if self._copied():
                self.count("copied")
        except BadSnapshotError as error:
            self.count(error.kind)
        except RefusedError:
            self.count("refused")
        except (AwayError, HTTPException):
            self.count("away")
        except OSError:
            self.count("unwritable")
        except Exception:  # noqa: BLE001 - whoever stops looking goes stale; this is seen before that
            self.count("other")
        else:
            return True
        self.hang_up()
        return False

    def _copied(self) -> bool:
        """Copy what is new; whether there was anything."""
        condition = {"If-None-Match": self.etag} if self.etag else {}
        response = self._get(CURRENT, condition)
        told = _read(response, LONGEST + 1)
        if response.status == _UNCHANGED:
            return False
        current, seal = read_current(told)
        check_signed(seal, current.origin, current.signed(), self.keys)
        self._check_newer(current)
        for name in filter(None, (current.base, current.delta)):
            if name not in self.whole or not (self.folder / name).exists():
                self._have(name)
        self._put(CURRENT, told)
        self.standing, self.etag = current, response.headers.get("ETag", "")
        self._tidy(current)
        return True

    def _check_newer(self, current: Current) -> None:
        """Raises BadSnapshotError where the folder tells more already."""
        before = self.standing or self._in_folder()
        if before is None or before.origin != current.origin:
            return
        if current.is_older_than(before, time.time_ns() // 1_000_000):
            raise OlderSnapshotError("the address tells less than the folder")

    def _in_folder(self) -> Current | None:
        """What the folder says, if it is sealed."""
        try:
            current, seal = read_current((self.folder / CURRENT).read_bytes())
            check_signed(seal, current.origin, current.signed(), self.keys)
        except (OSError, BadSnapshotError):
            return None
        return current

    def _have(self, name: str) -> None:
        """Have a file, every byte of which is as it was sealed: fetch it, unless it lies here from before."""
        path = self.folder / name
        try:
            self._check(path, name)
        except FileNotFoundError:
            self._fetch(name)
        except BadSnapshotError:
            path.unlink()  # it was damaged where it lies; whoever has it mapped keeps it
            self._fetch(name)
        self.whole.add(name)

    def _check(self, path: Path, name: str) -> None:
        """Raises BadSnapshotError where it is not what a name says, OSError."""
        found = open_trusted(path, self.keys)
        if file_name(found.digest, found.log_size, delta=name.startswith("delta-")) != name:
            raise BadSnapshotError("the snapshot is not the one that is named")

    def _fetch(self, name: str) -> None:
        """Fetch a file, and put it where it belongs once every byte of it is as it was sealed."""
        response = self._get(name, {})
        length = response.length
        if length is None or length > _MOST:
            response.close()
            raise RefusedError("it is not said how long the file is")
        part = self.folder / f".{name}.part"
        try:
            with part.open("wb") as file:
                while length:
                    chunk = _read(response, min(length, _CHUNK))
                    if not chunk:
                        raise AwayError("the file was cut off")
                    file.write(chunk)
                    length -= len(chunk)
                file.flush()
                take_rights_to_write(file.fileno())
                os.fsync(file.fileno())
            self._check(part, name)
            part.replace(self.folder / name)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _put(self, name: str, told: bytes) -> None:
        part = self.folder / f".{name}.part"
        part.write_bytes(told)
        part.replace(self.folder / name)

    def _tidy(self, current: Current) -> None:
        """Remove what has not been named for some time."""
        names = {current.base, current.delta}
        if not self.named or self.named[-1] != names:
            self.named = [*self.named[1 - _KEPT :], names]
            kept = set().union(*self.named)
            for item in self.folder.iterdir():
                if _FILE.fullmatch(item.name) and item.name not in kept:
                    item.unlink(missing_ok=True)
            self.whole &= kept

    # --- over the network ---

    def _get(self, name: str, headers: dict[str, str]) -> HTTPResponse:
        """Ask for a file. A connection that was kept open may have been closed meanwhile: then once more."""
        was_open = self.connection is not None
        try:
            response = self._asked(name, headers)
        except (RemoteDisconnected, ConnectionError) as error:
            self.hang_up()
            if not was_open:
                raise AwayError(str(error)) from error
            response = self._asked(name, headers)
        if response.status not in {_FOUND, _UNCHANGED} or (response.status == _UNCHANGED and not headers):
            response.close()
            raise RefusedError(str(response.status))
        return response

    def _asked(self, name: str, headers: dict[str, str]) -> HTTPResponse:
        try:
            if self.connection is None:
                self.connection = self._connection()
            own = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
            path = urlsplit(self.url).path.rstrip("/")
            self.connection.request("GET", f"{path}/{name}", headers={**own, **headers})
            return self.connection.getresponse()
        except (RemoteDisconnected, ConnectionError):
            raise
        except OSError as error:
            raise AwayError(str(error)) from error

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        if parts.scheme == "https":
            context = self.context or ssl.create_default_context()
            return HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=context)
        return HTTPConnection(host, parts.port, timeout=TIMEOUT)

    def hang_up(self) -> None:
        """Let go of the connection; the next look opens another."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _read(response: HTTPResponse, most: int) -> bytes:
    try:
        return response.read(most)
    except OSError as error:
        raise AwayError(str(error)) from error
