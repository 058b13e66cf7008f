"""Room for what this process measures, taken before it is used: a full disk must not end a process that counts.

Files are read by all processes of one `adjudge up`; each writes its own, through memory that is laid over them. The
library never learns that a file has grown: the room is taken before it opens them, and is never outgrown.
"""

import logging
import os
import struct
from contextlib import suppress
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KINDS = {"counter": 1 << 20, "histogram": 1 << 22, "gauge_livesum": 1 << 16, "gauge_mostrecent": 1 << 16}
"""Bytes for each kind of metric: more than all series take that are measured (`measuring.MOST_SERIES`)."""
_USED = struct.Struct("i")
"""With which each file begins: how much of it was written."""
_logger = logging.getLogger(__name__)


def folder() -> Path | None:
    """Where the processes of one `adjudge up` keep what they measure; None where this one is alone."""
    named = os.environ.get(FOLDER)
    return Path(named) if named and Path(named).is_dir() else None


def take_room(process: int) -> bool:
    """Take it for a process; False where the disk has none, and nothing is to be measured then."""
    found = folder()
    if found is None:
        return True
    places = {found / f"{kind}_{process}.db": size for kind, size in _KINDS.items()}
    try:
        for path, size in places.items():
            _take(path, size)
    except OSError as error:
        for path in places:
            path.unlink(missing_ok=True)  # one that is empty cannot be read, and all are read together
        _logger.warning("nothing is measured of this process: %s", error.strerror)
        return False
    return True


def _take(path: Path, size: int) -> None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.posix_fallocate(handle, 0, size)
    finally:
        os.close(handle)


def give_back(place: Path, process: int) -> None:
    """Of a process that has ended keep what it measured, and not the room for more."""
    for path in place.glob(f"*_{process}.db"):
        with suppress(OSError), path.open("rb+") as stream:
            head = stream.read(_USED.size)
            if len(head) == _USED.size:
                stream.truncate(max(_USED.unpack(head)[0], 2 * _USED.size))
