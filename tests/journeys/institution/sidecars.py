"""From a decision to the answer that a server of ads gets: an institution that publishes, and a sidecar beside it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adjudge.ledger.signer import read_signer
from tests.generators.institutions import ad
from tests.journeys.institution.places import CHECKOUT, Clerk, Place, until
from tests.journeys.institution.served import MIGRATING
from tests.rooms.serve.beside import Sidecar, connected, heard, request, sidecar

LONGEST = 20.0
"""Seconds within which a decision is there on a machine that does much else; figures are in the benchmarks."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A sidecar, and who decides."""

    sidecar: Sidecar
    clerk: Clerk

    def denied(self, number: int) -> float:
        """Seconds from when the decision about an ad was acknowledged until it is denied, by that decision."""
        self.clerk.ask("propose", number)
        self.clerk.ask("confirm", number)
        assert self._answer(number)["allow"]
        decision = self.clerk.ask("issue", number)
        return self._waited(number, decision)

    def allowed(self, number: int) -> float:
        """Seconds from when that decision was reversed until the ad may run again."""
        assert not self._answer(number)["allow"]
        self.clerk.ask("reverse", number)
        return self._waited(number, "")

    def _answer(self, number: int) -> dict[str, object]:
        told: dict[str, object] = self.sidecar.ask({"ad": ad(number)}).json
        return told

    def _waited(self, number: int, decision: str) -> float:
        start = time.perf_counter()
        told = request("POST", "/v1/check", json.dumps({"ad": ad(number)}).encode(), "")
        with connected(self.sidecar.address) as peer:
            while (took := time.perf_counter() - start) < LONGEST:
                peer.sendall(told)
                answer = heard(peer).json
                if answer["decision_id"] == decision and answer["allow"] == (not decision):
                    return took
                time.sleep(0.002)
        raise TimeoutError


def public_key(place: Place) -> str:
    """The key by which what is published is sealed."""
    signer = read_signer((place.folder / "log.key").read_text().strip())
    assert signer is not None
    return str(signer.verifier)


@contextmanager
def publishing(place: Place) -> Iterator["subprocess.Popen[bytes]"]:
    """The process that publishes, once it has."""
    subprocess.run([sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=place.environment, check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "adjudge.mount.publisher"], cwd=CHECKOUT, env=place.environment
    )
    try:
        assert any((place.folder / "serving" / "current.json").exists() for _ in until(60))
        yield process
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def beside(place: Place, clerk: Clerk, *options: str, secret: str = "") -> Iterator[Beside]:
    """A sidecar that follows what is published there, once it is ready."""
    environment = {"ADJUDGE_KEY": secret} if secret else {}
    with sidecar(*options, key=public_key(place), environment=environment) as running:
        assert any(running.get("/ready").status == 200 for _ in until(60))
        yield Beside(running, clerk)
