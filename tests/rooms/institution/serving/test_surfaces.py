"""Surfaces beyond ads: a measure that names surfaces stops there alone, and the others go on.

One that names none stops on all that the institution declares as advertising, and on nothing else.
"""

from pathlib import Path

import pytest

from adjudge.basis.instant import Instant
from adjudge.institution.binding.procedure import ProcedureSettled, settle_procedure
from adjudge.institution.serving.served import served_of
from adjudge.people.role import Role
from adjudge.records.rows import MeasureRow
from tests.rooms.institution import begun
from tests.rooms.institution.serving.asked import layers, published
from tests.rooms.institution.world import ACME, World

ADVERTISING = "{exclude: {surfaces: [ads, recommended_offers]}}"


def test_a_measure_that_names_surfaces_leaves_the_others_alone(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(begun, "_RULES", {"beer": ("ad", "[FR, BE]", ADVERTISING, "")})
    service = begun.service_in(world)
    service.claim("ad", "beer")
    with published(world.house, tmp_path) as folder:
        decision = service.issued("ad")
        folder.looked()
        snapshot, now = layers(tmp_path)[0], world.clock.last.nanos
        slot = snapshot.slot("c:ad")
        said = {
            (territory, surface): snapshot.answer_of((slot,), territory, surface, now)
            for territory in ("FR", "US")
            for surface in ("ads", "recommended_offers", "organic")
        }
        stopped = {place: answer.decision_id for place, answer in said.items() if not answer.allow}
        assert stopped == dict.fromkeys([("FR", "ads"), ("FR", "recommended_offers")], decision.id)


def test_a_measure_that_names_none_holds_on_what_is_declared(world: World, tmp_path: Path) -> None:
    service = begun.service_in(world)
    service.claim(ACME, "fraud")
    service.issued(ACME)
    with published(world.house, tmp_path) as folder:

        def stopped() -> list[str]:
            snapshot = layers(folder.looked().path)[0]
            now, slot = world.clock.last.nanos, snapshot.slot(f"a:{ACME}")
            names = ("ads", "recommended_offers", "organic")
            return [name for name in names if not snapshot.answer_of((slot,), "", name, now).allow]

        assert stopped() == ["ads"]
        for declared in (("recommended_offers", "ads"), ("organic",)):
            settled = ProcedureSettled(surfaces=declared)
            settle_procedure(world.house, world.who(Role.ADMINISTRATOR), settled, reason="to try it")
            assert sorted(stopped()) == sorted(declared)


def test_surfaces_that_are_left_out_are_left_out_of_what_is_declared() -> None:
    row = MeasureRow(
        id="Q-1",
        decision="X-1",
        subject="ad",
        advertiser="a",
        rule="r",
        kind="exclude",
        territories=(),
        all_but=True,
        surfaces=("recommended_offers",),
        surfaces_all_but=True,
        start=Instant(0),
    )
    scope = served_of(row, ("recommended_offers", "video", "ads")).scope
    assert (scope.surfaces, scope.surfaces_all_but) == (("ads", "video"), False)
