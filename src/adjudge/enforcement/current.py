"""Which snapshot a folder offers, and until when it was confirmed: the small signed file `current.json`.

It is renewed every few seconds even if nothing happens, so that an age tells of a connection that is lost and not of a
quiet day. Snapshots are never changed in place: whoever has one open reads its bytes from the disk. So nobody may write
to them; what the account of the administrator overwrites all the same, no program can save.
"""

import binascii
import errno
import json
import os
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from adjudge.enforcement.layout import BadSnapshotError
from adjudge.enforcement.seal import SEAL

CURRENT = "current.json"
LONGEST = 16_384
NAME = re.compile(r"(?P<kind>snapshot|delta)-(?P<size>[0-9]{1,18})-(?P<digest>[0-9a-f]{12})\.adj", re.ASCII)
"""How files are called in a folder (`file_name`)."""
_LATEST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """The names of two files (no delta: empty), the size of the log, and when it was confirmed (ms since 1970)."""

    origin: str
    base: str
    delta: str
    log_size: int
    confirmed_at: int

    def signed(self) -> str:
        """What is signed: the purpose first, so that no signature for anything else passes for it."""
        lines = (self.origin, self.base, self.delta, str(self.log_size), str(self.confirmed_at))
        return "".join(f"{line}\n" for line in ("adjudge current v1", *lines))

    def is_older_than(self, other: "Current", now: int) -> bool:
        """Whether it tells less than another one, at a time in milliseconds.

        A time of confirmation that is still to come says nothing about the order: a clock was wrong once, and what is
        confirmed rightly afterwards counts.
        """
        if self.log_size != other.log_size:
            return self.log_size < other.log_size
        return self.confirmed_at < other.confirmed_at <= now

    def written(self, seal: bytes) -> bytes:
        """The file, with a seal: four bytes of the key's id, and its signature of what is signed."""
        told = {
            "origin": self.origin,
            "base": self.base,
            "delta": self.delta,
            "log_size": self.log_size,
            "confirmed_at": self.confirmed_at,
            "seal": b64encode(seal).decode(),
        }
        return json.dumps(told, sort_keys=True).encode() + b"\n"


def take_rights_to_write(handle: int) -> None:
    """Take them from everybody, for an open file: what is mapped by others must not be written over."""
    os.fchmod(handle, os.fstat(handle).st_mode & 0o444)


def keep_names(folder: Path) -> None:
    """Have the disk keep the names of files in a folder, also where the machine stops at once."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some file systems keep them by themselves
            raise
    finally:
        os.close(handle)


def file_name(digest: str, log_size: int, *, delta: bool) -> str:
    """How a snapshot is called in a folder."""
    return f"{'delta' if delta else 'snapshot'}-{log_size}-{digest.removeprefix('sha256:')[:12]}.adj"


def read_current(told: bytes) -> tuple[Current, bytes]:
    """What a file says, and its seal. Raises BadSnapshotError; whether the seal is anybody's is not asked here."""
    try:
        found = json.loads(told) if len(told) <= LONGEST else None
        if not isinstance(found, dict):
            raise BadSnapshotError("the file that names the snapshot cannot be read")
        seal = b64decode(found["seal"], validate=True)
        origin, base, delta = found["origin"], found["base"], found["delta"]
        size, confirmed = found["log_size"], found["confirmed_at"]
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error) as error:
        raise BadSnapshotError("the file that names the snapshot cannot be read") from error
    if not (
        isinstance(origin, str)
        and "\n" not in origin
        and _names(base, "snapshot")
        and (delta == "" or _names(delta, "delta"))
        and type(size) is type(confirmed) is int
        and 0 <= size < _LATEST
        and 0 <= confirmed < _LATEST
        and len(seal) == SEAL
    ):
        raise BadSnapshotError("the file that names the snapshot does not say what it must")
    return Current(origin=origin, base=base, delta=delta, log_size=size, confirmed_at=confirmed), seal


def _names(name: object, kind: str) -> bool:
    found = NAME.fullmatch(name) if isinstance(name, str) else None
    return found is not None and found["kind"] == kind
