"""A worker that, told to stop, answers whoever has come to its door, closes it, and ends what it began.

Gunicorn's own keeps the door open until it ends: those who come meanwhile would wait, and be turned away then.
"""

from gunicorn.workers.gthread import ThreadWorker

MOST = 1_000
"""Visitors who are let in at the last moment: as many as wait for one worker, and not without end."""


class ClosingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no annotations
    """Gunicorn's worker with threads, but for how it stops."""

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
