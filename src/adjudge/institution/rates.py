"""How often one may call: an average rate with a burst, counted over all processes that serve, by key or by address.

The generic cell rate algorithm (GCRA; ITU-T I.371, annex A): of each caller one number is kept, the time at which it
would be back to nothing. The numbers lie in a file that all processes of a machine map, since a database that writes
for each request would be the first thing to give way. What is lost with it is a minute's count. What takes long counts
as many calls, and only so much of it runs at once.
"""

import hashlib
import ipaddress
import logging
import mmap
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_UN, flock
from functools import cache
from pathlib import Path

SLOTS = 65_536
"""Callers with a key that are told apart, and as many strangers; two that share a slot share a rate."""
MINUTE = 60_000_000_000
FOLDER, FILE = "run", "rates"
_SECRET = 16
_CELL = struct.Struct("<q")
_SIZE = _SECRET + 2 * SLOTS * _CELL.size
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call is let in, how many more would be at once, and after how many seconds another one is."""

    let_in: bool
    left: int
    wait: int


class Table:
    """The numbers of all callers, in a file shared by processes; in memory of this one where no file can be had.

    Callers with a key have cells of their own, so that no stranger takes one of theirs; and which cell is whose depends
    on a secret in the file's head, so that nobody can choose whom to share one with.
    """

    def __init__(self, path: Path | None) -> None:
        """Open or make the file: all of its bytes at once, so that a full disk is met here and not in a mapping."""
        self._guard = threading.Lock()
        self._file, self._cells = _mapped(path) if path is not None else (-1, bytearray(_SIZE))
        with self._alone():
            if not any(self._cells[:_SECRET]):
                self._cells[:_SECRET] = os.urandom(_SECRET)
            self._secret = bytes(self._cells[:_SECRET])

    @property
    def is_shared(self) -> bool:
        """Whether all processes count together."""
        return self._file >= 0

    def ask(self, who: str, now: int, rate: int, *, known: bool = True, cost: int = 1) -> Verdict:
        """Count a call at a time (nanoseconds) against `rate` calls a minute, of which as many may come at once.

        One that costs more than there is in a minute is let in where nothing else was asked, and then for long nothing.
        """
        place = self.place_of(who, known=known)
        each, size = MINUTE // rate, MINUTE // rate * cost
        with self._alone():
            (free_at,) = _CELL.unpack_from(self._cells, place)
            # A clock that was set back, or a file of another start, must not shut anybody out.
            begins = max(now, free_at if free_at <= now + 2 * MINUTE else 0)
            behind = begins + each - now
            if behind > MINUTE:
                return Verdict(let_in=False, left=0, wait=-(-(behind - MINUTE) // 1_000_000_000))
            ends = min(begins + size, now + 2 * MINUTE)
            _CELL.pack_into(self._cells, place, ends)
            return Verdict(let_in=True, left=max(0, MINUTE - (ends - now)) // each, wait=0)

    def place_of(self, who: str, *, known: bool) -> int:
        """Where the number of a caller lies."""
        hashed = hashlib.blake2b(who.encode(), digest_size=8, key=self._secret).digest()
        slot = int.from_bytes(hashed, "big") % SLOTS + (0 if known else SLOTS)
        return _SECRET + slot * _CELL.size

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread, and no other process, reads or writes meanwhile."""
        with self._guard:
            if self._file >= 0:
                flock(self._file, LOCK_EX)
            try:
                yield
            finally:
                if self._file >= 0:
                    flock(self._file, LOCK_UN)


def _mapped(path: Path) -> tuple[int, mmap.mmap | bytearray]:
    """The file and its bytes; no file where it cannot be had, which is told in the log."""
    opened = -1
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        os.posix_fallocate(opened, 0, _SIZE)
        return opened, mmap.mmap(opened, _SIZE)
    except OSError as error:
        if opened >= 0:
            os.close(opened)
        _logger.warning("rates are counted by each process for itself: %s", error.strerror)
        return -1, bytearray(_SIZE)


@cache
def table_in(folder: Path) -> Table:
    """The table of a data folder."""
    return Table(folder / FOLDER / FILE)


def network_of(address: str) -> str:
    """Whom an address counts for: itself; of IPv6 its /64, since whoever has one address of it has them all."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))


def stranger(forwarded: str, remote: str, proxies: int) -> str:
    """Whom a request without a name counts for: where it came from, by the word of our own proxies alone."""
    told = [part.strip() for part in forwarded.split(",") if part.strip()]
    address = told[-proxies] if proxies and len(told) >= proxies else remote
    return f"address:{network_of(address)}"
