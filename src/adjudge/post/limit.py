"""An end to a conversation with a machine outside, however busily it goes on answering.

Not the time for one answer: that is the connection's own. A machine that drips would keep within it for ever.
"""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def limited(connection: Callable[[], socket.socket | None], seconds: float) -> Iterator[None]:
    """Shut the connection once so much time has passed; what waits for it is then told that it ended."""
    watch = threading.Timer(seconds, lambda: _shut(connection()))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _shut(connection: socket.socket | None) -> None:
    if connection is not None:
        with suppress(OSError):
            # The socket below the encryption, whose state belongs to the thread that waits.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
