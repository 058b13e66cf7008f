"""The process that serves pages: gunicorn over the site, with the settings of the environment and none of its own.

Run as `python -m adjudge.mount.server`; `adjudge up` starts it and looks after it.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication
from prometheus_client.multiprocess import mark_process_dead

from adjudge.mount.parent import end_with_parent
from adjudge.mount.telling.logs import OurJsonLogger, OurLogger
from adjudge.mount.tracing import spans
from adjudge.mount.watching.files import folder, give_back
from adjudge.mount.worker import ClosingWorker
from adjudge.mount.wsgi import application_of, settings_of_environment
from adjudge.settings.schema import Settings

THREADS = 4
GRACE = 20
"""Seconds that a request under way has when the server is to stop."""
TIMEOUT = 120
"""Seconds after which a worker that answers nobody is replaced."""


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no annotations
    """Gunicorn, told by our settings: neither its command line nor its configuration files are read."""

    def __init__(self, settings: Settings) -> None:
        """Serve what the settings say."""
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        told: dict[str, Any] = {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "workers": self.settings.workers,
            "worker_class": ClosingWorker,
            "threads": THREADS,
            "timeout": TIMEOUT,
            "graceful_timeout": GRACE,
            "loglevel": "error" if self.settings.log_level == "error" else "warning",
            "logger_class": OurJsonLogger if self.settings.log_format == "json" else OurLogger,
            # Nobody but whoever started us tells us what to do.
            "control_socket_disable": True,
            "child_exit": _buried,
            "worker_exit": _ended,
            "proc_name": "adjudge",
            "limit_request_line": 8_190,
            # Behind a proxy nobody else reaches this port, and whoever does says whether a request came by HTTPS.
            "forwarded_allow_ips": "*" if self.settings.secure else "127.0.0.1,::1",
            # Which page is asked for says the address alone: a proxy may hand on what a visitor says of it.
            "forwarder_headers": "",
        }
        for name, value in told.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The site; opened in each worker, since no connection to a database outlives a fork."""
        return application_of(self.settings)


def _buried(_arbiter: object, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """Forget how many requests a worker that has ended had under way, and take its room."""
    place = folder()
    if place is not None:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # it has no annotations
        give_back(place, worker.pid)


def _ended(_arbiter: object, _worker: object) -> None:
    """In a worker that ends: hand on what was traced, and leave the database in good order."""
    spans.end()
    connections.close_all()


def main() -> int:
    """Serve until told to stop."""
    end_with_parent()
    Server(settings_of_environment()).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
