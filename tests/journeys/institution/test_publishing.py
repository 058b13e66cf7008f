"""A decision in the folder that servers of ads follow, a moment after it is issued; whoever publishes may be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adjudge.enforcement.current import CURRENT, read_current
from adjudge.ledger.signer import read_signer
from adjudge.serve.trust import TrustedKey, open_trusted, read_trusted
from tests.generators.institutions import ad
from tests.journeys.institution.places import CHECKOUT, Place, until
from tests.journeys.institution.served import MIGRATING

SOON = 20.0
"""Seconds within which a decision is there on a machine that does much else; figures are in the benchmarks."""


@contextmanager
def publishing(place: Place) -> Iterator["subprocess.Popen[bytes]"]:
    """The process that publishes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "adjudge.mount.publisher"], cwd=CHECKOUT, env=place.environment
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def key_of(place: Place) -> TrustedKey:
    """The key by which it is sealed."""
    signer = read_signer((place.folder / "log.key").read_text().strip())
    assert signer is not None
    return read_trusted(str(signer.verifier))


def decision_on(folder: Path, key: str, trusted: TrustedKey) -> str:
    """The decision by which a key is stopped; empty where it is not."""
    current, _ = read_current((folder / CURRENT).read_bytes())
    for name in filter(None, (current.delta, current.base)):
        snapshot = open_trusted(folder / name, [trusted])
        slot = snapshot.slot(key)
        if slot >= 0:
            return snapshot.answer_of((slot,), "", "ads", time.time_ns()).decision_id
    return ""


def test_a_decision_is_published_soon_and_again_after_a_kill(place: Place) -> None:
    clerk = place.founded(3)
    subprocess.run([sys.executable, "-c", MIGRATING], cwd=CHECKOUT, env=place.environment, check=True)
    folder, trusted = place.folder / "serving", key_of(place)

    def decided(number: int) -> None:
        clerk.ask("propose", number)
        clerk.ask("confirm", number)
        decision = clerk.ask("issue", number)
        for _ in until(SOON):
            if decision_on(folder, f"c:{ad(number)}", trusted) == decision:
                return
        raise TimeoutError

    with publishing(place) as process:
        assert any((folder / CURRENT).exists() for _ in until(60))
        decided(0)
        decided(1)
        process.kill()
        process.wait()
    clerk.ask("propose", 2)
    clerk.ask("confirm", 2)
    decision = clerk.ask("issue", 2)
    assert decision_on(folder, f"c:{ad(2)}", trusted) == "", "nobody publishes"
    (folder / ".snapshot.new").write_bytes(b"half")
    with publishing(place) as process:
        assert any(decision_on(folder, f"c:{ad(2)}", trusted) == decision for _ in until(60))
        assert not (folder / ".snapshot.new").exists()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0
