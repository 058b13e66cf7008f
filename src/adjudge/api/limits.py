"""How often one may call: an average rate with a burst, counted over all processes that serve, by key or by address.

The generic cell rate algorithm (GCRA; ITU-T I.371, annex A): of each caller one number is kept, the time at which it
would be back to nothing. The numbers lie in a file that all processes of a machine map, since a database that writes
for each request would be the first thing to give way. What is lost with it is a minute's count.
"""

import hashlib
import mmap
import os
import struct
import threading
import time
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_UN, flock
from functools import cache
from pathlib import Path

from django.http import HttpRequest

from adjudge.api.failure import RequestError
from adjudge.basis.said import say
from adjudge.institution.premises import premises

SLOTS = 65_536
"""Callers that are told apart; two that share a slot share a rate."""
MINUTE = 60_000_000_000
FOLDER, FILE = "run", "limits"
_CELL = struct.Struct("<q")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a call is let in, how many more would be at once, and after how many seconds another one is."""

    let_in: bool
    left: int
    wait: int


class Table:
    """The numbers of all callers, in a file shared by processes; in memory of this one where no file can be had."""

    def __init__(self, path: Path | None) -> None:
        """Open or make the file: all of its bytes at once, so that a full disk is met here and not in a mapping."""
        self._guard = threading.Lock()
        self._file = -1
        self._cells: mmap.mmap | bytearray = bytearray(SLOTS * _CELL.size)
        if path is None:
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(self._file, 0, SLOTS * _CELL.size)
            self._cells = mmap.mmap(self._file, SLOTS * _CELL.size)
        except OSError:
            self._file = -1

    def ask(self, who: str, now: int, rate: int) -> Verdict:
        """Count a call at a time (nanoseconds) against `rate` calls a minute, of which as many may come at once."""
        place = int.from_bytes(hashlib.blake2b(who.encode(), digest_size=8).digest(), "big") % SLOTS
        each = MINUTE // rate
        with self._guard:
            if self._file >= 0:
                flock(self._file, LOCK_EX)
            try:
                (free_at,) = _CELL.unpack_from(self._cells, place * _CELL.size)
                # A clock that was set back, or a file of another start, must not shut anybody out.
                begins = max(now, free_at if free_at <= now + MINUTE else 0)
                behind = begins + each - now
                if behind > MINUTE:
                    return Verdict(let_in=False, left=0, wait=-(-(behind - MINUTE) // 1_000_000_000))
                _CELL.pack_into(self._cells, place * _CELL.size, begins + each)
                return Verdict(let_in=True, left=(MINUTE - behind) // each, wait=0)
            finally:
                if self._file >= 0:
                    flock(self._file, LOCK_UN)


@cache
def table_in(folder: Path) -> Table:
    """The table of a data folder."""
    return Table(folder / FOLDER / FILE)


def refuse_flood(request: HttpRequest, who: str) -> None:
    """Count a call by a caller, or by an address where nobody is named. Raises RequestError (429) beyond the rate."""
    settings = premises().settings
    rate = settings.api_rate if who else settings.api_rate_of_strangers
    verdict = table_in(settings.data).ask(who or f"address:{address_of(request)}", time.monotonic_ns(), rate)
    headers = {
        "RateLimit-Policy": f'"minute";q={rate};w=60',
        "RateLimit": f'"minute";r={verdict.left};t={verdict.wait}',
    }
    request.rate_limit = headers  # type: ignore[attr-defined]  # put on the answer by the middleware
    if not verdict.let_in:
        raise RequestError(
            429,
            "too-many-requests",
            say("these are more than {rate} requests in a minute", rate=rate),
            hint=say("wait {seconds} seconds; ask whoever runs this for a higher rate", seconds=verdict.wait),
            headers={"Retry-After": str(verdict.wait)},
        )


def address_of(request: HttpRequest) -> str:
    """Where a request came from, by the word of our own proxies and of nobody else."""
    proxies = premises().settings.proxies
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if proxies and len(told) >= proxies:
        return str(told[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))
