"""A child process that ends with its parent, even where the parent was killed and could tell nobody."""

import os
import signal
import sys
import threading

WATCHED = "--watched"
"""Given by a parent that holds the other end of our standard input, and never writes to it."""


def end_with_parent() -> None:
    """Ask ourselves to stop once standard input ends, which it does when the parent is gone; only if it is one."""
    if WATCHED in sys.argv:
        threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
