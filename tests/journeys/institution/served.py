"""An institution that is served for real, and can be killed with all of its processes; and those who decide by it."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from adjudge.client.client import Client
from adjudge.client.problem import ApiError
from adjudge.client.shapes import DecisionWhole
from adjudge.errors import UnavailableError
from tests.generators.institutions import PROPOSAL, ad, brewer
from tests.journeys.institution.places import CHECKOUT, Place, until
from tests.journeys.institution.soundness import CONFIRMED, ISSUED, PROPOSED
from tests.ports import free_port

T = TypeVar("T")
RATE = "1000000"
"""Requests a minute: how often one may call is not what is tried."""
MIGRATING = """
from adjudge.mount.site import open_site
from adjudge.mount.wsgi import settings_of_environment

open_site(settings_of_environment(), migrated=True)
"""


@dataclass(slots=True)
class Served:
    """A server over a place."""

    place: Place
    port: int
    more: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it serves; before its first start, make the tables of the pages too."""
        if self.process is None:
            subprocess.run(
                [sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=self.place.environment, check=True
            )
        own = {"ADJUDGE_PORT": str(self.port), "ADJUDGE_WORKERS": "2", "ADJUDGE_API_RATE": RATE, **self.more}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "adjudge.mount.server"],
            cwd=CHECKOUT,
            env={**self.place.environment, **own},
            start_new_session=True,
        )
        for _ in until(60):
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5):  # noqa: S310 - our own address
                    return
            except OSError:
                assert self.process.poll() is None, "the server ended before it served"
        raise TimeoutError

    def kill(self) -> None:
        """End all of its processes without a warning."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(60)

    def stop(self) -> int:
        """Ask it to stop; how it ended."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def served(place: Place, **more: str) -> Iterator[Served]:
    """A server while it is needed, not started yet."""
    found = Served(place, free_port(), more)
    try:
        yield found
    finally:
        if found.process is not None and found.process.poll() is None:
            found.kill()


@dataclass
class Deciding:
    """Three people who decide matters through the API, each with a key; what was acknowledged, and what was refused."""

    address: str
    keys: Mapping[str, str]
    acks: list[tuple[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    away: int = 0

    def decide(self, number: int, *, patience: float = 120) -> None:
        """Decide a matter whole, sending each request again under its key for as long as no answer comes."""
        with Client(self.address, self.keys["author"], retries=0) as author:
            found = self._said(
                lambda: next(iter(author.list_matters(advertiser=brewer(number), limit=1))), patience
            )
            row = self._sent(
                lambda: author.propose_decision(
                    found.id,
                    ad(number),
                    reason=PROPOSAL.reason,
                    milder=PROPOSAL.milder,
                    rights=PROPOSAL.rights,
                    once=f"propose-{number}",
                ),
                PROPOSED,
                patience,
            )
        with Client(self.address, self.keys["second"], retries=0) as second:
            self._sent(
                lambda: second.confirm_decision(
                    row.id, digest=row.digest, reason="read and agreed", once=f"confirm-{number}"
                ),
                CONFIRMED,
                patience,
            )
        with Client(self.address, self.keys["issuer"], retries=0) as issuer:
            self._sent(lambda: issuer.issue_decision(row.id, once=f"issue-{number}"), ISSUED, patience)

    def _sent(self, call: Callable[[], DecisionWhole], kind: str, patience: float) -> DecisionWhole:
        row = self._said(call, patience)
        self.acks.append((kind, row.id))
        return row

    def _said(self, call: Callable[[], T], patience: float) -> T:
        end = time.monotonic() + patience
        while True:
            try:
                return call()
            except UnavailableError:
                self.away += 1
            except ApiError as error:
                if error.status not in {429, 500, 502, 503, 504}:
                    self.refused.append(error.diagnostics())
                    raise
                self.away += 1
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.05)

    def in_threads(self, numbers: range, count: int) -> list[threading.Thread]:
        """Decide matters, several at once."""
        threads = [
            threading.Thread(target=self._all, args=(numbers[first::count],), daemon=True)
            for first in range(count)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _all(self, numbers: range) -> None:
        for number in numbers:
            self.decide(number)
