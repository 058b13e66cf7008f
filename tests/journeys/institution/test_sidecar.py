"""A decision is denied by the sidecar a moment after it is issued, and allowed again a moment after it is reversed."""

from pathlib import Path

import pytest

from tests.generators.institutions import ad
from tests.journeys.institution.places import Place, until
from tests.journeys.institution.served import served
from tests.journeys.institution.sidecars import LONGEST, beside, publishing


def test_a_decision_and_its_reversal_reach_a_sidecar_that_sees_the_folder(place: Place) -> None:
    clerk = place.founded(4)
    with publishing(place), beside(place, clerk, f"--folder={place.folder / 'serving'}") as running:
        for number in range(4):
            running.denied(number)
        for number in range(4):
            running.allowed(number)


@pytest.mark.slow
def test_a_thousand_decisions_and_reversals_reach_it_within_a_second(sqlite: Place) -> None:
    clerk = sqlite.founded(1_000)
    with publishing(sqlite), beside(sqlite, clerk, f"--folder={sqlite.folder / 'serving'}") as running:
        denied = sorted(running.denied(number) for number in range(1_000))
        allowed = sorted(running.allowed(number) for number in range(1_000))
    assert denied[989] <= 1
    assert allowed[989] <= 1


def test_a_decision_reaches_a_sidecar_on_another_machine(sqlite: Place, tmp_path: Path) -> None:
    clerk = sqlite.founded(3)
    secret = clerk.ask("service_key", "snapshot.read")
    with publishing(sqlite), served(sqlite) as server:
        server.start()
        options = (f"--url={server.address}/serving", f"--folder={tmp_path / 'copy'}")
        with beside(sqlite, clerk, *options, secret=secret) as running:
            running.denied(0)
            running.allowed(0)
            running.denied(1)
            server.kill()
            decision = running.sidecar.ask({"ad": ad(1)}).json
            assert not decision["allow"], "what was copied stays in use"
            server.start()
            running.denied(2)


def test_a_sidecar_that_starts_anew_without_the_institution_answers_from_its_copy(
    sqlite: Place, tmp_path: Path
) -> None:
    clerk = sqlite.founded(1)
    secret = clerk.ask("service_key", "snapshot.read")
    with publishing(sqlite), served(sqlite) as server:
        server.start()
        options = (f"--url={server.address}/serving", f"--folder={tmp_path / 'copy'}")
        with beside(sqlite, clerk, *options, secret=secret) as running:
            running.denied(0)
        server.kill()
        with beside(sqlite, clerk, *options, secret=secret) as running:
            assert not running.sidecar.ask({"ad": ad(0)}).json["allow"]
            # It answers from its copy before it has looked at the address for the first time.
            assert any(running.sidecar.metric('copies_total{end="away"}') >= 1 for _ in until(LONGEST))
