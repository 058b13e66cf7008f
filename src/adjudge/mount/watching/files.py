"""Room for what this process measures, taken before it is used: a full disk must not end a process that counts.

Files are read by all processes of one `adjudge up`; each writes its own, through memory that is laid over them.
"""

import logging
import os
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_KINDS = {"counter": 1 << 18, "histogram": 1 << 21, "gauge_livesum": 1 << 16, "gauge_mostrecent": 1 << 16}
"""Bytes for each kind of metric: more than all templates of addresses take."""
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
    try:
        for kind, size in _KINDS.items():
            handle = os.open(found / f"{kind}_{process}.db", os.O_RDWR | os.O_CREAT, 0o600)
            try:
                os.posix_fallocate(handle, 0, size)
            finally:
                os.close(handle)
    except OSError as error:
        _logger.warning("nothing is measured of this process: %s", error.strerror)
        return False
    return True
