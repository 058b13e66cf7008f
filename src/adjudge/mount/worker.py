"""A worker that, told to stop, answers whoever has come to its door, closes it, and ends what it began.

Gunicorn's own keeps the door open until it ends: those who come meanwhile would wait, and be turned away then. And it
waits without end for whoever asks for a file and then reads no more of it; this one lets them go.
"""

import errno
import os
import struct
from socket import SO_SNDTIMEO, SOL_SOCKET, socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

MOST = 1_000
"""Visitors who are let in at the last moment: as many as wait for one worker, and not without end."""

PATIENCE = 60
"""Seconds for which we wait for somebody to take the next piece of an answer."""


def be_patient(line: socket, seconds: int) -> None:
    """Have the system wait so long and no longer until what is sent is taken. How long we listen is not touched."""
    line.setsockopt(SOL_SOCKET, SO_SNDTIMEO, struct.pack("ll", seconds, 0))


class ClosingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no annotations
    """Gunicorn's worker with threads, but for how it stops, and for how long it waits for those who take nothing."""

    def handle_request(self, req: Any, conn: Any) -> bool:  # noqa: ANN401 - gunicorn's own
        """Answer a request; somebody who takes no more of the answer is taken for gone."""
        be_patient(conn.sock, PATIENCE)
        try:
            return bool(super().handle_request(req, conn))
        except BlockingIOError as error:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)) from error

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as gunicorn calls it
        """Let others in or not; for good where we are to stop."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            listener.setblocking(False)  # noqa: FBT003 - as sockets are told
            for _ in range(MOST):
                before = self.nr_conns
                self.accept(listener)
                if self.nr_conns == before:
                    break
            listener.close()
